"""The last steps: the import under way, and what it did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.counts import CountTable, counts
from fieldsales.screens.importing.problems import ProblemList
from fieldsales.services.importing.importer import Outcome
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import IconLabel, button, column, hairline, label, row

_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_MOST = 760  # px at 100 %
_NARROW = 380
# what leads on to what was imported: its words and icon
_SHOWN = {
    "products": ("products", "pitch"),
    "receivables": ("receivables", "money"),
    "payments": ("receivables", "money"),
}


def _centred(look: Look, text: str, size: str) -> QLabel:
    made = label(look, text, size=size, wrap=True)
    made.setAlignment(_MIDDLE)
    return made


class RunningPart(QWidget):
    """How far it is, and a way to stop it as long as that leaves nothing behind."""

    stop_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._title = _centred(look, "", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(look.theme.px(_NARROW))
        self.bar.setAccessibleName(words("importing.running", name=""))
        hint = _centred(look, words("importing.running_hint"), "body")
        hint.setProperty("tone", "muted")
        self.stop = button(look, words("importing.stop"), self.stop_wanted.emit)
        layout = column(look, None, gap=0, margin=24)
        layout.addWidget(self._title)
        layout.addSpacing(look.theme.px(20))
        layout.addWidget(self.bar, 0, _MIDDLE)
        layout.addSpacing(look.theme.px(16))
        layout.addWidget(hint)
        layout.addSpacing(look.theme.px(24))
        layout.addWidget(self.stop, 0, _MIDDLE)
        layout.addStretch(1)
        self.setLayout(layout)

    def begin(self, title: str) -> None:
        words = self._look.words
        self._title.setText(title)
        self.stop.setText(words("importing.stop"))
        self.stop.setEnabled(True)
        self.bar.setRange(0, 0)

    def show_stopping(self) -> None:
        self.stop.setText(self._look.words("importing.stopping"))
        self.stop.setEnabled(False)


class ResultPart(QWidget):
    """What came of it, with the way back."""

    show_wanted = Signal()
    undo_wanted = Signal()
    next_wanted = Signal()
    preview_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._icon = IconLabel(look, "success", "good", 40)
        self._title = _centred(look, "", "section")
        self._file = _centred(look, "", "body")
        self._file.setProperty("tone", "muted")
        self._counts = CountTable(look, size="title")
        self.show_imported = button(
            look,
            words("importing.show_customers"),
            self.show_wanted.emit,
            icon="customers",
            role="primary",
        )
        self.undo = button(look, words("importing.undo"), self.undo_wanted.emit, icon="undo")
        self.preview = button(look, words("importing.back_to_preview"), self.preview_wanted.emit)
        self.next = button(look, words("importing.next"), self.next_wanted.emit, icon="import")
        self._heading = label(look, words("importing.problems"), size="title", bold=True)
        self.save = button(
            look, words("importing.save_problems"), self.save_wanted.emit, role="link"
        )
        self.problems = ProblemList(look)
        self._rows = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        heading = row(look, self._heading, None, self.save)
        inside = look.theme.px(16)  # as the rows' texts
        heading.setContentsMargins(inside, 0, inside - look.theme.px(5), 0)
        rows = column(look, heading, hairline(look), self.problems, gap=8)
        rows.setStretchFactor(self.problems, 1)
        self._rows.setLayout(rows)
        self._rows.setMaximumWidth(look.theme.px(_MOST))
        layout = QVBoxLayout(self)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(8), side, side)
        layout.setSpacing(0)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, _MIDDLE)
        layout.addSpacing(look.theme.px(12))
        layout.addWidget(self._title)
        layout.addWidget(self._file)
        layout.addSpacing(look.theme.px(16))
        layout.addWidget(self._counts, 0, _MIDDLE)
        layout.addSpacing(look.theme.px(20))
        layout.addLayout(
            row(look, None, self.show_imported, self.undo, self.preview, self.next, None)
        )
        layout.addSpacing(look.theme.px(24))
        middle = row(look, None, gap=0)
        middle.addWidget(self._rows, 20)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)
        self._layout = layout
        self._rows_at = layout.count() - 2

    def show_done(self, chosen: Chosen, outcome: Outcome) -> None:
        """What was imported; no way back where nothing was changed."""
        words = self._look.words
        self._icon.set_icon("success", "good")
        self._title.setText(words("importing.done"))
        self._file.setText(words("importing.done_file", name=chosen.sheet.path.name))
        self._counts.show_counts(counts(outcome, chosen.kind, words))
        self._counts.show()
        shown, icon = _SHOWN.get(chosen.kind, ("customers", "customers"))
        self.show_imported.setText(words(f"importing.show_{shown}"))
        self.show_imported.setIcon(self._look.icons(icon, "on-accent"))
        self.show_imported.show()
        self.undo.setVisible(outcome.op is not None)
        self.preview.hide()
        self._show_rows(shown=bool(outcome.problems))
        self.problems.show_problems(chosen.sheet, outcome.problems)

    def show_undone(self) -> None:
        words = self._look.words
        self._icon.set_icon("undo", "ink-3")
        self._title.setText(words("importing.undone"))
        self._file.setText(words("importing.undone_hint"))
        self._counts.hide()
        self.show_imported.hide()
        self.undo.hide()
        self.preview.show()
        self._show_rows(shown=False)

    def _show_rows(self, *, shown: bool) -> None:
        """The rows take what room there is; without them the rest stands in the middle."""
        self._rows.setVisible(shown)
        self._layout.setStretch(self._rows_at, 20 if shown else 0)

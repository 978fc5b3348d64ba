"""The second step: the file's rows, how they are read, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.errors import Told
from fieldsales.screens.importing.aim import AimPanel
from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.counts import counted
from fieldsales.screens.importing.preview_table import PreviewTable
from fieldsales.screens.importing.problems import ProblemList
from fieldsales.screens.importing.settings import FileSettings
from fieldsales.services.importing import mapping, naming
from fieldsales.services.importing.importer import Outcome
from fieldsales.store.search import fold
from fieldsales.widgets.card import empty
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, IconLabel, button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.suggestions import Suggestion

_SHOWN = 50  # rows


class PreviewPart(QWidget):
    """Everything that is known of the file before anything is written."""

    other_wanted = Signal()
    target_picked = Signal(int, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._chosen: Chosen | None = None
        self._name = ElidedLabel(look, bold=True)
        self._size = label(look, tone="muted")
        self.other = button(
            look, words("importing.other_file"), self.other_wanted.emit, role="link"
        )
        self.settings = FileSettings(look)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._warnings = column(look, gap=4)
        self.table = PreviewTable(look)
        self.table.columns.chosen.connect(self.target_picked)
        self.problems = ProblemList(look)
        self.views = Segmented(
            look,
            [
                Option("preview", words("importing.preview")),
                Option("problems", words("importing.problems")),
            ],
        )
        self.views.chosen.connect(self.show_view)
        self._hint = ElidedLabel(look, size="caption", tone="muted")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.problems)
        self.aim = AimPanel(look)
        self.aim.problems_wanted.connect(self._show_problems)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        side = look.theme.px(24)
        file_line = row(
            look, IconLabel(look, "document", "ink-3", 18), self._name, self._size, self.other, None
        )
        head = column(look, file_line, self.settings, self._warnings, gap=12)
        head.setContentsMargins(side, 0, side, look.theme.px(4))
        below = row(look, self.views, self._hint, gap=16)
        below.setStretch(1, 1)
        below.setContentsMargins(side, look.theme.px(8), 0, look.theme.px(12))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.stack, 1)
        left.addLayout(below)
        self.stack.setContentsMargins(side, 0, 0, 0)
        body = row(look, left, self.aim, gap=0)
        body.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(8))
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addLayout(body, 1)
        self.bar.hide()

    def show_file(self, chosen: Chosen) -> None:
        """A file as it was read, from its first row and column on."""
        self._chosen = chosen
        words, sheet = self._look.words, chosen.sheet
        self._name.set_text(sheet.path.name)
        if sheet.format == "vcard":
            self._size.setText(counted(words, "importing.cards", len(sheet)))
        else:
            rows, columns = words.number(len(sheet)), words.number(len(sheet.columns))
            self._size.setText(words("importing.size", rows=rows, columns=columns))
        self.settings.show_reading(chosen.reading)
        self._show_warnings([naming.oddity_told(oddity, words) for oddity in sheet.warnings])
        names = [naming.column_name(sheet, at, words) for at in range(len(sheet.columns))]
        self.table.show_rows(sheet.head[:_SHOWN], names)
        self.show_targets()
        self.table.columns.fit_columns()
        self.show_view("preview")

    def show_targets(self) -> None:
        """What the columns fill, after a choice."""
        if self._chosen is None:
            return
        words, chosen = self._look.words, self._chosen
        texts = [
            naming.target_name(target, chosen.kind, words) if target else ""
            for target in chosen.targets
        ]
        self.table.columns.show_targets(texts, chosen.marks, self._choices)
        self.aim.show_aim(chosen)

    def show_looking(self) -> None:
        self.views.hide()
        self.show_view("preview")
        self.aim.show_looking()

    def show_outcome(self, outcome: Outcome) -> None:
        """What the rehearsal found."""
        if self._chosen is None:
            return
        self.aim.show_outcome(self._chosen, outcome)
        self.problems.show_problems(self._chosen.sheet, outcome.problems)
        self.views.setVisible(bool(outcome.problems))

    def show_trouble(self, trouble: Told) -> None:
        self.aim.show_trouble(trouble)

    def show_view(self, view: str) -> None:
        """`preview` or `problems`."""
        self.views.set_key(view)
        problems, words = view == "problems", self._look.words
        self.stack.setCurrentWidget(self.problems if problems else self.table)
        shown = len(self.table.preview.rows)
        whole = self._chosen is not None and shown >= len(self._chosen.sheet)
        self._hint.set_text(
            words("importing.problems_hint")
            if problems
            else words("importing.preview_whole_hint")
            if whole
            else counted(words, "importing.preview_hint", shown)
        )

    def _show_problems(self) -> None:
        self.show_view("problems")
        self.problems.setFocus()

    def _show_warnings(self, sentences: Sequence[str]) -> None:
        empty(self._warnings)
        look = self._look
        for sentence in sentences:
            line = row(look, IconLabel(look, "warning", "warn", 16), gap=8)
            line.addWidget(label(look, sentence, wrap=True), 1)
            self._warnings.addLayout(line)

    def _choices(self, at: int, wanted: str) -> list[Suggestion]:
        """What a column may fill, by some letters of its name; where it stands now is said."""
        chosen, words = self._chosen, self._look.words
        if chosen is None:
            return []
        names = self.table.preview.names
        taken = {
            target: names[column]
            for column, target in enumerate(chosen.targets)
            if target and column != at
        }
        hits = [
            Suggestion(target, name, aside=taken.get(target, ""))
            for target in mapping.targets(chosen.kind)
            if wanted in fold(name := naming.target_name(target, chosen.kind, words))
        ]
        out = Suggestion("", words("importing.leave_out"))
        if wanted in fold(out.title):
            hits.insert(0 if chosen.targets[at] else len(hits), out)
        return hits

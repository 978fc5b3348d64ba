"""Beside the preview: what becomes of records already there, and what the import would do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLabel,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldsales.errors import Told
from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.counts import CountTable, counted, counts
from fieldsales.screens.importing.settings import Choice
from fieldsales.services.importing import conversion, naming
from fieldsales.services.importing.importer import Outcome
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, column, label, set_tone

_WIDTH = 320  # px at 100 %
_MENDED_HERE = (
    "import.error.no_name_column",
    "import.error.no_deal_columns",
    "import.error.no_receivables_columns",
    "import.error.no_payments_columns",
    "import.error.no_sales_columns",
    "import.error.match_not_there",
)


class AimPanel(QScrollArea):
    """How rows meet the records there are, and the rehearsal's result."""

    aim_changed = Signal()
    problems_wanted = Signal()
    save_wanted = Signal()
    read_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self._known = label(look, size="title", bold=True)
        self.match = Choice(look, "")
        self.match.picked.connect(self._changed)
        self.update_known = QRadioButton(words("importing.update"))
        self.only_add = QRadioButton(words("importing.only_add"))
        self._ways = QButtonGroup(self)
        for way in (self.update_known, self.only_add):
            way.setFont(look.theme.font())
            self._ways.addButton(way)
        self._ways.buttonClicked.connect(self._changed)
        self._update_hint = self._hint("importing.update_hint")
        self.whole = self._check("importing.whole")
        self._whole_hint = self._hint("importing.whole_hint")
        # until a row has met what they are about
        self.totals = self._check("importing.totals", shown=False)
        self.keep_rest = self._check("importing.keep_rest", shown=False)
        self.newcomers = self._check("importing.newcomers", shown=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words("importing.looking"))
        self._looking = label(look, words("importing.looking"), tone="muted")
        self._counts = CountTable(look)
        self._repeated = label(look, tone="muted", wrap=True)
        self._verdict = label(look, tone="muted", wrap=True)
        self.why = button(look, words("importing.why"), self.problems_wanted.emit, role="link")
        self.save = button(
            look, words("importing.save_problems"), self.save_wanted.emit, role="link"
        )
        self.read_again = button(
            look, words("importing.read_again"), self.read_wanted.emit, icon="redo"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        look, words = self._look, self._look.words
        left = Qt.AlignmentFlag.AlignLeft
        body = QWidget()
        layout: QVBoxLayout = column(look, gap=0)
        layout.addWidget(self._known)
        layout.addSpacing(look.theme.px(8))
        layout.addWidget(self.match)
        layout.addSpacing(look.theme.px(4))
        layout.addWidget(self.update_known)
        layout.addWidget(self._update_hint)
        layout.addWidget(self.only_add)
        layout.addSpacing(look.theme.px(4))
        layout.addWidget(self.whole)
        layout.addWidget(self._whole_hint)
        for way in (self.totals, self.keep_rest, self.newcomers):
            layout.addWidget(way)
        layout.addSpacing(look.theme.px(24))
        layout.addWidget(label(look, words("importing.will"), size="title", bold=True))
        layout.addSpacing(look.theme.px(8))
        layout.addWidget(self._looking)
        layout.addWidget(self.bar)
        layout.addWidget(self._counts)
        layout.addSpacing(look.theme.px(8))
        layout.addWidget(self._repeated)
        layout.addWidget(self._verdict)
        layout.addSpacing(look.theme.px(4))
        layout.addWidget(self.why, 0, left)
        layout.addWidget(self.save, 0, left)
        layout.addWidget(self.read_again, 0, left)
        layout.addStretch(1)
        side = look.theme.px(24)
        layout.setContentsMargins(side, 0, side, side)
        body.setLayout(layout)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(look.theme.px(_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _check(self, key: str, *, shown: bool = True) -> QCheckBox:
        made = QCheckBox(self._look.words(key))
        made.setFont(self._look.theme.font())
        made.clicked.connect(self._changed)
        if not shown:
            made.hide()
        return made

    def _hint(self, key: str) -> QLabel:
        """A small line below a choice, in line with its text."""
        made = label(self._look, self._look.words(key), size="caption", tone="muted", wrap=True)
        made.setIndent(0)
        made.setContentsMargins(self._look.theme.px(25), 0, 0, self._look.theme.px(4))
        return made

    def _changed(self) -> None:
        self.aim_changed.emit()

    def show_aim(self, chosen: Chosen) -> None:
        """The choices as they stand."""
        words = self._look.words
        known = words(f"importing.known.{chosen.kind}")
        self._known.setText(known)
        self.match.setAccessibleName(known)
        self.match.show_options(
            [(match, naming.match_name(match, words)) for match in chosen.matches()], chosen.match
        )
        # a payment that is there has nothing to be changed
        matching = chosen.match is not None and chosen.kind not in ("payments", "sales")
        for part in (self.update_known, self.only_add, self._update_hint):
            part.setVisible(matching)
        (self.update_known if chosen.update else self.only_add).setChecked(True)
        self.whole.setChecked(chosen.whole)
        self.totals.setChecked(chosen.totals)
        self.keep_rest.setChecked(chosen.keep_rest)
        self.newcomers.setChecked(chosen.newcomers)

    def take_aim(self, chosen: Chosen) -> None:
        """Writes what is picked here into `chosen`."""
        chosen.match = self.match.currentData()
        chosen.update = self.update_known.isChecked()
        chosen.whole = self.whole.isChecked()
        chosen.totals = self.totals.isChecked()
        chosen.keep_rest = self.keep_rest.isChecked()
        chosen.newcomers = self.newcomers.isChecked()

    def show_looking(self) -> None:
        """The rows are being gone through; what was known before may not hold."""
        self._looking.show()
        self.bar.show()
        self.bar.setRange(0, 0)
        for part in (self._counts, self._repeated, self._verdict, self.why, self.save):
            part.hide()
        self.read_again.hide()

    def show_outcome(self, chosen: Chosen, outcome: Outcome) -> None:
        """What the import would do."""
        words = self._look.words
        self._looking.hide()
        self.bar.hide()
        self.read_again.hide()
        self._counts.show_counts(counts(outcome, chosen.kind, words))
        self._counts.show()
        self._repeated.setVisible(outcome.repeated > 0)
        self._repeated.setText(counted(words, "importing.repeated", outcome.repeated))
        if chosen.whole and outcome.skipped:
            self._say(counted(words, "importing.not_whole", outcome.skipped), warn=True)
        elif outcome.changes:
            self._say(words("importing.not_written"))
        elif outcome.unchanged:
            self._say(words("importing.nothing_new"))
        else:
            self._say(words("importing.none_fit"), warn=True)
        met = {problem.code for problem in outcome.problems}
        self.totals.setVisible("import.reason.total" in met or chosen.totals)
        self.keep_rest.setVisible("import.reason.overpaid" in met or chosen.keep_rest)
        owing = chosen.kind in (conversion.SALES, *conversion.MONEY) and outcome.others > 0
        self.newcomers.setVisible(owing or not chosen.newcomers)
        self.why.setVisible(bool(outcome.problems))
        self.save.setVisible(bool(outcome.problems))

    def show_trouble(self, trouble: Told) -> None:
        """Why nothing can be said, let alone imported."""
        self.show_looking()
        self._looking.hide()
        self.bar.hide()
        self._say(self._look.words(trouble.code, **trouble.params), warn=True)
        self.read_again.setVisible(trouble.code not in _MENDED_HERE)

    def _say(self, text: str, *, warn: bool = False) -> None:
        self._verdict.setText(text)
        set_tone(self._verdict, "warn" if warn else "muted")
        self._verdict.show()

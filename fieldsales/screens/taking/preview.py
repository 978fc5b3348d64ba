"""What a file would bring: from when it is, who is there already, and how many rows of what."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.screens.alike import why
from fieldsales.screens.contract import Context
from fieldsales.services.exchange.package import EVERYTHING, Package
from fieldsales.services.exchange.taking import PREFERENCES, Counts, Prefer, Survey
from fieldsales.services.exchange.twins import Twin
from fieldsales.widgets.pieces import ElidedLabel, column, hairline, label, row
from fieldsales.widgets.segmented import Option, Segmented

_MOST = 760  # px at 100 %
_FIGURES = ("new", "changed", "left", "same")
_TOO_MANY = 9_999_999


class Preview(QWidget):
    """Which of two stays, and who of the file is the same as one here, are chosen here."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look, words = context.look, context.words
        self._from = label(look, tone="muted", wrap=True)
        self.choices = Segmented(
            look,
            [Option(one, words(f"exchange.prefer.{one}")) for one in PREFERENCES],
            name=words("taking.prefer"),
        )
        self.choices.chosen.connect(self._chosen)
        self._alike = QWidget()
        self.alike: dict[str, tuple[Twin, Segmented]] = {}
        self._remarks = label(look, tone="warn", wrap=True)
        self._nothing = label(look, words("taking.nothing"), size="title", wrap=True)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(24))
        self._grid.setVerticalSpacing(look.theme.px(8))
        self._grid.setColumnStretch(0, 1)
        body = QWidget()
        body.setMaximumWidth(look.theme.px(_MOST))
        body.setLayout(
            column(
                look,
                self._from,
                8,
                row(look, label(look, words("taking.prefer")), self.choices, None, gap=12),
                self._alike,
                8,
                self._nothing,
                self._table,
                self._remarks,
                None,
                gap=8,
            )
        )
        whole = QWidget()
        layout = row(look, body, gap=0)
        layout.addStretch(0)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(8), side, side)
        whole.setLayout(layout)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(whole)
        self.setLayout(column(look, scroll, gap=0))

    def show_package(self, package: Package, alike: list[Twin]) -> None:
        """Another file."""
        words, head = self._context.words, package.head
        when = words.moment(from_stamp(head.made_at))
        rows = words.number(min(sum(head.tables.values()), _TOO_MANY))
        key = "taking.everything" if head.kind == EVERYTHING else "taking.customer"
        self._from.setText(words(key, when=when, rows=rows, name=head.name))
        self.choices.set_key("newer")
        self._show_alike(alike)

    def _show_alike(self, alike: list[Twin]) -> None:
        look, words = self._context.look, self._context.words
        old = self._alike
        self._alike, self.alike = QWidget(), {}
        lines = column(look, gap=8)
        lines.setContentsMargins(0, look.theme.px(8), 0, 0)
        for one in alike:
            said = words("taking.alike", name=one.name, here=one.name_here)
            choice = Segmented(
                look,
                [Option("join", words("taking.join")), Option("apart", words("taking.apart"))],
                name=said,
            )
            choice.set_key("join" if one.sure else "apart")
            choice.chosen.connect(self._chosen)
            texts = column(look, ElidedLabel(look, said, bold=True), gap=2)
            texts.addWidget(label(look, why(words, one.reasons), size="caption", tone="muted"))
            line = row(look, texts, choice, gap=12)
            line.setStretch(0, 1)
            lines.addLayout(line)
            self.alike[one.id] = one, choice
        self._alike.setLayout(lines)
        whole = old.parentWidget().layout() if old.parentWidget() is not None else None
        if whole is not None:
            whole.replaceWidget(old, self._alike)
        old.hide()
        old.deleteLater()

    def joined(self) -> dict[str, str]:
        """Ids here of those of the file that are the same."""
        return {one.id: one.here for one, choice in self.alike.values() if choice.key == "join"}

    def prefer(self) -> Prefer:
        """Which of two that differ stays."""
        return next(one for one in PREFERENCES if one == self.choices.key)

    def show_survey(self, found: Survey) -> None:
        """What would come of it."""
        look, words = self._context.look, self._context.words
        while (item := self._grid.takeAt(0)) is not None:
            item.widget().hide()  # it goes a moment later
            item.widget().deleteLater()
        told = {noun: one for noun, one in found.counts.items() if one != Counts(same=one.same)}
        self._nothing.setVisible(not told)
        self._table.setVisible(bool(told))
        self._remarks.setText("\n".join(found.remarks(words)))
        self._remarks.setVisible(bool(self._remarks.text()))
        right = Qt.AlignmentFlag.AlignRight
        for at, name in enumerate(_FIGURES, start=1):
            head = label(look, words(f"taking.{name}"), size="caption", tone="muted")
            self._grid.addWidget(head, 0, at, right)
        self._grid.addWidget(hairline(look), 1, 0, 1, 5)
        for line, (noun, one) in enumerate(told.items(), start=2):
            self._grid.addWidget(label(look, words(f"noun.{noun}")), line, 0)
            for at, name in enumerate(_FIGURES, start=1):
                number = one.told()[name]
                weighty = name in ("new", "changed")
                figure = label(
                    look,
                    words.number(number) if number else "–",
                    bold=weighty and number > 0,
                    tone="ink" if weighty and number else "faint",
                )
                self._grid.addWidget(figure, line, at, right)

    def _chosen(self, _key: str) -> None:
        self.changed.emit()

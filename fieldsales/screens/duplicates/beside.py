"""Two records side by side: what to take from which, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldsales.domain.duplicates.choosing import BOTH, GONE, KEPT, Choice
from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.drawing.text import wrap
from fieldsales.screens.alike import why
from fieldsales.screens.contract import Context
from fieldsales.screens.told_value import told_value
from fieldsales.services.merging import Beside, Side, joined, values
from fieldsales.widgets.card import CardScroll, empty
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, button, column, hairline, label, row

_WIDE = 900  # px at 100 % beyond which columns get no wider
_BELONGING = 6  # kinds of records named of a side
_LINES = 4  # of a value
_LONG = 200  # characters of a value


class ValueChoice(QRadioButton):
    """A choice in as many lines as its text needs, as two often differ at their ends alone; of a
    longer one the whole stands in the tooltip.
    """

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._full = text
        self._room = look.theme.px(32)  # of the ring
        self.setFont(look.theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def full_text(self) -> str:
        return self._full

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 8 + self._room
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(1, self.width() - self._room)
        lines = wrap(self._full, room, self.font().pixelSize())
        if len(lines) > _LINES:
            last = "".join(lines[_LINES - 1 : _LINES + 1])
            shown = self.fontMetrics().elidedText(last, Qt.TextElideMode.ElideRight, room)
            lines[_LINES - 1 :] = [shown]
            self.setToolTip(self._full)
        else:
            self.setToolTip("")
        self.setText("\n".join(lines).replace("&", "&&"))


class SideBySide(QWidget):
    """Stands for one pair at a time; the page does what is wanted. However much differs, what can
    be done stays in view.
    """

    merge_wanted = Signal()
    apart_wanted = Signal()
    later_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.shown: Beside | None = None
        self.choices: dict[str, dict[str, ValueChoice]] = {}  # field, way
        self._groups: list[QButtonGroup] = []
        look, words = context.look, context.words
        self.why = label(look, size="title", wrap=True)
        self.hint = label(look, words("duplicates.hint"), tone="muted", wrap=True)
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(_WIDE))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(16))
        self._grid.setVerticalSpacing(look.theme.px(4))
        self.rest = label(look, tone="muted", wrap=True)
        self.merge = button(
            look, words("duplicates.merge"), self.merge_wanted.emit, icon="check", role="primary"
        )
        self.apart = button(look, words("duplicates.apart"), self.apart_wanted.emit, icon="close")
        self.later = button(look, words("duplicates.later"), self.later_wanted.emit, role="quiet")
        for one, key in ((self.merge, "M"), (self.apart, "N"), (self.later, "L")):
            one.setToolTip(f"{one.text()} ({key})")
        buttons = row(look, self.merge, self.apart, self.later, None, gap=8)
        layout = column(look, self.why, self.hint, gap=4)
        layout.addSpacing(look.theme.px(12))
        layout.addLayout(self._grid)
        layout.addSpacing(look.theme.px(8))
        layout.addWidget(self.rest)
        inside.setLayout(layout)
        self._scroll = CardScroll(look)
        self._scroll.body.addWidget(inside)
        self._scroll.body.addStretch(1)
        side = look.theme.px(24)
        buttons.setContentsMargins(side, look.theme.px(12), side, look.theme.px(12))
        below = column(look, self._scroll, hairline(look), gap=0)
        below.addLayout(buttons)
        self.setLayout(below)

    def show_pair(self, shown: Beside, reasons: tuple[str, ...]) -> None:
        """Shows two records with what is proposed."""
        look, words = self.context.look, self.context.words
        self.shown = shown
        self.choices, self._groups = {}, []
        empty(self._grid)
        said = why(words, reasons)
        self.why.setText(f"{said[:1].upper()}{said[1:]}" or words("duplicates.asked"))
        for column_, side in ((1, shown.kept), (2, shown.gone)):
            self._grid.addLayout(self._head(side), 0, column_)
            self._grid.setColumnStretch(column_, 1)
        self._grid.addWidget(hairline(look), 1, 0, 1, 3)
        line = 2
        for choice in shown.comparison.choices:
            line = self._add(choice, line)
        self.rest.setText(self._told_rest(shown))
        self.rest.setVisible(bool(self.rest.text()))
        self._scroll.verticalScrollBar().setValue(0)

    def values(self) -> dict[str, object]:
        """What the record that is kept gets as it is chosen."""
        assert self.shown is not None
        return values(self.shown.comparison, self._ways())

    def focus_first(self) -> None:
        """The cursor to the first choice, else to the button that merges."""
        for ways in self.choices.values():
            chosen = next(one for one in ways.values() if one.isChecked())
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ways(self) -> Mapping[str, str]:
        return {
            name: next(way for way, one in ways.items() if one.isChecked())
            for name, ways in self.choices.items()
        }

    def _head(self, side: Side) -> QVBoxLayout:
        look, words = self.context.look, self.context.words
        record = side.record
        name = ElidedLabel(look, str(getattr(record, "name", "")), size="title", bold=True)
        told = [
            f"{words(f'noun.{noun}')}\u00a0{words.number(n)}"
            for noun, n in list(side.belongings.items())[:_BELONGING]
        ]
        below = label(
            look,
            " · ".join(told) or words("duplicates.nothing_belongs"),
            size="caption",
            tone="muted",
            wrap=True,
        )
        opening = button(look, words("common.open"), self._open, role="link")
        opening.setObjectName(record.id)
        opening.setAccessibleName(f"{words('common.open')} {name.full_text()}")
        return column(look, row(look, name, opening, None, gap=4), below, gap=2)

    def _add(self, choice: Choice, line: int) -> int:
        """A line of the grid for a field; where both can be kept, one more below it."""
        assert self.shown is not None
        look, words = self.context.look, self.context.words
        name = choice.field.name
        called = label(look, words(f"field.{self.shown.noun}.{name}"), tone="muted")
        self._grid.addWidget(called, line, 0)
        group = QButtonGroup(self)
        self._groups.append(group)
        ways = self.choices[name] = {}
        for way, value in ((KEPT, choice.kept), (GONE, choice.gone)):
            told = told_value(self.context, choice.field, value, _LONG)
            ways[way] = ValueChoice(look, told)
            self._grid.addWidget(ways[way], line, 1 if way == KEPT else 2)
        if BOTH in choice.ways:
            line += 1
            both = told_value(self.context, choice.field, joined(choice), _LONG)
            ways[BOTH] = ValueChoice(look, words("duplicates.both", value=both))
            self._grid.addWidget(ways[BOTH], line, 1, 1, 2)
        for way, one in ways.items():
            one.setObjectName(f"{name}.{way}")
            one.setAccessibleName(f"{called.text()} {one.full_text()}")
            group.addButton(one)
            one.setChecked(way == choice.way)
        return line + 1

    def _told_rest(self, shown: Beside) -> str:
        words = self.context.words
        known = fields(NOUNS[shown.noun])
        filled = [
            words(f"field.{shown.noun}.{name}")
            for name in shown.comparison.filled
            if known[name].shown
        ]
        told = []
        if filled:
            told.append(words("duplicates.filled", names=words("duplicates.and").join(filled)))
        if shown.comparison.same:
            told.append(words("duplicates.same", n=shown.comparison.same))
        if shown.gone.belongings:
            n = sum(shown.gone.belongings.values())
            told.append(words("duplicates.follows", n=words.number(n)))
        return "\n".join(told)

    def _open(self) -> None:
        if self.shown is not None:
            self.context.open(self.shown.noun, self.sender().objectName())

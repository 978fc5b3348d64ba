"""Scoring goods, service and the firm, 1 to 5 each, wherever the customer tells of it (M35)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldsales.domain.ids import new_id
from fieldsales.domain.satisfaction import HIGH, LOW, PARTS, Satisfaction
from fieldsales.screens.contract import Context
from fieldsales.services.operations.satisfaction import ScoreSatisfaction
from fieldsales.widgets.pieces import label
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.words import Words

About = Callable[[], Mapping[str, object]]


class ScoreRows(QWidget):
    """A row for each part: a digit scores it and goes on to the next, Delete takes it back.

    `about` gives the fields of a record that the first score makes; `scored` tells of each.
    """

    scored = Signal(str)  # part
    left = Signal()  # Esc

    def __init__(self, context: Context, about: About) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._about = about
        self.row_id = ""
        self._known = False
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(12))
        grid.setVerticalSpacing(look.theme.px(4))
        options = [Option(str(score), str(score)) for score in range(LOW, HIGH + 1)]
        self.rows: dict[str, Segmented] = {}
        for at, part in enumerate(PARTS):
            name = words(f"field.satisfaction.{part}")
            scale = Segmented(look, options, name=name, clearable=True)
            scale.setObjectName(part)
            scale.chosen.connect(self._chosen)
            self.rows[part] = scale
            grid.addWidget(label(look, name), at, 0)
            grid.addWidget(scale, at, 1, Qt.AlignmentFlag.AlignLeft)
        hint = label(look, words("satisfaction.hint"), size="caption", tone="faint", wrap=True)
        grid.addWidget(hint, len(PARTS), 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setLayout(grid)
        self.setFocusProxy(self.rows[PARTS[0]])

    def load(self) -> None:
        """Stand for a scoring that has not begun."""
        self.row_id, self._known = new_id(), False
        for scale in self.rows.values():
            scale.set_key("")

    def show_scores(self, known: Satisfaction | None) -> None:
        """Show what was scored; None for nothing yet."""
        if known is not None:
            self.row_id, self._known = known.id, True
        elif self._known or not self.row_id:
            self.row_id, self._known = new_id(), False
        for part, scale in self.rows.items():
            score = getattr(known, part, None)
            scale.set_key("" if score is None else str(score))

    @Slot(str)
    def _chosen(self, key: str) -> None:
        part = self.sender().objectName()
        score = int(key) if key else None
        operation = ScoreSatisfaction(part, score, self._about(), self.row_id)
        if self._context.run(operation) is None:
            return
        at = PARTS.index(part) + 1
        if key and at < len(PARTS):
            self.rows[PARTS[at]].setFocus(Qt.FocusReason.TabFocusReason)
        self.scored.emit(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        super().keyPressEvent(event)


def parts_told(words: Words, parts: Mapping[str, Decimal]) -> str:
    """'货品 4 · 服务 3', in the order of the parts; what was not scored is left out."""
    return " · ".join(
        words(
            "satisfaction.part",
            part=words(f"field.satisfaction.{part}"),
            score=score_told(parts[part]),
        )
        for part in PARTS
        if part in parts
    )


def score_told(score: Decimal) -> str:
    """A mean with its one decimal, a mark of one's own without."""
    return f"{score:f}" if score == score.to_integral_value() else f"{score:.1f}"

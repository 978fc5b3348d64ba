"""What each column of the file fills, as a choice above the column's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QTableView,
)

from fieldsales.screens.importing.chosen import Mark
from fieldsales.screens.importing.preview_model import PreviewModel
from fieldsales.store.search import fold
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.look import Look
from fieldsales.widgets.suggestions import Suggestion

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_BOX, _NAME, _GAP = 30, 26, 4  # px at 100 %
_NARROWEST, _WIDEST, _MEASURED = 104, 240, 20


class _TargetLine(ChooserLine):
    """The choice while it is being made; Esc or leaving it keeps what was."""

    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.suggestions.isVisible():
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.closed.emit()


class ColumnHeader(QHeaderView):
    """What each column fills, in a box above the column's name in the file.

    Arrow keys go from column to column, Enter or a click opens the choice, Delete leaves the column
    out.
    """

    chosen = Signal(int, str)  # column, target ('' for none)

    def __init__(self, look: Look, model: PreviewModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look, self._model, self._view = look, model, view
        self.marks: Sequence[Mark] = ()
        self._texts: Sequence[str] = ()
        self._find: Callable[[int, str], Sequence[Suggestion]] = lambda _column, _text: ()
        self.current = 0
        self._edited = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(look.theme.px(72))
        self.setFixedHeight(look.theme.px(_BOX + _NAME + 2 * _GAP))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._line = _TargetLine(look, self._hits, calm=False)
        self._line.setParent(self.viewport())
        self._line.setPlaceholderText(look.words("importing.find_field"))
        self._line.setAccessibleName(look.words("importing.find_field"))
        self._line.hide()
        self._line.picked.connect(self._picked)
        self._line.closed.connect(self._close)
        self.sectionClicked.connect(self.edit_column)
        self.sectionResized.connect(self._close)
        view.horizontalScrollBar().valueChanged.connect(self._close)

    def show_targets(
        self,
        texts: Sequence[str],
        marks: Sequence[Mark],
        find: Callable[[int, str], Sequence[Suggestion]],
    ) -> None:
        """The targets' names and where they come from; `find` gives a column's choices by text."""
        self._close()
        self._texts, self.marks, self._find = texts, list(marks), find
        self.current = min(self.current, max(0, len(marks) - 1))
        words = self._look.words
        for at, (name, text, mark) in enumerate(zip(self._model.names, texts, marks, strict=True)):
            field = text or words("importing.unused")
            told = words("importing.column_told", column=name, field=field)
            self._model.told[at] = f"{told}\n{words(f'importing.told_{mark}')}"
        self._tell()
        self.viewport().update()
        self._view.viewport().update()

    def fit_columns(self) -> None:
        """Widths by what stands in the columns."""
        theme = self._look.theme
        metrics, bold = theme.metrics(), theme.metrics("caption", bold=True)
        extra = theme.px(2 * _GAP + 20)
        for at, name in enumerate(self._model.names):
            wide = bold.horizontalAdvance(name)
            for _, cells in self._model.rows[:_MEASURED]:
                wide = max(wide, metrics.horizontalAdvance(cells[at][:40].replace("\n", " ")))
            if at < len(self._texts):
                wide = max(wide, metrics.horizontalAdvance(self._texts[at]) + theme.px(60))
            bounded = max(theme.px(_NARROWEST), min(wide + extra, theme.px(_WIDEST)))
            self._view.setColumnWidth(at, bounded)

    def edit_column(self, column: int, text: str = "") -> None:
        """Opens a column's choice."""
        if not 0 <= column < len(self._texts):
            return
        self.current = column
        self._show_current()
        self._edited = column
        self._line.setGeometry(self._box(self._rect(column)))
        self._line.setText(text)
        self._line.show()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.search(text)

    def _hits(self, text: str) -> Sequence[Suggestion]:
        return self._find(self._edited, fold(text)) if self._edited >= 0 else ()

    def _picked(self, key: str, _text: str) -> None:
        column = self._edited
        self._close()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(column, key)

    def _close(self) -> None:
        if self._edited >= 0:
            self._edited = -1
            held = self._line.hasFocus()
            self._line.suggestions.hide()
            self._line.hide()
            if held:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rect(self, section: int) -> QRect:
        return QRect(
            self.sectionViewportPosition(section), 0, self.sectionSize(section), self.height()
        )

    def _box(self, rect: QRect) -> QRect:
        theme = self._look.theme
        gap = theme.px(_GAP)
        return QRect(rect.left() + gap, rect.top() + gap, rect.width() - 2 * gap, theme.px(_BOX))

    def _show_current(self) -> None:
        rect, room = self._rect(self.current), self.viewport().width()
        bar = self._view.horizontalScrollBar()
        if rect.left() < 0:
            bar.setValue(bar.value() + rect.left())
        elif rect.right() > room:
            bar.setValue(bar.value() + min(rect.left(), rect.right() - room))
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        told = self._model.told
        name = told[self.current].split("\n")[0] if self.current < len(told) else ""
        self.setAccessibleName(f"{self._look.words('importing.columns')} {name}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._texts) - 1
        if key in _STEPS and last >= 0:
            self.current = max(0, min(last, _STEPS[key](self.current, last)))
            self._show_current()
        elif key in _OPENING and last >= 0:
            self.edit_column(self.current)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and last >= 0:
            self.chosen.emit(self.current, "")
        elif event.text().isprintable() and event.text() and not event.modifiers() & _CHORD:
            self.edit_column(self.current, event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, theme = self._look, self._look.theme
        mark = self.marks[section] if section < len(self.marks) else "unused"
        unused = mark == "unused" or not self._texts[section]
        painter.save()
        painter.fillRect(rect, theme.colour("paper"))
        line = theme.px(1)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), line, theme.colour("line"))
        box = self._box(rect)
        focused = self.hasFocus() and section == self.current
        ground = {"guess": "accent-soft", "before": "accent-soft", "chosen": "paper"}
        edge = "accent" if focused or mark == "chosen" else "line" if unused else "accent-soft"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if unused and not focused else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(edge), 1, style))
        painter.setBrush(theme.colour("paper" if unused else ground[mark]))
        radius = theme.px(6)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = theme.px(14)
        spot = QRect(box.right() - side - theme.px(6), box.center().y() - side // 2 + 1, side, side)
        look.icons.paint(painter, spot, "chevron-down", "ink-3")
        inside = QRect(box.left() + theme.px(8), box.top(), 0, box.height())
        inside.setRight(spot.left() - theme.px(2))
        text = look.words("importing.unused") if unused else self._texts[section]
        self._paint_mark(painter, inside, text, mark)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink-3" if unused else "ink"))
        painter.drawText(inside, _LEFT, theme.metrics().elidedText(text, _ELIDE, inside.width()))
        below = QRect(inside.left(), box.bottom(), rect.right() - inside.left(), theme.px(_NAME))
        metrics = theme.metrics("caption", bold=True)
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.colour("ink-3" if unused else "ink-2"))
        name = " ".join(self._model.names[section].split())
        painter.drawText(below, _LEFT, metrics.elidedText(name, _ELIDE, below.width()))
        painter.restore()

    def _paint_mark(self, painter: QPainter, inside: QRect, text: str, mark: Mark) -> None:
        """A small word at the right of what was not chosen by hand, where there is room."""
        if mark not in ("guess", "before"):
            return
        theme = self._look.theme
        word = self._look.words(f"importing.mark_{mark}")
        metrics = theme.metrics("caption")
        width = metrics.horizontalAdvance(word)
        if theme.metrics().horizontalAdvance(text) + width + theme.px(8) > inside.width():
            return
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("accent-strong"))
        painter.drawText(inside, _RIGHT, word)
        inside.setRight(inside.right() - width - theme.px(4))


_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_OPENING = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Down,
    Qt.Key.Key_F2,
)
_STEPS: dict[int, Callable[[int, int], int]] = {
    Qt.Key.Key_Left: lambda at, _last: at - 1,
    Qt.Key.Key_Right: lambda at, _last: at + 1,
    Qt.Key.Key_Home: lambda _at, _last: 0,
    Qt.Key.Key_End: lambda _at, last: last,
}

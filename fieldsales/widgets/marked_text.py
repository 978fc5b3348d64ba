"""A text whose words are underlined and whose sentences bear letters, while it is typed or read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QHelpEvent,
    QInputMethodEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy, QToolTip

from fieldsales.widgets.editors import leaves_undo
from fieldsales.widgets.look import Look
from fieldsales.widgets.passages import Passage, Placed, is_low, narrowed, part, placed, units

_SIDE, _GAP = 16, 3  # px at 100 % of a letter's box, and before it
_LINES = QTextCharFormat.UnderlineStyle
# what is underlined differs without its colour, too
_STYLES = {
    "quadrant-a": _LINES.SingleUnderline,
    "quadrant-b": _LINES.DashUnderline,
    "quadrant-c": _LINES.DotLine,
    "quadrant-d": _LINES.DashDotLine,
    "warn": _LINES.WaveUnderline,
}


class _Underliner(QSyntaxHighlighter):
    """Gives a block its underlines, and room for the letters behind its sentences."""

    def __init__(self, owner: MarkedText) -> None:
        super().__init__(owner.document())
        self._owner = owner

    def highlightBlock(self, text: str) -> None:
        begin = self.currentBlock().position()
        for passage in self._owner.within(begin, begin + self.currentBlock().length()):
            for line in passage.lines:
                first = passage.start + line.start - begin
                self.setFormat(first, line.end - line.start, self._owner.format_of(line.role))
            last = passage.end - 1 - begin
            if passage.letters and last < len(text.encode("utf-16-le")) // 2:
                form = QTextCharFormat(self.format(last))
                form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
                form.setFontLetterSpacing(self._owner.room_for(passage.letters))
                size = 2 if is_low(text, last) else 1  # an emoji is of two units
                self.setFormat(last + 1 - size, size, form)


class MarkedText(QPlainTextEdit):
    """Marks follow what is typed until `show_passages` brings new ones.

    With `lines` it grows with its text between so many lines, else it takes the room it is given.
    Positions are those of the text as Python counts it.
    """

    edited = Signal()
    passage_changed = Signal()  # the cursor came to another sentence
    menu_wanted = Signal(QMenu)  # for the sentence at the cursor, before the menu is shown

    def __init__(
        self, look: Look, *, read_only: bool = False, lines: tuple[int, int] | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._lines = lines
        self._passages: list[Placed] = []
        self._formats: dict[str, QTextCharFormat] = {}
        self._current = -1
        self._quiet = False
        self._typed = False
        self._known = b""  # the text as it was told last, as Qt counts
        theme = look.theme
        self.setFont(theme.font("title"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(theme.px(8))
        if read_only:
            self.setReadOnly(True)
            by = Qt.TextInteractionFlag
            self.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.document().contentsChange.connect(self._shift)  # before the underliner asks
        self._underliner = _Underliner(self)
        self.textChanged.connect(self._told)
        self.cursorPositionChanged.connect(self._moved)
        theme.changed.connect(self._recolour)
        if lines is not None:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(self._grow)

    # the text

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Another text, without marks; not told as edited."""
        self._quiet = True
        self._passages = []
        self.setPlainText(text)
        self._quiet = False
        self._moved()

    def show_passages(self, passages: Iterable[Passage]) -> None:
        """Marks for the text as it stands; nothing is drawn anew where they are the same."""
        found = placed(self.text(), passages)
        if found == self._passages:
            return
        before, self._passages = self._passages, found
        block = self.document().firstBlock()
        while block.isValid():
            begin, end = block.position(), block.position() + block.length()
            if part(before, begin, end) != part(found, begin, end):
                self._underliner.rehighlightBlock(block)
            block = block.next()
        self.viewport().update()
        self._current = -1
        self._moved()

    @property
    def current(self) -> int:
        """Number of the passage at the cursor, −1 for none."""
        at = self._at(self.textCursor().position())
        return self._passages[at].number if at >= 0 else -1

    def choose(self, start: int, end: int) -> None:
        """Selects words and shows them."""
        places = units(self.text())
        last = len(places) - 1
        cursor = self.textCursor()
        cursor.setPosition(places[min(start, last)])
        cursor.setPosition(places[min(end, last)], QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selected(self) -> str:
        return self.textCursor().selectedText().replace("\u2029", "\n").strip()

    # marks

    def within(self, begin: int, end: int) -> list[Placed]:
        """The sentences between two places."""
        return part(self._passages, begin, end)

    def room_for(self, letters: str) -> int:
        """Pixels that letters take behind a sentence."""
        theme = self._look.theme
        return len(letters) * (theme.px(_SIDE) + theme.px(_GAP)) + theme.px(_GAP)

    def format_of(self, role: str) -> QTextCharFormat:
        found = self._formats.get(role)
        if found is None:
            found = self._formats[role] = QTextCharFormat()
            found.setUnderlineStyle(_STYLES[role])
            found.setUnderlineColor(self._look.theme.colour(role))
        return found

    def _at(self, place: int) -> int:
        at = bisect_right(self._passages, place, key=lambda one: one.start) - 1
        return at if at >= 0 and place <= self._passages[at].end else -1

    def _shift(self, place: int, removed: int, added: int) -> None:
        """Marks go along with what is typed before them; those that it touches go."""
        before, self._known = self._known, self.text().encode("utf-16-le")
        if self._quiet or before == self._known:
            return  # what an input method composes is no text yet
        self._typed = True
        place, removed, added = narrowed(before, self._known, place, removed, added)
        gone, by = place + removed, added - removed
        kept = []
        for passage in self._passages:
            if passage.start >= gone and passage.end > place:
                passage.start += by
                passage.end += by
            elif passage.end >= place:
                if passage.start > place or passage.end < gone:
                    continue
                begin = passage.start
                passage.lines = tuple(
                    line if begin + line.end <= place else line.moved(by)
                    for line in passage.lines
                    if begin + line.end <= place or begin + line.start >= gone
                )
                passage.end += by
            if passage.end > passage.start:
                kept.append(passage)
        self._passages = kept

    def _recolour(self) -> None:
        self._formats.clear()
        self._underliner.rehighlight()

    def _told(self) -> None:
        if self._typed:  # Qt tells of new underlines, too
            self._typed = False
            self.edited.emit()

    def _moved(self) -> None:
        at = self.current
        if at != self._current:
            self._current = at
            self.passage_changed.emit()

    def _boxes(self, block: QTextBlock, top: float, within: QRect) -> list[tuple[QRect, str, int]]:
        """Where the letters of a block's sentences stand: box, letter, number of the sentence."""
        theme, found = self._look.theme, []
        side, begin = theme.px(_SIDE), block.position()
        first = bisect_right(self._passages, begin - 1, key=lambda one: one.start)
        for at, passage in enumerate(part(self._passages, begin, begin + block.length()), first):
            last = passage.end - begin
            if not passage.letters or not 0 < last < block.length():
                continue
            if block.layout().preeditAreaPosition() < last:  # what is being composed stands before
                last += len(block.layout().preeditAreaText())
            line = block.layout().lineForTextPosition(last - 1)
            if not line.isValid() or not (
                within.top() - line.height() <= top + line.y() <= within.bottom()
            ):
                continue
            across, _ = cast("tuple[float, int]", line.cursorToX(last))
            right = across + self.contentOffset().x()
            left = round(right) - self.room_for(passage.letters) + theme.px(_GAP)
            middle = top + line.y() + line.height() / 2
            for number, letter in enumerate(passage.letters):
                at_left = left + number * (side + theme.px(_GAP))
                box = QRect(at_left, round(middle - side / 2), side, side)
                found.append((box, letter, at))
        return found

    def _seen(self, within: QRect) -> list[tuple[QRect, str, int]]:
        """The letters that touch a part of what is in sight."""
        found: list[tuple[QRect, str, int]] = []
        block, top = self.firstVisibleBlock(), self.contentOffset().y()
        while block.isValid() and top <= within.bottom():
            below = top + self.blockBoundingRect(block).height()
            if below >= within.top():
                found += self._boxes(block, top, within)
            block, top = block.next(), below
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._passages:
            return
        theme = self._look.theme
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", bold=True))
        for box, letter, _at in self._seen(event.rect()):
            painter.setPen(QPen(theme.colour(f"quadrant-{letter}"), 1))
            painter.setBrush(theme.colour(f"quadrant-{letter}-soft"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter.upper())

    # mouse and menu

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at_point(event.pos())
            QToolTip.showText(event.globalPos(), self._passages[at].tip if at >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def _at_point(self, spot: QPoint) -> int:
        at = self._letter_at(spot)
        return at if at >= 0 else self._at(self.cursorForPosition(spot).position())

    def _letter_at(self, spot: QPoint) -> int:
        """Number of the sentence whose letter stands there, −1 for none."""
        there = self._seen(QRect(spot, spot))
        return next((at for box, _letter, at in there if box.contains(spot)), -1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        if self._letter_at(spot) >= 0:
            self._go_to(spot)
            self._open_menu(QMenu(self), event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = event.pos()
        if event.reason() != QContextMenuEvent.Reason.Keyboard and not (
            self.textCursor().hasSelection()
        ):
            self._go_to(spot)
        self._open_menu(self.createStandardContextMenu(), event.globalPos())

    def _go_to(self, spot: QPoint) -> None:
        at = self._at_point(spot)
        cursor = self.cursorForPosition(spot)
        if at >= 0:  # behind the last character Qt would give the next sentence
            cursor.setPosition(min(cursor.position(), self._passages[at].end - 1))
        self.setTextCursor(cursor)

    def _open_menu(self, menu: QMenu, spot: QPoint) -> None:
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_wanted.emit(menu)
        if menu.actions():
            menu.popup(spot)

    # Qt

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():  # Qt took the underlines of the paragraph away
            self._underliner.rehighlightBlock(self.textCursor().block())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._lines is None or (self.verticalScrollBar().maximum() and self.hasFocus()):
            super().wheelEvent(event)
        else:
            event.ignore()  # the page scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()  # another width wraps into other lines

    def _grow(self) -> None:
        if self._lines is None:
            return
        low, high = self._lines
        lines = min(max(int(self.document().size().height()), low), high)
        margin = 2 * self._look.theme.px(8) + 2 * self._look.theme.px(6)
        height = lines * self.fontMetrics().lineSpacing() + margin
        if height != self.height():
            self.setFixedHeight(height)

    def event(self, event: QEvent) -> bool:
        return False if leaves_undo(event, self.document()) else super().event(event)

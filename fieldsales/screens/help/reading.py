"""How a help page is set: headings, paragraphs and points on the same scale as the window."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser

from fieldsales.widgets.look import Look

_LINE_HEIGHT = 110  # percent of the font's own, which is one and a half of its size
_QUOTED = 16  # px at 100 % that a remark is moved in
# level of a heading (0: text) -> size of the type scale, px at 100 % above and below it
_HEADINGS = {0: ("body", 0, 8), 1: ("section", 0, 12), 2: ("title", 16, 4)}
_POINT = ("body", 0, 4)


def show_markdown(view: QTextBrowser, look: Look, text: str) -> None:
    """Markdown in a view; the first paragraph starts at its margin."""
    theme, document = look.theme, view.document()
    document.setIndentWidth(theme.px(20))
    document.setDefaultFont(theme.font())
    view.setMarkdown(text)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _set(look, cursor, block)
        block = block.next()
    cursor.endEditBlock()


def _set(look: Look, cursor: QTextCursor, block: QTextBlock) -> None:
    theme, shape = look.theme, block.blockFormat()
    level = shape.headingLevel()
    size, above, below = _HEADINGS[min(level, 2)] if block.textList() is None else _POINT
    quoted = shape.intProperty(QTextBlockFormat.Property.BlockQuoteLevel.value) > 0
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(theme.px(12 if quoted else above))
    shape.setBottomMargin(theme.px(below))
    shape.setLeftMargin(theme.px(_QUOTED) if quoted else 0)
    cursor.setPosition(block.position())
    cursor.setBlockFormat(shape)
    letters = QTextCharFormat()
    letters.setForeground(theme.colour("ink-2" if quoted else "ink"))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if level:
        letters.setFont(theme.font(size, bold=True))
        cursor.setCharFormat(letters)  # Qt's own heading is larger by steps
    else:
        cursor.mergeCharFormat(letters)

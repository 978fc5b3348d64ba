"""The self-assessment on screen (M21): three sheets of 32 items, eight picks on each.

It knows no file: what is picked is told, and shown once it is kept.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QWidget

from fieldsales.domain.profile import SHEETS, Assessment
from fieldsales.domain.whole_brain import PICKS, wanting
from fieldsales.methods.whole_brain.content import Item, WholeBrain
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, column, label, row, set_tone

_TILE = 200  # px at 100 % a tile is wide at least
_COLUMNS = (4, 2, 1)  # all of them part 32 evenly
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ItemTile(QAbstractButton):
    """One item. Pressed again it is taken back; whether it holds is shown once it is kept."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.code = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.theme.changed.connect(self.update)

    def show_item(self, item: Item) -> None:
        self.code = item.code
        self.setText(item.text)
        self.setAccessibleName(item.text)

    def height_for(self, width: int) -> int:
        theme = self._look.theme
        room = QRect(0, 0, self._room(width), 1000)
        needed = theme.metrics().boundingRect(room, int(_WRAPPED), self.text()).height()
        return max(theme.px(44), needed + theme.px(16))

    def _room(self, width: int) -> int:
        return width - self._look.theme.px(12 + 18 + 8 + 10)

    def sizeHint(self) -> QSize:
        width = self._look.theme.px(_TILE)
        return QSize(width, self.height_for(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows are the sheet's

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        edge = "accent" if chosen or focused else "ink-3" if self.underMouse() else "line"
        ground = "accent-soft" if chosen else "paper"
        painter.setPen(QPen(theme.colour(edge), 2 if focused else 1))
        painter.setBrush(theme.colour(ground))
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, theme.px(6), theme.px(6))
        side = theme.px(18)
        box = QRect(theme.px(12), (self.height() - side) // 2, side, side)
        painter.setPen(QPen(theme.colour("accent" if chosen else "line"), 1))
        painter.setBrush(theme.colour("accent" if chosen else "paper"))
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        if chosen:
            mark = box.adjusted(theme.px(2), theme.px(2), -theme.px(2), -theme.px(2))
            self._look.icons.paint(painter, mark, "check", "on-accent")
        painter.setPen(theme.colour("accent-strong" if chosen else "ink"))
        painter.setFont(theme.font())
        left = box.right() + theme.px(8)
        text = QRect(left, 0, self._room(self.width()), self.height())
        painter.drawText(text, int(_WRAPPED), self.text())


class ItemGrid(QWidget):
    """The items of a sheet; arrows move among them, Home and End go to the ends."""

    pressed = Signal(str, bool)  # code, and whether it is to be picked
    entered = Signal(QWidget)  # a tile, by the arrows
    turned = Signal(QKeyEvent)  # a key that is not the grid's: the scroll area would take it

    def __init__(self, look: Look, count: int) -> None:
        super().__init__()
        self._look = look
        self._columns = _COLUMNS[0]
        self.tiles = [ItemTile(look) for _ in range(count)]
        for at, tile in enumerate(self.tiles):
            tile.setParent(self)
            tile.clicked.connect(partial(self._pressed, at))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_items(self, items: list[Item]) -> None:
        for tile, item in zip(self.tiles, items, strict=True):
            tile.show_item(item)
        self._enter(0)
        self._arrange()
        self.updateGeometry()

    def show_picks(self, codes: tuple[str, ...]) -> None:
        for tile in self.tiles:
            tile.setChecked(tile.code in codes)

    def focus_first(self) -> None:
        self.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._enter(0)

    def _enter(self, at: int) -> None:
        """Tab stops at one tile only: the rest is the arrows' way."""
        for place, tile in enumerate(self.tiles):
            here = place == at
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _pressed(self, at: int) -> None:
        self._enter(at)
        tile = self.tiles[at]
        self.pressed.emit(tile.code, tile.isChecked())

    def _cell(self) -> tuple[int, int]:
        gap = self._look.theme.px(8)
        width = (self.width() + gap) // self._columns - gap
        return width, max(tile.height_for(width) for tile in self.tiles)

    def _arrange(self) -> None:
        width, gap = self.width(), self._look.theme.px(8)
        fits = (width + gap) // (self._look.theme.px(_TILE) + gap)
        self._columns = next((count for count in _COLUMNS if count <= fits), 1)
        wide, high = self._cell()
        for at, tile in enumerate(self.tiles):
            down, across = divmod(at, self._columns)
            tile.setGeometry(across * (wide + gap), down * (high + gap), wide, high)
        self.setMinimumHeight(len(self.tiles) // self._columns * (high + gap) - gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.turned.emit(event)
            return
        if not isinstance(focused, ItemTile):
            super().keyPressEvent(event)
            return
        at, last = self.tiles.index(focused), len(self.tiles) - 1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Home: -at,
            Qt.Key.Key_End: last - at,
        }
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        target = at + steps[Qt.Key(event.key())]
        if 0 <= target <= last:
            self._enter(target)
            self.tiles[target].setFocus(Qt.FocusReason.TabFocusReason)
            self.entered.emit(self.tiles[target])


class AssessmentForm(QWidget):
    """Shows a self-assessment as it is kept; `picked` and `finish_wanted` ask for a change.

    Alt+→ and Alt+← turn the sheets. It cannot be finished before each holds exactly eight picks,
    and says where they are missing.
    """

    picked = Signal(str, str, bool)  # sheet, code, and whether it is to be picked
    finish_wanted = Signal()

    def __init__(self, look: Look, brain: WholeBrain) -> None:
        super().__init__()
        self._look, self._brain = look, brain
        self._kept: Assessment | None = None
        self.sheet = SHEETS[0]
        words = look.words
        self.sheets = Picks(look, name=words("assessment.sheets"), clearable=False)
        self.sheets.chosen.connect(self.turn_to)
        self._ask = label(look, size="title", wrap=True)
        self.counter = label(look, size="section", bold=True)
        self.grid = ItemGrid(look, len(brain.items_of(SHEETS[0])))
        self.grid.pressed.connect(self._pressed)
        self.grid.turned.connect(self.keyPressEvent)
        self.grid.entered.connect(self._bring_in)
        self.told = label(look, tone="muted", wrap=True)
        keys = label(look, words("assessment.keys"), size="caption", tone="faint", wrap=True)
        self.back = button(look, words("assessment.before"), self.turn_back, icon="chevron-left")
        self.on = button(look, words("assessment.next"), self.turn_on)
        self.finish = button(look, words("assessment.finish"), self._finish, role="primary")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.grid)
        self._scroll = scroll
        asked = row(look, self._ask, self.counter, gap=24)
        asked.setStretch(0, 1)
        asked.setAlignment(self.counter, Qt.AlignmentFlag.AlignBottom)
        foot = row(
            look, column(look, self.told, keys, gap=2), self.back, self.on, self.finish, gap=8
        )
        foot.setStretch(0, 1)
        layout = column(look, self.sheets, asked, scroll, foot, gap=12)
        layout.setStretchFactor(scroll, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.grid.tiles[0])
        self._show_sheet()

    def show_assessment(self, kept: Assessment) -> None:
        """The picks as they are kept; another assessment begins where it waits for picks."""
        other = self._kept is None or self._kept.id != kept.id
        self._kept = kept
        if other:
            self.sheet = next(iter(wanting(kept)), SHEETS[-1])
            self._show_sheet()
        self._show_picks()

    def turn_to(self, sheet: str) -> None:
        """Shows a sheet, with the keys on its first item."""
        self.sheet = sheet
        self._show_sheet()
        self._show_picks()
        self._scroll.verticalScrollBar().setValue(0)
        self.grid.focus_first()

    def turn_on(self) -> None:
        """The next sheet; after the last one, the end."""
        at = SHEETS.index(self.sheet)
        if at + 1 < len(SHEETS):
            self.turn_to(SHEETS[at + 1])
        else:
            self._finish()

    def turn_back(self) -> None:
        at = SHEETS.index(self.sheet)
        if at:
            self.turn_to(SHEETS[at - 1])

    def _pressed(self, code: str, pick: bool) -> None:
        self.picked.emit(self.sheet, code, pick)
        self._show_picks()  # as they are kept now, which may be unchanged
        self._announce(f"{self.counter.text()} {self.told.text()}")

    def _bring_in(self, tile: QWidget) -> None:
        margin = self._look.theme.px(8)
        self._scroll.ensureWidgetVisible(tile, margin, margin)

    def _finish(self) -> None:
        if self._kept is None:
            return
        missing = wanting(self._kept)
        if not missing:
            self.finish_wanted.emit()
            return
        if self.sheet not in missing:
            self.turn_to(next(iter(missing)))
        self.told.setText(self._missing(missing))
        set_tone(self.told, "warn")
        self._announce(self.told.text())

    def _missing(self, missing: dict[str, int]) -> str:
        words = self._look.words
        said = []
        for sheet, count in missing.items():
            code = "assessment.sheet_few" if count > 0 else "assessment.sheet_many"
            said.append(words(code, sheet=SHEETS.index(sheet) + 1, n=abs(count)))
        return words("assessment.not_yet", what=words("assessment.and").join(said), picks=PICKS)

    def _show_sheet(self) -> None:
        told = self._brain.sheets[self.sheet]
        self._ask.setText(told.ask)
        self.grid.show_items(self._brain.items_of(self.sheet))
        self.sheets.set_key(self.sheet)
        at = SHEETS.index(self.sheet)
        self.back.setVisible(at > 0)
        self.on.setVisible(at + 1 < len(SHEETS))
        self.finish.setVisible(at + 1 == len(SHEETS))

    def _show_picks(self) -> None:
        if self._kept is None:
            return
        words, kept = self._look.words, self._kept
        self.sheets.set_picks(
            [
                Pick(
                    sheet,
                    f"{at}  {self._brain.sheets[sheet].title}",
                    f"{len(kept.picks(sheet))}/{PICKS}",
                )
                for at, sheet in enumerate(SHEETS, start=1)
            ]
        )
        picks = kept.picks(self.sheet)
        self.grid.show_picks(picks)
        count = len(picks)
        self.counter.setText(words("assessment.counter", count=count, picks=PICKS))
        set_tone(self.counter, "good" if count == PICKS else "warn" if count > PICKS else "ink")
        left = PICKS - count
        if left > 0:
            self.told.setText(words("assessment.left", n=left))
        elif left < 0:
            self.told.setText(words("assessment.over", n=-left))
        else:
            self.told.setText(words("assessment.just"))
        set_tone(self.told, "warn" if left < 0 else "muted")

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def event(self, event: QEvent) -> bool:
        # the window has Alt+← for its own way back, which begins before the first sheet
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._turns(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._turns(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Right:
            self.turn_on()
        else:
            self.turn_back()

    def _turns(self, event: QKeyEvent) -> bool:
        if event.modifiers() != Qt.KeyboardModifier.AltModifier:
            return False
        return event.key() == Qt.Key.Key_Right or (
            event.key() == Qt.Key.Key_Left and self.sheet != SHEETS[0]
        )

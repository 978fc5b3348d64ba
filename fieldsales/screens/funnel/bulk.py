"""What can be done with several deals at once: move them, put them off, throw them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from fieldsales.screens.contract import Context
from fieldsales.widgets.pieces import ElidedLabel, button, label, row


class BulkBar(QWidget):
    """Says how many are chosen, and offers what can be done with them."""

    move_wanted = Signal(str)
    snooze_wanted = Signal()
    trash_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._words = words
        self._count = label(look, bold=True)
        self._sums = ElidedLabel(look, tone="muted")
        self.to = button(look, words("funnel.move_to"), icon="forward")
        self.to.setMenu(QMenu(self.to))
        self.trash = button(
            look, words("funnel.trash"), self.trash_wanted.emit, icon="trash", role="quiet"
        )
        self.snooze = button(
            look, words("funnel.put_off_action"), self.snooze_wanted.emit, icon="snooze"
        )
        self.clear = button(look, words("funnel.unselect"), self.clear_wanted.emit, role="quiet")
        ground = QWidget()
        ground.setProperty("surface", "card")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = row(
            look, self._count, self._sums, None, self.to, self.snooze, self.trash, self.clear
        )
        inside.setContentsMargins(
            look.theme.px(16), look.theme.px(2), look.theme.px(8), look.theme.px(2)
        )
        ground.setLayout(inside)
        whole = row(look, ground, gap=0)
        whole.setContentsMargins(look.theme.px(8), 0, 0, 0)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_chosen(self, count: int, sums: str, targets: Sequence[tuple[str, str]]) -> None:
        """How many, what they add up to, and (key, name) of where they can go."""
        self._count.setText(self._words("funnel.chosen", n=count))
        self._sums.set_text(sums)
        menu = self.to.menu()
        menu.clear()
        for key, name in targets:
            menu.addAction(name.replace("&", "&&")).triggered.connect(self._mover(key))

    def _mover(self, key: str) -> Callable[[], None]:
        def move() -> None:
            self.move_wanted.emit(key)

        return move

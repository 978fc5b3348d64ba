"""What a page says where there is nothing yet: one sentence, one action."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import IconLabel, button, column, label, row


class EmptyState(QWidget):
    """A calm picture, a sentence and at most three ways on, in the middle of the room given."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str = "",
        hint: str = "",
        action: str = "",
        act: Callable[[], object] | None = None,
        action_icon: str = "",
        second: str = "",
        act_second: Callable[[], object] | None = None,
        third: str = "",
        act_third: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = column(look, None, gap=0, margin=24)
        if icon:
            layout.addWidget(IconLabel(look, icon, "ink-3", 40), 0, middle)
            layout.addSpacing(look.theme.px(12))
        self.sentence = label(look, text, size="title", wrap=True)
        self.sentence.setAlignment(middle)
        layout.addWidget(self.sentence)
        if hint:
            below = label(look, hint, tone="muted", wrap=True)
            below.setAlignment(middle)
            layout.addSpacing(look.theme.px(4))
            layout.addWidget(below)
        if action:
            layout.addSpacing(look.theme.px(16))
            buttons = row(look, None, gap=8)
            first = button(look, action, act, icon=action_icon, role="primary")
            self.setFocusProxy(first)
            buttons.addWidget(first)
            if second:
                buttons.addWidget(button(look, second, act_second))
            if third:
                buttons.addWidget(button(look, third, act_third, role="quiet"))
            buttons.addStretch(1)
            layout.addLayout(buttons)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setAccessibleName(text)

    def say(self, text: str) -> None:
        """Another sentence."""
        self.sentence.setText(text)
        self.setAccessibleName(text)

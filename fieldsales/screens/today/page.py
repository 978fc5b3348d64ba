"""The page: the day as a list, with what is found, imported and printed from here."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.today.listing import DayList
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button


class TodayScreen(Screen):
    """The rep's day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._strip = PageStrip(look, words("today.title"))
        self._strip.fill(button(look, words("today.find"), self._find, icon="search"))
        self.list = DayList(context)
        self.list.new_wanted.connect(self.new_record)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._day = date.min
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._new_day)
        self._midnight.start()

    def refresh(self) -> None:
        self._day = self.context.look.clock.today()
        self._strip.aside.setText(self.context.words.dated(self._day, year=False))
        self.list.refresh()

    def _new_day(self) -> None:
        if self.context.look.clock.today() != self._day and self.isVisible():
            self.refresh()

    def _find(self) -> None:
        self.context.find_wanted.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.leave()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._new_day()

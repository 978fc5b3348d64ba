"""The portfolio's sections on one day: today, or one gone by that is marked above each of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fieldsales.screens import portfolio
from fieldsales.screens.as_of import AsOf
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.pictures import PicturesPage
from fieldsales.screens.sections import SectionedScreen, SectionPage
from fieldsales.widgets.pieces import button, label, row, surface


class PortfolioScreen(SectionedScreen):
    """A day chosen in one section holds in all that can look back; the others say they cannot."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, portfolio, portfolio.TAB.title)
        look, words = context.look, context.words
        self.as_of = AsOf(context, opener=False)
        self.as_of.changed.connect(self._day_changed)
        self.as_of.left.connect(self._left)
        self.told = label(look)
        self.only_today = QWidget()
        back = button(look, words("as_of.today"), self.as_of.to_today, role="link")
        self.only_today.setLayout(row(look, self.told, back, None, gap=8))
        self.marked = surface("notice")
        inside = row(look, self.as_of, self.only_today, gap=0)
        side, high = look.theme.px(24), look.theme.px(4)
        inside.setContentsMargins(side, high, side, high)
        self.marked.setLayout(inside)
        whole = self.layout()
        assert isinstance(whole, QBoxLayout)
        whole.insertWidget(1, self.marked)
        self.page_made.connect(self._take_in)
        self.page_shown.connect(self._mark)
        self._take_in(self.page)
        self._mark()

    @Slot(object)
    def _take_in(self, page: SectionPage) -> None:
        if isinstance(page, PicturesPage):
            page.set_day(self.as_of.day)
            page.past_wanted.connect(self.ask_day)
            page.picture_changed.connect(self._mark)

    def ask_day(self) -> None:
        """Asks which day is to be shown."""
        self.as_of.ask()
        self._mark()

    @Slot(object)
    def _day_changed(self, day: date | None) -> None:
        for page in self.made:
            if isinstance(page, PicturesPage):
                page.set_day(day)
        self._mark()
        self.refresh()

    @Slot()
    def _left(self) -> None:
        self._mark()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _mark(self) -> None:
        """Says above the section in front which day it shows, if that is not today."""
        page, day, words = self.page, self.as_of.day, self.context.words
        here = isinstance(page, PicturesPage) and page.looks_back
        if day is not None:
            self.told.setText(words("as_of.only_today", day=words.date(day)))
        self.as_of.setVisible(here)
        self.only_today.setVisible(not here)
        self.marked.setVisible(self.as_of.asking if here else day is not None)

    # the contract

    def commands_here(self) -> list[Command]:
        words, found = self.context.words, super().commands_here()
        if isinstance(self.page, PicturesPage) and self.page.looks_back:
            found.append(Command(words("as_of.open"), "history", self.ask_day))
        if self.as_of.day is not None:
            found.append(Command(words("as_of.today"), "back", self.as_of.to_today))
        return found

    def go_back(self) -> bool:
        if super().go_back():
            return True
        past = self.as_of.asking
        if past:
            self.as_of.to_today()
        return past

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.as_of.asking:
            self.as_of.to_today()
        else:
            super().keyPressEvent(event)

"""The section: the small pictures with their customers, and the form that asks for targets."""

from __future__ import annotations

from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.reports.portfolio.pictures import INDICATORS
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.pictures import PicturesPage
from fieldsales.screens.portfolio.indicators.form import TargetsForm
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button


class IndicatorsPage(PicturesPage):
    """A picture pressed lists who holds it back; one that is typed asks for its figures."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, INDICATORS)
        look, words = context.look, context.words
        self.set = button(look, words("indicators.set"), self.set_targets, icon="edit")
        self.head.insertWidget(0, self.set)
        self.form = TargetsForm(context)
        self.form.left.connect(self.leave_form)
        self.form.hide()
        self.sheet.body.insertWidget(2, self.form)

    def set_targets(self) -> None:
        """Asks for the targets of the quarter in front."""
        self._ask("")

    def _ask(self, code: str) -> None:
        assert isinstance(self.portrait, Balanced)
        self.form.show()
        self.form.ask(self.portrait, code)

    def _take_portrait(self, portrait: Portrait) -> None:
        super()._take_portrait(portrait)
        if self.form.isVisible() and isinstance(portrait, Balanced):
            self.form.show_told(portrait)  # a large file tells it later

    def leave_form(self) -> None:
        self.form.hide()
        self.behind.list.focus_list()

    def press(self, key: str) -> None:
        assert isinstance(self.portrait, Balanced)
        if key in self.portrait.board.coming:
            self.context.say(Message(self.context.words("indicators.working")))
        elif self.portrait.behind(key).numbers:
            super().press(key)
        elif key == "reviews_held":
            self.context.open("portfolio", "review")
        else:
            self._ask(key)

    def open_paper(self) -> None:
        self.context.open("paper", f"indicators:{self.options['quarter'].key}")

    def choose(self, name: str, code: str) -> None:
        self.form.hide()  # it is of another quarter
        super().choose(name, code)

    def go_back(self) -> bool:
        if self.form.isVisible():
            self.leave_form()
            return True
        return super().go_back()

    def commands_here(self) -> list[Command]:
        ask = Command(self.context.words("indicators.set"), "edit", self.set_targets)
        return [ask, *super().commands_here()]

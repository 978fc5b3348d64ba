"""A section of a list whose detail also asks: one record, or a form that does something to it."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.record_list import ViewList
from fieldsales.store.journal import Changed
from fieldsales.widgets.card import CardScroll, at_left
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_WIDE = 620  # px at 100 %

Form = TypeVar("Form", bound=Asking)


class AskingPage(ListedPage):
    """Selecting shows one; a form takes its place until it is settled or left.

    `area` is the words' table, with its `add`, `none` and `none_hint`.
    """

    concern: tuple[str, ...]  # nouns whose change reads the list anew
    area: str
    icon: str
    new_in: str  # the list's view in which a new one stands
    list: ViewList[Any]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._id = ""  # key of what is shown
        add = words(f"{self.area}.add")
        self.new = button(look, add, self.new_record, icon="add", role="primary")
        self.nothing = EmptyState(
            look,
            words(f"{self.area}.none"),
            icon=self.icon,
            hint=words(f"{self.area}.none_hint"),
            action=add,
            act=self.new_record,
            action_icon="add",
        )
        self.detail = QStackedWidget()
        self._pages: dict[Asking, QWidget] = {}

    def fill(self, *views: QWidget) -> None:
        """What shows a record at the right; forms come to it when they are first asked for."""
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        for view in (*views, self.nothing):
            self.detail.addWidget(view)
        self.put(self.list, self.detail)
        self.setLayout(column(self.context.look, self.halves))

    def form(self, form: Form) -> Form:
        """Takes a form in, and gives it back."""
        form.left.connect(self._left)
        form.settled.connect(self._settled)
        page = CardScroll(self.context.look)
        page.body.addLayout(at_left(self.context.look, form, _WIDE))
        page.body.addStretch(1)
        self._pages[form] = page
        self.detail.addWidget(page)
        return form

    # what a section says of itself

    def display(self, key: str) -> bool:
        """Shows a record at the right; False if it is none any more."""
        raise NotImplementedError

    def _enter(self) -> None:
        raise NotImplementedError

    def _made(self, form: Asking) -> str:
        """The key of the record that was just made by a form, '' where it makes none."""
        raise NotImplementedError

    # the contract of sections

    def refresh(self) -> None:
        self.list.read()
        if self._asked() is None:
            self._show(self._id or self.list.first())

    def follow(self, changed: Changed) -> None:
        if changed.touches(*self.concern):
            self.refresh()

    def show_example(self) -> None:
        self.list.read()
        self._show(self.list.first())

    def record_here(self) -> str:
        return self._id if self._asked() is None else ""

    def go_back(self) -> bool:
        if self._asked() is not None:
            self._left()
            return True
        return super().go_back()

    # what is shown

    def _show(self, key: str) -> None:
        self._id = key
        if not key:
            self.detail.setCurrentWidget(self.nothing)
            return
        self.list.choose(key)
        if not self.display(key):
            self._show(self.list.first())

    # what is asked for

    def _asked(self) -> Asking | None:
        """The form in front."""
        shown = self.detail.currentWidget()
        return next((form for form, page in self._pages.items() if page is shown), None)

    def _ask(self, form: Asking) -> None:
        self.flush()
        self.detail.setCurrentWidget(self._pages[form])

    def _left(self) -> None:
        self.detail.setCurrentWidget(self.nothing)
        self._show(self._id or self.list.first())
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settled(self) -> None:
        form = self._asked()
        made = self._made(form) if form is not None else ""
        if made:
            self._id = made
            self.list.read()
            if not self.list.choose(made):
                self.list.show_all()
                self.list.show_view(self.new_in)
        self._left()

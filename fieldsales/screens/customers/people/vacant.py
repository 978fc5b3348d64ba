"""A post that nobody holds: who has come to fill it, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.contact import Contact
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.people.details import PersonForm
from fieldsales.screens.finders import people_finder
from fieldsales.services.operations.people import FillPost, TakePost
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.suggestions import Suggestion

_NEW = "\x00new"  # no id looks like this


class VacantPanel(QWidget):
    """Fills the post with somebody known, or with a new name."""

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        look, words = desk.look, desk.words
        self._post: Contact | None = None
        self._finder = people_finder(desk.context, self._customer)
        self.who = ChooserLine(look, self._hits, calm=False)
        self.who.setPlaceholderText(words("people.who_came"))
        self.who.setAccessibleName(words("people.who_came"))
        self.who.picked.connect(self._picked)
        self.who.returnPressed.connect(self._fill)
        self.fill = button(look, words("people.fill_post"), self._fill)
        self.form = PersonForm(desk, vacant=True)
        line = row(look, self.who, self.fill, gap=8)
        line.setStretch(0, 1)
        told = label(look, words("people.vacant_told"), tone="muted", wrap=True)
        self.setLayout(column(look, told, line, 8, self.form, gap=8))

    def _customer(self) -> str:
        return self._desk.customer_id

    def load(self, post: Contact) -> None:
        """Stand for another post."""
        self._post = post
        self.who.clear()
        self.form.load(post)

    def show_post(self, post: Contact) -> None:
        self._post = post
        self.form.show_person(post)

    def flush(self) -> None:
        self.form.form.flush()

    def _hits(self, text: str) -> Sequence[Suggestion]:
        """Those of the house who hold no post; who is new can be made."""
        found = [
            hit
            for hit in self._finder.find(text)
            if (known := self._desk.row(hit.key)) is not None and not known.contact.vacant
        ]
        if text:
            title = self._desk.words("widgets.create_named", name=text)
            found.append(Suggestion(_NEW, title, icon="add"))
        return found

    def _picked(self, key: str, text: str) -> None:
        if key == _NEW:
            self.who.setText(text)
            self._fill()
            return
        desk, post = self._desk, self._post
        if post is not None:
            said = desk.words("people.took_post", name=desk.name(key), post=post.name)
            if desk.context.run(TakePost(key, post.id), undoable=said) is not None:
                desk.person_wanted.emit(key)

    def _fill(self) -> None:
        """The post becomes a person of the name that was typed."""
        desk, post, name = self._desk, self._post, self.who.text().strip()
        if post is None or not name:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = desk.words("people.post_filled", name=name)
        desk.context.run(FillPost(post.id, name), undoable=said)

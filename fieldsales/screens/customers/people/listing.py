"""The people as a list: who they are, their part in buying, when we met, how they think."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.roles import role_chip
from fieldsales.screens.finders import matches
from fieldsales.services.birthdays import birthday_told, next_birthday
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.rows import Column, WindowedModel

_CHIPS = 3  # roles named in a row
_SOON = 14  # days before a birthday that it is said


class PeopleList(QWidget):
    """Rows of two lines over all people of the customer, vacant posts among them."""

    chosen = Signal(str)  # contact: the current row
    opened = Signal(str)  # contact: Enter or a double click
    trash_wanted = Signal(str)

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        words = desk.words
        self._numbers: dict[str, int] = {}  # a contact keeps its number while the page lives
        self._by_number: dict[int, PersonRow] = {}
        self._asked = ""
        self._quiet = False
        self.model = WindowedModel(
            words,
            [Column[PersonRow]("name", "field.contact.name", self._spoken)],
            lambda _sort, _descending: self._found(),
            self._fetch,
        )
        self.list = ListPage(desk.look, self.model, self._face)
        self.list.shown.setAccessibleName(words("people.title"))
        self._show_empty()
        self.list.current_changed.connect(self._current_changed)
        self.list.opened.connect(self._opened)
        self.list.delete_wanted.connect(self._delete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        self.setFocusProxy(self.list.shown)

    def show_people(self) -> None:
        """Shows what the desk has read."""
        rows = self._desk.people.rows
        for row in rows:
            self._numbers.setdefault(row.contact.id, len(self._numbers) + 1)
        self._by_number = {self._numbers[row.contact.id]: row for row in rows}
        self._reload()

    def search(self, text: str) -> None:
        """Shows those whose name, title or department holds what was typed."""
        self._asked = text.strip()
        self._reload()

    def _reload(self) -> None:
        self._quiet = True
        self._show_empty()
        self.model.reload()
        self._quiet = False

    def _show_empty(self) -> None:
        desk, words = self._desk, self._desk.words
        if self._asked:
            made = EmptyState(
                desk.look, words("people.none_found", text=self._asked), icon="search"
            )
        else:
            made = EmptyState(
                desk.look,
                words("people.nobody"),
                icon="people",
                hint=words("people.nobody_hint"),
                action=words("card.add_contact"),
                act=desk.add_wanted.emit,
                action_icon="add",
            )
        self.list.set_empty(made)

    def select(self, contact_id: str) -> bool:
        """Makes somebody the current row, unheard; False if they are not in the list."""
        self._quiet = True
        number = self._numbers.get(contact_id, -1)
        found = number >= 0 and self.list.select_number(number)
        if not found:
            self.list.clear_selection()
        self._quiet = False
        return found

    def focus_list(self) -> None:
        self.list.focus_list()

    def contact_of(self, number: int) -> str:
        row = self._by_number.get(number)
        return row.contact.id if row is not None else ""

    @property
    def shown(self) -> list[str]:
        """Who is in the list, in order."""
        return [self.contact_of(number) for number in self.model.numbers]

    def _found(self) -> list[int]:
        if not self._asked:
            return list(self._by_number)
        return [number for number, row in self._by_number.items() if self._holds(row)]

    def _holds(self, row: PersonRow) -> bool:
        contact = row.contact
        texts = (contact.name, contact.title, contact.department)
        digits = "".join(filter(str.isdecimal, self._asked))
        called = "".join(filter(str.isdecimal, contact.mobile + contact.phone))
        return any(matches(text, self._asked) for text in texts if text) or (
            len(digits) >= 3 and digits in called
        )

    def _fetch(self, numbers: Sequence[int]) -> list[PersonRow | None]:
        return [self._by_number.get(number) for number in numbers]

    def _face(self, row: PersonRow) -> RowFace:
        desk, words, contact = self._desk, self._desk.words, row.contact
        told = [desk.told(contact)]
        influence = row.influence()
        if influence is not None:
            told.append(words("card.influence", n=influence))
        if contact.vacant:
            return RowFace(
                contact.name,
                desk.told(contact),
                aside=words("chart.vacant"),
                mark="circle",
            )
        chips = [role_chip(words, role) for role in row.roles[:_CHIPS]]
        met = desk.met(row)
        below, tone = self._birthday(row)
        return RowFace(
            title=contact.name,
            subtitle=" · ".join(filter(None, told)) or words("card.nothing_yet"),
            aside=met or words("people.never_met"),
            aside_role="ink-3"
            if met and row.fresh(desk.today) == 1
            else "warn"
            if row.roles
            else "ink-3",
            below=below or contact.mobile or contact.phone,
            below_role=tone,
            mark="person",
            mark_role="accent" if row.roles else "ink-3",
            chips=(*desk.letters(row), *chips),
        )

    def _birthday(self, row: PersonRow) -> tuple[str, str]:
        """What is said of a birthday that is near, and its colour."""
        desk, words = self._desk, self._desk.words
        coming = next_birthday(row.contact, desk.today) if row.contact.birthday else None
        if coming is None or (coming.day - desk.today).days > _SOON:
            return "", "ink-3"
        day = words.days_from(coming.day, desk.today)
        return words("people.birthday_near", day=day), "accent"

    def _spoken(self, row: PersonRow) -> str:
        """All that a row says, for those who listen."""
        words, face = self._desk.words, self._face(row)
        said = [face.title, face.subtitle, *(chip.text for chip in face.chips), face.aside]
        if row.contact.birthday and not row.contact.vacant:
            said.append(words("card.birthday", day=birthday_told(words, row.contact)))
        return " · ".join(filter(None, said))

    def _current_changed(self, number: int) -> None:
        if not self._quiet and (contact_id := self.contact_of(number)):
            self.chosen.emit(contact_id)

    def _opened(self, number: int) -> None:
        self.opened.emit(self.contact_of(number))

    def _delete(self) -> None:
        if contact_id := self.contact_of(self.list.current_number()):
            self.trash_wanted.emit(contact_id)

    def focus_first(self) -> None:
        """The first that is found, as Enter in the search line wants it."""
        if self.model.rowCount():
            self.list.select_number(self.model.number(0))
            self.list.shown.setFocus(Qt.FocusReason.OtherFocusReason)

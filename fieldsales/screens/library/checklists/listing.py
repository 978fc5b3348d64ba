"""The list of checklists at the left: one's own first, each with its last score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from fieldsales.domain.checklist import Checklist, Filled, score
from fieldsales.domain.checklist_file import Form
from fieldsales.methods.checklist.content import checklists, form_of, own_form
from fieldsales.methods.checklist.told import about, points
from fieldsales.screens.contract import Context
from fieldsales.store.queries.checklists import latest, own_checklists
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.side_list import SideList


@dataclass(frozen=True, slots=True)
class Shelved:
    """A checklist on the shelf: `form` None if it cannot be read, `own` None if it is shipped."""

    code: str
    title: str
    form: Form | None
    own: Checklist | None = None
    last: Filled | None = None


def shelf(context: Context) -> list[Shelved]:
    """All checklists, one's own first."""
    store, language = context.store, context.words.language
    last = latest(store)
    own = [
        Shelved(one.id, one.title, own_form(one, language), one, last.get(one.id))
        for one in own_checklists(store)
    ]
    shipped = [
        Shelved(code, form.title, form, last=last.get(code))
        for code, form in checklists(language).items()
    ]
    return own + shipped


class Listing(SideList):
    """Choosing one shows it; Enter goes on to it."""

    chosen = Signal(str)  # code
    entered = Signal()
    trash_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._numbers: dict[str, int] = {}  # code -> its number in the list, for good
        self._shelf: dict[int, Shelved] = {}
        self._silent = False
        model: WindowedModel[Shelved] = WindowedModel(
            words,
            (Column("title", "checklists.title", self._spoken),),
            self._all,
            lambda wanted: [self._shelf.get(number) for number in wanted],
        )
        self.list = ListPage(look, model, self._face)
        self.list.current_changed.connect(self._chosen)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self._trash)
        self.list.rows.setAccessibleName(words("checklists.title"))
        self.put(look, self.list)

    def reload(self) -> None:
        """Reads the list anew; nothing is chosen by that."""
        found = shelf(self._context)
        self._shelf = {self._number(one.code): one for one in found}
        self._silent = True
        self.list.model.reload()
        self._silent = False

    def shelved(self, code: str) -> Shelved | None:
        return self._shelf.get(self._numbers.get(code, -1))

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self._shelf.values()]

    def choose(self, code: str) -> bool:
        """Selects a checklist, without a word of it; False if it is not there."""
        self._silent = True
        found = self.list.select_number(self._number(code))
        self._silent = False
        return found

    def _number(self, code: str) -> int:
        return self._numbers.setdefault(code, len(self._numbers))

    def _all(self, _sort: str, _descending: bool) -> Sequence[int]:
        return list(self._shelf)

    def _chosen(self, number: int) -> None:
        if number in self._shelf and not self._silent:
            self.chosen.emit(self._shelf[number].code)

    def _trash(self) -> None:
        found = self._shelf.get(self.list.current_number())
        if found is not None and found.own is not None:
            self.trash_wanted.emit(found.code)

    def _spoken(self, one: Shelved) -> str:
        face = self._face(one)
        return " ".join(filter(None, (face.title, face.subtitle, face.aside, face.below)))

    def _face(self, one: Shelved) -> RowFace:
        context, words = self._context, self._context.words
        if one.form is None:
            return RowFace(one.title, words("checklists.unreadable"), mark="warning")
        below = aside = ""
        subtitle = words(f"checklists.of.{one.form.of}")
        if one.last is not None:
            form = form_of(one.last, words.language)
            aside = points(words, score(form, one.last.answers))
            day = one.last.result.filled_on
            if day:
                below = words.days_from(date.fromisoformat(day), context.look.clock.today())
            subtitle = about(words, one.last) or subtitle
        return RowFace(
            one.title,
            subtitle,
            aside=aside,
            below=below,
            mark="person" if one.own is not None else "library",
            aside_role="ink-2",
        )

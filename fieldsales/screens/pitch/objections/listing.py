"""The list of objections at the left: search by what was said, a step of the sale, the rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.screens.contract import Context
from fieldsales.screens.objection import quoted
from fieldsales.services.library import Objection
from fieldsales.services.objections import STEPS, Objections
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, row
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList

_FOUND = 40


class ObjectionList(SideList):
    """What is on the shelf, or of it what was searched; own entries first within a step."""

    chosen = Signal(str)  # code
    entered = Signal()
    trash_wanted = Signal()
    heard_wanted = Signal()  # what visits heard that is not on the shelf

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self.shelf = Objections(context.store, words.language)
        self._numbers: dict[str, int] = {}  # of codes, for as long as the list lives
        self._codes: list[str] = []
        self._reloading = False
        self.search = SearchLine(look, words("objections.search"))
        self.search.asked.connect(self.reload)
        self.step = Picks(look, name=words("objections.step"), clearable=True)
        self.step.chosen.connect(self.reload)
        self.heard = button(look, "", self.heard_wanted.emit, role="link")
        self.heard.hide()
        model: WindowedModel[Objection] = WindowedModel(
            words, (Column("title", "objections.title", self._spoken),), self._wanted, self._fetch
        )
        none_found = EmptyState(
            look,
            words("objections.none_found"),
            icon="search",
            action=words("objections.show_all"),
            act=self.show_all,
        )
        self.list = ListPage(look, model, self._face, empty=none_found)
        self.list.rows.setAccessibleName(words("objections.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self.trash_wanted)
        self.put(look, self.list, self.search, self.step, row(look, self.heard, None))
        shelf = self.shelf  # how it sounds takes a moment: not when the first word is being typed
        context.jobs.start(lambda _job: shelf.warm())

    def read(self, new: int) -> None:
        """Read the shelf anew; `new`: how many objections of visits are not on it."""
        self.shelf = Objections(self._context.store, self._context.words.language)
        words = self._context.words
        self.heard.setText(words("objections.heard_new", n=new))
        self.heard.setVisible(new > 0)
        counts = dict.fromkeys(STEPS, 0)
        for entry in self.shelf.entries.values():
            if entry.step in counts:
                counts[entry.step] += 1
        self.step.set_picks(
            [Pick(step, words(f"objection.step.{step}"), str(n)) for step, n in counts.items()]
        )
        self.reload()

    def reload(self) -> None:
        """List what is asked for; nothing is chosen by that."""
        self._reloading = True
        self.list.model.reload()
        self._reloading = False

    def show_all(self) -> None:
        self.step.set_key("")
        self.search.setText("")
        self.reload()

    def choose(self, code: str) -> bool:
        """Select an entry; what hides it is taken away."""
        if code not in self.shelf.entries:
            return False
        if not self.list.select_number(self._number(code)):
            self.show_all()
            self.list.select_number(self._number(code))
        return True

    def current(self) -> str:
        """Code of the entry that is chosen, '' for none."""
        number = self.list.current_number()
        return self._codes[number] if number >= 0 else ""

    def first(self) -> str:
        model = self.list.model
        return self._codes[model.number(0)] if model.rowCount() else ""

    def neighbour(self) -> str:
        number = self.list.neighbour()
        return self._codes[number] if number >= 0 else ""

    def _number(self, code: str) -> int:
        if code not in self._numbers:
            self._numbers[code] = len(self._codes)
            self._codes.append(code)
        return self._numbers[code]

    def _wanted(self, _sort: str, _descending: bool) -> Sequence[int]:
        said, step = self.search.text().strip(), self.step.key
        if said:
            found = self.shelf.find(said, _FOUND)
        else:
            found = sorted(
                self.shelf.entries.values(),
                key=lambda one: (
                    STEPS.index(one.step) if one.step in STEPS else len(STEPS),
                    one.code not in self.shelf.own,
                ),
            )
        return [self._number(one.code) for one in found if step in ("", one.step)]

    def _fetch(self, numbers: Sequence[int]) -> list[Objection | None]:
        return [self.shelf.entries.get(self._codes[number]) for number in numbers]

    def _selected(self, count: int) -> None:
        if count == 1 and not self._reloading:
            self.chosen.emit(self._codes[self.list.selected_numbers()[0]])

    def _spoken(self, entry: Objection) -> str:
        face = self._face(entry)
        chips = (chip.text for chip in face.chips)
        return " ".join(filter(None, (face.title, *chips, face.subtitle, face.aside)))

    def _face(self, entry: Objection) -> RowFace:
        words, times = self._context.words, self.shelf.heard.get(entry.code, 0)
        own = entry.code in self.shelf.own
        return RowFace(
            title=entry.title,
            subtitle=quoted(words, entry.heard[0]) if entry.heard else "",
            aside=words("objections.times", n=times) if times else "",
            chips=(ChipFace(words("objections.own"), "accent"),) if own else (),
        )

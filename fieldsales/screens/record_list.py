"""The list at the left of a section: rows with a search above, of which one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Signal

from fieldsales.screens.contract import Context
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList

Row = TypeVar("Row")


class RecordList(SideList, Generic[Row]):
    """Rows go by numbers, as the model has them, and by keys, as pages speak of them.

    `area` is the words' table: its `title` names the list, `search` stands in the search line,
    `none_found` and `show_all` where nothing passes. Reading and choosing by code tell nobody.
    To use it, say `_numbers`, `_fetch`, `_key`, `_number` and `_face`, then `put` what narrows.
    """

    chosen = Signal(str)  # key of the only one selected
    entered = Signal()  # Enter
    trash_wanted = Signal(object)  # keys of those selected

    search: SearchLine

    def __init__(self, context: Context, area: str, *, searchable: bool = True) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._area = area
        self._quiet = False
        model: WindowedModel[Row] = WindowedModel(
            words,
            (Column("title", f"{area}.title", self._spoken),),
            self._numbers,
            self._fetch,
        )
        empty = None
        if searchable:
            self.search = SearchLine(look, words(f"{area}.search"))
            self.search.asked.connect(self.reload)
            empty = self._none_found()
        self.list = ListPage(look, model, self._face, empty=empty)
        self.list.rows.setAccessibleName(words(f"{area}.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self._delete)

    # what a list says of its rows

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        """What passes, in the order shown."""
        raise NotImplementedError

    def _fetch(self, numbers: Sequence[int]) -> Sequence[Row | None]:
        raise NotImplementedError

    def _key(self, row: Row) -> str:
        raise NotImplementedError

    def _number(self, key: str) -> int | None:
        """None for what is gone."""
        raise NotImplementedError

    def _face(self, row: Row) -> RowFace:
        raise NotImplementedError

    def _spoken(self, row: Row) -> str:
        face = self._face(row)
        chips = (chip.text for chip in face.chips)
        return " ".join(filter(None, (face.title, *chips, face.aside, face.subtitle, face.below)))

    # what pages do with it

    def reload(self) -> None:
        """Lists what is asked for; nothing is chosen by that."""
        self._quiet = True
        self.list.model.reload()
        self._quiet = False

    def show_all(self) -> None:
        """Neither searched nor filtered any more."""
        self.search.setText("")
        self.reload()

    def choose(self, key: str) -> bool:
        """Selects one; what hides it is taken away. False if it is gone."""
        number = self._number(key)
        if number is None:
            return False
        if self.list.model.position(number) is None:
            self.show_all()
        if number != self.list.current_number() or self.list.selected_count() != 1:
            self._quiet = True
            self.list.select_number(number)
            self._quiet = False
        return True

    def first(self) -> str:
        """The key of the first one shown, '' for none."""
        return next(iter(self._keys(self.list.model.numbers[:1])), "")

    def any(self) -> bool:
        """Whether there is one at all, shown or not."""
        return bool(self.list.model.rowCount() or self.search.text())

    def neighbour(self) -> str:
        """Which to go on with once those selected are gone, '' for none."""
        number = self.list.neighbour()
        return next(iter(self._keys([number] if number >= 0 else [])), "")

    def shown(self, most: int | None = None) -> list[Row]:
        """The rows in the order shown."""
        rows = self._fetch(self.list.model.numbers[:most])
        return [row for row in rows if row is not None]

    def selected(self) -> list[str]:
        """Keys of those selected."""
        return self._keys(self.list.selected_numbers())

    def _keys(self, numbers: Sequence[int]) -> list[str]:
        return [self._key(row) for row in self._fetch(numbers) if row is not None]

    def _selected(self, count: int) -> None:
        if count == 1 and not self._quiet:
            for key in self.selected():
                self.chosen.emit(key)

    def _delete(self) -> None:
        self.trash_wanted.emit(self.selected())

    def _none_found(self) -> EmptyState:
        words = self._context.words
        return EmptyState(
            self._context.look,
            words(f"{self._area}.none_found"),
            icon="search",
            action=words(f"{self._area}.show_all"),
            act=self.show_all,
        )


class ViewList(RecordList[Row]):
    """All is read at once; of it the view, the filters and the search leave some."""

    def __init__(self, context: Context, area: str, views: Sequence[str]) -> None:
        super().__init__(context, area)
        self._views = views
        self._rows: Sequence[Row] = ()
        self.views = Picks(context.look, name=context.words(f"{area}.title"), clearable=False)
        self.views.set_key(views[0])
        self.views.chosen.connect(self._view_chosen)

    def read(self) -> None:
        """Reads all there is anew."""
        raise NotImplementedError

    def _narrowed(self) -> bool:
        """Whether a search or a filter leaves out some of the view."""
        raise NotImplementedError

    def _asked(self) -> Sequence[Row]:
        """What is left, in the order shown."""
        raise NotImplementedError

    @property
    def view(self) -> str:
        return self.views.key

    @property
    def today(self) -> date:
        return self._context.look.clock.today()

    def count(self, counts: Mapping[str, int]) -> None:
        """Says how many stand in a view."""
        words = self._context.words
        self.views.set_picks(
            [
                Pick(key, words(f"{self._area}.view.{key}"), str(counts.get(key, "")))
                for key in self._views
            ]
        )

    def reload(self) -> None:
        self._rows = self._asked()
        self._set_empty()
        super().reload()

    def show_view(self, view: str) -> None:
        self.views.set_key(view)
        self.list.clear_selection()
        self.reload()

    def _view_chosen(self, key: str) -> None:
        self.show_view(key)
        self.list.select_number(0)

    def _set_empty(self) -> None:
        if self._narrowed():
            self.list.set_empty(self._none_found())
        else:
            said = self._context.words(f"{self._area}.nothing.{self.view}")
            self.list.set_empty(EmptyState(self._context.look, said, icon="success"))

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        return range(len(self._rows))

    def _fetch(self, numbers: Sequence[int]) -> Sequence[Row | None]:
        return [self._rows[number] for number in numbers]

    def _number(self, key: str) -> int | None:
        return next((at for at, one in enumerate(self._rows) if self._key(one) == key), None)


class ShelfList(RecordList[Row]):
    """Entries known by a code, which keep their numbers for as long as the list lives."""

    def __init__(self, context: Context, area: str, *, searchable: bool = True) -> None:
        self._known: dict[str, int] = {}
        self._codes: list[str] = []
        super().__init__(context, area, searchable=searchable)

    def _entries(self) -> Mapping[str, Row]:
        """All there are, by their codes."""
        raise NotImplementedError

    def _wanted(self) -> Iterable[str]:
        """Codes of what passes, in the order shown."""
        raise NotImplementedError

    def _number(self, key: str) -> int | None:
        if key not in self._entries():
            return None
        if key not in self._known:
            self._known[key] = len(self._codes)
            self._codes.append(key)
        return self._known[key]

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        numbers = map(self._number, self._wanted())
        return [number for number in numbers if number is not None]

    def _fetch(self, numbers: Sequence[int]) -> Sequence[Row | None]:
        entries = self._entries()
        return [entries.get(self._codes[number]) for number in numbers]

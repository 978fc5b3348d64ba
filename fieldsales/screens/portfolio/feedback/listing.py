"""The list at the left: how fast answers are, then what waits, was answered or is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal

from fieldsales.domain.feedback import USUAL_DAYS, days_late, waits
from fieldsales.screens.contract import Context
from fieldsales.screens.portfolio.feedback.faces import days_told, row_face
from fieldsales.store.queries import feedback
from fieldsales.store.queries.feedback import Heard
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.search_line import SearchLine
from fieldsales.widgets.side_list import SideList

VIEWS = ("waiting", "answered", "closed")
LATE = "late"  # a filter, as are the kinds
US = "us"  # key of the filter: what nobody else deals with


class FeedbackList(SideList):
    """`view` is one of VIEWS; what it is, whether it is late and who deals with it are filters."""

    chosen = Signal(str)
    entered = Signal()
    trash_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._reloading = False
        self._open: list[Heard] = []
        self._closed: list[Heard] | None = None  # read when it is first looked at
        self._shown: list[Heard] = []
        self.told = label(look, wrap=True, tone="muted")
        self.views = Picks(look, name=words("feedback.title"), clearable=False)
        self.views.set_key("waiting")
        self.views.chosen.connect(self._view_chosen)
        self.kinds = Picks(look, name=words("feedback.only"))
        self.kinds.chosen.connect(self._filtered)
        self.people = Picks(look, name=words("field.interaction.assignee"))
        self.people.chosen.connect(self._filtered)
        self.search = SearchLine(look, words("feedback.search"))
        self.search.asked.connect(self.reload)
        model: WindowedModel[Heard] = WindowedModel(
            words,
            (Column("title", "feedback.title", self._spoken),),
            self._numbers,
            self._fetch,
        )
        self.list = ListPage(look, model, self._face)
        self.list.rows.setAccessibleName(words("feedback.title"))
        self.list.selection_changed.connect(self._selected)
        self.list.opened.connect(self.entered)
        self.list.delete_wanted.connect(self.trash_wanted)
        narrowing = (self.told, self.views, self.kinds, self.people, self.search)
        self.put(look, self.list, *narrowing)

    # what is shown

    @property
    def view(self) -> str:
        return self.views.key

    @property
    def today(self) -> date:
        return self._context.look.clock.today()

    @property
    def days(self) -> int:
        """Within how many days an answer is due."""
        return int(str(setting(self._context.store, "feedback.days", USUAL_DAYS)))

    def read(self) -> None:
        """Reads what is open anew, what is closed where it is looked at."""
        store, words, days = self._context.store, self._context.words, self.days
        self._open, self._closed = feedback.still_open(store), None
        self._open.sort(key=lambda one: -days_late(one.record, self.today, days))
        waiting = [one for one in self._open if waits(one.record)]
        counts = {"waiting": len(waiting), "answered": len(self._open) - len(waiting)}
        self.views.set_picks(
            [Pick(key, words(f"feedback.view.{key}"), str(counts.get(key, ""))) for key in VIEWS]
        )
        self._tell(len(waiting), sum(map(self._is_late, waiting)))
        self.reload()

    def _tell(self, waiting: int, late: int) -> None:
        words = self._context.words
        said = []
        if waiting:
            key = "told_late" if late else "told_waiting"
            said.append(words(f"feedback.{key}", n=waiting, late=late))
        times = feedback.times(self._context.store, self.today)
        if times.n:
            said.append(
                words(
                    "feedback.told_times",
                    middle=days_told(words, times.median),
                    longest=days_told(words, times.longest),
                )
            )
        self.told.setText("\n".join(said))
        self.told.setVisible(bool(said))

    def reload(self) -> None:
        """What the view, the filters and the search leave of all."""
        self._reloading = True
        found = self._of_view()
        self._offer(found)
        asked = self.search.text().strip()
        if asked:
            whose = feedback.found(self._context.store, asked)
            found = [one for one in found if one.record.id in whose]
        self._shown = [one for one in found if self._passes(one)]
        self._set_empty()
        self.list.model.reload()
        self._reloading = False

    def _of_view(self) -> list[Heard]:
        found: Mapping[str, Callable[[], list[Heard]]] = {
            "waiting": lambda: [one for one in self._open if waits(one.record)],
            "answered": lambda: [one for one in self._open if not waits(one.record)],
            "closed": self._read_closed,
        }
        return found[self.view]()

    def _is_late(self, one: Heard) -> bool:
        return days_late(one.record, self.today, self.days) > 0

    def _read_closed(self) -> list[Heard]:
        if self._closed is None:
            self._closed = feedback.closed(self._context.store)
        return self._closed

    def _offer(self, found: Sequence[Heard]) -> None:
        """Filters that tell anything apart, and the one that is on."""
        words = self._context.words
        kinds = {one.record.kind for one in found}
        late = sum(map(self._is_late, found))
        picks = [Pick(LATE, words("feedback.only_late"), str(late))] if late else []
        if len(kinds) > 1:
            picks += [Pick(kind, words.choice("interaction_kind", kind)) for kind in sorted(kinds)]
        if self.kinds.key not in {pick.key for pick in picks}:
            self.kinds.set_key("")
        self.kinds.set_picks(picks)
        self.kinds.setVisible(bool(picks))
        people = {one.record.assignee or US for one in found}
        if self.people.key not in people:
            self.people.set_key("")
        names = sorted(people, key=lambda name: (name != US, name))
        self.people.set_picks(
            [Pick(name, words("feedback.us") if name == US else name) for name in names]
        )
        self.people.setVisible(len(people) > 1)

    def _passes(self, one: Heard) -> bool:
        only, who = self.kinds.key, self.people.key
        return (not only or one.record.kind == only or (only == LATE and self._is_late(one))) and (
            not who or (one.record.assignee or US) == who
        )

    def _set_empty(self) -> None:
        look, words = self._context.look, self._context.words
        if self.search.text().strip() or self.kinds.key or self.people.key:
            action, act = words("feedback.show_all"), self.show_all
            empty = EmptyState(
                look, words("feedback.none_found"), icon="search", action=action, act=act
            )
        else:
            empty = EmptyState(look, words(f"feedback.nothing.{self.view}"), icon="success")
        self.list.set_empty(empty)

    def show_all(self) -> None:
        """Neither searched nor filtered."""
        self.search.setText("")
        self.kinds.set_key("")
        self.people.set_key("")
        self.reload()

    def show_view(self, view: str) -> None:
        self.views.set_key(view)
        self.list.clear_selection()
        self.reload()

    def choose(self, row_id: str) -> bool:
        """Selects one; False if it is not listed."""
        ids = [one.record.id for one in self._shown]
        return row_id in ids and self.list.select_number(ids.index(row_id))

    def first(self) -> str:
        """Id of the first thing listed."""
        return self._shown[0].record.id if self._shown else ""

    # pressing

    def _view_chosen(self, key: str) -> None:
        self.show_view(key)
        self.list.select_number(0)

    def _filtered(self, _key: str) -> None:
        self.reload()

    def _selected(self, count: int) -> None:
        if count == 1 and not self._reloading:
            self.chosen.emit(self._shown[self.list.selected_numbers()[0]].record.id)

    # rows

    def _numbers(self, _sort: str, _descending: bool) -> Sequence[int]:
        return range(len(self._shown))

    def _fetch(self, numbers: Sequence[int]) -> list[Heard | None]:
        return [self._shown[number] for number in numbers]

    def _spoken(self, one: Heard) -> str:
        face = self._face(one)
        chips = [chip.text for chip in face.chips]
        return " ".join(filter(None, (face.title, *chips, face.aside, face.subtitle, face.below)))

    def _face(self, one: Heard) -> RowFace:
        return row_face(self._context.words, one, self.today, self.days)

"""The list at the left: how fast answers are, then what waits, was answered or is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fieldsales.domain.feedback import USUAL_DAYS, days_late, waits
from fieldsales.screens.contract import Context
from fieldsales.screens.portfolio.feedback.faces import days_told, row_face
from fieldsales.screens.record_list import ViewList
from fieldsales.store.queries import feedback
from fieldsales.store.queries.feedback import Heard
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label

VIEWS = ("waiting", "answered", "closed")
LATE = "late"  # a filter, as are the kinds
US = "us"  # key of the filter: what nobody else deals with


class FeedbackList(ViewList[Heard]):
    """`view` is one of VIEWS; what it is, whether it is late and who deals with it are filters."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "feedback", VIEWS)
        look, words = context.look, context.words
        self._open: list[Heard] = []
        self._closed: list[Heard] | None = None  # read when it is first looked at
        self.told = label(look, wrap=True, tone="muted")
        self.kinds = Picks(look, name=words("feedback.only"))
        self.kinds.chosen.connect(self._filtered)
        self.people = Picks(look, name=words("field.interaction.assignee"))
        self.people.chosen.connect(self._filtered)
        narrowing = (self.told, self.views, self.kinds, self.people, self.search)
        self.put(look, self.list, *narrowing)

    # what is shown

    @property
    def days(self) -> int:
        """Within how many days an answer is due."""
        return int(str(setting(self._context.store, "feedback.days", USUAL_DAYS)))

    def read(self) -> None:
        """Reads what is open anew, what is closed where it is looked at."""
        store, days = self._context.store, self.days
        self._open, self._closed = feedback.still_open(store), None
        self._open.sort(key=lambda one: -days_late(one.record, self.today, days))
        waiting = [one for one in self._open if waits(one.record)]
        self.count({"waiting": len(waiting), "answered": len(self._open) - len(waiting)})
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

    def _asked(self) -> list[Heard]:
        found = self._of_view()
        self._offer(found)
        asked = self.search.text().strip()
        if asked:
            whose = feedback.found(self._context.store, asked)
            found = [one for one in found if one.record.id in whose]
        return [one for one in found if self._passes(one)]

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

    def _narrowed(self) -> bool:
        return bool(self.search.text().strip() or self.kinds.key or self.people.key)

    def show_all(self) -> None:
        self.kinds.set_key("")
        self.people.set_key("")
        super().show_all()

    # pressing

    def _filtered(self, _key: str) -> None:
        self.reload()

    # rows

    def _key(self, row: Heard) -> str:
        return row.record.id

    def _face(self, row: Heard) -> RowFace:
        return row_face(self._context.words, row, self.today, self.days)

"""The board in memory: which card stands in which cell, and what each column adds up to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fieldsales.domain.customer import HORIZONS, IMPORTANCES
from fieldsales.domain.forecast import OVERDUE, UNDATED, Converted, converted, months, weighted
from fieldsales.domain.pipeline import ENDS, Pipelines
from fieldsales.store.database import Store
from fieldsales.store.journal import Changed
from fieldsales.store.queries import deals as deal_rows
from fieldsales.store.queries.currencies import base_currency, rates
from fieldsales.store.queries.deal_cards import DealCard, cards
from fieldsales.store.queries.deals import ALL_DEALS, DealFilter, Entry
from fieldsales.store.queries.pipelines import pipelines, usual_days

STAGE, HORIZON, IMPORTANCE, MONTH = "stage", "horizon", "importance", "month"
BOARDS = (STAGE, HORIZON, IMPORTANCE, MONTH)
LANES = ("", "customer", "seller", "product")
SORTS = ("close", "amount", "age", "customer")
LATER = "later"  # the column behind the months that are shown
MONTHS_AHEAD = 6
_FEW = 1_000  # beyond that many changed deals a whole load is faster
_DERIVED = ("pipeline", "stage", "deal_member", "deal_tagging", "tag", "setting")

_SortKey = tuple[object, ...]
_KEYS: dict[str, Callable[[Entry], _SortKey]] = {
    "close": lambda one: (one.expected_close or "~", -one.amount, one.id),
    "amount": lambda one: (-one.amount, one.id),
    "age": lambda one: (one.since, one.id),
    "customer": lambda one: (one.customer_key, one.expected_close or "~", one.id),
}
_LANE: dict[str, Callable[[Entry], str]] = {
    "": lambda _: "",
    "customer": lambda one: one.customer_id,
    "seller": lambda one: one.seller,
    "product": lambda one: one.product,
}


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: which deals, in columns by what, in which lanes, in which order."""

    wanted: DealFilter = ALL_DEALS
    by: str = STAGE
    lane: str = ""
    sort: str = "close"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a column's head says; sums in minor units by currency, `oldest` a moment."""

    count: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    weighted: dict[str, int] = field(default_factory=dict)
    oldest: str | None = None


def totals(entries: Iterable[Entry]) -> Totals:
    """The totals of cards; currencies are never added up."""
    found = list(entries)
    alike: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for one in found:
        alike[one.currency, one.probability].append(one.amount)
    sums: defaultdict[str, int] = defaultdict(int)
    expected: defaultdict[str, int] = defaultdict(int)
    for (currency, probability), amounts in sorted(alike.items()):
        sums[currency] += sum(amounts)
        expected[currency] += sum([weighted(amount, probability) for amount in amounts])
    oldest = min([one.since for one in found], default=None)
    return Totals(len(found), dict(sums), dict(expected), oldest)


class Board:
    """The cells of a view. `load` reads them; `refresh` follows a change of some deals."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.view = View()
        self.known: Pipelines = pipelines(store)
        self.usual: dict[str, float] = {}
        self.currency = base_currency(store)
        self.rates = rates(store)
        self.columns: tuple[str, ...] = ()
        self._today = store.clock.today()
        self._entries: dict[str, Entry] = {}
        self._cells: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._totals: dict[str, Totals] = {}

    def load(self, view: View) -> None:
        """Reads everything anew."""
        store = self._store
        self.view = view
        self._today = store.clock.today()
        self.known = pipelines(store)
        self.usual = usual_days(store, self.known)
        self.currency, self.rates = base_currency(store), rates(store)
        self.columns = self._column_keys()
        found = deal_rows.entries(store, self._wanted(), self.usual)
        self._entries = {one.id: one for one in found}
        self._cells.clear()
        self._totals = {}
        for one in found:
            self._cells[self._cell_of(one)].append(one)
        for cell in self._cells.values():
            cell.sort(key=_KEYS[view.sort])

    def refresh(self, deal_ids: Iterable[str]) -> set[str]:
        """Reads these deals anew; returns the columns that are other than they were."""
        changed = set(deal_ids)
        if len(changed) > _FEW:
            self.load(self.view)
            return set(self.columns)
        key = _KEYS[self.view.sort]
        now = {
            one.id: one
            for one in deal_rows.entries(self._store, self._wanted(), self.usual, changed)
        }
        touched: set[str] = set()
        for row_id in changed:
            was, becomes = self._entries.pop(row_id, None), now.get(row_id)
            if was is not None:
                cell = self._cell_of(was)
                cards = self._cells[cell]
                del cards[bisect_left(cards, key(was), key=key)]
                touched.add(cell[0])
            if becomes is not None:
                self._entries[row_id] = becomes
                cell = self._cell_of(becomes)
                insort(self._cells[cell], becomes, key=key)
                touched.add(cell[0])
        for column in touched:
            self._totals.pop(column, None)
        return touched

    def affected(self, changed: Changed) -> set[str] | None:
        """The deals whose cards a change may have touched; None if it may be any of them."""
        if changed.touches(*_DERIVED):
            return None
        theirs = deal_rows.deals_of(self._store, changed.customers)
        return {*changed.rows.get("deal", ()), *theirs}

    # reading

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes that hold a card, customers by name; without lanes the one that is all."""
        names = {
            lane: cell[0].customer_key if self.view.lane == "customer" else lane
            for (_, lane), cell in self._cells.items()
            if cell
        }
        # what is not known stands last
        return tuple(sorted(names, key=lambda lane: (not lane, names[lane]))) or ("",)

    def ids(self, column: str, lane: str = "") -> list[str]:
        """The deals of a cell in their order."""
        return [one.id for one in self._cells.get((column, lane), ())]

    def count(self) -> int:
        return len(self._entries)

    def totals(self, column: str) -> Totals:
        """What a column adds up to over all lanes."""
        if column not in self._totals:
            self._totals[column] = totals(
                one for (name, _), cell in self._cells.items() if name == column for one in cell
            )
        return self._totals[column]

    def lane_totals(self, lane: str) -> Totals:
        """What a lane adds up to over all columns."""
        return totals(
            one for (_, name), cell in self._cells.items() if name == lane for one in cell
        )

    def together(self, sums: Mapping[str, int]) -> Converted | None:
        """Sums of several currencies in the base one; None unless each has a rate."""
        if len(sums) < 2:
            return None
        texts = {code: rate.text for code, rate in self.rates.items()}
        whole = converted(sums, self.currency, texts)
        return None if whole.left_out else whole

    def totals_of(self, deal_ids: Iterable[str]) -> Totals:
        """What some cards add up to; those that are not on the board count nothing."""
        return totals(self._entries[one] for one in deal_ids if one in self._entries)

    def place(self, deal_id: str) -> tuple[str, str, int] | None:
        """Column, lane and position of a card; None if it is not on the board."""
        one = self._entries.get(deal_id)
        if one is None:
            return None
        cell = self._cell_of(one)
        key = _KEYS[self.view.sort]
        return *cell, bisect_left(self._cells[cell], key(one), key=key)

    def landing(self, deal_id: str, column: str) -> int:
        """Where in a column's own lane a card would stand after it was moved there now."""
        one = self._entries.get(deal_id)
        if one is None:
            return 0
        cell = self._cells.get((column, _LANE[self.view.lane](one)), [])
        if self.view.by == STAGE:
            one = one._replace(since=self._store.clock.stamp())
        elif self.view.by == MONTH and column[:4].isdigit():
            one = one._replace(expected_close=f"{column}{(one.expected_close or '-31')[-3:]}")
        key = _KEYS[self.view.sort]
        return bisect_left(cell, key(one), key=key)

    def cards(self, deal_ids: Sequence[str]) -> list[DealCard | None]:
        """What the cards show, for those that are in sight."""
        return cards(self._store, self.known, self.usual, deal_ids)

    # cells

    def _wanted(self) -> DealFilter:
        wanted = self.view.wanted
        return wanted if self.view.by == STAGE else replace(wanted, closed_days=0)

    def _column_keys(self) -> tuple[str, ...]:
        if self.view.by == STAGE:
            pipeline_id = self.view.wanted.pipeline_id
            ends = ENDS if self.view.wanted.closed_days != 0 else ()
            return (*(stage.id for stage in self.known.open_stages(pipeline_id)), *ends)
        if self.view.by == HORIZON:
            return (*HORIZONS, "")
        if self.view.by == IMPORTANCE:
            return (*IMPORTANCES, "")
        return (OVERDUE, *months(self._today, MONTHS_AHEAD), LATER, UNDATED)

    def _cell_of(self, one: Entry) -> tuple[str, str]:
        lane = _LANE[self.view.lane](one)
        if self.view.by == STAGE:
            return one.stage, lane
        if self.view.by == HORIZON:
            return one.horizon, lane
        if self.view.by == IMPORTANCE:
            return one.importance, lane
        return self._month_of(one.expected_close), lane

    def _month_of(self, day: str | None) -> str:
        if not day:
            return UNDATED
        month = day[:7]
        if month < f"{self._today:%Y-%m}":
            return OVERDUE
        return month if month in self.columns else LATER

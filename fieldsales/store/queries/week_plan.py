"""What speaks for seeing each customer, and the visits that stand in a week already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from fieldsales.domain.clock import day_start, local_day
from fieldsales.domain.portfolio import IMPORTANCE, STANCE
from fieldsales.domain.week_plan import Candidate
from fieldsales.store.caches.facts import TASK_DAY
from fieldsales.store.caches.worth_rules import COUNTED
from fieldsales.store.database import Store
from fieldsales.store.queries import rhythm

JUDGED_BY = (STANCE, IMPORTANCE)  # the classes that say whether somebody is to be seen


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit of the week; `starts_at` a moment, `open` while it is still ahead."""

    visit_id: str
    customer_id: str
    name: str
    region: str
    starts_at: str
    open: bool

    @property
    def day(self) -> date:
        return local_day(self.starts_at)


def planned(store: Store, first: date, last: date) -> list[PlannedVisit]:
    """The visits from `first` to `last`, in order of time; those called off are left out."""
    return [
        PlannedVisit(visit, customer, name, region, starts_at, state == "planned")
        for visit, customer, name, region, starts_at, state in store.rows(
            "SELECT v.id, c.id, coalesce(nullif(c.short_name, ''), c.name), c.region, v.starts_at,"
            " v.state FROM visit v JOIN customer c ON c.id = v.customer_id"
            " WHERE v.trashed_at IS NULL AND c.trashed_at IS NULL AND v.state <> 'cancelled'"
            " AND v.starts_at >= ? AND v.starts_at < ? ORDER BY v.starts_at, v.id",
            [day_start(first), day_start(last + timedelta(days=1))],
        )
    ]


def candidates(
    store: Store, last: date, made: Mapping[int, tuple[str, ...]] = MappingProxyType({})
) -> Iterator[Candidate]:
    """Every customer with what speaks for seeing it by the day `last`; others than customers not.

    Classes are the kept ones; before any are kept, those `made` for this: the number of a
    customer's row -> its classes by JUDGED_BY.
    """
    rhythms = rhythm.rhythms(store)
    for (
        customer_id,
        number,
        name,
        region,
        kept_stance,
        horizon,
        by_horizon,
        seen,
        kept_importance,
        added,
        promises,
        complaints,
        chance,
    ) in store.each(
        "SELECT c.id, f.number, coalesce(nullif(c.short_name, ''), c.name), c.region,"
        " coalesce(w.stance, ''), c.horizon, f.contact_due, f.last_contact,"
        " coalesce(w.importance, c.importance), c.created_at,"
        " coalesce(t.n, 0), f.complaints, d.chance"
        " FROM customer c JOIN customer_facts f ON f.customer_id = c.id"
        " LEFT JOIN customer_worth w ON w.customer_id = c.id"
        " LEFT JOIN (SELECT customer_id, count(*) AS n FROM task WHERE trashed_at IS NULL"
        " AND done_at IS NULL AND party = 'us' AND kind = 'promise'"
        f" AND {TASK_DAY} <= ? GROUP BY customer_id) t ON t.customer_id = c.id"
        " LEFT JOIN (SELECT d.customer_id, max(coalesce(d.pinned_probability, s.probability, 0))"
        " AS chance FROM deal d JOIN stage s ON s.id = d.stage WHERE d.trashed_at IS NULL"
        " AND d.stage NOT IN ('won', 'lost') GROUP BY d.customer_id) d ON d.customer_id = c.id"
        f" WHERE c.id IN (SELECT id FROM customer WHERE {COUNTED})",
        [last.isoformat()],
    ):
        stance, importance = made.get(number, (kept_stance, kept_importance))
        due = rhythm.due(rhythms, by_horizon, importance, seen, added)
        yield Candidate(
            customer_id,
            name,
            region,
            stance,
            horizon,
            due.day if due else None,
            local_day(seen) if seen else None,
            promises,
            complaints,
            chance,
        )

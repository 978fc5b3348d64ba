"""The customer list: filters, order and windows of rows; ready for 100 000 customers."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta

from peewee import Expression, fn

from fieldsales.domain.clock import day_start
from fieldsales.domain.customer import size_class
from fieldsales.store.database import Store, placeholders

SIZE_BOUNDS = {"a": (1000, None), "b": (500, 999), "c": (100, 499), "d": (10, 99), "e": (1, 9)}
SORTS = (
    "name",
    "last_contact",
    "next_at",
    "region",
    "employees",
    "visits",
    "completeness",
    "horizon",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What the chips say; empty means any. All given conditions must hold together.

    `not_seen_days`: no real contact for that many days, or never. `seen_days`: seen within them.
    `completeness_below` in percent. `due`: past the rhythm of its horizon (M04).
    """

    tags: tuple[str, ...] = ()
    size_classes: tuple[str, ...] = ()
    horizons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    importances: tuple[str, ...] = ()
    not_seen_days: int | None = None
    seen_days: int | None = None
    completeness_below: int | None = None
    due: bool = False
    complaint: bool = False
    ids: tuple[str, ...] | None = None

    def is_empty(self) -> bool:
        return self == CustomerFilter()

    def to_json(self) -> dict[str, object]:
        """The conditions that are set."""
        empty = asdict(CustomerFilter())
        return {name: value for name, value in asdict(self).items() if value != empty[name]}

    @classmethod
    def from_json(cls, values: dict[str, object]) -> CustomerFilter:
        """What `to_json` gave; unknown conditions of a newer version are left out."""
        known = {field.name for field in fields(cls)}
        return cls(
            **{
                name: tuple(value) if isinstance(value, list) else value  # type: ignore[arg-type]
                for name, value in values.items()
                if name in known
            }
        )


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the list; moments and days as stored."""

    id: str
    name: str
    short_name: str
    industry: str
    region: str
    ownership: str
    employees: int | None
    phone: str
    source: str
    horizon: str
    importance: str
    seller: str
    created_at: str
    last_contact: str | None
    visits: int
    next_at: str | None
    open_deals: int
    complaints: int
    completeness: int
    contact_due: str | None
    tags: tuple[str, ...] = ()

    @property
    def size_class(self) -> str:
        return size_class(self.employees)


def numbers(
    store: Store,
    wanted: CustomerFilter = CustomerFilter(),
    sort: str = "name",
    *,
    descending: bool = False,
) -> array[int]:
    """Row numbers of the customers that pass, in order; unknown values stand last."""
    customer, facts = store.tables["customer"], store.tables["customer_facts"]
    in_facts = sort in ("last_contact", "next_at", "visits", "completeness")
    key = facts.name_key if sort == "name" else getattr(facts if in_facts else customer, sort)
    conditions = _conditions(store, wanted)
    if sort == "name" and not conditions:
        query = facts.select(facts.number)
    else:
        query = facts.select(facts.number).join(customer, on=customer.id == facts.customer_id)
    for condition in conditions:
        query = query.where(condition)
    if sort not in ("name", "visits", "completeness"):
        query = query.order_by_extend(fn.COALESCE(key, "") == "")
    query = query.order_by_extend(key.desc() if descending else key.asc(), facts.name_key)
    sql, params = query.sql()
    return array("q", [number for (number,) in store.rows(sql, params)])


def _conditions(store: Store, wanted: CustomerFilter) -> list[Expression]:
    customer, facts = store.tables["customer"], store.tables["customer_facts"]
    conditions: list[Expression] = []
    for column, values in (
        (customer.horizon, wanted.horizons),
        (customer.source, wanted.sources),
        (customer.region, wanted.regions),
        (customer.industry, wanted.industries),
        (customer.importance, wanted.importances),
        (customer.id, wanted.ids),
    ):
        if values or (values is wanted.ids and values is not None):
            conditions.append(column.in_(values))
    if wanted.size_classes:
        ranges = [_size_range(customer.employees, code) for code in wanted.size_classes]
        condition = ranges[0]
        for other in ranges[1:]:
            condition |= other
        conditions.append(condition)
    if wanted.tags:
        tag, tagging = store.tables["tag"], store.tables["tagging"]
        tagged = (
            tagging.select(tagging.customer_id)
            .join(tag, on=tag.id == tagging.tag_id)
            .where(tag.name.in_(wanted.tags), tagging.trashed_at.is_null())
        )
        conditions.append(customer.id.in_(tagged))
    today = store.clock.today()
    if wanted.not_seen_days is not None:
        limit = day_start(today - timedelta(days=wanted.not_seen_days - 1))
        conditions.append(facts.last_contact.is_null() | (facts.last_contact < limit))
    if wanted.seen_days is not None:
        limit = day_start(today - timedelta(days=wanted.seen_days))
        conditions.append(facts.last_contact >= limit)
    if wanted.completeness_below is not None:
        conditions.append(facts.completeness < wanted.completeness_below)
    if wanted.due:
        conditions.append(facts.contact_due <= today.isoformat())
    if wanted.complaint:
        conditions.append(facts.complaints > 0)
    return conditions


def _size_range(employees: Expression, code: str) -> Expression:
    if code not in SIZE_BOUNDS:
        return fn.COALESCE(employees, 0) == 0
    low, high = SIZE_BOUNDS[code]
    return employees >= low if high is None else employees.between(low, high)


_ROW = """
SELECT f.number, c.id, c.name, c.short_name, c.industry, c.region, c.ownership, c.employees,
    c.phone, c.source, c.horizon, c.importance, c.seller, c.created_at,
    f.last_contact, f.visits, f.next_at, f.open_deals, f.complaints, f.completeness, f.contact_due,
    coalesce((SELECT group_concat(t.name, char(31)) FROM tagging g JOIN tag t ON t.id = g.tag_id
        WHERE g.customer_id = c.id AND g.trashed_at IS NULL AND t.trashed_at IS NULL), '')
FROM customer_facts f JOIN customer c ON c.id = f.customer_id
"""


def page(store: Store, wanted: Sequence[int]) -> list[CustomerRow]:
    """The rows of these numbers in their order; one that is gone meanwhile is left out."""
    found = {
        row[0]: CustomerRow(*row[1:-1], tags=tuple(sorted(filter(None, row[-1].split("\x1f")))))
        for row in store.rows(f"{_ROW} WHERE f.number IN ({placeholders(wanted)})", list(wanted))
    }
    return [found[number] for number in wanted if number in found]


def row(store: Store, customer_id: str) -> CustomerRow | None:
    """The line of one customer; None if it is in the trash or unknown."""
    found = store.rows(f"{_ROW} WHERE f.customer_id = ?", [customer_id])
    return page(store, [found[0][0]])[0] if found else None


def ids(store: Store, wanted: Sequence[int]) -> list[str]:
    """Customer ids of row numbers, in their order."""
    known = dict(store.rows("SELECT number, customer_id FROM customer_facts"))
    return [known[number] for number in wanted if number in known]


def number_of(store: Store, customer_id: str) -> int | None:
    """The row number of a customer, None if it is in the trash or unknown."""
    found: int | None = store.value(
        "SELECT number FROM customer_facts WHERE customer_id = ?", [customer_id]
    )
    return found


def values_in_use(store: Store, column: str) -> list[str]:
    """What stands in `region`, `source` or `industry`, most used first."""
    if column not in ("region", "source", "industry"):
        raise ValueError(column)
    return [
        value
        for (value,) in store.rows(
            f"SELECT {column} FROM customer WHERE {column} <> '' AND trashed_at IS NULL"
            f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 200"
        )
    ]


def tags_in_use(store: Store) -> list[str]:
    """All tags by name."""
    return [
        name
        for (name,) in store.rows("SELECT name FROM tag WHERE trashed_at IS NULL ORDER BY name")
    ]


def count(store: Store) -> int:
    """Customers outside the trash."""
    return int(store.value("SELECT count(*) FROM customer_facts"))


def overdue(store: Store, today: date, limit: int) -> list[CustomerRow]:
    """M04: customers past the rhythm of their horizon without a next step, longest first."""
    found = store.rows(
        "SELECT number FROM customer_facts WHERE contact_due <= ?"
        " AND (next_at IS NULL OR substr(next_at, 1, 10) < ?)"
        " ORDER BY contact_due LIMIT ?",
        [today.isoformat(), today.isoformat(), limit],
    )
    return page(store, [number for (number,) in found])

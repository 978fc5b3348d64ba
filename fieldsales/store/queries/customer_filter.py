"""Which customers pass a filter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import SQL, Case, Expression, fn

from fieldsales.domain.clock import day_start
from fieldsales.domain.portfolio import CLASSES
from fieldsales.store.database import Store
from fieldsales.store.queries import rhythm
from fieldsales.store.queries.conditions import Conditions

SIZE_BOUNDS = {"a": (1000, None), "b": (500, 999), "c": (100, 499), "d": (10, 99), "e": (1, 9)}


@dataclass(frozen=True, slots=True)
class CustomerFilter(Conditions):
    """What the chips say; empty means any. All given conditions must hold together.

    `not_seen_days`: no real contact for that many days, or never. `seen_days`: seen within them.
    `completeness_below` in percent. `due`: past its rhythm without a next step, as Today has it
    (M04). `imported`: the operation that brought or changed the customer, or something that belongs
    to it. Classes, held by hand or by rule, are named as their methods (`portfolio.CLASSES`);
    `pinned`: any is held.
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
    purchase_status: tuple[str, ...] = ()
    loyalty: tuple[str, ...] = ()
    course: tuple[str, ...] = ()
    relationship: tuple[str, ...] = ()
    star_cow: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    value_type: tuple[str, ...] = ()
    pinned: bool = False
    special_policy: bool = False
    completeness_below: int | None = None
    due: bool = False
    complaint: bool = False
    imported: int | None = None
    ids: tuple[str, ...] | None = None

    def is_empty(self) -> bool:
        return self == ALL_CUSTOMERS


ALL_CUSTOMERS = CustomerFilter()


def tables(store: Store) -> tuple[Any, Any]:
    """Customers and their facts; columns are attributes that no type checker knows."""
    return store.tables["customer"], store.tables["customer_facts"]


def classed(store: Store, column: str) -> Any:
    """What is kept of a customer's classes, as a column of the list's query."""
    worth: Any = store.tables["customer_worth"]
    customer, _ = tables(store)
    return worth.select(getattr(worth, column)).where(worth.customer_id == customer.id)


def importance_of(store: Store) -> Any:
    """The tier that counts, as the customer's form has it until the rules were asked."""
    return fn.COALESCE(classed(store, "importance"), tables(store)[0].importance)


def conditions_of(store: Store, wanted: CustomerFilter) -> list[Expression]:
    """What a customer has to fulfil to pass."""
    customer, facts = tables(store)
    conditions: list[Expression] = []
    for column, values in (
        (customer.horizon, wanted.horizons),
        (customer.source, wanted.sources),
        (customer.region, wanted.regions),
        (customer.industry, wanted.industries),
        (importance_of(store), wanted.importances),
    ):
        if values:
            conditions.append(column.in_(values))
    worth: Any = store.tables["customer_worth"]
    for method in CLASSES:
        codes = getattr(wanted, method, ())
        if codes:
            having = worth.select(worth.customer_id).where(getattr(worth, method).in_(codes))
            conditions.append(customer.id.in_(having))
    if wanted.pinned:
        held = worth.select(worth.customer_id).where(worth.pinned != "")
        conditions.append(customer.id.in_(held))
    if wanted.special_policy:
        conditions.append(customer.special_policy == 1)
    if wanted.ids is not None:
        # a search may find more than there may be parameters
        hits = SQL("(SELECT value FROM json_each(?))", [json.dumps(wanted.ids)])
        conditions.append(Expression(customer.id, "IN", hits))
    if wanted.size_classes:
        ranges = [_size_range(customer.employees, code) for code in wanted.size_classes]
        condition = ranges[0]
        for other in ranges[1:]:
            condition |= other
        conditions.append(condition)
    if wanted.tags:
        tag: Any = store.tables["tag"]
        tagging: Any = store.tables["tagging"]
        tagged = (
            tagging.select(tagging.customer_id)
            .join(tag, on=tag.id == tagging.tag_id)
            .where(
                tag.name.in_(wanted.tags), tag.trashed_at.is_null(), tagging.trashed_at.is_null()
            )
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
        last = fn.COALESCE(facts.last_contact, customer.created_at)
        before = Case(importance_of(store), tuple(rhythm.past(store, today).items()))
        conditions.append((facts.contact_due <= today.isoformat()) | (last < before))
        conditions.append(facts.next_at.is_null() | (facts.next_at < day_start(today)))
    if wanted.complaint:
        conditions.append(facts.complaints > 0)
    if wanted.imported is not None:
        touched = SQL(_TOUCHED, [wanted.imported] * 4)
        conditions.append(Expression(customer.id, "IN", touched))
    return conditions


_TOUCHED = """(
SELECT row_id FROM change WHERE op = ? AND tbl = 'customer'
UNION SELECT p.customer_id FROM change x JOIN contact p ON p.id = x.row_id
    WHERE x.op = ? AND x.tbl = 'contact'
UNION SELECT d.customer_id FROM change x JOIN deal d ON d.id = x.row_id
    WHERE x.op = ? AND x.tbl = 'deal'
UNION SELECT s.customer_id FROM change x JOIN sale s ON s.id = x.row_id
    WHERE x.op = ? AND x.tbl = 'sale'
)"""


def _size_range(employees: Expression, code: str) -> Expression:
    if code not in SIZE_BOUNDS:
        return fn.COALESCE(employees, 0) == 0
    low, high = SIZE_BOUNDS[code]
    return employees >= low if high is None else employees.between(low, high)

"""`customer_facts`: what the list and the card say of a customer without being typed (M01, M04)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from fieldsales.domain.clock import day_start
from fieldsales.domain.customer import COMPLETENESS_FACTS, COMPLETENESS_FIELDS, DEFAULT_RHYTHM
from fieldsales.domain.interaction import CONTACT_KINDS
from fieldsales.store.migrations import Connection

# whose records tell facts of the customer they belong to
TELLING = ("contact", "buying_role", "visit", "interaction", "task", "deal")

_KINDS = ", ".join(f"'{kind}'" for kind in CONTACT_KINDS)
_HAS_CONTACT = (
    "EXISTS (SELECT 1 FROM contact p WHERE p.customer_id = c.id AND p.trashed_at IS NULL"
    " AND p.vacant = 0)"
)
_HAS_DECISION_MAKER = (
    "EXISTS (SELECT 1 FROM buying_role r WHERE r.customer_id = c.id AND r.trashed_at IS NULL"
    " AND r.role = 'decision_maker')"
)
_FILLED = " + ".join(
    [f"(coalesce(c.{name}, '') <> '')" for name in COMPLETENESS_FIELDS]
    + [_HAS_CONTACT, _HAS_DECISION_MAKER]
)
_WANTED = len(COMPLETENESS_FIELDS) + len(COMPLETENESS_FACTS)
_RHYTHM = " ".join(f"WHEN '{code}' THEN {days}" for code, days in DEFAULT_RHYTHM.items())

# as `Task.day`: put off is what counts, unless the day itself was moved beyond it since
TASK_DAY = "coalesce(max(due, snoozed_until), due, snoozed_until)"

_SELECT = f"""
SELECT id, key, last_contact, visits, next_at, open_deals, complaints, completeness,
    date(coalesce(last_contact, created_at), 'localtime',
        '+' || CASE horizon {_RHYTHM} END || ' days')
FROM (
    SELECT c.id, sort_key(c.name) AS key, c.horizon, c.created_at,
        nullif(max(
            coalesce((SELECT max(v.starts_at) FROM visit v WHERE v.customer_id = c.id
                AND v.trashed_at IS NULL AND v.state IN ('running', 'concluded')), ''),
            coalesce((SELECT max(i.at) FROM interaction i WHERE i.customer_id = c.id
                AND i.trashed_at IS NULL AND i.kind IN ({_KINDS})), '')
        ), '') AS last_contact,
        (SELECT count(*) FROM visit v WHERE v.customer_id = c.id
            AND v.trashed_at IS NULL AND v.state IN ('running', 'concluded')) AS visits,
        nullif(min(
            coalesce((SELECT min(v.starts_at) FROM visit v WHERE v.customer_id = c.id
                AND v.trashed_at IS NULL AND v.state = 'planned'), '~'),
            coalesce(day_begins((SELECT min({TASK_DAY}) FROM task t
                WHERE t.customer_id = c.id AND t.trashed_at IS NULL AND t.done_at IS NULL)), '~')
        ), '~') AS next_at,
        (SELECT count(*) FROM deal d WHERE d.customer_id = c.id
            AND d.trashed_at IS NULL AND d.stage NOT IN ('won', 'lost')) AS open_deals,
        (SELECT count(*) FROM interaction i WHERE i.customer_id = c.id
            AND i.trashed_at IS NULL AND i.kind = 'complaint' AND i.closed_at IS NULL)
            AS complaints,
        CAST(round(100.0 * ({_FILLED}) / {_WANTED}) AS INTEGER) AS completeness
    FROM customer c WHERE c.trashed_at IS NULL
)
"""

_COLUMNS = (
    "name_key",
    "last_contact",
    "visits",
    "next_at",
    "open_deals",
    "complaints",
    "completeness",
    "contact_due",
)
# a row keeps its number, by which the open list knows it; one that stays as it is costs no write
_UPSERT = (
    f"INSERT INTO customer_facts (customer_id, {', '.join(_COLUMNS)}) {_SELECT} WHERE {{where}}"
    " ON CONFLICT (customer_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)
    + f" WHERE ({', '.join(f'customer_facts.{name}' for name in _COLUMNS)})"
    + f" IS NOT ({', '.join(f'excluded.{name}' for name in _COLUMNS)})"
)

_RULES = 3  # to be raised when the same records give other facts
_LISTED = "(SELECT value FROM json_each(?))"  # one statement for many takes half the time


def refresh(connection: Connection, customers: set[str] | None) -> None:
    """Computes the facts of these customers anew; of all if None."""
    if customers is None:
        connection.execute(
            "DELETE FROM customer_facts WHERE NOT EXISTS (SELECT 1 FROM customer"
            " WHERE id = customer_facts.customer_id AND trashed_at IS NULL)"
        )
        connection.execute(_UPSERT.format(where="true"))
        return
    live = {
        customer
        for (customer,) in connection.execute(
            f"SELECT id FROM customer WHERE id IN {_LISTED} AND trashed_at IS NULL",
            [_list(customers)],
        )
    }
    if live != customers:
        connection.execute(
            f"DELETE FROM customer_facts WHERE customer_id IN {_LISTED}", [_list(customers - live)]
        )
    if live:  # as this statement makes the search index write out what it has gathered
        connection.execute(_UPSERT.format(where=f"id IN {_LISTED}"), [_list(live)])


def day_begins(day: str | None) -> str | None:
    """`day_begins` of the statements: the moment at which a day begins, so that days and moments
    have one order.
    """
    try:
        return day and day_start(date.fromisoformat(day))
    except (ValueError, OverflowError):
        return day  # at the edge of the calendar no zone is known


def _list(customers: set[str]) -> str:
    return json.dumps(sorted(customers))


def follow_zone(connection: Connection) -> None:
    """Computes the facts anew if the laptop keeps another local time than when they were, or if
    they were by another version's rules.
    """
    zone = _zone()
    if connection.execute("SELECT zone FROM customer_facts_zone").fetchone() == (zone,):
        return
    connection.execute("BEGIN IMMEDIATE")
    refresh(connection, None)
    connection.execute("DELETE FROM customer_facts_zone")
    connection.execute("INSERT INTO customer_facts_zone (zone) VALUES (?)", [zone])
    connection.execute("COMMIT")


def _zone() -> str:
    """The rules, and what tells one local time from another: its distance from UTC in a year."""
    months = (datetime(2026, month, 15, tzinfo=UTC).astimezone() for month in range(1, 13))
    return " ".join([f"{_RULES}:", *(f"{month:%z}" for month in months)])


def agrees(connection: Connection) -> bool:
    """Whether the kept facts equal a recomputation."""
    differing = connection.execute(
        f"SELECT count(*) FROM (SELECT customer_id, {', '.join(_COLUMNS)} FROM customer_facts"
        f" EXCEPT {_SELECT})"
    ).fetchone()[0]
    kept = connection.execute("SELECT count(*) FROM customer_facts").fetchone()[0]
    live = connection.execute("SELECT count(*) FROM customer WHERE trashed_at IS NULL").fetchone()[
        0
    ]
    return not differing and kept == live

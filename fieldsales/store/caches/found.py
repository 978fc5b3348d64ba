"""What the search index holds of each record, kept in step with the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from fieldsales.store import search
from fieldsales.store.migrations import Connection
from fieldsales.store.search import Intake, SearchRecord

# noun -> id, customer, then what SearchRecord takes: names, phones, ids (each told apart by a line
# break) and text
_SELECTS = {
    "customer": """
        SELECT n.id, n.id, n.name || char(10) || n.short_name, n.phone,
            n.own_id || char(10) || n.email || char(10) || n.website, n.region || ' ' || n.address
        FROM customer n WHERE n.trashed_at IS NULL""",
    "contact": """
        SELECT n.id, n.customer_id, n.name, n.mobile || char(10) || n.phone,
            n.email || char(10) || n.messenger, n.title || ' ' || n.department
        FROM contact n WHERE n.trashed_at IS NULL AND n.vacant = 0""",
    "deal": """
        SELECT n.id, n.customer_id, n.title || char(10) || n.product, '', '',
            n.competitor || ' ' || n.note
        FROM deal n WHERE n.trashed_at IS NULL""",
    "visit": """
        SELECT n.id, n.customer_id, '', '', '',
            n.objective || ' ' || n.note || ' ' || n.their_action || ' ' || n.our_action || ' '
            || coalesce((SELECT group_concat(i.text || ' ' || i.answer, ' ') FROM visit_item i
                WHERE i.visit_id = n.id AND i.trashed_at IS NULL), '')
        FROM visit n WHERE n.trashed_at IS NULL""",
    "product": """
        SELECT n.id, NULL, n.name, '', n.code,
            n.life_stage || ' ' || n.traits || ' ' || n.functions || ' ' || n.digest || ' '
            || n.composition || ' ' || n.description
        FROM product n WHERE n.trashed_at IS NULL""",
}


def refresh(connection: Connection, intake: Intake, rows: Mapping[str, set[str]]) -> None:
    """Indexes anew what the changed rows of these tables say."""
    touched = {noun: set(rows.get(noun, ())) for noun in _SELECTS}
    for item in rows.get("visit_item", ()):
        touched["visit"].update(_visit_of_item(connection, item))
    for noun, ids in touched.items():
        if ids:
            live = list(_records(connection, noun, sorted(ids)))
            intake.put(live)
            gone = ids - {record.row_id for record in live}
            if gone:
                intake.remove((noun, row_id) for row_id in gone)


def rebuild(connection: Connection) -> None:
    """Makes the index anew."""
    search.clear(connection)
    for noun, select in _SELECTS.items():
        search.reindex(connection, (_record(noun, row) for row in connection.execute(select)))


def agrees(connection: Connection) -> bool:
    """Whether the index holds exactly what the records say."""
    return search.agrees(
        connection,
        (
            _record(noun, row)
            for noun, select in _SELECTS.items()
            for row in connection.execute(select)
        ),
    )


def _visit_of_item(connection: Connection, item: str) -> Iterable[str]:
    # a line that was deleted is known only from the journal
    rows = connection.execute(
        "SELECT visit_id FROM visit_item WHERE id = ? UNION"
        " SELECT json_extract(coalesce(after, before), '$.visit_id') FROM change"
        " WHERE tbl = 'visit_item' AND row_id = ?",
        [item, item],
    )
    return (visit for (visit,) in rows if visit)


def _records(connection: Connection, noun: str, ids: list[str]) -> Iterable[SearchRecord]:
    listed = json.dumps(ids)
    for row in connection.execute(
        f"{_SELECTS[noun]} AND n.id IN (SELECT value FROM json_each(?))", [listed]
    ):
        yield _record(noun, row)


def _record(noun: str, row: tuple[str, ...]) -> SearchRecord:
    row_id, customer_id, names, phones, ids, text = row
    return SearchRecord(
        noun, row_id, customer_id, _lines(names), _lines(phones), _lines(ids), text.strip()
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("\n")))

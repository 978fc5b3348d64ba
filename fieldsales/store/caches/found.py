"""What the search index holds of each record, kept in step with the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from fieldsales.domain.keeping import FILE_OWNERS
from fieldsales.store import search
from fieldsales.store.migrations import Connection
from fieldsales.store.search import Intake, SearchRecord

# noun -> id, customer, then what SearchRecord takes: names, phones, ids (each told apart by a line
# break) and text
_SELECTS = {
    "customer": """
        SELECT n.id, n.id, n.name || char(10) || n.short_name || coalesce((
                SELECT char(10) || group_concat(m.name, char(10)) FROM customer m
                WHERE m.merged_into_id = n.id), ''), n.phone,
            n.own_id || char(10) || n.email || char(10) || n.website, n.region || ' ' || n.address
        FROM customer n WHERE n.trashed_at IS NULL""",
    "contact": """
        SELECT n.id, n.customer_id, n.name || coalesce((
                SELECT char(10) || group_concat(m.name, char(10)) FROM contact m
                WHERE m.merged_into_id = n.id), ''), n.mobile || char(10) || n.phone,
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
    "worksheet": """
        SELECT n.id, n.customer_id, n.title || char(10) || n.product_name, '', '',
            n.opening || ' ' || n.pitch || ' ' || n.note || ' '
            || coalesce((SELECT group_concat(r.feature || ' ' || r.function || ' ' || r.advantage
                || ' ' || r.benefit, ' ') FROM worksheet_row r
                WHERE r.worksheet_id = n.id AND r.trashed_at IS NULL), '')
        FROM worksheet n WHERE n.trashed_at IS NULL""",
    "own_entry": """
        SELECT n.id, NULL, n.title || char(10) || n.heard, '', '',
            n.means || ' ' || n.ask || ' ' || n.answer || ' ' || n.answer_a || ' ' || n.answer_b
            || ' ' || n.answer_c || ' ' || n.answer_d
        FROM own_entry n WHERE n.trashed_at IS NULL AND n.kind = 'objection'""",
    "checklist": """
        SELECT n.id, NULL, n.title, '', '', '' FROM checklist n WHERE n.trashed_at IS NULL""",
    "checklist_result": """
        SELECT n.id, n.customer_id, n.title || char(10) || n.subject, '', '',
            n.note || ' ' || coalesce((SELECT group_concat(a.value, ' ') FROM checklist_answer a
                WHERE a.result_id = n.id AND a.trashed_at IS NULL AND length(a.value) > 1), '')
        FROM checklist_result n WHERE n.trashed_at IS NULL""",
    # not the logo, which is nobody's
    "attachment": f"""
        SELECT n.id, n.customer_id, n.name, '', '', ''
        FROM attachment n WHERE n.trashed_at IS NULL AND coalesce({", ".join(FILE_OWNERS)})
            IS NOT NULL""",
    "campaign": """
        SELECT n.id, NULL, n.name, '', '', n.text FROM campaign n WHERE n.trashed_at IS NULL""",
    "preference": """
        SELECT n.id, n.customer_id, '', '', '', n.text
        FROM preference n WHERE n.trashed_at IS NULL""",
    "interaction": """
        SELECT n.id, n.customer_id, '', '', '', n.text || ' ' || n.answer
        FROM interaction n WHERE n.trashed_at IS NULL AND n.text || n.answer <> ''""",
}

# table -> noun in whose text its rows stand, and the column that names it
_PARTS = {
    "visit_item": ("visit", "visit_id"),
    "worksheet_row": ("worksheet", "worksheet_id"),
    "checklist_answer": ("checklist_result", "result_id"),
    # what was merged into another is found under its own name, too
    "customer": ("customer", "merged_into_id"),
    "contact": ("contact", "merged_into_id"),
}


def refresh(connection: Connection, intake: Intake, rows: Mapping[str, set[str]]) -> None:
    """Indexes anew what the changed rows of these tables say."""
    touched = {noun: set(rows.get(noun, ())) for noun in _SELECTS}
    for table, (noun, column) in _PARTS.items():
        if parts := rows.get(table):
            touched[noun].update(_wholes(connection, table, column, parts))
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


def complete(connection: Connection) -> None:
    """Indexes the nouns of which nothing stands there: an older version did not know them.

    To be called outside a transaction.
    """
    missing = [
        noun
        for noun, select in _SELECTS.items()
        if not search.holds(connection, noun) and connection.execute(f"{select} LIMIT 1").fetchone()
    ]
    for noun in missing:
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = connection.execute(_SELECTS[noun])
            search.reindex(connection, (_record(noun, row) for row in found))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


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


def _wholes(connection: Connection, table: str, column: str, parts: Iterable[str]) -> set[str]:
    """Of what these rows are parts, or were: one that was deleted only the journal knows."""
    changed = f"FROM change WHERE tbl = '{table}' AND row_id IN (SELECT value FROM json_each(?1))"
    rows = connection.execute(
        f"SELECT {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?1))"
        f" UNION SELECT json_extract(before, '$.{column}') {changed}"
        f" UNION SELECT json_extract(after, '$.{column}') {changed}",
        [json.dumps(sorted(parts))],
    )
    return {whole for (whole,) in rows if whole}


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
    return tuple(filter(None, text.split("\n"))) if text else ()

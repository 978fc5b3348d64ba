"""Whether a file is whole: SQLite's own checks, and the journal against the records."""

from __future__ import annotations

import json

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.store.database import Store


def faults(store: Store) -> list[tuple[str, str]]:
    """(words key, detail) of everything that is wrong; empty if all is well."""
    found: list[tuple[str, str]] = []
    for (line,) in store.rows("PRAGMA integrity_check(20)"):
        if line != "ok":
            found.append(("check.integrity", line))
    for table, _row, parent, _key in store.rows("PRAGMA foreign_key_check"):
        found.append(("check.reference", f"{table} → {parent}"))
    if store.value("SELECT count(*) FROM current_op"):
        found.append(("check.journal", "current_op"))
    for table in NOUNS:
        found += [("check.journal", f"{table} {row_id}") for row_id in _disagreeing(store, table)]
    return found


def _disagreeing(store: Store, table: str) -> list[str]:
    """Rows that are not what their last change in the journal says."""
    columns = ["trashed_at", *fields(NOUNS[table])]
    wrong: list[str] = []
    rows = store.rows(
        f"SELECT n.id, c.after, {', '.join(f'n.{name}' for name in columns)} FROM {table} n"
        " LEFT JOIN change c ON c.seq ="
        " (SELECT max(seq) FROM change WHERE tbl = ? AND row_id = n.id)",
        [table],
    )
    for row_id, after, *values in rows:
        if after is None:  # a row that nobody wrote, or that was deleted
            wrong.append(row_id)
            continue
        current = dict(zip(columns, values, strict=True))
        last = json.loads(after)
        if any(
            (current[name] or None) != (value or None)
            for name, value in last.items()
            if name in current
        ):
            wrong.append(row_id)
    return wrong

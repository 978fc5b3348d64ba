"""The file as it was on a past day: what was changed or thrown away since is put back for reading.

What was added since stays: a sales history of years comes in long after. Its own dates say what of
it counts on the day; a setting has none, and is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from fieldsales.domain.clock import day_start
from fieldsales.store.database import Store, placeholders
from fieldsales.store.journal import Image
from fieldsales.store.migrations import Connection

_UNDATED = ("setting",)


@contextmanager
def as_of(store: Store, day: date) -> Iterator[None]:
    """Every table reads as it was at the end of a day, on this thread's connection."""
    with store.reading() as connection:
        if day >= store.clock.today():
            yield
            return
        start = _last(connection, day_start(day + timedelta(days=1)))
        tables = _changed(connection, start)
        try:
            for table in tables:
                _put_back(store, connection, table, start)
            yield
        finally:
            for table in tables:
                connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
                connection.execute(f"DROP TABLE IF EXISTS temp.then_{table}")
                connection.execute(f"DROP TABLE IF EXISTS temp.other_{table}")


def _last(connection: Connection, end: str) -> int:
    """The number of the last change before a moment, 0 if there was none."""
    found = connection.execute(
        "SELECT seq FROM change WHERE op <= coalesce((SELECT max(seq) FROM op WHERE at < ?), 0)"
        " ORDER BY op DESC, seq DESC LIMIT 1",
        [end],
    ).fetchone()
    return int(found[0]) if found else 0


def _changed(connection: Connection, start: int) -> list[str]:
    """Tables of which rows were other after a change than they are now."""
    listed = ", ".join(f"'{table}'" for table in _UNDATED)
    return [
        table
        for (table,) in connection.execute(
            "SELECT DISTINCT tbl FROM change WHERE seq > ?"
            f" AND (before IS NOT NULL OR tbl IN ({listed}))",
            [start],
        )
    ]


def _put_back(store: Store, connection: Connection, table: str, start: int) -> None:
    """Has a table read as it was after a change, by a view of its name that stands before it."""
    columns = store.columns[table]
    listed = ", ".join(columns)
    was = _images(connection, table, start, store.empty_row(table))
    connection.execute(f"CREATE TEMP TABLE other_{table} (id PRIMARY KEY)")
    connection.executemany(
        f"INSERT INTO temp.other_{table} VALUES (?)", [(row_id,) for row_id in was]
    )
    connection.execute(
        f"CREATE TEMP TABLE then_{table} AS SELECT * FROM main.{table}"
        f" WHERE id IN (SELECT id FROM temp.other_{table})"
    )
    there = {row_id for (row_id,) in connection.execute(f"SELECT id FROM temp.then_{table}")}
    connection.execute(f"CREATE UNIQUE INDEX temp.then_{table}_id ON then_{table} (id)")
    for row_id, image in was.items():
        if image is None:
            connection.execute(f"DELETE FROM temp.then_{table} WHERE id = ?", [row_id])
        elif row_id in there and image:
            assigned = ", ".join(f"{name} = ?" for name in image)
            connection.execute(
                f"UPDATE temp.then_{table} SET {assigned} WHERE id = ?", [*image.values(), row_id]
            )
        elif row_id not in there:
            values = {**image, "id": row_id}
            connection.execute(
                f"INSERT INTO temp.then_{table} ({', '.join(values)})"
                f" VALUES ({placeholders(values)})",
                [*values.values()],
            )
    connection.execute(
        f"CREATE TEMP VIEW {table} AS SELECT {listed} FROM main.{table}"
        f" WHERE id NOT IN (SELECT id FROM temp.other_{table})"
        f" UNION ALL SELECT {listed} FROM temp.then_{table}"
    )


def _images(
    connection: Connection, table: str, start: int, empty: Image
) -> dict[str, Image | None]:
    """Row -> what those of its fields held after a change that are other now; None of one that was
    not there, and of which no date says since when it counts.
    """
    found: dict[str, Image | None] = {}
    added: set[str] = set()
    for row_id, before, gone in connection.execute(
        "SELECT row_id, before, after IS NULL FROM change WHERE seq > ? AND +tbl = ? ORDER BY seq",
        [start, table],
    ):
        if before is None:
            if row_id not in found:
                added.add(row_id)
        elif row_id not in added:
            image = {**(empty if gone else {}), **json.loads(before)}
            found[row_id] = {**image, **(found.get(row_id) or {})}  # the first change counts
    return found | (dict.fromkeys(added, None) if table in _UNDATED else {})

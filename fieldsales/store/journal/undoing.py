"""Puts back what an operation changed, where nobody changed it after."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldsales.errors import UserError
from fieldsales.store.database import placeholders
from fieldsales.store.journal.images import Image, Images, Net, Row, images_of, net
from fieldsales.store.migrations import Connection

Empty = Callable[[str], Image]  # a row of a table with nothing in it


def is_void(connection: Connection, op: int, empty: Empty) -> bool:
    """Whether all is as it was before an operation."""
    nets = (net(images, empty(table)) for (table, _), images in images_of(connection, op).items())
    return all(one.before == one.after for one in nets)


def refuse_if_changed_since(
    connection: Connection, op: int, done: Mapping[Row, Images], empty: Empty
) -> None:
    """Raises UserError("undo.changed_since") if a row was changed after an operation, and is not
    as that left it.
    """
    for key in connection.execute(
        "SELECT DISTINCT tbl, row_id FROM change c WHERE op = ? AND EXISTS"
        " (SELECT 1 FROM change WHERE tbl = c.tbl AND row_id = c.row_id"
        " AND seq > c.seq AND op <> c.op)",
        [op],
    ):
        bare = empty(key[0])
        if not _stands(connection, key, net(done[key], bare), bare):
            raise UserError("undo.changed_since")


def put_back(connection: Connection, row: Row, done: Net, empty: Image) -> None:
    """Has a row as it was before the operation."""
    table, row_id = row
    if done.before is None:
        if done.after is not None:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
        return
    if done.after is None:
        values = {**empty, **done.before, "id": row_id}
        connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({placeholders(values)})",
            [*values.values()],
        )
        return
    assignments = ", ".join(f"{name} = ?" for name in done.before)
    connection.execute(
        f"UPDATE {table} SET {assignments} WHERE id = ?", [*done.before.values(), row_id]
    )


def _stands(connection: Connection, row: Row, done: Net, empty: Image) -> bool:
    """Whether the row still is as the operation left it."""
    table, row_id = row
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    found = cursor.fetchone()
    if found is None or done.after is None:
        return found is None and done.after is None
    current = dict(zip((column[0] for column in cursor.description), found, strict=True))
    if done.before is None:
        return current == {"id": row_id, **empty, **done.after}
    return all(current[name] == value for name, value in done.after.items())

"""What stood in people's free text of likes becomes care notes, as a change of the journal."""

from __future__ import annotations

from datetime import UTC, datetime

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.ids import new_id
from fieldsales.domain.preference import clauses
from fieldsales.store.migrations import Connection

OPERATION = "note_likes"  # as it stands in the journal, and can be undone

_NOTE = (
    "INSERT INTO preference (id, created_at, customer_id, contact_id, kind, text)"
    " VALUES (?, ?, ?, ?, 'other', ?)"
)


def up(connection: Connection) -> None:
    """Moves the texts; who belongs to no customer keeps theirs."""
    found = connection.execute(
        "SELECT id, customer_id, preferences FROM contact WHERE preferences <> ''"
        " AND customer_id IS NOT NULL ORDER BY id"
    ).fetchall()
    if not found:
        return
    from fieldsales.store.triggers import rebuild_triggers

    rebuild_triggers(connection)  # so that undo knows what every row was
    stamp = to_stamp(datetime.now(UTC))
    op = connection.execute(
        "INSERT INTO op (id, kind, at, device, origin) VALUES (?, ?, ?, 'laptop', '')",
        [new_id(), OPERATION, stamp],
    ).lastrowid
    connection.execute("INSERT INTO current_op (seq) VALUES (?)", [op])
    for contact_id, customer_id, text in found:
        connection.execute("UPDATE contact SET preferences = '' WHERE id = ?", [contact_id])
        connection.executemany(
            _NOTE,
            [(new_id(), stamp, customer_id, contact_id, part) for part in clauses(text)],
        )
    connection.execute("DELETE FROM current_op")

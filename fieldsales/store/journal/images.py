"""What an operation left of each row it touched: how it was before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import peewee

from fieldsales.store.journal.changes import last_change
from fieldsales.store.migrations import Connection

Image = dict[str, str | int | None]
Row = tuple[str, str]  # table and id
Images = list[tuple[str | None, str | None]]  # before and after, as JSON
_PIECE = 500  # rows read at once
_STREAMED = 10_000  # changes of rows from which on they are not all held in memory


@dataclass(slots=True)
class Net:
    """What an operation did to one row in the end; None stands for 'no such row'."""

    before: Image | None
    after: Image | None


def image(text: str | None) -> Image | None:
    """As the journal has it written; None stands for none."""
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise peewee.DatabaseError("malformed image") from error


def net(images: Images, empty: Image) -> Net:
    """What several changes of one row came to; `empty` is a row of its table with nothing in it."""
    (before, after), *later = images
    came = Net(image(before), image(after))
    for before, after in later:
        old, new = image(before), image(after)
        if came.before is not None and old is not None:
            came.before = {**old, **came.before}
        if came.before is not None and came.after is None and new is not None:
            # deleted and added again: images of whole rows leave out what is empty
            came.before, new = {**empty, **came.before}, {**empty, **new}
        came.after = None if new is None else {**(came.after or {}), **new}
    return came


def images_of(connection: Connection, op: int, but: str = "false") -> dict[Row, Images]:
    """The images an operation left, by row as first touched, `but` for some; unread, as there may
    be many.
    """
    result: dict[Row, Images] = {}
    for table, row_id, before, after in connection.execute(
        "SELECT tbl, row_id, before, after FROM change c"
        f" WHERE op = ? AND NOT ({but}) ORDER BY seq",
        [op],
    ):
        result.setdefault((table, row_id), []).append((before, after))
    return result


def alone(connection: Connection, op: int) -> tuple[str, int]:
    """What is true of changes `c` whose row nobody touched before, in or after the operation, and
    how many changes there are. Of an import that is nearly all; in a small one it is not asked.
    """
    count, first = connection.execute(
        "SELECT count(*), min(seq) FROM change WHERE op = ?", [op]
    ).fetchone()
    if count < _STREAMED:
        return "false", count
    return (
        "NOT EXISTS (SELECT 1 FROM change d WHERE d.tbl = c.tbl AND d.row_id = c.row_id"
        f" AND d.seq <> c.seq AND d.seq >= {first})"
    ), count


def one_by_one(connection: Connection, op: int, alone: str) -> Iterator[tuple[Row, Images]]:
    """Those changes, the last one first, read in pieces: all of them would fill the memory."""
    last = last_change(connection) + 1
    while True:
        rows = connection.execute(
            "SELECT seq, tbl, row_id, before, after FROM change c"
            f" WHERE op = ? AND seq < ? AND {alone} ORDER BY seq DESC LIMIT {_PIECE}",
            [op, last],
        ).fetchall()
        if not rows:
            return
        for _, table, row_id, before, after in rows:
            yield (table, row_id), [(before, after)]
        last = rows[-1][0]

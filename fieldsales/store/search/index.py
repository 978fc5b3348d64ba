"""The search index in the file: how records get into its tables and out, and how they are found.

`search_index` holds tokens only: `ascii` takes them as they are, `detail = none` keeps no places.
`search_doc` says which record a document is, and by `print` what the index knows of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any, NamedTuple, Self

from fieldsales.store.beside import beside
from fieldsales.store.search.query import probes
from fieldsales.store.search.record import NOUNS, SearchRecord
from fieldsales.store.search.tokens import tokens

Connection = Any  # sqlcipher3 has no types of its own
Key = tuple[str, str]  # noun and row id

# Documents are numbered by noun: FTS5 answers in the order of numbers without sorting, so customers
# come before people, and a search can stop at the first `limit` of however many there are.
_ROOM = 1 << 40
_EVERYTHING = [(0, len(NOUNS) * _ROOM)]
_BATCH = 2_000

_FIND = """
SELECT d.doc, d.row_id, d.customer_id
FROM search_index f CROSS JOIN search_doc d ON d.doc = f.rowid
WHERE f.search_index MATCH ? AND f.rowid >= ? AND f.rowid < ?
ORDER BY f.rowid LIMIT ?
"""

_TAKE = """
INSERT INTO search_index (rowid, tokens) SELECT value ->> 0, value ->> 1 FROM jsonb_each(?)
"""


class Hit(NamedTuple):
    """A record found; rank 0: by its whole name, 1: its start, 2: its middle, 3: by other texts."""

    noun: str
    row_id: str
    customer_id: str | None
    rank: int


class Intake:
    """Puts records into the index, and takes others out; what is put in stands there on leaving.

    The index takes one lot of documents while the next is spelt: as one statement on a thread of
    its own, which needs Python only to begin and end.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._free: dict[str, int] = {}
        self._waiting: list[tuple[int, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._take()

    def put(self, records: Iterable[SearchRecord]) -> int:
        """Puts records in, or anew where what they say has changed; returns how many it wrote.

        To be called within the transaction that changed them. Of a record given twice the last
        counts.
        """
        return sum(map(self._put, _batches(records)))

    def _put(self, records: list[SearchRecord]) -> int:
        wanted = {(record.noun, record.row_id): record for record in records}
        known = _known(self._connection, wanted)
        with self._taking():
            prints = {key: record.fingerprint() for key, record in wanted.items()}
            changed = [key for key in wanted if known.get(key, (0, None))[1] != prints[key]]
            texts = [tokens(wanted[key]) for key in changed]
        docs = [known[key][0] if key in known else self._next(key[0]) for key in changed]
        _forget(self._connection, [known[key][0] for key in changed if key in known])
        self._connection.executemany(
            "INSERT INTO search_doc (doc, row_id, customer_id, print) VALUES (?, ?, ?, ?)",
            [
                (doc, key[1], wanted[key].customer_id, prints[key])
                for doc, key in zip(docs, changed, strict=True)
            ],
        )
        self._waiting = list(zip(docs, texts, strict=True))
        return len(changed)

    def remove(self, keys: Iterable[Key]) -> None:
        """Takes records out; those that are not in do no harm."""
        self._take()
        for batch in _batches(keys):
            known = _known(self._connection, dict.fromkeys(batch))
            _forget(self._connection, [doc for doc, _ in known.values()])

    def _next(self, noun: str) -> int:
        doc = self._free.get(noun) or _free(self._connection, noun)
        self._free[noun] = doc + 1
        return doc

    def _take(self) -> None:
        if self._waiting:
            self._connection.execute(_TAKE, [json.dumps(self._waiting, ensure_ascii=False)])
            self._waiting = []

    @contextmanager
    def _taking(self) -> Iterator[None]:
        """Has the index take what waits while the block runs, which leaves the file alone."""
        if not self._waiting:
            yield
            return
        with beside(self._take_and_write):
            yield

    def _take_and_write(self) -> None:
        self._take()
        # or the next change of another table would have it written, and wait for that
        self._connection.execute("SAVEPOINT taken")
        self._connection.execute("RELEASE taken")


def reindex(connection: Connection, records: Iterable[SearchRecord]) -> int:
    """`Intake.put` of all that there is to put in."""
    with Intake(connection) as intake:
        return intake.put(records)


def remove(connection: Connection, keys: Iterable[Key]) -> None:
    """`Intake.remove` of all that there is to take out."""
    Intake(connection).remove(keys)


def holds(connection: Connection, noun: str) -> bool:
    """Whether anything of a noun is in."""
    first, end = next(_spans([noun]))
    rows = connection.execute(
        "SELECT 1 FROM search_doc WHERE doc >= ? AND doc < ? LIMIT 1", (first, end)
    )
    return rows.fetchone() is not None


def clear(connection: Connection) -> None:
    """Empties the index."""
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_doc")


def agrees(connection: Connection, records: Iterable[SearchRecord]) -> bool:
    """Whether the index holds exactly these records, as they are."""
    count = 0
    for batch in _batches(records):
        wanted = {(record.noun, record.row_id): record for record in batch}
        known = _known(connection, wanted)
        if any(known.get(key, (0, None))[1] != r.fingerprint() for key, r in wanted.items()):
            return False
        count += len(wanted)
    kept, indexed, both = connection.execute(
        "SELECT (SELECT count(*) FROM search_doc), (SELECT count(*) FROM search_index_docsize),"
        " (SELECT count(*) FROM search_doc JOIN search_index_docsize ON id = doc)"
    ).fetchone()
    return bool(count == kept == indexed == both)


def search(
    connection: Connection, text: str, limit: int = 50, nouns: Collection[str] | None = None
) -> list[Hit]:
    """What is found by a text as someone types it, the best first, at most `limit`.

    The whole name before its start, that before its middle, that before other texts; among equals
    customers, people, deals, visits. Any text may be asked; an empty one finds nothing.
    """
    hits: dict[int, Hit] = {}
    spans = _EVERYTHING if nouns is None else list(_spans(nouns))
    for rank, match in probes(text):
        for first, end in spans:
            # as many as wanted, although some may be known: that many new ones if there are
            rows = connection.execute(_FIND, (match, first, end, limit)).fetchall()
            for doc, row_id, customer_id in rows:
                if doc not in hits:
                    hits[doc] = Hit(NOUNS[doc // _ROOM], row_id, customer_id, rank)
            if len(hits) >= limit:
                return list(hits.values())[:limit]
    return list(hits.values())


def _spans(nouns: Collection[str]) -> Iterator[tuple[int, int]]:
    """The numbers of documents of these nouns, neighbours in one span."""
    places = sorted(map(NOUNS.index, set(nouns)))
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        neighbours = [place for _, place in group]
        yield neighbours[0] * _ROOM, (neighbours[-1] + 1) * _ROOM


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _known(connection: Connection, keys: Mapping[Key, object]) -> dict[Key, tuple[int, int]]:
    """Document and fingerprint of those of the records that are in."""
    ids = json.dumps(list({row_id for _, row_id in keys}))
    return {
        (NOUNS[doc // _ROOM], row_id): (doc, fingerprint)
        for doc, row_id, fingerprint in connection.execute(
            "SELECT doc, row_id, print FROM search_doc"
            " WHERE row_id IN (SELECT value FROM json_each(?))",
            [ids],
        )
        if (NOUNS[doc // _ROOM], row_id) in keys
    }


def _free(connection: Connection, noun: str) -> int:
    first = NOUNS.index(noun) * _ROOM
    last = connection.execute(
        "SELECT max(doc) FROM search_doc WHERE doc BETWEEN ? AND ?", (first, first + _ROOM - 1)
    ).fetchone()[0]
    return first + 1 if last is None else int(last) + 1


def _forget(connection: Connection, docs: list[int]) -> None:
    rows = [(doc,) for doc in docs]
    connection.executemany("DELETE FROM search_index WHERE rowid = ?", rows)
    connection.executemany("DELETE FROM search_doc WHERE doc = ?", rows)

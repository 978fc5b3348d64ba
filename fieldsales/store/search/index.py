"""The search index in the file: how records get into its tables and out, and how they are found.

`search_index` holds tokens only: `ascii` takes them as they are, `detail = none` keeps no places.
`search_doc` says which record a document is, and by `print` what the index knows of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, NamedTuple

from fieldsales.store.search.query import probes
from fieldsales.store.search.record import NOUNS, SearchRecord
from fieldsales.store.search.tokens import tokens

Connection = Any  # sqlcipher3 has no types of its own
Key = tuple[str, str]  # noun and row id

# Documents are numbered by noun: FTS5 answers in the order of numbers without sorting, so customers
# come before people, and a search can stop at the first `limit` of however many there are.
_ROOM = 1 << 40
_EVERYTHING = [(0, len(NOUNS) * _ROOM)]
_BATCH = 500

_FIND = """
SELECT d.doc, d.row_id, d.customer_id
FROM search_index f CROSS JOIN search_doc d ON d.doc = f.rowid
WHERE f.search_index MATCH ? AND f.rowid >= ? AND f.rowid < ?
ORDER BY f.rowid LIMIT ?
"""


class Hit(NamedTuple):
    """A record found; rank 0: by its whole name, 1: its start, 2: its middle, 3: by other texts."""

    noun: str
    row_id: str
    customer_id: str | None
    rank: int


def reindex(connection: Connection, records: Iterable[SearchRecord]) -> int:
    """Puts records in, or anew where what they say has changed; returns how many were written.

    To be called within the transaction that changed them. Of a record given twice the last counts.
    """
    written = 0
    free: dict[str, int] = {}
    for batch in _batches(records):
        wanted = {(record.noun, record.row_id): record for record in batch}
        known = _known(connection, wanted)
        docs, texts, stale = [], [], []
        for key, record in wanted.items():
            fingerprint = record.fingerprint()
            doc, kept = known.get(key, (0, None))
            if kept == fingerprint:
                continue
            if doc:
                stale.append(doc)
            else:
                doc = free.get(record.noun) or _free(connection, record.noun)
                free[record.noun] = doc + 1
            docs.append((doc, record.row_id, record.customer_id, fingerprint))
            texts.append((doc, tokens(record)))
        _forget(connection, stale)
        connection.executemany(
            "INSERT INTO search_doc (doc, row_id, customer_id, print) VALUES (?, ?, ?, ?)", docs
        )
        connection.executemany("INSERT INTO search_index (rowid, tokens) VALUES (?, ?)", texts)
        written += len(docs)
    return written


def remove(connection: Connection, keys: Iterable[Key]) -> None:
    """Takes records out; those that are not in do no harm."""
    for batch in _batches(keys):
        _forget(connection, [doc for doc, _ in _known(connection, dict.fromkeys(batch)).values()])


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
    ids = list({row_id for _, row_id in keys})
    marks = ", ".join("?" * len(ids))
    return {
        (NOUNS[doc // _ROOM], row_id): (doc, fingerprint)
        for doc, row_id, fingerprint in connection.execute(
            f"SELECT doc, row_id, print FROM search_doc WHERE row_id IN ({marks})", ids
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

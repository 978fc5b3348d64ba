"""Forgetting a person for good: rows, journal images, drafts, free texts and the file's free space.

An erasure is an operation of its own kind, before which nothing can be undone any more: what undo
would bring back is no longer there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import told
from fieldsales.store.database import Store
from fieldsales.store.migrations import Connection

if TYPE_CHECKING:
    from fieldsales.domain.contact import Contact

KIND = "erase_contact"  # the operation's kind in the journal
_BLANK = "×"  # in place of each character, so that no text grows
_LEAST = 5  # characters of a number or an address that is told apart wherever it stands
# texts that are others' own names or addresses, and tables in which nobody writes of people
_OWN = {"name", "short_name", "seller", "assignee", "email", "website", "messenger", "own_id"}
_SILENT = {"setting", "saved_filter", "tag", "pipeline", "stage"}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom to forget: `words` stand for them in texts, `kept` are longer names that hold such a
    word and are others'.
    """

    contact: Contact
    words: tuple[str, ...]
    kept: tuple[str, ...] = ()

    def blanked(self, text: str) -> str:
        """A text that no longer names them."""
        if not any(word in text for word in self.words):
            return text
        known = sorted({*self.words, *self.kept}, key=len, reverse=True)
        return re.sub(
            "|".join(map(re.escape, known)),
            lambda found: found[0] if found[0] in self.kept else _BLANK * len(found[0]),
            text,
        )


@dataclass(slots=True)
class Trail:
    """What an erasure took away: row ids by table, and hashes of the files named after them."""

    rows: dict[str, set[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def whom(store: Store, contact: Contact) -> Forgotten:
    """How texts name a person. Their name is left in texts if another contact bears it, too."""
    name = contact.name
    namesake = store.value("SELECT 1 FROM contact WHERE name = ? AND id <> ?", [name, contact.id])
    others = store.rows(
        "SELECT name FROM contact WHERE instr(name, ?1) AND name <> ?1"
        " UNION SELECT name FROM customer WHERE instr(name, ?1)"
        " UNION SELECT short_name FROM customer WHERE instr(short_name, ?1)",
        [name],
    )
    words = [name] if len(name) > 1 and not namesake else []
    words += [
        text for text in (contact.mobile, contact.email, contact.messenger) if len(text) >= _LEAST
    ]
    return Forgotten(contact, tuple(words), tuple(found for (found,) in others))


def forget(connection: Connection, who: Forgotten) -> Trail:
    """Takes the person out of all rows, within an operation; what it left is for `scrub`."""
    trail = Trail()
    _blank_texts(connection, who, trail)
    for noun, record in NOUNS.items():
        for name, spec in fields(record).items():
            if spec.kind is not Kind.REFERENCE or spec.noun != "contact":
                continue
            if spec.required or spec.owner:
                ids = _ids(connection, f"SELECT id FROM {noun} WHERE {name} = ?", who.contact.id)
                _delete(connection, noun, ids, trail)
            else:
                above = who.contact.reports_to_id if noun == "contact" else None
                connection.execute(
                    f"UPDATE {noun} SET {name} = ? WHERE {name} = ?", [above, who.contact.id]
                )
    _delete(connection, "contact", {who.contact.id}, trail)
    return trail


def scrub(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Takes the person out of the journal and the drafts, once the caches have followed."""
    for noun, record in NOUNS.items():
        for name, spec in fields(record).items():
            if spec.noun == "contact" and (spec.required or spec.owner):
                trail.rows.setdefault(noun, set()).update(
                    _gone(connection, noun, name, who.contact.id)
                )
    for noun, ids in trail.rows.items():
        for row_id in ids:
            connection.execute("DELETE FROM change WHERE tbl = ? AND row_id = ?", [noun, row_id])
            connection.execute("DELETE FROM draft WHERE tbl = ? AND row_id = ?", [noun, row_id])
    for word in who.words:
        connection.execute("DELETE FROM draft WHERE instr(text, ?)", [word])
        written = json.dumps(word, ensure_ascii=False)[1:-1]
        for seq, table, before, after in connection.execute(
            "SELECT seq, tbl, before, after FROM change"
            " WHERE instr(before, ?1) OR instr(after, ?1)",
            [written],
        ).fetchall():
            connection.execute(
                "UPDATE change SET before = ?, after = ? WHERE seq = ?",
                [_blanked(table, before, who), _blanked(table, after, who), seq],
            )


def sweep(store: Store, wait: float = 5) -> None:
    """Writes the file anew, so that its free space and its log hold nothing of what was deleted.

    Raises EnvironmentProblem("erase.not_swept") while another program reads the file; the person
    is erased all the same, and it can be called again.
    """
    with store.transaction(wait=wait) as connection:
        connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    if not store.write_lock.acquire(timeout=wait):
        raise EnvironmentProblem("store.busy")
    try:
        with told(store.path):
            connection = store.connection
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        store.write_lock.release()
    if busy:
        raise EnvironmentProblem("erase.not_swept", path=str(store.path))


def _texts(noun: str) -> list[str]:
    """The columns of a table in which the rep writes freely."""
    if noun in _SILENT:
        return []
    return [
        name
        for name, spec in fields(NOUNS[noun]).items()
        if spec.kind in (Kind.TEXT, Kind.NOTE) and name not in _OWN
    ]


def _blank_texts(connection: Connection, who: Forgotten, trail: Trail) -> None:
    for word in who.words:
        for sha256, row_id in connection.execute(
            "SELECT sha256, id FROM attachment WHERE instr(name, ?)", [word]
        ).fetchall():
            _delete(connection, "attachment", {row_id}, trail)
            trail.files.add(sha256)
        for noun in NOUNS:
            names = _texts(noun)
            if not names:
                continue
            holds = " OR ".join(f"instr({name}, ?1)" for name in names)
            for row_id, *texts in connection.execute(
                f"SELECT id, {', '.join(names)} FROM {noun} WHERE {holds}", [word]
            ).fetchall():
                values = [who.blanked(text) for text in texts]
                connection.execute(
                    f"UPDATE {noun} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
                    [*values, row_id],
                )


def _delete(connection: Connection, noun: str, ids: set[str], trail: Trail) -> None:
    connection.executemany(f"DELETE FROM {noun} WHERE id = ?", [(row_id,) for row_id in ids])
    trail.rows.setdefault(noun, set()).update(ids)


def _gone(connection: Connection, noun: str, name: str, contact_id: str) -> set[str]:
    """Rows about the person that were deleted earlier, of which the journal alone knows."""
    return _ids(
        connection,
        "SELECT DISTINCT row_id FROM change WHERE tbl = ?1 AND ?3 IN"
        " (json_extract(before, ?2), json_extract(after, ?2))"
        f" AND row_id NOT IN (SELECT id FROM {noun})",
        noun,
        f"$.{name}",
        contact_id,
    )


def _ids(connection: Connection, sql: str, *params: str) -> set[str]:
    return {row_id for (row_id,) in connection.execute(sql, params)}


def _blanked(table: str, image: str | None, who: Forgotten) -> str | None:
    if image is None:
        return None
    free = set(_texts(table))
    values: Mapping[str, object] = json.loads(image)
    told_now = {
        name: who.blanked(value) if name in free and isinstance(value, str) else value
        for name, value in values.items()
    }
    return json.dumps(told_now, ensure_ascii=False, separators=(",", ":"))


def still_named(store: Store, who: Forgotten) -> list[tuple[str, str]]:
    """(noun, id) of what still holds a word for them: others' names, and texts of a namesake's."""
    return list(dict.fromkeys(_named(store, {who.contact.name, *who.words})))


def _named(store: Store, words: set[str]) -> Iterator[tuple[str, str]]:
    for noun, record in NOUNS.items():
        names = [
            name
            for name, spec in fields(record).items()
            if spec.kind in (Kind.TEXT, Kind.NOTE, Kind.PHONE)
        ]
        if not names or noun in _SILENT:
            continue
        for word in sorted(words):
            holds = " OR ".join(f"instr({name}, ?1)" for name in names)
            live = "trashed_at IS NULL"
            for (row_id,) in store.rows(
                f"SELECT id FROM {noun} WHERE {live} AND ({holds}) ORDER BY id", [word]
            ):
                yield noun, row_id


def last_erasure(store: Store) -> tuple[int, str]:
    """Number and id of the newest erasure in the journal; (0, '') if there was none."""
    # as text, or SQLite would not use the index of erasures
    found = store.rows(f"SELECT seq, id FROM op WHERE kind = '{KIND}' ORDER BY seq DESC LIMIT 1")
    return found[0] if found else (0, "")

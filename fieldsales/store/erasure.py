"""Forgetting somebody for good: rows, journal images, drafts, free texts, the file's free space.

This is what persons and customers have in common, and persons; `customer_erasure` has the rest.

An erasure is an operation of its own kind, before which nothing can be undone any more: what undo
would bring back is no longer there. Its `merge_key` is the id of who was erased, behind a mark
until the file was written anew: so it is known when a colleague brings them back, and what broke
off goes on after the next start.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS, references
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import PRAGMAS, told
from fieldsales.store.database import Store
from fieldsales.store.forgotten import Forgotten, ever, holding, numbers
from fieldsales.store.migrations import Connection

if TYPE_CHECKING:
    from fieldsales.domain.contact import Contact

KIND = "erase_contact"  # in the journal of every erasure, since people alone could be erased
ERASED = ("customer", "contact")  # of which one can be erased
UNSWEPT = "unswept:"  # before an id
# texts that are others' own names or addresses, or nobody's, and tables in which nobody writes of
# people
_OWN = {"name", "short_name", "seller", "assignee", "email", "website", "messenger", "own_id"}
_OWN |= {"sha256", "series_id"}
_SILENT = {"setting", "saved_filter", "tag", "pipeline", "stage"}


@dataclass(slots=True)
class Trail:
    """What an erasure touched: ids of the rows it took away and of those about the customer, by
    table, of the proposals the person signed, and hashes of the files of theirs.
    """

    rows: dict[str, set[str]] = field(default_factory=dict)
    near: dict[str, set[str]] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def whom(store: Store, contact: Contact) -> Forgotten:
    """How texts name a person, also as whom they were before being renamed or merged."""
    merged = "SELECT * FROM contact WHERE merged_into_id = ?"
    selves = [contact, *store.records(type(contact), merged, [contact.id])]
    own = [one.id for one in selves]
    ids = json.dumps(own)
    customers = tuple(dict.fromkeys(place for one in selves for place in _customers(store, one)))
    now, former = ever(store, "contact", own, "name")
    names, kept = [], []
    for name in dict.fromkeys((*now, *former)):
        namesake = store.value(
            "SELECT 1 FROM contact WHERE name = ?1 AND id NOT IN (SELECT value FROM json_each(?2))"
            " AND (customer_id IS ?3 OR customer_id IN (SELECT value FROM json_each(?4)))",
            [name, ids, contact.customer_id, json.dumps(customers)],
        )
        if len(name) > 1 and not namesake:
            names.append(name)
        kept += store.rows(
            "SELECT name FROM contact WHERE instr(name, ?1) AND name <> ?1"
            " AND id NOT IN (SELECT value FROM json_each(?2))"
            " UNION SELECT name FROM customer WHERE instr(name, ?1)"
            " UNION SELECT short_name FROM customer WHERE instr(short_name, ?1)",
            [name, ids],
        )
    told = numbers(store, {f"contact.{name}": own for name in ("mobile", "email", "messenger")})
    desk = (one for one in numbers(store, {"contact.phone": own}) if _is_theirs(store, one, ids))
    return Forgotten(
        contact.id,
        contact.name,
        customers,
        tuple(names),
        tuple(dict.fromkeys((*told, *desk))),
        tuple(found for (found,) in kept),
    )


def _is_theirs(store: Store, number: str, ids: str) -> bool:
    """Whether nobody else is reached so: the switchboard of a firm is no trace of a person."""
    others = store.value(
        f"SELECT 1 FROM contact WHERE ({holding(('mobile', 'phone'), number)})"
        " AND id NOT IN (SELECT value FROM json_each(?2))"
        f" UNION SELECT 1 FROM customer WHERE {holding(('phone',), number)}",
        [number, ids],
    )
    return others is None


def _customers(store: Store, contact: Contact) -> tuple[str, ...]:
    """The customers somebody belongs or belonged to, as the journal tells."""
    images = store.rows(
        "SELECT before, after FROM change WHERE tbl = 'contact' AND row_id = ? ORDER BY seq",
        [contact.id],
    )
    told = [json.loads(image).get("customer_id") for pair in images for image in pair if image]
    return tuple(dict.fromkeys(filter(None, (contact.customer_id, *told))))


def forget(connection: Connection, contact: Contact, who: Forgotten) -> Trail:
    """Takes a person out of all rows, within an operation; what it left is for `scrub`."""
    trail = Trail()
    for noun in NOUNS:
        trail.near[noun] = _near(connection, noun, who)
    _drop_papers(connection, who, trail)
    _unsign(connection, who, trail)
    for noun in NOUNS:
        blank_texts(connection, noun, who, trail.near[noun])
    for noun, name, about in references("contact"):
        if about:
            ids = _ids(connection, f"SELECT id FROM {noun} WHERE {name} = ?", who.row_id)
            delete(connection, noun, ids, trail)
        else:
            above = contact.reports_to_id if noun == "contact" else None
            connection.execute(
                f"UPDATE {noun} SET {name} = ? WHERE {name} = ?", [above, who.row_id]
            )
    delete(connection, "contact", {who.row_id}, trail)
    return trail


def scrub(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Takes the person out of the journal and the drafts, once the caches have followed."""
    for noun, name, about in references("contact"):
        if about or noun == "attachment":
            gone = _gone(connection, noun, name, who.row_id)
            trail.rows.setdefault(noun, set()).update(gone)
    trail.rows["attachment"] |= {
        row_id
        for row_id, name in connection.execute(
            "SELECT row_id, json_extract(after, '$.name') FROM change WHERE tbl = 'attachment'"
            " AND row_id NOT IN (SELECT id FROM attachment)"
        ).fetchall()
        if name and who.blanked(name, near=True) != name
    }
    scrub_journal(connection, who, trail)


def scrub_journal(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Takes the rows of a trail out of the journal and the drafts, and words out of the rest."""
    for row_id in trail.rows.get("attachment", ()):  # of what was deleted before, too
        trail.files |= _ids(
            connection,
            "SELECT json_extract(after, '$.sha256') FROM change WHERE tbl = 'attachment'"
            " AND row_id = ? AND json_extract(after, '$.sha256') <> ''",
            row_id,
        )
    for noun, ids in trail.rows.items():
        for row_id in ids:
            connection.execute("DELETE FROM change WHERE tbl = ? AND row_id = ?", [noun, row_id])
            connection.execute("DELETE FROM draft WHERE tbl = ? AND row_id = ?", [noun, row_id])
    for row_id in trail.signed:
        for image in ("before", "after"):
            connection.execute(
                f"UPDATE change SET {image} = json_replace({image}, '$.signature', '')"
                f" WHERE tbl = 'proposal' AND row_id = ? AND {image} IS NOT NULL",
                [row_id],
            )
    for word in who.words:
        for table, row_id, text in connection.execute(
            f"SELECT tbl, row_id, text FROM draft WHERE {holding(('text',), word)}", [word]
        ).fetchall():
            if who.blanked(text, near=row_id in trail.near.get(table, ())) != text:
                connection.execute(
                    "DELETE FROM draft WHERE tbl = ? AND row_id = ? AND text = ?",
                    [table, row_id, text],
                )
        written = json.dumps(word, ensure_ascii=False)[1:-1]
        for seq, table, row_id, *images in connection.execute(
            "SELECT seq, tbl, row_id, before, after FROM change"
            f" WHERE {holding(('before', 'after'), written)}",
            [written],
        ).fetchall():
            # of what is deleted nothing is left to disagree with
            here = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", [row_id]).fetchone()
            near = row_id in trail.near.get(table, ()) or here is None
            connection.execute(
                "UPDATE change SET before = ?, after = ? WHERE seq = ?",
                [*(_blanked(table, image, who, near=near) for image in images), seq],
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
            # not in memory, however large the file; of an encrypted one it is encrypted, too
            connection.execute("PRAGMA temp_store = file")
            try:
                connection.execute("VACUUM")
            finally:
                connection.execute(f"PRAGMA temp_store = {PRAGMAS['temp_store']}")
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise EnvironmentProblem("erase.not_swept", path=str(store.path))
            connection.execute(
                f"UPDATE op SET merge_key = substr(merge_key, {len(UNSWEPT) + 1})"
                f" WHERE kind = '{KIND}' AND merge_key LIKE '{UNSWEPT}%'"
            )
    finally:
        store.write_lock.release()


def _texts(noun: str) -> list[str]:
    """The columns of a table in which the rep writes freely."""
    if noun in _SILENT:
        return []
    return [
        name
        for name, spec in fields(NOUNS[noun]).items()
        if spec.kind in (Kind.TEXT, Kind.NOTE) and name not in _OWN
    ]


def _near(connection: Connection, noun: str, who: Forgotten) -> set[str]:
    """Rows of a table about the person's customers, or about the person."""
    owned = [name for name, record in NOUNS.items() if "customer_id" in fields(record)]
    theirs = "IN (SELECT value FROM json_each(?1))"
    conditions = [f"id {theirs}"] if noun == "customer" else []
    for name, spec in fields(NOUNS[noun]).items():
        if spec.noun == "customer":
            conditions.append(f"{name} {theirs}")
        elif spec.noun in owned:
            conditions.append(f"{name} IN (SELECT id FROM {spec.noun} WHERE customer_id {theirs})")
        if spec.noun == "contact":
            conditions.append(f"{name} = ?2")
    if not conditions:
        return set()
    # both are named, so that each statement has two parameters
    where = f"({' OR '.join(conditions)}) AND (?1 IS NOT NULL OR ?2 IS NOT NULL)"
    customers = json.dumps(who.customers)
    return _ids(connection, f"SELECT id FROM {noun} WHERE {where}", customers, who.row_id)


def _drop_papers(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Deletes the files that are kept with the person, or named after them."""
    for sha256, row_id, name, contact_id in connection.execute(
        "SELECT sha256, id, name, contact_id FROM attachment"
    ).fetchall():
        named = who.blanked(name, near=row_id in trail.near["attachment"]) != name
        if named or contact_id == who.row_id:
            gone = _ids(connection, "SELECT id FROM enclosure WHERE attachment_id = ?", row_id)
            delete(connection, "enclosure", gone, trail)
            delete(connection, "attachment", {row_id}, trail)
            trail.files.add(sha256)


def _unsign(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Takes their handwriting off the proposals they signed; the name beside it is a text."""
    signed = [
        "SELECT id, signed_by FROM proposal WHERE signature <> ''",
        # what was taken back is in the journal alone
        *(
            f"SELECT row_id, json_extract({image}, '$.signed_by') FROM change"
            f" WHERE tbl = 'proposal' AND coalesce(json_extract({image}, '$.signature'), '') <> ''"
            for image in ("before", "after")
        ),
    ]
    for row_id, signer in connection.execute(" UNION ".join(signed)).fetchall():
        name = signer or ""
        if who.blanked(name, near=row_id in trail.near["proposal"]) != name:
            trail.signed.add(row_id)
            connection.execute("UPDATE proposal SET signature = '' WHERE id = ?", [row_id])


def blank_texts(connection: Connection, noun: str, who: Forgotten, near: set[str]) -> None:
    names = _texts(noun)
    for word in who.words if names else ():
        for row_id, *texts in connection.execute(
            f"SELECT id, {', '.join(names)} FROM {noun} WHERE {holding(names, word)}", [word]
        ).fetchall():
            values = [who.blanked(text, near=row_id in near) for text in texts]
            if values != texts:
                connection.execute(
                    f"UPDATE {noun} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
                    [*values, row_id],
                )


def delete(connection: Connection, noun: str, ids: set[str], trail: Trail) -> None:
    """Deletes rows, which the trail then names."""
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


def _ids(connection: Connection, sql: str, *params: str | None) -> set[str]:
    return {row_id for (row_id,) in connection.execute(sql, params)}


def _blanked(table: str, image: str | None, who: Forgotten, *, near: bool) -> str | None:
    if image is None:
        return None
    free = set(_texts(table))
    values: Mapping[str, object] = json.loads(image)
    told_now = {
        name: who.blanked(value, near=near) if name in free and isinstance(value, str) else value
        for name, value in values.items()
    }
    return json.dumps(told_now, ensure_ascii=False, separators=(",", ":"))


def still_named(store: Store, who: Forgotten) -> list[tuple[str, str]]:
    """(noun, id) of what still holds a word for them: others' names, texts about others."""
    return list(dict.fromkeys(_named(store, {who.called, *who.words, *who.people})))


def _named(store: Store, words: set[str]) -> Iterator[tuple[str, str]]:
    for noun, record in NOUNS.items():
        names = [
            name
            for name, spec in fields(record).items()
            if spec.kind in (Kind.TEXT, Kind.NOTE, Kind.PHONE)
        ]
        for word in sorted(words) if names else ():
            holds = f"trashed_at IS NULL AND ({holding(names, word)})"
            for (row_id,) in store.rows(f"SELECT id FROM {noun} WHERE {holds} ORDER BY id", [word]):
                yield noun, row_id


def is_swept(store: Store) -> bool:
    """Whether the file was written anew since the last erasure."""
    last = f"SELECT merge_key FROM op WHERE kind = '{KIND}' ORDER BY seq DESC LIMIT 1"
    return not (store.value(last) or "").startswith(UNSWEPT)


def were_erased(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of these customers and people that were erased here."""
    found = store.rows(f"SELECT replace(merge_key, '{UNSWEPT}', '') FROM op WHERE kind = '{KIND}'")
    return {row_id for (row_id,) in found}.intersection(ids)


def last_erasure(store: Store) -> tuple[int, str]:
    """Number and id of the newest erasure in the journal; (0, '') if there was none."""
    # as text, or SQLite would not use the index of erasures
    found = store.rows(f"SELECT seq, id FROM op WHERE kind = '{KIND}' ORDER BY seq DESC LIMIT 1")
    return found[0] if found else (0, "")

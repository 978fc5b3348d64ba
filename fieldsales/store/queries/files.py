"""Files kept beside the database: photos and papers."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.keeping import FILE_OWNERS, Attachment
from fieldsales.store.database import Store


def kept(store: Store) -> list[tuple[str, str]]:
    """(name, sha256) of every file that a record refers to."""
    sql = "SELECT name, sha256 FROM attachment WHERE trashed_at IS NULL AND sha256 <> ''"
    return [(name, sha256) for name, sha256 in store.rows(sql)]


def is_kept(store: Store, sha256: str) -> bool:
    """Whether a record, in the trash or not, refers to the file."""
    return bool(store.value("SELECT 1 FROM attachment WHERE sha256 = ? LIMIT 1", [sha256]))


def has_photo(store: Store, noun: str, row_id: str) -> bool:
    """Whether a photo is kept with a record of `noun`: a product, a visit, a customer or a deal."""
    sql = f"SELECT 1 FROM attachment WHERE {noun}_id = ? AND kind = 'photo' AND trashed_at IS NULL"
    return bool(store.value(sql, [row_id]))


def count_papers(store: Store, customer_id: str) -> int:
    """How many papers about a customer, or about visits there, are kept."""
    found = store.value(
        "SELECT count(*) FROM attachment a LEFT JOIN visit v ON v.id = a.visit_id"
        " WHERE a.kind = 'report' AND a.trashed_at IS NULL"
        " AND coalesce(a.customer_id, v.customer_id) = ?",
        [customer_id],
    )
    return int(found)


def beside(store: Store, owners: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """(name, sha256) of the files that are kept with exactly these records."""
    if not any(owners.values()):
        return []
    ours = " AND ".join(f"{name} IS ?" for name in owners)
    sql = f"SELECT name, sha256 FROM attachment WHERE trashed_at IS NULL AND {ours}"
    return [(name, sha256) for name, sha256 in store.rows(sql, list(owners.values()))]


def files_of(store: Store, noun: str, row_id: str) -> tuple[Attachment, ...]:
    """The files kept with a record, the newest first."""
    return tuple(
        store.records(
            Attachment,
            f"SELECT * FROM attachment WHERE {noun}_id = ? AND trashed_at IS NULL"
            " ORDER BY created_at DESC, id DESC",
            [row_id],
        )
    )


def closest(store: Store, attachment_id: str) -> tuple[str, str] | None:
    """(noun, id) of the record a file is kept with, of several the closest; None if all are gone.

    A photo of a visit is with the visit rather than with its customer.
    """
    kept = store.record(Attachment, attachment_id)
    if kept is None or kept.trashed_at:
        return None
    for name in reversed(FILE_OWNERS):
        noun, row_id = name.removesuffix("_id"), getattr(kept, name)
        there = f"SELECT 1 FROM {noun} WHERE id = ? AND trashed_at IS NULL"
        if row_id and store.value(there, [row_id]):
            return noun, row_id
    return None

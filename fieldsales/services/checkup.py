"""`check`: whether the file is sound, and what it says agrees with itself."""

from __future__ import annotations

from fieldsales import places
from fieldsales.store import caches, soundness
from fieldsales.store.database import Store


def findings(store: Store) -> list[dict[str, str]]:
    """What is wrong, as `{"code", "detail"}`; an empty list if nothing is."""
    found = [{"code": code, "detail": detail} for code, detail in soundness.faults(store)]
    with store.transaction(wait=5) as connection:
        found += [{"code": "check.cache", "detail": name} for name in caches.verify(connection)]
    found += [
        {"code": "check.file_gone", "detail": name}
        for name, sha256 in store.rows(
            "SELECT name, sha256 FROM attachment WHERE trashed_at IS NULL AND sha256 <> ''"
        )
        if not places.kept_file(store.path, sha256).is_file()
    ]
    return found


def mend_caches(store: Store) -> None:
    """Makes what is derived anew from the records."""
    with store.transaction(wait=5) as connection:
        caches.rebuild(connection)

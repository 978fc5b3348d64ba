"""`check`: whether the file is sound, and what it says agrees with itself."""

from __future__ import annotations

from fieldsales.store import caches, soundness
from fieldsales.store.database import Store
from fieldsales.store.queries import files


def findings(store: Store) -> list[dict[str, str]]:
    """What is wrong, as `{"code", "detail"}`; an empty list if nothing is.

    Raises EnvironmentProblem if the file is too damaged to be asked.
    """
    with store.reading() as connection:
        found = soundness.damage(store)
        if not found:
            found = soundness.disagreements(store)
            found += [("check.cache", name) for name in caches.verify(connection)]
            found += [("check.file_gone", name) for name in _files_gone(store)]
    return [{"code": code, "detail": detail} for code, detail in found]


def _files_gone(store: Store) -> list[str]:
    return [name for name, sha256 in files.kept(store) if not store.kept.has(sha256)]


def mend_caches(store: Store, wait: float = 5) -> None:
    """Makes what is derived anew from the records."""
    with store.transaction(wait=wait) as connection:
        caches.rebuild(connection)

"""`check`: whether the file is sound, and what it says agrees with itself."""

from __future__ import annotations

from fieldsales import faults, places
from fieldsales.store import caches, soundness
from fieldsales.store.backup import backups
from fieldsales.store.database import Store
from fieldsales.store.queries import files


def findings(store: Store) -> list[dict[str, str]]:
    """What is wrong, as `{"code", "detail"}`; an empty list if nothing is.

    No detail holds what the user typed: a `name` stands apart, for the user alone.
    Raises EnvironmentProblem if the file is too damaged to be asked.
    """
    with store.reading() as connection:
        found = soundness.damage(store)
        broken = bool(found)
        if not broken:
            found = soundness.disagreements(store)
            found += [("check.cache", name) for name in caches.verify(connection)]
    told = [{"code": code, "detail": detail} for code, detail in found]
    return told if broken else told + _files_gone(store)


def support(store: Store) -> dict[str, object]:
    """What helps who has to find a fault, without a word of the user's."""
    return {
        "versions": faults.versions(),
        **soundness.figures(store),
        "encrypted": bool(store.passphrase),
        "backups": len(backups(places.backup_folder(store.path))),
    }


def _files_gone(store: Store) -> list[dict[str, str]]:
    return [
        {"code": "check.file_gone", "detail": sha256[:12], "name": name}
        for name, sha256 in files.kept(store)
        if not store.kept.has(sha256)
    ]


def mend_caches(store: Store, wait: float = 5) -> None:
    """Makes what is derived anew from the records."""
    with store.transaction(wait=wait) as connection:
        caches.rebuild(connection)

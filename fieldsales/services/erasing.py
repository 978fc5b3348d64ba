"""'Erase this person': what it takes away, what it must leave, and the copies made before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import thumbnails
from fieldsales.services.operations.erasing import EraseContact
from fieldsales.services.workspace import Workspace
from fieldsales.store import backup, erasure
from fieldsales.store.database import Store
from fieldsales.store.queries import files


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left to tell the user.

    `named`: (noun, id) of records that still hold the name: another bears it, or it stands in texts
    about other customers. `papers`: how many kept papers of the customer may name them inside.
    `copies`: older copies of the whole file, which hold the person still.
    """

    named: tuple[tuple[str, str], ...]
    papers: int
    copies: tuple[Path, ...]


def erase(workspace: Workspace, contact_id: str) -> Erased:
    """Erases a person and writes the file anew; nothing before it can be undone any more.

    Raises UserError("record.gone"), and EnvironmentProblem as `erasure.sweep` does: the person is
    erased then, and `sweep` can be called again.
    """
    operation = EraseContact(contact_id)
    workspace.run(operation)
    [(who, trail)] = operation.done
    store = workspace.store
    for sha256 in trail.files:
        _drop_file(store, sha256)
    erasure.sweep(store)
    papers = sum(files.count_papers(store, customer) for customer in who.customers)
    named = tuple(erasure.still_named(store, who))
    return Erased(named, papers, tuple(older_copies(store)))


def older_copies(store: Store) -> list[Path]:
    """Backups, and files that a restore set aside, made before the last erasure."""
    number, erased = erasure.last_erasure(store)
    if not number:
        return []
    copies = backup.backups(places.backup_folder(store.path)) + backup.set_aside(store.path)
    paths = [copy.path for copy in copies]
    return [path for path in paths if not backup.knows(path, erased, store.passphrase)]


def remove_older_copies(store: Store) -> int:
    """Makes a new backup, then deletes the copies that still hold who was erased; how many.

    Raises EnvironmentProblem, with all copies in place, if the new one cannot be made.
    """
    older = older_copies(store)
    if older:
        backup.back_up(store)
    removed = 0
    for path in older:
        try:
            backup.drop(path)
        except OSError as error:
            raise EnvironmentProblem("backup.cannot_write", path=str(path)) from error
        removed += 1
    return removed


def _drop_file(store: Store, sha256: str) -> None:
    """Deletes a kept file and its copy, unless another record keeps it, too."""
    if files.is_kept(store, sha256):
        return
    thumbnails.forget(sha256)
    for kept in (
        store.kept,
        backup.kept_copies(places.backup_folder(store.path), store.passphrase),
    ):
        with suppress(OSError):
            kept.drop(sha256)

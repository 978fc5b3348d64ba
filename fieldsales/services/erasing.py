"""'Erase this person', or customer: what goes, what must stay, and the copies made before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import thumbnails
from fieldsales.services.copies import second_folder
from fieldsales.services.operations.erasing import EraseContact, EraseCustomer
from fieldsales.services.workspace import Workspace
from fieldsales.store import backup, erasure
from fieldsales.store.database import Store
from fieldsales.store.queries import files
from fieldsales.store.sealing import fitting

_WAIT = 5.0  # seconds for whoever else writes


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left to tell the user.

    `named`: (noun, id) of records that still hold the name: another bears it, or it stands in texts
    about other customers. `papers`: how many kept papers of the customer may name them inside.
    `copies`: older copies of the whole file, which hold the person still. `trouble`: why the file
    could not be written anew; its free space holds traces until `finish` has done it.
    """

    named: tuple[tuple[str, str], ...]
    papers: int
    copies: tuple[Path, ...]
    trouble: EnvironmentProblem | None = None


def erase(workspace: Workspace, contact_id: str, second: Path | None = None) -> Erased:
    """Erases a person and writes the file anew; nothing before it can be undone any more.

    `second` is the second folder of backups. Raises UserError("record.gone"), and
    EnvironmentProblem where nothing can be written: nobody is erased then.
    """
    return _erased(workspace, EraseContact(contact_id), second)


def erase_customer(workspace: Workspace, customer_id: str, second: Path | None = None) -> Erased:
    """As `erase`, of a customer with all that is about it."""
    return _erased(workspace, EraseCustomer(customer_id), second)


def _erased(
    workspace: Workspace, operation: EraseContact | EraseCustomer, second: Path | None
) -> Erased:
    workspace.run(operation, wait=_WAIT)
    [(who, trail)] = operation.done
    store = workspace.store
    for sha256 in trail.files:
        _drop_file(store, sha256, second)
    trouble = None
    try:
        erasure.sweep(store)
    except EnvironmentProblem as problem:
        trouble = problem
    papers = sum(files.count_papers(store, customer) for customer in who.customers)
    named = tuple(erasure.still_named(store, who))
    return Erased(named, papers, tuple(older_copies(store, second)), trouble)


def finish(store: Store) -> None:
    """Writes the file anew if an erasure broke off before; raises as `erasure.sweep` does."""
    if not erasure.is_swept(store):
        erasure.sweep(store)


def older_copies(store: Store, second: Path | None = None) -> list[Path]:
    """Backups, and files that a restore set aside, made before the last erasure."""
    number, erased = erasure.last_erasure(store)
    if not number:
        return []
    copies = backup.set_aside(store.path)
    for folder in _folders(store, second):
        copies = backup.backups(folder) + copies
    paths = [copy.path for copy in copies]
    return [
        path for path in paths if not backup.is_clean(path, erased, fitting(path, store.passphrase))
    ]


def brings_back(path: Path, copy: Path, passphrase: str) -> bool:
    """Whether who was erased in the file at `path`, which is closed, is there again once this copy
    takes its place; False where the file cannot be asked.
    """
    try:
        store = Store.open(path, passphrase=passphrase, read_only=True)
    except EnvironmentProblem:
        return False
    try:
        number, erased = erasure.last_erasure(store)
    finally:
        store.close()
    return bool(number) and not backup.is_clean(copy, erased, fitting(copy, passphrase))


def remove_older_copies(store: Store, second: Path | None = None) -> int:
    """Makes a new backup, then deletes the copies that still hold who was erased; how many.

    Raises EnvironmentProblem, with all copies in place, if the new one cannot be made.
    """
    older = older_copies(store, second)
    if older:
        backup.back_up(store)
    removed = 0
    for path in older:
        try:
            backup.drop(path)
        except OSError as error:
            raise EnvironmentProblem("backup.cannot_write", path=str(path)) from error
        removed += 1
    if removed:  # what an erasure did not reach, as a drive was away
        for folder in _folders(store, second):
            backup.forget_files(folder, store.passphrase)
    return removed


def _folders(store: Store, second: Path | None) -> list[Path]:
    """The folders of backups within reach."""
    folders = [places.backup_folder(store.path)]
    return folders if second is None else [*folders, second_folder(store.path, second)]


def _drop_file(store: Store, sha256: str, second: Path | None) -> None:
    """Deletes a kept file and its copies, unless another record keeps it, too."""
    if files.is_kept(store, sha256):
        return
    thumbnails.forget(sha256)
    copies = [backup.kept_copies(one, store.passphrase) for one in _folders(store, second)]
    for kept in (store.kept, *copies):
        with suppress(OSError):
            kept.drop(sha256)

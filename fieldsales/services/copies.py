"""The copies of a file: where they lie, what each holds, and a second folder on another drive."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.workspace import Workspace
from fieldsales.store import backup
from fieldsales.store.backup import Backup
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import Store
from fieldsales.store.kept import KeptFiles
from fieldsales.store.sealing import fitting

Place = Literal["here", "second", "other", "aside"]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the file: a backup `here` or in the `second` folder, or what a restore set `aside`.

    What lies in the second folder of an `other` file may be this one's from a laptop that is lost.

    `counts` are live records by noun; `fault` is the words key of why it cannot be used, '' if it
    can as far as that was looked at.
    """

    made: Backup
    place: Place
    counts: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""

    @property
    def path(self) -> Path:
        return self.made.path


def copies(database: Path, second: Path | None = None, passphrase: str = "") -> list[Copy]:
    """All copies of a file that are within reach, newest first, each opened for a short look."""
    found = [Copy(one, "here") for one in backup.backups(places.backup_folder(database))]
    found += [Copy(one, "aside") for one in backup.set_aside(database)]
    if second is not None:
        own = second_folder(database, second)
        for folder in second.glob(f"*-{'[0-9a-f]' * 8}"):
            place: Place = "second" if folder == own else "other"
            found += [Copy(one, place) for one in backup.backups(folder)]
    found.sort(key=lambda one: one.made.made_at, reverse=True)
    return [_looked_into(one, passphrase) for one in found]


def faults(found: list[Copy], passphrase: str = "", watch: Watch = unwatched) -> dict[Path, str]:
    """Reads copies to the last byte; path -> words key of what is wrong, '' if nothing is."""
    told = {}
    for done, one in enumerate(found):
        watch(done, len(found))
        try:
            backup.verify(one.path, fitting(one.path, passphrase))
        except EnvironmentProblem as problem:
            told[one.path] = problem.code
        else:
            told[one.path] = ""
    return told


def look_into(copy: Backup, clock: Clock, passphrase: str = "") -> Workspace:
    """A copy to be read alone, which stays as it is to the byte.

    Of one from an older version a working copy is brought up to date, in the cache: `forget_looked`
    takes that away. Raises EnvironmentProblem if the copy is no good.
    """
    passphrase = fitting(copy.path, passphrase)
    backup.refuse_other_key(copy.path, passphrase)
    try:
        return Workspace.open(copy.path, clock, passphrase, read_only=True)
    except EnvironmentProblem as problem:
        if problem.code != "store.older_schema":
            raise
    working = _looked() / copy.path.name
    try:
        forget_looked()
        working.parent.mkdir(parents=True)
        shutil.copyfile(copy.path, working)
    except OSError as error:
        raise EnvironmentProblem("backup.cannot_write", path=str(working)) from error
    Workspace.open(working, clock, passphrase).close()
    found = Workspace.open(working, clock, passphrase, read_only=True)
    found.store.kept = KeptFiles(places.files_folder(copy.path), passphrase)
    return found


def forget_looked() -> None:
    """Takes the working copy away, and the backup that bringing it up to date made."""
    for working in _looked().glob("*.db"):
        shutil.rmtree(places.backup_folder(working), ignore_errors=True)
    shutil.rmtree(_looked(), ignore_errors=True)


def _looked() -> Path:
    return places.cache_folder() / "looked"


def second_folder(database: Path, chosen: Path) -> Path:
    """Where in a chosen folder the backups of a file go: another file may use the same stick."""
    return chosen / places.backup_folder(database).name


def back_up_second(store: Store, chosen: Path, watch: Watch = unwatched) -> bool:
    """As `back_up_changes`, into the second folder; False if that is not there now.

    Raises EnvironmentProblem("backup.second_failed"), and the backups here are as they were.
    """
    if not chosen.is_dir():  # made anew, it would lie where the stick is put in next time
        return False
    try:
        backup.back_up_changes(store, second_folder(store.path, chosen), watch)
    except EnvironmentProblem as problem:
        if problem.code == "store.damaged":
            raise
        raise EnvironmentProblem("backup.second_failed", path=str(chosen)) from problem
    return True


def _looked_into(one: Copy, passphrase: str) -> Copy:
    try:
        counts = backup.counted(one.path, fitting(one.path, passphrase))
    except EnvironmentProblem as problem:
        return Copy(one.made, one.place, fault=problem.code)
    return Copy(one.made, one.place, counts)

"""Salvage: a sound file from all that can be read of a damaged one.

Every record is written twice, in its table and in the journal; what one has lost the other may
hold. Rows are taken from their tables, those that are missing are put back from the journal, and
what still refers to something lost is let go. The journal itself goes along, so that the history
of each record stays; nothing from before a salvage can be undone.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import EnvironmentProblem
from fieldsales.store._connection import told
from fieldsales.store.backup import backups, drop, kept_copies, set_aside
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import Store
from fieldsales.store.kept import KeptFiles
from fieldsales.store.salvage import mending, writing
from fieldsales.store.salvage.mending import Mended
from fieldsales.store.salvage.opening import opened


@dataclass(slots=True)
class Saved:
    """What became of a table's records: in the new file `there`, as many of them `put_back` from
    the journal, and `lost` of those that anything still tells of.
    """

    there: int = 0
    put_back: int = 0
    lost: int = 0


@dataclass(slots=True)
class Salvaged:
    """What was saved by table, and of the kept files; `loosened` references were let go of."""

    tables: dict[str, Saved] = field(default_factory=dict)
    files: Saved = field(default_factory=Saved)
    loosened: int = 0

    @property
    def lost(self) -> int:
        """Records that are gone."""
        return sum(one.lost for one in self.tables.values())


def salvage(source: Path, target: Path, passphrase: str = "", watch: Watch = unwatched) -> Salvaged:
    """Writes what can be read of `source` into a new file, which must not be there; `source` stays
    as it is. Kept files come from beside it, or from its backups.

    Raises EnvironmentProblem("salvage.nothing"), or "salvage.nothing_encrypted", if not one row can
    be read, "salvage.cannot_write" if the new file cannot be made; then there is none. What `watch`
    raises stops it.
    """
    kept = [
        KeptFiles(places.files_folder(source), passphrase),
        kept_copies(places.backup_folder(source), passphrase),
    ]
    copy = target.with_name(f"{target.name}.salvaging")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        _clear(unfinished)  # of one that was killed
        lenders = [*backups(places.backup_folder(source)), *set_aside(source)]
        paths = [one.path for one in lenders]
        with told(target), opened(source, copy, passphrase, paths) as reader:
            if not writing.fill(reader, unfinished, passphrase, watch):
                code = "salvage.nothing_encrypted" if passphrase else "salvage.nothing"
                raise EnvironmentProblem(code, path=str(source))
            known = {table: reader.ids(table) for table in reader.broken}
        store = Store.open(unfinished, Clock(), passphrase)
        try:
            report = _told_of(store, mending.mend(store, kept), known)
        finally:
            store.close()
        files = places.files_folder(unfinished)
        if files.is_dir():
            shutil.copytree(files, places.files_folder(target), dirs_exist_ok=True)
        places.put(unfinished, target)
    except BaseException as error:
        code = getattr(error, "code", "")
        if isinstance(error, (OSError, EnvironmentProblem)) and not code.startswith("salvage."):
            raise EnvironmentProblem("salvage.cannot_write", path=str(target)) from error
        raise
    finally:
        with suppress(OSError):
            _clear(unfinished)
    return report


def _clear(unfinished: Path) -> None:
    """Takes away what is not finished, and the copy that bringing it up to date made."""
    drop(unfinished)
    for folder in (places.files_folder(unfinished), places.backup_folder(unfinished)):
        shutil.rmtree(folder, ignore_errors=True)


def _told_of(store: Store, mended: Mended, known: Mapping[str, set[str]]) -> Salvaged:
    report = Salvaged(files=Saved(mended.files, 0, mended.files_lost), loosened=mended.loosened)
    for table in NOUNS:
        ids = {row_id for (row_id,) in store.rows(f"SELECT id FROM {table}")}
        lost = (known.get(table, set()) | mended.lost.get(table, set())) - ids
        if ids or lost:
            report.tables[table] = Saved(len(ids), mended.put_back.get(table, 0), len(lost))
    return report

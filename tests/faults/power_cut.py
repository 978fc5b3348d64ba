"""Power cuts, below the database: what was acknowledged is there after each, and whole.

    python -m tests.faults.power_cut [WORK ...]

The programs of `workers` run under strace for some seconds. At moments in between, chosen by chance
and around each sync, `disk` says what may be left after a cut; that is put there and judged as a
kill is. Not part of the suite: it needs strace, and takes minutes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldsales import places
from fieldsales.services import checkup
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up, backups, verify
from fieldsales.store.sealing import Key, opens
from tests.faults import disk, workers
from tests.workspaces import add, data_hash

SECONDS = 4  # of work that is watched
CUTS = 80  # of each work
_KEYS = ["", Key(b"b" * 16, b"fsl\x01 a test's salt"[:16]).passphrase]
_OLD = Path(__file__).parents[1] / "old_files" / "schema_0003.db.gz"
_Said = list[str]  # what the program told until the cut


@dataclass(frozen=True)
class Work:
    """`prepare` makes the file and gives what the others need to know, as JSON; `judge` raises
    AssertionError, or whatever a spoilt file raises.
    """

    prepare: Callable[[Path], Any]
    do: Callable[[Path, Path, Any], None]
    judge: Callable[[Path, _Said, Any], None]


def _file(root: Path) -> Path:
    return root / "home" / "data" / "fieldsales.db"


def _start(root: Path) -> None:
    workers.start(_file(root))


def _judge_edits(root: Path, said: _Said, _known: Any) -> None:
    last = int(said[-1]) if said else 0
    with closing(Workspace.open(_file(root))) as workspace:
        assert checkup.findings(workspace.store) == []
        counter = [workers.COUNTER]
        saved = int(workspace.store.value("SELECT note FROM customer WHERE id = ?", counter))
        assert saved in (last, last + 1), (saved, last)
        assert workspace.store.value("SELECT count(*) FROM visit") == saved


def _judge_imports(root: Path, said: _Said, _known: Any) -> None:
    with closing(Workspace.open(_file(root))) as workspace:
        assert checkup.findings(workspace.store) == []
        sql = "SELECT substr(name, 1, length(rtrim(name, '0123456789'))) FROM customer"
        names = [name for (name,) in workspace.store.rows(sql) if name.startswith("批")]
        assert set(said) <= set(names)
        assert all(names.count(name) == workers.ROWS for name in names)


def _judge_merges(root: Path, said: _Said, _known: Any) -> None:
    with closing(Workspace.open(_file(root))) as workspace:
        assert checkup.findings(workspace.store) == []
        owners = dict(workspace.store.rows("SELECT sha256, customer_id FROM attachment"))
        assert all(owners[one.split(":")[0]] == one.split(":")[1] for one in said)
        for sha256 in owners:
            workspace.store.kept.read(sha256)


def _judge_backups(root: Path, said: _Said, _known: Any) -> None:
    made = {copy.path.name: copy.path for copy in backups(root / "copies")}
    for path in made.values():
        verify(path)
    assert not said or said[-1].split(":")[1] in made
    _judge_edits(root, [said[-1].split(":")[0]] if said else [], None)


def _two_copies(root: Path) -> dict[str, str]:
    """Two backups of different content, by the hash of it."""
    with closing(Workspace.open(_file(root))) as workspace:
        customer = add(workspace, "customer", name="海润牧业", note="长" * 3_000)
        workspace.run(KeepFile("门头.jpg", b"picture", customer_id=customer))
        found = {}
        for name in ("后来的", "再后来的"):
            found[data_hash(workspace)] = str(back_up(workspace.store, root / "copies").path)
            add(workspace, "customer", name=name)
        return {**found, data_hash(workspace): ""}


def _judge_restored(root: Path, said: _Said, known: dict[str, str]) -> None:
    with closing(Workspace.open(_file(root))) as workspace:
        assert checkup.findings(workspace.store) == []
        found = known[data_hash(workspace)]
        assert found or not said


def _with_photos(root: Path) -> dict[str, Any]:
    with closing(Workspace.open(_file(root))) as workspace:
        customer = add(workspace, "customer", name="海润牧业", note="长" * 2_000)
        kept = [KeepFile(f"{n}.jpg", bytes([n]) * 9_000, customer_id=customer) for n in range(4)]
        for one in kept:
            workspace.run(one)
        back_up(workspace.store)
        back_up(workspace.store)
        return {"hash": data_hash(workspace), "photos": [one.sha256 for one in kept]}


def _judge_converted(root: Path, _said: _Said, known: dict[str, Any]) -> None:
    path = _file(root)
    [has] = [one for one in _KEYS if opens(path, one)]
    with closing(Workspace.open(path, passphrase=has)) as workspace:
        assert checkup.findings(workspace.store) == []
        assert data_hash(workspace) == known["hash"]
        for sha256 in known["photos"]:
            workspace.store.kept.read(sha256)
    copies = backups(places.backup_folder(path))
    assert len(copies) == 2
    assert all(opens(copy.path, has) for copy in copies)


def _judge_migrated(root: Path, _said: _Said, _known: Any) -> None:
    if _file(root).exists():
        with closing(Workspace.open(_file(root))) as workspace:
            assert checkup.findings(workspace.store) == []


def _edit(path: Path, told: Path, _known: Any) -> None:
    workers.edit(path, told, False)


def _edit_eagerly(path: Path, told: Path, _known: Any) -> None:
    workers.edit(path, told, True)


def _import(path: Path, told: Path, _known: Any) -> None:
    tables = Path(tempfile.mkdtemp())
    workers.import_files(path, told, tables)


def _back_up(path: Path, told: Path, _known: Any) -> None:
    workers.back_up_often(path, told, told.with_name("copies"))


def _restore(path: Path, told: Path, known: dict[str, str]) -> None:
    workers.restore_often(path, told, [Path(copy) for copy in known.values() if copy])


def _convert(path: Path, told: Path, _known: Any) -> None:
    workers.convert(path, told, (_KEYS[0], _KEYS[1]))


def _migrate(path: Path, told: Path, _known: Any) -> None:
    workers.migrate_often(path, told, _OLD)


WORKS = {
    "edit": Work(_start, _edit, _judge_edits),
    "fold": Work(_start, _edit_eagerly, _judge_edits),
    "import": Work(_start, _import, _judge_imports),
    "merge": Work(_start, workers.merge_often, _judge_merges),
    "backup": Work(_start, _back_up, _judge_backups),
    "restore": Work(_two_copies, _restore, _judge_restored),
    "convert": Work(_with_photos, _convert, _judge_converted),
    "migrate": Work(_start, _migrate, _judge_migrated),
}


def cuts(name: str, root: Path, chance: random.Random) -> Iterator[tuple[str, Exception | None]]:
    """Each cut of a work, and what was wrong after it."""
    work, told = WORKS[name], root / "told"
    known = work.prepare(root)
    with tempfile.TemporaryDirectory() as beside:
        trace, whole = Path(beside) / "trace", Path(beside) / "whole"
        shutil.copytree(root, whole)
        strace = ["strace", "-f", "-q", "-xx", "-s", "9999999", "-e", f"trace={disk.CALLS}"]
        program = [sys.executable, "-m", "tests.faults.power_cut", "--do"]
        given = [name, str(root), json.dumps(known)]
        subprocess.run([*strace, "-o", str(trace), *program, *given], check=True)
        wanted = _moments(disk.Disk(whole, root), trace, chance)
        seen = disk.Disk(whole, root)
        for number, call in enumerate(disk.calls(trace)):
            seen.do(*call)
            if number not in wanted:
                continue
            shutil.rmtree(root)
            disk.put(seen.after_cut(chance))
            try:
                work.judge(root, seen.content(told).decode().split(), known)
            except Exception as error:  # noqa: BLE001 - whatever is wrong
                yield f"call {number}, {call[0]}", error
            else:
                yield f"call {number}, {call[0]}", None


def _moments(seen: disk.Disk, trace: Path, chance: random.Random) -> set[int]:
    """Calls after which to cut: half of them those that settle something, or change a name."""
    writes, others = [], []
    for number, (name, given, result) in enumerate(disk.calls(trace)):
        if seen.do(name, given, result):
            (writes if "write" in name else others).append(number)
    chosen = [chance.sample(some, min(len(some), CUTS // 2)) for some in (writes, others)]
    return {number for some in chosen for number in some}


def _do(name: str, root: Path, known: Any) -> None:
    """A work, until it is over; to be watched."""
    threading.Timer(SECONDS, os._exit, [0]).start()
    WORKS[name].do(_file(root), root / "told", known)


def main() -> int:
    """0 if nothing was wrong."""
    if sys.argv[1:2] == ["--do"]:
        _do(sys.argv[2], Path(sys.argv[3]), json.loads(sys.argv[4]))
    bad = 0
    for name in sys.argv[1:] or WORKS:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve() / "disk"
            os.environ["FIELDSALES_HOME"] = str(root / "home")
            _file(root).parent.mkdir(parents=True)
            found = list(cuts(name, root, random.Random(1)))
        wrong = [(where, error) for where, error in found if error]
        said = [f"{name}: {len(found)} cuts, {len(wrong)} wrong"]
        said += [f"  {where}: {error!r}" for where, error in wrong]
        print(*said, sep="\n", flush=True)
        bad += len(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

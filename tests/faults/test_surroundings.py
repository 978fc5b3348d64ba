"""What fails around the file: no rights, no room, another program, a file that goes away."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from fieldsales import places
from fieldsales.__main__ import main
from fieldsales.cli import DAMAGED, DONE
from fieldsales.errors import EnvironmentProblem
from fieldsales.services import checkup, passwords
from fieldsales.services.copies import back_up_second, second_folder
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store import _connection, backup, drafts
from fieldsales.store.backup import back_up, backups
from fieldsales.store.conversion import finish
from fieldsales.store.restoring import restore
from fieldsales.store.salvage import salvage
from fieldsales.store.sealing import opens
from tests.faults.conftest import fill, room
from tests.workspaces import add, data_hash


def refused(code: str, work: Callable[[], object]) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as caught:
        work()
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder others can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Rights do not stop root, who therefore becomes somebody else for the while."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_may_only_be_read(shared: Path) -> None:
    path = shared / "f.db"
    workspace = Workspace.open(path)
    fill(workspace, 2)
    customer = workspace.store.value("SELECT id FROM customer")
    before = data_hash(workspace)
    workspace.close()
    shared.chmod(0o777)
    path.chmod(0o444)
    with somebody_else():
        workspace = Workspace.open(path)
        assert data_hash(workspace) == before
        for work in (
            lambda: workspace.run(EditRecord("customer", customer, {"name": "x"})),
            workspace.undo,
            lambda: drafts.keep(workspace.store, "customer", customer, "name", "x"),
        ):
            assert refused("store.read_only", work).params == {"path": str(path)}
        assert data_hash(workspace) == before
        assert checkup.findings(workspace.store) == []
        workspace.close()


def test_a_folder_that_may_only_be_read(shared: Path) -> None:
    path = shared / "f.db"
    workspace = Workspace.open(path)
    fill(workspace, 2)
    records = data_hash(workspace)
    workspace.close()
    before = path.read_bytes()
    shared.chmod(0o555)
    with somebody_else():
        refused("store.cannot_open", lambda: Workspace.open(shared / "new.db"))
        refused("store.cannot_open", lambda: Workspace.open(shared / "new" / "new.db"))
        refused("store.read_only", lambda: Workspace.open(path))
        reader = Workspace.open(path, read_only=True)
        assert data_hash(reader) == records
        assert checkup.findings(reader.store) == []
        refused("store.read_only", reader.undo)
        reader.close()
    assert [file.name for file in shared.iterdir()] == ["f.db"]
    assert path.read_bytes() == before


def test_commands_that_only_read_in_a_folder_that_may_only_be_read(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shared / "f.db"
    workspace = Workspace.open(path)
    fill(workspace, 2)
    workspace.close()
    shared.chmod(0o555)
    with somebody_else():
        assert main(["check", "--db", str(path)]) == DONE
        assert main(["search", "养殖场", "--limit", "1", "--db", str(path)]) == DONE
        assert main(["check", "--mend", "--db", str(path)]) == DAMAGED
    assert "养殖场" in capsys.readouterr().out
    assert [file.name for file in shared.iterdir()] == ["f.db"]


def test_a_file_one_may_not_even_read(shared: Path) -> None:
    path = shared / "f.db"
    Workspace.open(path).close()
    path.chmod(0)
    with somebody_else():
        refused("store.cannot_open", lambda: Workspace.open(path))


def test_copies_where_one_may_not_write(workspace: Workspace, shared: Path) -> None:
    shared.chmod(0o555)
    with somebody_else():
        refused("backup.cannot_write", lambda: back_up(workspace.store, shared / "copies"))
        refused("backup.cannot_write", lambda: back_up(workspace.store, shared))
    add(workspace, "customer", name="海润")


def test_a_full_disk_loses_nothing_that_was_saved(workspace: Workspace) -> None:
    fill(workspace, 3)
    customer = workspace.store.value("SELECT id FROM customer")
    pages = workspace.store.value("PRAGMA page_count")
    workspace.store.value(f"PRAGMA max_page_count = {pages + 8}")
    saved = data_hash(workspace)
    for number in range(100):
        operation = EditRecord("customer", customer, {"note": str(number) * 6_000})
        try:
            workspace.run(operation)
        except EnvironmentProblem as full:
            code = full.code
            break
        saved = data_hash(workspace)
    assert code == "store.disk_full"
    assert data_hash(workspace) == saved
    assert checkup.findings(workspace.store) == []
    workspace.store.value(f"PRAGMA max_page_count = {pages + 10_000}")  # somebody made room
    workspace.run(operation)
    assert checkup.findings(workspace.store) == []


def test_a_log_that_cannot_grow(workspace: Workspace, db_path: Path) -> None:
    workspace.store.value("PRAGMA wal_checkpoint(TRUNCATE)")  # else it has room left inside
    fill(workspace, 3)
    saved = data_hash(workspace)
    size = Path(f"{db_path}-wal").stat().st_size
    with room(size + 10_000):
        refused("store.disk_failed", lambda: fill(workspace, 30))
    assert checkup.findings(workspace.store) == []
    while data_hash(workspace) != saved:  # what was saved before the disk was full stays
        workspace.undo()
    fill(workspace, 3)
    assert checkup.findings(workspace.store) == []


def test_no_room_for_copies_and_kept_files(db_path: Path, filled: str, tmp_path: Path) -> None:
    workspace = Workspace.open(db_path)
    good = back_up(workspace.store)
    with room(50_000):
        refused("backup.cannot_write", lambda: back_up(workspace.store))
        picture = KeepFile("圈舍.jpg", b"x" * 100_000, "photo")
        refused("files.cannot_write", lambda: workspace.run(picture))
    folder = places.backup_folder(db_path)
    assert [path.name for path in folder.iterdir()] == [good.path.name]
    assert checkup.findings(workspace.store) == []
    workspace.run(picture)
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_no_room_to_restore(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    good = back_up(workspace.store)
    add(workspace, "customer", name="之后的")
    later = data_hash(workspace)
    workspace.close()
    names = sorted(path.name for path in db_path.parent.iterdir())
    with room(50_000):
        refused("backup.cannot_write", lambda: restore(good.path, db_path))
    assert sorted(path.name for path in db_path.parent.iterdir()) == names
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == later
    workspace.close()


def test_no_room_to_salvage_nor_on_the_stick(db_path: Path, filled: str, tmp_path: Path) -> None:
    names = sorted(path.name for path in db_path.parent.iterdir())
    for limit in (1_000, 50_000, 600_000):
        with room(limit):
            refused("salvage.cannot_write", lambda: salvage(db_path, db_path.with_name("s.db")))
    assert sorted(path.name for path in db_path.parent.iterdir()) == names
    workspace = Workspace.open(db_path)
    stick = tmp_path / "usb"
    stick.mkdir()
    with room(50_000):
        refused("backup.second_failed", lambda: back_up_second(workspace.store, stick))
    assert backups(second_folder(db_path, stick)) == []
    assert back_up_second(workspace.store, stick)
    assert data_hash(workspace) == filled
    workspace.close()


def test_a_clock_that_jumps(db_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies from the future are no reason to make none now, nor is the newest dropped for them."""
    workspace = Workspace.open(db_path)
    real = backup.datetime

    class Jumped:
        days = 0
        strptime = staticmethod(real.strptime)

        @classmethod
        def now(cls) -> datetime:
            return real.now() + timedelta(days=cls.days)

    monkeypatch.setattr(backup, "datetime", Jumped)
    made = []
    for number, days in enumerate((0, 400, -400, 3, 0)):
        Jumped.days = days
        add(workspace, "customer", name=f"第{number}次")
        made.append(backup.back_up_changes(workspace.store))
        assert made[-1] is not None
        assert made[-1].path.exists()
    restore(made[-1].path, db_path.with_name("back.db"))
    again = Workspace.open(db_path.with_name("back.db"))
    assert data_hash(again) == data_hash(workspace)
    again.close()
    workspace.close()


def test_a_slow_drive_holds_nobody_up(
    db_path: Path, filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a copy creeps to the stick, what is typed is saved; the copy is of one moment."""
    monkeypatch.setattr(backup, "_STEP", 20)
    workspace = Workspace.open(db_path)
    began = threading.Event()

    def creep(_done: int, _total: int) -> None:
        began.set()
        time.sleep(0.005)

    def work() -> None:
        back_up_second(workspace.store, tmp_path, creep)
        workspace.store.release()

    beside = threading.Thread(target=work)
    beside.start()
    assert began.wait(5)
    count = 0
    while beside.is_alive():
        add(workspace, "customer", name=f"第{count}家")
        count += 1
    assert count > 3
    [copy] = backups(second_folder(db_path, tmp_path))
    looked = Workspace.open(copy.path, read_only=True)
    assert data_hash(looked) == filled
    looked.close()
    workspace.close()


def test_no_room_for_a_new_file(tmp_path: Path) -> None:
    with room(20_000), pytest.raises(EnvironmentProblem):
        Workspace.open(tmp_path / "new.db")
    workspace = Workspace.open(tmp_path / "new.db")
    assert checkup.findings(workspace.store) == []
    workspace.close()


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_another_program_that_writes(workspace: Workspace, db_path: Path, lock: str) -> None:
    customer = add(workspace, "customer", name="海润")
    other = sqlcipher.connect(db_path, isolation_level=None)
    other.execute(f"BEGIN {lock}")
    for work in (
        lambda: workspace.run(EditRecord("customer", customer, {"name": "x"})),
        workspace.undo,
        lambda: checkup.mend_caches(workspace.store, wait=0.05),
    ):
        assert refused("store.locked", work).params == {"path": str(db_path)}
    assert workspace.store.value("SELECT name FROM customer") == "海润"  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    workspace.run(EditRecord("customer", customer, {"name": "海润牧业"}))
    assert checkup.findings(workspace.store) == []


def test_another_program_that_keeps_the_file_to_itself(
    db_path: Path, filled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_connection.PRAGMAS, "busy_timeout", 50)
    other = sqlcipher.connect(db_path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    refused("store.locked", lambda: Workspace.open(db_path))
    refused("store.locked", lambda: Workspace.open(db_path, read_only=True))
    other.close()
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == filled
    workspace.close()


def test_another_thread_that_writes(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    with workspace.store.write_lock:
        refused(
            "store.busy",
            lambda: workspace.run(EditRecord("customer", customer, {"name": "x"}), wait=0.01),
        )
        refused("store.busy", workspace.undo)
    workspace.undo()


def test_a_file_that_is_deleted_while_it_is_open(workspace: Workspace, db_path: Path) -> None:
    fill(workspace, 3)
    saved = data_hash(workspace)
    for ending in ("", "-wal", "-shm"):
        Path(f"{db_path}{ending}").unlink()
    told = refused("store.vanished", lambda: fill(workspace, 1))
    refused("store.vanished", lambda: fill(workspace, 1))
    workspace.close()
    [copy] = backups(places.backup_folder(db_path))
    assert told.params == {"path": str(db_path), "copy": str(copy.path)}
    restore(copy.path, db_path)
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == saved
    workspace.close()


def test_a_file_that_is_replaced_while_it_is_open(workspace: Workspace, db_path: Path) -> None:
    fill(workspace, 1)
    other = db_path.with_name("other.db")
    shutil.copy(db_path, other)
    before = other.read_bytes()
    other.replace(db_path)
    refused("store.vanished", lambda: fill(workspace, 1))
    refused("store.vanished", workspace.undo)
    assert db_path.read_bytes() == before


def test_a_file_that_is_back_again(workspace: Workspace, db_path: Path) -> None:
    """A drive that was unplugged and plugged in, or a folder renamed and renamed back."""
    away = db_path.with_name("away.db")
    db_path.rename(away)
    refused("store.vanished", lambda: add(workspace, "customer", name="海润"))
    away.rename(db_path)
    add(workspace, "customer", name="海润")
    assert checkup.findings(workspace.store) == []


def _crashed(workspace: Workspace, db_path: Path, folder: Path) -> Path:
    """The files as a power cut leaves them: the log not yet folded in."""
    copy = folder / "crashed.db"
    for ending in ("", "-wal", "-shm"):
        shutil.copy(f"{db_path}{ending}", f"{copy}{ending}")
    return copy


def test_a_log_that_was_left_behind(workspace: Workspace, db_path: Path, tmp_path: Path) -> None:
    fill(workspace, 3)
    copy = _crashed(workspace, db_path, tmp_path)
    again = Workspace.open(copy)
    assert data_hash(again) == data_hash(workspace)
    assert checkup.findings(again.store) == []
    again.close()
    assert not Path(f"{copy}-wal").exists()


def test_a_log_that_was_cut_off(workspace: Workspace, db_path: Path, tmp_path: Path) -> None:
    """Each commit is whole or not there, wherever the log ends."""
    states = [data_hash(workspace)]
    for number in range(12):
        add(workspace, "customer", name=f"第{number}家")
        states.append(data_hash(workspace))
    copy = _crashed(workspace, db_path, tmp_path)
    files = {ending: Path(f"{copy}{ending}").read_bytes() for ending in ("", "-wal")}
    seen = []
    for part in range(11):
        Path(f"{copy}-shm").unlink(missing_ok=True)
        copy.write_bytes(files[""])
        log = files["-wal"]
        Path(f"{copy}-wal").write_bytes(log[: len(log) * part // 10])
        again = Workspace.open(copy)
        assert checkup.findings(again.store) == []
        seen.append(states.index(data_hash(again)))
        again.close()
    assert seen == sorted(seen)
    assert seen[-1] == 12


def test_a_log_that_was_removed(workspace: Workspace, db_path: Path, tmp_path: Path) -> None:
    """Costs what was in it, back to a whole earlier state, and no more."""
    workspace.run(AddRecord("customer", {"name": "早就存进去的"}))
    workspace.store.value("PRAGMA wal_checkpoint(TRUNCATE)")
    early = data_hash(workspace)
    add(workspace, "customer", name="还在日志里")
    copy = _crashed(workspace, db_path, tmp_path)
    Path(f"{copy}-wal").unlink()
    again = Workspace.open(copy)
    assert data_hash(again) == early
    assert checkup.findings(again.store) == []
    again.undo()
    again.close()


@pytest.mark.parametrize("limit", [0, 1_000, 50_000, 300_000])
def test_no_room_to_encrypt(db_path: Path, filled: str, limit: int) -> None:
    workspace = Workspace.open(db_path)
    good = back_up(workspace.store)
    workspace.close()
    with room(limit):
        refused("lock.cannot_write", lambda: passwords.protect(db_path, None, "three lamps"))
    workspace = Workspace.open(db_path)
    assert data_hash(workspace) == filled
    workspace.close()
    assert not list(db_path.parent.glob("*.converting")) + list(db_path.parent.glob("*.former"))
    key = passwords.protect(db_path, None, "three lamps").key
    assert key is not None
    assert opens(good.path, key.passphrase)
    with room(limit):
        refused("lock.cannot_write", lambda: passwords.unprotect(db_path, key))
    workspace = Workspace.open(db_path, passphrase=key.passphrase)
    assert data_hash(workspace) == filled
    workspace.close()


def test_no_room_to_encrypt_the_backups(db_path: Path, filled: str) -> None:
    """They are as large as ever, and follow when there is room again."""
    workspace = Workspace.open(db_path)
    small = back_up(workspace.store)
    fill(workspace, 60)
    large = back_up(workspace.store)
    workspace.close()
    restore(small.path, db_path)
    with room(small.size + 200_000):
        done = passwords.protect(db_path, None, "three lamps")
    assert done.key is not None
    assert large.path in done.left
    assert opens(large.path, "")
    assert opens(small.path, done.key.passphrase)
    assert finish(db_path, done.key.passphrase) == []
    assert opens(large.path, done.key.passphrase)

"""Copies are whole, checked, kept by age and elsewhere; restoring loses neither side."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldsales import places
from fieldsales.domain.ids import new_id
from fieldsales.errors import Cancelled, EnvironmentProblem
from fieldsales.services import checkup
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.records import EditMany, EditRecord, TrashRecords
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up, back_up_changes, backups, newest_good, verify
from fieldsales.store.journal import Writer
from fieldsales.store.restoring import restore
from tests.workspaces import add, data_hash

NAME = "%Y%m%d-%H%M%S-%f"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copies"


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润", note="x" * 5_000)


@pytest.fixture
def closed(db_path: Path) -> str:
    """A file nobody has open; gives the hash of its records."""
    workspace = Workspace.open(db_path)
    for number in range(50):
        add(workspace, "customer", name=f"第{number}家", note="长" * 2_000)
    result = data_hash(workspace)
    workspace.close()
    return result


def holds(path: Path) -> str:
    """Hash of the records of a file, opened as a copy so that it stays as it is."""
    copy = path.with_name(f"{path.name}.look")
    for ending in ("", "-wal"):
        part = path.with_name(path.name + ending)
        if part.exists():
            shutil.copy(part, copy.with_name(copy.name + ending))
    workspace = Workspace.open(copy)
    assert checkup.findings(workspace.store) == []
    result = data_hash(workspace)
    workspace.close()
    copy.unlink()
    return result


def test_a_copy_is_one_whole_file(workspace: Workspace, customer: str, folder: Path) -> None:
    made = back_up(workspace.store, folder)
    assert [path.name for path in folder.iterdir()] == [made.path.name]
    assert made.size == made.path.stat().st_size
    verify(made.path)
    assert holds(made.path) == data_hash(workspace)
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    assert holds(made.path) != data_hash(workspace)
    assert backups(folder) == [made]


def test_a_copy_holds_one_moment(
    workspace: Workspace, customer: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.store.backup._STEP", 20)
    before = data_hash(workspace)
    seen: list[int] = []

    def change() -> None:
        workspace.run(EditRecord("customer", customer, {"region": f"第{len(seen)}次"}), wait=5)
        workspace.store.release()

    def watch(done: int, total: int) -> None:
        assert done <= total
        seen.append(done)
        beside = threading.Thread(target=change)
        beside.start()
        beside.join()

    made = back_up(workspace.store, folder, watch)
    assert seen == sorted(seen)  # it never began anew
    assert len(seen) > 2
    assert holds(made.path) == before != data_hash(workspace)


def test_a_copy_that_is_stopped_leaves_nothing(
    workspace: Workspace, customer: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.store.backup._STEP", 20)
    good = back_up(workspace.store, folder)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        back_up(workspace.store, folder, stop)
    assert list(folder.iterdir()) == [good.path]
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    assert holds(back_up(workspace.store, folder).path) == data_hash(workspace)


def test_copies_lie_apart_from_the_file(db_path: Path) -> None:
    for path in (db_path, places.default_database()):
        assert path.parent not in [path, *places.backup_folder(path).parents]
    same_name = db_path.parent / "elsewhere" / db_path.name
    assert places.backup_folder(same_name) != places.backup_folder(db_path)


AGES = st.lists(
    st.floats(-30 * 24, 200 * 24), max_size=60
)  # hours; negative: the clock was set back


@given(ages=AGES)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_copies_are_kept_by_age(
    tmp_path_factory: pytest.TempPathFactory, ages: list[float]
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    workspace = Workspace.open(folder / "f.db")
    now = datetime.now().astimezone()
    old = {now - timedelta(hours=age) for age in ages}
    for moment in old:
        (folder / f"{moment.strftime(NAME)}.db").touch()
    mine = folder / "拜访照片.db"
    mine.touch()
    made = back_up(workspace.store, folder)
    workspace.close()

    moments = sorted(old | {made.made_at}, reverse=True)
    wanted = set(moments[:10]) | {made.made_at}
    for periods, count in (("%Y %j", 14), ("%G %V", 8)):
        newest = {moment.strftime(periods): moment for moment in reversed(moments)}
        wanted |= {newest[period] for period in list(reversed(newest))[:count]}
    left = {path.stem for path in folder.glob("2*.db")}
    assert left == {moment.strftime(NAME) for moment in wanted}
    assert len(left) <= 10 + 14 + 8 + 1
    assert mine.exists()


@dataclass(frozen=True)
class Plenty(Operation):
    rows: int = 1_000

    def apply(self, writer: Writer) -> None:
        rows = [{"id": new_id(), "name": f"第{number}家"} for number in range(self.rows)]
        writer.insert_many("customer", rows)


def test_a_copy_follows_a_large_change_of_any_kind(workspace: Workspace) -> None:
    folder = places.backup_folder(workspace.store.path)
    workspace.run(Plenty(rows=0))
    workspace.run(Plenty(rows=999))
    assert backups(folder) == []
    workspace.run(Plenty())
    ids = tuple(row_id for (row_id,) in workspace.store.rows("SELECT id FROM customer"))
    for count, change in enumerate(
        (
            lambda: None,
            lambda: workspace.run(EditMany("customer", ids, {"region": "定边"})),
            lambda: workspace.run(TrashRecords("customer", ids)),
            workspace.undo,
            workspace.redo,
        ),
        start=1,
    ):
        change()
        assert len(backups(folder)) == count
        assert holds(backups(folder)[0].path) == data_hash(workspace)


def test_whoever_opened_the_file_may_see_to_the_copy(workspace: Workspace) -> None:
    asked: list[str] = []
    workspace.keep_copy = lambda: asked.append(data_hash(workspace))
    workspace.run(Plenty())
    assert asked == [data_hash(workspace)]
    assert backups(places.backup_folder(workspace.store.path)) == []


def test_a_large_operation_is_in_even_if_it_cannot_be_copied(workspace: Workspace) -> None:
    folder = places.backup_folder(workspace.store.path)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    changed = workspace.run(Plenty())
    assert len(changed.rows["customer"]) == 1_000
    assert checkup.findings(workspace.store) == []


def test_what_a_crash_left_is_cleared(workspace: Workspace, folder: Path) -> None:
    folder.mkdir()
    old, fresh = folder / "20200101-000000-000000.part", folder / "20991231-000000-000000.part"
    for path in (old, fresh, old.with_name(old.name + "-journal")):
        path.touch()
    os.utime(old, (0, 0))
    back_up(workspace.store, folder)
    assert [path.name for path in folder.glob("*.part*")] == [fresh.name]


def _spoil(path: Path, first: int = 40_000, count: int = 20_000) -> None:
    with path.open("r+b") as file:
        file.seek(first)
        file.write(bytes(count))


def test_a_damaged_file_costs_no_good_copy(db_path: Path, closed: str, folder: Path) -> None:
    workspace = Workspace.open(db_path)
    good = back_up(workspace.store, folder)
    workspace.close()
    _spoil(db_path)
    workspace = Workspace.open(db_path)
    with pytest.raises(EnvironmentProblem) as caught:
        back_up(workspace.store, folder)
    workspace.close()
    assert caught.value.code == "store.damaged"
    assert caught.value.params == {"path": str(db_path)}  # not the copy's
    assert [path.name for path in folder.iterdir()] == [good.path.name]
    assert holds(good.path) == closed


def test_a_copy_that_cannot_be_written(workspace: Workspace, folder: Path) -> None:
    folder.write_text("a file, not a folder")
    with pytest.raises(EnvironmentProblem) as caught:
        back_up(workspace.store, folder)
    assert caught.value.code == "backup.cannot_write"
    assert caught.value.params == {"path": str(folder)}


def test_the_newest_good_copy(workspace: Workspace, customer: str, folder: Path) -> None:
    assert newest_good(folder) is None
    first = back_up(workspace.store, folder)
    spoilt = [back_up(workspace.store, folder) for _ in range(3)]
    _spoil(spoilt[0].path)
    spoilt[1].path.write_bytes(b"")
    spoilt[2].path.write_bytes(b"not a database at all")
    assert newest_good(folder) == first


def test_restoring_keeps_what_was_there_with_its_log(
    db_path: Path, closed: str, folder: Path
) -> None:
    workspace = Workspace.open(db_path)
    made = back_up(workspace.store, folder)
    add(workspace, "customer", name="之后的")
    later = data_hash(workspace)
    crashed = db_path.with_name("crashed.db")  # as a crash leaves it: the last edit in the log
    for ending in ("", "-wal"):
        shutil.copy(f"{db_path}{ending}", f"{crashed}{ending}")
    workspace.close()

    kept = restore(made.path, crashed)
    assert kept is not None
    assert kept.parent == crashed.parent
    assert holds(kept) == later
    assert holds(crashed) == closed
    workspace = Workspace.open(crashed)
    workspace.undo()  # the restored file lives on
    assert checkup.findings(workspace.store) == []
    workspace.close()


@pytest.mark.parametrize("trouble", ["garbage", "empty", "zeroed page", "gone", "folder"])
def test_restoring_over_whatever_is_wrong(
    db_path: Path, closed: str, folder: Path, trouble: str
) -> None:
    workspace = Workspace.open(db_path)
    made = back_up(workspace.store, folder)
    workspace.close()
    if trouble == "garbage":
        db_path.write_bytes(b"garbage" * 1_000)
    elif trouble == "empty":
        db_path.write_bytes(b"")
    elif trouble == "zeroed page":
        _spoil(db_path)
    else:
        db_path.unlink()
        if trouble == "folder":
            db_path.mkdir()
    before = db_path.read_bytes() if db_path.is_file() else None
    kept = restore(made.path, db_path)
    assert holds(db_path) == closed
    if before is not None:
        assert kept is not None
        assert kept.read_bytes() == before


def test_a_log_left_alone_does_not_spoil_what_is_restored(
    db_path: Path, closed: str, folder: Path
) -> None:
    workspace = Workspace.open(db_path)
    made = back_up(workspace.store, folder)
    add(workspace, "customer", name="只在日志里")
    log = Path(f"{db_path}-wal").read_bytes()
    workspace.close()
    db_path.unlink()
    Path(f"{db_path}-wal").write_bytes(log)
    kept = restore(made.path, db_path)
    assert holds(db_path) == closed
    assert kept is not None
    assert Path(f"{kept}-wal").read_bytes() == log


def test_restoring_a_file_with_its_log(db_path: Path, closed: str, tmp_path: Path) -> None:
    """Somebody's own copy of an open file: the last edits are only in the log beside it."""
    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="之后的")
    later = data_hash(workspace)
    for ending in ("", "-wal"):
        shutil.copy(f"{db_path}{ending}", tmp_path / f"own.db{ending}")
    workspace.close()
    target = tmp_path / "new" / "f.db"
    assert restore(tmp_path / "own.db", target) is None
    assert holds(target) == later


def test_a_damaged_file_is_kept_as_it_was_with_its_log(
    db_path: Path, closed: str, folder: Path, tmp_path: Path
) -> None:
    """Opening it, to see whether it is in use, works the log into it."""
    workspace = Workspace.open(db_path)
    made = back_up(workspace.store, folder)
    add(workspace, "customer", name="只在日志里")
    target = tmp_path / "crashed" / "f.db"
    target.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{db_path}{ending}", f"{target}{ending}")
    workspace.close()
    _spoil(target)
    before, log = target.read_bytes(), Path(f"{target}-wal").read_bytes()
    kept = restore(made.path, target)
    assert holds(target) == closed
    assert kept is not None
    assert (kept.read_bytes(), Path(f"{kept}-wal").read_bytes()) == (before, log)
    assert not Path(f"{target}-wal").exists()


@pytest.fixture
def photo(workspace: Workspace, customer: str) -> Path:
    """A kept file, where it lies."""
    operation = KeepFile("门头.jpg", b"jpeg" * 99, customer_id=customer)
    workspace.run(operation)
    return workspace.store.kept.file(operation.sha256).path


def test_kept_files_are_in_the_backup_once(
    workspace: Workspace, photo: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(workspace.store, folder)
    copy = folder / "files" / photo.parent.name / photo.name
    assert copy.read_bytes() == photo.read_bytes()
    workspace.undo()  # redo will want it
    photo.write_bytes(b"spoilt")
    back_up(workspace.store, folder)
    assert copy.read_bytes() == b"jpeg" * 99
    copy.unlink()
    back_up(workspace.store, folder)
    assert not copy.exists()  # what is spoilt is no copy


def test_what_is_missing_of_the_kept_files_comes_back(
    workspace: Workspace, photo: Path, folder: Path, tmp_path: Path
) -> None:
    made = back_up(workspace.store, folder)
    other = folder / "files" / "ff" / ("f" * 64)
    other.parent.mkdir()
    other.write_bytes(b"of another file")
    path = workspace.store.path
    workspace.close()
    photo.unlink()
    for target in (path, tmp_path / "new" / "f.db"):
        restore(made.path, target)
        restored = Workspace.open(target)
        assert checkup.findings(restored.store) == []
        restored.close()
        files = [one for one in places.files_folder(target).rglob("*") if one.is_file()]
        assert [one.name for one in files] == [photo.name]
        assert files[0].read_bytes() == b"jpeg" * 99


def test_what_has_not_changed_is_not_copied_again(
    workspace: Workspace, customer: str, photo: Path
) -> None:
    folder = places.backup_folder(workspace.store.path)
    week_ago = datetime.now().astimezone() - timedelta(days=7)
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: workspace.run(EditRecord("customer", customer, {"region": "定边"})),
        lambda: workspace.run(EditRecord("customer", customer, {"region": "靖边"})),  # merges
        workspace.undo,
        workspace.redo,
        lambda: drafts.keep(workspace.store, "customer", customer, "employees", "一百来人"),
        lambda: os.truncate(backups(folder)[0].path, 4096),
        lambda: backups(folder)[0].path.rename(folder / f"{week_ago:{NAME}}.db"),
    ]
    for count, change in enumerate(changes, start=1):
        change()
        made = back_up_changes(workspace.store)
        assert made is not None
        verify(made.path)
        for _ in range(2):
            assert back_up_changes(workspace.store) is None
        assert len(backups(folder)) == count
    shutil.rmtree(folder / "files")
    assert back_up_changes(workspace.store) is None
    assert (folder / "files" / photo.parent.name / photo.name).exists()


def test_another_way_on_from_a_restored_copy_is_a_change(db_path: Path, closed: str) -> None:
    """The journal's numbers are the same, what was done is not."""
    workspace = Workspace.open(db_path)
    base = back_up_changes(workspace.store)
    assert base is not None
    add(workspace, "customer", name="甲")
    assert back_up_changes(workspace.store) is not None
    workspace.close()
    restore(base.path, db_path)
    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="乙")
    assert back_up_changes(workspace.store) is not None
    workspace.close()


@pytest.fixture
def _untouched(db_path: Path, closed: str) -> Iterator[None]:
    """Nothing in the folder of the file may change."""
    before = {path.name: path.read_bytes() for path in db_path.parent.iterdir()}
    yield
    assert {path.name: path.read_bytes() for path in db_path.parent.iterdir()} == before


@pytest.mark.usefixtures("_untouched")
@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("garbage", "store.not_a_database"),
        ("empty", "store.not_ours"),
        ("zeroed page", "store.damaged"),
        ("truncated", "store.damaged"),
        ("of another program", "store.not_ours"),
        ("newer", "store.newer_schema"),
        ("folder", "store.cannot_open"),
    ],
)
def test_what_is_no_good_copy_is_not_restored(
    db_path: Path, tmp_path_factory: pytest.TempPathFactory, source: str, code: str
) -> None:
    path = tmp_path_factory.mktemp("sources") / "copy.db"
    shutil.copy(db_path, path)
    if source == "garbage":
        path.write_bytes(os.urandom(50_000))
    elif source == "empty":
        path.write_bytes(b"")
    elif source == "zeroed page":
        _spoil(path)
    elif source == "truncated":
        os.truncate(path, path.stat().st_size // 2)
    elif source == "folder":
        path.unlink()
        path.mkdir()
    else:
        pragma = "application_id = 7" if source == "of another program" else "user_version = 99"
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA {pragma}")
        connection.commit()
        connection.close()
    with pytest.raises(EnvironmentProblem) as caught:
        restore(path, db_path)
    assert caught.value.code == code
    assert caught.value.params == {"path": str(path)}


def test_a_file_that_is_open_elsewhere_is_not_replaced(
    workspace: Workspace, customer: str, folder: Path
) -> None:
    made = back_up(workspace.store, folder)
    workspace.run(EditRecord("customer", customer, {"region": "定边"}))
    with pytest.raises(EnvironmentProblem, match=r"store\.locked"):
        restore(made.path, workspace.store.path)
    workspace.run(EditRecord("customer", customer, {"phone": "0912"}))
    assert workspace.store.rows("SELECT region, phone FROM customer") == [("定边", "0912")]
    assert checkup.findings(workspace.store) == []


@pytest.mark.usefixtures("_untouched")
def test_nothing_changes_where_the_copy_does_not_fit(
    db_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path_factory.mktemp("sources") / "copy.db"
    shutil.copy(db_path, source)
    rename = Path.replace

    def full(self: Path, target: Path) -> Path:
        if self.suffix == ".restoring":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EnvironmentProblem, match=r"backup\.cannot_write"):
        restore(source, db_path)

"""`kill -9` in the middle of whatever: what was acknowledged is there, and nothing by halves.

The suite kills a few times; `KILLS=100 python3 dev.py test tests/faults/test_kill.py` so often each.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldsales import places
from fieldsales.services import checkup
from fieldsales.services.operations.checklists import StartChecklist
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.worksheets import AddWorksheetRow, StartWorksheet
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.backup import back_up, backups, drop, set_aside, verify
from fieldsales.store.queries.checklists import filled
from fieldsales.store.queries.hits import hits
from fieldsales.store.restoring import restore
from fieldsales.store.sealing import Key, opens
from tests.faults import typist, workers
from tests.faults.typist import TOO_LONG, TYPED
from tests.workspaces import add, data_hash

_SALT = b"fsl\x01 a test's salt"[:16]
_KILLS = int(os.environ.get("KILLS", "0"))
EDITS, IMPORTS, CONVERSIONS, COPIES, SALVAGES, MERGES, MIGRATIONS = (
    _KILLS or usual for usual in (50, 12, 5, 20, 6, 12, 8)
)


@pytest.fixture(scope="module")
def programs() -> Any:
    """Starts programs fast: each is forked from one that has loaded everything."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.workers"])
    return context


def _killed(
    programs: Any, work: Callable[..., None], path: Path, told: Path, more: object, after: float
) -> list[str]:
    """Runs `work` until it has told something and `after` seconds more; all it told so far."""
    known = len(told.read_bytes()) if told.exists() else 0
    program = programs.Process(target=work, args=(path, told, more), daemon=True)
    program.start()
    while not told.exists() or len(told.read_bytes()) == known:
        assert program.is_alive()
        time.sleep(0.001)
    time.sleep(after)
    program.kill()
    program.join()
    program.close()
    return told.read_text(encoding="utf-8").split()


def test_edits_survive_a_kill(programs: Any, db_path: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    told = tmp_path / "told"
    workers.start(db_path)
    for round_ in range(EDITS):
        after = chance.uniform(0, 0.04)
        last = int(_killed(programs, workers.edit, db_path, told, round_ % 2 == 0, after)[-1])
        workspace = Workspace.open(db_path)
        store = workspace.store
        saved = int(store.value("SELECT note FROM customer WHERE id = ?", [workers.COUNTER]))
        assert saved in (last, last + 1)
        for noun, extra in (("customer", 1), ("contact", 0), ("visit", 0)):
            assert store.value(f"SELECT count(*) FROM {noun}") == saved + extra
        draft = drafts.of(store, "customer", workers.COUNTER)["name"]
        assert draft in (f"草稿{saved}", f"草稿{saved - 1}")
        if round_ % 10 == 9:
            assert checkup.findings(store) == []
            assert [hit.title for hit in hits(store, f"第{last}家", limit=1)] == [f"第{last}家"]
        workspace.close()
    workspace = Workspace.open(db_path)
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_programs_that_write_at_once_lose_nothing(programs: Any, db_path: Path) -> None:
    who = ("甲", "乙", "丙")
    started = [programs.Process(target=workers.add_many, args=(db_path, name, 40)) for name in who]
    for program in started:
        program.start()
    for program in started:
        program.join()
        assert program.exitcode == 0
        program.close()
    workspace = Workspace.open(db_path)
    counts = workspace.store.rows("SELECT region, count(*) FROM customer GROUP BY region")
    assert dict(counts) == dict.fromkeys(who, 40)
    assert workspace.store.value("SELECT count(*) FROM op") == 2 * 40 * len(who)
    assert checkup.findings(workspace.store) == []
    while workspace.journal.undoable():
        workspace.undo()
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_imports_survive_a_kill_whole_or_not_at_all(
    programs: Any, db_path: Path, tmp_path: Path
) -> None:
    chance = random.Random(2)
    told = tmp_path / "told"
    tables = tmp_path / "tables"
    tables.mkdir()
    for _ in range(IMPORTS):
        after = chance.uniform(0, 0.1)
        done = _killed(programs, workers.import_files, db_path, told, tables, after)
        workspace = Workspace.open(db_path)
        found = dict(
            workspace.store.rows(
                "SELECT substr(name, 1, length(rtrim(name, '0123456789'))), count(*)"
                " FROM customer GROUP BY 1"
            )
        )
        assert set(done) <= found.keys()
        assert set(found.values()) == {workers.ROWS}
        assert checkup.findings(workspace.store) == []
        workspace.close()


def test_what_was_typed_in_pitch_and_library_survives_a_kill(
    programs: Any, db_path: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业")
    deal = add(workspace, "deal", title="断奶料年单", stage="needs", customer_id=customer)
    sheet = StartWorksheet({"title": "断奶这一关", "customer_id": customer})
    line = AddWorksheetRow(sheet.row_id, {"feature": "发酵豆粕"})
    asked = PlanQuestion(deal, "拉稀多不多？", "problem")
    begun = StartChecklist("seven_questions", "销售七问", {"subject": "陕北区"})
    for operation in (sheet, line, asked, begun):
        workspace.run(operation)
    ids = {
        "product": add(workspace, "product", name="保育康 551"),
        "worksheet": sheet.row_id,
        "spin": f"deal:{deal}",
        "question": asked.row_id,
        "objection": add(workspace, "own_entry", kind="objection", title="再等等", topic="suggest"),
        "checklist_result": begun.row_id,
    }
    workspace.close()
    _killed(programs, typist.type_in_each, db_path, tmp_path / "told", ids, 2.5)
    workspace = Workspace.open(db_path)

    def there(noun: str, row_id: str, field: str) -> object:
        """As the form shows it: what is kept of it before what is stored."""
        draft = drafts.of(workspace.store, noun, row_id).get(field)
        stored = workspace.store.value(f"SELECT {field} FROM {noun} WHERE id = ?", [row_id])
        return draft or stored

    assert there("product", ids["product"], "digest") == TYPED
    assert there("worksheet_row", line.row_id, "benefit") == TYPED
    assert there("visit_item", asked.row_id, "answer") == TYPED
    assert there("own_entry", ids["objection"], "answer_c") == TYPED
    assert there("own_entry", ids["objection"], "avoid") == TOO_LONG
    answers = filled(workspace.store, begun.row_id).answers
    assert {one.item: one.value for one in answers} == {"what": TYPED}
    assert checkup.findings(workspace.store) == []
    workspace.close()


@pytest.mark.parametrize("both", [True, False], ids=["set and remove", "change"])
def test_a_change_of_the_password_survives_a_kill(
    programs: Any, db_path: Path, tmp_path: Path, both: bool
) -> None:
    chance = random.Random(3)
    told = tmp_path / "told"
    passphrases = (
        "" if both else Key(b"a" * 16, _SALT).passphrase,
        Key(b"b" * 16, _SALT).passphrase,
    )
    workspace = Workspace.open(db_path, passphrase=passphrases[0])
    customer = add(workspace, "customer", name="海润牧业", note="长" * 2_000)
    kept = [KeepFile(f"{n}.jpg", bytes([n]) * 9_000, customer_id=customer) for n in range(4)]
    for one in kept:
        workspace.run(one)
    for _ in range(2):
        back_up(workspace.store)
    saved = data_hash(workspace)
    workspace.close()
    for _ in range(CONVERSIONS):
        _killed(programs, workers.convert, db_path, told, passphrases, chance.uniform(0, 0.5))
        [has] = [one for one in passphrases if opens(db_path, one)]
        workspace = Workspace.open(db_path, passphrase=has)  # goes on with what was begun
        assert data_hash(workspace) == saved
        assert checkup.findings(workspace.store) == []
        assert [workspace.store.kept.read(one.sha256) for one in kept] == [
            one.content for one in kept
        ]
        copies = backups(places.backup_folder(db_path))
        assert len(copies) == 2
        assert all(opens(copy.path, has) for copy in copies)
        workspace.close()
        left = [
            one.name
            for one in db_path.parent.iterdir()
            if "convert" in one.name or "former" in one.name
        ]
        assert left == []


def test_merges_and_files_survive_a_kill(programs: Any, db_path: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    told = tmp_path / "told"
    workers.start(db_path)
    for _ in range(MERGES):
        said = _killed(programs, workers.merge_often, db_path, told, None, chance.uniform(0, 0.1))
        workspace = Workspace.open(db_path)
        owners = dict(workspace.store.rows("SELECT sha256, customer_id FROM attachment"))
        for sha256, owner in (one.split(":") for one in said):
            assert owners[sha256] == owner
        for sha256 in owners:  # what is named is there
            workspace.store.kept.read(sha256)
        assert checkup.findings(workspace.store) == []
        workspace.close()
    assert len(said) >= MERGES


def test_bringing_an_old_file_up_to_date_survives_a_kill(
    programs: Any, db_path: Path, tmp_path: Path
) -> None:
    chance = random.Random(8)
    told, old = tmp_path / "told", Path(__file__).parents[1] / "old_files" / "schema_0003.db.gz"
    hashes = set()
    for _ in range(MIGRATIONS):
        _killed(programs, workers.migrate_often, db_path, told, old, chance.uniform(0, 0.5))
        if db_path.exists():  # not killed while it was put there anew
            workspace = Workspace.open(db_path)
            assert checkup.findings(workspace.store) == []
            hashes.add(data_hash(workspace))
            workspace.close()
    assert len(hashes) == 1


def test_backups_survive_a_kill(programs: Any, db_path: Path, tmp_path: Path) -> None:
    """Whatever bears the name of a backup is whole, and the file is as it was."""
    chance = random.Random(4)
    told, folder = tmp_path / "told", tmp_path / "copies"
    workers.start(db_path)
    for _ in range(COPIES):
        after = chance.uniform(0, 0.15)
        said = _killed(programs, workers.back_up_often, db_path, told, folder, after)
        made = {copy.path.name: copy.path for copy in backups(folder)}
        number, name = said[-1].split(":")
        assert name in made
        for path in made.values():
            verify(path)
        workspace = Workspace.open(db_path)
        saved = int(
            workspace.store.value("SELECT note FROM customer WHERE id = ?", [workers.COUNTER])
        )
        assert saved in (int(number), int(number) + 1)
        workspace.close()
    copy = Workspace.open(made[name], read_only=True)
    assert int(copy.store.value("SELECT note FROM customer WHERE id = ?", [workers.COUNTER])) == (
        int(number)
    )
    assert checkup.findings(copy.store) == []
    copy.close()
    workspace = Workspace.open(db_path)
    assert checkup.findings(workspace.store) == []
    back_up(workspace.store, folder)
    workspace.close()


def test_restoring_survives_a_kill(programs: Any, db_path: Path, tmp_path: Path) -> None:
    """There is a whole file in its place at any moment: what stood there, or what was restored."""
    chance = random.Random(5)
    told, folder = tmp_path / "told", tmp_path / "copies"
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润牧业", note="长" * 3_000)
    workspace.run(KeepFile("门头.jpg", b"picture", customer_id=customer))
    copies, hashes = [], []
    for _ in range(2):
        copies.append(back_up(workspace.store, folder).path)
        hashes.append(data_hash(workspace))
        add(workspace, "customer", name="后来的")
    workspace.close()
    now = _hash(db_path)
    for _ in range(COPIES):
        after = chance.uniform(0, 0.15)
        said = _killed(programs, workers.restore_often, db_path, told, copies, after)
        now = _hash(db_path)
        last = int(said[-1])
        assert now in (hashes[last], hashes[1 - last])
        for one in set_aside(db_path):
            drop(one.path)
    restore(copies[0], db_path)
    assert _hash(db_path) == hashes[0]
    assert not list(db_path.parent.glob("*.restoring*"))


def test_dying_in_the_moment_of_a_change_of_places_leaves_the_file(
    programs: Any, db_path: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="海润牧业")
    copy = back_up(workspace.store, tmp_path / "copies").path
    add(workspace, "customer", name="后来的")
    records = data_hash(workspace)
    workspace.close()
    program = programs.Process(target=workers.die_restoring, args=(db_path, copy))
    program.start()
    program.join()
    assert program.exitcode == 9
    program.close()
    assert _hash(db_path) == records
    [aside] = set_aside(db_path)
    restore(aside.path, db_path)
    assert _hash(db_path) == records


def test_salvaging_survives_a_kill(programs: Any, db_path: Path, tmp_path: Path) -> None:
    """Whatever bears the name that was asked for is whole; the damaged file is as it was."""
    chance = random.Random(6)
    told, folder = tmp_path / "told", tmp_path / "saved"
    folder.mkdir()
    workspace = Workspace.open(db_path)
    for number in range(30):
        add(workspace, "customer", name=f"第{number}家", note="长" * 500)
    records = data_hash(workspace)
    page = workspace.store.value("SELECT rootpage FROM sqlite_schema WHERE name = 'customer'")
    workspace.close()
    with db_path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))
    damaged = db_path.read_bytes()
    for _ in range(SALVAGES):
        _killed(programs, workers.salvage_often, db_path, told, folder, chance.uniform(0, 0.4))
        assert db_path.read_bytes() == damaged
        for path in folder.glob("*.db"):
            assert _hash(path) == records
            drop(path)


def _hash(path: Path) -> str:
    """Of the records of a file that is whole."""
    assert path.is_file()
    workspace = Workspace.open(path)
    assert checkup.findings(workspace.store) == []
    found = data_hash(workspace)
    workspace.close()
    return found

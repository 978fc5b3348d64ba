"""The commands that keep a file safe, as a script runs them: what they print, how they end."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldsales import places
from fieldsales.cli import DAMAGED, DONE, REFUSED, WRONG_USAGE, check
from fieldsales.resources import ROOT
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.workspace import Workspace
from fieldsales.store.migrations import migrations
from fieldsales.store.triggers import rebuild_triggers
from tests.workspaces import add, data_hash


def fieldsales(*words: object, code: int = DONE) -> Any:
    """Runs a command with `--json`; what it printed, after looking at how it ended."""
    done = subprocess.run(
        [sys.executable, "-m", "fieldsales", "--json", "--lang", "en", *map(os.fspath, words)],
        cwd=ROOT.parent,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code:
        assert done.stderr.strip()
    if code == WRONG_USAGE:
        return None
    [line] = done.stdout.splitlines()
    return json.loads(line)


def holds(path: Path) -> str:
    workspace = Workspace.open(path)
    result = data_hash(workspace)
    workspace.close()
    return result


def test_backup_and_restore(db_path: Path, filled: str, tmp_path: Path) -> None:
    [copy] = fieldsales("backup", tmp_path / "U盘", "--db", db_path)["files"]
    assert Path(copy).parent == tmp_path / "U盘"
    [usual] = fieldsales("backup", "--db", db_path)["files"]
    assert Path(usual).parent == places.backup_folder(db_path)

    workspace = Workspace.open(db_path)
    add(workspace, "customer", name="之后的")
    later = data_hash(workspace)
    refused = fieldsales("restore", copy, "--db", db_path, code=DAMAGED)
    assert refused["error"]["code"] == "store.locked"  # it is open here, in another program
    workspace.close()

    restored = fieldsales("restore", copy, "--db", db_path)
    assert restored["files"] == [str(db_path)]
    assert holds(db_path) == filled
    assert holds(Path(restored["kept"])) == later
    new = tmp_path / "新的" / "f.db"
    assert fieldsales("restore", copy, "--db", new) == {"files": [str(new)], "kept": None}
    assert holds(new) == filled


def test_salvage(db_path: Path, filled: str, tmp_path: Path) -> None:
    content = bytearray(db_path.read_bytes())
    content[:100] = bytes(100)
    db_path.write_bytes(content)
    out = tmp_path / "saved.db"
    told = fieldsales("salvage", db_path, out)
    assert told["files"] == {"there": 0, "put_back": 0, "lost": 0}
    assert told["tables"]["customer"]["lost"] == 0
    assert holds(out) == filled
    assert db_path.read_bytes() == content
    for words, reason in (
        ((db_path, out), "cli.salvage.exists"),
        ((tmp_path / "none.db", tmp_path / "x.db"), "store.missing"),
        ((db_path, tmp_path / "none" / "x.db"), "cannot_write.no_folder"),
    ):
        assert fieldsales("salvage", *words, code=REFUSED)["error"]["code"] == reason
    db_path.write_bytes(b"my notes")
    refused = fieldsales("salvage", db_path, tmp_path / "x.db", code=DAMAGED)
    assert refused["error"]["code"] == "salvage.nothing"


def test_what_cannot_be_restored(db_path: Path, filled: str, tmp_path: Path) -> None:
    before = db_path.read_bytes()
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(os.urandom(10_000))
    for source, code, ended in (
        (garbage, "store.not_a_database", DAMAGED),
        (tmp_path / "nowhere.db", "store.missing", REFUSED),
        (tmp_path, "store.missing", REFUSED),
        (db_path, "cli.restore.itself", REFUSED),
        (tmp_path / "." / db_path.name, "cli.restore.itself", REFUSED),
    ):
        told = fieldsales("restore", source, "--db", db_path, code=ended)
        assert told["error"]["code"] == code
        assert str(source) in told["error"]["reason"]
    assert db_path.read_bytes() == before
    fieldsales("restore", code=WRONG_USAGE)
    fieldsales("restore", garbage, garbage, code=WRONG_USAGE)


def test_a_place_that_cannot_be_written_is_refused_with_its_reason(
    db_path: Path, filled: str, tmp_path: Path
) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="海润")
    visit = add(workspace, "visit", customer_id=customer, starts_at="2026-11-09T02:00:00Z")
    workspace.close()
    file = tmp_path / "file"
    file.write_bytes(b"x")
    new = tmp_path / "new" / "deep" / "r.pdf"
    for place, code in (
        (new, "cannot_write.no_folder"),
        (file / "r.pdf", "cannot_write.no_folder"),
        (tmp_path, "cannot_write.is_folder"),
    ):
        told = fieldsales("report", "visit", visit, "-o", place, "--db", db_path, code=REFUSED)
        assert told["error"]["code"] == code
        assert str(place) in told["error"]["reason"]
    assert not (tmp_path / "new").exists()
    told = fieldsales("backup", file / "copies", "--db", db_path, code=REFUSED)
    assert told["error"]["code"].startswith("cannot_write.")
    told = fieldsales("report", "visit", "no-such", "--db", db_path, code=REFUSED)
    assert told["error"]["code"] == "cli.report.unknown_id"
    assert "no-such" in told["error"]["reason"]
    for kind in ("people", "organisation"):
        told = fieldsales(
            "report", kind, customer, "--for", "customer", "-o", tmp_path / "r.pdf",
            "--db", db_path, code=REFUSED,
        )  # fmt: skip
        assert told["error"]["code"] == "report.internal_only"
    told = fieldsales("report", "profile", "me", "-o", tmp_path / "r.pdf", "--db", db_path)
    assert told == {"files": [str(tmp_path / "r.pdf")]}
    told = fieldsales("report", "weekly-plan", "latest", "-o", tmp_path / "w.pdf", "--db", db_path)
    assert told == {"files": [str(tmp_path / "w.pdf")]}


def test_check(db_path: Path, filled: str) -> None:
    told = fieldsales("check", "--db", db_path)
    assert (told["ok"], told["findings"]) == (True, [])
    assert told["counts"]["customer"] > 0
    assert told["schema"] == len(migrations())
    assert set(told["versions"]) == {"fieldsales", "python", "system"}
    assert set(told) == set(check.FIELDS)  # which its help explains
    workspace = Workspace.open(db_path)
    workspace.store.connection.execute("UPDATE customer_facts SET visits = 7")
    workspace.close()
    wrong = {"ok": False, "findings": [{"code": "check.cache", "detail": "customer_facts"}]}
    assert wrong.items() <= fieldsales("check", "--db", db_path, code=DAMAGED).items()
    assert fieldsales("check", "--mend", "--db", db_path)["ok"]

    workspace = Workspace.open(db_path)
    connection = workspace.store.connection
    connection.execute("DROP TRIGGER customer_updated")
    connection.execute("UPDATE customer SET seller = 'x'")
    rebuild_triggers(connection)
    workspace.close()
    told = fieldsales("check", "--mend", "--db", db_path, code=DAMAGED)
    assert {finding["code"] for finding in told["findings"]} == {"check.journal"}


def test_check_of_what_is_too_damaged_to_be_asked(db_path: Path, filled: str) -> None:
    content = bytearray(db_path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)  # all but the first page
    for spoilt, code in ((content, "store.damaged"), (b"x" * 9_000, "store.not_a_database")):
        db_path.write_bytes(spoilt)
        told = fieldsales("check", "--db", db_path, code=DAMAGED)
        assert told.pop("versions")
        assert told == {"ok": False, "findings": [{"code": code, "detail": ""}]}


def test_check_for_support_holds_no_word_of_the_users(db_path: Path, filled: str) -> None:
    workspace = Workspace.open(db_path)
    customer = add(workspace, "customer", name="夔门骊珠牧业")
    workspace.run(KeepFile("夔门骊珠门头.jpg", b"picture", "photo", customer))
    shutil.rmtree(places.files_folder(db_path))
    workspace.store.connection.execute("UPDATE customer_facts SET name_key = '夔门骊珠'")
    workspace.close()
    told = fieldsales("check", "--db", db_path, code=DAMAGED)
    codes = {finding["code"] for finding in told["findings"]}
    assert codes == {"check.cache", "check.file_gone"}
    assert "夔" not in json.dumps(told, ensure_ascii=False)
    assert str(db_path.parent) not in json.dumps(told, ensure_ascii=False)


def test_files_that_cannot_be_opened(db_path: Path, filled: str, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.db"
    for command in ("check", "backup"):
        told = fieldsales(command, "--db", missing, code=DAMAGED)
        assert told["error"]["code"] == "store.missing"
        assert not missing.exists()
    newer = sqlite3.connect(db_path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = db_path.read_bytes()
    for words in (["check"], ["backup"], ["search", "海"], ["report", "visit", "latest"]):
        told = fieldsales(*words, "--db", db_path, code=DAMAGED)
        assert told["error"]["code"] == "store.newer_schema"
    assert db_path.read_bytes() == before


def test_search(db_path: Path) -> None:
    assert fieldsales("search", "海润", "--db", db_path) == {"hits": []}
    workspace = Workspace.open(db_path)
    name = "北京海润 <b>&amp; 'x'"
    customer = add(workspace, "customer", name=name, region="定边", phone="0912-1234567")
    person = add(workspace, "contact", name="曾建国", customer_id=customer, title="场长")
    workspace.close()
    hit = {"kind": "customer", "id": customer, "title": name, "subtitle": "定边 · 0912-1234567"}
    assert fieldsales("search", "hairun", "--db", db_path) == {"hits": [hit]}
    hit = {"kind": "contact", "id": person, "title": "曾建国", "subtitle": f"{name} · 场长"}
    assert fieldsales("search", "zjg", "--limit", "1", "--db", db_path) == {"hits": [hit]}
    fieldsales("search", "--db", db_path, code=WRONG_USAGE)


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"'; DROP TABLE customer; --", b'"* NEAR(', "𠮷👩‍🌾".encode()]
)
def test_anything_may_be_asked_for(db_path: Path, text: bytes) -> None:
    given = os.fsdecode(text)
    assert fieldsales("search", "--db", db_path, "--", given) == {"hits": []}


def test_ids_that_are_none(db_path: Path, filled: str) -> None:
    for row_id in (os.fsdecode(b"\xff"), "'", "nobody"):
        told = fieldsales("report", "visit", row_id, "--db", db_path, code=REFUSED)
        assert told["error"]["reason"]

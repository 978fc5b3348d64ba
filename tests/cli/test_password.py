"""The commands on an encrypted file: `encrypt`, `decrypt`, and the password of all the others."""

from __future__ import annotations

import getpass
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldsales import places
from fieldsales.__main__ import main
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.workspaces import add

NAME = "海润牧业"


class Commands:
    """Runs commands on one file with `--json`."""

    def __init__(self, path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._folder = folder
        self._capsys = capsys
        self.noted = ""  # beside the last answer

    def file(self, password: str) -> str:
        path = self._folder / "password.txt"
        path.write_text(f"{password}\nnot read\n", encoding="utf-8")
        return str(path)

    def __call__(self, *words: object, password: str = "", code: int = 0) -> Any:
        given = ["--password-file", self.file(password)] if password else []
        line = [*map(str, words), *given, "--db", str(self.path), "--json", "--lang", "en"]
        assert main(line) == code
        told = self._capsys.readouterr()
        self.noted = told.err
        if code:
            assert told.err.strip()
        return json.loads(told.out)


@pytest.fixture
def fieldsales(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Commands:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    path = places.default_database()
    workspace = Workspace.open(path)
    add(workspace, "customer", name=NAME)
    workspace.close()
    return Commands(path, tmp_path, capsys)


def _encrypt(fieldsales: Commands, password: str, before: str = "") -> str:
    new = fieldsales.path.with_name("new.txt")
    new.write_text(password, encoding="utf-8")
    done = fieldsales("encrypt", "--new-password-file", new, password=before)
    new.unlink()
    assert done["left"] == []
    return str(done["recovery"])


def test_every_command_asks_for_the_password(
    fieldsales: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _encrypt(fieldsales, "password one")
    for words in (("search", NAME), ("check",), ("backup",), ("decrypt",)):
        refused = fieldsales(*words, code=3)
        assert refused["error"]["code"] == "store.sealed"
        refused = fieldsales(*words, password="password two", code=3)
        assert refused["error"]["code"] == "store.wrong_password"
    for password in ("password one", code):
        assert fieldsales("search", NAME, password=password)["hits"][0]["title"] == NAME
        assert fieldsales("check", password=password)["ok"] is True
    monkeypatch.setenv("FIELDSALES_PASSWORD", "password one")
    table = tmp_path / "客户.csv"
    table.write_text("客户名称\n恒达糖厂\n", encoding="utf-8")
    assert fieldsales("import", table)["added"] == 1
    [copy] = fieldsales("backup")["files"]
    told = [
        one
        for one in (tmp_path / "home").rglob("*")
        if one.is_file() and (NAME.encode() in one.read_bytes())
    ]
    assert told == []
    fieldsales.path.unlink()
    assert fieldsales("restore", copy)["kept"] is None
    assert fieldsales("search", NAME)["hits"][0]["title"] == NAME


def test_what_lies_open_now_is_said(
    fieldsales: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "whoever has it can read it"
    [hit] = fieldsales("search", NAME)["hits"]
    made = [("export", tmp_path / f"all{suffix}") for suffix in (".json", ".vcf", ".ics")]
    made.append(("export", "--kind", "customers", tmp_path / "customers.csv"))
    made.append(("share", hit["id"], tmp_path / "one.customer"))
    for words in made:
        fieldsales(*words)
        assert said not in fieldsales.noted
    _encrypt(fieldsales, "password one")
    monkeypatch.setenv("FIELDSALES_PASSWORD", "password one")
    for words in made:
        fieldsales(*words)
        assert said in fieldsales.noted
    fieldsales(*made[-1], "--seal-with", fieldsales.file("oats 42"))
    assert said not in fieldsales.noted


def test_the_password_is_changed_and_comes_off(fieldsales: Commands) -> None:
    _encrypt(fieldsales, "password one")
    _encrypt(fieldsales, "password two", before="password one")
    fieldsales("check", password="password one", code=3)
    assert fieldsales("decrypt", password="password two")["left"] == []
    assert fieldsales("search", NAME)["hits"][0]["title"] == NAME
    assert fieldsales("decrypt", code=1)["error"]["code"] == "store.not_sealed"


def test_a_plain_copy_takes_the_password_of_the_file(fieldsales: Commands, tmp_path: Path) -> None:
    copy = shutil.copy(fieldsales.path, tmp_path / "alt.db")
    _encrypt(fieldsales, "password one")
    fieldsales("restore", copy, code=3)
    fieldsales("restore", copy, password="password one")
    fieldsales("check", code=3)
    assert fieldsales("check", password="password one")["ok"] is True


def test_a_copy_of_a_former_password_says_that_it_keeps_it(
    fieldsales: Commands, tmp_path: Path
) -> None:
    _encrypt(fieldsales, "password one")
    same = shutil.copy(fieldsales.path, tmp_path / "alt.db")
    fieldsales("restore", same, password="password one")
    assert fieldsales.noted == ""
    _encrypt(fieldsales, "password two", before="password one")
    fieldsales("restore", same, password="password one")
    assert Words("en")("cli.restore.password") in fieldsales.noted
    assert fieldsales("check", password="password one")["ok"] is True


@pytest.mark.parametrize("new", ["kurz", ""])
def test_what_is_no_password_is_refused(fieldsales: Commands, tmp_path: Path, new: str) -> None:
    (tmp_path / "new").write_text(new)
    refused = fieldsales("encrypt", "--new-password-file", tmp_path / "new", code=1)
    assert refused["error"]["code"] == "lock.too_short"
    assert fieldsales("encrypt", code=1)["error"]["code"] == "cli.password.needed"
    gone = tmp_path / "gone"
    refused = fieldsales("encrypt", "--new-password-file", gone, code=1)
    assert refused["error"]["code"] == "cli.password.unreadable"
    assert fieldsales("check")["ok"] is True


def test_who_sits_at_the_terminal_is_asked(
    fieldsales: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    answers = iter(["password one", "password two", "password one", "password one", "wrong one"])

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(getpass, "getpass", ask)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    to = ["--db", str(fieldsales.path), "--lang", "zh_CN"]
    assert main(["encrypt", *to]) == 1
    assert "不一样" in capsys.readouterr().err
    assert main(["encrypt", *to]) == 0
    assert "恢复码：" in capsys.readouterr().out
    assert main(["check", *to]) == 3
    assert "密码不对" in capsys.readouterr().err
    assert asked == ["新密码：", "再输一遍：", "新密码：", "再输一遍：", "密码或恢复码："]

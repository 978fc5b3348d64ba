"""The door of the program: which command runs, in which language, with which exit code."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import fieldsales.__main__ as program
from fieldsales.cli import DAMAGED, DONE, REFUSED, WRONG_USAGE
from fieldsales.cli._output import BUG
from fieldsales.places import log_folder
from fieldsales.resources import ROOT

ECHO = """
HELP = "usage.today"
def arguments(parser):
    parser.add_argument("--loud", action="store_true", help="usage.lang")
    parser.add_argument("text", nargs="+", help="usage.json")
def run(args, out):
    out.say(f"said {args.text} {args.loud} {args.db} {args.lang} {args.today}")
    out.result({"text": args.text, "lang": out.words.language})
    return 0
"""
FAILING = """
from fieldsales.errors import UserError, EnvironmentProblem
HELP = "usage.today"
PROBLEMS = {
    "user": UserError("usage.value", name="A", given="B"),
    "environment": EnvironmentProblem("usage.value", name="A", given="B"),
    "bug": ZeroDivisionError(),
    "stop": KeyboardInterrupt(),
}
def arguments(parser):
    parser.add_argument("kind", choices=sorted(PROBLEMS))
def run(args, out):
    raise PROBLEMS[args.kind]
"""

Main = Callable[..., int]


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Main:
    """`main("echo", "--json")` over two commands of our own."""
    package = tmp_path / "commands_of_a_test"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "echo_.py").write_text(ECHO, encoding="utf-8")
    (package / "go_wrong.py").write_text(FAILING, encoding="utf-8")
    (package / "_helper.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(program, "COMMAND_PACKAGES", (package.name,))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def call(*words: str) -> int:
        try:
            return program.main(list(words))
        finally:
            for name in [name for name in sys.modules if name.startswith(package.name)]:
                del sys.modules[name]

    return call


@pytest.mark.parametrize(
    "words",
    [
        ["echo", "a", "b", "--db", "x.db", "--lang", "zh_TW", "--today", "2026-11-09"],
        ["--db", "x.db", "--lang=zh_TW", "echo", "--today", "2026-11-09", "a", "b"],
        ["--today=2026-11-09", "--lang", "zh_TW", "--db=x.db", "echo", "a", "b"],
    ],
)
def test_global_options_stand_before_or_after_the_command(
    main: Main, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(*words) == DONE
    assert capsys.readouterr().out == "said ['a', 'b'] False x.db zh_TW 2026-11-09\n"


def test_json_prints_one_object_and_nothing_else(
    main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("--json", "echo", "中文\udc80") == DONE
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"text": ["中文\udc80"], "lang": "en"}
    assert "中文" in shown.out
    assert shown.err == ""


def test_a_windowed_program_has_nowhere_to_print(
    main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main("echo", "a") == DONE
    assert main("echo", "a", "--json") == DONE
    assert main("go-wrong", "user") == REFUSED
    assert main("no-such-command") == WRONG_USAGE


@pytest.mark.parametrize(("kind", "code"), [("user", REFUSED), ("environment", DAMAGED)])
def test_trouble_is_told_in_the_users_language(
    main: Main, kind: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("go-wrong", kind) == code
    assert capsys.readouterr() == ("", "A cannot be B.\n")
    assert main("go-wrong", kind, "--lang", "zh_CN", "--json") == code
    shown = capsys.readouterr()
    assert shown.err == "A 不能是 B。\n"
    assert json.loads(shown.out) == {"error": {"code": "usage.value", "reason": "A 不能是 B。"}}


def test_a_bug_is_logged_and_not_shown_as_a_traceback(
    main: Main, capsys: pytest.CaptureFixture[str], logged_errors: list[logging.LogRecord]
) -> None:
    assert main("go-wrong", "bug") == BUG
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert str(log_folder()) in shown.err
    assert "ZeroDivisionError" in (log_folder() / "fieldsales.log").read_text(encoding="utf-8")
    assert len(logged_errors) == 1


def test_a_bug_is_shown_where_no_log_can_be_written(
    main: Main,
    capsys: pytest.CaptureFixture[str],
    logged_errors: list[logging.LogRecord],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setattr("fieldsales.places.log_folder", lambda: in_the_way)
    assert main("go-wrong", "bug") == BUG
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert len(logged_errors) == 1


def test_the_interrupt_key_ends_quietly(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("go-wrong", "stop") == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["echp"], 'Did you mean "echo"?'),
        (["dance"], "There are: echo, go-wrong"),
        ([], "There is no display"),
    ],
)
def test_wrong_usage(
    main: Main,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main(*words) == WRONG_USAGE
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["echo"], "Missing: text"),
        (["echo", "a", "--soft"], "Not understood: --soft"),
        (["echo", "a", "--db"], "--db needs a value"),
        (["go-wrong", "x"], "kind cannot be 'x'; it can be: 'bug'"),
        (["echo", "a", "--today", "2026-02-30"], "--today cannot be '2026-02-30'."),
        (["--lang", "fr"], "--lang cannot be 'fr'"),
    ],
)
def test_wrong_arguments_are_told_in_our_words(
    main: Main, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(*words)
    assert stopped.value.code == WRONG_USAGE
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_help_of_a_command_is_in_the_users_language(
    main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main("echo", "--lang", "zh_TW", "--help")
    assert stopped.value.code == DONE
    shown = capsys.readouterr().out
    assert shown.startswith("用法：fieldsales echo")
    assert "介面與文件的語言" in shown
    assert "positional" not in shown


def test_help_names_every_command(main: Main, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("--help") == DONE
    shown = capsys.readouterr().out
    assert "echo" in shown
    assert "go-wrong" in shown
    assert "helper" not in shown


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh_TW.UTF-8", "zh_TW"),
        ("zh_HK", "zh_TW"),
        ("zh-Hant_TW", "zh_TW"),
        ("en_GB.UTF-8", "en"),
        ("C", "zh_CN"),
        ("", "zh_CN"),
    ],
)
def test_the_language_follows_the_terminal(
    main: Main,
    locale: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", locale)
    main("echo", "x", "--json")
    assert json.loads(capsys.readouterr().out)["lang"] == language


def test_a_reader_that_has_seen_enough_is_no_crash(main: Main, tmp_path: Path) -> None:
    """As `fieldsales … | head` does: the pipe is closed before the words are written."""
    start = (
        "import sys, fieldsales.__main__ as program\n"
        "program.COMMAND_PACKAGES = ('commands_of_a_test',)\n"
        "sys.exit(program.main(['echo', 'x' * 1_000_000]))"
    )
    environment = {"PYTHONPATH": f"{tmp_path}:{ROOT.parent}", "FIELDSALES_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", start],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == DONE


def test_the_language_for_finding_clipped_labels_is_not_offered(
    main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main("echo", "a", "--lang", "fr")
    told = capsys.readouterr().err
    assert "zh_TW" in told
    assert "pseudo" not in told
    assert main("echo", "a", "--lang", "pseudo") == DONE

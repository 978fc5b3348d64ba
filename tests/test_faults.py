"""What is told of a fault helps to find it, and holds nothing of a customer."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from fieldsales import faults, places
from fieldsales.app import crash
from fieldsales.cli import log_file
from fieldsales.errors import UserError

SECRET = "夔门骊珠牧业"


def _fault() -> None:
    customer = SECRET  # noqa: F841 - a local variable, as a crash finds them
    try:
        {}[SECRET]
    except KeyError as error:
        raise ValueError(f"no such customer: {SECRET}") from error


def _caught() -> BaseException:
    try:
        _fault()
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_tells_kinds_and_places_and_no_value() -> None:
    report = faults.report(_caught())
    assert SECRET not in report
    assert "夔" not in report
    lines = report.splitlines()
    assert "fieldsales 0" in lines[0]
    assert [line for line in lines if line.isidentifier()] == ["KeyError", "ValueError"]
    assert report.count("test_faults.py:") == 3
    assert "_fault" in report
    assert str(Path(__file__).parent) not in report


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("import.empty_file", path=f"/home/x/{SECRET}.xlsx"), "import.empty_file"),
        (FileNotFoundError(2, "none", f"/home/x/{SECRET}.xlsx"), "FileNotFoundError(2)"),
        (sqlite.OperationalError(f"no such column: {SECRET}"), "OperationalError"),
        (UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET), "UnicodeDecodeError"),
    ],
)
def test_an_error_is_told_by_its_kind(error: BaseException, said: str) -> None:
    assert said in faults.kind(error)
    assert SECRET not in faults.report(error)


def test_an_error_that_is_its_own_cause_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert faults.report(first).count("ValueError") == 2


def test_the_log_holds_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged_errors: list[logging.LogRecord]
) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path))
    ours, other = logging.getLogger("fieldsales.x"), logging.getLogger("fontTools.subset")
    with log_file() as path:
        ours.warning("refused: %s", UserError("store.locked", path=f"/{SECRET}.db"))
        ours.info("began %s", "window")
        try:
            _fault()
        except ValueError:
            ours.critical("crash in %s", "window", exc_info=True)
        other.warning("glyphs of %s", SECRET)
        other.warning(f"glyphs of {SECRET}")
        try:
            _fault()
        except ValueError:
            other.exception("glyphs")
    assert path is not None
    told = path.read_text(encoding="utf-8")
    assert "夔" not in told
    assert "refused: UserError(store.locked)" in told
    assert "began window" in told
    assert told.count("ValueError") == 2
    assert "fontTools.subset: test_faults.py:" in told
    assert len(logged_errors) == 2


def test_the_log_is_kept_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path))
    with log_file():
        for _ in range(600):
            logging.getLogger("fieldsales.x").info("%s", "x" * 10_000)
    files = list(places.log_folder().iterdir())
    assert 1 < len(files) <= 4
    assert sum(one.stat().st_size for one in files) < 5_000_000


def test_of_many_reports_the_newest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path))
    folder = places.log_folder()
    folder.mkdir(parents=True)
    for day in range(1, 29):
        (folder / f"crash-202601{day:02}-120000.txt").write_text("old")
    kept = crash._keep("new")
    assert kept is not None
    names = sorted(one.name for one in folder.iterdir())
    assert len(names) == 20
    assert names[-1] == kept.name
    assert "crash-20260128-120000.txt" in names


def test_versions_name_what_runs() -> None:
    known = faults.versions()
    assert known["python"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}")

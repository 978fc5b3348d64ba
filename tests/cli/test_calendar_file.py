"""`export FILE.ics` and `import FILE.ics`."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from fieldsales.__main__ import main
from fieldsales.services.workspace import Workspace
from tests.workspaces import add


@pytest.fixture
def planned(db_path: Path) -> Path:
    with closing(Workspace.open(db_path)) as workspace:
        customer = add(workspace, "customer", name="海润牧业")
        add(workspace, "visit", customer_id=customer, starts_at="2030-11-12T02:00:00Z")
    return db_path


def test_a_calendar_goes_out_and_comes_in_on_another_laptop(
    planned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "日历.ics", tmp_path / "other.fieldsales"
    assert main(["export", str(file), "--json", "--db", str(planned)]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [str(file)], "rows": 1}
    asked = ["import", str(file), "--json", "--db"]
    assert main([*asked, str(other), "--dry-run"]) == 0
    found = {"added": 1, "updated": 0, "skipped": 0, "errors": []}
    assert json.loads(capsys.readouterr().out) == found
    assert main([*asked, str(other), "--known-customers"]) == 0
    assert json.loads(capsys.readouterr().out) == {**found, "added": 0, "skipped": 1}
    assert main([*asked, str(other)]) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert main([*asked, str(other)]) == 0
    assert json.loads(capsys.readouterr().out) == {**found, "added": 0, "skipped": 1}


def test_what_is_no_calendar_is_refused(
    planned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.ics"
    file.write_text("no", encoding="utf-8")
    assert main(["import", str(file), "--db", str(planned), "--lang", "en"]) == 1
    assert '"x.ics" is no calendar file' in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["export", str(tmp_path / "x.csv"), "--db", str(planned), "--lang", "en"])
    assert "--kind deals" in capsys.readouterr().err

"""`export FILE --kind deals`."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from fieldsales.__main__ import main
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace


@pytest.fixture
def filled(db_path: Path) -> Path:
    with closing(Workspace.open(db_path)) as workspace:
        workspace.run(LoadSample())
    return db_path


def test_deals_are_written_and_read_back(filled: Path, tmp_path: Path, capsys):
    file = tmp_path / "商机.xlsx"
    to = ["--db", str(filled), "--lang", "en"]
    assert main(["export", str(file), "--kind", "deals", "--json", *to]) == 0
    written = json.loads(capsys.readouterr().out)
    assert written == {"files": [str(file)], "rows": written["rows"]}
    assert main(["import", str(file), "--kind", "deals", "--json", *to]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["added"], found["updated"], found["errors"]) == (0, 0, [])
    assert found["unchanged"] == written["rows"] > 0


def test_what_cannot_be_written_is_refused(filled: Path, tmp_path: Path, capsys):
    to = ["--kind", "deals", "--db", str(filled), "--lang", "zh_CN"]
    assert main(["export", str(tmp_path / "x.pdf"), *to]) == 1
    assert "要用这些结尾之一：.csv, .xlsx" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "nowhere" / "x.csv"), *to]) == 1
    (tmp_path / "y.csv").mkdir()
    assert main(["export", str(tmp_path / "y.csv"), *to]) == 1
    with pytest.raises(SystemExit) as usage:
        main(["export", str(tmp_path / "x.csv"), "--db", str(filled)])
    assert usage.value.code == 2
    missing = str(tmp_path / "none.db")
    assert main(["export", str(tmp_path / "x.csv"), "--kind", "deals", "--db", missing]) == 3
    assert not list(tmp_path.glob("x.*"))
    capsys.readouterr()

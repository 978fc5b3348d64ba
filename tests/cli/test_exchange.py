"""`export FILE` of everything and `import FILE` of it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.__main__ import main
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from tests.workspaces import add, data


@pytest.fixture
def filled(db_path: Path) -> Path:
    with closing(Workspace.open(db_path)) as workspace:
        customer = add(workspace, "customer", name="海润牧业")
        add(workspace, "contact", name="王建国", customer_id=customer)
    return db_path


@pytest.mark.parametrize("suffix", [".json", ".zip", ".xlsx"])
def test_everything_goes_to_another_laptop(
    suffix: str, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / f"全部{suffix}", tmp_path / "other.db"
    assert main(["export", str(file), "--json", "--db", str(filled)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == [str(file)]
    asked = ["import", str(file), "--json", "--lang", "en", "--db", str(other)]
    assert main([*asked, "--dry-run"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["added"], found["updated"], found["skipped"], found["errors"]) == (2, 0, 0, [])
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out) == found
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == told["rows"]
    with closing(Workspace.open(filled)) as one, closing(Workspace.open(other)) as two:
        assert data(one) == data(two)


def test_what_came_is_said(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.json"
    assert main(["export", str(file), "--lang", "en", "--db", str(filled)]) == 0
    asked = ["import", str(file), "--lang", "en", "--db", str(tmp_path / "other.db")]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "Customer: 1 new" in said
    assert "Records added: 2" in said
    file.write_bytes(file.read_bytes()[:-20])
    assert main(asked) == 1
    assert "ends too early" in capsys.readouterr().err


def test_where_no_copy_can_be_made_of_what_came_that_is_said(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "all.json", tmp_path / "other.db"
    with closing(Workspace.open(db_path)) as workspace:
        workspace.run(LoadSample(), wait=1.0)
    assert main(["export", str(file), "--db", str(db_path)]) == 0
    places.backup_folder(other).touch()  # a file stands where the folder would be
    capsys.readouterr()
    assert main(["import", str(file), "--lang", "en", "--db", str(other)]) == 0
    assert "The automatic backup failed" in capsys.readouterr().err
    with closing(Workspace.open(db_path)) as one, closing(Workspace.open(other)) as two:
        assert data(one) == data(two)


def test_people_go_out_as_cards(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "people.vcf", str(tmp_path / "other.db")
    assert main(["export", str(file), "--json", "--db", str(filled)]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [str(file)], "rows": 1}
    assert main(["import", str(file), "--json", "--kind", "contacts", "--db", other]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1


def test_a_customer_goes_to_a_colleague(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other, secret = tmp_path / "海润.customer", tmp_path / "other.db", tmp_path / "password"
    secret.write_text("燕麦 42\n", "utf-8")
    with closing(Workspace.open(filled)) as workspace:
        customer = workspace.store.value("SELECT id FROM customer")
    with closing(Workspace.open(other)) as workspace:
        add(workspace, "customer", name="海润牧业")
    to = ["--json", "--lang", "en", "--db"]
    asked = ["share", customer, str(file), "--seal-with", str(secret), "--without", "money"]
    assert main([*asked, *to, str(filled)]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": [str(file)], "rows": 2}
    assert main(["import", str(file), *to, str(other)]) == 1
    assert "Type the one you were told" in capsys.readouterr().err
    assert main(["import", str(file), "--sealed-with", str(secret), *to, str(other)]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["added"] == 1
    assert '"海润牧业" is joined with "海润牧业" here' in said.err
    assert main(["share", "nobody", str(file), *to, str(filled)]) == 1
    assert main(["share", customer, str(tmp_path / "x.txt"), *to, str(filled)]) == 1
    capsys.readouterr()

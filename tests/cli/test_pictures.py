"""`pictures DIR` and `report portfolio`: the portfolio without a window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from fieldsales.__main__ import main
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.theme import Theme
from tests.workspaces import Add


@pytest.fixture
def sold(workspace: Workspace, add: Add, db_path: Path) -> Path:
    """A file in which one customer bought."""
    add("sale", customer_id=add("customer", name="海润牧业"), dated="2026-10-01", amount=900_00)
    workspace.close()
    return db_path


def test_each_picture_that_has_something_to_show_is_a_file(
    sold: Path, tmp_path: Path, theme: Theme, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "图"
    about = ["--db", str(sold), "--lang", "zh_CN", "--today", "2026-11-09", "--json"]
    assert main(["pictures", str(folder), *about]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    made = {Path(file).name.partition("-")[0] for file in files}
    assert {"pyramid", "ranking", "what_if", "lifecycle", "indicators"} == made
    assert all(QImage(file).width() > 1_000 for file in files)
    (tmp_path / "taken").touch()
    assert main(["pictures", str(tmp_path / "taken"), *about]) == 3


def test_review_and_ranking_are_papers(
    sold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = ["--db", str(sold), "--lang", "en", "--today", "2026-11-09"]
    for kind, row_id in (
        ("portfolio", "latest"),
        ("portfolio", "pyramid"),
        ("ranking", "value"),
        ("indicators", "last_quarter"),
    ):
        paper = tmp_path / f"{kind}-{row_id}.pdf"
        assert main(["report", kind, row_id, "-o", str(paper), *about]) == 0
        assert paper.read_bytes().startswith(b"%PDF")
    assert main(["report", "ranking", "by_luck", *about]) == 1
    capsys.readouterr()


def test_without_a_file_the_sample_is_drawn_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    assert main(["pictures", str(tmp_path / "图")]) == 0
    assert not list((tmp_path / "home").rglob("*.db"))

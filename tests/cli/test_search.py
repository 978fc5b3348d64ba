"""`fieldsales search`: what it prints of what was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldsales.__main__ import main
from fieldsales.services.workspace import Workspace
from tests.workspaces import add


@pytest.mark.parametrize(
    ("language", "stage"), [("zh_CN", "挖掘需求"), ("zh_TW", "發掘需求"), ("en", "Uncover needs")]
)
def test_a_deal_is_told_with_its_stage_in_words(
    workspace: Workspace,
    db_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    stage: str,
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "deal", title="猪料一年", customer_id=customer, stage="needs")
    words = ["search", "猪料", "--db", str(db_path), "--lang", language]
    assert main(words) == 0
    assert f"海润牧业 · {stage}" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    [hit] = json.loads(capsys.readouterr().out)["hits"]
    assert hit["subtitle"] == f"海润牧业 · {stage}"

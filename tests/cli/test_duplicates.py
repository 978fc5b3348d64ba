"""`fieldsales duplicates`: pairs with reasons, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldsales.__main__ import main
from fieldsales.services.workspace import Workspace
from tests.workspaces import add


def test_pairs_are_told_with_their_reasons(
    workspace: Workspace, db_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["duplicates", "--db", str(db_path), "--lang", "zh_CN"]
    assert main(command) == 0
    assert capsys.readouterr().out == "没有发现重复\n"
    one = add(workspace, "customer", name="海润牧业", phone="0912-4216688")
    other = add(workspace, "customer", name="海潤牧業有限公司", phone="09124216688")
    add(workspace, "contact", name="王建国", customer_id=one)
    add(workspace, "contact", name="王建國", customer_id=one)
    assert main(command) == 0
    assert capsys.readouterr().out == (
        "97%  海润牧业  海潤牧業有限公司  名字只差地名、公司形式或写法，电话一样\n"
    )
    assert main([*command, "--json"]) == 0
    [pair] = json.loads(capsys.readouterr().out)["pairs"]
    assert (pair["kind"], pair["score"], pair["reasons"]) == ("customer", 97, ["name", "phone"])
    assert {pair["one"]["id"], pair["other"]["id"]} == {one, other}
    assert main([*command, "--kind", "contacts"]) == 0
    assert "名字一样，在同一家客户" in capsys.readouterr().out

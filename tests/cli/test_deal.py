"""`fieldsales deal move`: the board's rule without the board."""

from __future__ import annotations

import json

import pytest

from fieldsales.__main__ import main
from fieldsales.domain.deal import Deal
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import AddDeal, MoveDeals
from fieldsales.services.operations.pipelines import AddStage
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.pipelines import history
from tests.workspaces import TODAY, add, data_hash


@pytest.fixture
def deal(workspace):
    customer = add(workspace, "customer", name="海润牧业")
    added = AddDeal({"title": "全年用料", "customer_id": customer, "currency": "CNY"})
    workspace.run(added)
    return added.row_id


@pytest.fixture
def command(db_path, deal, capsys):
    """Runs `deal move` on the deal; gives exit code, standard output and standard error."""

    def run(*words):
        where = ("--db", str(db_path), "--lang", "zh_CN", "--today", TODAY.isoformat())
        code = main(["deal", "move", deal, *words, *where])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_it_says_what_is_missing_and_changes_nothing(workspace, command):
    before = data_hash(workspace)
    code, out, err = command("--to", "建立信任")
    assert (code, out) == (1, "")
    assert "全年用料：目标客户还缺“客户重要性已判断”\n" in err
    assert "全年用料：客户分析还缺“知道至少两种采购角色是谁”\n" in err
    assert "还缺凭据" in err
    assert data_hash(workspace) == before


def test_a_reason_moves_it(workspace, deal, command):
    code, out, _ = command("--to", "trust", "--reason", "老板已点头", "--json")
    assert (code, json.loads(out)) == (0, {"stage": "trust", "moved": [deal]})
    assert history(workspace.store, deal)[0].reason == "老板已点头"
    assert command("--to", "build TRUST")[1] == "0 个商机移到了“建立信任”。\n"
    assert workspace.store.value("SELECT origin FROM op ORDER BY seq DESC LIMIT 1") == "command"


def test_lost_and_won_ask_what_they_always_ask(workspace, deal, command):
    assert command("--to", "lost", "--lost", "price")[0] == 1
    with pytest.raises(SystemExit):
        command("--to", "lost", "--lost", "weather", "--rival", "宁川")
    assert command("--to", "lost", "--lost", "price", "--rival", "宁川")[0] == 0
    code, out, _ = command("--to", "won", "--reason", "补录", "--json")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "deal.move_needs_order"
    for amount in ("八千", "-8", "0", "1.234", "1e99", "nan"):
        assert command("--to", "won", "--reason", "补录", f"--amount={amount}")[0] == 1, amount
    assert command("--to", "won", "--reason", "补录", "--amount", "1.23")[0] == 0
    made = workspace.store.record(Deal, deal)
    assert (made.order_amount, made.ordered_on) == (123, TODAY.isoformat())


def test_stages_are_known_by_any_name(workspace, deal, command):
    workspace.run(AddStage("funnel", {"name": "试用"}, after="needs"))
    assert command("--to", "试用", "--reason", "x")[0] == 0
    code, _, err = command("--to", "不存在")
    assert code == 1
    assert "试用" in err
    assert "门店" not in err


def test_the_command_does_what_the_operation_does(tmp_path, capsys):
    """The same move by the operation and by the command line leaves the same data."""
    answers = Answers("补录", orders={"d": Order(500, "2026-11-08")})
    found = []
    for name in ("window", "command"):
        path = tmp_path / f"{name}.db"
        workspace = Workspace.open(path)
        customer = add(workspace, "customer", name="海润牧业")
        values = {"title": "全年用料", "customer_id": customer, "currency": "CNY"}
        workspace.run(AddDeal(values, row_id="d"))
        if name == "window":
            workspace.run(MoveDeals(("d",), "won", answers))
        else:
            typed = "--to won --reason 补录 --amount 5 --ordered 2026-11-08".split()
            assert main(["deal", "move", "d", *typed, "--db", str(path)]) == 0
        columns = "from_stage, to_stage, cause, reason, missing"
        found.append(
            (
                workspace.store.rows("SELECT stage, order_amount, ordered_on FROM deal"),
                workspace.store.rows(f"SELECT {columns} FROM stage_change"),
                workspace.store.value("SELECT kind FROM op ORDER BY seq DESC LIMIT 1"),
            )
        )
        workspace.close()
    capsys.readouterr()
    assert found[0] == found[1]

"""Proposals: written, made final, changed only by new versions, accepted once and for all (M43)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fieldsales import places
from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.money.receivable import Receivable
from fieldsales.domain.money.versions import difference
from fieldsales.errors import FieldError, UserError
from fieldsales.services import numbering
from fieldsales.services.operations.proposal_copies import CopyProposal, NewVersion
from fieldsales.services.operations.proposals import (
    AcceptProposal,
    AddProposalLine,
    AddProposalLines,
    FillProposalLine,
    MakeProposalFinal,
    MoveProposal,
    OrderProposalLines,
    RemoveProposalLines,
    SetInstalments,
    StartProposal,
)
from fieldsales.services.operations.records import (
    AddRecord,
    EditRecord,
    RestoreRecords,
    TrashRecords,
)
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import proposals as queries
from tests.workspaces import Add, data_hash


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


def _draft(workspace: Workspace, customer: str, **values: object) -> str:
    begun = StartProposal({"customer_id": customer, **values})
    workspace.run(begun)
    for text, quantity, price in (("乳猪宝", "3", "9160"), ("服务", "1", "500")):
        line = {"text": text, "quantity": quantity, "price": price, "tax_percent": "9"}
        workspace.run(AddProposalLine(begun.row_id, line))
    return begun.row_id


def _final(workspace: Workspace, customer: str, number: str = "Q1") -> str:
    row_id = _draft(workspace, customer)
    workspace.run(MakeProposalFinal(row_id, number))
    return row_id


def _get(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def test_a_draft_of_a_deal_knows_whose_it_is_and_how_long_it_holds(
    workspace: Workspace, customer: str, add: Add
) -> None:
    deal = add("deal", title="全年用料", customer_id=customer, currency="USD")
    begun = StartProposal({"deal_id": deal})
    workspace.run(begun)
    found = _get(workspace, begun.row_id)
    assert (found.title, found.customer_id, found.currency) == ("全年用料", customer, "USD")
    assert (found.dated, found.valid_until) == ("2026-11-09", "2026-12-09")
    assert (found.version, found.series_id, found.state) == (1, begun.row_id, "draft")


def test_lines_take_from_the_product_and_keep_their_order(
    workspace: Workspace, customer: str, add: Add
) -> None:
    row_id = _draft(workspace, customer)
    first, second = (line.id for line in queries.lines(workspace.store, row_id))
    product = add("product", name="保育康", unit="吨")
    between = AddProposalLine(row_id, {"product_id": product, "quantity": "2"}, after=first)
    workspace.run(between)
    lines = queries.lines(workspace.store, row_id)
    assert [line.id for line in lines] == [first, between.row_id, second]
    assert (lines[1].product_name, lines[1].unit) == ("保育康", "吨")
    workspace.run(OrderProposalLines(row_id, (second, first)))
    assert [one.id for one in queries.lines(workspace.store, row_id)] == [
        second,
        first,
        between.row_id,
    ]
    workspace.run(RemoveProposalLines((first, second)))
    assert [one.id for one in queries.lines(workspace.store, row_id)] == [between.row_id]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"quantity": "0"}, "proposal.no_quantity"),
        ({"quantity": "-1"}, "field.too_small"),
        ({"discount": "101"}, "proposal.discount_over"),
        ({"tax_percent": "十三"}, "field.not_a_decimal"),
        ({"price": "0.123456789"}, "field.too_precise"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(
    workspace: Workspace, customer: str, values: dict[str, str], code: str
) -> None:
    row_id = _draft(workspace, customer)
    before = data_hash(workspace)
    with pytest.raises(FieldError, match=code):
        workspace.run(AddProposalLine(row_id, values))
    assert data_hash(workspace) == before


def test_a_final_version_does_not_change(workspace: Workspace, customer: str) -> None:
    row_id = _final(workspace, customer)
    line = queries.lines(workspace.store, row_id)[0].id
    other = _draft(workspace, customer)
    gone = AddProposalLine(other, {"text": "不要了"})
    workspace.run(gone)
    workspace.run(TrashRecords("proposal_line", (gone.row_id,)))
    workspace.run(MakeProposalFinal(other, "Q7"))
    loose = queries.lines(workspace.store, _draft(workspace, customer))[0].id
    before = data_hash(workspace)
    for operation in (
        RestoreRecords("proposal_line", (gone.row_id,)),
        EditRecord("proposal_line", loose, {"proposal_id": row_id}),
        EditRecord("proposal", row_id, {"title": "别的"}),
        EditRecord("proposal_line", line, {"price": "1"}),
        AddRecord("proposal_line", {"proposal_id": row_id, "text": "加塞"}),
        TrashRecords("proposal_line", (line,)),
        AddProposalLine(row_id, {"text": "加塞"}),
        RemoveProposalLines((line,)),
        OrderProposalLines(row_id, (line,)),
        SetInstalments(row_id, [{"share": "30"}]),
        MakeProposalFinal(row_id, "Q2"),
    ):
        with pytest.raises(UserError, match="proposal.locked"):
            workspace.run(operation)
    assert data_hash(workspace) == before
    workspace.run(EditRecord("proposal", row_id, {"note": "电话里说好了"}))


def test_a_total_that_no_debt_could_hold_is_not_made_final(
    workspace: Workspace, customer: str
) -> None:
    row_id = _draft(workspace, customer)
    line = queries.lines(workspace.store, row_id)[0].id
    workspace.run(EditRecord("proposal_line", line, {"price": "999999999999", "quantity": "1000"}))
    with pytest.raises(UserError, match=r"field\.amount_too_large"):
        workspace.run(MakeProposalFinal(row_id, "Q1"))


def test_what_cannot_be_final(workspace: Workspace, customer: str) -> None:
    _final(workspace, customer, "Q1")
    empty = StartProposal({"customer_id": customer})
    workspace.run(empty)
    with pytest.raises(UserError, match="nothing_in_it"):
        workspace.run(MakeProposalFinal(empty.row_id, "Q2"))
    other = _draft(workspace, customer)
    with pytest.raises(UserError, match="number_taken"):
        workspace.run(MakeProposalFinal(other, "Q1"))
    workspace.run(SetInstalments(other, [{"share": "30"}, {"share": "30"}]))
    with pytest.raises(UserError, match="instalments_under"):
        workspace.run(MakeProposalFinal(other, "Q2"))
    assert _get(workspace, other).state == "draft"


def test_a_new_version_is_made_and_says_what_changed(workspace: Workspace, customer: str) -> None:
    row_id = _final(workspace, customer)
    second = NewVersion(row_id)
    workspace.run(second)
    with pytest.raises(UserError, match="draft_there"):
        workspace.run(NewVersion(row_id))
    lines = queries.lines(workspace.store, second.row_id)
    workspace.run(EditRecord("proposal_line", lines[0].id, {"price": "9000"}))
    workspace.run(RemoveProposalLines((lines[1].id,)))
    new, old = _get(workspace, second.row_id), _get(workspace, row_id)
    assert (new.version, new.number, new.state, new.series_id) == (2, "", "draft", row_id)
    assert [one.id for one in queries.versions(workspace.store, row_id)] == [row_id, new.id]
    now = queries.lines(workspace.store, new.id)
    found = difference(
        old,
        queries.lines(workspace.store, old.id),
        new,
        now,
        {line.id: line.origin_id or "" for line in now},
    )
    assert [(one.kind, one.line.text) for one in found.lines] == [
        ("changed", "乳猪宝"),
        ("removed", "服务"),
    ]
    with pytest.raises(UserError, match="still_a_draft"):
        workspace.run(NewVersion(new.id))


def test_a_copy_for_another_customer_begins_anew(
    workspace: Workspace, customer: str, add: Add
) -> None:
    other = add("customer", name="金穗")
    row_id = _final(workspace, customer)
    copy = CopyProposal(row_id, customer_id=other)
    workspace.run(copy)
    found = _get(workspace, copy.row_id)
    assert (found.customer_id, found.version, found.series_id) == (other, 1, copy.row_id)
    assert [line.origin_id for line in queries.lines(workspace.store, copy.row_id)] == [None, None]


def test_what_is_accepted_becomes_an_order_and_debts_in_one_step(
    workspace: Workspace, customer: str, add: Add
) -> None:
    deal = add("deal", title="全年用料", customer_id=customer)
    row_id = _draft(workspace, customer, deal_id=deal)
    parts = [{"label": "订金", "share": "30"}, {"label": "尾款", "days": 30}]
    workspace.run(SetInstalments(row_id, parts))
    workspace.run(MakeProposalFinal(row_id, "Q1"))
    before = data_hash(workspace)
    workspace.run(AcceptProposal(row_id, "2026-11-08"))
    order = workspace.store.record(Deal, deal)
    assert order is not None
    assert (order.order_amount, order.ordered_on) == (2_798_000, "2026-11-08")
    debts = workspace.store.records(Receivable, "SELECT * FROM receivable ORDER BY due_on")
    assert [(one.title, one.amount, one.due_on) for one in debts] == [
        ("全年用料 · 订金", 839_400, "2026-11-08"),
        ("全年用料 · 尾款", 1_958_600, "2026-12-08"),
    ]
    with pytest.raises(UserError, match="not_from_here"):
        workspace.run(AcceptProposal(row_id))
    workspace.undo()
    assert data_hash(workspace) == before


def test_a_version_that_waits_is_past_when_another_is_accepted(
    workspace: Workspace, customer: str
) -> None:
    first = _final(workspace, customer)
    workspace.run(MoveProposal(first, "sent"))
    second = NewVersion(first)
    workspace.run(second)
    workspace.run(MakeProposalFinal(second.row_id, "Q2"))
    workspace.run(AcceptProposal(second.row_id))
    assert _get(workspace, first).state == "expired"
    for again in (AcceptProposal(first), NewVersion(second.row_id)):  # it is one order
        with pytest.raises(UserError, match=r"proposal\.other_accepted"):
            workspace.run(again)
    workspace.run(MoveProposal(second.row_id, "ordered"))


MOVES = st.lists(
    st.tuples(
        st.sampled_from([
            "line", "price", "remove", "trash", "restore", "head", "parts", "final", "sent",
            "accept", "expired", "ordered", "version", "copy", "gone", "back", "undo", "redo",
        ]),
        st.integers(0, 5),
    ),
    max_size=20,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("accept", 1), ("accept", 2)])
@example([("accept", 2), ("gone", 2), ("accept", 1), ("back", 2)])
@given(MOVES)
def test_whatever_happens_what_is_locked_stays_and_one_version_is_ordered(
    workspace: Workspace, customer: str, moves: list[tuple[str, int]]
) -> None:
    store = workspace.store
    ids = [_draft(workspace, customer), _final(workspace, customer, new_id())]
    second = NewVersion(ids[1])
    workspace.run(second)
    workspace.run(MakeProposalFinal(second.row_id, new_id()))
    ids.append(second.row_id)
    printed: dict[str, object] = {}  # by number, none of which is given twice
    for move, which in moves:
        row_id = ids[which % len(ids)]
        lines = store.rows("SELECT id FROM proposal_line WHERE proposal_id = ?", [row_id])
        line = lines[which % len(lines)][0] if lines else ""
        made = NewVersion(row_id) if move == "version" else CopyProposal(row_id)
        operations = {
            "line": AddProposalLine(row_id, {"product_name": "料", "price": "3.33"}),
            "price": EditRecord("proposal_line", line, {"price": str(which)}),
            "remove": RemoveProposalLines((line,)),
            "trash": TrashRecords("proposal_line", (line,)),
            "restore": RestoreRecords("proposal_line", (line,)),
            "head": EditRecord("proposal", row_id, {"discount": str(which), "title": f"{which}"}),
            "parts": SetInstalments(row_id, [{"share": "30"}, {}]),
            "final": MakeProposalFinal(row_id, new_id()),
            "accept": AcceptProposal(row_id),
            "version": made,
            "copy": made,
            "gone": TrashRecords("proposal", (row_id,)),
            "back": RestoreRecords("proposal", (row_id,)),
        }
        try:
            if move == "undo":
                workspace.undo()
            elif move == "redo":
                workspace.redo()
            else:
                workspace.run(operations.get(move) or MoveProposal(row_id, move))
                if move in ("version", "copy"):
                    ids.append(made.row_id)
        except UserError:
            pass  # refused, nothing was changed
        for one in store.records(Proposal, "SELECT * FROM proposal", []):
            if one.locked:
                parts = queries.lines(store, one.id), queries.instalments(store, one.id)
                now = (one.id, one.title, one.discount, parts)
                assert printed.setdefault(one.number, now) == now
        ordered = store.rows(
            "SELECT count(*) FROM proposal WHERE state IN ('accepted', 'ordered')"
            " GROUP BY series_id HAVING count(*) > 1"
        )
        assert ordered == []


def test_a_no_says_why_and_who(workspace: Workspace, customer: str) -> None:
    row_id = _final(workspace, customer)
    with pytest.raises(FieldError, match="required"):
        workspace.run(MoveProposal(row_id, "declined"))
    workspace.run(MoveProposal(row_id, "declined", "等猪价", "贺文清"))
    found = _get(workspace, row_id)
    assert (found.decided_why, found.decided_by) == ("等猪价", "贺文清")


def test_a_yes_has_a_day_that_can_be(workspace: Workspace, customer: str) -> None:
    row_id = _final(workspace, customer)
    workspace.run(MoveProposal(row_id, "sent"))
    today = workspace.clock.today()
    for day, code in ((today + timedelta(1), "in_future"), (today - timedelta(1), "before_sent")):
        with pytest.raises(FieldError, match=code):
            workspace.run(AcceptProposal(row_id, day.isoformat()))
    workspace.run(AcceptProposal(row_id, today.isoformat(), "贺文清"))
    found = _get(workspace, row_id)
    assert (found.decided_on, found.decided_by) == (today.isoformat(), "贺文清")


def test_a_customer_in_the_trash_gets_none(workspace: Workspace, customer: str) -> None:
    workspace.run(TrashRecords("customer", (customer,)))
    with pytest.raises(UserError, match="gone"):
        workspace.run(StartProposal({"customer_id": customer}))


def test_numbers_go_on_even_when_an_old_backup_came_back(
    workspace: Workspace, customer: str
) -> None:
    today = date(2026, 11, 9)
    first = numbering.next_number(workspace.store, "laptop", today)
    assert first.startswith("Q2611-")
    assert first.endswith("-001")
    _final(workspace, customer, first)
    numbering.took(first)
    assert numbering.next_number(workspace.store, "laptop", today).endswith("-002")
    while workspace.journal.undoable():
        workspace.undo()  # as after a backup from before
    assert numbering.next_number(workspace.store, "laptop", today).endswith("-002")
    assert numbering.next_number(workspace.store, "another", today)[:9] != first[:9]
    Path(places.numbers_file()).write_text("[broken")
    assert numbering.next_number(workspace.store, "laptop", today).endswith("-001")
    places.numbers_file().unlink()


@pytest.fixture
def product(add: Add) -> str:
    found = add("product", name="育肥料", unit="吨")
    add(
        "price", product_id=found, amount=3_270_00, currency="CNY", tax_percent=9,
        cost=2_500_00, minimum=2_900_50,
    )  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("values", "price"),
    [
        ({"tax_mode": "included"}, "3270"),
        ({"tax_mode": "added"}, "3000"),
        ({"currency": "USD"}, ""),  # a price in another currency is none
    ],
)
def test_a_card_says_what_a_line_costs_today(
    workspace: Workspace, customer: str, product: str, values: dict[str, object], price: str
) -> None:
    begun = StartProposal({"customer_id": customer, **values})
    workspace.run(begun)
    workspace.run(AddProposalLine(begun.row_id, {"product_id": product}))
    (line,) = queries.lines(workspace.store, begun.row_id)
    assert (line.product_name, line.unit, line.quantity, line.price) == (
        "育肥料", "吨", "1", price,
    )  # fmt: skip
    if price:
        assert (line.tax_percent, line.cost, line.minimum) == ("9", "2500", "2900.5")


def test_another_product_keeps_what_was_agreed(
    workspace: Workspace, customer: str, product: str
) -> None:
    begun = StartProposal({"customer_id": customer})
    workspace.run(begun)
    told = {"product_name": "旧", "quantity": "7", "price": "1", "discount": "3", "text": "分批"}
    workspace.run(AddProposalLine(begun.row_id, told))
    (line,) = queries.lines(workspace.store, begun.row_id)
    workspace.run(FillProposalLine(line.id, product))
    (line,) = queries.lines(workspace.store, begun.row_id)
    assert (line.product_name, line.price) == ("育肥料", "3270")
    assert (line.quantity, line.discount, line.text) == ("7", "3", "分批")
    workspace.run(MakeProposalFinal(begun.row_id, "Q-1"))
    with pytest.raises(UserError, match=r"proposal\.locked"):
        workspace.run(FillProposalLine(line.id, product))


def test_several_lines_come_after_one_all_or_none(workspace: Workspace, customer: str) -> None:
    begun = StartProposal({"customer_id": customer})
    workspace.run(begun)
    for name in ("一", "二"):
        workspace.run(AddProposalLine(begun.row_id, {"product_name": name}))
    first = queries.lines(workspace.store, begun.row_id)[0].id
    more = ({"product_name": "三"}, {"product_name": "四", "quantity": "2"})
    workspace.run(AddProposalLines(begun.row_id, more, after=first))
    names = [line.product_name for line in queries.lines(workspace.store, begun.row_id)]
    assert names == ["一", "三", "四", "二"]
    wrong = ({"product_name": "五"}, {"product_name": "六", "quantity": "0"})
    with pytest.raises(FieldError):
        workspace.run(AddProposalLines(begun.row_id, wrong))
    assert len(queries.lines(workspace.store, begun.row_id)) == 4


def test_totals_of_several_leave_out_what_cannot_be_summed(
    workspace: Workspace, customer: str
) -> None:
    ids = []
    for off in ("", "50"):
        begun = StartProposal({"customer_id": customer, "currency": "CNY"})
        workspace.run(begun)
        priced = {"product_name": "料", "quantity": "2", "price": "10"}
        workspace.run(AddProposalLine(begun.row_id, priced))
        if off:
            values = {"discount_kind": "amount", "discount": off}
            workspace.run(EditRecord("proposal", begun.row_id, values))
        ids.append(begun.row_id)
    rows = [row.proposal for row in queries.proposals(workspace.store)]
    assert queries.totals_of(workspace.store, rows) == {ids[0]: 20_00}

"""All that is owed at a glance: who to call, by customer, by currency and age (M42)."""

from __future__ import annotations

import json

import pytest

from fieldsales.services.operations.receivables import (
    AddReceivable,
    NoteCollecting,
    ReceivePayment,
    WriteOff,
)
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import debts
from fieldsales.store.queries.deal_cards import cards
from fieldsales.store.queries.pipelines import pipelines, usual_days
from tests.workspaces import TODAY, Add


@pytest.fixture
def owing(workspace: Workspace, add: Add) -> dict[str, str]:
    """Two customers; of `late`, 900 of 1 000 are open, 31 days after it was due."""
    names = {"hairun": "海润牧业", "jinsui": "金穗饲料"}
    ids = {key: add("customer", name=name) for key, name in names.items()}
    told = [
        ("late", "hairun", 1_000, "2026-10-09", "CNY"),
        ("soon", "hairun", 500, "2026-11-20", "CNY"),
        ("dollars", "jinsui", 300, "2026-11-08", "USD"),
        ("done", "jinsui", 70, "2026-11-01", "CNY"),
        ("given_up", "jinsui", 80, "2026-11-01", "CNY"),
    ]
    for key, whose, amount, due, currency in told:
        values = {"customer_id": ids[whose], "amount": amount, "currency": currency, "number": key}
        added = AddReceivable({**values, "issued_on": "2026-10-01", "terms": "day", "due_on": due})
        workspace.run(added)
        ids[key] = added.row_id
    for whose, key, amount in (("hairun", "late", 100), ("jinsui", "done", 70)):
        workspace.run(ReceivePayment({"customer_id": ids[whose], "amount": amount}, (ids[key],)))
    workspace.run(WriteOff(ids["given_up"], 80, "small"))
    return ids


def test_open_debts_come_in_the_order_they_are_due(
    workspace: Workspace, owing: dict[str, str]
) -> None:
    found = debts.owed(workspace.store)
    assert [(one.id, one.open) for one in found] == [
        (owing["late"], 900),
        (owing["dollars"], 300),
        (owing["soon"], 500),
    ]
    assert [one.days_late(TODAY) for one in found] == [31, 1, -11]
    assert [one.id for one in debts.owed(workspace.store, owing["jinsui"])] == [owing["dollars"]]
    settled = {one.id for one in debts.settled(workspace.store)}
    assert settled == {owing["done"], owing["given_up"]}


def test_sums_keep_currencies_and_ages_apart(workspace: Workspace, owing: dict[str, str]) -> None:
    found = debts.owed(workspace.store)
    yuan, dollars = debts.currencies(workspace.store, TODAY)
    assert (yuan.currency, yuan.owed, yuan.overdue) == ("CNY", 1_400, 900)
    assert (yuan.buckets["to_60"], yuan.buckets["not_due"]) == (900, 500)
    assert yuan.dso == "76.4"  # 1 400 open of 1 650 invoiced in 90 days
    assert (dollars.currency, dollars.owed, dollars.overdue) == ("USD", 300, 300)
    first, second = debts.by_customer(found, TODAY)
    assert (first.customer_id, first.owed, first.overdue) == (owing["hairun"], 1_400, 900)
    assert (first.late, first.debts) == (31, 2)
    assert (second.customer_id, second.owed, second.late) == (owing["jinsui"], 300, 1)


def test_a_broken_promise_is_called_first_and_one_to_come_is_waited_for(
    workspace: Workspace, owing: dict[str, str]
) -> None:
    def called() -> list[str]:
        return [one.id for one in debts.to_call(debts.owed(workspace.store), TODAY)]

    assert called() == [owing["late"], owing["dollars"]]
    broken = {"step": "call", "done_on": "2026-11-05", "promised_on": "2026-11-08"}
    workspace.run(NoteCollecting(owing["dollars"], broken))
    assert called() == [owing["dollars"], owing["late"]]
    workspace.run(NoteCollecting(owing["late"], {"step": "call", "promised_on": "2026-11-12"}))
    assert called() == [owing["dollars"]]


def test_a_debt_is_found_by_its_customer_its_number_or_what_it_is_for(
    workspace: Workspace, owing: dict[str, str]
) -> None:
    whose, which = debts.found(workspace.store, "hairun")
    assert (whose, which) == ({owing["hairun"]}, set())
    assert debts.found(workspace.store, "dolla") == (set(), {owing["dollars"]})
    shown = debts.debt(workspace.store, owing["late"])
    assert shown is not None
    assert (shown.customer, shown.open) == ("海润牧业", 900)
    assert debts.debt(workspace.store, owing["hairun"]) is None


def test_what_is_left_of_payments_and_credit_notes_is_offered(
    workspace: Workspace, owing: dict[str, str]
) -> None:
    mine = owing["hairun"]
    kept = ReceivePayment({"customer_id": mine, "amount": 40})
    note = AddReceivable({"customer_id": mine, "amount": 25, "kind": "credit_note"})
    workspace.run(kept)
    workspace.run(note)
    [(payment, left)] = debts.unused_payments(workspace.store, mine, "CNY")
    assert (payment.id, left) == (kept.row_id, 40)
    [(credit, open_note)] = debts.unused_notes(workspace.store, mine, "CNY")
    assert (credit.id, open_note) == (note.row_id, 25)
    assert note.row_id in {one.id for one in debts.settled(workspace.store)}
    assert debts.unused_payments(workspace.store, mine, "USD") == []


def test_the_badge_and_today_count_the_same_calls(
    workspace: Workspace, owing: dict[str, str]
) -> None:
    store = workspace.store
    assert debts.calls(store) == debts.to_call(debts.owed(store), TODAY)
    early = {"step": "call", "done_on": "2026-11-05", "promised_on": "2026-11-08"}
    workspace.run(NoteCollecting(owing["soon"], early))  # promised before it is due
    assert debts.calls(store)[0].id == owing["soon"]
    assert debts.calls(store) == debts.to_call(debts.owed(store), TODAY)


def test_a_deal_knows_its_receivables_and_its_card_what_is_overdue(
    workspace: Workspace, owing: dict[str, str], add: Add
) -> None:
    deal = add("deal", title="年单", customer_id=owing["hairun"], stage="payment")
    add("stage_change", deal_id=deal, to_stage="payment", at="2026-11-01T00:00:00Z", since=None)
    for key in ("late", "soon"):
        workspace.run(EditRecord("receivable", owing[key], {"deal_id": deal}))
    found = debts.of_deals(workspace.store, json.dumps([deal]))
    assert [(one.id, one.open) for one in found[deal]] == [
        (owing["late"], 900),
        (owing["soon"], 500),
    ]
    store = workspace.store
    known = pipelines(store)
    [card] = cards(store, known, usual_days(store, known), [deal])
    assert card is not None
    assert (card.overdue_money, card.overdue_currency) == (900, "CNY")

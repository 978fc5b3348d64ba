"""Debts, payments, what settles what, what is given up, and what a statement adds up to (M42)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fieldsales.domain.clock import Clock
from fieldsales.domain.money import ageing as rules
from fieldsales.domain.money.receivable import Receivable
from fieldsales.domain.task import Task
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.proposal_copies import NewVersion
from fieldsales.services.operations.proposals import (
    AcceptProposal,
    AddProposalLine,
    MakeProposalFinal,
    MoveProposal,
    StartProposal,
)
from fieldsales.services.operations.receivables import (
    AddReceivable,
    NoteCollecting,
    ReceivePayment,
    Settle,
    TakeBackSettlement,
    WriteOff,
)
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store import caches
from fieldsales.store.queries import receivables as queries
from tests.workspaces import TODAY, Add, data_hash
from tests.workspaces import add as add_record


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


def _owed(workspace: Workspace, customer: str, amount: int, **values: object) -> str:
    added = AddReceivable({"customer_id": customer, "amount": amount, **values})
    workspace.run(added)
    return added.row_id


def _open(workspace: Workspace, row_id: str) -> int:
    return queries.open_amounts(workspace.store, [row_id])[row_id]


def test_the_day_it_is_due_comes_of_its_terms(workspace: Workspace, customer: str) -> None:
    net = _owed(workspace, customer, 100, issued_on="2026-11-09", days=30)
    end = _owed(workspace, customer, 100, issued_on="2026-11-09", terms="month_end", days=15)
    own = _owed(workspace, customer, 100, issued_on="2026-11-09", terms="day", due_on="2026-11-20")
    debts = {one.receivable.id: one.receivable for one in queries.open_debts(workspace.store)}
    assert [debts[one].due_on for one in (net, end, own)] == [
        "2026-12-09",
        "2026-12-15",
        "2026-11-20",
    ]
    assert debts[net].currency == "CNY"
    with pytest.raises(FieldError, match="due_before"):
        _owed(workspace, customer, 1, issued_on="2026-11-09", terms="day", due_on="2026-11-08")
    with pytest.raises(FieldError, match="required"):
        _owed(workspace, customer, 0)


def test_a_payment_settles_what_is_named_and_the_rest_is_asked_about(
    workspace: Workspace, customer: str
) -> None:
    first, second = _owed(workspace, customer, 300), _owed(workspace, customer, 500)
    before = data_hash(workspace)
    paid = {"customer_id": customer, "amount": 900}
    with pytest.raises(UserError, match="overpaid"):
        workspace.run(ReceivePayment(paid, (first, second)))
    assert data_hash(workspace) == before
    workspace.run(ReceivePayment({"customer_id": customer, "amount": 400}, (first, second)))
    assert (_open(workspace, first), _open(workspace, second)) == (0, 400)
    kept = ReceivePayment({"customer_id": customer, "amount": 500}, (second,), keep_rest=True)
    workspace.run(kept)
    assert _open(workspace, second) == 0
    assert queries.unsettled(workspace.store, kept.row_id) == 100
    assert queries.balance(workspace.store, customer, "CNY") == 100
    third = _owed(workspace, customer, 60)
    workspace.run(Settle(kept.row_id, third))
    assert queries.balance(workspace.store, customer, "CNY") == 40
    [settled] = queries.settlements(workspace.store, third)
    workspace.run(TakeBackSettlement(settled.id))
    assert _open(workspace, third) == 60


def test_a_credit_note_counts_against_what_is_owed(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500)
    note = _owed(workspace, customer, 200, kind="credit_note")
    assert queries.balance(workspace.store, customer, "CNY") == 200
    workspace.run(Settle(note, debt))
    assert _open(workspace, debt) == 300
    assert queries.balance(workspace.store, customer, "CNY") == 0
    with pytest.raises(UserError, match="nothing_left"):
        workspace.run(Settle(note, debt))


def test_what_does_not_go_together_is_refused(
    workspace: Workspace, customer: str, add: Add
) -> None:
    other = add("customer", name="金穗")
    theirs, dollars = _owed(workspace, other, 5), _owed(workspace, customer, 5, currency="USD")
    paid = {"customer_id": customer, "amount": 5}
    with pytest.raises(UserError, match="not_theirs"):
        workspace.run(ReceivePayment(paid, (theirs,)))
    with pytest.raises(UserError, match="other_currency"):
        workspace.run(ReceivePayment(paid, (dollars,)))
    workspace.run(TrashRecords("customer", (other,)))
    with pytest.raises(UserError, match="gone"):
        workspace.run(ReceivePayment({"customer_id": other, "amount": 5}))
    with pytest.raises(UserError, match="gone"):
        _owed(workspace, other, 5)


def test_what_is_given_up_says_why_and_comes_back(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500)
    with pytest.raises(FieldError, match="required"):
        workspace.run(WriteOff(debt, 100, ""))
    with pytest.raises(FieldError, match="too_much_off"):
        workspace.run(WriteOff(debt, 501, "small"))
    workspace.run(WriteOff(debt, 100, "small"))
    assert _open(workspace, debt) == 400
    workspace.run(WriteOff(debt, 500, "insolvent"))
    assert queries.open_debts(workspace.store) == []
    workspace.run(WriteOff(debt, 0, ""))
    assert _open(workspace, debt) == 500


def test_a_currency_is_three_letters(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500, currency="usd ")
    assert queries.open_debts(workspace.store, currency="USD")[0].receivable.id == debt
    workspace.run(
        ReceivePayment({"customer_id": customer, "amount": 1, "currency": "Usd"}, (debt,))
    )
    assert _open(workspace, debt) == 499
    with pytest.raises(FieldError, match=r"deal\.not_a_currency"):
        _owed(workspace, customer, 1, currency="12")


def test_money_that_was_set_against_a_debt_holds_it_as_it_is(
    workspace: Workspace, customer: str, add: Add
) -> None:
    debt = _owed(workspace, customer, 500, number="1")
    paid = ReceivePayment({"customer_id": customer, "amount": 400}, (debt,))
    workspace.run(paid)
    stranger = add("customer", name="别家")
    for noun, row_id, values, code in (
        ("receivable", debt, {"amount": 399}, "receivable.below_settled"),
        ("receivable", debt, {"currency": "USD"}, "receivable.settled"),
        ("receivable", debt, {"customer_id": stranger}, "receivable.settled"),
        ("receivable", debt, {"kind": "credit_note"}, "receivable.settled"),
        ("receivable", debt, {"amount": None}, "field.required"),
        ("payment", paid.row_id, {"amount": 399}, "receivable.below_settled"),
        ("payment", paid.row_id, {"currency": "USD"}, "receivable.settled"),
    ):
        with pytest.raises(FieldError, match=code):
            workspace.run(EditRecord(noun, row_id, values))
    workspace.run(EditRecord("receivable", debt, {"amount": 400}))
    assert _open(workspace, debt) == 0


def test_a_payment_in_the_trash_pays_nothing_and_comes_back_where_there_is_room(
    workspace: Workspace, customer: str
) -> None:
    debt = _owed(workspace, customer, 500)
    wrong = ReceivePayment({"customer_id": customer, "amount": 500}, (debt,))
    workspace.run(wrong)
    workspace.run(TrashRecords("payment", (wrong.row_id,)))
    assert _open(workspace, debt) == 500
    workspace.run(RestoreRecords("payment", (wrong.row_id,)))
    assert _open(workspace, debt) == 0
    workspace.run(TrashRecords("payment", (wrong.row_id,)))
    workspace.run(ReceivePayment({"customer_id": customer, "amount": 300}, (debt,)))
    workspace.run(RestoreRecords("payment", (wrong.row_id,)))  # 500 do not fit any more
    assert (_open(workspace, debt), _kept(workspace, customer)) == (200, 500)


def test_days_that_cannot_be_are_refused(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500)
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    early = {"customer_id": customer, "amount": 1, "received_on": tomorrow}
    with pytest.raises(FieldError, match=r"proposal\.in_future"):
        workspace.run(ReceivePayment(early, (debt,)))
    over = {"step": "call", "done_on": "2026-11-09", "promised_on": "2026-11-08"}
    with pytest.raises(FieldError, match=r"receivable\.promised_before"):
        workspace.run(NoteCollecting(debt, over))


def test_a_promise_becomes_a_task(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500)
    step = {"step": "call", "promised_on": "2026-11-20", "promised_amount": 500}
    workspace.run(NoteCollecting(debt, step, task="问贺场长货款到没到"))
    [kept] = queries.collecting(workspace.store, debt)
    assert kept.done_on == "2026-11-09"
    task = workspace.store.record(Task, kept.task_id)
    assert task is not None
    assert (task.due, task.kind, task.customer_id) == ("2026-11-20", "collect", customer)
    [told] = queries.open_debts(workspace.store)
    assert (told.steps, told.promised_on) == (1, "2026-11-20")


def test_credit_counts_what_is_owed_in_its_currency(workspace: Workspace, customer: str) -> None:
    workspace.run(EditRecord("customer", customer, {"credit_limit": 1_000}))
    _owed(workspace, customer, 300, issued_on="2026-10-01", days=30)
    _owed(workspace, customer, 400)
    _owed(workspace, customer, 999, currency="USD")
    workspace.run(ReceivePayment({"customer_id": customer, "amount": 50}))
    found = queries.credit(workspace.store, customer, "CNY", TODAY)
    assert (found.limit, found.owed, found.overdue, found.balance) == (1_000, 700, 300, 50)


def test_credit_counts_orders_and_proposals_that_are_not_invoiced(
    workspace: Workspace, customer: str
) -> None:
    def final(number: str, price: str) -> str:
        begun = StartProposal({"customer_id": customer})
        workspace.run(begun)
        workspace.run(AddProposalLine(begun.row_id, {"product_name": "料", "price": price}))
        workspace.run(MakeProposalFinal(begun.row_id, number))
        return begun.row_id

    def counted(besides: str = "") -> tuple[int, int]:
        found = queries.credit(workspace.store, customer, "CNY", TODAY, besides)
        return found.orders, found.proposals

    ordered, waiting, past = final("Q1", "5"), final("Q2", "7"), final("Q3", "9")
    workspace.run(AcceptProposal(ordered))
    assert counted() == (0, 1_600)  # what was accepted is a receivable
    debt = workspace.store.value("SELECT id FROM receivable")
    workspace.run(TrashRecords("receivable", (str(debt),)))
    assert counted() == (500, 1_600)
    workspace.run(MoveProposal(past, "expired"))
    assert counted() == (500, 700)
    version = NewVersion(waiting)
    workspace.run(version)
    assert counted() == (500, 700)
    workspace.run(MakeProposalFinal(version.row_id, "Q4"))
    assert counted() == (500, 700)  # one version of the two
    assert counted(besides=waiting) == (500, 0)


def test_a_statement_ends_with_what_is_owed(workspace: Workspace, customer: str) -> None:
    debt = _owed(workspace, customer, 500, issued_on="2026-11-01")
    _owed(workspace, customer, 100, issued_on="2026-11-05", kind="credit_note")
    paid = {"customer_id": customer, "amount": 150, "received_on": "2026-11-03"}
    workspace.run(ReceivePayment(paid, (debt,)))
    workspace.run(WriteOff(debt, 10, "small"))
    entries = queries.statement(workspace.store, customer, "CNY")
    assert [(one.day, one.amount, one.balance) for one in entries] == [
        ("2026-11-01", 500, 500),
        ("2026-11-03", -150, 350),
        ("2026-11-05", -100, 250),
        ("2026-11-09", -10, 240),
    ]


DEBTS = st.lists(
    st.tuples(
        st.sampled_from(["CNY", "USD"]), st.integers(1, 10**9), st.integers(-60, 200), st.booleans()
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEBTS)
def test_ageing_in_the_file_is_what_the_rule_says(
    workspace: Workspace, clock: Clock, told: list[tuple[str, int, int, bool]]
) -> None:
    store, today = workspace.store, clock.today()
    for row_id in [
        one.id
        for one in store.records(Receivable, "SELECT * FROM receivable WHERE trashed_at IS NULL")
    ]:
        workspace.run(TrashRecords("receivable", (row_id,)))
    customer = add_record(workspace, "customer", name="账龄")
    expected = []
    for currency, amount, late, part in told:
        due = today - timedelta(days=late)
        debt = _owed(
            workspace,
            customer,
            amount,
            currency=currency,
            terms="day",
            issued_on="2026-01-01",
            due_on=due.isoformat(),
        )
        paid = amount // 3 if part else 0
        if paid:
            own = {"customer_id": customer, "amount": paid, "currency": currency}
            workspace.run(ReceivePayment(own, (debt,)))
        expected.append(rules.Open(customer, currency, amount - paid, due))
    assert queries.ageing(store, today) == rules.ageing(expected, today)


MOVES = st.lists(
    st.tuples(
        st.sampled_from([
            "pay", "twice", "note", "off", "back", "trash", "restore", "edit", "whose", "other",
            "unpay", "repay", "undo", "redo",
        ]),
        st.integers(0, 3),
        st.integers(1, 900),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("pay", 1, 400), ("edit", 1, 100), ("other", 1, 1), ("whose", 1, 1)])
@example([("pay", 1, 400), ("unpay", 0, 1), ("pay", 1, 500), ("repay", 0, 1)])
@example([("pay", 1, 400), ("trash", 1, 1), ("restore", 1, 1), ("twice", 1, 600)])
@given(MOVES)
def test_whatever_happens_what_is_owed_is_known_and_never_below_nothing(
    workspace: Workspace, moves: list[tuple[str, int, int]]
) -> None:
    store = workspace.store
    customer = add_record(workspace, "customer", name="收款")
    stranger = add_record(workspace, "customer", name="别家")
    ids = [_owed(workspace, customer, 500, currency=one) for one in ("CNY", "CNY", "CNY", "USD")]
    whose = {"customer_id": customer}
    for move, which, amount in moves:
        row_id = ids[which]
        note = AddReceivable({**whose, "kind": "credit_note", "amount": amount})
        told = store.rows(
            "SELECT id FROM settlement WHERE receivable_id = ? AND trashed_at IS NULL", [row_id]
        )
        operations = {
            "pay": [ReceivePayment({**whose, "amount": amount}, (row_id, ids[0]))],
            "note": [note, Settle(note.row_id, row_id)],
            "off": [WriteOff(row_id, amount, "small")],
            "back": [TakeBackSettlement(settled) for (settled,) in told],
            "trash": [TrashRecords("receivable", (row_id,))],
            "edit": [EditRecord("receivable", row_id, {"amount": amount})],
            "twice": [ReceivePayment({**whose, "amount": amount}, (row_id, row_id))],
            "restore": [RestoreRecords("receivable", (row_id,))],
            "whose": [EditRecord("receivable", row_id, {"customer_id": stranger})],
            "other": [EditRecord("receivable", row_id, {"currency": "USD"})],
            "unpay": [TrashRecords(*one) for one in _money(workspace, customer, trashed=False)],
            "repay": [RestoreRecords(*one) for one in _money(workspace, customer, trashed=True)],
        }
        try:
            if move == "undo":
                workspace.undo()
            elif move == "redo":
                workspace.redo()
            for operation in operations.get(move, []):
                workspace.run(operation)
        except (UserError, FieldError):
            pass  # refused, nothing was changed
        assert caches.verify(store.connection) == []
        still = queries.open_amounts(store, ids)
        assert all(amount >= 0 for amount in still.values())
        mixed = store.rows(
            "SELECT s.id FROM settlement s JOIN receivable r ON r.id = s.receivable_id"
            " LEFT JOIN payment p ON p.id = s.payment_id"
            " LEFT JOIN receivable n ON n.id = s.credit_note_id"
            " WHERE s.trashed_at IS NULL AND (coalesce(p.currency, n.currency) <> r.currency"
            " OR coalesce(p.customer_id, n.customer_id) <> r.customer_id)"
        )
        assert mixed == []
        sums = {one: sum(kept.values()) for one, kept in queries.ageing(store, TODAY).items()}
        open_now = store.rows("SELECT currency, sum(open) FROM open_debt GROUP BY currency")
        assert sums == dict(open_now)
        for currency in ("CNY", "USD"):
            told = queries.statement(store, customer, currency)
            owed = sum(one.open for one in queries.open_debts(store, customer_id=customer)
                       if one.receivable.currency == currency)  # fmt: skip
            left = queries.balance(store, customer, currency)
            assert left >= 0
            assert (told[-1].balance if told else 0) == owed - left


def _money(
    workspace: Workspace, customer: str, *, trashed: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """The payments and credit notes of a customer, as the operations of the trash name them."""
    found = []
    for noun, kind in (("payment", "true"), ("receivable", "kind = 'credit_note'")):
        sql = f"SELECT id FROM {noun} WHERE customer_id = ? AND {kind} AND"
        gone = "trashed_at IS NOT NULL" if trashed else "trashed_at IS NULL"
        rows = workspace.store.rows(f"{sql} {gone} ORDER BY id", [customer])
        found += [(noun, (row_id,)) for (row_id,) in rows]
    return found


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_in_whatever_order_payments_come_they_leave_the_same(
    workspace: Workspace, data: st.DataObject, amounts: list[int]
) -> None:
    left = []
    for order in (amounts, data.draw(st.permutations(amounts))):
        customer = add_record(workspace, "customer", name="顺序")
        debts = [_owed(workspace, customer, amount) for amount in (300, 500, 700)]
        for amount in order:
            paid = {"customer_id": customer, "amount": amount}
            workspace.run(ReceivePayment(paid, debts, keep_rest=True))
        still = queries.open_amounts(workspace.store, debts)
        left.append(([still[one] for one in debts], _kept(workspace, customer)))
        assert sum(still.values()) == max(0, 1_500 - sum(amounts))
    assert left[0] == left[1]


def _kept(workspace: Workspace, customer: str) -> int:
    return queries.balance(workspace.store, customer, "CNY")

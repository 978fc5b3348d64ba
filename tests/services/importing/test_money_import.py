"""What is owed and what was paid, from lists: found by number, settled, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.services import checkup
from fieldsales.services.importing import guessing, headers, importer, kinds, mapping, naming
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.values import Terms, payment_terms
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.queries import receivables
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import add, data_hash

OWED = """发票号,客户名称,应收金额,币种,开票日期,到期日,账期,已收金额,收款日期,付款方式,备注
FP001,海润牧业,10000,,2026-01-05,2026-02-04,,3000,2026-02-01,转账,首批
FP002,金穗饲料,"12,000.50",,2026-01-31,,月结30天,,,,
FP003,金穗饲料,500,美元,2026-01-10,,net 45,,,,
FP004,新农,800,,2026-01-10,2026-01-01,,,,,日子反了
FP005,新农,800,,2026-01-10,2026-02-01,,900,,,付多了
FP006,,800,,,,,,,,没有客户
FP007,新农,约三千,,,,,,,,没有金额
FP008,新农,-300,,2026-01-12,,,,,,退货
合计,,24100.50,,,,,,,,
"""


@pytest.fixture
def bring(workspace, tmp_path: Path):
    def brought(text: str, kind: str, **changes: object):
        path = tmp_path / "账.csv"
        path.write_text(text, encoding="utf-8")
        sheet = read(path)
        proposed = importer.propose(workspace.store, sheet)
        assert proposed.kind == kind
        names = ("kind", "columns", "match", "whole", "update")
        fixed = {name: getattr(proposed, name) for name in names}
        request = importer.Request(**{**fixed, **changes})
        rehearsed = importer.rehearse(workspace.store, sheet, request)
        outcome = importer.run(workspace, sheet, request)
        numbers = ("added", "updated", "unchanged", "skipped", "others", "paid", "problems")
        assert [getattr(rehearsed, one) for one in numbers] == [
            getattr(outcome, one) for one in numbers
        ]
        return outcome

    return brought


def debts(workspace) -> dict[str, Receivable]:
    found = workspace.store.records(
        Receivable, "SELECT * FROM receivable WHERE trashed_at IS NULL ORDER BY id"
    )
    return {one.number: one for one in found}


def payments(workspace) -> list[Payment]:
    return workspace.store.records(
        Payment, "SELECT * FROM payment WHERE trashed_at IS NULL ORDER BY received_on, amount"
    )


def still(workspace, number: str) -> int:
    one = debts(workspace)[number]
    return receivables.open_amounts(workspace.store, [one.id])[one.id]


def told(outcome) -> dict[int, tuple[str, str]]:
    return {one.row: (one.column, one.code) for one in outcome.problems if not one.kept}


def test_receivables_come_with_what_was_paid_of_them(workspace, bring):
    known = add(workspace, "customer", name="海润牧业")
    before = data_hash(workspace)
    outcome = bring(OWED, "receivables")
    assert (outcome.added, outcome.others, outcome.paid, outcome.skipped) == (4, 2, 1, 5)
    assert told(outcome) == {
        5: ("到期日", "receivable.due_before"),
        6: ("已收金额", "import.reason.overpaid"),
        7: ("客户名称", "field.required"),
        8: ("应收金额", "field.required"),
        10: ("发票号", "import.reason.total"),
    }
    found = debts(workspace)
    first = found["FP001"]
    assert (first.customer_id, first.amount, first.currency) == (known, 1_000_000, "CNY")
    assert (first.issued_on, first.due_on, first.terms) == ("2026-01-05", "2026-02-04", "day")
    assert still(workspace, "FP001") == 700_000
    [paid] = payments(workspace)
    assert (paid.amount, paid.received_on, paid.method) == (300_000, "2026-02-01", "transfer")
    second, third = found["FP002"], found["FP003"]
    assert (second.amount, second.terms, second.days) == (1_200_050, "month_end", 30)
    assert second.due_on == "2026-03-02"
    assert (third.amount, third.currency, third.due_on) == (50_000, "USD", "2026-02-24")
    note = found["FP008"]
    assert (note.kind, note.amount) == ("credit_note", 30_000)
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert data_hash(workspace) == before


def test_the_same_list_again_changes_nothing_and_a_later_one_what_differs(workspace, bring):
    bring(OWED, "receivables")
    known = {number: one.id for number, one in debts(workspace).items()}
    again = bring(OWED, "receivables")
    assert (again.added, again.updated, again.paid, again.unchanged) == (0, 0, 0, 4)
    later = bring(
        "发票号,客户名称,应收金额,到期日,已收金额,收款日期\n"
        "FP001,海润牧业,10000,2026-02-10,8000,2026-02-09\n"
        "FP003,金穗饲料,500,,,\n",
        "receivables",
    )
    assert (later.added, later.updated, later.paid, later.unchanged) == (0, 1, 1, 1)
    assert {number: one.id for number, one in debts(workspace).items()} == known
    assert debts(workspace)["FP001"].due_on == "2026-02-10"
    assert [one.amount for one in payments(workspace)] == [300_000, 500_000]
    assert still(workspace, "FP001") == 200_000
    workspace.undo()
    assert still(workspace, "FP001") == 700_000


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("FP001,海润牧业,2000,,", "应收金额", "import.reason.below_paid"),
        ("FP001,海润牧业,10000,USD,", "币种", "receivable.other_currency"),
        ("FP001,金穗饲料,10000,,", "发票号", "receivable.not_theirs"),
        ("FP001,海润牧业,10000,,10001", "已收金额", "import.reason.overpaid"),
    ],
)
def test_what_does_not_agree_with_the_file_is_refused(workspace, bring, row, column, code):
    bring(OWED, "receivables")
    before = data_hash(workspace)
    outcome = bring(f"发票号,客户名称,应收金额,币种,已收金额\n{row}\n", "receivables")
    assert told(outcome) == {2: (column, code)}
    assert not outcome.changes
    undone = data_hash(workspace)
    assert undone == before


@pytest.mark.parametrize(
    ("text", "kind", "column"),
    [
        ("客户名称,发票号,金额,收款日期\n海润牧业,FP001,10,2027-01-01\n", "payments", "收款日期"),
        ("客户名称,发票号,应收金额,已收金额,收款日期\n海润牧业,FP009,900,10,2027-01-01\n",
         "receivables", "收款日期"),
    ],
)  # fmt: skip
def test_no_money_came_in_on_a_day_to_come(workspace, bring, text, kind, column):
    bring(OWED, "receivables")
    assert told(bring(text, kind)) == {2: (column, "proposal.in_future")}


def test_less_paid_than_is_noted_takes_no_payment_back(workspace, bring):
    bring(OWED, "receivables")
    outcome = bring(
        "发票号,客户名称,应收金额,到期日,已收金额\nFP001,海润牧业,10000,,2000\n", "receivables"
    )
    assert [(one.code, one.kept) for one in outcome.problems] == [("import.reason.less_paid", True)]
    assert (outcome.unchanged, still(workspace, "FP001")) == (1, 700_000)


def test_too_much_is_a_balance_once_that_is_told(workspace, bring):
    text = "发票号,客户名称,应收金额,已收金额,收款日期\nFP1,新农,800,900,2026-02-01\n"
    assert bring(text, "receivables").added == 0
    for paid in (1, 0):  # the second time it is known
        outcome = bring(text, "receivables", keep_rest=True)
        assert outcome.paid == paid
    one = debts(workspace)["FP1"]
    assert still(workspace, "FP1") == 0
    assert receivables.balance(workspace.store, one.customer_id, "CNY") == 10_000


PAID = """客户,发票号,金额,日期,付款方式,流水号
海润牧业,FP001,5000,2026-02-20,支票,A1
,FP002,"2,000.50",2026-02-21,微信,A2
,FP003,US$200,2026-02-22,,A3
金穗饲料,FP003,100,2026-02-23,,A4
海润牧业,FP002,1,2026-02-24,,A5
海润牧业,FP999,1,2026-02-25,,A6
海润牧业,FP001,2001,2026-02-26,,A7
海润牧业,FP001,￥10,2026-01-01,,A8
新来的,,50,2026-02-27,,A9
,FP003,CNY 5,2026-02-28,,A10
"""


def test_payments_settle_the_invoices_they_name(workspace, bring):
    bring(OWED, "receivables")
    before = data_hash(workspace)
    outcome = bring(PAID, "payments")
    assert (outcome.added, outcome.others, outcome.skipped) == (6, 1, 4)
    assert told(outcome) == {
        6: ("发票号", "receivable.not_theirs"),
        7: ("发票号", "import.reason.no_receivable"),
        8: ("金额", "import.reason.overpaid"),
        11: ("金额", "receivable.other_currency"),
    }
    [early] = [one for one in outcome.problems if one.kept]
    assert (early.row, early.column, early.code) == (9, "日期", "import.reason.paid_before")
    assert still(workspace, "FP001") == 199_000
    assert still(workspace, "FP002") == 1_000_000
    assert still(workspace, "FP003") == 20_000
    dollars = [one for one in payments(workspace) if one.currency == "USD"]
    assert [(one.amount, one.reference) for one in dollars] == [(20_000, "A3"), (10_000, "A4")]
    [newcomer] = workspace.store.records(Customer, "SELECT * FROM customer WHERE name = '新来的'")
    assert receivables.balance(workspace.store, newcomer.id, "CNY") == 5_000
    assert checkup.findings(workspace.store) == []
    again = bring(PAID, "payments")
    assert (again.added, again.unchanged, again.skipped) == (0, 6, 4)
    workspace.undo()
    assert data_hash(workspace) == before


def test_two_payments_alike_are_two_and_stay_two(workspace, bring):
    bring(OWED, "receivables")
    text = "发票号,收款金额,收款日期\nFP001,100,2026-02-20\nFP001,100,2026-02-20\n"
    assert [bring(text, "payments").added for _ in range(2)] == [2, 0]
    assert bring(text, "payments", match=None).added == 2
    assert still(workspace, "FP001") == 660_000


def test_a_payment_over_several_invoices_of_a_number_goes_to_the_one_due_first(workspace, bring):
    bring(
        "发票号,客户,应收金额,到期日\nHT1,海润牧业,100,2026-03-01\nHT1,海润牧业,200,2026-02-01\n",
        "receivables",
        match=None,
    )
    outcome = bring("发票号,收款金额,收款日期\nHT1,250,2026-02-20\n", "payments")
    assert outcome.added == 1
    found = workspace.store.records(Receivable, "SELECT * FROM receivable ORDER BY due_on")
    left = receivables.open_amounts(workspace.store, [one.id for one in found])
    assert [left[one.id] for one in found] == [0, 5_000]


def test_a_customer_in_the_trash_neither_owes_nor_pays(workspace, bring):
    bring(OWED, "receivables")
    gone = debts(workspace)["FP001"].customer_id
    workspace.run(TrashRecords("customer", (gone,)))
    owed = bring("发票号,客户名称,应收金额\nFP100,海润牧业,1\n", "receivables")
    paid = bring("发票号,客户,收款金额\nFP001,,1\nFP001,海润牧业,1\n,海润牧业,1\n", "payments")
    assert told(owed) == {2: ("客户名称", "import.reason.customer_in_trash")}
    assert told(paid) == {
        2: ("发票号", "import.reason.in_trash"),
        3: ("客户", "import.reason.customer_in_trash"),
        4: ("客户", "import.reason.customer_in_trash"),
    }


def test_customers_that_are_not_known_are_left_out_where_that_is_wanted(workspace, bring):
    add(workspace, "customer", name="海润牧业")
    text = "发票号,客户名称,应收金额\nA1,海润牧业,1\nA2,海润牧叶,1\n"
    outcome = bring(text, "receivables", newcomers=False)
    assert (outcome.added, outcome.others) == (1, 0)
    assert told(outcome) == {3: ("客户名称", "import.reason.unknown_customer")}
    assert outcome.problems[0].params == {"name": "海润牧叶"}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("客户,应收账款,到期日", "receivables"),
        ("客戶名稱,發票號碼,開立發票日,應收帳款,已收金額", "receivables"),
        ("Customer,Invoice No.,Amount,Due date,Paid", "receivables"),
        ("客户名称,单号,回款金额,回款日期", "payments"),
        ("Customer,Invoice,Amount,Payment date,Method", "payments"),
        ("付款方,收款金额,到账日期,流水号", "payments"),
        ("客户,单号,收款日,金额,方式", "payments"),
        ("客户名称,联系人,电话,金额,日期", "customers"),
        ("商机名称,客户,金额,回款日期", "deals"),
    ],
)
def test_a_list_of_money_is_told_by_its_headers(header, kind):
    assert kinds.guess_kind(header.split(","), []) == kind


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("月结30天", Terms("month_end", 30)),
        ("月結 60 天", Terms("month_end", 60)),
        ("月结", Terms("month_end", 0)),
        ("30 days EOM", Terms("month_end", 30)),
        ("net 30", Terms("net", 30)),
        ("账期45天", Terms("net", 45)),
        ("货到后7天内付款", Terms("net", 7)),
        ("货到付款", Terms("net", 0)),
        ("Due on receipt", Terms("net", 0)),
        ("看情况", None),
        ("3-5 个月", None),
    ],
)
def test_terms_are_read_as_they_are_written(text, terms):
    assert payment_terms(text) == terms


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_column_fills_is_called_so_in_every_language(language):
    for kind in ("receivables", "payments"):
        told = [naming.target_name(one, kind, Words(language)) for one in mapping.targets(kind)]
        assert len(set(told)) == len(told)
        columns = guessing.guess(told, [], kind)
        assert columns.targets == mapping.targets(kind), kind


def test_every_target_has_headers():
    for kind in ("receivables", "payments"):
        for target in mapping.targets(kind):
            assert headers.names()[kind.removesuffix("s")][target].strong

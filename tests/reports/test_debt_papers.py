"""Statement, ageing list and commissions: they add up, and what is ours stays with us."""

from __future__ import annotations

from datetime import date

import pytest

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.errors import UserError
from fieldsales.reports.documents import ageing, build, commission, kind, statement
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import MoveDeals
from fieldsales.services.operations.receivables import AddReceivable
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.queries.money_papers import Account, Brought, StatementFacts
from fieldsales.store.queries.receivables import Debt, Entry
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.visits import sender

ZH = Words("zh_CN")
TODAY = date(2026, 11, 12)


def invoice(number: str, amount: int, due: str, **more: object) -> Receivable:
    values = {"kind": "invoice", "currency": "CNY", "issued_on": "2026-07-01", **more}
    return Receivable(
        id=number,
        customer_id="c1",
        number=number,
        title=f"育肥料 {number}",
        amount=amount,
        due_on=due,
        **values,  # type: ignore[arg-type]
    )


def told() -> StatementFacts:
    old = invoice("F-1", 1_480_000, "2026-07-31")
    disputed = invoice("F-2", 2_800_050, "2026-11-02", disputed=1)
    lost = invoice("F-0", 200_000, "2026-05-31", written_off=200_000, written_off_why="insolvent")
    paid = Payment(customer_id="c1", amount=500_000, currency="CNY", method="cash")
    entries = (
        Entry("2026-05-01", lost, 200_000, 200_000),
        Entry("2026-06-30", lost, -200_000, 0),
        Entry("2026-07-01", old, 1_480_000, 1_480_000),
        Entry("2026-10-03", disputed, 2_800_050, 4_280_050),
        Entry("2026-10-09", paid, -500_000, 3_780_050),
    )
    debts = (
        Debt(old, "海润牧业", 980_000),
        Debt(disputed, "海润牧业", 2_800_050, promised_on="2026-11-20"),
    )
    dollars = invoice("F-9", 1_280_000, "2026-12-01", currency="USD")
    abroad = Account(
        "USD",
        (Entry("2026-10-20", dollars, 1_280_000, 1_280_000),),
        (Debt(dollars, "海润牧业", 1_280_000),),
    )
    return StatementFacts(
        Customer(id="c1", name="海润牧业"), (Account("CNY", entries, debts), abroad)
    )


def text_of(read, code, facts, words=ZH, audience="internal"):
    return read(build(code, facts, words, audience, sender(), TODAY)).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["customer", "internal"])
def test_a_statement_tells_each_entry_and_its_balance(read, language, audience):
    text = text_of(read, "statement", told(), Words(language), audience)
    for account in told().accounts:
        for entry in account.entries:
            assert f"{entry.balance / 100:,.2f}" in text
            assert entry.day in text
    assert "¥37,800.50" in text
    assert "$12,800.00" in text


def test_a_statement_has_the_balance_in_capitals_and_its_ageing(read):
    text = text_of(read, "statement", told(), audience="customer")
    assert "应付余额¥37,800.50大写金额：人民币叁万柒仟捌佰元伍角整" in text
    assert "未付¥37,800.50，其中¥37,800.50已逾期（100%）" in text
    assert "28,000.509,800.0037,800.50" in text  # 10 days, and more than 90


def test_what_is_ours_in_a_statement_stays_with_us(read):
    ours, theirs = (
        text_of(read, "statement", told(), audience=one) for one in ("internal", "customer")
    )
    reason = ZH.choice("write_off_reason", "insolvent")
    for mark in ("F-2有争议", "F-2答应2026-11-20付", "核销", reason, "只供内部"):
        assert squeezed(mark) in ours
        assert squeezed(mark) not in theirs
    assert "账面调整F-0" in squeezed(theirs).replace("　", "")


def test_a_customer_without_debts_reads_that_there_are_none(read):
    facts = StatementFacts(Customer(id="c1", name="海润牧业"))
    assert "没有往来记录" in text_of(read, "statement", facts, audience="customer")
    settled = StatementFacts(facts.customer, (Account("CNY", (), ()),))
    assert "已全部结清" in text_of(read, "statement", settled, audience="customer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ageing_list_keeps_currencies_apart(read, language):
    words = Words(language)
    debts = tuple(debt for account in told().accounts for debt in account.debts)
    text = text_of(read, "ageing", ageing.Facts(debts), words)
    assert "¥37,800.50" in text
    assert "$12,800.00" in text
    for name in ("over_90", "to_30", "not_due"):
        assert squeezed(words(f"report.ageing.bucket.{name}")) in text
    assert text.count("104") == 1  # days since 31 July
    empty = text_of(read, "ageing", ageing.Facts(), words)
    assert squeezed(words("report.ageing.nothing")) in empty


def test_nobody_else_gets_ageing_or_commissions():
    for code in ("ageing", "commission"):
        with pytest.raises(UserError) as refused:
            build(code, kind(code).Facts(), ZH, "customer", sender(), TODAY)
        assert refused.value.code == "report.internal_only"


@pytest.mark.parametrize("language", LANGUAGES)
def test_commissions_add_up_by_partner(read, language):
    words = Words(language)
    deals = tuple(
        Brought(
            Deal(
                title=f"单 {at}",
                customer_id="c",
                currency="CNY",
                order_amount=amount,
                commission_percent=percent,
                partner_id=partner,
            ),
            partner,
            "长青农场",
        )
        for at, (partner, amount, percent) in enumerate(
            [("宏达", 3_400_000, "2.5"), ("宏达", 1_000_001, "3"), ("老张", 500_000, "")]
        )
    )
    text = text_of(read, "commission", commission.Facts(deals), words)
    assert (
        squeezed(words("report.commission.sum", n=2, orders="¥44,000.01", due="¥1,150.00")) in text
    )
    assert squeezed(words("report.commission.open")) in text


def test_they_are_gathered_from_the_file(workspace):
    names = ("海润牧业", "宏达物资")
    ours, partner = (AddRecord("customer", {"name": name}) for name in names)
    workspace.run(ours)
    workspace.run(partner)
    with pytest.raises(UserError) as none:
        statement.latest(workspace.store)
    assert none.value.code == "cli.report.no_receivable"
    assert ageing.gather(workspace.store, "all").debts == ()
    for amount, currency in ((300_000, "CNY"), (90_000, "USD")):
        workspace.run(
            AddReceivable(
                {
                    "customer_id": ours.row_id,
                    "amount": amount,
                    "currency": currency,
                    "number": currency,
                    "issued_on": "2026-09-01",
                }
            )
        )
    assert statement.latest(workspace.store) == ours.row_id
    facts = statement.gather(workspace.store, ours.row_id)
    assert [one.currency for one in facts.accounts] == ["CNY", "USD"]
    only = statement.gather(workspace.store, f"{ours.row_id}:USD")
    assert [one.entries[-1].balance for one in only.accounts] == [90_000]
    assert [one.open for one in ageing.gather(workspace.store, "USD").debts] == [90_000]
    with pytest.raises(UserError):
        ageing.gather(workspace.store, "EUR")
    deal = AddRecord(
        "deal",
        {
            "title": "育肥料",
            "customer_id": ours.row_id,
            "partner_id": partner.row_id,
            "commission_percent": "2",
        },
    )
    workspace.run(deal)
    assert commission.gather(workspace.store, "all").deals == ()
    with pytest.raises(UserError):
        commission.gather(workspace.store, partner.row_id)
    orders = {deal.row_id: Order(500_000, "2026-11-01")}
    workspace.run(MoveDeals((deal.row_id,), "won", Answers("一口价", orders=orders)))
    (found,) = commission.gather(workspace.store, partner.row_id).deals
    assert (found.partner, commission.due(found)) == ("宏达物资", 10_000)

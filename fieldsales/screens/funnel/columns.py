"""What columns and lanes are called, and what letting a card go in a column changes."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.forecast import OVERDUE, UNDATED
from fieldsales.errors import UserError
from fieldsales.reports.funnel_pictures import month_name
from fieldsales.services.board import HORIZON, IMPORTANCE, LATER, STAGE, Board
from fieldsales.services.operations.deals import ExpectInMonth
from fieldsales.services.operations.portfolio import PinClasses
from fieldsales.services.operations.records import EditMany
from fieldsales.services.stages import stage_name
from fieldsales.services.workspace import Operation
from fieldsales.store.database import Store
from fieldsales.words import Words, minor_digits

_LARGE = 10_000_000
_UNITS = {  # from what number on, in which unit, called what
    "zh": ((10**8, 10**8, "in_yi"), (_LARGE, 10**4, "in_wan")),
    "en": ((10**9, 10**9, "in_billions"), (_LARGE, 10**6, "in_millions")),
}


def column_name(words: Words, board: Board, key: str) -> str:
    """The name of a column of the board."""
    by = board.view.by
    if by == STAGE:
        stage = board.known.stage(key)
        return stage_name(words, stage) if stage else key
    if by in (HORIZON, IMPORTANCE):
        return words.choice(by, key) or words(f"funnel.no_{by}")
    if key in (OVERDUE, LATER, UNDATED):
        return words(f"funnel.month_{key}")
    return month_name(words, key)


def lane_name(words: Words, store: Store, by: str, lane: str) -> str:
    """The name of a lane of the board."""
    if not lane:
        return words(f"funnel.no_{by}")
    if by == "customer":
        customer = store.record(Customer, lane)
        return customer.name if customer else ""
    return lane


def short_sum(words: Words, minor: int, currency: str) -> str:
    """A sum in whole units; from ten million on in the large units of the language."""
    scale = 10 ** minor_digits(currency)
    units = (abs(minor) + scale // 2) // scale
    whole = units * scale if minor >= 0 else -units * scale
    text = words.money(whole, currency, cents=False)
    if units < _LARGE:
        return text
    sign = text.rstrip("0123456789,")
    for least, unit, name in _UNITS["zh" if words.chinese else "en"]:
        if units >= least:
            number = units / unit
            digits = 2 if number < 10 else 1 if number < 1000 else 0
            return words(f"funnel.{name}", sign=sign, n=f"{number:,.{digits}f}")
    return text


def change_of(store: Store, words: Words, by: str, key: str, deal_ids: Sequence[str]) -> Operation:
    """The operation that follows a drop on any board but that of stages.

    Raises UserError where a column takes no cards.
    """
    deals = tuple(deal_ids)
    if by == HORIZON:
        return EditMany("deal", deals, {"horizon": key})
    if by == IMPORTANCE:
        found = (store.record(Deal, row_id) for row_id in deals)
        customers = tuple(dict.fromkeys(deal.customer_id for deal in found if deal))
        return PinClasses(customers, IMPORTANCE, key, words("classes.own_judgement"))
    if key == UNDATED:
        return EditMany("deal", deals, {"expected_close": None})
    if key == OVERDUE:
        raise UserError("deal.month_over")
    if key == LATER:
        raise UserError("funnel.later_is_no_month")
    return ExpectInMonth(deals, key)

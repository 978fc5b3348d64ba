"""How a worksheet is told in words: how long it takes to say, and why a benefit is none yet."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import Worksheet, WorksheetRow
from fieldsales.methods.ffab.rules import seconds
from fieldsales.words import Words


def spoken_time(text: str, words: Words) -> str:
    """`12 秒`, from a minute on `1 分 12 秒`: how long it takes to say a text."""
    minutes, rest = divmod(max(1, seconds(text)), 60)
    if minutes:
        return words("ffab.minutes", minutes=minutes, seconds=f"{rest:02}")
    return words("ffab.seconds", n=rest)


def only_advantage(sheet: Worksheet, row: WorksheetRow, needs: Iterable[Need]) -> str:
    """Words key of why what a row says under benefit is an advantage only; '' where it is not.

    Only what answers an explicit need of this customer is a benefit (M27).
    """
    if not row.benefit:
        return ""
    if sheet.customer_id is None:
        return "ffab.only.general"
    if row.need_id is None:
        return "ffab.only.unlinked"
    need = next((one for one in needs if one.id == row.need_id), None)
    if need is None or need.trashed_at:
        return "ffab.only.gone"
    return "" if need.statement == "explicit" else "ffab.only.implied"

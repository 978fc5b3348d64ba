"""What the head of a column says: how many, how much in which currency, how long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from fieldsales.screens.funnel.columns import column_name, short_sum
from fieldsales.services.board import STAGE, Board
from fieldsales.store.queries.deals import days_since
from fieldsales.words import Words


class HeadTexts(NamedTuple):
    """The lines of a head, and all of it for the mouse and for those who listen."""

    name: str
    number: str
    sums: str
    below: str
    tooltip: str


def head_texts(words: Words, board: Board, key: str, now: datetime) -> HeadTexts:
    """Of a column of the board; `now` has a zone."""
    totals = board.totals(key)
    name = column_name(words, board, key)
    parts = []
    if totals.oldest is not None:
        parts.append(words("funnel.oldest", n=int(days_since(totals.oldest, now))))
    if totals.sums:
        parts.append(words("funnel.weighted_sum", sum=_together(words, board, totals.weighted)))
    if board.together(totals.sums) is not None:
        parts.append(words("funnel.together", sum=_together(words, board, totals.sums)))
        parts.reverse()  # there is more than fits: what matters most comes first
    exact = " + ".join(
        words.money(amount, currency, cents=False) for currency, amount in totals.sums.items()
    )
    told = [name, words("funnel.count", n=totals.count), exact, *parts]
    told += _rates_told(words, board, totals.sums)
    usual = board.usual.get(key) if board.view.by == STAGE else None
    if usual is not None:
        told.append(words("funnel.usual", n=round(usual)))
    return HeadTexts(
        name,
        words.number(totals.count),
        sums_text(words, totals.sums),
        " · ".join(parts),
        "\n".join(filter(None, told)),
    )


def sums_text(words: Words, sums: Mapping[str, int]) -> str:
    """Each currency for itself: they are never added up."""
    return " + ".join(short_sum(words, amount, currency) for currency, amount in sums.items())


def _together(words: Words, board: Board, sums: Mapping[str, int]) -> str:
    """In one currency where every rate is known, else each for itself."""
    whole = board.together(sums)
    if whole is None:
        return sums_text(words, sums)
    return short_sum(words, whole.amount, whole.currency)


def _rates_told(words: Words, board: Board, sums: Mapping[str, int]) -> list[str]:
    """At which rates sums come together, or which of them have none."""
    told = []
    for code in sorted(sums.keys() - {board.currency}) if len(sums) > 1 else ():
        rate = board.rates.get(code)
        if rate is None:
            told.append(words("funnel.no_rate", code=code))
        else:
            day = words.date(date.fromisoformat(rate.day))
            told.append(
                words("funnel.rate", code=code, rate=rate.text, own=board.currency, day=day)
            )
    return told

"""The one line above each picture of the portfolio: what it shows, as a code with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fieldsales.domain.classes.channels import Conflict, Part
from fieldsales.domain.classes.history import share, shown
from fieldsales.domain.classes.lifecycle import (
    ACROSS,
    DECLINING,
    DOWN,
    GROWING,
    LOST,
    NEW,
    NO_VALUE,
    PROBLEM,
    RELATIONSHIP,
    STABLE,
)
from fieldsales.domain.classes.pyramid import Layer
from fieldsales.domain.classes.stance import ACQUIRE
from fieldsales.domain.classes.star_cow import DOG, QUESTION, STAR
from fieldsales.domain.classes.worth import WhatIf
from fieldsales.domain.ranking import wilson

Told = int | Decimal | str
Cell = tuple[str, str]

_DOWNWARDS = {NEW: 1, GROWING: 0, STABLE: 1, DECLINING: 2, PROBLEM: 3, NO_VALUE: 4}


@dataclass(frozen=True, slots=True)
class Finding:
    """`figures`: counts (`n`, `all`, `up`, `down` …), percent as Decimal, `money` in minor units,
    and codes or names as they are.
    """

    code: str
    figures: Mapping[str, Told] = field(default_factory=dict)


def finding(code: str, /, **figures: Told | None) -> Finding:
    return Finding(code, {name: one for name, one in figures.items() if one is not None})


def of_pyramid(layers: Sequence[Layer], falling: Sequence[int]) -> Finding:
    """What the tiers above the last bring, by the shares that the layers tell (M31); `falling` is
    what each customer brought, the most first.

    Tiers go by value, and what came back counts against what was sold: the first by sales alone
    may be others and bring more.
    """
    if not falling:
        return finding("nobody")
    if falling[0] <= 0:
        return finding("no_sales", n=len(falling))
    if len(falling) == 1:
        return finding("one")
    if falling[0] == falling[-1]:
        return finding("equal", n=len(falling))
    *upper, _ = layers
    if not any(one.share_of_sales for one in layers):
        return finding("returned")
    if not any(one.customers for one in upper):
        return finding("one_tier")
    return finding(
        "upper",
        part=sum((one.share_of_customers for one in upper), Decimal(0)),
        share=sum((one.share_of_sales for one in upper), Decimal(0)),
    )


def of_places(
    first: str,
    first_part: Decimal | None,
    up: int,
    down: int,
    new: int,
    special: int,
    leading: int = 1,
) -> Finding:
    """Of the first by name and percent of all, and how many rose, fell, are new, and buy only at
    special terms (M08); `leading` share the first place.
    """
    if not first:
        return finding("nobody")
    if first_part is None:
        return finding("nothing")
    if leading > 1:
        return finding("tied", n=leading, share=first_part)
    code = "special" if special else "moved" if up or down or new else "first"
    return finding(code, name=first, share=first_part, up=up, down=down, new=new, special=special)


def of_kinds(counts: Mapping[str, int], sales: Mapping[str, int], unknown: int) -> Finding:
    """Of kind -> customers and sales, and those without a known potential (M32), whose sales are
    told under ''; sales of customers who gave back more than they bought are left out.
    """
    known = sum(counts.values())
    if not known:
        return finding("potential_unknown", n=unknown) if unknown else finding("nobody")
    stars = counts.get(STAR, 0)
    part = shown(share(sales.get(STAR, 0), sum(sales.values())))
    if stars and part is not None:
        return finding("stars", n=stars, share=part)
    if counts.get(QUESTION, 0):
        return finding("questions", n=counts[QUESTION])
    return finding("dogs", n=counts.get(DOG, 0), all=known)


def of_stances(counts: Mapping[str, int], to_win: int, unknown: int) -> Finding:
    """Of stance -> customers, and what those to acquire buy a year from others (M33)."""
    if not sum(counts.values()):
        return finding("potential_unknown", n=unknown) if unknown else finding("nobody")
    if counts.get(ACQUIRE, 0):
        return finding("acquire", n=counts[ACQUIRE], money=to_win)
    return finding("none_to_acquire", n=sum(counts.values()))


def rose(start: Cell, end: Cell) -> bool:
    """Whether a step in the lifecycle grid (M09) is one for the better: further along to the
    relationship, within it towards growth; lost is the worst.
    """
    return _worth(end) > _worth(start)


def _worth(cell: Cell) -> int:
    across, down = cell
    if across == LOST:
        return -1
    return 10 * ACROSS.index(across) - (_DOWNWARDS[down] if across == RELATIONSHIP else 0)


def of_lifecycle(
    counts: Mapping[Cell, int], moves: Mapping[tuple[Cell, Cell], int], asked: bool = True
) -> Finding:
    """Of the grid's cells, and how many went from one to another; `asked` where moves are known."""
    everybody = sum(counts.values())
    if not everybody:
        return finding("nobody")
    old = sum(counts.get((RELATIONSHIP, down), 0) for down in DOWN)
    worry = sum(counts.get((RELATIONSHIP, down), 0) for down in (DECLINING, PROBLEM))
    up = sum(count for step, count in moves.items() if rose(*step))
    down = sum(moves.values()) - up
    if up or down:
        return finding("moved", n=old, worry=worry, up=up, down=down)
    if not old:
        return finding("no_relationship", n=everybody)
    if worry:
        return finding("worry", n=old, worry=worry)
    return finding("steady" if asked else "calm", n=old)


def of_channels(parts: Sequence[Part], conflicts: Sequence[Conflict]) -> Finding:
    """Which channel brings most, and how many customers are served twice (M39)."""
    sold = [part for part in parts if part.sales > 0]
    if not sold:
        return finding("no_sales")
    first = max(sold, key=lambda part: part.sales)
    code = "twice" if conflicts else "most" if len(sold) > 1 else "only"
    return finding(code, channel=first.code, share=first.share_of_sales, n=len(conflicts))


def of_sources(tallies: Mapping[str, tuple[int, int]]) -> Finding:
    """Of source -> deals won and lost: the one that may be counted on most (M05).

    One success of one does not beat eight of ten (`ranking.wilson`). Sources nobody noted count
    in no comparison.
    """
    known = {code: pair for code, pair in tallies.items() if code and sum(pair)}
    if not known:
        return finding("none_closed" if not tallies else "no_source")
    best = max(known, key=lambda code: (wilson(known[code][0], sum(known[code])), code))
    won, lost = known[best]
    if not won:
        return finding("none_won", n=sum(map(sum, known.values())))
    return finding("best", source=best, won=won, all=won + lost)


def of_satisfaction(
    latest: Mapping[str, Decimal | None], before: Mapping[str, Decimal | None], n: int
) -> Finding:
    """Of the means of the parts in the latest period and the one before: what fell most, else what
    stands lowest (M35); `n` scores in all.
    """
    known = {code: mean for code, mean in latest.items() if mean is not None}
    if not known:
        return finding("none")
    fell = {
        code: was - mean
        for code, mean in known.items()
        if (was := before.get(code)) is not None and was > mean
    }
    if fell:
        worst = max(fell, key=lambda code: (fell[code], code))
        return finding("fell", part=worst, by=fell[worst], mean=known[worst], n=n)
    lowest = min(known, key=lambda code: (known[code], code))
    if len(set(known.values())) == 1:
        return finding("even", mean=known[lowest], n=n)
    return finding("lowest", part=lowest, mean=known[lowest], n=n)


def of_what_if(outcome: WhatIf) -> Finding:
    """What a change is worth (M30)."""
    if not outcome.before.margin:
        return finding("nothing")
    if not outcome.gained:
        return finding("same", money=outcome.before.lifetime)
    part = shown(share(abs(outcome.gained), abs(outcome.before.lifetime)))
    return finding(
        "more" if outcome.gained > 0 else "less",
        money=abs(outcome.gained),
        share=part,
    )


def of_win_back(amounts: Iterable[tuple[str, int]], lost: int) -> Finding:
    """Of (currency, minor units) for each customer worth another try, and all deals lost (M36)."""
    n = sum(1 for _ in amounts)
    if n:
        return finding("some", n=n)
    return finding("none" if lost else "none_lost", n=lost)

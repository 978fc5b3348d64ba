"""What questions and needs say of a conversation: from situation to benefit, and its gaps (M27)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldsales.domain.need import Need
from fieldsales.domain.visit import VisitItem
from fieldsales.domain.worksheet import WorksheetRow

KINDS = ("situation", "problem", "implication", "payoff")
_MANY = 4  # situation questions that are too many where they outnumber all others

KindOf = Callable[[VisitItem], str]  # the kind of a question, '' where it has none


class Gap(StrEnum):
    """What is missing on the way from a situation to a benefit."""

    TOO_MANY_SITUATION = "too_many_situation"
    NO_IMPLICATION = "no_implication"  # trouble was named, what follows from it never asked
    NO_PAYOFF = "no_payoff"  # trouble was developed, what a remedy is worth never asked
    NEED_WITHOUT_BENEFIT = "need_without_benefit"  # explicit, and nothing answers it
    BENEFIT_WITHOUT_NEED = "benefit_without_need"  # an advantage: nobody asked for it


@dataclass(frozen=True, slots=True)
class Totals:
    """Questions of one kind: planned in all, of these asked, of these answered."""

    planned: int = 0
    asked: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """The way of a conversation: implied needs → developed → explicit → benefits, and its gaps.

    `developed`: implication and need-payoff questions that were asked. `met`: explicit needs that a
    benefit answers. `unmet` and `unasked`: the needs and rows behind the last two gaps.
    """

    totals: dict[str, Totals]
    implied: int
    developed: int
    explicit: int
    met: int
    gaps: tuple[Gap, ...]
    unmet: tuple[Need, ...] = ()
    unasked: tuple[WorksheetRow, ...] = ()


def totals(items: Iterable[VisitItem], kind_of: KindOf) -> dict[str, Totals]:
    """Questions by kind, each of KINDS; an answered one counts as asked."""
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for item in items:
        kind = kind_of(item) if item.kind == "question" else ""
        if kind in counts:
            count = counts[kind]
            count[0] += 1
            count[1] += bool(item.done or item.answer)
            count[2] += bool(item.answer)
    return {kind: Totals(*count) for kind, count in counts.items()}


def flow(
    items: Iterable[VisitItem],
    needs: Sequence[Need],
    rows: Iterable[WorksheetRow],
    kind_of: KindOf,
) -> Flow:
    """Where a conversation stands. A need marked as answered counts as met without a row, too."""
    found = totals(items, kind_of)
    asked = {kind: total.asked for kind, total in found.items()}
    implied = [need for need in needs if need.statement == "implied"]
    explicit = [need for need in needs if need.statement == "explicit"]
    known = {need.id for need in explicit}
    benefits = [row for row in rows if row.benefit]
    answered = {row.need_id for row in benefits}
    unmet = tuple(need for need in explicit if not need.answered and need.id not in answered)
    unasked = tuple(row for row in benefits if row.need_id not in known)
    others = sum(asked.values()) - asked["situation"]
    gaps = {
        Gap.TOO_MANY_SITUATION: asked["situation"] >= _MANY and asked["situation"] > others,
        Gap.NO_IMPLICATION: bool(asked["problem"] or implied) and not asked["implication"],
        Gap.NO_PAYOFF: bool(asked["implication"]) and not asked["payoff"] and not explicit,
        Gap.NEED_WITHOUT_BENEFIT: bool(unmet),
        Gap.BENEFIT_WITHOUT_NEED: bool(unasked),
    }
    return Flow(
        totals=found,
        implied=len(implied),
        developed=asked["implication"] + asked["payoff"],
        explicit=len(explicit),
        met=len(explicit) - len(unmet),
        gaps=tuple(gap for gap, open_ in gaps.items() if open_),
        unmet=unmet,
        unasked=unasked,
    )


def depth(found: dict[str, Totals]) -> float | None:
    """Share of the asked questions that develop a need, implication and payoff; None of none."""
    asked = sum(total.asked for total in found.values())
    deep = found["implication"].asked + found["payoff"].asked
    return deep / asked if asked else None


def trend(depths: Sequence[float | None]) -> float | None:
    """How much deeper the last visit went than those before it on average, −1 … +1.

    Visits without questions do not count; None where there is nothing to compare.
    """
    known = [one for one in depths if one is not None]
    if len(known) < 2:
        return None
    return known[-1] - sum(known[:-1]) / (len(known) - 1)

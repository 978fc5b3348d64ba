"""What differs between two versions of a proposal, as one reads it (M43)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fieldsales.domain.fields import Record, fields, values_of
from fieldsales.domain.money.proposal import Proposal, ProposalLine

_LINE = tuple(name for name in fields(ProposalLine) if name not in ("proposal_id", "position"))
_HEAD = (
    "title", "contact_id", "currency", "tax_mode", "rounding", "discount_kind", "discount", "dated",
    "valid_until", "delivery", "opening", "terms", "closing", "without_prices",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, by its name and both values as they are stored."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that came, went, moved among the others or differs in some fields."""

    kind: Literal["added", "removed", "changed", "moved"]
    line: ProposalLine  # as it is now, or was when it went
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything between two versions; `head` and each line's changes in the order of fields."""

    head: tuple[Change, ...]
    lines: tuple[LineChange, ...]


def difference(
    before: Proposal,
    old: Sequence[ProposalLine],
    after: Proposal,
    new: Sequence[ProposalLine],
    origins: dict[str, str],
) -> Difference:
    """What changed from one version to a later one; `origins` names a new line's line of before."""
    was = {line.id: line for line in old}
    order = [line.id for line in old]
    kept = [origins[line.id] for line in new if origins.get(line.id) in was]
    steady = _longest_rising([order.index(one) for one in kept])
    lines: list[LineChange] = []
    for line in new:
        origin = origins.get(line.id, "")
        if origin not in was:
            lines.append(LineChange("added", line))
            continue
        changes = _changes(was[origin], line, _LINE)
        if changes:
            lines.append(LineChange("changed", line, changes))
        elif order.index(origin) not in steady:
            lines.append(LineChange("moved", line))
    lines += [LineChange("removed", line) for line in old if line.id not in kept]
    return Difference(_changes(before, after, _HEAD), tuple(lines))


def _changes(before: Record, after: Record, names: Sequence[str]) -> tuple[Change, ...]:
    old, new = values_of(before), values_of(after)
    return tuple(Change(one, old[one], new[one]) for one in names if old[one] != new[one])


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The longest part of a sequence that rises: what did not move while the rest did."""
    best: list[list[int]] = []  # the best chain that ends with each number
    for number in numbers:
        longest: list[int] = []
        for chain in best:
            if chain[-1] < number and len(chain) > len(longest):
                longest = chain
        best.append([*longest, number])
    steady: list[int] = max(best, key=len, default=[])
    return set(steady)

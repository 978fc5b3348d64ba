"""The buying climate (M16): who holds which role, what they think of us, and where we know nothing.

`buying_group` asks of a deal what its 1+2+1 lacks; this tells how well all four roles are covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldsales.domain.buying_group import FOR_US
from fieldsales.domain.contact import BUYING_ROLES, BuyingRole

# how well a role is covered, the worst first
STATES = ("unknown", "assumed", "unmet", "against", "undecided", "for_us")


@dataclass(frozen=True, slots=True)
class Coverage:
    """One of the four roles: the rows that say who holds it, the most influential first.

    `last_met` is the newest day (or moment) on which any holder was met.
    """

    role: str
    holders: tuple[BuyingRole, ...] = ()
    last_met: str | None = None

    @property
    def state(self) -> str:
        """One of STATES: nobody known, only assumed, never met, else what the most influential
        holder thinks of us.
        """
        if not self.holders:
            return "unknown"
        if not any(holder.confirmed for holder in self.holders):
            return "assumed"
        if self.last_met is None:
            return "unmet"
        attitude = self.holders[0].attitude
        if attitude is not None and attitude < 0:
            return "against"
        return "for_us" if attitude is not None and attitude >= FOR_US else "undecided"


def coverage(roles: Iterable[BuyingRole], met: Mapping[str, str | None]) -> tuple[Coverage, ...]:
    """The four roles in their order; `roles` as `buying_group.roles_in` gives them for a deal, or
    all of a customer; `met`: contact -> when last met.
    """
    held: dict[str, list[BuyingRole]] = {role: [] for role in BUYING_ROLES}
    for row in roles:
        if row.role in held:
            held[row.role].append(row)
    return tuple(_coverage(role, rows, met) for role, rows in held.items())


def _coverage(role: str, rows: Sequence[BuyingRole], met: Mapping[str, str | None]) -> Coverage:
    holders = sorted(rows, key=lambda row: (-(row.influence or 0), row.id))
    days = [day for row in holders if (day := met.get(row.contact_id))]
    return Coverage(role, tuple(holders), max(days, default=None))


def covered(found: Iterable[Coverage]) -> int:
    """How many of the four roles have a holder whom somebody confirmed, 0 … 4."""
    return sum(one.state not in ("unknown", "assumed") for one in found)

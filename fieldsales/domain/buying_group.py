"""The 1+2+1 sheet (M17): a guide, two of the four buying roles for us, a responsible seller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldsales.domain.contact import BUYING_ROLES, BuyingRole, Contact
from fieldsales.domain.deal import Deal, DealMember

GUIDE, ROLES, SELLER = "guide", "roles", "seller"
PARTS = (GUIDE, ROLES, SELLER)
FOR_US = 1  # the attitude from which somebody counts as being for us
ROLES_NEEDED = 2
COMPLETE = 4
# why somebody could fill a gap, the best reason first
CHANCES = ("for_us", "insider", "undecided", "unknown", "against")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody at the customer who could fill a gap; `why` is one of CHANCES."""

    contact_id: str
    part: str
    why: str
    attitude: int | None
    influence: int | None


@dataclass(frozen=True, slots=True)
class OnePlusTwoPlusOne:
    """Who fills which part of a deal's 1+2+1.

    `roles` holds one row for each of the four roles whose holder is for us. What rests on an
    assumption counts in `score`, but not in `confirmed`; our own seller is always confirmed.
    """

    guide: BuyingRole | None
    roles: tuple[BuyingRole, ...]
    seller: str
    candidates: tuple[Candidate, ...] = ()

    @property
    def score(self) -> int:
        """0 … 4."""
        return bool(self.guide) + min(len(self.roles), ROLES_NEEDED) + bool(self.seller)

    @property
    def confirmed(self) -> int:
        """0 … 4, as `score`, of what is more than assumed."""
        roles = sum(bool(role.confirmed) for role in self.roles)
        guide = bool(self.guide and self.guide.confirmed)
        return guide + min(roles, ROLES_NEEDED) + bool(self.seller)

    @property
    def complete(self) -> bool:
        return self.score == COMPLETE

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that have a gap."""
        filled = (self.guide is not None, len(self.roles) >= ROLES_NEEDED, bool(self.seller))
        return tuple(part for part, there in zip(PARTS, filled, strict=True) if not there)


def roles_in(deal_id: str, roles: Iterable[BuyingRole]) -> list[BuyingRole]:
    """The roles that hold in a deal: its own, and the customer's where it says nothing else.

    What was said of a person's role in this deal stands in place of what holds at the customer.
    """
    roles = [role for role in roles if role.deal_id in (None, deal_id)]
    own = {(role.contact_id, role.role) for role in roles if role.deal_id}
    return [role for role in roles if role.deal_id or (role.contact_id, role.role) not in own]


def one_plus_two_plus_one(
    deal: Deal,
    roles: Iterable[BuyingRole],
    people: Sequence[Contact] = (),
    members: Iterable[DealMember] = (),
) -> OnePlusTwoPlusOne:
    """M17 for one deal; `roles` and `people` are the customer's.

    A guide shows how this customer buys; an insider, who merely leaks, does not count as one. Of
    the four roles each counts once, whoever holds it; somebody who holds two counts for both.
    """
    known = roles_in(deal.id, roles)
    known.sort(key=lambda role: (not role.confirmed, -(role.attitude or 0), role.id))
    guide = next((role for role in known if role.role == GUIDE), None)
    for_us: dict[str, BuyingRole] = {}
    for role in known:
        if role.role in BUYING_ROLES and (role.attitude or 0) >= FOR_US:
            for_us.setdefault(role.role, role)
    sellers = (member.name for member in members if member.role == "seller")
    sheet = OnePlusTwoPlusOne(
        guide=guide,
        roles=tuple(for_us[role] for role in BUYING_ROLES if role in for_us),
        seller=deal.seller or next(sellers, ""),
    )
    candidates = tuple(_candidates(sheet, known, people))
    return OnePlusTwoPlusOne(sheet.guide, sheet.roles, sheet.seller, candidates)


def _candidates(
    sheet: OnePlusTwoPlusOne, known: Sequence[BuyingRole], people: Sequence[Contact]
) -> list[Candidate]:
    """For each gap the people who could fill it, the likeliest first."""
    found: list[Candidate] = []
    for part in sheet.missing:
        if part == SELLER:
            continue
        taken = {role.contact_id for role in sheet.roles} if part == ROLES else set()
        of_part = [
            _candidate(person, part, [role for role in known if role.contact_id == person.id])
            for person in people
            if person.id not in taken
        ]
        of_part.sort(
            key=lambda one: (CHANCES.index(one.why), -(one.influence or 0), one.contact_id)
        )
        found += of_part
    return found


def _candidate(person: Contact, part: str, roles: Sequence[BuyingRole]) -> Candidate:
    attitudes = [role.attitude for role in roles if role.attitude is not None]
    attitude = max(attitudes, default=None)
    if attitude is not None and attitude >= FOR_US:
        why = "for_us"
    elif attitude is not None and attitude < 0:
        why = "against"
    elif part == GUIDE and any(role.role == "insider" for role in roles):
        why = "insider"
    else:
        why = "undecided" if roles else "unknown"
    influence = max((role.influence for role in roles if role.influence is not None), default=None)
    return Candidate(person.id, part, why, attitude, influence)

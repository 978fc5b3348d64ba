"""Exit evidence (M25): what must be on record before a deal leaves a stage, and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from fieldsales.domain.buying_group import (
    COMPLETE,
    OnePlusTwoPlusOne,
    one_plus_two_plus_one,
    roles_in,
)
from fieldsales.domain.contact import BUYING_ROLES, BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal, DealMember
from fieldsales.domain.need import Need
from fieldsales.domain.pipeline import Stage
from fieldsales.domain.visit import Visit, VisitItem

Source = tuple[str, str]  # noun and id of a record

_SHOWING = ("demo", "trial", "site_visit")  # advances in which the customer sees what we offer
_ROLES_KNOWN = 2


@dataclass(frozen=True)
class EvidenceFacts:
    """What is on record about a deal: its own, and the customer's that is of no other deal.

    `roles` and `people` are the customer's, `profiled` those of them of whom a clue was seen or who
    have assessed themselves, `visits` those that were held, `items` the lines captured in them,
    `judged` what was said of its importance, `met` the needs that a benefit of a worksheet answers,
    `receivables` the deal's with what is still open of each, all without what lies in the trash.
    """

    deal: Deal
    customer: Customer
    roles: tuple[BuyingRole, ...] = ()
    people: tuple[Contact, ...] = ()
    profiled: tuple[str, ...] = ()
    members: tuple[DealMember, ...] = ()
    needs: tuple[Need, ...] = ()
    visits: tuple[Visit, ...] = ()
    items: tuple[VisitItem, ...] = ()
    judged: tuple[Source, ...] = ()
    met: frozenset[str] = frozenset()
    receivables: tuple[tuple[str, int], ...] = ()

    @property
    def owing(self) -> list[str]:
        """Ids of the receivables of which something is still open."""
        return [row_id for row_id, still in self.receivables if still > 0]

    @cached_property
    def buying_group(self) -> OnePlusTwoPlusOne:
        return one_plus_two_plus_one(self.deal, self.roles, self.people, self.members)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether something is proven, and by which records; `found` of the `needed` are there."""

    code: str
    found: int
    needed: int
    by: tuple[Source, ...] = ()

    @property
    def holds(self) -> bool:
        return self.found >= self.needed


def evidence(code: str, facts: EvidenceFacts) -> Evidence:
    """One piece of evidence about a deal; raises KeyError on an unknown code."""
    by, found, needed = _RULES[code](facts)
    return Evidence(code, min(found, needed), needed, tuple(by))


def checklist(stage: Stage, facts: EvidenceFacts) -> tuple[Evidence, ...]:
    """The exit evidence of a stage, what is missing too."""
    return tuple(evidence(code, facts) for code in stage.gate_codes if code in _RULES)


def missing(gates: Iterable[Stage], facts: EvidenceFacts) -> tuple[tuple[Stage, Evidence], ...]:
    """What the gates of these stages ask for and the records do not show, each thing once."""
    lacking: dict[str, tuple[Stage, Evidence]] = {}
    for stage in gates:
        for piece in checklist(stage, facts):
            if not piece.holds:
                lacking.setdefault(piece.code, (stage, piece))
    return tuple(lacking.values())


def order_of(facts: EvidenceFacts) -> tuple[int, str, str] | None:
    """Amount, currency and day of the order on record: the deal's own, else its last visit's."""
    deal = facts.deal
    if deal.order_amount:
        return deal.order_amount, deal.currency, deal.ordered_on or ""
    ordered = _ordering(facts)
    if not ordered:
        return None
    last = max(ordered, key=lambda visit: (visit.starts_at, visit.id))
    return last.amount or 0, last.currency or deal.currency, ""


_Rule = Callable[[EvidenceFacts], tuple[Iterable[Source], int, int]]


def _qualified(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M12: somebody has judged how important this customer is: held its class, or rated it."""
    typed = [("customer", facts.customer.id)] if facts.customer.importance else []
    return [*typed, *facts.judged], len(typed) + len(facts.judged), 1


def _roles(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """Two of the four roles of M16 are known, whatever they think of us."""
    first = {
        role.role: role.id
        for role in reversed(roles_in(facts.deal.id, facts.roles))
        if role.role in BUYING_ROLES
    }
    return [("buying_role", row_id) for row_id in first.values()], len(first), _ROLES_KNOWN


def _profile(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M29e, M21: how somebody there thinks has been observed."""
    seen = [("contact", row_id) for row_id in facts.profiled]
    seen += [("visit_item", item.id) for item in facts.items if item.kind == "observation"]
    return seen, len(seen), 1


def _guide(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M17: somebody shows us how this customer buys."""
    guide = facts.buying_group.guide
    return [("buying_role", guide.id)] if guide else [], guide is not None, 1


def _explicit_need(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M27: somebody has said what they want."""
    explicit = [need.id for need in facts.needs if need.statement == "explicit"]
    return [("need", row_id) for row_id in explicit], len(explicit), 1


def _shown(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """A proposal or demo was shown: material in a visit, or they came to see or try it."""
    shown = [("visit_item", item.id) for item in facts.items if item.kind == "material"]
    shown += [("visit", visit.id) for visit in facts.visits if visit.their_advance in _SHOWING]
    return shown, len(shown), 1


def _answered(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M27: every explicit need has a benefit that answers it, on a worksheet or by word."""
    explicit = [need for need in facts.needs if need.statement == "explicit"]
    answered = [need for need in explicit if need.answered or need.id in facts.met]
    return [("need", need.id) for need in answered], len(answered), max(1, len(explicit))


def _one_plus_two_plus_one(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """M17: the 1+2+1 is complete."""
    sheet = facts.buying_group
    held = [role for role in (sheet.guide, *sheet.roles) if role]
    by = [("buying_role", role.id) for role in held]
    if sheet.seller:
        by.append(("deal", facts.deal.id))
    return by, sheet.score, COMPLETE


def _order(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """An order with its amount, on the deal or in a visit."""
    if facts.deal.order_amount:
        return [("deal", facts.deal.id)], 1, 1
    ordered = _ordering(facts)
    return [("visit", visit.id) for visit in ordered], len(ordered), 1


def _ordering(facts: EvidenceFacts) -> list[Visit]:
    """Visits of this very deal that brought an order: one of no deal may be about another."""
    return [
        visit
        for visit in facts.visits
        if visit.ordered and visit.amount and visit.deal_id == facts.deal.id
    ]


def _paid(facts: EvidenceFacts) -> tuple[Iterable[Source], int, int]:
    """All the money is in: every receivable of the deal is settled, else as the deal says."""
    if facts.receivables:
        settled = [row_id for row_id, still in facts.receivables if still <= 0]
        by = [("receivable", row_id) for row_id in settled]
        return by, len(settled), len(facts.receivables)
    paid = bool(facts.deal.paid_on)
    return [("deal", facts.deal.id)] if paid else [], paid, 1


_RULES: dict[str, _Rule] = {
    "qualified": _qualified,
    "roles": _roles,
    "profile": _profile,
    "guide": _guide,
    "explicit_need": _explicit_need,
    "shown": _shown,
    "answered": _answered,
    "one_plus_two_plus_one": _one_plus_two_plus_one,
    "order": _order,
    "paid": _paid,
}
EVIDENCE = tuple(_RULES)

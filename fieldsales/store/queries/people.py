"""What is known of people: of all at a customer, of one, of those in a meeting (M15–M24)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from fieldsales.domain.buying_group import roles_in
from fieldsales.domain.clock import day_start, local_day
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, BuyingRole, Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal, FactorRating
from fieldsales.domain.fields import Record
from fieldsales.domain.interaction import CONTACT_KINDS
from fieldsales.domain.need import PERSONAL_NEEDS, Need, NeedRating
from fieldsales.domain.preference import Preference
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.domain.relationship import (
    Standing,
    freshness,
    satisfied,
    standing_of_customer,
    standing_of_person,
)
from fieldsales.domain.visit import Visit
from fieldsales.errors import UserError
from fieldsales.store.database import Store, table_of
from fieldsales.store.queries.card import LEVEL_ORDER
from fieldsales.store.queries.preferences import preferences_of

_R = TypeVar("_R", bound=Record)

_AMONG = "IN (SELECT value FROM json_each(?))"
_YEAR = timedelta(days=365)
_PARTS = dict.fromkeys(("decision_maker", *BUYING_ROLES, *SIDE_ROLES))
_KINDS = ", ".join(f"'{kind}'" for kind in CONTACT_KINDS)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, or a vacant post, with all that pictures and advice need of them.

    `assessment`: the newest one that is finished. `last_met`: moment of the last visit held at
    which they were met. `ratings`: of their personal needs (M19).
    """

    contact: Contact
    roles: tuple[BuyingRole, ...] = ()
    clues: tuple[Clue, ...] = ()
    assessment: Assessment | None = None
    ratings: tuple[NeedRating, ...] = ()
    needs: tuple[Need, ...] = ()
    last_met: str | None = None

    def influence(self, deal_id: str | None = None) -> int | None:
        """1 … 5, of a deal what was said there before what holds for the customer; the strongest
        of several roles.
        """
        return _told(self.roles, deal_id, lambda role: role.influence, max)

    def attitude(self, deal_id: str | None = None) -> int | None:
        """−2 … +2, as `influence`; the worst of several."""
        return _told(self.roles, deal_id, lambda role: role.attitude, min)

    def parts(self, deal_id: str | None = None) -> tuple[str, ...]:
        """Codes of the roles at the customer, or in a deal, each once, the weightiest first."""
        held = {role.role for role in self.held(deal_id)}
        return tuple(code for code in _PARTS if code in held)

    def held(self, deal_id: str | None = None) -> list[BuyingRole]:
        """The roles that hold in a deal, or at the customer; there those of deals count, too."""
        return roles_in(deal_id, self.roles) if deal_id else list(self.roles)

    def fresh(self, today: date) -> float:
        """How fresh what we think of them is, 1 … 0."""
        return freshness(local_day(self.last_met) if self.last_met else None, today)


@dataclass(frozen=True, slots=True)
class People:
    """All people of a customer, the top level first, vacant posts among them.

    `ratings`: of the organisation's needs (M18). `counts`: visits, orders and replies of the last
    twelve months (M10).
    """

    customer: Customer
    rows: tuple[PersonRow, ...]
    ratings: tuple[NeedRating, ...] = ()
    needs: tuple[Need, ...] = ()  # all the customer voiced, the newest first
    deals: tuple[Deal, ...] = ()  # open ones
    counts: Mapping[str, int] = field(default_factory=dict)
    noted: tuple[Preference, ...] = ()  # what to bear in mind of them, what to keep off first

    @property
    def persons(self) -> tuple[PersonRow, ...]:
        """Without the posts that nobody holds."""
        return tuple(row for row in self.rows if not row.contact.vacant)

    @property
    def standing(self) -> Standing:
        """The customer in the relationship matrix (M20)."""
        met = [(satisfied(row.ratings, PERSONAL_NEEDS), row.influence()) for row in self.persons]
        return standing_of_customer(self.ratings, met)

    def standing_of(self, row: PersonRow) -> Standing:
        """One of its people in the matrix."""
        return standing_of_person(self.ratings, row.ratings)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one thinks, as far as it is told: a contact, or the rep (`contact` None).

    `assessments`: the finished ones, newest first. `open`: one that was begun and not finished.
    """

    contact: Contact | None
    assessments: tuple[Assessment, ...] = ()
    open: Assessment | None = None
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who sits in a visit: those expected or met, our own assessment beside them."""

    visit: Visit
    rows: tuple[PersonRow, ...]
    own: Assessment | None = None


def people(store: Store, customer_id: str) -> People:
    """Everybody at a customer; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        customer = store.record(Customer, customer_id)
        if customer is None or customer.trashed_at:
            raise UserError("record.gone")
        live = "customer_id = ? AND trashed_at IS NULL"
        contacts = store.records(
            Contact, f"SELECT * FROM contact WHERE {live} ORDER BY {LEVEL_ORDER}", [customer_id]
        )
        return People(
            customer=customer,
            rows=rows_of(store, contacts),
            ratings=tuple(
                store.records(
                    NeedRating,
                    f"SELECT * FROM need_rating WHERE {live} AND contact_id IS NULL"
                    " ORDER BY rated_on DESC, id DESC",
                    [customer_id],
                )
            ),
            needs=tuple(
                store.records(
                    Need,
                    f"SELECT * FROM need WHERE {live} ORDER BY created_at DESC, id DESC",
                    [customer_id],
                )
            ),
            deals=tuple(
                store.records(
                    Deal,
                    f"SELECT * FROM deal WHERE {live} AND stage NOT IN ('won', 'lost')"
                    " ORDER BY expected_close IS NULL, expected_close, id",
                    [customer_id],
                )
            ),
            counts=_counts(store, customer_id),
            noted=tuple(preferences_of(store, customer_id)),
        )


def person(store: Store, contact_id: str) -> PersonRow:
    """One of them; raises UserError("record.gone") if it is unknown or in the trash."""
    with store.reading():
        contact = store.record(Contact, contact_id)
        if contact is None or contact.trashed_at:
            raise UserError("record.gone")
        return rows_of(store, [contact])[0]


def profile(store: Store, contact_id: str | None) -> Profile:
    """How a contact thinks, or the rep without one; UserError("record.gone") as `person`."""
    with store.reading():
        contact = store.record(Contact, contact_id)
        if contact_id is not None and (contact is None or contact.trashed_at):
            raise UserError("record.gone")
        done = store.records(
            Assessment,
            "SELECT * FROM assessment WHERE contact_id IS ? AND trashed_at IS NULL"
            " ORDER BY finished_at DESC, created_at DESC, id DESC",
            [contact_id],
        )
        return Profile(
            contact=contact,
            assessments=tuple(one for one in done if one.finished_at),
            open=next((one for one in done if not one.finished_at), None),
            clues=tuple(
                store.records(
                    Clue,
                    "SELECT * FROM clue WHERE contact_id = ? AND trashed_at IS NULL"
                    " ORDER BY seen_on DESC, id DESC",
                    [contact_id],
                )
            ),
        )


def meeting(store: Store, visit_id: str) -> Meeting:
    """Who sits there; raises UserError("record.gone") if the visit is unknown."""
    with store.reading():
        visit = store.record(Visit, visit_id)
        if visit is None:
            raise UserError("record.gone")
        contacts = store.records(
            Contact,
            "SELECT c.* FROM visit_person p JOIN contact c ON c.id = p.contact_id"
            " WHERE p.visit_id = ? AND p.trashed_at IS NULL AND c.trashed_at IS NULL"
            " ORDER BY p.created_at, p.id",
            [visit_id],
        )
        rows = rows_of(store, contacts)
        own = profile(store, None).assessments
    return Meeting(visit, rows, own[0] if own else None)


def factor_ratings(store: Store, deal_id: str) -> tuple[FactorRating, ...]:
    """How the purchase factors of a deal are rated (M24), oldest first."""
    return tuple(
        store.records(
            FactorRating,
            "SELECT * FROM factor_rating WHERE deal_id = ? AND trashed_at IS NULL"
            " ORDER BY created_at, id",
            [deal_id],
        )
    )


def rows_of(store: Store, contacts: Sequence[Contact]) -> tuple[PersonRow, ...]:
    """Contacts with all that is known of each, in their order."""
    ids = json.dumps([contact.id for contact in contacts])
    roles = _of(store, BuyingRole, ids, "id")
    clues = _of(store, Clue, ids, "seen_on DESC, id DESC")
    ratings = _of(store, NeedRating, ids, "rated_on DESC, id DESC")
    needs = _of(store, Need, ids, "created_at DESC, id DESC")
    finished = _of(store, Assessment, ids, "finished_at DESC, id DESC", "finished_at IS NOT NULL")
    met = dict(
        store.rows(
            "SELECT p.contact_id, max(v.starts_at) FROM visit_person p"
            f" JOIN visit v ON v.id = p.visit_id WHERE p.contact_id {_AMONG} AND p.met = 1"
            " AND p.trashed_at IS NULL AND v.trashed_at IS NULL"
            " AND v.state IN ('running', 'concluded') GROUP BY p.contact_id",
            [ids],
        )
    )
    return tuple(
        PersonRow(
            contact=contact,
            roles=tuple(
                role for role in roles[contact.id] if role.customer_id == contact.customer_id
            ),
            clues=tuple(clues[contact.id]),
            assessment=next(iter(finished[contact.id]), None),
            ratings=tuple(ratings[contact.id]),
            needs=tuple(needs[contact.id]),
            last_met=met.get(contact.id),
        )
        for contact in contacts
    )


def _of(
    store: Store, noun: type[_R], ids: str, order: str, condition: str = "true"
) -> dict[str, list[_R]]:
    """Live records by the contact they are about."""
    found: dict[str, list[_R]] = defaultdict(list)
    for record in store.records(
        noun,
        f"SELECT * FROM {table_of(noun)} WHERE contact_id {_AMONG} AND trashed_at IS NULL"
        f" AND {condition} ORDER BY {order}",
        [ids],
    ):
        found[getattr(record, "contact_id")].append(record)  # noqa: B009 - not of every record
    return found


def _counts(store: Store, customer_id: str) -> dict[str, int]:
    """What happened with a customer in the last twelve months (M10)."""
    begin = store.clock.today() - _YEAR
    since = day_start(begin)
    [(visits, replies, orders)] = store.rows(
        "SELECT (SELECT count(*) FROM visit WHERE customer_id = ? AND trashed_at IS NULL"
        " AND state IN ('running', 'concluded') AND starts_at >= ?),"
        " (SELECT count(*) FROM interaction WHERE customer_id = ? AND trashed_at IS NULL"
        f" AND kind IN ({_KINDS}) AND at >= ?),"
        " (SELECT count(*) FROM deal WHERE customer_id = ? AND trashed_at IS NULL"
        " AND ordered_on >= ?) + (SELECT count(*) FROM visit WHERE customer_id = ?"
        " AND trashed_at IS NULL AND ordered = 1 AND starts_at >= ? AND deal_id IS NULL)",
        [
            *(customer_id, since),
            *(customer_id, since),
            *(customer_id, begin.isoformat()),
            *(customer_id, since),
        ],
    )
    return {"visits": visits, "replies": replies, "orders": orders}


def _told(
    roles: Iterable[BuyingRole],
    deal_id: str | None,
    value: Callable[[BuyingRole], int | None],
    choose: Callable[[Sequence[int]], int],
) -> int | None:
    """What roles say: those in the deal before those at the customer, those of other deals last."""
    ranked: dict[int, list[int]] = {}
    for role in roles:
        found = value(role)
        if found is not None:
            rank = 0 if deal_id and role.deal_id == deal_id else 1 if not role.deal_id else 2
            ranked.setdefault(rank, []).append(found)
    return choose(ranked[min(ranked)]) if ranked else None

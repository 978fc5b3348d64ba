"""Campaigns (M44): which there are, whom they are for, how far they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.campaign import RETURNED, Campaign, CampaignMember, Figures
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.store import search
from fieldsales.store.database import Store
from fieldsales.store.queries.card import LEVEL_ORDER

_MOST_FOUND = 2_000  # customers and people that a search may name
LEFT, REACHED, BACK, ALL = VIEWS = ("left", "reached", "back", "all")
_BACK = f"m.outcome IN {RETURNED}"
_WHERE = {
    LEFT: "m.reached_at IS NULL",
    REACHED: f"m.reached_at IS NOT NULL AND NOT {_BACK}",
    BACK: _BACK,
    ALL: "true",
}
# somebody who went into the trash before they were reached is not waited for
_LIVE = (
    "FROM campaign_member m JOIN customer c ON c.id = m.customer_id"
    " LEFT JOIN contact p ON p.id = m.contact_id WHERE m.campaign_id = ?1"
    " AND m.trashed_at IS NULL AND c.trashed_at IS NULL"
    " AND (m.reached_at IS NOT NULL OR p.trashed_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody a campaign is for; `contact` None where nobody is known at the customer."""

    member: CampaignMember
    customer: Customer
    contact: Contact | None

    @property
    def name(self) -> str:
        return self.contact.name if self.contact else self.company

    @property
    def company(self) -> str:
        return self.customer.short_name or self.customer.name

    @property
    def addressed(self) -> Contact:
        """Whom the text speaks to: the person, else the house itself."""
        if self.contact is not None:
            return self.contact
        customer = self.customer
        return Contact(name=self.company, phone=customer.phone, email=customer.email)


def campaigns(store: Store) -> list[Campaign]:
    """All of them: those still running first, the newest before the others."""
    return store.records(
        Campaign,
        "SELECT * FROM campaign WHERE trashed_at IS NULL"
        " ORDER BY closed_at IS NOT NULL, created_at DESC, id DESC",
    )


def running(store: Store) -> list[Campaign]:
    """Those that are not closed, the newest first."""
    return [one for one in campaigns(store) if not one.closed_at]


def due(store: Store, last: date) -> list[Campaign]:
    """Those running that are to be done by a day, or before, the first first."""
    return store.records(
        Campaign,
        "SELECT * FROM campaign WHERE trashed_at IS NULL AND closed_at IS NULL AND due <= ?"
        " ORDER BY due, id",
        [last.isoformat()],
    )


def figures(store: Store, campaign_id: str) -> Figures:
    """How far a campaign is."""
    [row] = store.rows(
        f"SELECT count(*), count(m.reached_at), count(nullif({_BACK}, 0)),"
        f" count(nullif(m.outcome = 'visit', 0)), count(nullif(m.outcome = 'deal', 0)) {_LIVE}",
        [campaign_id],
    )
    return Figures(*row)


def counts(store: Store, campaign_id: str) -> dict[str, int]:
    """View of VIEWS -> how many stand in it."""
    told = ", ".join(f"count(nullif({_WHERE[view]}, 0))" for view in VIEWS)
    [row] = store.rows(f"SELECT {told} {_LIVE}", [campaign_id])
    return dict(zip(VIEWS, row, strict=True))


def numbers(store: Store, campaign_id: str, view: str, asked: str = "") -> list[int]:
    """Row numbers of those in a view, by their customers' names.

    With `asked`, of those alone whose name, or whose customer's, is found by it.
    """
    only, params = "", [campaign_id]
    if asked:
        with store.reading() as connection:
            hits = search.search(connection, asked, _MOST_FOUND, ("customer", "contact"))
        found = [
            json.dumps([hit.row_id for hit in hits if hit.noun == noun])
            for noun in ("customer", "contact")
        ]
        only = (
            " AND (m.customer_id IN (SELECT value FROM json_each(?2))"
            " OR m.contact_id IN (SELECT value FROM json_each(?3)))"
        )
        params += found
    return [
        number
        for (number,) in store.rows(
            f"SELECT m.rowid {_LIVE} AND {_WHERE[view]}{only} ORDER BY (SELECT name_key FROM"
            " customer_facts WHERE customer_id = c.id), m.created_at, m.id",
            params,
        )
    ]


def rows(store: Store, wanted: Sequence[int]) -> list[MemberRow | None]:
    """Those of these numbers, in the same order; None for one that is gone."""
    found: dict[int, MemberRow] = {}
    names = {table: store.columns[table] for table in ("campaign_member", "customer", "contact")}
    ends = [1]
    for columns in names.values():
        ends.append(ends[-1] + len(columns))
    for row in store.rows(
        "SELECT m.rowid, m.*, c.*, p.* FROM campaign_member m"
        " JOIN customer c ON c.id = m.customer_id LEFT JOIN contact p ON p.id = m.contact_id"
        " WHERE m.rowid IN (SELECT value FROM json_each(?)) AND m.trashed_at IS NULL"
        " AND c.trashed_at IS NULL",
        [json.dumps(list(wanted))],
    ):
        parts = [
            dict(zip(columns, row[start:end], strict=True))
            for columns, start, end in zip(names.values(), ends, ends[1:], strict=False)
        ]
        found[row[0]] = MemberRow(
            CampaignMember(**parts[0]),
            Customer(**parts[1]),
            Contact(**parts[2]) if parts[2]["id"] else None,
        )
    return [found.get(number) for number in wanted]


def number_of(store: Store, member_id: str) -> int | None:
    """Row number of a member."""
    found: int | None = store.value("SELECT rowid FROM campaign_member WHERE id = ?", [member_id])
    return found


def known(store: Store, campaign_id: str) -> set[tuple[str, str | None]]:
    """(customer, person) of all that a campaign is for."""
    return set(
        store.rows(
            "SELECT customer_id, contact_id FROM campaign_member WHERE campaign_id = ?"
            " AND trashed_at IS NULL",
            [campaign_id],
        )
    )


def whom(store: Store, customer_ids: Collection[str]) -> list[tuple[str, str | None]]:
    """(customer, whom to address there) of live customers: who decides, else the highest.

    In the order of `customer_ids`.
    """
    return store.rows(
        "SELECT c.id, (SELECT p.id FROM contact p WHERE p.customer_id = c.id"
        " AND p.trashed_at IS NULL AND p.vacant = 0 ORDER BY EXISTS (SELECT 1 FROM buying_role r"
        " WHERE r.contact_id = p.id AND r.role = 'decision_maker' AND r.trashed_at IS NULL) DESC,"
        f" {LEVEL_ORDER} LIMIT 1) FROM json_each(?) asked JOIN customer c ON c.id = asked.value"
        " WHERE c.trashed_at IS NULL ORDER BY asked.key",
        [json.dumps(list(customer_ids))],
    )


def since(store: Store, one: CampaignMember) -> list[tuple[str, str, str, str]]:
    """(noun, id, what, moment) of visits and deals at the customer since somebody was reached."""
    return store.rows(
        "SELECT 'visit', id, objective, starts_at FROM visit WHERE customer_id = ?1"
        " AND trashed_at IS NULL AND state <> 'cancelled' AND starts_at > ?2"
        " UNION ALL SELECT 'deal', id, title, at FROM (SELECT d.id, d.title, coalesce((SELECT"
        " min(s.at) FROM stage_change s WHERE s.deal_id = d.id AND s.trashed_at IS NULL),"
        " d.created_at) AS at FROM deal d WHERE d.customer_id = ?1 AND d.trashed_at IS NULL)"
        " WHERE at > ?2 ORDER BY 4, 2 LIMIT 6",
        [one.customer_id, one.reached_at],
    )


def is_begun(store: Store, occasion: str, due: date) -> bool:
    """Whether there is a campaign for an occasion on a day."""
    found = store.value(
        "SELECT 1 FROM campaign WHERE occasion = ? AND due = ? AND trashed_at IS NULL",
        [occasion, due.isoformat()],
    )
    return found is not None

"""Where we stand with every customer of whom somebody rated how far needs are met (M20)."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from fieldsales.domain.clock import local_day
from fieldsales.domain.need import PERSONAL_NEEDS, NeedRating
from fieldsales.domain.relationship import Standing, freshness, satisfied, standing_of_customer
from fieldsales.store.database import Store


class Stood(NamedTuple):
    """A customer in the matrix by the number of its row; `fresh` 1 … 0 by the last contact."""

    number: int
    name: str
    standing: Standing
    fresh: float
    last_contact: str | None


def stood(store: Store) -> list[Stood]:
    """Those with at least one rating, by name; an influence unknown counts as 1."""
    today = store.clock.today()
    house: dict[str, list[NeedRating]] = defaultdict(list)
    persons: dict[str, dict[str, list[NeedRating]]] = defaultdict(lambda: defaultdict(list))
    for rating in store.records(
        NeedRating,
        "SELECT r.* FROM need_rating r LEFT JOIN contact p ON p.id = r.contact_id"
        " WHERE r.trashed_at IS NULL AND (r.contact_id IS NULL"
        " OR (p.trashed_at IS NULL AND p.vacant = 0)) ORDER BY r.rated_on DESC, r.id DESC",
    ):
        if rating.contact_id is None:
            house[rating.customer_id].append(rating)
        else:
            persons[rating.customer_id][rating.contact_id].append(rating)
    influence: dict[str, int] = dict(
        store.rows(
            "SELECT contact_id, max(influence) FROM buying_role WHERE trashed_at IS NULL"
            " AND influence IS NOT NULL GROUP BY contact_id"
        )
    )
    found = []
    for number, customer_id, name, last_contact in store.rows(
        "SELECT f.number, f.customer_id, coalesce(nullif(c.short_name, ''), c.name),"
        " f.last_contact FROM customer_facts f JOIN customer c ON c.id = f.customer_id"
        " WHERE f.customer_id IN (SELECT customer_id FROM need_rating WHERE trashed_at IS NULL)"
        " ORDER BY f.name_key"
    ):
        people = [
            (satisfied(ratings, PERSONAL_NEEDS), influence.get(contact_id))
            for contact_id, ratings in persons[customer_id].items()
        ]
        standing = standing_of_customer(house[customer_id], people)
        met = local_day(last_contact) if last_contact else None
        found.append(Stood(number, name, standing, freshness(met, today), last_contact))
    return found

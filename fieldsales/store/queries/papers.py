"""What papers need beside their facts: the sender, and which record is the latest."""

from __future__ import annotations

from fieldsales.domain.visit import Letterhead
from fieldsales.store.database import Store
from fieldsales.store.queries.needed import needed
from fieldsales.store.queries.settings import setting

ME = "me"  # stands for the rep where a paper is about a person
LETTERHEAD_FIELDS = ("company", "address", "phone", "seller")


def letterhead(store: Store, logo: bytes = b"") -> Letterhead:
    """The sender as the settings have it."""
    values = {name: str(setting(store, f"letterhead.{name}", "")) for name in LETTERHEAD_FIELDS}
    return Letterhead(**values, logo=logo)


def latest_visit(store: Store, *, planned: bool) -> str:
    """Id of the next planned visit, or of the one concluded last; UserError if there is none."""
    state, order = ("planned", "starts_at") if planned else ("concluded", "starts_at DESC")
    found = store.value(
        f"SELECT id FROM visit WHERE state = ? AND trashed_at IS NULL ORDER BY {order} LIMIT 1",
        [state],
    ) or store.value(
        "SELECT id FROM visit WHERE trashed_at IS NULL ORDER BY starts_at DESC LIMIT 1"
    )
    return needed(found, "cli.report.none")


def latest_customer(store: Store) -> str:
    """Id of the customer visited last, or of the newest one; UserError if there is none."""
    found = store.value(
        "SELECT c.id FROM customer c LEFT JOIN visit v ON v.customer_id = c.id"
        " AND v.trashed_at IS NULL AND v.state IN ('running', 'concluded')"
        " WHERE c.trashed_at IS NULL ORDER BY v.starts_at DESC, c.created_at DESC, c.id LIMIT 1"
    )
    return needed(found, "cli.report.no_customer")


def best_known_customer(store: Store) -> str:
    """Id of the customer of whose people most is known; UserError if there is none."""
    of_people = " + ".join(
        f"(SELECT count(*) FROM {table} t JOIN contact p ON p.id = t.contact_id"
        " WHERE p.customer_id = c.id AND p.trashed_at IS NULL AND t.trashed_at IS NULL)"
        for table in ("buying_role", "clue", "need_rating")
    )
    found = store.value(
        f"SELECT c.id FROM customer c WHERE c.trashed_at IS NULL ORDER BY {of_people} DESC, c.id"
    )
    return needed(found, "cli.report.no_customer")


def latest_product(store: Store) -> str:
    """Id of the product added last; UserError if there is none."""
    found = store.value(
        "SELECT id FROM product WHERE trashed_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1"
    )
    return needed(found, "cli.report.no_product")


def fullest_product(store: Store) -> str:
    """Id of the product of which most is told; UserError if there is none."""
    found = store.value(
        "SELECT id FROM product WHERE trashed_at IS NULL ORDER BY length(description) DESC, id"
    )
    return str(found) if found is not None else latest_product(store)


def latest_profile(store: Store) -> str:
    """Id of the contact who assessed themselves last, or of whom a clue was seen last, or `me`;
    UserError if nothing is known of anybody.
    """
    of_contact = "FROM {0} t JOIN contact c ON c.id = t.contact_id WHERE t.trashed_at IS NULL"
    alive = "AND c.trashed_at IS NULL"
    assessed, seen = of_contact.format("assessment"), of_contact.format("clue")
    found = (
        store.value(
            f"SELECT c.id {assessed} {alive} AND t.finished_at IS NOT NULL"
            " ORDER BY t.finished_at DESC, t.id DESC LIMIT 1"
        )
        or store.value(f"SELECT c.id {seen} {alive} ORDER BY t.seen_on DESC, t.id DESC LIMIT 1")
        or store.value(
            "SELECT ? FROM assessment WHERE contact_id IS NULL AND trashed_at IS NULL"
            " AND finished_at IS NOT NULL LIMIT 1",
            [ME],
        )
    )
    return needed(found, "cli.report.no_profile")

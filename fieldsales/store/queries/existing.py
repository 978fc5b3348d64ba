"""Records an import may meet again: what they are recognised by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.store.database import Store


def customers_by(store: Store, field: str) -> Iterator[tuple[str, str]]:
    """(id, value) of the live customers that have one; `field` is a column of theirs."""
    if field not in Customer.__dataclass_fields__:
        raise KeyError(field)
    return store.each(
        f"SELECT id, {field} FROM customer WHERE trashed_at IS NULL AND {field} <> ''"
    )


def contacts_by(store: Store, field: str) -> Iterator[tuple[str, str | None, str]]:
    """(id, customer's id, value) of the live people that have one."""
    if field not in Contact.__dataclass_fields__:
        raise KeyError(field)
    return store.each(
        f"SELECT id, customer_id, {field} FROM contact WHERE trashed_at IS NULL AND {field} <> ''"
    )


def merged_names(store: Store, noun: str) -> list[tuple[str, str | None, str]]:
    """(id, customer's id, old name) of what stands for customers, or people, that were merged."""
    owner = "k.customer_id" if noun == "contact" else "NULL"
    return [
        (row_id, customer_id, name)
        for row_id, customer_id, name in store.rows(
            f"SELECT k.id, {owner}, n.name FROM {noun} n JOIN {noun} k ON k.id = n.merged_into_id"
            " WHERE k.trashed_at IS NULL ORDER BY n.id"
        )
    ]


def people_of(store: Store, customer_id: str) -> list[tuple[str, str]]:
    """(id, name) of the live people at one customer."""
    return [
        (row_id, name)
        for row_id, name in store.rows(
            "SELECT id, name FROM contact"
            " WHERE customer_id = ? AND trashed_at IS NULL AND vacant = 0",
            [customer_id],
        )
    ]


def deals(store: Store) -> list[tuple[str, str, str]]:
    """(id, customer's id, title) of the live deals."""
    return [
        (row_id, customer_id, title)
        for row_id, customer_id, title in store.rows(
            "SELECT id, customer_id, title FROM deal WHERE trashed_at IS NULL ORDER BY id"
        )
    ]


def trashed_customers(store: Store) -> list[str]:
    """Names of the customers in the trash, but for those that were merged into another."""
    sql = "SELECT name FROM customer WHERE trashed_at IS NOT NULL AND merged_into_id IS NULL"
    return [name for (name,) in store.rows(sql)]


def receivables(store: Store) -> Iterator[tuple[Any, ...]]:
    """(number, id, customer's id, kind, currency, day of the invoice or '', amount, what counts
    against it) of the live receivables with a number, the one due first before; minor units.
    """
    return store.each(
        "SELECT number, id, customer_id, kind, currency, coalesce(issued_on, ''),"
        " coalesce(amount, 0), coalesce(written_off, 0) + CASE kind"
        " WHEN 'credit_note' THEN coalesce((SELECT sum(s.amount) FROM settlement s"
        " WHERE s.credit_note_id = r.id AND s.trashed_at IS NULL), 0)"
        " ELSE coalesce((SELECT sum(s.amount) FROM settlement s"
        " WHERE s.receivable_id = r.id AND s.trashed_at IS NULL), 0) END"
        " FROM receivable r WHERE trashed_at IS NULL AND number <> ''"
        " ORDER BY due_on IS NULL, due_on, id"
    )


def trashed_receivables(store: Store) -> list[str]:
    """Numbers of the receivables in the trash."""
    sql = "SELECT number FROM receivable WHERE trashed_at IS NOT NULL AND number <> ''"
    return [number for (number,) in store.rows(sql)]


def payments(store: Store) -> Iterator[tuple[str, str, str, int, str]]:
    """(customer's id, currency, day, amount, numbers of the receivables it settles, a line each)
    of the live payments.
    """
    return store.each(
        "SELECT customer_id, currency, coalesce(received_on, ''), coalesce(amount, 0),"
        " coalesce((SELECT group_concat(r.number, char(10)) FROM settlement s"
        " JOIN receivable r ON r.id = s.receivable_id"
        " WHERE s.payment_id = p.id AND s.trashed_at IS NULL), '')"
        " FROM payment p WHERE trashed_at IS NULL"
    )


def tags_of_deal(store: Store, deal_id: str) -> set[str]:
    """Names of the tags on one deal."""
    return {
        name
        for (name,) in store.rows(
            "SELECT t.name FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
            " WHERE g.deal_id = ? AND g.trashed_at IS NULL AND t.trashed_at IS NULL",
            [deal_id],
        )
    }


def tags_of(store: Store, customer_id: str) -> set[str]:
    """Names of the tags on one customer."""
    return {
        name
        for (name,) in store.rows(
            "SELECT t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
            " WHERE g.customer_id = ? AND g.trashed_at IS NULL AND t.trashed_at IS NULL",
            [customer_id],
        )
    }


def importance_held(store: Store, customer_id: str) -> str:
    """The importance that is held by hand now, pinned or typed in the customer's form; '' if none
    is.
    """
    found: str | None = store.value(
        "SELECT code FROM class_pin WHERE customer_id = ?1 AND method = 'importance'"
        " AND trashed_at IS NULL AND since <= ?2 AND coalesce(until, ?2) >= ?2"
        " UNION ALL SELECT importance FROM customer WHERE id = ?1",
        [customer_id, store.clock.today().isoformat()],
    )
    return found or ""


def product_names(store: Store) -> list[tuple[str, str]]:
    """Id and name of every product outside the trash."""
    return store.rows("SELECT id, name FROM product WHERE trashed_at IS NULL ORDER BY id")


def sales(store: Store, customer_id: str) -> list[tuple[str, str, str, int, str]]:
    """Day, product, quantity, amount and currency of every sale to a customer."""
    return store.rows(
        "SELECT dated, product_name, quantity, coalesce(amount, 0), currency FROM sale"
        " WHERE customer_id = ? AND trashed_at IS NULL",
        [customer_id],
    )

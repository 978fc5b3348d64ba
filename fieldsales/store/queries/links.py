"""Small look-ups that operations need: who is linked to what, and under which id."""

from __future__ import annotations

from fieldsales.store.database import Store


def tag_id(store: Store, name: str) -> str | None:
    """Id of the live tag of this name."""
    found: str | None = store.value(
        "SELECT id FROM tag WHERE name = ? AND trashed_at IS NULL", [name]
    )
    return found


def taggings(store: Store, tag: str) -> dict[str, str]:
    """Customer id -> id of the tagging, for one tag."""
    return dict(
        store.rows(
            "SELECT customer_id, id FROM tagging WHERE tag_id = ? AND trashed_at IS NULL", [tag]
        )
    )


def setting_id(store: Store, name: str) -> str | None:
    """Id of the row that holds a setting."""
    found: str | None = store.value(
        "SELECT id FROM setting WHERE name = ? AND trashed_at IS NULL", [name]
    )
    return found


def visit_people(store: Store, visit_id: str) -> dict[str, str]:
    """Contact id -> id of its link to a visit."""
    return dict(
        store.rows(
            "SELECT contact_id, id FROM visit_person WHERE visit_id = ? AND trashed_at IS NULL",
            [visit_id],
        )
    )


def children(store: Store, table: str, customer_id: str, trashed_at: str | None) -> list[str]:
    """Ids of what belongs to a customer: the live rows, or those trashed at that moment."""
    return [
        row_id
        for (row_id,) in store.rows(
            f"SELECT id FROM {table} WHERE customer_id = ? AND trashed_at IS ?",
            [customer_id, trashed_at],
        )
    ]


def open_assessment(store: Store, contact_id: str | None) -> str | None:
    """Id of the self-assessment that was begun and not finished, of a contact or of the rep."""
    found: str | None = store.value(
        "SELECT id FROM assessment WHERE contact_id IS ? AND finished_at IS NULL"
        " AND trashed_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 1",
        [contact_id],
    )
    return found


def clue_id(store: Store, contact_id: str, code: str, visit_id: str | None, day: str) -> str | None:
    """Id of the sighting of a clue in a visit, or on a day outside of visits."""
    found: str | None = store.value(
        "SELECT id FROM clue WHERE contact_id = ? AND code = ? AND visit_id IS ?"
        " AND (visit_id IS NOT NULL OR seen_on = ?) AND trashed_at IS NULL",
        [contact_id, code, visit_id, day],
    )
    return found


def need_rating_id(
    store: Store, customer_id: str, contact_id: str | None, category: str, day: str
) -> str | None:
    """Id of what was said of a need on a day."""
    found: str | None = store.value(
        "SELECT id FROM need_rating WHERE customer_id = ? AND contact_id IS ? AND category = ?"
        " AND rated_on = ? AND trashed_at IS NULL",
        [customer_id, contact_id, category, day],
    )
    return found


def factor_rating_ids(store: Store, deal_id: str, factor: str) -> dict[str, str]:
    """Rival -> id of the rating of a deal's purchase factor against them."""
    return dict(
        store.rows(
            "SELECT rival, id FROM factor_rating WHERE deal_id = ? AND factor = ?"
            " AND trashed_at IS NULL",
            [deal_id, factor],
        )
    )


def has_open_task(store: Store, deal_id: str, title: str) -> bool:
    """Whether a deal has such a task that is not done."""
    return bool(
        store.value(
            "SELECT 1 FROM task WHERE deal_id = ? AND title = ? AND done_at IS NULL"
            " AND trashed_at IS NULL",
            [deal_id, title],
        )
    )


def superiors(store: Store, customer_id: str | None) -> dict[str, str | None]:
    """Contact id -> id of who they report to, at one customer."""
    return dict(
        store.rows(
            "SELECT id, reports_to_id FROM contact WHERE customer_id IS ? AND trashed_at IS NULL",
            [customer_id],
        )
    )


def settlements_with(store: Store, row_id: str, trashed_at: str | None) -> list[str]:
    """Ids of what a payment, a credit note or a receivable settles, as `roles_of_contact`."""
    return [
        settlement
        for (settlement,) in store.rows(
            "SELECT id FROM settlement WHERE ?1 IN (receivable_id, payment_id, credit_note_id)"
            " AND trashed_at IS ?2 ORDER BY created_at, id",
            [row_id, trashed_at],
        )
    ]


def roles_of_contact(store: Store, contact_id: str, trashed_at: str | None) -> list[str]:
    """Ids of a person's buying roles: the live ones, or those trashed at that moment."""
    return [
        row_id
        for (row_id,) in store.rows(
            "SELECT id FROM buying_role WHERE contact_id = ? AND trashed_at IS ?",
            [contact_id, trashed_at],
        )
    ]

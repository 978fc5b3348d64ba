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


def roles_of_contact(store: Store, contact_id: str, trashed_at: str | None) -> list[str]:
    """Ids of a person's buying roles: the live ones, or those trashed at that moment."""
    return [
        row_id
        for (row_id,) in store.rows(
            "SELECT id FROM buying_role WHERE contact_id = ? AND trashed_at IS ?",
            [contact_id, trashed_at],
        )
    ]

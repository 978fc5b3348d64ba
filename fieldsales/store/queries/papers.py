"""What papers need beside their facts: the sender, and which record is the latest."""

from __future__ import annotations

from fieldsales.domain.visit import Letterhead
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting

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
    if found is None:
        raise UserError("cli.report.none")
    return str(found)

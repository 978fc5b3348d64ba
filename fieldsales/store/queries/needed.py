"""What a query has to find."""

from __future__ import annotations

from fieldsales.errors import UserError


def needed(found: object, without: str) -> str:
    """The id that was found; UserError `without` where it was none."""
    if found is None:
        raise UserError(without)
    return str(found)

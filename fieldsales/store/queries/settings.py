"""Settings of the file as values."""

from __future__ import annotations

import json
from typing import Any

from fieldsales.store.database import Store


def setting(store: Store, name: str, default: object = None) -> Any:
    """The value of a setting, or `default` where it was never set."""
    text = store.value("SELECT value FROM setting WHERE name = ? AND trashed_at IS NULL", [name])
    return default if text is None else json.loads(text)

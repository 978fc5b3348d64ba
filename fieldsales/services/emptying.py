"""When the trash is emptied by itself: after so many days, if the user wants that."""

from __future__ import annotations

from datetime import timedelta

from fieldsales.domain.clock import to_stamp
from fieldsales.services.operations.emptying import EmptyTrash
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting
from fieldsales.store.queries.trash import trashed

DAYS = (0, 30, 90, 365)  # 0: never
SETTING = "trash.days"
_MOST = 1_000  # records at one start


def days(store: Store) -> int:
    """After how many days; 0 is never."""
    told = setting(store, SETTING, 0)
    return told if isinstance(told, int) and told in DAYS else 0


def due(store: Store) -> EmptyTrash | None:
    """What is to be emptied by now; None if nothing is."""
    wanted = days(store)
    if not wanted:
        return None
    before = to_stamp(store.clock.now() - timedelta(days=wanted))
    old = trashed(store, _MOST, before)
    return EmptyTrash(tuple((one.noun, one.id) for one in old)) if old else None

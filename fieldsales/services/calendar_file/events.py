"""What stands in a calendar file, as far as we read it, and under which id we know it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, datetime

DOMAIN = "fieldsales"
_KEPT = ("birthday", "day")  # of people, and others: known by their records
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@fieldsales", re.ASCII)
_FOREIGN = uuid.UUID("b1d2c0a4-6d1f-5e0a-9f0e-3f9f6c1c5a77")  # of ids made from others' UIDs


@dataclass(frozen=True, slots=True)
class Event:
    """An event or a task of a calendar.

    `begins` is an aware moment, None for what has the day alone; `minutes` how long it takes.
    `repeats`: only the next of several is meant. `row_id`: under which it is kept here, the same
    each time the file is read.
    """

    uid: str
    title: str
    day: date
    begins: datetime | None = None
    minutes: int | None = None
    place: str = ""
    note: str = ""
    repeats: bool = False
    cancelled: bool = False

    @property
    def row_id(self) -> str:
        return row_id(self.uid)


def uid_of_kept(what: str, row: str, year: int | None = None) -> str:
    """The UID of a `birthday` or another `day`, of one year where it is kept by the moon."""
    return uid_of("-".join(filter(None, (what, row, str(year or "")))))


def is_kept(uid: str) -> bool:
    """Whether a UID is of a birthday or another day that we wrote: its record says it."""
    return uid.startswith(tuple(f"{what}-" for what in _KEPT)) and uid.endswith(f"@{DOMAIN}")


def uid_of(row: str) -> str:
    """The UID of one of our records."""
    return f"{row}@{DOMAIN}"


def row_id(uid: str) -> str:
    """The id of the record that a UID stands for: ours, or one made from it."""
    ours = _OURS.fullmatch(uid)
    return ours[1] if ours else str(uuid.uuid5(_FOREIGN, uid))

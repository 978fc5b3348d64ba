"""Numbers of documents: one series for each laptop, none given twice (M43)."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from contextlib import suppress
from datetime import date

from fieldsales import places
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.proposals import last_number

MARK = "Q"  # what numbers begin with unless a laptop has a mark of its own
KEPT = "proposals/mark"  # where the window's state keeps that one
_FITS = re.compile(r"[A-Z0-9][A-Z0-9-]{0,7}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as a digit


def next_number(store: Store, device: str, today: date, *, mark: str = MARK) -> str:
    """The next number: `Q2611-KT-007`, by month and by this laptop's two letters.

    It follows the highest in the file and the highest this laptop ever gave: a backup that was
    taken back does not know the latest ones. Call `took` when it was used.
    """
    prefix = f"{mark}{today:%y%m}-{_two_letters(device)}-"
    return f"{prefix}{max(last_number(store, prefix), _given().get(prefix, 0)) + 1:03d}"


def clean_mark(text: str) -> str:
    """A mark as numbers have it, MARK of nothing; raises UserError("proposal.bad_mark")."""
    mark = unicodedata.normalize("NFKC", text).strip().upper() or MARK
    if not _FITS.fullmatch(mark):
        raise UserError("proposal.bad_mark")
    return mark


def took(number: str) -> None:
    """Remembers, beside the file, that a number was given."""
    prefix, _, count = number.rpartition("-")
    given = _given()
    given[f"{prefix}-"] = max(given.get(f"{prefix}-", 0), int(count))
    places.numbers_file().parent.mkdir(parents=True, exist_ok=True)
    places.write_whole(places.numbers_file(), json.dumps(given).encode())


def _given() -> dict[str, int]:
    """Prefix -> the highest number given; empty where the note is gone or damaged."""
    with suppress(OSError, ValueError, AttributeError, TypeError):
        found = json.loads(places.numbers_file().read_bytes())
        return {str(prefix): int(count) for prefix, count in found.items()}
    return {}


def _two_letters(device: str) -> str:
    first, second = hashlib.sha256(device.encode()).digest()[:2]
    return _LETTERS[first % len(_LETTERS)] + _LETTERS[second % len(_LETTERS)]

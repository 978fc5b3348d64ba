"""What the index is told of one record, and the fingerprint by which it is compared."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

# In the order in which equally good hits are shown.
NOUNS = (
    *("customer", "contact", "deal", "visit", "product"),
    *("worksheet", "own_entry", "checklist", "checklist_result", "attachment"),
    *("campaign", "preference", "interaction"),
)

# To be raised when the tokens made of a record change, so that `verify` asks for a rebuild.
VERSION = 1


class SearchRecord(NamedTuple):
    """The texts under which one record can be found; all may be empty and hold anything.

    `names` are found by characters, pinyin and initials, `phones` by any three digits in a row,
    `ids` (own numbers, e-mail addresses, websites) by their words and whole, `text` by its words.
    Of very long texts only the beginning is found: 80 characters of a name, 20 000 of `text`.
    """

    noun: str
    row_id: str
    customer_id: str | None = None
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    text: str = ""

    def fingerprint(self) -> int:
        """64 bits that change with anything the index keeps of the record."""
        told = repr((VERSION, *self))
        digest = blake2b(told.encode("utf-8", "backslashreplace"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)

"""Typed text that is not saved yet: in the file, and in memory while the file takes no writing."""

from __future__ import annotations

from fieldsales.errors import EnvironmentProblem
from fieldsales.store import drafts
from fieldsales.store.database import Store


class Drafts:
    """Keeps drafts without ever failing: what the file does not take yet is held and written later.

    `trouble` is why something is held; None while all is in the file.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[tuple[str, str, str], str | None] = {}
        self.trouble: EnvironmentProblem | None = None

    def of(self, noun: str, row_id: str) -> dict[str, str]:
        """Field -> text of the drafts of one record."""
        found: dict[str, str | None] = dict(drafts.of(self._store, noun, row_id))
        found |= {
            field: text for (*owner, field), text in self._held.items() if owner == [noun, row_id]
        }
        return {field: text for field, text in found.items() if text is not None}

    def keep(self, noun: str, row_id: str, field: str, text: str | None) -> None:
        """Keeps the text of a field until the field is saved; None forgets it."""
        self._held[noun, row_id, field] = text
        if self.trouble is None:  # else who types on would wait at each key
            self.write()

    def write(self, wait: float = 0.05) -> bool:
        """Writes what is held, waiting so many seconds for who else writes; whether all is in."""
        try:
            for key, text in list(self._held.items()):
                drafts.keep(self._store, *key, text, wait=wait)
                del self._held[key]
        except EnvironmentProblem as trouble:
            self.trouble = trouble
        else:
            self.trouble = None
        return self.trouble is None

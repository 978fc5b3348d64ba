"""A store of secrets as systems have one, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend

from fieldsales.services import remembering


class Secrets(KeyringBackend):
    """With a `priority` below 1 it is what keyring has where there is none."""

    priority = 5.0  # type: ignore[assignment]

    def __init__(self, priority: float = 5.0) -> None:
        super().__init__()
        self.priority = priority  # type: ignore[misc]
        self.kept: dict[tuple[str, str], str] = {}
        self.fails = False

    @classmethod
    @contextmanager
    def used(cls, priority: float = 5.0) -> Iterator[Secrets]:
        """In place of this computer's own."""
        before, made = keyring.get_keyring(), cls(priority)
        keyring.set_keyring(made)
        remembering._store.cache_clear()
        try:
            yield made
        finally:
            keyring.set_keyring(before)
            remembering._store.cache_clear()

    def _look(self) -> None:
        if self.fails:
            raise OSError("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        del self.kept[service, username]

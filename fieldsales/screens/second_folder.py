"""The second folder of backups of a file: which one, and when it was last within reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings

from fieldsales import places
from fieldsales.domain.clock import Clock

DAYS = (3, 7, 14, 30)
_USUAL = 7


class SecondFolder:
    """Kept with the laptop, not in the file: on another laptop the stick has another name."""

    def __init__(self, state: QSettings, database: Path, clock: Clock) -> None:
        self._state = state
        self._clock = clock
        self._key = f"second_backup/{places.backup_folder(database).name}"

    @property
    def chosen(self) -> Path | None:
        """The folder the user chose; whether it is there now is another question."""
        told = str(self._state.value(f"{self._key}/folder") or "")
        return Path(told) if told else None

    @property
    def seen(self) -> date | None:
        """The day of the last backup in it."""
        try:
            return date.fromisoformat(str(self._state.value(f"{self._key}/seen") or ""))
        except ValueError:
            return None

    @property
    def days(self) -> int:
        """After how many days without it the user is reminded."""
        told = str(self._state.value(f"{self._key}/days") or "")
        return int(told) if told.isdecimal() else _USUAL

    def choose(self, folder: Path | None) -> None:
        """Takes a folder, or none."""
        self._state.setValue(f"{self._key}/folder", str(folder) if folder else "")
        # from now on it is waited for
        self._state.setValue(f"{self._key}/seen", self._clock.today().isoformat())

    def mark_seen(self) -> None:
        self._state.setValue(f"{self._key}/seen", self._clock.today().isoformat())

    def remind_after(self, days: int) -> None:
        self._state.setValue(f"{self._key}/days", days)

    def missed(self) -> int:
        """For how many days nothing went there, once that is too long; else 0."""
        if self.chosen is None or self.seen is None:
            return 0
        days = (self._clock.today() - self.seen).days
        return days if days >= self.days else 0

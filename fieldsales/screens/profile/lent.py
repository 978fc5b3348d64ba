"""Whether the laptop is in a contact's hands, kept on it: a crash gives nobody the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from fieldsales.services.lending import Lock

_LENT, _KEPT = "lent", "lent_key"


@dataclass(frozen=True, slots=True)
class Lent:
    """To whom, and how it comes back; `shows_result` lets them see what came out."""

    contact_id: str
    lock: Lock
    shows_result: bool


def lent(state: QSettings, file: Path) -> Lent | None:
    """What was agreed when the laptop was handed over with this file; None if it was not."""
    if state.value(f"{_LENT}/file") != str(file):
        return None
    contact_id = str(state.value(f"{_LENT}/contact", ""))
    shows = state.value(f"{_LENT}/shows_result") == "yes"
    return Lent(contact_id, _lock(state, _LENT), shows)


def lend(state: QSettings, file: Path, agreed: Lent) -> None:
    """Keeps it at once: a crash may follow."""
    state.setValue(f"{_LENT}/file", str(file))
    state.setValue(f"{_LENT}/contact", agreed.contact_id)
    state.setValue(f"{_LENT}/shows_result", "yes" if agreed.shows_result else "no")
    _keep(state, _LENT, agreed.lock)


def take_back(state: QSettings) -> None:
    state.remove(_LENT)
    state.sync()


def kept_lock(state: QSettings) -> Lock | None:
    """The lock of the password that is used each time, if the rep wanted one."""
    return _lock(state, _KEPT) if state.contains(f"{_KEPT}/salt") else None


def keep_lock(state: QSettings, lock: Lock | None) -> None:
    """Keeps it for the next time, or forgets it."""
    if lock is None:
        state.remove(_KEPT)
        state.sync()
    else:
        _keep(state, _KEPT, lock)


def _keep(state: QSettings, group: str, lock: Lock) -> None:
    state.setValue(f"{group}/salt", lock.salt)
    state.setValue(f"{group}/digest", lock.digest)
    state.sync()


def _lock(state: QSettings, group: str) -> Lock:
    return Lock(str(state.value(f"{group}/salt", "")), str(state.value(f"{group}/digest", "")))

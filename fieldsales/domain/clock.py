"""What time it is: the laptop's clock, or one that stands where a sample or a test wants it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta


class Clock:
    """`now()` is an aware UTC moment; `today()` the laptop's calendar day."""

    def __init__(self, today: date | None = None) -> None:
        self._shift = timedelta()
        if today is not None:
            now = datetime.now().astimezone()
            self._shift = datetime.combine(today, now.time()).astimezone() - now

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def today(self) -> date:
        return self.now().astimezone().date()

    def stamp(self) -> str:
        """Now, as it is stored."""
        return to_stamp(self.now())


def to_stamp(moment: datetime) -> str:
    """An aware moment as stored: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def from_stamp(stamp: str) -> datetime:
    """A stored moment as an aware UTC datetime."""
    return datetime.fromisoformat(stamp)


def local_day(stamp: str) -> date:
    """The laptop's calendar day of a stored moment."""
    return from_stamp(stamp).astimezone().date()


def day_start(day: date) -> str:
    """Stored moment at which a calendar day of the laptop begins."""
    return to_stamp(datetime.combine(day, time()).astimezone())

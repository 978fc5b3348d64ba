"""The festivals of the week ahead, for which greetings are to be begun (M44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.services.almanac import festival, national_day
from fieldsales.services.birthdays import next_time
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.database import Store
from fieldsales.store.queries import campaigns
from fieldsales.store.queries.settings import setting
from fieldsales.words import Words

AHEAD = 7  # days before it from which on a festival is spoken of
# festival of the almanac -> topic of the greetings
TOPICS: Mapping[str, str] = {
    "new_year": "new_year",
    "little_year_north": "little_year",
    "little_year_south": "little_year",
    "spring": "spring",
    "lantern": "lantern",
    "dragon_boat": "dragon_boat",
    "mid_autumn": "mid_autumn",
    "national": "national",
    "double_ninth": "double_ninth",
    "winter_solstice": "winter_solstice",
}
# days of the moon's year, and between which days of the sun's they lie: what the moon says of a
# day takes some milliseconds, and most weeks need not ask
_OF_THE_MOON = {
    "little_year_north": ("12-23", "01-11", "02-15"),
    "little_year_south": ("12-24", "01-12", "02-16"),
    "spring": ("01-01", "01-19", "02-22"),
    "lantern": ("01-15", "02-02", "03-08"),
    "dragon_boat": ("05-05", "05-25", "06-28"),
    "mid_autumn": ("08-15", "09-05", "10-10"),
    "double_ninth": ("09-09", "09-29", "11-03"),
}
_USUAL = ("new_year", "little_year_north", "spring", "dragon_boat", "mid_autumn", "national")
_SOLSTICES = ((12, 21), (12, 22), (12, 23))
_KEPT, _PASSED = "festivals.kept", "festivals.passed"


@dataclass(frozen=True, slots=True)
class Festival:
    """One that is near, and for which the greetings are not begun."""

    code: str
    day: date

    @property
    def topic(self) -> str:
        return TOPICS[self.code]


def kept(store: Store) -> tuple[str, ...]:
    """Those for which one writes to customers, as the settings say."""
    asked = setting(store, _KEPT, list(_USUAL))
    return tuple(code for code in TOPICS if code in asked)


def keep(store: Store, code: str, *, on: bool) -> ChangeSetting:
    """Makes a festival one of `kept`, or not."""
    codes = {*kept(store), code} if on else {*kept(store)} - {code}
    return ChangeSetting(_KEPT, [one for one in TOPICS if one in codes])


def pass_over(store: Store, code: str, day: date) -> ChangeSetting:
    """Says no more of a festival this year."""
    return ChangeSetting(_PASSED, {**setting(store, _PASSED, {}), code: day.isoformat()})


def near(store: Store, words: Words, today: date) -> list[Festival]:
    """Those kept within AHEAD days, today's too; once begun, the campaign speaks for itself."""
    passed = setting(store, _PASSED, {})
    found = []
    for code in kept(store):
        day = _within(words, code, today)
        if (
            day is not None
            and passed.get(code) != day.isoformat()
            and not campaigns.is_begun(store, TOPICS[code], day)
        ):
            found.append(Festival(code, day))
    return sorted(found, key=lambda one: one.day)


def _within(words: Words, code: str, today: date) -> date | None:
    """The day of a festival, if it is one of the AHEAD to come or today."""
    week = [today + timedelta(days=ahead) for ahead in range(AHEAD + 1)]
    if code not in _OF_THE_MOON:
        return next((day for day in week if _is(words, code, day)), None)
    written, first, last = _OF_THE_MOON[code]
    if not any(first <= f"{day:%m-%d}" <= last for day in week):
        return None
    coming = next_time(written, "lunar", leap=False, today=today)
    return coming.day if coming is not None and coming.day <= week[-1] else None


def _is(words: Words, code: str, day: date) -> bool:
    """Whether a day is a festival of the sun's year."""
    if code == "national":
        return national_day(words, day)
    if code == "winter_solstice":
        return (day.month, day.day) in _SOLSTICES and festival(day) == code
    return (day.month, day.day) == (1, 1)

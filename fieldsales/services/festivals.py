"""The festivals of the week ahead, and how far the greetings for each are (M44)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.campaign import Campaign, Figures
from fieldsales.services.almanac import festival, national_day
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
_USUAL = ("new_year", "little_year_north", "spring", "dragon_boat", "mid_autumn", "national")
_KEPT, _PASSED = "festivals.kept", "festivals.passed"


@dataclass(frozen=True, slots=True)
class Festival:
    """One that is near; `campaign` is its greetings where they were begun, with their figures."""

    code: str
    day: date
    campaign: Campaign | None = None
    figures: Figures | None = None

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
    """Those kept within AHEAD days, today's too, for which somebody is still to be greeted."""
    wanted, passed = kept(store), setting(store, _PASSED, {})
    found = []
    for ahead in range(AHEAD + 1):
        day = today + timedelta(days=ahead)
        code = "national" if national_day(words, day) else festival(day)
        if code in wanted and passed.get(code) != day.isoformat():
            campaign = campaigns.prepared(store, TOPICS[code], day.isoformat())
            figures = campaigns.figures(store, campaign.id) if campaign else None
            if campaign is None or (figures and figures.left and not campaign.closed_at):
                found.append(Festival(code, day, campaign, figures))
    return found

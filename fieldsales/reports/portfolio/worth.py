"""What customers are worth: the value pyramid (M31) and the ranking (M08)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from fieldsales.domain.classes.findings import of_places, of_pyramid
from fieldsales.domain.classes.history import YEAR, months_before, share, shown
from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.places import Places
from fieldsales.domain.classes.pyramid import layers
from fieldsales.domain.classes.whole import Worth
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.pyramid import Tier, pyramid
from fieldsales.drawing.ranks import Ranked, ranks
from fieldsales.drawing.shapes import Box, Picture, Shape, Text
from fieldsales.reports.portfolio.classed import Compared, OfWorth, is_large
from fieldsales.reports.portfolio.portrait import (
    LISTED,
    Behind,
    Line,
)
from fieldsales.store.database import Store
from fieldsales.store.queries.outcomes import named
from fieldsales.store.queries.worth_pictures import BOUGHT, Group, WorthTable, special
from fieldsales.words import minor_digits

_RANKED = 15  # customers in the picture of the ranking
_BEFORE = {"sales": "before", "margin": "margin_before"}
_NEAR = 5  # customers told of who are next to rise
ROSE, FELL = "rose", "fell"


class Pyramid(Compared):
    """Tiers by value with their part of customers, sales and margin; who moved between them and who
    is next to rise (M31).
    """

    KEY = "pyramid"
    HELP = "m31"

    def gather(self) -> None:
        found = self.table.groups("importance")
        self.layers = layers({tier: found.get(tier, Group())[:3] for tier in TIERS})
        self.sales = self.table.falling("sales")
        ranked = self.table.falling("rank_value")
        places = self.table.rules.importance.places(len(ranked))
        unit = 10 ** minor_digits(self.currency)  # what is missing is told in whole ones
        self.near: dict[int, tuple[str, int]] = {}  # number -> the tier above, what is missing
        for tier, above in zip(TIERS[1:], TIERS, strict=False):
            numbers = self.table.listed("rank_value", "importance", [tier], limit=_NEAR)
            last = ranked[places[above] - 1 : places[above]]  # who has the last place there
            for number, one in self.table.of(numbers if last else ()).items():
                missing = last[0] + 1 - one.rank_value
                if missing > 0 and one.rank_value > 0 and not one.is_pinned("importance"):
                    self.near[number] = above, -(-missing // unit) * unit

        self.before = self.earlier("importance")
        self.movers: dict[str, list[int]] = {ROSE: [], FELL: []}
        if self.before:
            for number, (now,) in self.table.of_each("importance").items():
                (was,) = self.before.get(number, (now,))
                if was != now:
                    up = TIERS.index(now) < TIERS.index(was)
                    self.movers[ROSE if up else FELL].append(number)

    def finding(self) -> str:
        return self.told(of_pyramid(self.layers, self.sales))

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words = self.words
        tiers = []
        for at, one in enumerate(self.layers):
            parts = (
                (float(one.share_of_customers), self.percent(one.share_of_customers)),
                (float(one.share_of_sales), self._part(one.share_of_sales, one.sales)),
                (float(one.share_of_margin), self._part(one.share_of_margin, one.margin)),
            )
            tiers.append(
                Tier(
                    one.tier,
                    words.choice("importance", one.tier),
                    self.customers(one.customers),
                    parts,
                    strong=not at,
                )
            )
        wholes = [words(f"portfolio.whole.{name}") for name in ("customers", "sales", "margin")]
        made = pyramid(tiers, wholes, width, size=size, alt=self.finding())
        return self._with_lines(made, size)

    def _part(self, percent: Decimal, amount: int) -> str:
        return self.words("portfolio.dot").join((self.percent(percent), self.short(amount)))

    def _with_lines(self, made: Picture, size: float) -> Picture:
        """Below the pyramid who rose and fell, and who is next to rise: each can be pressed."""
        shapes: list[Shape] = list(made.shapes)
        y = made.height + 0.8 * size
        for key, told, role in self._lines():
            shown = shortened(told, size, made.width)
            shapes += [
                Box(0, y, made.width, 2 * size, key=key),
                Text(0, y + 1.3 * size, shown, size, role, key=key),
            ]
            y += 2 * size
        return Picture(made.width, y, tuple(shapes), made.alt)

    def _lines(self) -> Iterator[tuple[str, str, str]]:
        """Key, what is told, and in which colour."""
        words = self.words
        since = words(f"portfolio.option.{self.chosen['since']}")
        for way, role in ((ROSE, "good"), (FELL, "bad")):
            if n := len(self.movers[way]):
                yield way, words(f"portfolio.tier_{way}", since=since, n=n), role
        above = next((tier for tier in TIERS for one, _ in self.near.values() if one == tier), "")
        for number, (tier, missing) in self.near.items():
            if tier == above:
                told = words(
                    "portfolio.next_to_rise",
                    name=named(self.store, [number])[number].name,
                    tier=words.choice("importance", above),
                    sum=self.short(missing),
                )
                yield str(number), told, "accent"
                return

    def tips(self) -> Mapping[str, str]:
        return {
            one.tier: "\n".join(
                (self.words.choice("importance", one.tier), self.customers(one.customers))
            )
            for one in self.layers
        }

    def behind(self, key: str) -> Behind:
        words = self.words
        if key in self.movers:
            return Behind(words(f"portfolio.tier_moved.{key}"), self.movers[key], self._tell)
        if key:
            numbers = self.table.listed("rank_value", "importance", [key])
            return Behind(words.choice("importance", key), numbers, self._tell)
        return Behind(
            words("portfolio.everybody"),
            self.table.listed("rank_value", limit=LISTED),
            self._tell,
            of=len(self.sales),
        )

    def _tell(self, numbers: Sequence[int]) -> Mapping[int, Line]:
        words = self.words
        found = {}
        for number, one in self.table.of(numbers).items():
            below = words.choice("importance", one.importance)
            (was,) = self.before.get(number, ("",)) if self.before else ("",)
            if was and was != one.importance:
                start = words.choice("importance", was)
                below = words("portfolio.way_from", start=start, end=below)
            elif number in self.near:
                above, missing = self.near[number]
                below = words(
                    "portfolio.missing",
                    tier=words.choice("importance", above),
                    sum=self.short(missing),
                )
            sales = words("portfolio.sales_of_year", sum=self.short(one.sales))
            found[number] = Line(sales, self.short(one.lifetime), below)
        return found


class Ranking(OfWorth):
    """Old customers from first to last, with how far each rose since the year before (M08)."""

    KEY = "ranking"
    HELP = "m08"
    OPTIONS: ClassVar = {"rank": ("sales", "margin", "value")}

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:
        by_value = choices.get("rank") == "value"  # that of a year ago is kept nowhere
        return (by_value and is_large(store)) or super().is_slow(store, choices)

    def gather(self) -> None:
        figure = self.figure
        now = self.table.falling(figure, BOUGHT)
        if figure in _BEFORE:
            before = self.table.falling(_BEFORE[figure], BOUGHT)
        else:
            year = months_before(self.day, YEAR)
            self.then = WorthTable(self.store, year).figure_of_each(figure, BOUGHT)
            before = sorted(self.then.values(), reverse=True)
        self.whole = sum(one for one in now if one > 0)
        self.leading = now.count(now[0]) if now else 0
        self.places = Places(now[::-1], before[::-1])
        marked = self.table.of(sorted(special(self.store)))
        self.special = {number for number, one in marked.items() if one.purchases}
        self.bought = len(now)
        self.order = self.table.listed(figure, where=BOUGHT, limit=LISTED)
        self.first = self.table.of(self.order[:_RANKED])
        self.names = named(self.store, self.order[:_RANKED])

    @property
    def figure(self) -> str:
        return str(self.chosen["rank"])

    def empty(self) -> str:
        return "" if self.order else self.words("portfolio.empty.ranking")

    def _pair(self, number: int, one: Worth) -> tuple[int, int]:
        """What somebody brings now, and a year ago."""
        now: int = getattr(one, self.figure)
        if self.figure in _BEFORE:
            return now, getattr(one, _BEFORE[self.figure])
        return now, self.then.get(number, 0)

    def finding(self) -> str:
        if not self.order:
            return self.told(of_places("", None, 0, 0, 0, 0))
        moved = [self.places.moved(*self._pair(*pair)) for pair in self.first.items()]
        first = self.order[0]
        part = shown(share(self._pair(first, self.first[first])[0], self.whole))
        up = sum(one > 0 for one in moved if one is not None)
        down = sum(one < 0 for one in moved if one is not None)
        found = of_places(
            self.names[first].name,
            part,
            up,
            down,
            moved.count(None),
            len(self.special),
            self.leading,
        )
        return self.told(found, all=len(self.first))

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words = self.words
        rows = []
        for number in self.order[:_RANKED]:
            now, before = self._pair(number, self.first[number])
            note = words("portfolio.special") if number in self.special else ""
            rows.append(
                Ranked(
                    str(number),
                    str(self.places.place(now)),
                    self.names[number].name,
                    float(now),
                    self.short(now),
                    self.places.moved(now, before),
                    note,
                )
            )
        return ranks(rows, width, size=size, alt=self.finding(), new=words("portfolio.new"))

    def behind(self, key: str) -> Behind:
        numbers = [int(key)] if key else self.order
        of = 0 if key else self.bought
        return Behind(self.words("portfolio.old_customers"), numbers, self._tell, of=of)

    def _tell(self, numbers: Sequence[int]) -> Mapping[int, Line]:
        words = self.words
        found = {}
        for number, one in self.table.of(numbers).items():
            now, before = self._pair(number, one)
            moved = self.places.moved(now, before)
            said = words("portfolio.place", n=self.places.place(now))
            if number in self.special:
                said = words("portfolio.dot").join((said, words("portfolio.special")))
            found[number] = Line(
                said,
                self.short(now),
                self.moved_by(moved),
                "good" if moved and moved > 0 else "bad" if moved else "ink-3",
            )
        return found

    def moved_by(self, moved: int | None) -> str:
        """`上升 3 位`, `新上榜`."""
        if moved is None:
            return self.words("portfolio.newcomer")
        if not moved:
            return self.words("portfolio.same_place")
        return self.words(f"portfolio.{'rose' if moved > 0 else 'fell'}", n=abs(moved))

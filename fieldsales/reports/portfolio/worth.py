"""What customers are worth: the value pyramid (M31), the ranking (M08), what if (M30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from fieldsales.domain.classes.findings import of_places, of_pyramid, of_what_if
from fieldsales.domain.classes.history import share, shares, shown
from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.places import Places
from fieldsales.domain.classes.whole import Worth
from fieldsales.domain.classes.worth import Change, what_if
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.pyramid import Tier, pyramid
from fieldsales.drawing.ranks import Ranked, ranks
from fieldsales.drawing.shapes import Box, Picture, Shape, Text
from fieldsales.reports.portfolio.portrait import (
    LISTED,
    Behind,
    Line,
    Portrait,
    Slider,
    slider_told,
)
from fieldsales.store.database import Store
from fieldsales.store.queries.customers import count
from fieldsales.store.queries.outcomes import named
from fieldsales.store.queries.worth import kept_day
from fieldsales.store.queries.worth_pictures import BOUGHT, Group, WorthTable, special
from fieldsales.words import minor_digits

_RANKED = 15  # customers in the picture of the ranking
_NEAR = 5  # customers told of who are next to rise
_LARGE = 2_000  # customers


def is_large(store: Store) -> bool:
    """Whether the classes of all customers take long to be worked out."""
    return count(store) > _LARGE


class OfWorth(Portrait):
    """A picture of the classes and figures of all customers today."""

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:  # noqa: ARG003 - any of them
        return is_large(store) and kept_day(store) != store.clock.today()

    def read(self) -> None:
        self.table = WorthTable(self.store, self.store.clock.today())
        self.gather()

    def gather(self) -> None:
        """Takes what the picture needs from the table."""
        raise NotImplementedError


class Pyramid(OfWorth):
    """Tiers by value with their part of customers, sales and margin; who is next to rise (M31)."""

    KEY = "pyramid"
    HELP = "m31"

    def gather(self) -> None:
        found = self.table.groups("importance")
        self.tiers = {tier: found.get(tier, Group()) for tier in TIERS}
        self.sales = self.table.falling("sales")
        self.over = self.table.lines.over
        unit = 10 ** minor_digits(self.currency)  # what is missing is told in whole ones
        self.near: dict[int, tuple[str, int]] = {}  # number -> the tier above, what is missing
        for tier, above in zip(TIERS[1:], TIERS, strict=False):
            numbers = self.table.listed("rank_value", "importance", [tier], limit=_NEAR)
            for number, one in self.table.of(numbers).items():
                missing = self.over.get(above, 0) + 1 - one.rank_value
                if missing > 0 and one.rank_value > 0:
                    self.near[number] = above, -(-missing // unit) * unit

    def finding(self) -> str:
        found = of_pyramid(self.sales)
        return self.told(found)

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words = self.words
        counted = zip(*(one[:3] for one in self.tiers.values()), strict=True)
        columns = [shares(column) for column in counted]
        tiers = []
        for at, (tier, one) in enumerate(self.tiers.items()):
            of_customers, of_sales, of_margin = (column[at] for column in columns)
            parts = (
                (float(of_customers), self.percent(of_customers)),
                (float(of_sales), self._part(of_sales, one.sales)),
                (float(of_margin), self._part(of_margin, one.margin)),
            )
            tiers.append(
                Tier(
                    tier,
                    words.choice("importance", tier),
                    words("portfolio.customers", n=one.customers),
                    parts,
                    strong=not at,
                )
            )
        wholes = [words(f"portfolio.whole.{name}") for name in ("customers", "sales", "margin")]
        made = pyramid(tiers, wholes, width, size=size, alt=self.finding())
        return self._with_next(made, size)

    def _part(self, percent: Decimal, amount: int) -> str:
        return self.words("portfolio.dot").join((self.percent(percent), self.short(amount)))

    def _with_next(self, made: Picture, size: float) -> Picture:
        """Below the pyramid who is next to become VIP, and what is missing."""
        first = next((pair for pair in self.near.items() if pair[1][0] == TIERS[0]), None) or next(
            iter(self.near.items()), None
        )
        if first is None:
            return made
        number, (above, missing) = first
        name = named(self.store, [number])[number].name
        told = self.words(
            "portfolio.next_to_rise",
            name=name,
            tier=self.words.choice("importance", above),
            sum=self.short(missing),
        )
        y, key = made.height + 0.8 * size, str(number)
        shapes: tuple[Shape, ...] = (
            Box(0, y, made.width, 2 * size, key=key),
            Text(0, y + 1.3 * size, told, size, "accent", key=key),
        )
        return Picture(made.width, y + 2 * size, (*made.shapes, *shapes), made.alt)

    def tips(self) -> Mapping[str, str]:
        return {tier: self._tip(tier, one) for tier, one in self.tiers.items()}

    def _tip(self, tier: str, one: Group) -> str:
        words = self.words
        name = words.choice("importance", tier)
        return f"{name}\n{words('portfolio.customers', n=one.customers)}"

    def behind(self, key: str) -> Behind:
        words = self.words
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
            if number in self.near:
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
    OPTIONS: ClassVar = {"rank": ("sales", "margin")}

    def gather(self) -> None:
        figure = self.figure
        now, before = self.table.falling(figure, BOUGHT), self.table.falling(self.was, BOUGHT)
        self.whole = sum(one for one in now if one > 0)
        self.places = Places(now[::-1], before[::-1])
        self.special = special(self.store)
        self.bought = len(now)
        self.order = self.table.listed(figure, where=BOUGHT, limit=LISTED)
        self.first = self.table.of(self.order[:_RANKED])
        self.names = named(self.store, self.order[:_RANKED])

    @property
    def figure(self) -> str:
        return str(self.chosen["rank"])

    @property
    def was(self) -> str:
        return "before" if self.figure == "sales" else "margin_before"

    def empty(self) -> str:
        return "" if self.order else self.words("portfolio.empty.ranking")

    def _pair(self, one: Worth) -> tuple[int, int]:
        return getattr(one, self.figure), getattr(one, self.was)

    def finding(self) -> str:
        if not self.order:
            return self.told(of_places("", None, 0, 0, 0, 0))
        moved = [self.places.moved(*self._pair(one)) for one in self.first.values()]
        first = self.order[0]
        part = shown(share(self._pair(self.first[first])[0], self.whole))
        up = sum(one > 0 for one in moved if one is not None)
        down = sum(one < 0 for one in moved if one is not None)
        found = of_places(
            self.names[first].name, part, up, down, moved.count(None), len(self.special)
        )
        return self.told(found, all=len(self.first))

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words = self.words
        rows = []
        for number in self.order[:_RANKED]:
            one = self.first[number]
            now, before = self._pair(one)
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
            now, before = self._pair(one)
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


class WhatIf(OfWorth):
    """What all customers together, or a tier, bring in the years to come, and what would change it:
    points of retention, percent on the price, visits a year more for each customer (M30).
    """

    KEY = "what_if"
    HELP = "m30"
    OPTIONS: ClassVar = {"tier": ("everybody", *TIERS)}
    SLIDERS: ClassVar = {
        "retention": Slider(-10, 10, 5),
        "price": Slider(-10, 10),
        "visits": Slider(-12, 12),
    }

    def gather(self) -> None:
        tier, moved = self.chosen["tier"], self.moved
        whole = tier == "everybody"
        found = self.table.groups("importance")
        ones = [found[code] for code in found if whole or code == tier]
        self.group = Group(*map(sum, zip(*ones, strict=True))) if ones else Group()
        self.terms = self.table.rules.terms_of("" if whole else tier)
        change = Change(
            Decimal(moved["retention"]),
            Decimal(moved["price"]),
            moved["visits"] * self.group.customers,
        )
        self.outcome = what_if(self.group.sales, self.group.margin, change, self.terms)

    def finding(self) -> str:
        change = self.words("portfolio.and").join(
            slider_told(self.words, name, value) for name, value in self.moved.items() if value
        )
        return self.told(of_what_if(self.outcome), change=change)

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words, before, after = self.words, self.outcome.before, self.outcome.after
        rows = []
        for name in ("margin", "lifetime", "losing"):
            for when, one in (("now", before), ("then", after)):
                amount = getattr(one, name)
                strong = when == "then" and name == "lifetime"
                role = "accent" if strong else "ink-3" if when == "then" else "line"
                label = words(f"portfolio.{when}", what=words(f"portfolio.outlook.{name}"))
                parts = ((role, float(max(amount, 0))),)
                rows.append(Row(label, parts, self.short(amount), most=strong))
        return bars(rows, width, size=size, alt=self.finding())

    def notes(self) -> list[str]:
        terms = self.terms
        said = self.words(
            "portfolio.terms",
            retention=f"{terms.retention:g}",
            discount=f"{terms.discount:g}",
            margin=f"{terms.margin:g}",
            years=terms.years,
        )
        return [said, *super().notes()]

    def behind(self, key: str) -> Behind:  # noqa: ARG002 - its bars have no parts
        tier = self.chosen["tier"]
        whole = tier == "everybody"

        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: Line(
                    self.words("portfolio.lifetime", sum=self.short(one.lifetime)),
                    self.short(one.losing),
                    self.words("portfolio.outlook.losing"),
                )
                for number, one in self.table.of(numbers).items()
            }

        return Behind(
            self.words("portfolio.everybody") if whole else self.words.choice("importance", tier),
            self.table.listed(
                "rank_value", "" if whole else "importance", () if whole else [tier], limit=LISTED
            ),
            tell,
            of=self.group.customers,
        )

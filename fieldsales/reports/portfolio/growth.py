"""Where growth lies: star, question, cow and dog (M32), the attack–defend map (M33)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from fieldsales.domain.classes import stance, star_cow
from fieldsales.domain.classes.findings import of_kinds, of_stances
from fieldsales.domain.classes.whole import Worth
from fieldsales.drawing.plane import GROUP, Axis, Cloud, Plane, Region, Scale, plane
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.classed import OfWorth
from fieldsales.reports.portfolio.portrait import LISTED, NAMED, Behind, Line
from fieldsales.store.queries.outcomes import named
from fieldsales.store.queries.worth_pictures import PLACED, Group, Points
from fieldsales.words import minor_digits

_HEIGHT = 0.62  # of the width
_TALLEST = 34  # ems
_FULL_SHARE = 1_000  # tenths of a percent
_MOST_SHARE = 1_500  # farther right nobody stands: the potential is estimated too low


class _Mapped(OfWorth):
    """Customers in a plane, upwards what they could buy in a year."""

    METHOD: ClassVar[str]
    CODES: ClassVar[tuple[str, ...]]
    ACROSS: ClassVar[str]  # the figure that grows to the right

    def gather(self) -> None:
        found = self.table.groups(self.METHOD)
        self.unplaced = found.pop("", Group())
        self.unknown = self.unplaced.customers
        self.groups = found
        self.points: Points = self.table.points(self.ACROSS)
        self.lines = self.table.lines
        self.plane: Plane | None = None
        leading = self.table.leading(NAMED)
        self.number_of = self.table.numbers(leading)
        names = named(self.store, list(self.number_of.values()))
        self.names = {
            str(key): names[self.number_of[key]].name for key in leading if key in self.number_of
        }

    def empty(self) -> str:
        return "" if self.points.keys else self.words("portfolio.empty.potential")

    def axes(self) -> tuple[Axis, Axis]:
        raise NotImplementedError

    def regions(self, across: Scale, upwards: Scale) -> list[Region]:
        raise NotImplementedError

    def draw(self, width: float, size: float = 12.0) -> Picture:
        across, upwards = self.axes()
        cloud = Cloud(
            list(map(str, self.points.keys)), self.points.across, self.points.upwards, self.names
        )
        self.plane = plane(
            cloud,
            across,
            upwards,
            self.regions(across.scale, upwards.scale),
            width,
            min(_HEIGHT * width, _TALLEST * size),
            size=size,
            alt=self.finding(),
        )
        return self.plane.picture

    def region(
        self, code: str, left: float, bottom: float, right: float, top: float, *, strong: bool
    ) -> Region:
        words, one = self.words, self.groups.get(code, Group())
        name = words.choice(self.METHOD, code)
        aside = self.customers(one.customers) if one.customers else ""
        return Region(code, name, aside, left, bottom, right, top, strong=strong)

    def amounts(
        self, figures: Sequence[int], *cuts_at: float
    ) -> tuple[Scale, list[tuple[float, str]]]:
        """A scale for amounts, and marks on it: the cuts, then round amounts of growing size."""
        least = min((abs(cut) for cut in cuts_at if cut), default=0.0)
        unit = max(least / 10, 10.0 ** minor_digits(self.currency))
        scale = Scale.around(figures, *cuts_at, unit=unit)
        marks = [(cut, self.short(round(cut))) for cut in cuts_at]
        power = 10.0 ** minor_digits(self.currency)
        while power <= scale.high:
            if power >= unit:
                marks.append((power, self.short(round(power))))
            power *= 10
        return scale, marks

    def tips(self) -> Mapping[str, str]:
        words = self.words
        tips = {
            code: f"{words.choice(self.METHOD, code)}\n{self.customers(one.customers)}"
            for code, one in self.groups.items()
        }
        if self.plane is None:
            return tips
        for key, keys in self.plane.behind.items():
            if len(keys) > 1:
                tips[key] = words("portfolio.bubble", n=len(keys))
        singles = [int(key) for key, keys in self.plane.behind.items() if len(keys) == 1]
        self.number_of = self.table.numbers(singles)
        names = named(self.store, list(self.number_of.values()))
        return tips | {str(key): names[number].name for key, number in self.number_of.items()}

    def one(self, key: str) -> int | None:
        if not key.isdigit():
            return None
        if int(key) not in self.number_of:
            self.number_of |= self.table.numbers([int(key)])
        return self.number_of.get(int(key))

    def notes(self) -> list[str]:
        words = self.words
        notes = super().notes()
        if self.plane is not None and self.plane.gathered:
            notes.append(words("portfolio.bubbles"))
        if self.unknown:
            notes.append(words("portfolio.unknown_potential", n=self.counted(self.unknown)))
        return notes

    def behind(self, key: str) -> Behind:
        words = self.words
        if key.startswith(GROUP) and self.plane is not None:
            keys = [int(one) for one in self.plane.behind.get(key, ())]
            numbers = list(self.table.numbers(keys).values())
            return Behind(words("portfolio.bubble", n=len(numbers)), numbers, self._tell)
        if key in self.CODES:
            numbers = self.table.listed("performance", self.METHOD, [key])
            return Behind(words.choice(self.METHOD, key), numbers, self._tell)
        return Behind(
            words("portfolio.everybody"),
            self.table.listed("performance", where=PLACED, limit=LISTED),
            self._tell,
            of=len(self.points.keys),
        )

    def _tell(self, numbers: Sequence[int]) -> Mapping[int, Line]:
        return {number: self.line(one) for number, one in self.table.of(numbers).items()}

    def line(self, one: Worth) -> Line:
        words = self.words
        potential = self.short(one.potential) if one.potential is not None else ""
        could = words("portfolio.could", sum=potential) if potential else ""
        return Line(
            could, self.short(one.performance), words.choice(self.METHOD, one.code(self.METHOD))
        )


class Kinds(_Mapped):
    """What a customer brings against what they could, cut by the medians (M32)."""

    KEY = "kinds"
    HELP = "m32"
    METHOD = "star_cow"
    CODES = star_cow.KINDS
    ACROSS = "performance"

    def finding(self) -> str:
        counts = {code: one.customers for code, one in self.groups.items()}
        sales = {code: one.sold for code, one in self.groups.items()}
        sales[""] = self.unplaced.sold
        return self.told(of_kinds(counts, sales, self.unknown))

    def axes(self) -> tuple[Axis, Axis]:
        used = self.lines.kinds or star_cow.Cuts(Decimal(0), Decimal(0))
        across, marks = self.amounts(self.points.across, float(used.performance))
        upwards, up_marks = self.amounts(self.points.upwards, float(used.potential))
        by = self.table.rules.performance
        return (
            Axis(self.words(f"portfolio.axis.{by}"), across, tuple(marks)),
            Axis(self.words("portfolio.axis.potential"), upwards, tuple(up_marks)),
        )

    def regions(self, across: Scale, upwards: Scale) -> list[Region]:
        used = self.lines.kinds or star_cow.Cuts(Decimal(0), Decimal(0))
        x, y = across.place(float(used.performance)), upwards.place(float(used.potential))
        return [
            self.region(star_cow.QUESTION, 0, y, x, 1, strong=False),
            self.region(star_cow.DOG, 0, 0, x, y, strong=False),
            self.region(star_cow.COW, x, 0, 1, y, strong=False),
            self.region(star_cow.STAR, x, y, 1, 1, strong=True),
        ]


class Stances(_Mapped):
    """Our share of a customer against their potential: whom to attack, whom to defend (M33)."""

    KEY = "stances"
    HELP = "m33"
    METHOD = "stance"
    CODES = stance.STANCES
    ACROSS = "share"

    def gather(self) -> None:
        super().gather()
        self.beyond = sum(one > _MOST_SHARE for one in self.points.across)
        kept = [min(one, _MOST_SHARE) for one in self.points.across]
        self.points = self.points._replace(across=kept)

    def notes(self) -> list[str]:
        notes = super().notes()
        if self.beyond:
            most = self.percent(_MOST_SHARE / 10)
            notes.append(self.words("portfolio.share_beyond", n=self.beyond, share=most))
        return notes

    def finding(self) -> str:
        counts = {code: one.customers for code, one in self.groups.items()}
        attacked = self.groups.get(stance.ACQUIRE, Group())
        to_win = max(attacked.potential - attacked.sales, 0)
        return self.told(of_stances(counts, to_win, self.unknown))

    def axes(self) -> tuple[Axis, Axis]:
        cut = float(10 * self.table.rules.stance.share_from)
        most = max((*self.points.across, _FULL_SHARE))
        share = Scale(-0.03 * most, 1.03 * most)
        marks = [(cut, self.percent(cut / 10))]
        marks += [(float(at), self.percent(at // 10)) for at in (0, _FULL_SHARE, most)]
        upwards, up_marks = self.amounts(
            self.points.upwards, float(self.lines.high_from), float(self.lines.middle_from)
        )
        return (
            Axis(self.words("portfolio.axis.share"), share, tuple(marks)),
            Axis(self.words("portfolio.axis.potential"), upwards, tuple(up_marks)),
        )

    def regions(self, across: Scale, upwards: Scale) -> list[Region]:
        x = across.place(float(10 * self.table.rules.stance.share_from))
        middle = upwards.place(float(self.lines.middle_from))
        high = upwards.place(float(self.lines.high_from))
        return [
            self.region(stance.DROP, 0, 0, 1, middle, strong=False),
            self.region(stance.HARASS, 0, middle, x, high, strong=False),
            self.region(stance.MAINTAIN, x, middle, 1, high, strong=False),
            self.region(stance.RETAIN, x, high, 1, 1, strong=False),
            self.region(stance.ACQUIRE, 0, high, x, 1, strong=True),
        ]

    def line(self, one: Worth) -> Line:
        words = self.words
        open_to_win = max((one.potential or 0) - one.sales, 0)
        over = one.share is not None and one.share > _FULL_SHARE
        told = words("portfolio.our_share", share=self.percent((one.share or 0) / 10))
        if over:
            told = words("portfolio.dot").join((told, words("portfolio.share_over")))
        return Line(
            told,
            words("portfolio.to_win", sum=self.short(open_to_win)) if open_to_win else "",
            words.choice(self.METHOD, one.stance),
            "warn" if over else "ink-3",
        )

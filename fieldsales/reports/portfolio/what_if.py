"""What if more stayed, paid more, or were visited more often (M30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from fieldsales.domain.classes.findings import of_what_if
from fieldsales.domain.classes.importance import TIERS
from fieldsales.domain.classes.worth import Change, what_if
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.classed import OfWorth
from fieldsales.reports.portfolio.portrait import LISTED, Behind, Line, Slider, slider_told
from fieldsales.store.queries.worth_pictures import Group


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

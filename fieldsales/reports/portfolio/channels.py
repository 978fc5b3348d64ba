"""Channels: whom and how much each serves, what partners get, customers served twice (M39)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from fieldsales.domain.classes.channels import Part, Served, by_channel, by_partner, conflicts
from fieldsales.domain.classes.findings import Finding, of_channels
from fieldsales.domain.classes.history import YEAR, months_before, share, shown
from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import percent_of, whole
from fieldsales.domain.pipeline import WON
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.portrait import Behind, Line, Portrait
from fieldsales.services.portfolio import rules_of
from fieldsales.store.queries.outcomes import Outcome, names_of, outcomes

_SHOWN = 10
TWICE = "twice"


def channel_of(one: Outcome) -> str:
    """By which way a deal came: through a distributor, an agent, the web, or by ourselves."""
    if one.partner_id:
        return "dealer" if one.partner_kind == "distributor" else "agent"
    return "e_commerce" if one.source == "web" else "direct"


class Channels(Portrait):
    """Won deals by channel or by partner, with what the partners are due."""

    KEY = "channels"
    HELP = "m39"
    OPTIONS: ClassVar = {"via": ("channel", "partner"), "span": ("year", "all")}

    def read(self) -> None:
        today = self.store.clock.today()
        since = months_before(today, YEAR) if self.chosen["span"] == "year" else None
        self.assumed = rules_of(self.store).terms.margin
        self.deals = [one for one in outcomes(self.store, since) if one.end == WON]
        served = [
            Served(
                one.customer_id,
                channel_of(one),
                one.partner_id,
                self.in_own(one.amount, one.currency),
                self._margin(self.in_own(one.amount, one.currency)),
                as_decimal(one.commission or "0"),
            )
            for one in self.deals
        ]
        self.channels = by_channel(served)
        self.twice = conflicts(served)
        self.parts = self.channels if self.chosen["via"] == "channel" else by_partner(served)
        self.names = names_of(self.store, [one.partner_id for one in self.deals if one.partner_id])
        self.of_part: dict[str, list[Outcome]] = defaultdict(list)
        for one in self.deals:
            key = channel_of(one) if self.chosen["via"] == "channel" else one.partner_id
            if key:
                self.of_part[key].append(one)

    def _margin(self, sales: int) -> int:
        """What is assumed to be earned: the margin of deals is not recorded."""
        return whole(percent_of(Decimal(sales), self.assumed))

    def empty(self) -> str:
        if self.parts:
            return ""
        return self.words(f"portfolio.empty.{'channels' if not self.deals else 'partners'}")

    def finding(self) -> str:
        found = of_channels(self.channels, self.twice)
        if not self.deals:
            return self.told(Finding("no_sales"))
        channel = str(found.figures.get("channel", ""))
        return self.told(found, channel=self.words.choice("channel", channel))

    def name(self, code: str) -> str:
        if self.chosen["via"] == "partner":
            return self.names.get(code, "")
        return self.words.choice("channel", code)

    def draw(self, width: float, size: float = 12.0) -> Picture:
        most = max((part.sales for part in self.parts), default=0)
        rows = [
            Row(
                self.name(part.code),
                (("accent" if part.sales == most else "line", float(max(part.sales, 0))),),
                self._told(part),
                key=f"of:{part.code}",
                most=part.sales == most,
            )
            for part in self.parts[:_SHOWN]
        ]
        if self.twice:
            said = self.customers(len(self.twice))
            rows.append(Row(self.words("portfolio.twice"), (), said, key=TWICE))
        return bars(rows, width, size=size, alt=self.finding())

    def _told(self, part: Part) -> str:
        words = self.words
        parts = [
            self.short(part.sales),
            self.percent(part.share_of_sales),
            self.customers(part.customers),
        ]
        if part.commission:
            of_sales = shown(share(part.commission, part.sales)) or Decimal(0)
            parts.append(
                words(
                    "portfolio.commission",
                    sum=self.short(part.commission),
                    share=self.percent(of_sales),
                    part=self.percent(part.partners_share or Decimal(0)),
                )
            )
        return words("portfolio.dot").join(parts)

    def tips(self) -> Mapping[str, str]:
        return {
            f"of:{part.code}": f"{self.name(part.code)}\n{self._told(part)}" for part in self.parts
        }

    def notes(self) -> list[str]:
        notes = super().notes()
        if any(part.commission for part in self.parts):
            notes.append(self.words("portfolio.assumed_margin", n=f"{float(self.assumed):g}"))
        return notes

    def behind(self, key: str) -> Behind:
        ways: dict[str, tuple[str, ...]] = {}
        deals = self.deals
        title = self.words("portfolio.everybody")
        if key == TWICE:
            for one in self.twice:
                ways[one.customer_id] = tuple(way.channel for way in one.ways)
            deals = [one for one in deals if one.customer_id in ways]
            title = self.words("portfolio.twice")
        elif key:
            deals = self.of_part[key.partition(":")[2]]
            title = self.name(key.partition(":")[2])
        by_number: dict[int, list[Outcome]] = defaultdict(list)
        for deal in deals:
            by_number[deal.number].append(deal)
        sold = {
            number: sum(self.in_own(one.amount, one.currency) for one in ones)
            for number, ones in by_number.items()
        }
        order = sorted(by_number, key=lambda number: (-sold[number], number))

        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: Line(self._ways(by_number[number]), self.short(sold[number]))
                for number in numbers
                if number in sold
            }

        return Behind(title, order, tell)

    def _ways(self, deals: Sequence[Outcome]) -> str:
        """By which channels and whom a customer is served, each once."""
        words = self.words
        found = dict.fromkeys(
            words("portfolio.way", channel=name, partner=self.names.get(one.partner_id, ""))
            if one.partner_id
            else name
            for one in deals
            for name in [words.choice("channel", channel_of(one))]
        )
        return words("portfolio.and").join(found)

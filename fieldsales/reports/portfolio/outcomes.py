"""Won and lost: losses by reason, rival and money, whom to win back, sources (M05, M36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from fieldsales.domain.classes.findings import Finding, finding, of_sources, of_win_back
from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.win_back import Gone, win_back
from fieldsales.domain.deal import NO_RIVALS
from fieldsales.domain.pipeline import LOST, WON
from fieldsales.drawing.bars import Row, bars
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.classed import OfWorth
from fieldsales.reports.portfolio.portrait import Behind, Line, Portrait
from fieldsales.store.queries.outcomes import Outcome, named, outcomes
from fieldsales.store.queries.worth_pictures import BOUGHT

_SHOWN = 10  # bars; the rest is one
_SPANS = ("year", "all")
REST = "rest"


class _Tallied(Portrait):
    """Bars of deals won and lost by something that each of them says of itself."""

    def read(self) -> None:
        today = self.store.clock.today()
        since = months_before(today, YEAR) if self.chosen.get("span") == "year" else None
        self.all = outcomes(self.store, since)
        self.groups: dict[str, list[Outcome]] = defaultdict(list)
        for one in self.considered():
            self.groups[self.code(one)].append(one)
        self.order = sorted(self.groups, key=lambda code: (-self.weight(code), code))

    def considered(self) -> Iterable[Outcome]:
        raise NotImplementedError

    def code(self, one: Outcome) -> str:
        raise NotImplementedError

    def weight(self, code: str) -> float:
        """By what the bars are ordered."""
        raise NotImplementedError

    def listed(self) -> str:
        """The list of choices that names the codes."""
        raise NotImplementedError

    def name(self, code: str) -> str:
        return self.words.choice(self.listed(), code) or self.words("forecast.not_known")

    def empty(self) -> str:
        return "" if self.order else self.words("portfolio.empty.outcomes")

    def draw(self, width: float, size: float = 12.0) -> Picture:
        shown = self.order[:_SHOWN]
        rows = [self.row(self.name(code), [code], f"of:{code}") for code in shown]
        rest = self.order[_SHOWN:]
        if rest:
            rows.append(self.row(self.words("portfolio.rest", n=len(rest)), rest, REST))
        return bars(rows, width, size=size, alt=self.finding())

    def row(self, name: str, codes: Sequence[str], key: str) -> Row:
        raise NotImplementedError

    def tips(self) -> Mapping[str, str]:
        rows = {f"of:{code}": self.row(self.name(code), [code], "") for code in self.order}
        return {key: f"{row.label}\n{row.told}" for key, row in rows.items()}

    def behind(self, key: str) -> Behind:
        codes = self.order
        title = self.words("portfolio.everybody")
        if key == REST:
            codes, title = codes[_SHOWN:], self.words("portfolio.rest", n=len(codes[_SHOWN:]))
        elif key:
            codes = [key.partition(":")[2]]
            title = self.name(codes[0])
        return self.of_deals(title, [one for code in codes for one in self.groups.get(code, ())])

    def of_deals(self, title: str, deals: Sequence[Outcome]) -> Behind:
        """Their customers, who stand for most money first."""
        by_number: dict[int, list[Outcome]] = defaultdict(list)
        for one in deals:
            by_number[one.number].append(one)
        worth = {
            number: sum(self.in_own(one.amount, one.currency) for one in ones)
            for number, ones in by_number.items()
        }
        order = sorted(by_number, key=lambda number: (-worth[number], number))

        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: self.line(by_number[number]) for number in numbers if number in by_number
            }

        return Behind(title, order, tell)

    def line(self, deals: Sequence[Outcome]) -> Line:
        """What the list says of a customer's deals, the latest first."""
        words, last = self.words, max(deals, key=lambda one: (one.day, one.deal_id))
        sums: defaultdict[str, int] = defaultdict(int)
        for one in deals:
            sums[one.currency] += one.amount
        said = last.title if len(deals) == 1 else words("portfolio.deals", n=len(deals))
        why = words.choice("loss_reason", last.reason) if last.end == LOST else ""
        return Line(
            below=words("portfolio.dot").join(filter(None, (said, why))),
            aside=self.sums(sums),
            aside_below=words.date(date.fromisoformat(last.day)),
        )


class Losses(_Tallied):
    """Deals lost by reason or by rival, as numbers or as money (M36)."""

    KEY = "losses"
    HELP = "m36"
    OPTIONS: ClassVar = {"by": ("reason", "rival"), "as": ("money", "deals"), "span": _SPANS}

    def considered(self) -> Iterable[Outcome]:
        return [one for one in self.all if one.end == LOST]

    def code(self, one: Outcome) -> str:
        return one.reason if self.chosen["by"] == "reason" else one.rival

    def listed(self) -> str:
        return "loss_reason" if self.chosen["by"] == "reason" else "lost_rival"

    def weight(self, code: str) -> float:
        deals = self.groups[code]
        if self.chosen["as"] == "deals":
            return len(deals)
        return sum(self.in_own(one.amount, one.currency) for one in deals)

    def finding(self) -> str:
        if not self.order:
            return self.told(Finding("none"))
        first = self.order[0]
        lost = [one for deals in self.groups.values() for one in deals]
        return self.told(
            finding(
                self.chosen["by"] or "",
                what=self.name(first),
                n=len(self.groups[first]),
                all=len(lost),
            ),
            sums=self._sums(self.groups[first]) or "0",
        )

    def row(self, name: str, codes: Sequence[str], key: str) -> Row:
        deals = [one for code in codes for one in self.groups[code]]
        told = self.words("forecast.lost_count", n=len(deals))
        weight = sum(self.weight(code) for code in codes)
        first = self.order[0] in codes
        role = "accent" if first else "line"
        text = " ".join(filter(None, (told, self._sums(deals))))
        return Row(name, ((role, max(weight, 0.0)),), text, key=key, most=first)

    def _sums(self, deals: Iterable[Outcome]) -> str:
        found: defaultdict[str, int] = defaultdict(int)
        for one in deals:
            found[one.currency] += one.amount
        return self.sums(found)


class Sources(_Tallied):
    """How many of the deals of each source were won (M05)."""

    KEY = "sources"
    HELP = "m05"
    OPTIONS: ClassVar = {"span": _SPANS}

    def considered(self) -> Iterable[Outcome]:
        return self.all

    def code(self, one: Outcome) -> str:
        return one.source

    def listed(self) -> str:
        return "source"

    def weight(self, code: str) -> float:
        return len(self.groups[code])

    def finding(self) -> str:
        found = of_sources({code: self._pair([code]) for code in self.order})
        source = str(found.figures.get("source", ""))
        return self.told(found, source=self.name(source))

    def _pair(self, codes: Sequence[str]) -> tuple[int, int]:
        won = sum(one.end == WON for code in codes for one in self.groups[code])
        return won, sum(len(self.groups[code]) for code in codes) - won

    def row(self, name: str, codes: Sequence[str], key: str) -> Row:
        won, lost = self._pair(codes)
        told = self.words(
            "portfolio.won_of",
            n=won,
            all=won + lost,
            share=self.percent(round(100 * won / (won + lost))),
        )
        return Row(name, (("good", float(won)), ("line", float(lost))), told, key=key)


class WinBack(OfWorth):
    """Customers worth another try, by what was lost with them: deals, or all they bought (M36)."""

    KEY = "win_back"
    HELP = "m36"
    PAST = False

    def gather(self) -> None:
        found = outcomes(self.store)
        self.lost = sum(one.end == LOST for one in found)
        self.deals = {one.deal_id: one for one in found}
        won: dict[str, date] = {}
        for one in found:
            if one.end == WON:
                day = date.fromisoformat(one.day)
                won[one.customer_id] = max(day, won.get(one.customer_id, day))
        gone = [
            Gone(
                one.customer_id,
                one.deal_id,
                date.fromisoformat(one.day),
                self.in_own(one.amount, one.currency),
                self.currency,
                one.reason,
                one.rival,
                won.get(one.customer_id),
            )
            for one in found
            if one.end == LOST
        ]
        numbers = {one.customer_id: one.number for one in found}
        today = self.store.clock.today()
        quiet = f"{BOUGHT} AND w.last_bought <= '{months_before(today, YEAR).isoformat()}'"
        for number, worth in self.table.of(self.table.listed("before", where=quiet)).items():
            numbers[worth.customer_id] = number
            last = date.fromisoformat(worth.last_bought or "")
            gone.append(Gone(worth.customer_id, "", last, worth.before, self.currency))
        self.losses = win_back(gone, today)
        self.of_number = {numbers[ones[0].customer_id]: ones for ones in self.losses}

    def empty(self) -> str:
        return "" if self.losses else self.finding()

    def finding(self) -> str:
        worth = [(self.currency, sum(one.amount for one in ones)) for ones in self.losses]
        found = of_win_back(worth, self.lost)
        return self.told(found, sums=self.short(sum(amount for _, amount in worth)))

    def draw(self, width: float, size: float = 12.0) -> Picture:
        shown = list(self.of_number.items())[:_SHOWN]
        names = named(self.store, [number for number, _ in shown])
        rows = [
            Row(
                names[number].name if number in names else "",
                (("accent" if not at else "line", float(sum(one.amount for one in ones))),),
                self._told(ones),
                key=str(number),
                most=not at,
            )
            for at, (number, ones) in enumerate(shown)
        ]
        return bars(rows, width, size=size, alt=self.finding())

    def _told(self, ones: Sequence[Gone]) -> str:
        money = self.short(sum(one.amount for one in ones))
        return self.words("portfolio.dot").join(filter(None, (money, self._why(ones[0]))))

    def _why(self, one: Gone) -> str:
        """For what it was lost and to whom, or since when nothing was bought."""
        if not one.deal_id:
            return self.words("portfolio.silent", day=self.words.date(one.day))
        why = self.words.choice("loss_reason", one.reason)
        return self.words("portfolio.dot").join(filter(None, (why, _rival(one))))

    def behind(self, key: str) -> Behind:
        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: self._line(self.of_number[number])
                for number in numbers
                if number in self.of_number
            }

        numbers = [int(key)] if key else list(self.of_number)
        return Behind(self.words("portfolio.everybody"), numbers, tell)

    def _line(self, ones: Sequence[Gone]) -> Line:
        last, words = ones[0], self.words
        title = self.deals[last.deal_id].title if last.deal_id else ""
        return Line(
            below=words("portfolio.dot").join(filter(None, (title, self._why(last)))),
            aside=self.short(sum(one.amount for one in ones)),
            aside_below=words.date(last.day),
        )


def _rival(one: Gone) -> str:
    """To whom it went, if that was somebody by name."""
    return "" if one.rival in NO_RIVALS else one.rival

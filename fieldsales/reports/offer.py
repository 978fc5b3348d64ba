"""What a proposal offers and what it comes to: the table of its lines, its totals, its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fieldsales.domain.money.proposal import ProposalLine
from fieldsales.domain.money.schedule import schedule
from fieldsales.domain.money.totals import Totals
from fieldsales.drawing.blocks import Block, Cell, Column, Said, Style, Table, cell, prose
from fieldsales.reports.amounts import figure, figures, number, percent, room
from fieldsales.reports.capitals import capitals
from fieldsales.reports.paper import A4_FILED, BODY, GUTTER, LEAD, SMALL
from fieldsales.store.queries.money_papers import ProposalFacts
from fieldsales.words import Words, minor_digits

_LEAST = 120.0  # points that the names of what is offered have at least


class Offer:
    """The tables of one proposal; `bare` ones have no price on them."""

    def __init__(self, facts: ProposalFacts, found: Totals, words: Words) -> None:
        self.facts, self.found, self.words = facts, found, words
        self.head = facts.proposal
        self.currency = facts.proposal.currency
        self.bare = facts.bare
        self._digits = minor_digits(self.currency)
        items = [line for line in facts.lines if line.kind == "item"]
        self._numbers = {line.id: str(at) for at, line in enumerate(items, start=1)}
        self._summed = _summed(facts.lines)
        self._small = False
        self._taxes = {line.tax_percent for line in items if line.role == "counted"}

    def amount(self, minor: int) -> str:
        return figure(minor, self.currency)

    def money(self, minor: int) -> str:
        return self.words.money(minor, self.currency)

    def lines(self) -> Table:
        """The lines in order, a head repeated on each page; a heading stays with its group."""
        words = self.words
        lines = [one for one in self.facts.lines if not (self.bare and one.kind == "subtotal")]
        sign = words.currency_sign(self.currency)
        items = [line for line in lines if line.kind == "item"]
        sums = [self.amount(one.before) for one in self.found.amounts.values()]
        sums += [self.amount(one) for one in self.found.sums.values()]
        told = {
            "quantity": [number(line.quantity) for line in items],
            "unit": [line.unit[:8] for line in items],
            "price": [number(line.price, self._digits) for line in items],
            "amount": sums,
        }
        for size in (BODY, SMALL):
            columns = [
                figures(words(f"report.proposal.{name}", sign=sign), texts, size)
                for name, texts in told.items()
            ][: 2 if self.bare else 4]
            columns[1] = replace(columns[1], align="start")
            columns.insert(0, Column("", max(room(self._numbers.values()), 14.0), exact=True))
            taken = sum(column.share for column in columns) + GUTTER * len(columns)
            self._small = size == SMALL
            if A4_FILED.measure - taken > _LEAST:
                break
        columns.insert(1, Column(words("report.proposal.what"), 1.0))
        rows = tuple(self._row(line)[: len(columns)] for line in lines)
        stay = {
            at
            for at, line in enumerate(lines)
            if line.kind == "heading" or (at + 1 < len(lines) and lines[at + 1].kind == "subtotal")
        }
        if not self.bare:
            stay.add(len(lines) - 1)  # with the totals, which never stand alone on a page
        return Table(tuple(columns), rows, frozenset(stay))

    def _row(self, line: ProposalLine) -> tuple[Cell, ...]:
        words = self.words
        if line.kind == "heading":
            total = 0 if line.id in self._summed else self.found.sums.get(line.id, 0)
            shown = cell(self.amount(total), self._styled("quiet")) if total else ()
            return ((), cell(line.text or line.product_name, "strong"), (), (), (), shown)
        if line.kind == "text":
            return ((), cell(line.text, "quiet"), (), (), (), ())
        if line.kind == "subtotal":
            told = line.text or words("report.proposal.subtotal")
            shown = cell(self.amount(self.found.sums.get(line.id, 0)), self._styled("strong"))
            return ((), cell(told, "strong"), (), (), (), shown)
        counted = line.role == "counted"
        style = self._styled("body" if counted else "quiet")
        return (
            cell(self._numbers[line.id], "quiet"),
            self._named(line),
            cell(number(line.quantity), style),
            cell(line.unit, style),
            cell(number(line.price, self._digits), style),
            cell(self.amount(self.found.amounts[line.id].amount), style),
        )

    def _styled(self, style: Style) -> Style:
        """The style of a figure; a small one where they are too long to stand side by side."""
        return "small" if self._small else style

    def _named(self, line: ProposalLine) -> Cell:
        """What is offered, more about it, and what its amount has come from or is not part of."""
        words = self.words
        name, text = line.product_name, line.text
        said = [Said(name or text, "body")]
        if name and text:
            said.append(Said(text, "small"))
        facts = []
        if line.role != "counted":
            kind = f"bare.{line.role}" if self.bare else line.role
            facts.append(words(f"report.proposal.{kind}"))
        if not self.bare:
            facts += self._priced(line)
        if facts:
            said.append(Said(words("report.separator").join(facts), "small"))
        return tuple(said)

    def _priced(self, line: ProposalLine) -> list[str]:
        """What its amount has come from, and its tax where lines differ in it."""
        words, facts = self.words, []
        if line.discount and line.discount != "0":
            off = (
                self.words.currency_sign(self.currency) + number(line.discount, self._digits)
                if line.discount_kind == "amount"
                else percent(line.discount)
            )
            before = self.amount(self.found.amounts[line.id].before)
            facts.append(words("report.proposal.line_off", before=before, off=off))
        usual = self._taxes <= {line.tax_percent}  # then the totals tell it
        if not usual and self.head.tax_mode != "none":
            rate = percent(line.tax_percent or "0")
            facts.append(words("report.proposal.line_tax", rate=rate))
        return facts

    def totals(self) -> list[Block]:
        """Sum, discount, tax by rate and total, then the total in capital numerals."""
        found, mode = self.found, self.head.tax_mode
        rows: list[tuple[str, str, Style]] = []
        if found.discount or (mode == "added" and found.tax):
            rows.append((self._label("sum"), self.amount(found.lines), "body"))
        if found.discount:
            off = percent(self.head.discount) if self.head.discount_kind != "amount" else ""
            rows.append((self._label("discount", off=off), self.amount(-found.discount), "body"))
        if mode == "added":
            if found.discount and found.tax:
                rows.append((self._label("net"), self.amount(found.net), "body"))
            rows += self._taxed("body")
        total = self._label("total" if mode == "none" else "total_taxed")
        rows.append((total, self.money(found.total), "lead"))
        if mode == "included":
            rows += self._taxed("quiet")
        amounts = figures("", [amount for _, amount, _ in rows], LEAD)
        columns = (Column("", 1), Column("", 2), amounts)
        cells = tuple(
            ((), cell(label, style), cell(amount, style)) for label, amount, style in rows
        )
        told = capitals(found.total, self.currency, self.words)
        stay = frozenset(range(len(cells) if told else len(cells) - 1))
        blocks: list[Block] = [Table(columns, cells, stay, ruled_from=1)]
        if told:
            blocks.append(prose(self.words("report.proposal.in_capitals", amount=told), "strong"))
        return blocks

    def _label(self, name: str, **told: str) -> str:
        return self.words(f"report.proposal.{name}", **told).strip()

    def _taxed(self, style: Style) -> list[tuple[str, str, Style]]:
        """The tax of each rate with what it is of; of nothing at all where nothing is taxed."""
        found = self.found
        if not found.tax:
            return []
        key = "tax_in" if self.head.tax_mode == "included" else "tax_on"
        return [
            (
                self._label(key, rate=percent(one.rate), net=self.amount(one.net)),
                self.amount(one.tax),
                style,
            )
            for one in found.rates
        ]

    def instalments(self, known: dict[str, date]) -> Table | None:
        """The parts it is paid in, with their days; amounts only where there are prices."""
        words, parts = self.words, self.facts.instalments
        if not parts:
            return None
        due = schedule(self.found.total, parts, self._digits, known)
        rows: list[tuple[Cell, ...]] = []
        for at, (one, part) in enumerate(zip(parts, due, strict=True), start=1):
            if part.due:
                when = words("report.proposal.by", day=words.date(part.due))
            elif one.due == "day":
                when = ""
            else:
                kind = "due" if one.days else "at"
                when = words(f"report.proposal.{kind}.{one.due}", n=one.days or 0)
            share = percent(one.share) if one.share and one.share_kind != "amount" else ""
            label = one.label or words("report.proposal.part", n=at)
            row = (cell(label), cell(when), cell(share, "quiet"), cell(self.amount(part.amount)))
            rows.append(row[: 3 if self.bare else 4])
        sign = words.currency_sign(self.currency)
        columns = (
            Column(words("report.proposal.part_name"), 4),
            Column(words("report.proposal.when"), 4),
            Column(words("report.proposal.share"), 1.5, "end"),
            figures(
                words("report.proposal.amount", sign=sign), [self.amount(one.amount) for one in due]
            ),
        )
        return Table(columns[: 3 if self.bare else 4], tuple(rows))


def _summed(lines: Sequence[ProposalLine]) -> set[str]:
    """Headings of groups that end in a subtotal, which says the same."""
    found, heading = set(), ""
    for line in lines:
        if line.kind == "heading":
            heading = line.id
        elif line.kind == "subtotal" and heading:
            found.add(heading)
    return found

"""The product sheet 产品单 (M29): what a product is, does and costs, for a customer to keep.

What the card calls our own – glossary, note, how it is said – stands in the house, and so does
every picture that was not marked as theirs to see. A price is on a customer's sheet only if it is
asked for: an id ending in `:price`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fieldsales.domain.product import Price, net, valid_price
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Column,
    Photo,
    Photos,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Style,
    Table,
    cell,
)
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import Audience, Subject
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.papers import fullest_product, latest_product
from fieldsales.store.queries.products import ProductCard, product_card
from fieldsales.words import Words

KIND = "product"
AUDIENCES: tuple[Audience, ...] = ("customer", "internal")  # it is made to be given away
latest = latest_product
example = fullest_product
WITH_PRICE = ":price"


@dataclass(frozen=True, slots=True)
class Facts:
    """A product; `with_price` puts what it costs on a customer's sheet, too."""

    card: ProductCard
    with_price: bool = False


def gather(store: Store, row_id: str) -> Facts:
    """`row_id` may end in `:price`; raises UserError("record.gone") if there is no such product."""
    card = product_card(store, row_id.removesuffix(WITH_PRICE))
    usual = base_currency(store)
    prices = tuple(replace(one, currency=one.currency or usual) for one in card.prices)
    return Facts(replace(card, prices=prices), row_id.endswith(WITH_PRICE))


def subject(facts: Facts) -> Subject:
    return Subject()


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The sheet before it is laid out."""
    internal = audience == "internal"
    sheet = _Sheet(facts.card, words, today)
    sections = [
        sheet.gist(),
        sheet.pictures(internal=internal),
        sheet.text("description"),
        sheet.texts("does", "functions", "traits", "composition"),
        sheet.texts("use", "way_of_use", "ratio", "recipe"),
        sheet.texts("worth", "worth"),
        sheet.price() if facts.with_price and not internal else None,
        *((sheet.text("spoken"), *sheet.for_us()) if internal else ()),
    ]
    product = facts.card.product
    lines = [phrases.joined(words, (product.code, product.life_stage))]
    return Document(
        name=words("report.product.name"),
        title=product.name,
        facts=tuple(line for line in lines if line),
        sources=(words("field.product.name"), words("field.product.life_stage")),
        sections=tuple(section for section in sections if section is not None)
        or (Section(words("report.product.description"), (sheet.nothing(),)),),
        reference=words.date(today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=internal,
    )


class _Sheet:
    """The parts of a product sheet."""

    def __init__(self, card: ProductCard, words: Words, today: date) -> None:
        self.card, self.words, self.today = card, words, today

    def gist(self) -> Section | None:
        """What a hurried reader takes away."""
        return self._section("gist", [_told(self.card.product.digest, "lead")])

    def text(self, name: str) -> Section | None:
        """A field of the card as running text."""
        return self._section(name, [_told(getattr(self.card.product, name))])

    def texts(self, part: str, *names: str) -> Section | None:
        """Some fields of the card; several in one section have their names above them."""
        told = [(name, text) for name in names if (text := getattr(self.card.product, name))]
        blocks: list[Block | None] = []
        for name, text in told:
            heading = self.words(f"field.product.{name}") if len(names) > 1 else ""
            blocks.append(_listed(text, heading))
        return self._section(part, blocks)

    def price(self) -> Section | None:
        """What a unit costs on the day of the sheet by the usual list."""
        price = valid_price(self.card.prices, self.today.isoformat())
        if price is None or price.amount is None:
            return None
        words = self.words
        parts = [Said(self._amount(price), "strong"), Said(self._taxed(price), "quiet")]
        if price.valid_from:
            day = words.date(date.fromisoformat(price.valid_from))
            parts.append(Said(words("products.since", day=day), "small"))
        return self._section("price", [Prose(tuple(part for part in parts if part.text))])

    def pictures(self, *, internal: bool) -> Section | None:
        """Pictures marked for the customer; in the house all of them."""
        shown = tuple(
            Photo(content, kept.name.rpartition(".")[0] or kept.name)
            for kept, content in self.card.pictures
            if internal or kept.for_customer
        )
        return self._section("pictures", [Photos(shown) if shown else None])

    def for_us(self) -> list[Section | None]:
        """All prices there are, which industries it fits, and our own words."""
        words, card = self.words, self.card
        columns = (
            Column(words("field.price.list_name"), 2),
            Column(words("field.price.valid_from"), 2),
            Column(words("field.price.amount"), 3, "end"),
        )
        rows = tuple(
            (
                cell(price.list_name or words("report.product.usual_list")),
                cell(price.valid_from or ""),
                cell(self._amount(price), below=self._taxed(price)),
            )
            for price in card.prices
        )
        fits = [
            words(
                "products.fit_chip",
                industry=words.choice("industry", one.industry),
                fit=words.choice("fit", one.fit),
            )
            for one in card.cells
        ]
        return [
            self._section("prices", [Table(columns, rows) if rows else None]),
            self._section("fits", [_listed("\n".join(fits), "")]),
            self.texts("own", "glossary", "note"),
        ]

    def nothing(self) -> Prose:
        return Prose((Said(self.words("report.product.nothing"), "quiet"),))

    def _amount(self, price: Price) -> str:
        if price.amount is None:
            return ""
        money = phrases.money(self.words, price.amount, price.currency)
        unit = self.card.product.unit
        return f"{money} / {unit}" if unit else money

    def _taxed(self, price: Price) -> str:
        """How much tax is in it, and what it is without."""
        words, without = self.words, net(price)
        if not price.tax_percent or without is None:
            return ""
        bare = words("products.net", amount=phrases.money(words, without, price.currency))
        return phrases.joined(words, (words("products.tax", n=price.tax_percent), bare))

    def _section(self, part: str, blocks: list[Block | None]) -> Section | None:
        return phrases.section(self.words(f"report.product.{part}"), blocks)


def _told(text: str, style: Style = "body") -> Prose | None:
    return Prose((Said(text, style),)) if text else None


def _listed(text: str, heading: str) -> Block | None:
    """A text of several short lines as a list, another as running text below its heading."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and max(map(len, lines)) <= _SHORT:
        return Points(tuple(Point(Said(line)) for line in lines), heading)
    above = (Said(heading, "heading"),) if heading else ()
    return Prose((*above, Said(text))) if lines else None


_SHORT = 60  # characters of a line that is a point of a list

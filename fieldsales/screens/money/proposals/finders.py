"""What a proposal can point to: customers, their people, deals and worksheets, products."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Context
from fieldsales.store.queries import card, customers
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.products import product_numbers, product_rows
from fieldsales.store.queries.worksheets import worksheets_for
from fieldsales.store.search import fold, sort_key
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12

Find = Callable[[str], Sequence[Suggestion]]
Of = Callable[[], str]  # the id of whose they are


def matches(name: str, asked: str) -> bool:
    """Whether a name holds what was typed, by its characters, its pinyin or its initials."""
    wanted = fold(asked).replace(" ", "")
    syllables = sort_key(name).partition("\t")[0].split()
    initials = "".join(said[0] for said in syllables)
    return any(wanted in text for text in (fold(name), "".join(syllables), initials))


def products(context: Context) -> Find:
    """Products by what was typed, with what they cost today."""
    words = context.words

    def find(asked: str) -> Sequence[Suggestion]:
        if not asked:
            return ()
        found = []
        for one in product_rows(context.store, product_numbers(context.store, asked)[:_MOST]):
            if one is None:
                continue
            price, said = one.price, ""
            if price is not None and price.amount is not None:
                said = words.money(price.amount, price.currency or "CNY", cents=False)
            found.append(Suggestion(one.product.id, one.product.name, said, "tag"))
        return found

    return find


def customer_finder(context: Context) -> Finder:
    """Any customer."""

    def find(asked: str) -> Sequence[Suggestion]:
        found = customers.likely(context.store, asked, _MOST)
        return [Suggestion(one.id, one.name, one.region, "building") for one in found]

    def title(row_id: str) -> str:
        customer = context.store.record(Customer, row_id)
        return customer.name if customer else ""

    return Finder(find, title)


def people_finder(context: Context, customer_id: Of) -> Finder:
    """The people of the customer."""

    def find(asked: str) -> Sequence[Suggestion]:
        return [
            Suggestion(person.contact.id, person.contact.name, person.contact.title, "person")
            for person in card.people_of(context.store, customer_id())
            if matches(person.contact.name, asked)
        ][:_MOST]

    def title(row_id: str) -> str:
        contact = context.store.record(Contact, row_id)
        return contact.name if contact else ""

    return Finder(find, title)


def deal_finder(context: Context, customer_id: Of | None = None) -> Finder:
    """The deals of the customer, or of anyone."""

    def find(asked: str) -> Sequence[Suggestion]:
        if customer_id is None:
            return [
                Suggestion(hit.id, hit.title, hit.context, "funnel")
                for hit in hits(context.store, asked)
                if hit.kind == "deal"
            ][:_MOST]
        return [
            Suggestion(deal.id, deal.title, icon="funnel")
            for deal in card.deals_of(context.store, customer_id())
            if matches(deal.title, asked)
        ][:_MOST]

    def title(row_id: str) -> str:
        deal = context.store.record(Deal, row_id)
        return deal.title if deal else ""

    return Finder(find, title)


def worksheet_finder(context: Context, customer_id: Of, deal_id: Of) -> Finder:
    """The worksheets at hand for the customer: the deal's, theirs, general ones."""

    def find(asked: str) -> Sequence[Suggestion]:
        found = worksheets_for(context.store, customer_id(), deal_id() or None)
        return [
            Suggestion(one.id, one.title, icon="pitch")
            for one in found
            if matches(one.title, asked)
        ][:_MOST]

    def title(row_id: str) -> str:
        sheet = context.store.record(Worksheet, row_id)
        return sheet.title if sheet else ""

    return Finder(find, title)

"""What a reference can point to: the people and deals of a customer, any customer or deal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.queries import card, customers
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.pipelines import stage_words
from fieldsales.store.search import fold, sort_key
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12

CustomerId = Callable[[], str]


def matches(name: str, asked: str) -> bool:
    """Whether a name holds what was typed, by its characters, its pinyin or its initials."""
    wanted = fold(asked).replace(" ", "")
    syllables = sort_key(name).partition("\t")[0].split()
    initials = "".join(said[0] for said in syllables)
    return any(wanted in text for text in (fold(name), "".join(syllables), initials))


def people_finder(context: Context, customer_id: CustomerId) -> Finder:
    """The people of the customer; a name that is not among them makes a new contact."""

    def find(asked: str) -> Sequence[Suggestion]:
        return [
            Suggestion(person.contact.id, person.contact.name, person.contact.title, "person")
            for person in card.people_of(context.store, customer_id())
            if matches(person.contact.name, asked)
        ][:_MOST]

    def title(row_id: str) -> str:
        contact = context.store.record(Contact, row_id)
        return contact.name if contact else ""

    def create(name: str) -> str:
        operation = AddRecord("contact", {"name": name, "customer_id": customer_id()})
        context.workspace.run(operation)
        return operation.row_id

    return Finder(find, title, create)


def deals_finder(context: Context, customer_id: CustomerId) -> Finder:
    """The deals of the customer."""

    def find(asked: str) -> Sequence[Suggestion]:
        named, words = stage_words(context.store), context.words
        return [
            Suggestion(deal.id, deal.title, words.choice("stage", named[deal.stage]), "funnel")
            for deal in card.deals_of(context.store, customer_id())
            if matches(deal.title, asked)
        ][:_MOST]

    return Finder(find, _deal_title(context))


def any_deal_finder(context: Context) -> Finder:
    """The deals of any customer, found by what was typed."""

    def find(asked: str) -> Sequence[Suggestion]:
        return [
            Suggestion(hit.id, hit.title, hit.context, "funnel")
            for hit in hits(context.store, asked)
            if hit.kind == "deal"
        ][:_MOST]

    return Finder(find, _deal_title(context))


def _deal_title(context: Context) -> Callable[[str], str]:
    def title(row_id: str) -> str:
        deal = context.store.record(Deal, row_id)
        return deal.title if deal else ""

    return title


def customers_finder(
    context: Context, but: CustomerId | None = None, *, new: bool = False
) -> Finder:
    """Any customer, or any but one; `new`: one that is not there is made by its name."""

    def find(asked: str) -> Sequence[Suggestion]:
        found = customers.likely(context.store, asked, _MOST)
        left_out = but() if but is not None else ""
        return [
            Suggestion(row.id, row.name, row.region, "building")
            for row in found
            if row.id != left_out
        ]

    def title(row_id: str) -> str:
        customer = context.store.record(Customer, row_id)
        return customer.name if customer else ""

    def create(name: str) -> str:
        operation = AddRecord("customer", {"name": name})
        context.workspace.run(operation)
        return operation.row_id

    return Finder(find, title, create if new else None)

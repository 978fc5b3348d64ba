"""Texts that wait to be said: worksheets, plans of visits, products' spoken versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldsales.domain.clock import local_day
from fieldsales.domain.product import SPOKEN
from fieldsales.domain.worksheet import PITCH
from fieldsales.errors import UserError
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.rules import pitch
from fieldsales.methods.walk_around.texts import terms, words_of_visit
from fieldsales.screens.contract import Context
from fieldsales.services.matching import Matcher
from fieldsales.store.queries.files import has_photo
from fieldsales.store.queries.products import product_card, products
from fieldsales.store.queries.today import planned
from fieldsales.store.queries.visits import visit_facts
from fieldsales.store.queries.worksheets import worksheet_page, worksheets
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12
_DAYS = 30  # ahead of which plans are offered
CONCERN = (
    "worksheet",
    "worksheet_row",
    "need",
    "visit",
    "visit_item",
    "visit_person",
    "product",
    "customer",
    "contact",
    "buying_role",
    "clue",
    "assessment",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A text that stands elsewhere; its `key` is `worksheet:<id>`, `visit:<id>`, `product:<id>`.

    `field`: where it can be put back, of at most so many characters; ('', 0) where it cannot.
    `readers`: ids of contacts, none for all of the customer.
    """

    key: str
    title: str
    text: str
    customer_id: str = ""
    readers: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()
    pictures: bool = False  # whether there are some to show with it
    field: tuple[str, int] = ("", 0)

    @property
    def record(self) -> tuple[str, str]:
        """Kind and id of where it stands."""
        kind, _, row_id = self.key.partition(":")
        return kind, row_id


def source(context: Context, key: str) -> Source | None:
    """The text as it is now; None if it is gone."""
    kind, _, row_id = key.partition(":")
    readers = {"worksheet": _worksheet, "visit": _visit, "product": _product}
    if kind not in readers:
        return None
    try:
        return readers[kind](context, row_id)
    except UserError:
        return None


def _worksheet(context: Context, row_id: str) -> Source:
    page = worksheet_page(context.store, row_id)
    said = connectors(context.words.language)
    return Source(
        f"worksheet:{row_id}",
        page.sheet.title,
        pitch(page.sheet, page.rows, page.needs, said),
        page.sheet.customer_id or "",
        glossary=tuple(terms(page.product.glossary)) if page.product else (),
        pictures=page.product is not None and has_photo(context.store, "product", page.product.id),
        field=("pitch", PITCH),
    )


def _visit(context: Context, row_id: str) -> Source:
    facts = visit_facts(context.store, row_id)
    if facts.visit.trashed_at:
        raise UserError("record.gone")
    return Source(
        f"visit:{row_id}",
        facts.customer.name,
        words_of_visit(facts),
        facts.customer.id,
        tuple(person.contact.id for person in facts.people),
        pictures=bool(facts.photos),
    )


def _product(context: Context, row_id: str) -> Source:
    card = product_card(context.store, row_id)
    product = card.product
    return Source(
        f"product:{row_id}",
        product.name,
        product.spoken,
        glossary=tuple(terms(product.glossary)),
        pictures=bool(card.pictures),
        field=("spoken", SPOKEN),
    )


class Sources:
    """What the line of the page finds; read anew by `reload`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, Suggestion] = {}
        self._matcher = Matcher({})

    def reload(self) -> None:
        self._known = {one.key: one for one in self._all()}
        self._matcher = Matcher(
            {key: [one.title, one.subtitle] for key, one in self._known.items()}
        )

    def find(self, text: str) -> Sequence[Suggestion]:
        """By characters or pinyin; without a text the first of each kind."""
        if text:
            return [self._known[key] for key in self._matcher.find(text, _MOST)]
        kinds: dict[str, list[Suggestion]] = {}
        for key, one in self._known.items():
            kinds.setdefault(key.partition(":")[0], []).append(one)
        return [one for several in kinds.values() for one in several[: _MOST // 3]]

    def _all(self) -> Iterator[Suggestion]:
        context, words = self._context, self._context.words
        today = context.look.clock.today()
        for due in planned(context.store, _DAYS):
            day = words.days_from(local_day(due.visit.starts_at), today)
            yield Suggestion(
                f"visit:{due.visit.id}",
                due.customer,
                due.visit.objective,
                "visit",
                words("walk_around.of_visit", day=day),
            )
        for sheet in worksheets(context.store):
            yield Suggestion(
                f"worksheet:{sheet.id}",
                sheet.title,
                sheet.product_name,
                "pitch",
                words("noun.worksheet"),
            )
        for row in products(context.store):
            if row.product.spoken:
                yield Suggestion(
                    f"product:{row.product.id}",
                    row.product.name,
                    row.product.digest,
                    "tag",
                    words("field.product.spoken"),
                )

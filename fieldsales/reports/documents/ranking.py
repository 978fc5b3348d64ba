"""The ranking of old customers 老客户排名 (M08): who brings most, and how far each rose or fell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Section, prose
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.documents.portfolio import section, title
from fieldsales.reports.portfolio.worth import Ranking
from fieldsales.store.database import Store
from fieldsales.words import Words

KIND = "ranking"
AUDIENCES = INTERNAL
_LISTED = 500  # customers


@dataclass(frozen=True, slots=True)
class Facts:
    """The file, and by what its customers are ranked."""

    store: Store
    rank: str


def latest(store: Store) -> str:
    """By sales."""
    return Ranking.OPTIONS["rank"][0]


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: `sales`, `margin` or `value`; UserError("record.gone") for others."""
    if row_id not in Ranking.OPTIONS["rank"]:
        raise UserError("record.gone")
    return Facts(store, row_id)


def subject(facts: Facts) -> Subject:
    return Subject()


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The ranking before it is laid out: the first as a picture, then the list."""
    ranking = Ranking(facts.store, words, {"rank": facts.rank})
    what = words(f"portfolio.option.{facts.rank}")
    missing = ranking.empty()
    if missing:
        shown = Section(title(ranking), (prose(missing, "quiet"),))
    else:
        shown = section(ranking, _LISTED)
    return overview(KIND, [shown], words, today, facts=(words("portfolio.ranked_by", what=what),))

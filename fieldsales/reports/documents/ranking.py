"""The ranking of old customers 老客户排名 (M08): who brings most, and how far each rose or fell."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Section, prose
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience
from fieldsales.reports.documents._asked import Asked, Facts
from fieldsales.reports.documents.portfolio import section, title
from fieldsales.reports.portfolio.worth import Ranking
from fieldsales.words import Words

KIND = "ranking"
AUDIENCES = INTERNAL
_LISTED = 500  # customers
_ASKED = Asked(Ranking, "rank")
latest, gather, subject = _ASKED.latest, _ASKED.gather, _ASKED.subject


def compose(
    facts: Facts[Ranking], words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The ranking before it is laid out: the first as a picture, then the list."""
    ranking = facts.picture(words)
    what = words(f"portfolio.option.{facts.option}")
    missing = ranking.empty()
    if missing:
        shown = Section(title(ranking), (prose(missing, "quiet"),))
    else:
        shown = section(ranking, _LISTED)
    told = (words("portfolio.ranked_by", what=what),)
    return overview(KIND, [shown], words, today, of=facts.day, facts=told)

"""Won and lost: losses, whom to win back, sources and channels (M05, M36, M39)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=40, title="portfolio.section.outcomes")


def build(context: Context) -> SectionPage:
    from fieldsales.reports.portfolio.pictures import OUTCOMES
    from fieldsales.screens.pictures import PicturesPage

    return PicturesPage(context, OUTCOMES)

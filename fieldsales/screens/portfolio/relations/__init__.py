"""How customers move and where we stand with them: lifecycle and relationships (M09, M20)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=30, title="portfolio.section.relations")


def build(context: Context) -> SectionPage:
    from fieldsales.reports.portfolio.pictures import RELATIONS
    from fieldsales.screens.pictures import PicturesPage

    return PicturesPage(context, RELATIONS)

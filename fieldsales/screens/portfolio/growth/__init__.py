"""Where growth lies: stars and cows, the attack–defend map (M32, M33)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=20, title="portfolio.section.growth")


def build(context: Context) -> SectionPage:
    from fieldsales.reports.portfolio.pictures import GROWTH
    from fieldsales.screens.pictures import PicturesPage

    return PicturesPage(context, GROWTH)

"""What customers are worth: pyramid, ranking, what if (M08, M30, M31)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=10, title="portfolio.section.value")


def build(context: Context) -> SectionPage:
    from fieldsales.reports.portfolio.pictures import VALUE
    from fieldsales.screens.pictures import PicturesPage

    return PicturesPage(context, VALUE)

"""Where time, visits and money went, against the plan that is made here (M33)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=25, title="portfolio.section.resources")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.resources.page import ResourcesPage

    return ResourcesPage(context)

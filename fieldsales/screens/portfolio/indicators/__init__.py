"""Balanced indicators against the targets that are typed here, quarter by quarter (M34)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=45, title="portfolio.section.indicators")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.indicators.page import IndicatorsPage

    return IndicatorsPage(context)

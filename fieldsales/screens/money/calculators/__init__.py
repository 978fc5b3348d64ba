"""What a bad debt, lateness and a discount cost, with the curve and the point (M30, M40, M41)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=30, title="calculators.title", opens=("calculator",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.money.calculators.page import CalculatorsPage

    return CalculatorsPage(context)

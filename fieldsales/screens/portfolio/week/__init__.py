"""The weekly plan: whom to see, day by day, and why (M33, M46)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=70, title="week_plan.title")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.week.page import WeekPage

    return WeekPage(context)

"""Pitch worksheets: features told as what this customer gets, and the value against the price."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=20, title="ffab.title", opens=("worksheet",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.ffab.page import WorksheetsPage

    return WorksheetsPage(context)

"""Language, colours and size of the window."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=20, title="settings.section.looks")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.looks.page import LooksPage

    return LooksPage(context)

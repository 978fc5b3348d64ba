"""Who sends the papers, and on what they are printed."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=10, title="settings.section.papers")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.groups import GroupsPage
    from fieldsales.screens.settings.papers.letterhead import Letterhead
    from fieldsales.screens.settings.papers.sheets import Sheets

    return GroupsPage(context, Letterhead(context), Sheets(context))

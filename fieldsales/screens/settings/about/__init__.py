"""What this program is."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=70, title="settings.section.about")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.about.page import About
    from fieldsales.screens.settings.groups import GroupsPage

    return GroupsPage(context, About(context))

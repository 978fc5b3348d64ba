"""Where classes of customers begin and end."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=40, title="settings.section.classes")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.classes.page import ClassSettings
    from fieldsales.screens.settings.groups import GroupsPage

    return GroupsPage(context, ClassSettings(context))

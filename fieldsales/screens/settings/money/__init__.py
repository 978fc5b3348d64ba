"""Money: currency, taxes, terms."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=50, title="settings.section.money")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.groups import GroupsPage
    from fieldsales.screens.settings.money.page import MoneySettings

    return GroupsPage(context, MoneySettings(context))

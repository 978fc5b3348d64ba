"""The file: its password, its photos, its place, its copies."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=60, title="settings.section.data")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.data.photos import PhotoSettings
    from fieldsales.screens.settings.data.place import Place
    from fieldsales.screens.settings.data.protection import ProtectionSettings
    from fieldsales.screens.settings.groups import GroupsPage

    return GroupsPage(context, ProtectionSettings(context), PhotoSettings(context), Place(context))

"""Settings: the sender of papers, language and looks, backups, and what this program is."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=90, icon="settings", title="settings.title", place="bottom")


def build(context: Context) -> Screen:
    from fieldsales.screens.settings.page import SettingsScreen

    return SettingsScreen(context)

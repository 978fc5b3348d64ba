"""Settings: the sender of papers, looks, habits of work, limits, and what keeps the data safe.

Each section is a folder with `SECTION` and `build`, see `screens/sections`.
"""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context, Screen, Tab


def commands(context: Context) -> list[Command]:
    from fieldsales.screens import settings
    from fieldsales.screens.sections import ways

    return ways(context, settings, TAB.title)


TAB = Tab(order=90, icon="settings", title="settings.title", place="bottom", commands=commands)


def build(context: Context) -> Screen:
    from fieldsales.screens import settings
    from fieldsales.screens.sections import SectionedScreen

    return SectionedScreen(context, settings, TAB.title)

"""The library: checklists to fill in, and phrases ready to say or send.

Each section is a folder with `SECTION` and `build`, see `screens/sections`. What they open is named
here, too, so that the window need not read them to know.
"""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context, Screen, Tab


def commands(context: Context) -> list[Command]:
    from fieldsales.screens import library
    from fieldsales.screens.sections import ways

    return ways(context, library, TAB.title)


TAB = Tab(
    order=70,
    icon="library",
    title="library.title",
    commands=commands,
    opens=("checklist", "checklist_result", "phrase"),
)


def build(context: Context) -> Screen:
    from fieldsales.screens import library
    from fieldsales.screens.sections import SectionedScreen

    return SectionedScreen(context, library, TAB.title)

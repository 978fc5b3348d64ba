"""The library: checklists to fill in, and phrases ready to say or send.

Each section is a folder with `SECTION` and `build`, see `screens/sections`. What they open is named
here, too, so that the window need not read them to know.
"""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(
    order=70,
    icon="library",
    title="library.title",
    opens=("checklist", "checklist_result", "phrase"),
)


def build(context: Context) -> Screen:
    from fieldsales.screens import library
    from fieldsales.screens.sections import SectionedScreen

    return SectionedScreen(context, library, TAB.title)

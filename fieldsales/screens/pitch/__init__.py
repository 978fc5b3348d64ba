"""The pitch: products, worksheets, objections, closing, and the check of what is to be said.

Each section is a folder with `SECTION` and `build`, see `screens/sections`. What they open is named
here, too, so that the window need not read them to know.
"""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context, Screen, Tab


def commands(context: Context) -> list[Command]:
    from fieldsales.screens import pitch
    from fieldsales.screens.sections import ways

    return ways(context, pitch, TAB.title)


TAB = Tab(
    order=40,
    icon="pitch",
    title="pitch.title",
    commands=commands,
    opens=(
        "product",
        "matrix",
        "worksheet",
        "spin",
        "objection",
        "own_entry",
        "closing",
        "walk_around",
    ),
)


def build(context: Context) -> Screen:
    from fieldsales.screens import pitch
    from fieldsales.screens.sections import SectionedScreen

    return SectionedScreen(context, pitch, TAB.title)

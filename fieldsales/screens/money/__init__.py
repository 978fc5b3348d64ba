"""Money: proposals, what customers owe, and what losses and lateness cost.

Each section is a folder with `SECTION` and `build`, see `screens/sections`. What they open is named
here, too, so that the window need not read them to know.
"""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context, Screen, Tab
from fieldsales.store.database import Store


def commands(context: Context) -> list[Command]:
    from fieldsales.screens import money
    from fieldsales.screens.sections import ways

    return ways(context, money, TAB.title)


def _waiting(store: Store) -> int:
    from fieldsales.store.queries.debts import calls

    return len(calls(store))


TAB = Tab(
    order=60,
    icon="money",
    title="money.title",
    commands=commands,
    opens=("proposal", "receivable", "calculator"),
    badge=_waiting,
)


def build(context: Context) -> Screen:
    from fieldsales.screens import money
    from fieldsales.screens.sections import SectionedScreen

    return SectionedScreen(context, money, TAB.title)

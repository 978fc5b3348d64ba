"""The portfolio: what customers are worth, how they move, what is won and lost, as pictures.

Each section is a folder with `SECTION` and `build`, see `screens/sections`. What one opens is named
in `TAB`, too, so that the window need not read it to know.
"""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context, Screen, Tab


def commands(context: Context) -> list[Command]:
    from fieldsales.screens import portfolio
    from fieldsales.screens.sections import ways

    return ways(context, portfolio, TAB.title)


TAB = Tab(
    order=55,
    icon="portfolio",
    title="portfolio.title",
    commands=commands,
    opens=("feedback", "campaign", "review"),
)


def build(context: Context) -> Screen:
    from fieldsales.screens.portfolio.page import PortfolioScreen

    return PortfolioScreen(context)

"""Taking over what another file of this program holds, or a customer from a colleague."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=76, icon="import", title="taking.title", opens=("package",), place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.taking.page import TakingScreen

    return TakingScreen(context)

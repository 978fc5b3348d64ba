"""Import of customers, contacts, deals and products: from a file to records that undo as one."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=75, icon="import", title="importing.title", place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.importing.page import ImportingScreen

    return ImportingScreen(context)

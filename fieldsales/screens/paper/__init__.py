"""A paper about a record, as it will be printed; reached by `context.open("paper", "kind:id")`."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=70, icon="document", title="paper.title", opens=("paper",), place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.paper.page import PaperScreen

    return PaperScreen(context)

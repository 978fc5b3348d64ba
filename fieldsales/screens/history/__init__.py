"""History: what was changed in a record, field by field, and the way back to each value."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=79, icon="history", title="history.title", opens=("history",), place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.history.page import HistoryScreen

    return HistoryScreen(context)

"""The funnel: the board of deals, what they will bring, and the page of each."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=30, icon="funnel", title="funnel.title", new="funnel.new", opens=("deal",))


def build(context: Context) -> Screen:
    from fieldsales.screens.funnel.page import FunnelScreen

    return FunnelScreen(context)

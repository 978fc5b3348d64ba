"""Handing a customer to a colleague as one file."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=77, icon="export", title="sharing.title", opens=("share",), place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.sharing.page import SharingScreen

    return SharingScreen(context)

"""A visit: prepared, run and concluded on one page; reached from whatever speaks of it."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=90, icon="visit", title="visit.title", opens=("visit",), place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.visit.page import VisitScreen

    return VisitScreen(context)

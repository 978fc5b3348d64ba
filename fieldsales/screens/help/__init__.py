"""Help: what each selling method is and how it is used here, and how one's data is kept."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=60, icon="question", title="help.title", place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.help.page import HelpScreen

    return HelpScreen(context)

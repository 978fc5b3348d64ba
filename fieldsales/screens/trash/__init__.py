"""The trash: what was deleted, and the way back."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=80, icon="trash", title="trash.title", place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.trash.page import TrashScreen

    return TrashScreen(context)

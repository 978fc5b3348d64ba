"""Backups: what copies of the file there are, and the ways back to one."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(order=78, icon="backup", title="backups.title", place="hidden")


def build(context: Context) -> Screen:
    from fieldsales.screens.backups.page import BackupsScreen

    return BackupsScreen(context)

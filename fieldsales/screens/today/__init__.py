"""Today: what is planned, promised, due and going cold, each line one click from the thing."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab
from fieldsales.store.database import Store


def _waiting(store: Store) -> int:
    from fieldsales.store.queries.today import today

    return today(store).urgent


TAB = Tab(order=10, icon="today", title="today.title", badge=_waiting)


def build(context: Context) -> Screen:
    from fieldsales.screens.today.page import TodayScreen

    return TodayScreen(context)

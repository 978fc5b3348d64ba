"""Visits that are prepared or begun from whichever tab: where one is planned, it may be that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import from_stamp, local_day, to_stamp
from fieldsales.screens.contract import Context
from fieldsales.services.operations.visits import LogVisit, PlanVisit, StartVisit
from fieldsales.store.queries.visits import planned_visits
from fieldsales.widgets.menus import Entry, passing_menu

_PLANNED_AT = time(10)
_SOON = 14  # days within which a planned visit is likely to be the one meant


def prepare_visit(
    context: Context, customer_id: str, people: Sequence[str], beside: QWidget
) -> None:
    """Shows a visit to be prepared: one that is planned, which is asked, or a new one tomorrow."""
    words, today = context.words, context.look.clock.today()
    entries: list[Entry] = []
    for visit in planned_visits(context.store, customer_id, _SOON):
        day = words.days_from(local_day(visit.starts_at), today)
        when = words("card.when", day=day, time=words.time(from_stamp(visit.starts_at)))
        said = words("card.prepare_planned", when=when)
        entries.append((said, partial(context.open, "visit", visit.id)))
    new = partial(_plan, context, customer_id, tuple(people))
    _ask(entries, (words("card.plan_another"), new), beside)


def log_visit(context: Context, customer_id: str, beside: QWidget) -> None:
    """Begins a visit and shows it: one that is planned for today, which is asked, or another."""
    words = context.words
    entries: list[Entry] = [
        (
            words("card.start_planned", time=words.time(from_stamp(visit.starts_at))),
            partial(_start, context, visit.id),
        )
        for visit in planned_visits(context.store, customer_id, 1)
    ]
    _ask(entries, (words("card.log_another"), partial(_log, context, customer_id)), beside)


def _ask(planned: list[Entry], another: Entry, beside: QWidget) -> None:
    """The choice below `beside`; what is not planned is not asked."""
    if not planned:
        another[1]()
        return
    menu = passing_menu(beside, (*planned, another))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))


def _plan(context: Context, customer_id: str, people: tuple[str, ...]) -> None:
    """A visit tomorrow at ten, on its page to be prepared."""
    day = context.look.clock.today() + timedelta(days=1)
    starts_at = to_stamp(datetime.combine(day, _PLANNED_AT).astimezone())
    operation = PlanVisit(customer_id, {"starts_at": starts_at}, people)
    if context.run(operation) is not None:
        context.open("visit", operation.row_id)


def _start(context: Context, visit_id: str) -> None:
    said = context.words("card.visit_started")
    if context.run(StartVisit(visit_id), undoable=said) is not None:
        context.open("visit", visit_id)


def _log(context: Context, customer_id: str) -> None:
    operation = LogVisit(customer_id)
    if context.run(operation) is not None:
        context.open("visit", operation.row_id)

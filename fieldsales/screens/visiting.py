"""A visit that begins now, from whichever tab: where one is planned for today, it may be that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import from_stamp
from fieldsales.screens.contract import Context
from fieldsales.services.operations.visits import LogVisit, StartVisit
from fieldsales.store.queries.visits import planned_today
from fieldsales.widgets.menus import passing_menu


def log_visit(context: Context, customer_id: str, beside: QWidget) -> None:
    """Begins a visit and shows it; first asks below `beside` which, if one is planned for today."""
    planned = planned_today(context.store, customer_id)
    if not planned:
        _log(context, customer_id)
        return
    words = context.words
    entries = [
        (
            words("card.start_planned", time=words.time(from_stamp(visit.starts_at))),
            partial(_start, context, visit.id),
        )
        for visit in planned
    ]
    another = (words("card.log_another"), partial(_log, context, customer_id))
    menu = passing_menu(beside, (*entries, another))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(beside.mapToGlobal(QPoint(0, beside.height())))


def _start(context: Context, visit_id: str) -> None:
    said = context.words("card.visit_started")
    if context.run(StartVisit(visit_id), undoable=said) is not None:
        context.open("visit", visit_id)


def _log(context: Context, customer_id: str) -> None:
    operation = LogVisit(customer_id)
    if context.run(operation) is not None:
        context.open("visit", operation.row_id)

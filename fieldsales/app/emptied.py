"""Empties the trash after a start, of what lay there for as long as the user said, and tells."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.services.emptying import days, due
from fieldsales.store.journal import Changed
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message

_WAIT = 30.0  # seconds for whoever else writes


def empty(context: Context) -> None:
    """Beside the window; nothing is said where there was nothing to do."""
    operation = due(context.store)
    if operation is None:
        return
    after = days(context.store)

    def work(_job: Job) -> Changed:
        try:
            return context.workspace.run(operation, wait=_WAIT)
        finally:
            context.store.release()

    def done(changed: Changed) -> None:
        gone = len(operation.chosen) - sum(operation.kept)
        if not gone:
            return
        words = context.words
        said = words("trash.emptied_by_itself", n=gone, days=after)
        undo = partial(context.undo, changed.op)
        context.say(Message(said, action=words("common.undo"), act=undo, key="trash"))

    context.jobs.start(work, done, context.tell)

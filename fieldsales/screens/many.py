"""A change of many records at once: of a few here and now, of more beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Changed
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message

_FEW = 500  # more are changed beside the window
_WAIT = 30.0  # seconds a large change waits for another to be written


def run_many(
    context: Context,
    operation: Operation,
    count: int,
    said: str,
    then: Callable[[], object] = lambda: None,
) -> None:
    """Runs an operation on so many records, says that it was done, with an undo, and goes on."""
    if count <= _FEW:
        if context.run(operation, undoable=said) is not None:
            then()
        return
    workspace, store, words = context.workspace, context.store, context.words

    def work(_job: Job) -> Changed:
        try:
            return workspace.run(operation, wait=_WAIT)
        finally:
            store.release()

    def done(changed: Changed) -> None:
        if changed.rows:
            undo = partial(context.undo, changed.op)
            told = Message(said, "success", action=words("common.undo"), act=undo, key="undo")
            context.say(told)
        then()

    context.jobs.start(work, done, context.tell, words("bulk.working", n=words.number(count)))

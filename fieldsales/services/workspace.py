"""The open workspace: runs operations, undoes them, and tells whoever listens what changed."""

from __future__ import annotations

import logging
import platform
import re
from collections.abc import Callable
from pathlib import Path

from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem, Told, UserError
from fieldsales.services.drafts import Drafts
from fieldsales.store.backup import back_up
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import Store
from fieldsales.store.journal import Changed, Journal, Step, Writer

log = logging.getLogger(__name__)

Listener = Callable[[Changed], None]

_MANY = 1_000  # changes of rows that are reversed within a tenth of a second
_LARGE = 1_000  # rows changed at once that are worth a backup


class Operation:
    """A change with a name. Subclasses are frozen dataclasses with one `apply`.

    Nobody writes an inverse: the journal keeps what every row was. Operations of the same class
    and `merge_key` within three seconds count as one, as typing does.
    """

    @property
    def merge_key(self) -> str:
        return ""

    @classmethod
    def verb(cls) -> str:
        """Name in the journal: `ConcludeVisit` is `conclude_visit`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()

    def apply(self, writer: Writer) -> None:
        """Writes the change; raises UserError to refuse, and nothing is written."""
        raise NotImplementedError


class Workspace:
    """One open file and the only door through which it changes."""

    def __init__(self, store: Store, origin: str = "window", patience: float = 0.05) -> None:
        self.store = store
        self.clock: Clock = store.clock
        self.origin = origin
        self.patience = patience  # seconds a change waits for who else writes, unless told
        self.drafts = Drafts(store)
        self.journal = Journal(store, platform.node() or "laptop")
        self._listeners: list[Listener] = []
        self._commits = self._known = -1  # how far `catch_up` has looked
        self._own: set[int] = set()  # operations that were told since then
        # called after each large change, on the thread that made it
        self.keep_copy: Callable[[], object] = self._keep_copy_now

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock | None = None,
        passphrase: str = "",
        *,
        origin: str = "window",
        patience: float = 0.05,
        read_only: bool = False,
    ) -> Workspace:
        """Opens or makes the file; raises EnvironmentProblem as `Store.open` does."""
        if not read_only:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise EnvironmentProblem("store.cannot_open", path=str(path)) from error
        return cls(Store.open(path, clock, passphrase, read_only=read_only), origin, patience)

    def close(self) -> None:
        self.store.close()

    def listen(self, listener: Listener) -> None:
        """Calls `listener` after each change, on the thread that made it."""
        self._listeners.append(listener)

    def stop_listening(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def catch_up(self) -> None:
        """Tells listeners what other programs have changed in the file since the last call.

        To be called on the thread of the window; the first call only takes note. Raises
        EnvironmentProblem if the file cannot be read.
        """
        position, commits = self.journal.position()
        known, own, first = self._known, tuple(self._own), self._commits < 0
        other = commits != self._commits
        self._known, self._commits = position, commits
        self._own.difference_update(own)
        if first or not other:
            return
        changed = self.journal.since(known, own)
        if changed.rows:
            for listener in tuple(self._listeners):
                listener(changed)

    def run(self, operation: Operation, *, wait: float | None = None) -> Changed:
        """Runs an operation whole or not at all.

        Raises UserError if it is refused, EnvironmentProblem("store.busy") or `store.locked` while
        another thread or program writes for longer than `wait` seconds.
        """
        with self.journal.operation(
            operation.verb(), self.origin, operation.merge_key, wait=self._wait(wait)
        ) as (writer, result):
            operation.apply(writer)
        return self._tell(result[0])

    def undo(self, op: int | None = None) -> Changed:
        """Reverses an operation, the last one unless named; raises UserError if it cannot be."""
        return self.reverse(self.to_undo() if op is None else op)

    def redo(self) -> Changed:
        """Reverses the last undo."""
        return self.reverse(self.to_redo())

    def to_undo(self) -> int:
        """The operation that undo reverses next; raises UserError if there is none."""
        return _found(self.journal.undoable(), "undo.nothing")

    def to_redo(self) -> int:
        """The undo that redo reverses next; raises UserError if there is none."""
        return _found(self.journal.redoable(), "undo.nothing_redo")

    def is_large(self, op: int) -> bool:
        """Whether reversing it takes longer than a window may stand still."""
        return self.journal.size(op) > _MANY

    def reverse(self, op: int, *, wait: float | None = None, watch: Watch = unwatched) -> Changed:
        """Undoes an operation; undoing an undo is a redo.

        Raises as `run` does, and UserError if it cannot be undone; what `watch` raises stops it.
        """
        wait = self._wait(wait)
        return self._tell(self.journal.reverse(op, self.origin, wait=wait, watch=watch))

    def _wait(self, wait: float | None) -> float:
        return self.patience if wait is None else wait

    def _tell(self, changed: Changed) -> Changed:
        self._own.add(changed.op)
        if changed.rows or changed.undoes:
            for listener in tuple(self._listeners):  # one may leave, or come, on being told
                listener(changed)
        if sum(map(len, changed.rows.values())) >= _LARGE:
            self.keep_copy()
        return changed

    def _keep_copy_now(self) -> None:
        try:
            back_up(self.store)
        except Told as trouble:  # the change is in all the same
            log.warning("no backup after a large change: %s", trouble)


def _found(step: Step | None, code: str) -> int:
    if step is None:
        raise UserError(code)
    return step.op

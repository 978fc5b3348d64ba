"""Field ↔ editor: reads, checks and commits what the user typed, and never what was loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from fieldsales.errors import IN_USE, EnvironmentProblem, FieldError, UserError
from fieldsales.widgets.editors import Editor
from fieldsales.words import Words

Commit = Callable[[Mapping[str, object]], None]
Draft = Callable[[str, str | None], None]

_PAUSE = 800  # ms without a key until what was typed is committed
_DRAFT_EVERY = 1_000  # ms; a draft must outlive a kill within 2 s of the last key
_RETRY = 2_000


@dataclass(slots=True)
class _Bound:
    editor: Editor
    stored: object = None
    dirty: bool = False
    drafted: bool = False


class Binder(QObject):
    """Binds the fields of one record to editors.

    `commit` gets the changed fields as stored values; it may raise FieldError, UserError or
    EnvironmentProblem, and then nothing typed is lost. `draft(name, text)` keeps what could not be
    committed yet; `draft(name, None)` says that it now is. Neither may wait long: somebody types.
    """

    committed = Signal(list)  # names of the fields now stored
    trouble = Signal(str, str, str)  # field, message in words or '', kind: 'wrong' or 'waiting'

    def __init__(
        self,
        words: Words,
        commit: Commit,
        draft: Draft | None = None,
        *,
        pause: int = _PAUSE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._commit = commit
        self._draft = draft
        self._bound: dict[str, _Bound] = {}
        self._loading = False
        self._committing = False
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._pause.timeout.connect(self._paused)
        self._drafts = QTimer(self, singleShot=True, interval=_DRAFT_EVERY)
        self._drafts.timeout.connect(self._keep_drafts)
        self._retry = QTimer(self, singleShot=True, interval=_RETRY)
        self._retry.timeout.connect(self._paused)

    def bind(self, editor: Editor) -> None:
        """Bind an editor to the field it was made for."""
        name = editor.field.name
        self._bound[name] = _Bound(editor)
        editor.edited.connect(self._edited)
        editor.finished.connect(self._finished)

    def load(self, values: Mapping[str, object], drafts: Mapping[str, str] | None = None) -> None:
        """Show another record: every field anew, kept drafts as if they had just been typed.

        What is still pending of the record before is dropped: `flush` first.
        """
        self._stop()
        for name in self._bound:
            self.load_field(name, values, drafts or {})

    def load_field(
        self, name: str, values: Mapping[str, object], drafts: Mapping[str, str]
    ) -> None:
        """Show a field anew; one that was bound only after `load`."""
        bound = self._bound[name]
        with self._guarded():
            bound.stored = values.get(name)
            bound.dirty = bound.drafted = False
            bound.editor.set_context(values)
            bound.editor.set_value(bound.stored)
            self._clear_trouble(name)
            if name in drafts:
                bound.editor.set_typed(drafts[name])
                bound.dirty = bound.drafted = True
                self._pause.start()

    def refresh(self, values: Mapping[str, object]) -> None:
        """Show what changed in the same record; what is being typed stays as it is."""
        with self._guarded():
            for name, bound in self._bound.items():
                if bound.dirty or name not in values:
                    continue
                bound.editor.set_context(values)
                if bound.stored != values[name]:
                    bound.stored = values[name]
                    bound.editor.set_value(bound.stored)
                    self._clear_trouble(name)

    def flush(self) -> bool:
        """Commit what is pending, now. False if something could not be stored."""
        self._pause.stop()
        self._commit_dirty()
        self._keep_drafts()
        return not self.pending()

    def pending(self) -> list[str]:
        """Fields whose text is not stored yet."""
        return [name for name, bound in self._bound.items() if bound.dirty]

    def revert(self, name: str) -> bool:
        """Back to the stored value; False if it already stands there."""
        bound = self._bound[name]
        if not bound.dirty:
            return False
        bound.dirty = False
        self._show_stored(name)
        self._clear_trouble(name)
        self._forget_draft(name)
        return True

    def value(self, name: str) -> object:
        """The value typed, as it would be stored; raises FieldError."""
        editor = self._bound[name].editor
        return editor.field.clean(editor.value())

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What editors report meanwhile was not the user."""
        before, self._loading = self._loading, True
        try:
            yield
        finally:
            self._loading = before

    def _show_stored(self, name: str) -> None:
        with self._guarded():
            self._bound[name].editor.set_value(self._bound[name].stored)

    def _stop(self) -> None:
        for timer in (self._pause, self._drafts, self._retry):
            timer.stop()

    def _edited(self) -> None:
        if self._loading:
            return
        self._bound[self._sender()].dirty = True
        self._pause.start()
        if self._draft is not None and not self._drafts.isActive():
            self._drafts.start()

    def _finished(self) -> None:
        if self._loading:
            return
        name = self._sender()
        if name in self.pending():
            self._commit_dirty()
        if name not in self.pending():
            self._show_stored(name)  # as it is stored, now that nobody types there

    def _sender(self) -> str:
        editor = self.sender()
        return editor.field.name if isinstance(editor, Editor) else ""

    def _paused(self) -> None:
        self._commit_dirty(typing=True)

    def _commit_dirty(self, *, typing: bool = False) -> None:
        """`typing`: the user may only be thinking; half a date is not yet wrong."""
        if self._committing:
            return
        self._committing = True
        try:
            ready = self._ready(typing=typing)
            while ready:
                refused = self._try(ready)
                if refused is None or refused not in ready:
                    break
                del ready[refused]
        finally:
            self._committing = False

    def _ready(self, *, typing: bool) -> dict[str, object]:
        """The dirty fields that make sense, as stored values; says of the others what is wrong."""
        ready: dict[str, object] = {}
        for name in self.pending():
            bound = self._bound[name]
            try:
                value = self.value(name)
            except FieldError as error:
                if not (typing and bound.editor.in_use()):
                    self._say(name, error, "wrong")
                self._keep_draft(name)
                continue
            if value == bound.stored or (value in ("", None) and bound.stored in ("", None)):
                self._settle({name: value})
            else:
                ready[name] = value
        return ready

    def _try(self, values: dict[str, object]) -> str | None:
        """Commit; gives the name of a field that was refused, else None."""
        typed = {name: self._bound[name].editor.typed() for name in values}
        try:
            self._commit(dict(values))
        except UserError as error:
            name = error.field if isinstance(error, FieldError) else next(iter(values))
            self._say(name if name in self._bound else next(iter(values)), error, "wrong")
            if name in self._bound:
                self._keep_draft(name)
            return name
        except EnvironmentProblem as error:
            for name in values:
                self._say(name, error, "waiting")
            self._retry.start()
            self._keep_drafts()
            return None
        self._settle(values, typed)
        self.committed.emit(list(values))
        return None

    def _settle(self, values: Mapping[str, object], typed: Mapping[str, str] | None = None) -> None:
        for name, value in values.items():
            bound = self._bound[name]
            bound.stored = value
            # typed on while it was being stored: that part is still to come
            bound.dirty = typed is not None and bound.editor.typed() != typed[name]
            self._clear_trouble(name)
            if not bound.dirty:
                self._forget_draft(name)

    def _say(self, name: str, error: UserError | EnvironmentProblem, kind: str) -> None:
        code = "store.typed" if error.code in IN_USE else error.code
        self.trouble.emit(name, self._words(code, **error.params), kind)

    def _clear_trouble(self, name: str) -> None:
        self.trouble.emit(name, "", "")

    def _keep_drafts(self) -> None:
        for name in self.pending():
            self._keep_draft(name)

    def _keep_draft(self, name: str) -> None:
        if self._draft is not None:
            bound = self._bound[name]
            self._draft(name, bound.editor.typed())
            bound.drafted = True

    def _forget_draft(self, name: str) -> None:
        bound = self._bound[name]
        if self._draft is not None and bound.drafted:
            bound.drafted = False
            self._draft(name, None)

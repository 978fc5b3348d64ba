"""What the window and its tabs know of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.keeping import Attachment
from fieldsales.errors import IN_USE, EnvironmentProblem, Told, UserError
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.database import Store
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.merging import kept
from fieldsales.widgets.jobs import Job, Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message, MessageKind
from fieldsales.widgets.stops import step
from fieldsales.words import Words

_PASSING = ("undo.nothing", "undo.nothing_redo")  # nothing to be answered
_MOST = 24  # characters of a name in a message
_WAIT = 30.0  # seconds a large undo waits for another change to be written
_PRESSED = 0.3  # seconds what was pressed waits for one; typing waits less
_AGAIN = 1_000  # ms until what was typed is tried again
REMINDED = "reminders/minutes"  # of the laptop's state: so long before a visit; 0 is never
LOCKED_AFTER, LOCKED_USUALLY = "lock/minutes", 10  # of the laptop's state; 0 is never
REMEMBERED = "lock/remembered"  # 'yes': the system's store of secrets has the key
TYPED = "store.typed"  # words key, and key of the message: what was typed is not saved yet


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab in the rail; `opens` are the kinds of records it can show."""

    order: int
    icon: str
    title: str  # words key
    opens: tuple[str, ...] = ()
    place: Literal["top", "bottom", "hidden"] = "top"  # hidden: reached only by `Context.open`
    badge: Callable[[Store], int] | None = None  # how much waits there
    new: str = ""  # words key of what `Screen.new_record` makes, offered by the palette
    commands: Callable[[Context], list[Command]] | None = None  # of the palette, before it is built
    # whether the laptop is in somebody else's hands there, since before a crash too
    lent: Callable[[Context], bool] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette and the menus offer; `title` and `shortcut` as the user reads them."""

    title: str
    icon: str
    act: Callable[[], object]
    shortcut: str = ""


class Context(QObject):
    """All that a screen gets from outside.

    `changed` carries a `Changed` on the main thread after each operation. `opened` asks the window
    to show a record; `told` to show a message.
    """

    changed = Signal(object)
    opened = Signal(str, str)
    file_wanted = Signal(str)  # id of a kept file that is to be brought into view
    told = Signal(object)
    find_wanted = Signal()  # the palette
    back_wanted = Signal()  # to the page before
    damaged = Signal(object)  # the file is: an EnvironmentProblem, for the window to offer a backup
    look_wanted = Signal(object)  # into a Backup, in place of the file
    restore_wanted = Signal(object)  # of a Backup, into the place of the file
    return_wanted = Signal()  # from a copy to the file
    password_wanted = Signal(object)  # a Wish; the window is closed for it, and built anew
    lock_wanted = Signal()  # until the password is given again
    lock_changed = Signal()  # how long one may be away
    remember_wanted = Signal(bool)  # the key in the system's store of secrets, or out of it
    look_changed = Signal()  # language, theme or size: the window is built anew
    _arrived = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        look: Look,
        jobs: Jobs,
        state: QSettings,
        copy_of: Path | None = None,
    ) -> None:
        super().__init__()
        # the user's, also while a copy of it is looked at
        self.file = (copy_of or workspace.store.path).absolute()
        self.state = state  # of the window on this laptop: widths, last choices
        self.workspace = workspace
        self.store = workspace.store
        self.look = look
        self.jobs = jobs
        self._reversing: Literal["", "undo", "redo"] = ""  # what runs beside the window
        # an import writes on its own thread; what it changed is told on ours
        self._arrived.connect(self.changed, Qt.ConnectionType.AutoConnection)
        workspace.listen(self._arrive)
        self._write_again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._write_again.timeout.connect(self._write_drafts)
        if workspace.drafts.trouble is not None:  # since before the window was built anew
            self._write_again.start()

    def _arrive(self, changed: Changed) -> None:
        self._arrived.emit(changed)

    def close(self) -> None:
        """Hears no more of the file; for a window that is built anew."""
        self._write_again.stop()
        self.workspace.stop_listening(self._arrive)

    @property
    def words(self) -> Words:
        return self.look.words

    def open(self, kind: str, row_id: str) -> None:
        """Shows a record, or what it was merged into, in the tab that knows its kind."""
        self.opened.emit(kind, kept(self.store, row_id))

    def open_kept(self, attachment_id: str) -> None:
        """Shows a kept file where it is kept."""
        from fieldsales.store.queries.files import closest

        owner = closest(self.store, attachment_id)
        if owner is None:
            self.tell(UserError("record.gone"))
            return
        self.open(*owner)
        self.file_wanted.emit(attachment_id)

    def open_file(self, kept: Attachment) -> None:
        """Opens a copy of a kept file in the program made for such files."""
        from fieldsales.widgets.open_copy import open_copy

        try:
            copy = open_copy(kept.name, self.store.kept.read(kept.sha256))
        except (UserError, EnvironmentProblem) as trouble:
            self.tell(trouble)
            return
        if copy is not None:
            said = self.words("card.file_no_program", path=str(copy))
            self.say(Message(said, "warn", key="files"))

    def say(self, message: Message) -> None:
        self.told.emit(message)

    def run(
        self, operation: Operation, *, undoable: str | Callable[[Changed], str] = ""
    ) -> Changed | None:
        """Runs an operation; trouble is told in the bar and gives None.

        With `undoable`, a sentence in the user's words or what makes one of what changed, the bar
        says it with an Undo for 8 s.
        """
        try:
            changed = self.workspace.run(operation, wait=_PRESSED)
        except (UserError, EnvironmentProblem) as trouble:
            self.tell(trouble)
            return None
        if undoable and changed.rows:
            self.say(
                Message(
                    undoable(changed) if callable(undoable) else undoable,
                    "success",
                    action=self.words("common.undo"),
                    act=lambda: self.undo(changed.op),
                    key="undo",
                )
            )
        return changed

    def drafts(self, noun: str, row_id: str) -> dict[str, str]:
        """Field -> what was typed into a record and could not be saved yet."""
        return self.workspace.drafts.of(noun, row_id)

    def keep_draft(self, noun: str, row_id: str, field: str, text: str | None) -> None:
        """Keeps what was typed until its field is saved; None forgets it. Never waits, never fails.

        While the file takes no writing the bar says so, and it is tried again and again.
        """
        drafts = self.workspace.drafts
        known = drafts.trouble
        drafts.keep(noun, row_id, field, text)
        if drafts.trouble is not None and known is None:
            self._tell_held(drafts.trouble)

    def _tell_held(self, trouble: EnvironmentProblem) -> None:
        if trouble.code in IN_USE:
            self.say(Message(self.words(TYPED), "warn", key=TYPED))
        else:
            said = self.words(trouble.code, **trouble.params)
            self.say(Message(said, "error", key=TYPED))
        self._write_again.start()

    @Slot()
    def _write_drafts(self) -> None:
        if self.workspace.drafts.write(wait=0):
            self.say(Message(self.words("store.typed_saved"), "success", key=TYPED))
        else:
            self._write_again.start()

    @Slot()
    def undo(self, op: int | None = None) -> None:
        """Undoes an operation, the last unless named, and says which."""
        self._reverse("undo", lambda: self.workspace.to_undo() if op is None else op)

    @Slot()
    def redo(self) -> None:
        self._reverse("redo", self.workspace.to_redo)

    def _reverse(self, way: Literal["undo", "redo"], find: Callable[[], int]) -> None:
        """Reverses an operation, a large one beside the window."""
        if self._reversing:
            self.say(Message(self.words(f"undo.still.{self._reversing}"), key="undo"))
            return
        try:
            op = find()
            if not self.workspace.is_large(op):
                self._say_reversed(way, self.workspace.reverse(op, wait=_PRESSED))
                return
        except (UserError, EnvironmentProblem) as trouble:
            self.tell(trouble)
            return
        self._reversing = way

        def work(job: Job) -> Changed:
            try:
                return self.workspace.reverse(op, wait=_WAIT, watch=job.watch)
            finally:
                self._reversing = ""
                self.store.release()

        self.jobs.start(
            work,
            lambda changed: self._say_reversed(way, changed),
            self.tell,
            self.words(f"undo.running.{way}"),
        )

    def _say_reversed(self, way: Literal["undo", "redo"], changed: Changed) -> None:
        """Says what was reversed, with the way back."""
        back: Literal["undo", "redo"] = "redo" if way == "undo" else "undo"
        self.say(
            Message(
                self.words(f"undo.done.{way}", what=self._told(changed)),
                "info",
                action=self.words(f"common.{back}"),
                act=self.redo if back == "redo" else self.undo,
                key="undo",
            )
        )

    def _told(self, changed: Changed) -> str:
        """`修改“海润牧业”的备注`: what an operation that was reversed did, and to what."""
        from fieldsales.store.queries.subject import subject  # a start does not wait for it

        words, key = self.words, f"op.{changed.undoes}"  # another version may have known more
        what = words(key if words.has(key) else "op.other")
        about = subject(self.store, self.workspace.journal, changed)
        if about is None:
            return what
        name = about.name if len(about.name) <= _MOST else f"{about.name[:_MOST]}…"
        labels = [f"field.{about.noun}.{one}" for one in about.fields]
        if len(labels) == 1 and words.has(labels[0]):
            return words("undo.of_field", what=what, name=name, field=words(labels[0]))
        return words("undo.of_name", what=what, name=name)

    def tell(self, trouble: Told) -> None:
        """Shows trouble in the bar, in words."""
        if trouble.code in _PASSING:
            self.say(Message(self.words(trouble.code), key="undo"))
            return
        if trouble.code == "store.busy":  # it passes by itself, and so does what is said of it
            self.say(Message(self.words(trouble.code), key=trouble.code))
            return
        kind: MessageKind = "error" if isinstance(trouble, EnvironmentProblem) else "warn"
        self.say(Message(self.words(trouble.code, **trouble.params), kind, key=trouble.code))


class Screen(QWidget):
    """A tab's page. Hidden pages are refreshed when they are shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._stale = True
        context.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Reads what is shown anew."""
        raise NotImplementedError

    def follow(self, changed: Changed) -> None:
        """Brings what is shown in line with a change; by default reads it all anew."""
        self.refresh()

    def concerns(self, changed: Changed) -> bool:
        """Whether a change can alter what is shown."""
        return bool(changed.rows)

    def show_record(self, kind: str, row_id: str) -> None:
        """Shows a record of a kind this tab has declared."""

    def show_example(self) -> None:
        """Shows something typical, for pictures of the window."""

    def new_record(self) -> None:
        """Ctrl+N: makes a new one of what is in view, by default a customer."""
        self.context.open("customer", NEW)

    def commands(self) -> list[Command]:
        """What the palette offers of this tab, wherever the user is."""
        return []

    def commands_here(self) -> list[Command]:
        """What the palette offers of what is shown, only while this page is in front."""
        return []

    def record_here(self) -> str:
        """Id of the record that is shown, of whatever noun; '' if none is."""
        return ""

    def resume_lent(self) -> None:
        """Goes on with the laptop in somebody else's hands; the window is not shown meanwhile."""

    def go_back(self) -> bool:
        """Alt+←: one step back within the tab; False if there is none."""
        return False

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if not self.concerns(changed):
            return
        if self.isVisible():
            self.follow(changed)
        else:
            self._stale = True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the page as it is read, whenever its parts were made."""
        return step(self, forward) or super().focusNextPrevChild(forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

"""The page: pairs at the left, the two side by side at the right, and what becomes of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.duplicates.beside import SideBySide
from fieldsales.screens.duplicates.found import Found, key_of
from fieldsales.screens.duplicates.listing import PairList
from fieldsales.screens.halves import Halves
from fieldsales.screens.tasks import Task
from fieldsales.services import duplicates
from fieldsales.services.duplicates import NOUNS
from fieldsales.services.merging import beside
from fieldsales.services.operations.merging import MergeRecords, SetApart
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, column, label
from fieldsales.widgets.segmented import Option, Segmented

_POLL = 200  # ms between two looks at how far a scan is


class DuplicatesScreen(Screen):
    """The file is gone through when the page is first shown; keys do what the buttons do."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._found = {noun: Found(noun) for noun in NOUNS}
        self._noun = NOUNS[0]
        self._task: Task | None = None
        self._asked: tuple[str, str] | None = None  # a pair that somebody wants to see
        self.nouns = Segmented(
            look,
            [Option(noun, words(f"duplicates.noun.{noun}")) for noun in NOUNS],
            name=words("duplicates.title"),
        )
        self.nouns.set_key(self._noun)
        self.nouns.chosen.connect(self.show_noun)
        self.again = button(look, words("duplicates.again"), self.scan, icon="search")
        self.stop = button(look, words("duplicates.stop_scan"), self._stop, role="quiet")
        self.strip = PageStrip(look, words("duplicates.title"))
        self.strip.fill(self.stop, self.again, beside=self.nouns)
        self.list = PairList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.list.shown.installEventFilter(self)
        self.side = SideBySide(context)
        self.side.merge_wanted.connect(self.merge)
        self.side.apart_wanted.connect(self.set_apart)
        self.side.later_wanted.connect(self.put_off)
        self._looking = label(look, tone="muted", wrap=True)
        self._looking.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = QStackedWidget()
        self.detail.addWidget(self.side)
        self._nothing: EmptyState | None = None
        self.halves = Halves(context, self.list, self.detail)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.halves)
        self.whole.addWidget(self._looking)
        self.setLayout(column(look, self.strip, self.whole, gap=0))
        self.setFocusProxy(self.list)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._tell_progress)

    # the contract

    def refresh(self) -> None:
        if self._found[self._noun].pairs is None and self._asked is None:
            self.scan()
        else:
            self._show()

    def concerns(self, changed: Changed) -> bool:
        return changed.touches("customer", "contact", "apart")

    def follow(self, changed: Changed) -> None:
        self._show()

    def show_record(self, kind: str, row_id: str) -> None:
        """`customer` or `contact`, or two of them as `customer:<id>:<id>`."""
        noun, *pair = row_id.split(":")
        if len(pair) == 2:
            self._asked = (pair[0], pair[1])
        self.show_noun(noun)

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.side.shown is None or self.whole.currentWidget() is not self.halves:
            return []
        return [
            Command(words("duplicates.merge"), "check", self.merge, "M"),
            Command(words("duplicates.apart"), "close", self.set_apart, "N"),
            Command(words("duplicates.later"), "snooze", self.put_off, "L"),
        ]

    # looking for them

    def show_noun(self, noun: str) -> None:
        """Customers or people."""
        self._noun = noun
        self.nouns.set_key(noun)
        if self._found[noun].pairs is None and self._asked is None:
            self.scan()
        else:
            self._show()

    def scan(self) -> None:
        """Goes through the whole file, beside the window."""
        if self._task is not None:
            return
        noun, store = self._noun, self.context.store

        def work(job: Job) -> list[duplicates.Pair]:
            return duplicates.scan(store, noun, job.watch)

        self._asked = None
        title = self.context.words(f"duplicates.scanning.{noun}")
        self._task = Task(self, work, partial(self._scanned, noun), title)
        self._poll.start()
        self._show()
        self._task.start()

    def _scanned(self, noun: str, task: Task) -> None:
        self._task = None
        self._poll.stop()
        if task.trouble is not None:
            self.context.tell(task.trouble)
        if task.result is not None:
            self._found[noun].renew(task.result)
        if noun != self._noun and self._found[self._noun].pairs is None:
            self.scan()  # was asked for meanwhile
        else:
            self._show()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _tell_progress(self) -> None:
        words, job = self.context.words, self._task.job if self._task is not None else None
        percent = 100 * job.done // job.total if job is not None and job.total else 0
        self._looking.setText(words("duplicates.looking", percent=percent))

    # showing

    def _show(self) -> None:
        """The pairs as they stand now, the one that was chosen still."""
        words = self.context.words
        looking = self._task is not None
        self.again.setEnabled(not looking)
        self.stop.setVisible(looking)
        if looking and self._asked is None:
            self._tell_progress()
            self.again.show()
            self.whole.setCurrentWidget(self._looking)
            self.strip.aside.setText("")
            return
        before = self.list.selected()[:1]
        following = self.list.neighbour()
        shown = self._found[self._noun].standing(self.context.store)
        self.strip.aside.setText(words.number(len(shown)) if shown else "")
        self.list.show_pairs(shown)
        self.list.setVisible(bool(shown))
        self.again.setVisible(bool(shown))  # else it stands in the middle
        keys = [key_of(self._noun, *self._asked)] if self._asked else [*before, following]
        for key in (*keys, self.list.first()):
            if key and self.list.choose(key):
                self._choose(key)
                return
        self.list.list.clear_selection()
        if self._asked is not None and self._show_beside(*self._asked):
            return
        self._asked = None
        self._show_nothing()

    def _choose(self, key: str) -> None:
        noun, one, other = key.split(":")
        if self._asked is not None and key != key_of(noun, *self._asked):
            self._asked = None
        self._show_beside(one, other)

    def _show_beside(self, one: str, other: str) -> bool:
        found = beside(self.context.workspace, self._noun, one, other)
        likeness = duplicates.compare(self.context.store, self._noun, one, other)
        if found is None or likeness is None or one == other:
            return False
        self.side.show_pair(found, likeness.reasons)
        self.detail.setCurrentWidget(self.side)
        self.whole.setCurrentWidget(self.halves)
        self.setFocusProxy(self.list if self.list.any() else self.side.merge)
        return True

    def _show_nothing(self) -> None:
        """Nothing is there twice, or nobody has looked yet."""
        look, words = self.context.look, self.context.words
        self.side.shown = None
        if self._nothing is not None:
            self.whole.removeWidget(self._nothing)
            self._nothing.deleteLater()
        found = self._found[self._noun]
        put_off = len(found.later)
        key = "not_looked" if found.pairs is None else "put_off" if put_off else "none"
        self._nothing = EmptyState(
            look,
            words(f"duplicates.{key}", n=put_off),
            icon="copy" if found.pairs is None else "success",
            hint=words("duplicates.none_hint"),
            action=words("duplicates.again"),
            act=self.scan,
            action_icon="search",
        )
        self.whole.addWidget(self._nothing)
        self.whole.setCurrentWidget(self._nothing)
        self.setFocusProxy(self._nothing)

    def _enter(self) -> None:
        self.side.focus_first()

    # what becomes of a pair

    def merge(self) -> None:
        """Makes the two one, as chosen; with an undo."""
        shown = self.side.shown
        if shown is None:
            return
        kept, gone = shown.kept.record, shown.gone.record
        operation = MergeRecords(shown.noun, kept.id, gone.id, self.side.values())
        name = str(operation.values.get("name") or getattr(kept, "name", ""))
        self._asked = None
        if shown.noun == "customer":
            self._found["contact"] = Found("contact")  # some may be at one customer now
        self.context.run(operation, undoable=self.context.words("duplicates.merged", name=name))

    def set_apart(self) -> None:
        """Remembers that they are two; with an undo."""
        shown = self.side.shown
        if shown is None:
            return
        operation = SetApart(shown.noun, shown.kept.record.id, shown.gone.record.id)
        self._asked = None
        self.context.run(operation, undoable=self.context.words("duplicates.set_apart"))

    def put_off(self) -> None:
        """Leaves the pair out until the file is gone through anew."""
        shown = self.side.shown
        if shown is None:
            return
        key = key_of(shown.noun, shown.kept.record.id, shown.gone.record.id)
        self._found[shown.noun].later.add(key)
        self._asked = None
        self._show()

    def _key(self, event: QKeyEvent) -> bool:
        """Does what a letter stands for; False if it stands for nothing here."""
        acts = {Qt.Key.Key_M: self.merge, Qt.Key.Key_N: self.set_apart, Qt.Key.Key_L: self.put_off}
        act = acts.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if act is None or not plain or self.whole.currentWidget() is not self.halves:
            return False
        act()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # before the list takes a letter for the beginning of a name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.merge()
        elif event.key() == Qt.Key.Key_Escape:
            self.list.list.focus_list()
        elif not self._key(event):
            super().keyPressEvent(event)

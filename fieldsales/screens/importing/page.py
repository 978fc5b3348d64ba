"""The page: a file is chosen, looked at, rehearsed, imported, and taken back if need be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.resources import resource
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.importing import work
from fieldsales.screens.importing.afterwards import Afterwards
from fieldsales.screens.importing.choose import ChoosePart
from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.counts import counted
from fieldsales.screens.importing.dropping import Dropping
from fieldsales.screens.importing.preview import PreviewPart
from fieldsales.screens.importing.problem_file import ProblemFile
from fieldsales.screens.importing.result import ResultPart, RunningPart
from fieldsales.screens.importing.work import Task
from fieldsales.services.exchange.files import endings, is_ours
from fieldsales.services.importing.importer import Outcome
from fieldsales.services.importing.reading import suffixes
from fieldsales.services.importing.sheet import Options
from fieldsales.store.journal import Changed
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, label, row

_POLL = 100  # ms between looks at how far a job is
_REHEARSE_AFTER = 150  # ms that a choice may settle


class ImportingScreen(Screen):
    """One part at a time: choosing, preview, running, result."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._path: Path | None = None
        self.chosen: Chosen | None = None
        self.outcome: Outcome | None = None  # of the rehearsal that fits what is chosen
        self._reading: Task | None = None
        self._rehearsing: Task | None = None
        self._running: Task | None = None
        self._problem_file = ProblemFile(self)
        self.go = button(
            look,
            words("importing.go"),
            self.run_import,
            icon="import",
            role="primary",
        )
        self.go.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)  # the button's own goes with its text
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._go_by_key)
        strip = row(look, label(look, words("importing.title"), size="page", bold=True), None)
        strip.addWidget(self.go)
        side = look.theme.px(24)
        strip.setContentsMargins(side, look.theme.px(16), side, look.theme.px(12))
        self.choose = ChoosePart(look)
        self.preview = PreviewPart(look)
        self.progress = RunningPart(look)
        self.result = ResultPart(look)
        self._afterwards = Afterwards(self, self.result)
        self.stack = QStackedWidget()
        for part in (self.choose, self.preview, self.progress, self.result):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.stack, 1)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._show_progress)
        self._rehearse_later = QTimer(self, singleShot=True, interval=_REHEARSE_AFTER)
        self._rehearse_later.timeout.connect(self._rehearse)
        self._dropping = Dropping(self, lambda: self._running is None)
        self._connect()
        self._show_choose()

    def _connect(self) -> None:
        choose, preview, result = self.choose, self.preview, self.result
        choose.file_wanted.connect(self.choose_file)
        choose.sample_wanted.connect(self._open_sample)
        choose.again_wanted.connect(self._open_again)
        choose.stop_wanted.connect(self._stop_reading)
        self._dropping.over.connect(choose.show_hovering)
        self._dropping.came.connect(self.open_file)
        self._dropping.more.connect(self._say_one_file)
        preview.other_wanted.connect(self.choose_file)
        preview.target_picked.connect(self._set_target)
        preview.settings.kind_picked.connect(self._set_kind)
        preview.settings.option_picked.connect(self._set_option)
        preview.aim.aim_changed.connect(self._set_aim)
        preview.aim.save_wanted.connect(self.save_problems)
        preview.aim.read_wanted.connect(self._open_again)
        self.progress.stop_wanted.connect(self._stop_import)
        result.next_wanted.connect(self._show_choose)
        result.preview_wanted.connect(self._back_to_preview)
        result.save_wanted.connect(self.save_problems)

    # the contract

    def refresh(self) -> None:
        """Rehearses anew: what is there already may have changed."""
        if self.stack.currentWidget() is self.preview and self.chosen is not None:
            self._rehearse_soon()

    def concerns(self, changed: Changed) -> bool:
        if changed.undoes:
            self._afterwards.follow()
        return bool(changed.rows)

    def show_record(self, kind: str, row_id: str) -> None:
        """A file to import, by its path."""
        self.open_file(Path(row_id))

    def show_example(self) -> None:
        self._open_sample()

    def go_back(self) -> bool:
        """From the preview or the result to choosing a file."""
        if self.stack.currentWidget() in (self.preview, self.result):
            self._show_choose()
            return True
        return False

    # choosing a file

    def choose_file(self) -> None:
        """The system's dialog, in the folder of the last file."""
        words = self.context.words
        patterns = " ".join(f"*{one} *{one.upper()}" for one in (*suffixes(), *endings()))
        kinds = f"{words('importing.file_kinds')} ({patterns});;{words('importing.all_files')} (*)"
        folder = str(self.context.state.value("importing/folder", ""))
        name, _ = QFileDialog.getOpenFileName(self, words("importing.choose_title"), folder, kinds)
        if name:
            self.context.state.setValue("importing/folder", str(Path(name).parent))
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Reads a file and shows what is in it."""
        if self._running is not None:
            return
        if path.is_file() and is_ours(path):
            self.context.open("package", str(path))
            return
        self._path = path
        self.chosen = None
        self._afterwards.forget()
        self._read(Options())

    def _say_one_file(self, name: str) -> None:
        self.context.say(Message(self.context.words("importing.one_file", name=name)))

    def _open_sample(self) -> None:
        self.open_file(resource("sample", "import_customers.csv"))

    def _open_again(self) -> None:
        if self._path is not None:
            self.open_file(self._path)

    def _read(self, options: Options, kind: str | None = None) -> None:
        assert self._path is not None
        self._drop_tasks()
        if self.chosen is None:
            self.choose.show_reading(self._path.name)
            self._show(self.choose)
        else:
            self.preview.show_looking()
        self._poll.start()
        reading = work.reading(self.context.store, self._path, options, kind)
        self._reading = Task(self, reading, self._read_ended)
        self._reading.start()

    def _read_ended(self, task: Task) -> None:
        if task is not self._reading:
            return  # another file, or other options, came in between
        self._reading = None
        if task.result is not None:
            first = self.chosen is None
            if self.chosen is None:
                self.chosen = Chosen(task.result)
            else:
                self.chosen.read_again(task.result)
            self.preview.show_file(self.chosen)
            self._show(self.preview)
            if first:
                self.preview.table.columns.setFocus()
            self._rehearse()
        elif task.trouble is not None and self.chosen is not None:
            self.context.tell(task.trouble)
            self.preview.settings.show_reading(self.chosen.reading)
            self._rehearse()
        elif task.trouble is not None:
            self.choose.show_trouble(task.trouble)
            self._show(self.choose)
        else:
            self._show_choose()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    # how it is read and what it fills

    def _set_option(self, name: str, value: object) -> None:
        if self.chosen is not None:
            fixed = replace(self.chosen.reading.options, sheet=self.chosen.sheet.sheet)
            if name in ("sheet", "separator"):
                fixed = replace(fixed, header_row=None)  # another table has its header elsewhere
            changed: dict[str, Any] = {name: value}
            self._read(replace(fixed, **changed), self.chosen.kind)

    def _set_kind(self, kind: str) -> None:
        if self.chosen is not None:
            self._read(self.chosen.reading.options, kind)

    def _set_target(self, column: int, target: str) -> None:
        if self.chosen is not None:
            self.chosen.set_target(column, target or None)
            self.preview.show_targets()
            self._rehearse_soon()

    def _set_aim(self) -> None:
        if self.chosen is not None:
            self.preview.aim.take_aim(self.chosen)
            self.preview.aim.show_aim(self.chosen)
            self._rehearse_soon()

    # what it would do

    def _rehearse_soon(self) -> None:
        self._forget_outcome()
        self._rehearse_later.start()

    def _forget_outcome(self) -> None:
        self.outcome = None
        if self._rehearsing is not None:
            self._rehearsing.stop()
            self._rehearsing = None
        self.preview.show_looking()
        self._show_go()

    def _rehearse(self) -> None:
        if self.chosen is None:
            return
        self._rehearse_later.stop()
        self._forget_outcome()
        rehearsal = work.rehearsal(self.context.store, self.chosen.sheet, self.chosen.request())
        self._poll.start()
        self._rehearsing = Task(self, rehearsal, self._rehearsed)
        self._rehearsing.start()

    def _rehearsed(self, task: Task) -> None:
        if task is not self._rehearsing:
            return
        self._rehearsing = None
        if task.result is not None:
            self.outcome = task.result
            self.preview.show_outcome(task.result)
        elif task.trouble is not None:
            self.preview.show_trouble(task.trouble)
        self._show_go()

    # doing it

    def run_import(self) -> None:
        """Imports what the preview shows."""
        if self.chosen is None or self.outcome is None or not self.go.isEnabled():
            return
        sheet = self.chosen.sheet
        title = self.context.words("importing.running", name=sheet.path.name)
        self.progress.begin(title)
        self._show(self.progress)
        self._poll.start()
        because = self.context.words("import.because", name=sheet.path.name)
        request = replace(self.chosen.request(), because=because)
        running = work.running(self.context.workspace, sheet, request)
        self._running = Task(self, running, self._ran, title)
        self._running.start()

    def _go_by_key(self) -> None:
        if self.go.isVisible():
            self.go.click()

    def _stop_import(self) -> None:
        if self._running is not None:
            self._running.stop()
            self.progress.show_stopping()

    def _ran(self, task: Task) -> None:
        self._running = None
        words = self.context.words
        if task.result is not None and self.chosen is not None:
            self._afterwards.begin(self.chosen, task.result)
            self._show(self.result)
            self.result.show_imported.setFocus()
            if not self.isVisible():
                self._afterwards.say()
            return
        self._show(self.preview)
        if task.trouble is not None:
            self.context.tell(task.trouble)
        else:
            self.context.say(Message(words("importing.stopped"), "info"))
        self._rehearse()

    def save_problems(self) -> None:
        """Asks where to, and writes the rows with problems to a file."""
        done = self.stack.currentWidget() is self.result
        outcome = self._afterwards.outcome if done else self.outcome
        if self.chosen is not None and outcome is not None:
            self._problem_file.save(self.chosen, outcome)

    def _back_to_preview(self) -> None:
        self._show(self.preview)
        self._rehearse()

    # what is in view

    def _show_choose(self) -> None:
        self._drop_tasks()
        self.chosen = self.outcome = None
        self._afterwards.forget()
        self.choose.show_start()
        self._show(self.choose)
        self.choose.choose.setFocus()

    def _show(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        first: dict[QWidget, QWidget] = {
            self.choose: self.choose.choose,
            self.preview: self.preview.table.columns,
            self.progress: self.progress.stop,
            self.result: self.result.show_imported,
        }
        self.setFocusProxy(first[part])
        self._show_go()

    def _show_go(self) -> None:
        """The main action, ready once it is known what it would do."""
        words, outcome = self.context.words, self.outcome
        self.go.setVisible(self.stack.currentWidget() is self.preview)
        ready = outcome is not None and outcome.changes
        whole = self.chosen is not None and self.chosen.whole
        if outcome is None or self.chosen is None:
            self.go.setText(words("importing.go"))
        else:
            rows = len(self.chosen.sheet) - outcome.skipped
            self.go.setText(counted(words, "importing.go_rows", rows))
            ready = ready and not (whole and outcome.skipped)
        self.go.setEnabled(ready)

    def _drop_tasks(self) -> None:
        self._rehearse_later.stop()
        for task in (self._reading, self._rehearsing):
            if task is not None:
                task.stop()
        self._reading = self._rehearsing = None

    def _show_progress(self) -> None:
        """Brings the bars to where the jobs are."""
        running = False
        for task, bar in (
            (self._reading, self.choose.bar if self.chosen is None else self.preview.bar),
            (self._rehearsing, self.preview.aim.bar),
            (self._running, self.progress.bar),
        ):
            if task is None or task.job is None:
                continue
            running = True
            bar.setRange(0, task.job.total)
            bar.setValue(min(task.job.done, task.job.total))
        self.preview.bar.setVisible(self._reading is not None and self.chosen is not None)
        if not running:
            self._poll.stop()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Open):
            self.choose_file()
        elif event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.preview:
            self.context.back_wanted.emit()
        else:
            super().keyPressEvent(event)

"""The page: what a file would bring is looked through, taken over, and taken back if need be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.errors import Cancelled, Told
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.taking.preview import Preview
from fieldsales.services.exchange.files import package
from fieldsales.services.exchange.package import EVERYTHING, Package
from fieldsales.services.exchange.taking import Survey, Wish, survey
from fieldsales.services.exchange.twins import Brought, Twin, same, twins
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.operations.taking import take
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.password_line import PasswordLine
from fieldsales.widgets.pieces import button, column, label, row

_POLL = 100  # ms between two looks at how far a job is
_NARROW = 380  # px at 100 %


class TakingScreen(Screen):
    """A file named by its path; Ctrl+Enter takes it over, Esc leaves it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._path: Path | None = None
        self._package: Package | None = None
        self._brought: Brought | None = None
        self._same: dict[str, str] = {}
        self._survey: Survey | None = None
        self._job: Job | None = None
        self._end: QWidget | None = None
        self.go = button(look, words("taking.go"), self.take_over, icon="import", role="primary")
        self.go.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take_over)
        self._other = button(look, words("importing.other_file"), self._choose, role="quiet")
        self.strip = PageStrip(look, words("taking.title"))
        self.strip.fill(self._other, self.go)
        self.preview = Preview(context)
        self.preview.changed.connect(self._look_again)
        self.password = PasswordLine(look, words("taking.password"))
        self.stack = QStackedWidget()
        self._busy = self._made_busy()
        self._locked = self._made_locked()
        for part in (self._busy, self._locked, self.preview):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)
        self._poll = QTimer(self, interval=_POLL)
        self._poll.timeout.connect(self._show_progress)
        self._show_start()

    def _made_busy(self) -> QWidget:
        look = self.context.look
        made = QWidget()
        self._doing = label(look, size="section", wrap=True)
        self._doing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(look.theme.px(_NARROW))
        self.stop = button(look, look.words("common.cancel"), self._stop)
        made.setLayout(
            column(
                look,
                None,
                self._doing,
                12,
                row(look, None, self._bar, None),
                12,
                row(look, None, self.stop, None),
                None,
                margin=24,
            )
        )
        return made

    def _made_locked(self) -> QWidget:
        look, words = self.context.look, self.context.words
        made = QWidget()
        self._wanted = label(look, size="title", wrap=True)
        self._wanted.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.password.setFixedWidth(look.theme.px(_NARROW - 100))
        self.password.returnPressed.connect(self._unlock)
        opened = button(look, words("taking.open"), self._unlock, icon="lock")
        made.setLayout(
            column(
                look,
                None,
                self._wanted,
                12,
                row(look, None, self.password, opened, None),
                None,
                margin=24,
            )
        )
        return made

    # the contract

    def refresh(self) -> None:
        """Looks anew: what is there already may have changed."""
        if self.stack.currentWidget() is self.preview and self._job is None:
            self._look_again()

    def concerns(self, changed: Changed) -> bool:
        return self.stack.currentWidget() is self.preview and bool(changed.rows)

    def show_record(self, kind: str, row_id: str) -> None:
        """A file, by its path."""
        if self._job is None:
            self._path = Path(row_id)
            self._survey = None
            self.strip.aside.setText(self._path.name)
            self.password.forget()
            self._read()

    def go_back(self) -> bool:
        if self._job is None and self.stack.currentWidget() is not self._end:
            self._show_start()
        return False

    # looking

    def _read(self) -> None:
        path, typed, store = self._path, self.password.text(), self.context.store
        if path is None:
            return

        def read(watch: Watch) -> tuple[Package, Brought | None, list[Twin]] | None:
            found = package(path, typed)
            if found is None or found.head.kind == EVERYTHING:
                return (found, None, []) if found is not None else None
            brought = Brought.of(found, watch)
            return found, brought, twins(store, brought)

        self._start(read, self._was_read, "taking.reading")

    def _was_read(self, found: tuple[Package, Brought | None, list[Twin]] | None) -> None:
        if found is None:
            self._show_start()
            return
        self._package, self._brought, alike = found
        self.preview.show_package(self._package, alike)
        self._look_again()

    def _look_again(self) -> None:
        """What would change, as it is chosen now."""
        found, brought, store = self._package, self._brought, self.context.store
        if found is None or self._job is not None:
            return
        joined, prefer = self.preview.joined(), self.preview.prefer()

        def work(watch: Watch) -> tuple[dict[str, str], Survey]:
            known = same(store, brought, joined) if brought is not None else {}
            return known, survey(store, found, Wish(prefer, known), watch)

        self._start(work, self._looked, "taking.looking")

    def _looked(self, found: tuple[dict[str, str], Survey]) -> None:
        self._same, self._survey = found
        self.preview.show_survey(self._survey)
        self._show(self.preview)

    # taking over

    def take_over(self) -> None:
        """Takes it over as one change."""
        found, wish = self._package, Wish(self.preview.prefer(), self._same)
        if found is None or self._job is not None or not self.go.isEnabled():
            return
        workspace = self.context.workspace

        def work(watch: Watch) -> Survey:
            return take(workspace, found, wish, watch)

        self._start(work, self._taken, "taking.taking")

    def _taken(self, done: Survey) -> None:
        words, found = self.context.words, self._package
        assert found is not None
        said = [words("exchange.taken", **done.total.told()), *done.remarks(words)]
        op = done.op
        self._finish(
            EmptyState(
                self.context.look,
                words("taking.done", name=found.name),
                icon="success",
                hint="\n".join(said),
                action=words("taking.show"),
                act=self._show_taken,
                second=words("common.undo") if op is not None else "",
                act_second=lambda: self._take_back(op),
                third=words("importing.other_file") if op is not None else "",
                act_third=self._choose,
            )
        )

    def _take_back(self, op: int | None) -> None:
        self.context.undo(op)
        self._show_start()

    def _show_taken(self) -> None:
        """The customer that came, or all of them."""
        brought = self._brought
        rows = brought.rows.get("customer", ()) if brought is not None else ()
        if len(rows) == 1:
            came = str(rows[0]["id"])
            self.context.open("customer", self._same.get(came, came))
        else:
            self.context.open("customers", "")

    # jobs

    def _start(self, work: Callable[[Watch], Any], done: Callable[[Any], object], key: str) -> None:
        """Does something beside the window; stopped, it leaves what was shown before."""
        words, store = self.context.words, self.context.store
        before = self.preview if self._survey is not None else self._end
        said = words(key, name=self._path.name if self._path else "")

        def run(job: Job) -> Any:
            try:
                return work(Watch(job.progress, job.cancelled))
            except Cancelled:
                return None
            finally:
                store.release()

        def ended(result: Any) -> None:
            self._ended()
            if result is None and self._stopped and before is not None:
                self._show(before)
            else:
                done(result)

        self._stopped = False
        self._doing.setText(said)
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._show(self._busy)
        self._poll.start()
        self._job = Job(said, run)
        started = self.context.jobs.start(run, ended, self._failed, said)
        if self._job is not None:
            self._job = started

    def _ended(self) -> None:
        self._job = None
        self._poll.stop()

    def _failed(self, trouble: Told) -> None:
        self._ended()
        words = self.context.words
        said = words(trouble.code, **trouble.params)
        if trouble.code in ("exchange.password_wanted", "exchange.wrong_password"):
            self._wanted.setText(said)
            self.password.selectAll()
            self._show(self._locked)
            self.password.setFocus()
            return
        self._finish(
            EmptyState(
                self.context.look,
                said,
                icon="warning",
                action=words("importing.other_file"),
                act=self._choose,
                second=words("importing.again"),
                act_second=self._read,
            )
        )

    def _unlock(self) -> None:
        if self.password.text():
            self._read()

    def _stop(self) -> None:
        if self._job is not None:
            self._stopped = True
            self._job.cancel()
            self.stop.setEnabled(False)

    def _show_progress(self) -> None:
        if self._job is not None:
            self._bar.setRange(0, self._job.total)
            self._bar.setValue(min(self._job.done, self._job.total))

    # what is in view

    def _choose(self) -> None:
        self.context.open("importing", "")

    def _show_start(self) -> None:
        words = self.context.words
        self._package = self._brought = self._survey = None
        self.strip.aside.setText("")
        self._finish(
            EmptyState(
                self.context.look,
                words("taking.empty"),
                icon="import",
                hint=words("taking.empty_hint"),
                action=words("importing.choose"),
                act=self._choose,
                action_icon="folder",
            )
        )

    def _finish(self, end: QWidget) -> None:
        if self._end is not None:
            self.stack.removeWidget(self._end)
            self._end.deleteLater()
        self._end = end
        self.stack.addWidget(end)
        self._show(end)

    def _show(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        previewed = part is self.preview
        changes = self._survey.changes if self._survey is not None else 0
        self.go.setVisible(previewed)
        self._other.setVisible(previewed)
        self.go.setEnabled(previewed and changes > 0)
        self.go.setText(self.context.words("taking.go_n", n=changes))
        focus = {self._busy: self.stop, self._locked: self.password}.get(part, part)
        self.setFocusProxy(self.preview.choices if previewed else focus)
        if self.isVisible():
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
            if self._job is None:
                self.context.back_wanted.emit()
        else:
            super().keyPressEvent(event)

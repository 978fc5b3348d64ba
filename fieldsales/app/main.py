"""Start of the window: everything is built here once and handed to each other."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fieldsales import places
from fieldsales.app import chosen_look, found_again, sudden_end
from fieldsales.app.backing_up import BackingUp
from fieldsales.app.crash import CrashHook
from fieldsales.app.gate import Gate
from fieldsales.app.looking import LookingBanner
from fieldsales.app.opening import Opening
from fieldsales.app.reminders import Reminders
from fieldsales.app.renewing import Renewing
from fieldsales.app.rubbish import RubbishCollector
from fieldsales.app.single import SingleWindow
from fieldsales.app.window import Window
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.resources import resource
from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services.copies import forget_looked, look_into, second_folder
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import Backup
from fieldsales.store.restoring import forget_unfinished, restore
from fieldsales.store.sealing import fitting
from fieldsales.store.search import warm_up
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.notifier import Notifier
from fieldsales.widgets.open_copy import forget_copies
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words

if TYPE_CHECKING:
    from fieldsales.app.encrypting import EncryptingWindow
    from fieldsales.services.passwords import Converted, Wish

_AFTER_START = 1_500  # ms: what can wait until the first picture stands


def open_window(
    db: Path | None, lang: str | None, today: date | None, password: str | None = None
) -> int:
    """Opens the window on the user's file, or on `db`; returns the exit code.

    A `password` that opens the file spares the question for it.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    application = Application(app, db or places.default_database(), lang, Clock(today))
    with sudden_end.noted() as last:
        try:
            if not application.start(password, last):
                return 0 if application.elsewhere else 3
        except Exception as error:  # noqa: BLE001 - a bug; who double-clicked sees no terminal
            application.crash.catch(type(error), error, error.__traceback__)
            app.exec()
            return 70
        code = app.exec()
        application.close()
    return code


class Application(QObject):
    """What lives as long as the program: theme, words, the open file and its window."""

    def __init__(self, app: QApplication, path: Path, lang: str | None, clock: Clock) -> None:
        super().__init__()
        self.app = app
        self.path = path
        self.clock = clock
        self.state = QSettings(str(places.state_file()), QSettings.Format.IniFormat)
        app.setApplicationName("fieldsales")
        app.setDesktopFileName("fieldsales")
        self.theme = Theme(
            app, mode=chosen_look.mode(self.state), scale=chosen_look.scale(self.state)
        )
        self.look = Look.of(self.theme, Words(lang or chosen_look.language(self.state)), clock)
        app.setWindowIcon(QIcon(str(resource("icons", "brand", "fieldsales.svg"))))
        self.window: Window | None = None
        self.context: Context | None = None
        self._encrypting: EncryptingWindow | None = None
        self._looking: Backup | None = None  # the copy that is open in place of the file
        self._notifier = Notifier(app.windowIcon())
        self._reminders: Reminders | None = None
        self._renewing: Renewing | None = None
        self._single = SingleWindow(path)
        self.gate = Gate(app, path, self.state, lambda: self.look, lambda: self.context is not None)
        self.gate.opened.connect(self._begin_or_leave)
        self.gate.left.connect(self._leave_locked)
        self.gate.locked_now.connect(self._hush)
        self.elsewhere = False  # another window has the file and came to front
        self.crash = CrashHook(lambda: self.look, lambda: self.window)
        self._translator: QTranslator | None = None
        self._news: list[Message] = []  # told once the window stands
        self._later = QTimer(singleShot=True, interval=_AFTER_START)
        self._later.timeout.connect(self._after_start)
        self.jobs = Jobs()
        self._second = SecondFolder(self.state, path, clock)
        self._opening = Opening(path, clock, self.gate, lambda: self.look, self._news)
        self.backing_up = BackingUp(self.jobs, self._second, lambda: self.context)
        app.aboutToQuit.connect(self.jobs.wait)

    def start(self, password: str | None = None, last_end: str = "") -> bool:
        """Opens the file and the window; False if there is nothing to work with.

        `last_end`: the report of what ended the program the last time.
        """
        self.crash.install()
        if last_end:
            self._news.append(self.crash.of_last_time(last_end))
        self.elsewhere = not self._single.take()
        if self.elsewhere:
            return False
        self._single.called.connect(self._to_front)
        if self.gate.is_shut():
            self._speak()
            self.gate.ask(password)
            return True
        return self._begin()

    def _begin(self) -> bool:
        workspace = self._opening.open()
        if workspace is None:
            return False
        self.show(workspace)
        self._later.start()
        return True

    def _begin_or_leave(self) -> None:
        if not self._begin():
            self.app.exit(3)

    def show(self, workspace: Workspace) -> Window:
        """Builds the window on an open file and shows it."""
        self._speak()
        workspace.keep_copy = self.backing_up.wanted.emit
        self.context = Context(workspace, self.look, self.jobs, self.state, self.path)
        self.context.look_changed.connect(self._build_anew)
        # queued: the window that told of it will be gone
        later = Qt.ConnectionType.QueuedConnection
        self.context.damaged.connect(partial(self._mend_open, workspace), later)
        self.context.look_wanted.connect(self._look_into, later)
        self.context.restore_wanted.connect(self._restore, later)
        self.context.return_wanted.connect(self._return, later)
        self.context.password_wanted.connect(self._change_password, later)
        self.context.lock_wanted.connect(self.gate.lock, later)
        self.context.lock_changed.connect(self.gate.follow_settings)
        self.context.remember_wanted.connect(self._remember)
        banner = LookingBanner(self.context, self._looking) if self._looking else None
        self.window = Window(self.context, banner)
        self._reminders = None
        if not self._looking:  # what a copy knows of is not what is due
            self._reminders = Reminders(self.context, self._notifier, self._to_front)
        self.window.begin()
        self._renewing = Renewing(self.context, self)
        self.app.setQuitOnLastWindowClosed(True)
        return self.window

    def close(self) -> None:
        """Ends what still runs and closes the file, so that it is one file again."""
        self._later.stop()
        self._single.release()
        self.gate.close()
        if self._renewing is not None:
            self._renewing.stop()
        if self._reminders is not None:
            self._reminders.stop()
        self._notifier.stop()
        self.jobs.wait()
        if self.context is not None:
            self.context.workspace.close()
        if self._looking:
            forget_looked()

    def _after_start(self) -> None:
        RubbishCollector(self)  # a start goes without one
        if self.context is None:  # the file is being mended
            return
        words = self.look.words
        self._tell_news()
        forget_copies()  # of the last time
        forget_looked()
        forget_unfinished(self.path)
        self.jobs.start(lambda _job: warm_up())  # or the first name written waits for it
        if self.context.store.read_only:
            return
        from fieldsales.app import emptied  # the first picture does not wait for what it reads

        found_again.tell(self.context)
        emptied.empty(self.context)
        folder = places.sync_folder(self.path)
        if folder:
            self.context.say(Message(words("window.sync_folder", folder=folder), "warn"))
        self.backing_up.begin()
        self.backing_up.remind()

    def _tell_news(self) -> None:
        assert self.context is not None
        for message in self._news:
            self.context.say(message)
        self._news.clear()

    def _mend_open(self, workspace: Workspace, trouble: EnvironmentProblem) -> None:
        """The file at work is damaged: a good copy may take its place, or work goes on as it is."""
        if self.context is None or self.context.workspace is not workspace:
            return
        if self.gate.locked:  # nobody is there, and the next window would stand open
            once = Qt.ConnectionType.SingleShotConnection
            self.gate.locked_now.connect(lambda _: self._mend_open(workspace, trouble), once)
            return
        self._leave()
        self.context = None  # who else finds it meanwhile asks nothing
        self.jobs.wait()
        workspace.close()
        found = self._opening.mended(trouble, at_work=True)
        if found is None:
            reason = self.look.words(trouble.code, **trouble.params)
            self._news.append(Message(reason, "error"))
            found = self._opening.open()
        self._go_on(found)

    def _go_on(self, found: Workspace | None) -> None:
        """Works with another file in a new window; without one there is nothing to do."""
        if found is None:
            self.app.exit(3)
            return
        self.show(found)
        self._tell_news()

    def _close_file(self) -> bool:
        """Closes the window and the file in it; False, and it is told, while something is at work
        with the file.
        """
        assert self.context is not None
        if any(job.title for job in self.jobs.running()):
            self.context.tell(EnvironmentProblem("store.busy"))
            return False
        workspace = self._leave()
        self.context = None
        self.jobs.wait()
        workspace.close()
        if self._looking:
            forget_looked()
        return True

    def _look_into(self, copy: Backup) -> None:
        """A copy comes in place of the file, to be read alone."""
        assert self.context is not None
        try:
            found = look_into(copy, self.clock, self.gate.passphrase)
        except EnvironmentProblem as trouble:
            self.context.tell(trouble)
            return
        if not self._close_file():
            found.close()
            return
        self._looking = copy
        self._go_on(found)

    def _return(self) -> None:
        """From a copy to the file."""
        if self._close_file():
            self._looking = None
            self._go_on(self._opening.open())

    def _restore(self, copy: Backup) -> None:
        """A copy takes the place of the file, which is kept beside it."""
        assert self.context is not None
        if not self._close_file():
            return
        from fieldsales.services.erasing import brings_back

        words = self.look.words
        self.app.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            wanted = self.gate.passphrase
            risen = brings_back(self.path, copy.path, wanted)
            kept = restore(copy.path, self.path, fitting(copy.path, wanted), under=wanted)
        except EnvironmentProblem as trouble:
            self._news.append(Message(words(trouble.code, **trouble.params), "error"))
        else:
            key = "backups.restored" if kept else "backups.restored_alone"
            said = words(key, when=words.moment(copy.made_at), path=kept)
            self._news.append(Message(said, "success", lasting=True))
            if risen:
                self._news.append(Message(words("backups.risen"), "warn"))
        finally:
            self.app.restoreOverrideCursor()
        self._looking = None
        self._go_on(self._opening.open())

    def _change_password(self, wish: Wish) -> None:
        """The file is closed, converted, and opened again."""
        from fieldsales.app.encrypting import EncryptingWindow  # seldom needed

        place = self.window.saveGeometry() if self.window is not None else QByteArray()
        if not self._close_file():
            return
        chosen = self._second.chosen
        folders = [second_folder(self.path, chosen)] if chosen is not None else []
        self._encrypting = EncryptingWindow(self.look, self.jobs, self.path, wish, folders)
        self._encrypting.ended.connect(self._password_changed, Qt.ConnectionType.QueuedConnection)
        self._encrypting.restoreGeometry(place)
        self._encrypting.show()
        self._encrypting.start()

    def _password_changed(self, outcome: Converted | Told) -> None:
        assert self._encrypting is not None
        self._news += self._encrypting.news()
        if not isinstance(outcome, Told):
            self.gate.take(outcome.key)
            self.gate.follow_key()
        self._go_on(self._opening.open())
        self._encrypting.close()
        self._encrypting.deleteLater()
        self._encrypting = None

    def _remember(self, wanted: bool) -> None:
        assert self.context is not None
        try:
            self.gate.remember(wanted)
        except EnvironmentProblem as trouble:
            self.context.tell(trouble)

    def _leave_locked(self) -> None:
        """Whoever was asked for the password closed the window."""
        if self.window is None:
            self.app.exit(3)
            return
        self.window.close()
        self.app.quit()

    def _hush(self, locked: bool) -> None:
        """What the system showed for us goes, and nothing new comes, while the file is locked."""
        if locked:
            self._notifier.stop()
        if self._reminders is not None:
            self._reminders.set_quiet(locked)

    def _build_anew(self) -> None:
        """Another language or size: the same file in a new window."""
        workspace = self._leave()
        self.theme.set_mode(chosen_look.mode(self.state))
        self.theme.set_scale(chosen_look.scale(self.state))
        self.look = Look.of(self.theme, Words(chosen_look.language(self.state)), self.clock)
        self.show(workspace)

    def _leave(self) -> Workspace:
        """Closes the window, which keeps what is being typed, but not the file."""
        assert self.context is not None
        assert self.window is not None
        self.app.setQuitOnLastWindowClosed(False)  # another one follows
        if self._reminders is not None:
            self._reminders.stop()
        if self._renewing is not None:
            self._renewing.stop()
            self._renewing.deleteLater()
            self._renewing = None
        self.window.leave()
        self.window.deleteLater()
        self.window = None
        self.context.close()
        return self.context.workspace

    def _to_front(self) -> None:
        if self.gate.locked:
            self.gate.to_front()
            return
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _speak(self) -> None:
        """Qt's own dialogs in our language."""
        if self._translator is not None:
            self.app.removeTranslator(self._translator)
        self._translator = chosen_look.translator(self.look.words.language)
        self.app.installTranslator(self._translator)

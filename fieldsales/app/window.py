"""The main window: rail, pages, message bar, palette, status bar, and how they find each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QMargins, QSize, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.app.rail import Rail
from fieldsales.app.tabs import tabs
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import TYPED, Command, Context, Screen
from fieldsales.widgets.message_bar import Message, MessageBar, OverFoot
from fieldsales.widgets.stops import enter

if TYPE_CHECKING:
    from fieldsales.app.finder import Item
    from fieldsales.app.looking import LookingBanner
    from fieldsales.widgets.palette import Palette

_FRAME = QMargins(8, 40, 8, 8)  # px that a system's frame takes, known only once it is shown
_CLOSING = 3.0  # seconds closing waits for who else writes the file
_AFTER_PICTURE = 100  # ms: who comes to the window sees it before it counts what waits


class Window(QMainWindow):
    """Shows one page at a time, a banner above all; pages are built when they are first needed."""

    def __init__(self, context: Context, banner: LookingBanner | None = None) -> None:
        super().__init__()
        self.context = context
        self._banner = banner
        self._tabs = tabs()
        self._pages: dict[int, Screen] = {}
        self._trail: list[int] = []
        self._current = -1
        self._leaving = False
        look = context.look
        self.setWindowTitle(f"{context.words('window.title')} — {context.file.stem}")
        self.setMinimumSize(self._fitting(960, 600))
        self.rail = Rail(look, [found.tab for found in self._tabs])
        self.rail.chosen.connect(self.show_tab)
        self.bar = MessageBar(look)
        self.stack = QStackedWidget()
        self._host = self._lay_out()
        self._palette: Palette | None = None
        self._make_menus()
        context.opened.connect(self.open_record)
        context.told.connect(self.tell)
        context.find_wanted.connect(self.open_palette)
        context.back_wanted.connect(self.go_back)
        context.changed.connect(self._refresh_badges)
        self.statusBar().addPermanentWidget(context.jobs.indicator(look))
        self.statusBar().setSizeGripEnabled(False)
        self._restore_state()
        self._look_soon = QTimer(self, singleShot=True, interval=_AFTER_PICTURE)
        self._look_soon.timeout.connect(self._look_anew)

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        page = QVBoxLayout()
        page.setSpacing(0)
        if self._banner is not None:
            page.addWidget(self._banner)
        page.addWidget(OverFoot(self.stack, self.bar), 1)
        layout.addLayout(page, 1)
        self.setCentralWidget(whole)
        return whole

    # pages

    @Slot(int)
    def show_tab(self, index: int) -> Screen:
        """Brings a tab to front, building its page the first time."""
        page = self._pages.get(index)
        if page is None:
            page = self._pages[index] = self._tabs[index].build(self.context)
            self.stack.addWidget(page)
        if index != self._current:
            if self._current >= 0:
                self._trail.append(self._current)
            self._current = index
            self.stack.setCurrentWidget(page)
            self.rail.set_current(index)
            page.setFocus()
        return page

    def begin(self) -> None:
        """Shows itself as it was left, unless the laptop is in somebody else's hands."""
        for index, found in enumerate(self._tabs):
            if found.tab.lent is not None and found.tab.lent(self.context):
                self.show_tab(index).resume_lent()
                return
        self.show_last()
        self.show()

    def show_last(self) -> Screen:
        """Brings the tab to front that was there when the window was closed."""
        last = self.context.state.value("window/tab")
        shown = next((i for i in self.rail.buttons if self._tabs[i].name == last), 0)
        return self.show_tab(shown)

    def show_named(self, name: str) -> Screen:
        """Brings the tab of this folder name to front."""
        return self.show_tab(self.names.index(name))

    @property
    def names(self) -> list[str]:
        """Folder names of all tabs, in order."""
        return [found.name for found in self._tabs]

    @property
    def page(self) -> Screen:
        return self._pages[self._current]

    @Slot(str, str)
    def open_record(self, kind: str, row_id: str) -> None:
        """Shows a record in the tab that knows its kind; an empty id shows the tab itself."""
        if kind == "attachment":  # stands on the pages of many kinds
            self.context.open_kept(row_id)
            return
        for index, found in enumerate(self._tabs):
            if kind in found.tab.opens or kind == found.name:
                page = self.show_tab(index)
                if row_id or kind != found.name:  # some kinds have one record alone
                    page.show_record(kind, row_id)
                focused = self.focusWidget()
                if focused is None or not page.isAncestorOf(focused):
                    page.setFocus()
                return
        raise KeyError(kind)

    @Slot()
    def go_back(self) -> None:
        """One step back: within the page, else to the page before."""
        if self.page.go_back() or not self._trail:
            return
        self.show_tab(self._trail.pop())
        if self._trail:
            self._trail.pop()  # what show_tab has just put there

    # palette, messages, badges

    @property
    def palette_overlay(self) -> Palette:
        """Made when it is first wanted: start need not wait for it."""
        if self._palette is None:
            from fieldsales.widgets.palette import Palette

            self._palette = Palette(self.context.look, self._host, find=self._find)
            self._palette.chosen.connect(self._chosen)
        return self._palette

    @Slot()
    def open_palette(self) -> None:
        self.palette_overlay.open()

    def _find(self, text: str) -> list[Item]:
        from fieldsales.app.finder import find

        opened = {kind for found in self._tabs for kind in found.tab.opens} | {"attachment"}
        return find(self.context, self.commands(), text, opened)

    @Slot(object)
    def _chosen(self, item: Item) -> None:
        item.follow()

    def commands(self) -> list[Command]:
        """What the palette offers: of what is in view, of this window, of every tab built."""
        words = self.context.words
        own = list(self._banner.commands) if self._banner is not None else []
        own += self.page.commands_here() + self._of_list() if self._current >= 0 else []
        for number, index in enumerate(self.rail.buttons, start=1):
            tab = self._tabs[index].tab
            keys = f"Ctrl+{number}" if tab.place == "top" else ""
            own.append(Command(words(tab.title), tab.icon, partial(self.show_tab, index), keys))
        own += [
            Command(
                action.text().replace("&", ""), icon, action.trigger, action.shortcut().toString()
            )
            for action, icon in self._offered
            if action is not self._find_action  # that is where one is
        ]
        for index, found in enumerate(self._tabs):
            if found.tab.new:  # also before the page is built
                own.append(Command(words(found.tab.new), "add", partial(self._new_in, index)))
            if found.tab.commands is not None:
                own += found.tab.commands(self.context)
            if found.tab.place == "top":
                page = self._pages.get(index)
                own += page.commands() if page else []
        return own

    def _of_list(self) -> list[Command]:
        """What can be done with the list in view, whichever it is."""
        from fieldsales.screens.exporting import ask_and_export_list
        from fieldsales.widgets.list_page import ListPage

        words = self.context.words
        title = words(self._tabs[self._current].tab.title)
        return [
            Command(
                words("export.this_list"),
                "export",
                partial(ask_and_export_list, self.context, self, title, listed),
            )
            for listed in self.page.findChildren(ListPage)
            if listed.isVisible() and listed.model.rowCount()
        ][:1]

    @Slot(object)
    def tell(self, message: Message) -> None:
        self.bar.show_message(message)

    @Slot()
    def _look_anew(self) -> None:
        """Who comes to the window sees what is due, and what other programs wrote to the file."""
        try:
            self.context.workspace.catch_up()
        except EnvironmentProblem as trouble:
            self.context.tell(trouble)
        self._refresh_badges()

    @Slot()
    def _refresh_badges(self) -> None:
        for index, button in self.rail.buttons.items():
            count = self._tabs[index].tab.badge
            if count is not None:
                button.set_badge(count(self.context.store))

    # menus and keys

    def _make_menus(self) -> None:
        words = self.context.words
        self._offered: list[tuple[QAction, str]] = []
        new = QKeySequence.StandardKey.New
        file = self.menuBar().addMenu(words("menu.file"))
        self._action(file, "menu.new", self._new, [new], "add")
        self._find_action = self._action(
            file, "menu.find", self.open_palette, ["Ctrl+K", "Ctrl+P"], "search"
        )
        file.addSeparator()
        self._action(file, "menu.import", lambda: self.open_record("importing", ""), [], "import")
        self._action(file, "menu.export", self._export, [], "export")
        self._action(file, "menu.backups", lambda: self.open_record("backups", ""), [], "backup")
        self._action(file, "menu.trash", lambda: self.open_record("trash", ""), [], "trash")
        file.addSeparator()
        self._action(file, "menu.lock", self._lock, ["Ctrl+L"], "lock")
        self._action(file, "menu.quit", self.close, [QKeySequence.StandardKey.Quit], "close")
        edit = self.menuBar().addMenu(words("menu.edit"))
        self._action(edit, "common.undo", self.context.undo, ["Ctrl+Z"], "undo")
        self._action(edit, "common.redo", self.context.redo, ["Ctrl+Shift+Z", "Ctrl+Y"], "redo")
        view = self.menuBar().addMenu(words("menu.view"))
        for number, index in enumerate(self.rail.buttons, start=1):
            found = self._tabs[index]
            action = QAction(words(found.tab.title), self)
            if found.tab.place == "top":
                action.setShortcut(f"Ctrl+{number}")
            action.triggered.connect(partial(self._follow_menu, index))
            view.addAction(action)
        view.addSeparator()
        self._action(view, "history.of_this", self._open_history, ["Ctrl+Shift+H"], "history")
        self._action(view, "common.back", self.go_back, ["Alt+Left"], "back")
        help_menu = self.menuBar().addMenu(words("menu.help"))
        self._action(
            help_menu, "menu.open_help", lambda: self.open_record("help", ""), ["F1"], "question"
        )
        self._action(
            help_menu, "menu.about", lambda: self.open_record("settings", "about"), [], "info"
        )

    def _action(
        self,
        menu: QMenu,
        key: str,
        act: Callable[[], object],
        keys: list[QKeySequence.StandardKey | str],
        icon: str,
    ) -> QAction:
        action = QAction(self.context.words(key), self)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.triggered.connect(lambda _checked=False: act())
        menu.addAction(action)
        self._offered.append((action, icon))
        return action

    def _open_history(self) -> None:
        """What was changed in the record that is shown."""
        shown = self.page.record_here()
        if not shown:
            self.tell(Message(self.context.words("history.none_shown"), key="history"))
            return
        self.open_record("history", shown)

    def _export(self) -> None:
        from fieldsales.screens.exporting import ask_and_export_everything

        ask_and_export_everything(self.context, self)

    def _new_in(self, index: int) -> None:
        self.show_tab(index).new_record()

    def _follow_menu(self, index: int, _checked: bool = False) -> None:
        self.show_tab(index)

    @Slot()
    def _lock(self) -> None:
        """Locks, or shows where a password is set."""
        if self.context.store.passphrase:
            self.context.lock_wanted.emit()
            return
        self.open_record("settings", "data")
        self.bar.say(self.context.words("lock.none_yet"))

    @Slot()
    def _new(self) -> None:
        self.page.new_record()

    # state of the window

    def _restore_state(self) -> None:
        geometry = self.context.state.value("window/geometry")
        if isinstance(geometry, QByteArray) and self.restoreGeometry(geometry):
            return
        self.resize(self._fitting(1366, 768))

    def _fitting(self, width: int, height: int) -> QSize:
        """A size of the window at the chosen scale, but never more than the screen has room for."""
        theme = self.context.look.theme
        room = self.screen().availableGeometry().size().shrunkBy(_FRAME)
        return QSize(theme.px(width), theme.px(height)).boundedTo(room)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_soon.start()  # another day may have begun, a command have written

    def focusNextPrevChild(self, forward: bool) -> bool:
        before = self.focusWidget()
        moved = super().focusNextPrevChild(forward)
        if moved and self._current >= 0:
            page, now = self.page, self.focusWidget()
            if page.isAncestorOf(now) and not (before and page.isAncestorOf(before)):
                enter(page, forward)
        return moved

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_soon.start()

    @Slot()
    def leave(self) -> None:
        """Closes the window also where what was typed could not be saved."""
        self._leaving = True
        self.close()
        self._look_soon.stop()  # it would open the file again

    def _may_close(self) -> bool:
        """Whether all that was typed is in the file; the bar says where it is not."""
        drafts = self.context.workspace.drafts
        if self._leaving or drafts.trouble is None or drafts.write(wait=_CLOSING):
            return True
        words = self.context.words
        self.bar.clear()  # whatever waits to be answered, this comes first
        said, action = words("window.not_saved"), words("window.leave")
        self.bar.say(said, "error", action=action, act=self.leave, key=TYPED)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # commits what is being typed
        if not self._may_close():
            event.ignore()
            return
        self.context.state.setValue("window/geometry", self.saveGeometry())
        if self._current in self.rail.buttons:  # a hidden tab is nothing without its record
            self.context.state.setValue("window/tab", self.names[self._current])
        super().closeEvent(event)

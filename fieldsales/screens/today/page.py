"""The page: the day as a list, or as a calendar of a day, a week or a month."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.today.calendar import VIEWS, CalendarPage
from fieldsales.screens.today.calendar_import import CalendarImport
from fieldsales.screens.today.listing import DayList
from fieldsales.services.almanac import day_note
from fieldsales.services.calendar_file.plan import Incoming
from fieldsales.widgets.menus import give_menu
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button
from fieldsales.widgets.segmented import Option, Segmented

_VIEWS = ("list", *VIEWS)
_KEPT = "today/view"


class TodayScreen(Screen):
    """The rep's day, and the days around it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        options = [Option(view, words(f"calendar.{view}")) for view in _VIEWS]
        self.switch = Segmented(look, options, name=words("calendar.views"))
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click goes on to what it shows
        self.switch.chosen.connect(self.show_view)
        self._strip = PageStrip(look, words("today.title"))
        self.files = button(look, words("calendar.menu"), icon="calendar")
        give_menu(
            self.files,
            (
                (words("calendar.import"), self._import),
                (words("calendar.export"), self.export_calendar),
                None,
                (words("calendar.print"), self._print),
            ),
        )
        self._strip.fill(
            self.files,
            button(look, words("today.find"), self._find, icon="search"),
            beside=self.switch,
        )
        self.list = DayList(context)
        self.list.new_wanted.connect(self.new_record)
        self._calendar: CalendarPage | None = None
        self._incoming: CalendarImport | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self.stack, 1)
        for at, view in enumerate(_VIEWS, start=1):
            keys = QShortcut(QKeySequence(f"Alt+{at}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(partial(self.show_view, view))
        self._day = date.min
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._new_day)
        self._midnight.start()
        last = str(context.state.value(_KEPT, ""))
        self.show_view(last if last in _VIEWS else "list")

    @property
    def calendar(self) -> CalendarPage:
        """Made when it is first wanted: a start need not wait for it."""
        if self._calendar is None:
            self._calendar = CalendarPage(self.context)
            self.stack.addWidget(self._calendar)
        return self._calendar

    @property
    def incoming(self) -> CalendarImport:
        """What a calendar file would bring."""
        if self._incoming is None:
            self._incoming = CalendarImport(self.context)
            self._incoming.closed.connect(self._back_to_view)
            self._incoming.taken.connect(self._show_taken)
            self.stack.addWidget(self._incoming)
        return self._incoming

    def look_at_file(self, path: Path, found: Incoming) -> None:
        """Shows what a calendar file holds, before anything of it is taken."""
        self.incoming.look_at(path, found)
        self.stack.setCurrentWidget(self.incoming)
        self.setFocusProxy(self.incoming)
        self.incoming.setFocus(Qt.FocusReason.OtherFocusReason)

    def export_calendar(self) -> None:
        """Asks for a file and writes the calendar into it."""
        from fieldsales.screens.today.files import ask_and_export  # seldom, and it reads much

        ask_and_export(self.context, self)

    def _import(self) -> None:
        from fieldsales.screens.today.files import ask_and_read  # seldom, and it reads much

        ask_and_read(self.context, self, self.look_at_file)

    def _print(self) -> None:
        """The day in front as a paper; of week and month, the week."""
        day = self._day if self.switch.key == "list" else self.calendar.view.day
        if self.switch.key in ("list", "day"):
            self.context.open("paper", f"agenda:{day.isoformat()}")
        else:
            self.context.open("paper", f"agenda:{day:%G-W%V}")

    def _show_taken(self, day: date) -> None:
        """What came in shows in the calendar; the list is of today alone."""
        if self.switch.key != "list":
            self.calendar.show_day(day)

    def _back_to_view(self) -> None:
        self.show_view(self.switch.key)

    def go_back(self) -> bool:
        if self._incoming is None or self.stack.currentWidget() is not self._incoming:
            return False
        self._back_to_view()
        return True

    def show_view(self, name: str) -> None:
        """`list`, `day`, `week` or `month`."""
        self.context.state.setValue(_KEPT, name)
        self.switch.set_key(name)
        inside = self.window().focusWidget()
        if name != "list":
            self.calendar.set_view(name)
        page = self.list if name == "list" else self.calendar
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if not self._stale:
            page.refresh()
        if inside is not None and inside is not self.switch and self.isAncestorOf(inside):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self._day = self.context.look.clock.today()
        words = self.context.words
        note = day_note(words, self._day)
        told = words.dated(self._day, year=False)
        self._strip.aside.setText(f"{told} · {note.text}" if note.festival else told)
        if self.stack.currentWidget() is self.list:
            self.list.refresh()
        elif self.stack.currentWidget() is self._calendar:
            self.calendar.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """Of the tab's own name, a view."""
        if row_id in _VIEWS:
            self.show_view(row_id)

    def commands_here(self) -> list[Command]:
        words = self.context.words
        views = [
            Command(
                words("calendar.show", view=words(f"calendar.{view}")),
                "calendar",
                partial(self.show_view, view),
                f"Alt+{at}",
            )
            for at, view in enumerate(_VIEWS, start=1)
        ]
        return [
            *views,
            Command(words("calendar.import"), "import", self._import),
            Command(words("calendar.export"), "export", self.export_calendar),
            Command(words("calendar.print"), "print", self._print),
        ]

    def _new_day(self) -> None:
        if self.context.look.clock.today() != self._day and self.isVisible():
            self.refresh()

    def _find(self) -> None:
        self.context.find_wanted.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.list.leave()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._new_day()

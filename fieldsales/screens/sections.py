"""Tabs of several sections, one folder each: the switch between them, and what each offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldsales.discover import modules
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.store.journal import Changed
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.segmented import Option, Segmented


@dataclass(frozen=True, slots=True)
class Section:
    """A section in the strip; `opens` are the kinds of records it can show, its tab's, too."""

    order: int
    title: str  # words key
    opens: tuple[str, ...] = ()


class SectionPage(QWidget):
    """What a section shows. It is read when it comes to front, as a tab's page is.

    `tools` stand at the right of the strip while it is in front.
    """

    whole_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.tools: tuple[QWidget, ...] = ()
        self.whole = False

    def take_whole(self, whole: bool) -> None:
        """Takes the strip's place, too, for a page with a way back of its own; or gives it back."""
        self.whole = whole
        self.whole_changed.emit()

    def refresh(self) -> None:
        """Reads what is shown anew."""
        raise NotImplementedError

    def follow(self, changed: Changed) -> None:
        """Brings what is shown in line with a change; by default reads it all anew."""
        self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """Shows a record of a kind this section has declared."""

    def show_example(self) -> None:
        """Shows something typical, for pictures of the window."""

    def new_record(self) -> bool:
        """Ctrl+N: makes a new one of what is in view; False where nothing is made here."""
        return False

    def commands_here(self) -> list[Command]:
        """What the palette offers of what is shown, only while this section is in front."""
        return []

    def record_here(self) -> str:
        """Id of the record that is shown; '' if none is."""
        return ""

    def go_back(self) -> bool:
        """Alt+←: one step back within the section; False if there is none."""
        return False

    def flush(self) -> None:
        """Saves what is being typed; called before the section goes out of sight."""


@dataclass(slots=True)
class _Found:
    name: str
    section: Section
    build: Callable[[Context], SectionPage]
    page: SectionPage | None = None
    tools: QWidget | None = None
    stale: bool = True


def _walk(package: ModuleType) -> list[_Found]:
    found = [
        _Found(module.__name__.rpartition(".")[2], module.SECTION, module.build)
        for module in modules(package, folders=True)
    ]
    return sorted(found, key=lambda one: one.section.order)


def ways(context: Context, package: ModuleType, title: str) -> list[Command]:
    """A command to each section of a tab, built or not."""
    words, tab = context.words, package.__name__.rpartition(".")[2]
    return [
        Command(
            words("sections.go", tab=words(title), section=words(one.section.title)),
            "forward",
            partial(context.open, tab, one.name),
        )
        for one in _walk(package)
    ]


class SectionedScreen(Screen):
    """The sections of a package, found by walking it; each is a folder with, in its `__init__`,

        SECTION = Section(order=10, title="products.title", opens=("product",))
        def build(context: Context) -> SectionPage

    The window remembers which one was in front.
    """

    page_made = Signal(object)  # a section's, before it is read
    page_shown = Signal(object)

    def __init__(self, context: Context, package: ModuleType, title: str) -> None:
        super().__init__(context)
        words = context.words
        self._tab = package.__name__.rpartition(".")[2]
        self._kept = f"{self._tab}/section"
        found = _walk(package)
        self._sections = {one.name: one for one in found}
        options = [Option(one.name, words(one.section.title)) for one in found]
        self.switch = Segmented(context.look, options, name=words(title), slides=True)
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click goes on to what it shows
        self.switch.chosen.connect(self.show_section)
        self.strip = PageStrip(context.look, words(title))
        self.strip.fill(beside=self.switch)
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)
        self._current = found[0]
        last = str(context.state.value(self._kept, ""))
        self.show_section(last if last in self._sections else found[0].name)

    # sections

    @property
    def names(self) -> list[str]:
        """Folder names of the sections, in order."""
        return list(self._sections)

    @property
    def page(self) -> SectionPage:
        """What is in front."""
        return self._page(self._current)

    @Slot(str)
    def show_section(self, name: str) -> SectionPage:
        """Brings a section to front, building its page the first time."""
        if self._current.page is not None and self._current.name != name:
            self._current.page.flush()
        self._current = found = self._sections[name]
        page = self._page(found)
        self.context.state.setValue(self._kept, name)
        self.switch.set_key(name)
        for one in self._sections.values():
            if one.tools is not None:
                one.tools.setVisible(one is found)
        self._give_place()
        inside = self.window().focusWidget()
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if found.stale and not self._stale:  # else the whole tab is read when it is shown
            found.stale = False
            page.refresh()
        if inside is not None and inside is not self.switch and self.isAncestorOf(inside):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(page)
        return page

    @property
    def made(self) -> list[SectionPage]:
        """The pages of those that were in front once."""
        return [one.page for one in self._sections.values() if one.page is not None]

    def _page(self, found: _Found) -> SectionPage:
        if found.page is None:
            found.page = page = found.build(self.context)
            page.whole_changed.connect(self._give_place)
            self.stack.addWidget(page)
            found.tools = self.strip.add(*page.tools)
            self.page_made.emit(page)
        return found.page

    @Slot()
    def _give_place(self) -> None:
        self.strip.setVisible(not self.page.whole)

    # the contract of tabs

    def refresh(self) -> None:
        for one in self._sections.values():
            one.stale = one is not self._current
        self.page.refresh()

    def follow(self, changed: Changed) -> None:
        for one in self._sections.values():
            one.stale = one is not self._current
        self.page.follow(changed)

    def show_record(self, kind: str, row_id: str) -> None:
        """A record in its section; of the tab's own name, a section."""
        if kind == self._tab:
            self.show_section(row_id).setFocus()
            return
        for one in self._sections.values():
            if kind in one.section.opens:
                self.show_section(one.name).show_record(kind, row_id)
                return

    def show_example(self) -> None:
        self.page.show_example()

    def new_record(self) -> None:
        if not self.page.new_record():
            super().new_record()

    def commands_here(self) -> list[Command]:
        return self.page.commands_here()

    def record_here(self) -> str:
        return self.page.record_here()

    def go_back(self) -> bool:
        return self.page.go_back()

    def hideEvent(self, event: QHideEvent) -> None:
        self.page.flush()
        super().hideEvent(event)

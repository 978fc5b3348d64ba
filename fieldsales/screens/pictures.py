"""A section of pictures: one at a time at the left, the customers behind it at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.drawing.plane import GROUP
from fieldsales.reports.portfolio.portrait import Behind, Portrait, slider_told
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.customers_behind import CustomersBehind
from fieldsales.screens.customers_first import customers_first
from fieldsales.screens.picture_file import ask_and_save
from fieldsales.screens.sections import SectionPage
from fieldsales.services.portfolio import renew
from fieldsales.store.queries import customers
from fieldsales.widgets.brush import BrushPicture
from fieldsales.widgets.card import CardScroll, empty
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import column, label, row, tool_button
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.sliders import Sliders

_LIST = 400  # px at 100 %
_WIDEST = 860  # of a picture


class PicturesPage(SectionPage):
    """Pictures of which one is in front, each with its own choices.

    A part pressed lists its customers, a dot opens its card, a rectangle drawn lists what stands in
    it; Esc lists everybody again. What was chosen last is in front the next time.
    """

    past_wanted = Signal()  # a day gone by
    picture_changed = Signal()

    def __init__(self, context: Context, pictures: Sequence[type[Portrait]]) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self._kinds = {kind.KEY: kind for kind in pictures}
        self._kept = f"portfolio/{pictures[0].KEY}"
        self._choices: dict[str, str] = {}
        self._part = ""  # what was pressed
        # title and customers of a bubble, or of a rectangle that was drawn
        self._picked: tuple[str, Sequence[str]] | None = None
        self.portrait: Portrait | None = None
        self._job: Job | None = None
        self.save = tool_button(look, "save", words("portfolio.save"), self.save_picture)
        self.paper = tool_button(look, "document", words("portfolio.paper"), self.open_paper)
        self.help = tool_button(look, "question", words("portfolio.help"), self._open_help)
        self.past = tool_button(look, "history", words("as_of.open"), self.past_wanted.emit)
        self.past.setToolTip(f"{words('as_of.open')}\n{words('as_of.hint')}")
        self.tools = (self.past, self.help, self.save, self.paper)
        self.switch = Segmented(
            look,
            [Option(key, words(f"portfolio.picture.{key}")) for key in self._kinds],
            name=words("portfolio.title"),
        )
        last = str(context.state.value(self._kept, ""))
        if last in self._kinds:
            self.switch.set_key(last)
        self.switch.chosen.connect(self._switched)
        self.switch.setVisible(len(pictures) > 1)
        self._offered: Mapping[str, tuple[str, ...]] = {}
        self.options: dict[str, Segmented] = {}
        self._option_row: QHBoxLayout = row(look, gap=8)
        self.block = PictureBlock(look, BrushPicture(look))
        self.block.finding.setFont(look.theme.font("title"))
        self.block.clicked.connect(self.press)
        brush = self.block.picture
        assert isinstance(brush, BrushPicture)
        brush.brushed.connect(self._brushed)
        self.notes = label(look, tone="muted", wrap=True)
        self.behind = CustomersBehind(context)
        self.behind.all_wanted.connect(self._show_whole)
        self._missing: QVBoxLayout = column(look, gap=0)
        self._inside = inside = QWidget()
        inside.setLayout(column(look, self.block, self.notes, gap=8))
        inside.setMaximumWidth(look.theme.px(_WIDEST))
        self.sheet = CardScroll(look, margin=24, gap=12)
        self.sheet.body.setContentsMargins(*(look.theme.px(one) for one in (24, 4, 24, 16)))
        self.head = row(look, self.switch, None, self._option_row, gap=12)
        self.sheet.body.addLayout(self.head)
        self.sheet.body.addWidget(inside)
        self.sheet.body.addLayout(self._missing)
        self.sheet.body.addStretch(1)
        self.sliders = Sliders(look, partial(slider_told, words))
        self.sliders.moved.connect(self._moved)
        self.sheet.body.insertWidget(1, self.sliders)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.setHandleWidth(look.theme.px(1))
        self.halves.addWidget(self.sheet)
        self.halves.addWidget(self.behind)
        self.halves.setStretchFactor(0, 1)
        self.halves.setSizes([look.theme.px(760), look.theme.px(_LIST)])
        self._nobody = customers_first(context, words("portfolio.nobody"), "portfolio")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.halves)
        self._stack.addWidget(self._nobody)
        self.setLayout(column(look, self._stack, gap=0))

    # the contract

    def refresh(self) -> None:
        nobody = not customers.count(self.context.store)
        for tool in (self.save, self.paper):
            tool.setVisible(not nobody)
        if nobody:
            self.past.hide()
            self._stack.setCurrentWidget(self._nobody)
            self.setFocusProxy(self._nobody)
            return
        self._stack.setCurrentWidget(self.halves)
        self._offer()
        kind, choices = self._kinds[self.switch.key], dict(self._choices)
        if self._job is not None:
            self._job.cancel()  # of what was in front before, or before something changed
            self._job = None
        store, words, workspace = self.context.store, self.context.words, self.context.workspace
        if not kind.is_slow(store, choices):
            self._take_portrait(kind(store, words, choices))
            return
        outline = kind.outline(store, words, choices, self.portrait)
        self.portrait = None
        if outline is None:
            self._say_missing("")
            self.block.show_picture(words("portfolio.working"), None)
            self.notes.hide()
            self.behind.show_behind(Behind("", ()), part=False, coming=True)
        else:
            self._take_portrait(outline)

        def work(job: Job) -> None:
            try:
                if kind.OF_CLASSES:
                    renew(workspace, job.watch)
                for portrait in kind.growing(store, words, choices, job.watch):
                    job.tell(portrait)
            finally:
                store.release()

        self._job = self.context.jobs.start(
            work, None, self.context.tell, words(kind.WORKING), partly=self._arrived
        )

    def _arrived(self, portrait: Portrait) -> None:
        """One that was slow, or part of it; passed over where another is in front meanwhile, or the
        whole of it as it was before something changed.
        """
        if self.switch.key != portrait.KEY or portrait.choices != self._choices:
            return
        if portrait.is_coming and self.portrait is not None and not self.portrait.is_coming:
            return
        self._take_portrait(portrait)

    def _take_portrait(self, portrait: Portrait) -> None:
        self.portrait = portrait
        for name, made in self.options.items():
            made.set_key(portrait.chosen[name])
        self._show()

    def go_back(self) -> bool:
        if self.behind.currentWidget() is self.behind.bulk:
            self.behind.show_list()
            return True
        if self._part or self._picked is not None:
            self._show_whole()
            return True
        return False

    def commands_here(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("portfolio.save"), "save", self.save_picture),
            Command(words("portfolio.paper"), "document", self.open_paper),
            Command(words("portfolio.help"), "question", self._open_help),
        ]

    def save_picture(self) -> None:
        """Asks for a file and writes the picture in front into it."""
        if self.portrait is not None and not self.portrait.empty():
            ask_and_save(self.context, self, self.portrait)

    def _open_help(self) -> None:
        self.context.open("help", self._kinds[self.switch.key].HELP)

    def open_paper(self) -> None:
        """Shows the picture in front on paper, with the others where it has none of its own; of
        the day that it shows.
        """
        day = self._choices.get("as_of", "") if self.looks_back else ""
        what = "portfolio:all"
        if self.switch.key == "ranking":
            what = f"ranking:{self.options['rank'].key}"
        self.context.open("paper", f"{what}@{day}" if day else what)

    # what is shown

    @property
    def looks_back(self) -> bool:
        """Whether the picture in front can show a day gone by."""
        return self._kinds[self.switch.key].PAST

    def set_day(self, day: date | None) -> None:
        """Which day the pictures that can look back are to show when next read, None for today."""
        self._choices.pop("as_of", None)
        if day is not None:
            self._choices["as_of"] = day.isoformat()
        self._part, self._picked = "", None

    def show_picture(self, key: str) -> None:
        """Brings one of the pictures to front."""
        self.switch.set_key(key)
        self._switched(key)

    def press(self, key: str) -> None:
        """Lists who stands behind a part of the picture; a single customer's card is opened."""
        if self.portrait is None:
            return
        number = self.portrait.one(key)
        if number is not None:
            self.behind.open_card(number)
            return
        if key.startswith(GROUP):
            self._take("", self.portrait.behind(key))
        else:
            self._take(key)

    def choose(self, name: str, code: str) -> None:
        """Sets one of the picture's choices."""
        self._choices[name] = code
        self._part, self._picked = "", None
        self.refresh()

    def _show(self) -> None:
        assert self.portrait is not None
        portrait, missing = self.portrait, self.portrait.empty()
        self._say_missing(missing)
        if not missing:
            self.block.show_picture(portrait.finding(), portrait.draw, portrait.tips)
        notes = [] if missing else portrait.notes()
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self._list()

    def _say_missing(self, missing: str) -> None:
        """What has to be entered first, in the picture's place; nobody stands behind it yet."""
        empty(self._missing)
        if missing:
            made = EmptyState(self.context.look, missing, icon="portfolio")
            self._missing.addWidget(made)
            made.show()
        self._inside.setVisible(not missing)
        self.behind.setVisible(not missing)
        self.setFocusProxy(self.switch if missing else self.behind)

    def _list(self) -> None:
        assert self.portrait is not None
        if self._picked is not None:  # bubbles are others once something has changed
            title, ids = self._picked
            there = customers.numbers_of(self.context.store, ids)
            numbers = [there[one] for one in ids if one in there]
            behind = Behind(title, numbers, self.portrait.behind("").tell)
        else:
            behind = self.portrait.behind(self._part)
        self.behind.show_behind(
            behind,
            part=bool(self._part) or self._picked is not None,
            coming=self.portrait.is_coming and not behind.numbers,
        )

    def _take(self, part: str, picked: Behind | None = None) -> None:
        self._part, self._picked = part, None
        if picked is not None:
            self._picked = picked.title, customers.ids(self.context.store, picked.numbers)
        self._list()
        self.behind.show_list()

    def _offer(self) -> None:
        """The choices of the picture in front."""
        words = self.context.words
        kind = self._kinds[self.switch.key]
        self.past.setVisible(kind.PAST)
        self.sliders.show_sliders(kind.SLIDERS, self._choices)
        if kind.OPTIONS is self._offered:
            return
        empty(self._option_row)
        self._offered, self.options = kind.OPTIONS, {}
        for name, codes in kind.OPTIONS.items():
            made = Segmented(
                self.context.look,
                [Option(code, words(f"portfolio.option.{code}")) for code in codes],
                name=words(f"portfolio.choose.{name}"),
            )
            made.setObjectName(name)
            made.chosen.connect(self._chosen)
            self.options[name] = made
            self._option_row.addWidget(made)

    def _moved(self, name: str, value: int) -> None:
        self._choices[name] = str(value)
        self.refresh()

    def _chosen(self, code: str) -> None:
        self.choose(self.sender().objectName(), code)

    def _switched(self, key: str) -> None:
        self.context.state.setValue(self._kept, key)
        self._part, self._picked = "", None
        self.behind.list.clear_selection()
        self.behind.setCurrentIndex(0)
        self.refresh()
        self.picture_changed.emit()

    def _show_whole(self) -> None:
        self._take("")

    def _brushed(self, keys: tuple[str, ...]) -> None:
        if self.portrait is not None:
            self._take("", self.portrait.among(keys))

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.behind.list.focus_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.go_back():
            return
        super().keyPressEvent(event)

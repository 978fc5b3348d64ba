"""The profile of one: who it is, what can be done, and its views."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.observed import observed
from fieldsales.domain.whole_brain import FULL
from fieldsales.screens.profile.advice import AdvicePart
from fieldsales.screens.profile.clues import ClueTicks
from fieldsales.screens.profile.desk import Desk
from fieldsales.screens.profile.listing import seen_chip, told_chip
from fieldsales.screens.profile.portrait import Portrait
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.pieces import ElidedLabel, ElidedLink, button, column, row, tool_button
from fieldsales.widgets.segmented import Option, Segmented

PORTRAIT, CLUES, ADVICE = "portrait", "clues", "advice"


class PersonPage(QWidget):
    """Head and views of whoever is open on the desk; the rep has the portrait alone."""

    test_wanted = Signal()  # fill in the sheets: the rep here, a contact with the laptop in hand
    own_wanted = Signal()  # the rep's own sheets
    print_wanted = Signal()
    about_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.view = PORTRAIT
        self.name = ElidedLabel(look, size="section", bold=True)
        self.chips = ChipLine(look)
        self.test = button(look, "", self.test_wanted.emit)
        self.note = button(
            look, words("profile.note_clues"), self.show_clues, icon="add", role="primary"
        )
        self.print = tool_button(look, "print", words("profile.print"), self.print_wanted.emit)
        self.who = ElidedLink(look, self._open_person)
        self.views = Segmented(
            look,
            [Option(view, words(f"profile.view_{view}")) for view in (PORTRAIT, CLUES, ADVICE)],
            name=words("profile.view"),
        )
        self.views.chosen.connect(self.show_view)
        self.portrait = Portrait(desk)
        self.portrait.clues_wanted.connect(self.show_clues)
        self.portrait.about_wanted.connect(self.about_wanted)
        self.portrait.test_wanted.connect(self.test_wanted)
        self.stack = QStackedWidget()
        self._pages = {PORTRAIT: self._scrolled(self.portrait)}
        self._ticks: ClueTicks | None = None
        self._advice: AdvicePart | None = None
        side = look.theme.px(24)
        first = row(look, self.name, self.test, self.note, self.print, gap=8)
        first.setStretch(0, 1)
        second = row(look, self.chips, self.who, gap=8)
        second.setStretch(1, 1)
        second.setAlignment(self.who, Qt.AlignmentFlag.AlignRight)
        head = column(look, first, second, self.views, gap=8)
        head.setAlignment(self.views, Qt.AlignmentFlag.AlignLeft)
        head.setContentsMargins(side, look.theme.px(4), side, 0)
        layout = column(look, head, self.stack, gap=0)
        layout.setStretchFactor(self.stack, 1)
        self.setLayout(layout)

    def _scrolled(self, part: QWidget) -> CardScroll:
        page = CardScroll(self._desk.look, margin=24, gap=0)
        page.body.addWidget(part)
        page.body.addStretch(1)
        self.stack.addWidget(page)
        return page

    @property
    def ticks(self) -> ClueTicks:
        """The clues to tick; made when they are first wanted."""
        if self._ticks is None:
            self._ticks = ClueTicks(self._desk)
            self._ticks.begin()
            self._pages[CLUES] = self._scrolled(self._ticks)
        return self._ticks

    @property
    def advice(self) -> AdvicePart:
        """How to talk with them; made when it is first wanted."""
        if self._advice is None:
            self._advice = AdvicePart(self._desk)
            self._advice.clues_wanted.connect(self.show_clues)
            self._advice.own_wanted.connect(self.own_wanted)
            self._pages[ADVICE] = self._scrolled(self._advice)
        return self._advice

    def show_person(self) -> None:
        """Somebody else came onto the desk."""
        if self._ticks is not None:
            self._ticks.begin()
        self.show_view(PORTRAIT if self._desk.contact is None else self.view)
        for page in self._pages.values():
            page.verticalScrollBar().setValue(0)

    def show_view(self, view: str) -> None:
        """Portrait, clues or advice; of the rep there is the portrait alone."""
        if self._desk.contact is not None:
            self.view = view
            self.views.set_key(view)
        else:
            view = PORTRAIT
        self.refresh()
        self.stack.setCurrentWidget(self._pages[view])

    def show_clues(self) -> None:
        """To the clues, with the cursor in their search."""
        self.show_view(CLUES)
        self.ticks.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Shows what is on the desk now."""
        self._show_head()
        view = PORTRAIT if self._desk.contact is None else self.view
        if view == CLUES:
            self.ticks.show_facts()
        elif view == ADVICE:
            self.advice.show_facts()
        else:
            self.portrait.show_facts()

    def _show_head(self) -> None:
        desk, words = self._desk, self._desk.words
        me = desk.contact is None
        self.name.set_text(desk.name)
        told, chips = desk.newest, []
        if told is not None:
            chips.append(("", told_chip(words, told)))
        seen = observed(desk.facts.clues, desk.brain.weights, desk.today)
        if seen.codes:
            chips.append(("", seen_chip(words, desk.seen, seen.sureness)))
        if desk.facts.open is not None:
            picks = sum(len(desk.facts.open.picks(sheet)) for sheet in ("likes", "career", "ideal"))
            chips.append(("", ChipFace(words("profile.progress", count=picks, full=FULL), "warn")))
        self.chips.show_chips(chips)
        self.chips.setVisible(bool(chips))
        contact, customer = desk.contact, desk.customer
        parts = [customer.name if customer else "", contact.title if contact else ""]
        self.who.set_text(" · ".join(filter(None, parts)) or words("profile.open_person"))
        self.who.setVisible(not me)
        self.note.setVisible(not me and self.view == PORTRAIT and bool(chips))
        self.views.setVisible(not me)
        begun = desk.facts.open is not None
        if me:
            key = "go_on" if begun else "again_test" if told is not None else "begin"
        else:
            key = "lend"
        self.test.setText(words(f"profile.{key}"))
        self.test.setVisible(bool(chips) or (not me and self.view != PORTRAIT))
        self.print.setVisible(told is not None or bool(seen.codes))

    def _open_person(self) -> None:
        if self._desk.contact_id is not None:
            self._desk.context.open("contact", self._desk.contact_id)

"""A proposal: written while it is a draft, read and followed up once the customer may have it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import ProposalLine
from fieldsales.domain.money.totals import Totals
from fieldsales.screens.contract import Command
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.enclosures import EnclosuresSection
from fieldsales.screens.money.proposals.finders import (
    deal_finder,
    people_finder,
    worksheet_finder,
)
from fieldsales.screens.money.proposals.grid import LinesSection
from fieldsales.screens.money.proposals.listing import state_chip
from fieldsales.screens.money.proposals.parts import InstalmentsSection
from fieldsales.screens.money.proposals.sums import Sums
from fieldsales.screens.money.proposals.texts import TextsSection
from fieldsales.screens.money.proposals.versions import VersionsSection
from fieldsales.services.numbering import next_number, took
from fieldsales.services.operations.proposals import (
    AcceptProposal,
    CopyProposal,
    MakeProposalFinal,
    MoveProposal,
    NewVersion,
)
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import give_menu, passing_menu
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import ElidedLabel, button, column, label, row, tool_button

_HEAD = (Group("", ("title", "contact_id", "deal_id", "dated", "valid_until"), ("title",)),)
_TERMS = (
    Group(
        "proposals.group_price",
        ("currency", "tax_mode", "rounding", "template", "discount_kind", "discount"),
    ),
    Group("proposals.group_paper", ("worksheet_id", "with_needs", "by_quadrant", "without_prices")),
    Group("", ("note",)),
)
_USUAL = ("tax_mode", "rounding", "template", "accent", "opening", "delivery", "terms", "closing")
# state -> what the main button does; the rest is in the menu
_MAIN = {"draft": "finish", "final": "send", "sent": "accept", "expired": "accept",
         "accepted": "order", "declined": "renew", "ordered": "renew"}  # fmt: skip
_MENU = {
    "draft": (),
    "final": ("accept", "refuse", "expire", "renew"),
    "sent": ("refuse", "expire", "renew"),
    "accepted": ("renew",),
    "declined": (),
    "expired": ("refuse", "renew"),
    "ordered": (),
}


class ProposalView(CardScroll):
    """One proposal. It is built once and shows what it is told to."""

    gone = Signal(str)
    trash_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, margin=24, gap=20)
        self.desk = desk
        self._loaded = ""  # id of the draft the forms stand for
        self.name = ElidedLabel(look, size="page", bold=True)
        self.state = Chip(look, ChipFace(""))
        self.main = button(look, "", self._main)
        self.more = tool_button(look, "more", words("proposals.more"), self._show_menu)
        self.print = button(look, words("common.print"), icon="print")
        give_menu(
            self.print,
            (
                (words("proposals.print"), self._print),
                (words("proposals.print_bare"), self._print_bare),
            ),
        )
        head = row(look, self.name, self.state, None, self.print, self.main, self.more, gap=8)
        self.locked = label(look, tone="muted", wrap=True)
        self.why = LineEdit(look)
        self.why.setPlaceholderText(words("proposals.why_hint"))
        self.why.setAccessibleName(words("proposals.why_hint"))
        self.why.returnPressed.connect(self._declined)
        self.asking = QWidget()
        self.asking.setLayout(
            row(
                look,
                self.why,
                button(look, words("proposals.say_declined"), self._declined),
                button(look, words("proposals.not_now"), self._leave_asking, role="quiet"),
                gap=8,
            )
        )
        self.asking.hide()
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        customer, deal = self._customer_id, self._deal_id
        finders = {
            "contact_id": people_finder(desk.context, customer),
            "deal_id": deal_finder(desk.context, customer),
            "worksheet_id": worksheet_finder(desk.context, customer, deal),
        }
        self.forms = [
            Form(
                look,
                "proposal",
                groups,
                desk.commit("proposal", self._id),
                desk.draft("proposal", self._id),
                finders=finders,
                editors={"currency": currency_editor},
            )
            for groups in (_HEAD, _TERMS)
        ]
        self.lines = LinesSection(desk)
        self.lines.tried.connect(self._try)
        self.sums = Sums(desk)
        self.parts = InstalmentsSection(desk)
        self.texts = TextsSection(desk)
        self.enclosures = EnclosuresSection(desk)
        self.terms = Section(look, words("proposals.settings"))
        self.terms.body.addWidget(self.forms[1])
        self.versions = VersionsSection(desk)
        self.body.addLayout(head)
        self.body.addLayout(column(look, self.locked, self.asking, self.facts, gap=8))
        for part in (
            *(self.forms[0], self.lines, self.sums, self.parts, self.texts),
            *(self.enclosures, self.terms, self.versions),
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _id(self) -> str:
        return self._loaded

    def _customer_id(self) -> str:
        return self.desk.proposal.customer_id

    def _deal_id(self) -> str:
        return self.desk.proposal.deal_id or ""

    # showing

    def open(self, proposal_id: str) -> bool:
        """Shows a proposal; False if it is not there."""
        if proposal_id != self.desk.proposal_id:
            self.flush()
            self._leave_asking()
            self.verticalScrollBar().setValue(0)
        return self.refresh(proposal_id)

    def refresh(self, proposal_id: str = "") -> bool:
        """Reads what is shown anew; what is being typed stays."""
        desk = self.desk
        wanted = proposal_id or desk.proposal_id
        if not wanted or not desk.open(wanted):
            return False
        proposal, words = desk.proposal, desk.words
        self.name.set_text(proposal.title)
        self.state.set_face(state_chip(words, proposal, desk.today))
        self.main.setText(words(f"proposals.do_{_MAIN[proposal.state]}"))
        self._show_forms()
        self._show_locked()
        self.facts.show_facts(self._facts())
        found = desk.sums()
        whole = found if isinstance(found, Totals) else None
        self.lines.show_lines(whole)
        self.sums.show_sums(found)
        self.parts.show_instalments(whole)
        self.parts.setVisible(not proposal.locked or bool(desk.instalments))
        self.texts.show_proposal(proposal)
        self.enclosures.show_enclosures()
        self.versions.show_versions()
        return True

    def _show_forms(self) -> None:
        proposal = self.desk.proposal
        loaded = "" if proposal.locked else proposal.id
        values = values_of(proposal)
        for form in self.forms:
            if loaded and loaded != self._loaded:
                kept = self.desk.context.drafts("proposal", loaded)
                form.load(values, {one: kept[one] for one in kept.keys() & form.cells.keys()})
            elif loaded:
                form.refresh(values)
        self._loaded = loaded
        self.forms[0].setVisible(bool(loaded))
        self.terms.setVisible(bool(loaded))

    def _show_locked(self) -> None:
        words, proposal = self.desk.words, self.desk.proposal
        said = ""
        if proposal.locked:
            said = words(f"proposals.is_{proposal.state}")
            if proposal.decided_why:
                said = f"{said} {words('proposals.because', why=proposal.decided_why)}"
        self.locked.setText(said)
        self.locked.setVisible(bool(said))

    def _facts(self) -> list[tuple[str, FactFace]]:
        desk, words, one = self.desk, self.desk.words, self.desk.proposal
        facts = [("customer", FactFace(words("field.proposal.customer_id"), desk.customer.name))]
        version = words("proposals.version", n=one.version or 1)
        number = one.number or words("proposals.no_number")
        facts.append(("", FactFace(words("field.proposal.number"), number, version)))
        if not one.locked:
            return facts
        store = desk.context.store
        if one.deal_id and (deal := store.record(Deal, one.deal_id)):
            facts.append(("deal", FactFace(words("field.proposal.deal_id"), deal.title)))
        if one.contact_id and (contact := store.record(Contact, one.contact_id)):
            facts.append(("", FactFace(words("field.proposal.contact_id"), contact.name)))
        for name in ("dated", "valid_until"):
            if day := getattr(one, name):
                caption = words(f"field.proposal.{name}")
                facts.append(("", FactFace(caption, words.date(date.fromisoformat(day)))))
        facts.append(
            ("", FactFace(words("field.proposal.tax_mode"), words.choice("tax_mode", one.tax_mode)))
        )
        return facts

    def _try(self, trial: ProposalLine | None) -> None:
        """The sums as they would be with the line as it is being typed."""
        found = self.desk.sums(trial)
        whole = found if isinstance(found, Totals) else None
        self.lines.show_sums(whole)
        self.sums.show_sums(found, trial)
        self.parts.show_amounts(whole)

    def flush(self) -> None:
        """Saves what is being typed anywhere."""
        if self._loaded:
            for form in self.forms:
                form.flush()
            self.lines.flush()
            self.parts.flush()
            self.texts.flush()

    def focus_first(self) -> None:
        """Where Enter leads: into the lines."""
        if self.desk.proposal.locked:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.focus_first()

    # what becomes of it

    def _main(self) -> None:
        self.acts()[_MAIN[self.desk.proposal.state]]()

    def acts(self) -> dict[str, Callable[[], None]]:
        """What can be done, by name."""
        return {
            "finish": self.finish,
            "send": self.send,
            "accept": self.accept,
            "refuse": self.refuse,
            "expire": self.expire,
            "order": self.order,
            "renew": self.renew,
        }

    def finish(self) -> None:
        """Locks it under the next number of this laptop."""
        self.flush()
        desk = self.desk
        store, workspace = desk.context.store, desk.context.workspace
        number = next_number(store, workspace.journal.device, desk.look.clock.today())
        said = desk.words("proposals.made_final", number=number)
        if desk.run(MakeProposalFinal(desk.proposal_id, number), said):
            took(number)

    def send(self) -> None:
        """Says that the customer has it."""
        self._move("sent")

    def expire(self) -> None:
        self._move("expired")

    def order(self) -> None:
        self._move("ordered")

    def _move(self, to: str) -> None:
        said = self.desk.words(f"proposals.moved_{to}")
        self.desk.run(MoveProposal(self.desk.proposal_id, to), said)

    def accept(self) -> None:
        """The customer accepts: the deal gets its order, what is to be paid becomes receivables."""
        count = max(1, len(self.desk.instalments))
        key = "accepted_deal" if self.desk.proposal.deal_id else "accepted"
        said = self.desk.words(f"proposals.{key}", n=count)
        self.desk.run(AcceptProposal(self.desk.proposal_id), said)

    def refuse(self) -> None:
        """Asks why the customer declined."""
        self.asking.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _declined(self) -> None:
        why = self.why.text().strip()
        if not why:
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            self.why.set_suffix(self.desk.words("proposals.why_needed"))
            return
        said = self.desk.words("proposals.moved_declined")
        if self.desk.run(MoveProposal(self.desk.proposal_id, "declined", why), said):
            self._leave_asking()

    def _leave_asking(self) -> None:
        self.asking.hide()
        self.why.clear()
        self.why.set_suffix("")

    def renew(self) -> None:
        """A new version to write, or the one that is begun already."""
        known = next((one for one in self.desk.versions if not one.locked), None)
        if known is not None:
            self.desk.context.open("proposal", known.id)
            return
        operation = NewVersion(self.desk.proposal_id)
        if self.desk.run(operation, self.desk.words("proposals.renewed")):
            self.desk.context.open("proposal", operation.row_id)

    def copy(self) -> None:
        """Another one like it, for the same customer."""
        self.flush()
        operation = CopyProposal(self.desk.proposal_id)
        if self.desk.run(operation, self.desk.words("proposals.copied")):
            self.desk.context.open("proposal", operation.row_id)

    def make_usual(self) -> None:
        """New ones begin with the texts and settings of this one."""
        self.flush()
        usual = {name: getattr(self.desk.proposal, name) for name in _USUAL}
        self.desk.run(
            ChangeSetting("proposal.usual", usual), self.desk.words("proposals.usual_set")
        )

    def _print(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"proposal:{self.desk.proposal_id}")

    def _print_bare(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"proposal:{self.desk.proposal_id}:bare")

    def _show_menu(self) -> None:
        words, acts = self.desk.words, self.acts()
        state = self.desk.proposal.state
        menu = passing_menu(
            self,
            (
                *((words(f"proposals.do_{one}"), acts[one]) for one in _MENU[state]),
                (words("proposals.copy"), self.copy),
                (words("proposals.make_usual"), self.make_usual),
                None,
                (words("card.trash"), self.trash_wanted.emit),
            ),
        )
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def commands(self) -> list[Command]:
        """What the palette offers here."""
        words, acts, state = self.desk.words, self.acts(), self.desk.proposal.state
        names = dict.fromkeys((_MAIN[state], *_MENU[state]))
        found = [Command(words(f"proposals.do_{one}"), "forward", acts[one]) for one in names]
        if state == "draft":
            found.append(Command(words("proposals.add_line"), "add", self.lines.begin))
        found.append(Command(words("proposals.copy"), "copy", self.copy))
        return found

    def _fact_pressed(self, key: str) -> None:
        one = self.desk.proposal
        row_id = {"customer": one.customer_id, "deal": one.deal_id}[key]
        if row_id:
            self.desk.context.open(key, row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asking.isVisible():
            self._leave_asking()
        else:
            super().keyPressEvent(event)

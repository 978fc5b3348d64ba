"""A proposal: written while it is a draft, read and followed up once the customer may have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import ProposalLine
from fieldsales.domain.money.totals import Totals
from fieldsales.errors import FieldError
from fieldsales.screens.complaints import ComplaintChip
from fieldsales.screens.contract import Command
from fieldsales.screens.finders import deals_finder, people_finder
from fieldsales.screens.kept_files import FilesOf
from fieldsales.screens.money.proposals.acting import MAIN, Acting
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.enclosures import EnclosuresSection
from fieldsales.screens.money.proposals.finders import worksheet_finder
from fieldsales.screens.money.proposals.grid import LinesSection
from fieldsales.screens.money.proposals.listing import state_chip
from fieldsales.screens.money.proposals.parts import InstalmentsSection
from fieldsales.screens.money.proposals.prices import CurrencyPanel, PriceNotes
from fieldsales.screens.money.proposals.sums import Sums
from fieldsales.screens.money.proposals.texts import TextsSection
from fieldsales.screens.money.proposals.versions import VersionsSection
from fieldsales.screens.money.proposals.walk import WalkSection
from fieldsales.services.operations.deals import currency_code
from fieldsales.store.queries import feedback
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import give_menu, passing_menu
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import ElidedLabel, button, column, label, row, tool_button

_HEAD = (Group("", ("title", "contact_id", "deal_id", "dated"), ("title",)),)
_SETTINGS = (
    Group(
        "proposals.group_price",
        ("currency", "tax_mode", "rounding", "discount_kind", "discount"),
    ),
    Group(
        "proposals.group_paper",
        ("template", "accent", "worksheet_id", "with_needs", "by_quadrant", "without_prices"),
    ),
    Group("", ("note",)),
)


class ProposalView(CardScroll):
    """One proposal. It is built once and shows what it is told to."""

    gone = Signal(str)
    trash_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, margin=24, gap=20)
        self.desk = desk
        self._loaded = ""  # id of the draft the forms stand for
        self.acting = Acting(desk, self.flush)
        self.acting.trash_wanted.connect(self.trash_wanted)
        self.acting.shown.connect(self._show_asking)
        self.name = ElidedLabel(look, size="page", bold=True)
        self.state = Chip(look, ChipFace(""))
        self.complaints = ComplaintChip(desk.context)
        self.main = button(look, "", self.acting.main)
        self.sign = button(look, words("proposals.do_sign"), self.acting.sign, icon="edit")
        self.more = tool_button(look, "more", words("proposals.more"), self._show_menu)
        self.print = button(look, words("common.print"), icon="print")
        give_menu(
            self.print,
            (
                (words("proposals.print"), self._print),
                (words("proposals.print_bare"), self._print_bare),
            ),
        )
        head = row(
            look, self.name, self.state, self.complaints, None,
            self.print, self.sign, self.main, self.more, gap=8,
        )  # fmt: skip
        self.locked = label(look, tone="muted", wrap=True)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        customer, deal = self._customer_id, self._deal_id
        finders = {
            "contact_id": people_finder(desk.context, customer),
            "deal_id": deals_finder(desk.context, customer),
            "worksheet_id": worksheet_finder(desk.context, customer, deal),
        }
        self._save = desk.commit("proposal", self._id)
        self.forms = [
            Form(
                look,
                "proposal",
                groups,
                self._commit,
                desk.draft("proposal", self._id),
                finders=finders,
                editors={"currency": currency_editor},
            )
            for groups in (_HEAD, _SETTINGS)
        ]
        self.lines = LinesSection(desk)
        self.lines.tried.connect(self._try)
        self.notes = PriceNotes(desk)
        self.sums = Sums(desk)
        self.texts = TextsSection(desk, "proposals.texts", ("opening", "closing"))
        self.walk = WalkSection(desk)
        self.terms = TextsSection(
            desk, "proposals.conditions", ("delivery", "terms"), before=("valid_until",)
        )
        self.parts = InstalmentsSection(desk)
        self.enclosures = EnclosuresSection(desk)
        self.files = FilesOf(desk.context, "proposal", title="proposals.files")
        self.currency = CurrencyPanel(desk)
        self.currency.settled.connect(self._currency_settled)
        self.settings = Section(look, words("proposals.settings"))
        self.settings.body.addWidget(self.currency)
        self.settings.body.addWidget(self.forms[1])
        self.versions = VersionsSection(desk)
        self.body.addLayout(head)
        self.body.addLayout(column(look, self.locked, self.acting, self.facts, gap=8))
        for part in (
            *(self.forms[0], self.lines, self.notes, self.sums, self.texts, self.walk),
            *(self.terms, self.parts, self.enclosures, self.files, self.settings, self.versions),
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _id(self) -> str:
        return self._loaded

    def _customer_id(self) -> str:
        return self.desk.proposal.customer_id

    def _deal_id(self) -> str:
        return self.desk.proposal.deal_id or ""

    # writing

    def _commit(self, values: Mapping[str, object]) -> None:
        """Another currency waits until it is said what becomes of the figures."""
        told = dict(values)
        if "currency" in told:
            told["currency"] = wanted = currency_code(str(told["currency"]))
            if wanted != self.desk.currency and self.desk.priced:
                self.currency.ask(wanted)
                raise FieldError("proposals.currency_asked", "currency")
        self._save(told)

    def _currency_settled(self) -> None:
        self.forms[1].binder.revert("currency")
        self.forms[1].focus("currency")

    # showing

    def open(self, proposal_id: str) -> bool:
        """Shows a proposal; False if it is not there."""
        if proposal_id != self.desk.proposal_id:
            self.flush()
            self.acting.leave()
            self.currency.hide()
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
        waiting = feedback.complaints(desk.context.store, proposal.customer_id)
        self.complaints.show_complaints(waiting)
        self.main.setText(words(f"proposals.do_{MAIN[proposal.state]}"))
        self.sign.setVisible(proposal.state in ("final", "sent") and not proposal.signed_by)
        self._show_forms()
        self._show_locked()
        self.facts.show_facts(self._facts())
        found = desk.sums()
        whole = found if isinstance(found, Totals) else None
        self.lines.show_lines(whole)
        self.notes.show_notes()
        self.sums.show_sums(found)
        self.parts.show_instalments(whole)
        self.parts.setVisible(not proposal.locked or bool(desk.instalments))
        self.enclosures.show_enclosures()
        self.files.show_for(proposal.id, proposal.customer_id)
        for texts in (self.texts, self.terms):
            texts.show_proposal(proposal)
        self.walk.later()
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
        self.settings.setVisible(bool(loaded))

    def _show_locked(self) -> None:
        words, one = self.desk.words, self.desk.proposal
        said = []
        if one.locked:
            said.append(words(f"proposals.is_{one.state}"))
        if one.decided_why:
            said.append(words("proposals.because", why=one.decided_why))
        if one.signed_at:
            on_paper = one.signed_on and words.date(date.fromisoformat(one.signed_on))
            when = on_paper or words.moment(from_stamp(one.signed_at))
            key = "is_signed_on_paper" if on_paper else "is_signed"
            said.append(words(f"proposals.{key}", name=one.signed_by, when=when))
        self.locked.setText("\n".join(said))
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
        for name in ("dated", "valid_until", "decided_on"):
            if day := getattr(one, name):
                caption = words(f"field.proposal.{name}")
                facts.append(("", FactFace(caption, words.date(date.fromisoformat(day)))))
        if one.decided_by:
            facts.append(("", FactFace(words("field.proposal.decided_by"), one.decided_by)))
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
            self.terms.flush()

    def focus_first(self) -> None:
        """Where Enter leads: into the lines."""
        if self.desk.proposal.locked:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.lines.focus_first()

    # what is asked and printed

    def _show_asking(self) -> None:
        """Brings into sight what is asked, once it has its place."""
        QTimer.singleShot(0, self.acting, lambda: self.ensureWidgetVisible(self.acting))

    def _print(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"proposal:{self.desk.proposal_id}")

    def _print_bare(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"proposal:{self.desk.proposal_id}:bare")

    def _show_menu(self) -> None:
        menu = passing_menu(self, self.acting.entries())
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def commands(self) -> list[Command]:
        """What the palette offers here."""
        found = self.acting.commands()
        if not self.desk.proposal.locked:
            words = self.desk.words
            found.append(Command(words("proposals.add_line"), "add", self.lines.begin))
        return found

    def _fact_pressed(self, key: str) -> None:
        one = self.desk.proposal
        row_id = {"customer": one.customer_id, "deal": one.deal_id}[key]
        if row_id:
            self.desk.context.open(key, row_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.acting.isVisible():
            self.acting.leave()
        else:
            super().keyPressEvent(event)

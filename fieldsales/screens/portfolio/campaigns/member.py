"""One person of a campaign: what to send, how it goes out, and what came back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.campaign import OUTCOMES, Campaign
from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import values_of
from fieldsales.screens.contract import Context
from fieldsales.screens.greeting import Addressee, Ways, addressee
from fieldsales.services import greetings
from fieldsales.services.operations.campaigns import MarkReached, NoteResponse, TakeBackReached
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.queries import campaigns as queries
from fieldsales.store.queries.campaigns import MemberRow
from fieldsales.store.queries.learnt import own_entries
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section, at_left
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import ElidedLink, button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented

_WIDE = 640  # px at 100 %
_NOTE = (Group("", ("note",), ("note",)),)


class MemberView(CardScroll):
    """`one` is who is shown; the text stands ready, filled in for them."""

    reached = Signal()  # they were just marked as such
    left_out = Signal()
    text_wanted = Signal()  # there is none, or another is to be written

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=12)
        self._context = context
        self.one: MemberRow | None = None
        self.campaign: Campaign | None = None
        self._whom: Addressee | None = None
        self._texts: list[str] = []
        self._at = 0
        self._way = "message"
        self.name = ElidedLink(look, self._open_person)
        self.name.setFont(look.theme.font("section", bold=True))
        self.company = ElidedLink(look, self._open_customer)
        self.number = label(look, tone="muted")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tone = Segmented(
            look,
            [Option(tone, words(f"greeting.tone.{tone}")) for tone in greetings.TONES],
            name=words("greeting.tone"),
        )
        self.tone.chosen.connect(self._tone_chosen)
        self.another = button(look, words("campaign.another"), self.next_text, role="link")
        self.text = label(look, size="title", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.none = label(look, words("campaign.no_text"), tone="muted", wrap=True)
        self.write = button(look, words("campaign.write"), self.text_wanted.emit, icon="edit")
        self.ways = Ways(context)
        self.ways.sent.connect(self._sent)
        self.mark = button(
            look, words("campaign.mark"), self.mark_reached, icon="check", role="primary"
        )
        self.call = button(look, words("campaign.call"), self.mark_called, icon="phone")
        self.leave = button(
            look, words("campaign.leave_out"), self.leave_out, icon="close", role="quiet"
        )
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._open_fact)
        self.outcome = Picks(look, name=words("campaign.outcome"))
        self.outcome.set_picks(
            [
                Pick(code, words.choice("campaign_outcome", code), str(at))
                for at, code in enumerate(OUTCOMES, start=1)
            ]
        )
        self.outcome.chosen.connect(self.note_response)
        self.form = Form(look, "campaign_member", _NOTE, self._save, self._draft)
        self.take_back = button(
            look, words("campaign.take_back"), self.not_reached, icon="undo", role="quiet"
        )
        self.hint = label(look, size="caption", tone="faint", wrap=True)
        why = label(look, words("campaign.why_note"), size="caption", tone="faint", wrap=True)
        self.back = Section(look, words("campaign.outcome"))
        for part in (self.facts, self.outcome, self.form):
            self.back.body.addWidget(part)
        self.back.body.addLayout(row(look, self.take_back, None))
        self.to_send = QWidget()
        self.to_send.setLayout(
            column(
                look,
                row(look, self.tone, self.another, None, gap=8),
                self.text,
                self.none,
                row(look, self.write, None),
                row(look, self.ways, self.mark, self.call, None, self.leave, gap=8),
                self.ways.picture,
                gap=12,
            )
        )
        whose = column(look, self.name, row(look, self.company, self.number, None, gap=8), gap=0)
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                whose,
                self.to_send,
                self.back,
                self.hint,
                why,
                gap=12,
            )
        )
        self.body.addLayout(at_left(look, inside, _WIDE))
        self.body.addStretch(1)

    # showing

    def show_member(self, one: MemberRow, campaign: Campaign) -> None:
        """Somebody, with the text as it reads for them; what is typed of the same one stays."""
        other = self.one is None or self.one.member.id != one.member.id
        if other:
            self.flush()
            self._at, self._way = 0, "message"
            self.verticalScrollBar().setValue(0)
        self.one, self.campaign = one, campaign
        context, member, contact = self._context, one.member, one.contact
        self.name.set_text(one.name)
        self.company.set_text(one.company)
        self.company.setVisible(contact is not None)
        house = one.customer.phone
        self.number.setText(contact.mobile or contact.phone or house if contact else house)
        found = addressee(context, contact.id, campaign.occasion) if contact else None
        whom = found or Addressee(one.addressed, one.customer.id, one.company, campaign.occasion)
        self._whom = whom
        if other:
            self.tone.set_key(whom.tone)
        self._read_texts()
        self.to_send.setVisible(not member.reached_at)
        self.back.setVisible(bool(member.reached_at))
        keys = "campaign.keys_back" if member.reached_at else "campaign.keys"
        self.hint.setText(context.words(keys))
        if member.reached_at:
            self._show_back(one)
        values = values_of(member)
        if other:
            self.form.load(values, context.drafts("campaign_member", member.id))
        else:
            self.form.refresh(values)

    def _read_texts(self) -> None:
        """One's own text, else those of the library for the occasion and the tone."""
        campaign, whom, words = self.campaign, self._whom, self._context.words
        assert campaign is not None
        assert whom is not None
        raw = [campaign.text] if campaign.text else []
        if not raw and campaign.occasion:
            own = own_entries(self._context.store, "phrase")
            known = greetings.tones(words, campaign.occasion)
            if known and self.tone.key not in known:
                self.tone.set_key(known[0])
            found = greetings.offered(words, own, campaign.occasion, self.tone.key)
            raw = [phrase.text for phrase in found]
        self._texts = [greetings.filled(words, text, whom.contact, whom.company) for text in raw]
        self.tone.setVisible(not campaign.text and bool(campaign.occasion))
        self.another.setVisible(len(self._texts) > 1)
        self._show_text()

    def _show_text(self) -> None:
        assert self.campaign is not None
        assert self._whom is not None
        text = self.said
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.none.setVisible(not text)
        self.write.setVisible(not text)
        self.ways.setVisible(bool(text))
        self.ways.show_text(text, self.campaign.name, self._whom.contact.email)

    @property
    def said(self) -> str:
        """The text in view."""
        return self._texts[self._at % len(self._texts)] if self._texts else ""

    def _show_back(self, one: MemberRow) -> None:
        words, member = self._context.words, one.member
        day = words.moment(from_stamp(member.reached_at or ""))
        way = words.choice("reached_by", member.reached_by)
        said = words("campaign.reached", day=day, way=way)
        facts = [("", FactFace(words("field.campaign_member.reached_at"), said))]
        for noun, row_id, what, at in queries.since(self._context.store, member):
            when = words.date(from_stamp(at).astimezone().date(), year=False)
            name = words(f"noun.{noun}")
            face = FactFace(words("campaign.since"), f"{when} {name}", what)
            facts.append((f"{noun}:{row_id}", face))
        self.facts.show_facts(facts)
        self.outcome.set_key(member.outcome)

    def _tone_chosen(self) -> None:
        self._at = 0
        self._read_texts()

    # what is done

    @property
    def open(self) -> bool:
        """Whether somebody is shown who is still to be reached."""
        return self.one is not None and not self.one.member.reached_at

    def next_text(self) -> None:
        """Another of the texts that fit."""
        if self.open and len(self._texts) > 1:
            self._at += 1
            self._show_text()

    def copy(self) -> None:
        if self.open and self.said:
            self.ways.take_copy()

    def mail(self) -> None:
        if self.open and self.said and self.one is not None and self.one.addressed.email:
            self.ways.write_mail()

    def code(self) -> None:
        if self.open and self.said:
            self.ways.show_code()

    def _sent(self, way: str) -> None:
        """It went out; that they were reached is said by who sent it."""
        self._way = way
        self.mark.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_reached(self) -> None:
        """They were reached, by what the text was taken for last."""
        self._mark(self._way, self.said)

    def mark_called(self) -> None:
        """They were spoken with, which is a real contact."""
        self._mark("call", "")

    def _mark(self, way: str, text: str) -> None:
        if self.open and self.one is not None:
            said = self._context.words("campaign.marked", name=self.one.name)
            done = MarkReached(self.one.member.id, way, text)
            if self._context.run(done, undoable=said) is not None:
                self.reached.emit()

    def not_reached(self) -> None:
        if self.one is not None:
            said = self._context.words("campaign.taken_back", name=self.one.name)
            self._context.run(TakeBackReached(self.one.member.id), undoable=said)

    def note_response(self, outcome: str) -> None:
        """What came back, one of OUTCOMES; '' for nothing yet."""
        if self.one is None or not self.one.member.reached_at:
            return
        self.flush()  # the note goes with an answer
        words, name = self._context.words, self.one.name
        told = words.choice("campaign_outcome", outcome)
        key = "campaign.noted" if outcome else "campaign.cleared"
        said = words(key, name=name, outcome=told)
        self._context.run(NoteResponse(self.one.member.id, outcome), undoable=said)

    def leave_out(self) -> None:
        """Takes them out of the campaign; what was sent stays on the timeline."""
        if self.one is not None:
            said = self._context.words("campaign.left_out", name=self.one.name)
            gone = TrashRecords("campaign_member", (self.one.member.id,))
            if self._context.run(gone, undoable=said) is not None:
                self.left_out.emit()

    def focus_first(self) -> None:
        """Into what is done next, for who goes in by Enter."""
        if not self.open:
            self.form.focus("note")
        elif self.said:
            self.ways.copy.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_person(self) -> None:
        if self.one is not None and self.one.contact is not None:
            self._context.open("contact", self.one.contact.id)
        else:
            self._open_customer()

    def _open_customer(self) -> None:
        if self.one is not None:
            self._context.open("customer", self.one.customer.id)

    def _open_fact(self, key: str) -> None:
        kind, _, row_id = key.partition(":")
        self._context.open(kind, row_id)

    # writing

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.one is not None:
            self.form.flush()

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.one is not None
        self._context.workspace.run(EditRecord("campaign_member", self.one.member.id, values))

    def _draft(self, name: str, text: str | None) -> None:
        if self.one is not None:
            self._context.keep_draft("campaign_member", self.one.member.id, name, text)

"""Questions, objections and closing in a visit or for a deal, and what is learnt of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldsales.domain.closing import go
from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.spin import KINDS
from fieldsales.domain.tag_rule import TagRule
from fieldsales.domain.visit import Visit, VisitItem
from fieldsales.errors import UserError
from fieldsales.services.library import library
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import pitch_links as links
from fieldsales.words import LANGUAGES


@dataclass(frozen=True)
class PlanQuestion(Operation):
    """Plans a question for a deal, until a visit takes it (M27).

    `code`: an entry of the bank, or the kind of one's own.
    """

    deal_id: str
    text: str
    code: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Deal, self.deal_id)
        last = links.last_position(writer.store, "deal_id", self.deal_id)
        values = {"deal_id": self.deal_id, "kind": "question", "text": self.text, "code": self.code}
        writer.insert("visit_item", {**values, "position": last + 1}, self.row_id)


@dataclass(frozen=True)
class OrderPlanned(Operation):
    """Puts questions that are planned for a deal into the given order."""

    deal_id: str
    item_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        writer.require(Deal, self.deal_id)
        for position, item_id in enumerate(self.item_ids):
            if writer.require(VisitItem, item_id).deal_id != self.deal_id:
                raise UserError("record.gone")
            writer.update("visit_item", item_id, {"position": position})


@dataclass(frozen=True)
class KeepQuestion(Operation):
    """Makes a question of one's own, of a kind, an entry of one's own library (M27)."""

    item_id: str
    industry: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        item = writer.require(VisitItem, self.item_id)
        if item.kind != "question" or item.code not in KINDS:
            raise UserError("spin.in_bank")
        values = {"kind": "question", "topic": item.code, "title": item.text}
        writer.insert("own_entry", {**values, "industry": self.industry}, self.row_id)
        writer.update("visit_item", item.id, {"code": self.row_id})


@dataclass(frozen=True)
class TakeQuestions(Operation):
    """Takes the questions planned for the visit's deal into the visit."""

    visit_id: str

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        last = links.last_position(writer.store, "visit_id", visit.id)
        planned = links.planned_questions(writer.store, visit.deal_id)
        if not planned:
            raise UserError("spin.nothing_planned")
        for position, row_id in enumerate(planned, start=last + 1):
            values = {"visit_id": visit.id, "deal_id": None, "position": position}
            writer.update("visit_item", row_id, values)


@dataclass(frozen=True)
class AnswerBecomesNeed(Operation):
    """Makes the answer to a question a need, once (M27).

    `statement`: implied or explicit. `text` is the answer unless it is given.
    """

    item_id: str
    statement: str
    text: str = ""
    category: str = ""
    contact_id: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        item = writer.require(VisitItem, self.item_id)
        if links.is_live(writer.store, "need", item.need_id):
            raise UserError("spin.need_already")
        visit = writer.require(Visit, item.visit_id) if item.visit_id else None
        deal = writer.require(Deal, item.deal_id) if item.deal_id else None
        about = visit or deal
        assert about is not None  # an item is one's or the other's
        values = {
            "customer_id": about.customer_id,
            "contact_id": self.contact_id,
            "deal_id": deal.id if deal else visit.deal_id if visit else None,
            "visit_id": item.visit_id,
            "text": self.text or item.answer[:500],
            "statement": self.statement,
            "category": self.category,
        }
        writer.insert("need", values, self.row_id)
        writer.update("visit_item", item.id, {"need_id": self.row_id, "done": 1})


@dataclass(frozen=True)
class GoInClosing(Operation):
    """Goes on along the closing route of a visit; '' begins anew (M29b)."""

    visit_id: str
    step: str

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        route = {code: step.goes_to for code, step in library("en").route.items()}
        writer.update("visit", visit.id, {"closing_step": go(route, visit.closing_step, self.step)})


@dataclass(frozen=True)
class TryClosing(Operation):
    """Notes that a closing technique was tried, and upon which signal (M29b).

    `text` is what was said, for a technique that needs a fact the fact that makes it true: an
    example of the library is none. What came of it is told by the line's `worked` and `answer`.
    """

    visit_id: str
    code: str
    text: str
    signal: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Visit, self.visit_id)
        for language in LANGUAGES:
            technique = library(language).techniques.get(self.code)
            if technique is None or not technique.needs_fact:
                break
            if self.text.strip() in ("", technique.example):
                raise UserError("closing.needs_fact")
        values = {"visit_id": self.visit_id, "kind": "closing", "code": self.code, "done": 1}
        writer.insert(
            "visit_item", {**values, "text": self.text, "signal": self.signal}, self.row_id
        )


@dataclass(frozen=True)
class KeepObjection(Operation):
    """Makes an objection that was heard, and our answer, an entry of one's own library (M29a)."""

    item_id: str
    step: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        item = writer.require(VisitItem, self.item_id)
        if item.kind != "objection" or item.code:
            raise UserError("objection.in_library")
        values = {"kind": "objection", "topic": self.step, "title": item.text}
        writer.insert("own_entry", {**values, "answer": item.answer}, self.row_id)
        writer.update("visit_item", item.id, {"code": self.row_id})


@dataclass(frozen=True)
class CorrectTag(Operation):
    """Remembers that sentences with these words speak to a quadrant, or do not (M22)."""

    pattern: str
    quadrant: str
    refuses: bool = False
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        known = links.tag_rule_id(writer.store, self.pattern, self.quadrant)
        values = {
            "pattern": self.pattern,
            "quadrant": self.quadrant,
            "refuses": int(self.refuses),
        }
        if known:
            writer.update("tag_rule", known, values)
        else:
            writer.insert("tag_rule", values, self.row_id)


@dataclass(frozen=True)
class ForgetTag(Operation):
    """Forgets a correction of the walk-around check."""

    rule_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(TagRule, self.rule_id)
        writer.delete("tag_rule", self.rule_id)

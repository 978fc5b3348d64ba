"""Changes of deals: adding, moving through stages, putting off, pinning (M25, M36, M47)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from fieldsales.domain.clock import from_stamp, to_stamp
from fieldsales.domain.deal import Deal, DealMember
from fieldsales.domain.fields import clean_text
from fieldsales.domain.ids import new_id
from fieldsales.domain.pipeline import FUNNEL, LOST, WON, Pipelines, Stage
from fieldsales.domain.visit import Visit
from fieldsales.errors import FieldError, UserError
from fieldsales.services.moving import (
    NO_ANSWERS,
    REASON,
    Answers,
    DealCheck,
    MoveRefused,
    check_with,
)
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import links
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.deals import taggings
from fieldsales.store.queries.pipelines import entered, pipelines
from fieldsales.words import minor_digits


@dataclass(frozen=True)
class AddDeal(Operation):
    """Adds a deal at the first stage of a pipeline, or moves it on from there to `stage`.

    `values` are fields of Deal, without a currency in the usual one; `visit_id` is the visit from
    which it came. Raises MoveRefused as MoveDeals does.
    """

    values: Mapping[str, object]
    pipeline_id: str = FUNNEL
    stage: str = ""
    answers: Answers = NO_ANSWERS
    visit_id: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        currency = self.values.get("currency") or base_currency(writer.store)
        AddRecord("deal", {**self.values, "currency": currency}, self.row_id).apply(writer)
        known = pipelines(writer.store)
        row = known.open_stages(self.pipeline_id)
        if not row:
            raise UserError("stage.gone")
        begun = {"pipeline_id": self.pipeline_id, "stage": row[0].id}
        writer.update("deal", self.row_id, begun)
        if self.visit_id:
            visit = writer.require(Visit, self.visit_id)
            if visit.customer_id != self.values["customer_id"]:
                raise UserError("visit.other_customer")
            writer.update("visit", self.visit_id, {"deal_id": self.row_id})
        if self.stage and self.stage != row[0].id:
            move(writer, known, (self.row_id,), self.stage, self.answers)


@dataclass(frozen=True)
class EditDeal(EditRecord):
    """Sets fields of a deal; `EditDeal("deal", id, values)`.

    In another currency an amount keeps its figure: 500 yuan become 500 yen.
    """

    @classmethod
    def verb(cls) -> str:
        return EditRecord.verb()

    def apply(self, writer: Writer) -> None:
        deal, values = writer.require(Deal, self.row_id), dict(self.values)
        if values.get("currency"):
            base = base_currency(writer.store)
            code = values["currency"] = currency_code(str(values["currency"]))
            more = minor_digits(code) - minor_digits(deal.currency or base)
            for name in ("amount", "order_amount"):
                amount = getattr(deal, name)
                if more and amount is not None:
                    values.setdefault(name, round(amount * Decimal(10) ** more))
        EditRecord(self.noun, self.row_id, values).apply(writer)


def currency_code(text: str) -> str:
    """`usd` as `USD`; raises FieldError if it cannot be a currency."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise FieldError("deal.not_a_currency", "currency", value=text)
    return code


@dataclass(frozen=True)
class MoveDeals(Operation):
    """Puts deals into a stage: the one way to do so, for a card, a key, a form and a command.

    Raises MoveRefused, with what is missing, unless the `answers` say what is asked for; nothing is
    moved then. Deals that stand there already stay as they are.
    """

    deal_ids: tuple[str, ...]
    stage: str
    answers: Answers = NO_ANSWERS

    def apply(self, writer: Writer) -> None:
        if not self.deal_ids:
            raise UserError("record.none_selected")
        move(writer, pipelines(writer.store), self.deal_ids, self.stage, self.answers)


def move(
    writer: Writer,
    known: Pipelines,
    deal_ids: Sequence[str],
    stage_id: str,
    answers: Answers,
    *,
    cause: str = "move",
) -> None:
    """Checks and writes a change of stage as part of an operation.

    An import is not asked why evidence is missing: that is kept with the change, as ever.
    """
    check = check_with(known, writer.store, deal_ids, stage_id)
    if check.gone:
        raise UserError("deal.gone", n=len(check.gone))
    unanswered = [ask for ask in check.unanswered(answers) if ask != REASON or cause != "import"]
    if unanswered:
        raise MoveRefused(check, unanswered)
    since = entered(writer.store, [one.deal.id for one in check.moving])
    for one in check.moving:
        writer.update("deal", one.deal.id, _terms(one.deal, check.stage, answers))
    _remember(writer, check.moving, since, stage_id, answers.reason, cause)


def _terms(deal: Deal, stage: Stage, answers: Answers) -> dict[str, object]:
    """The fields of a deal that go with its new stage."""
    values: dict[str, object] = {"stage": stage.id}
    if stage.pipeline_id:
        values["pipeline_id"] = stage.pipeline_id
    if stage.id == LOST:
        values |= {"lost_reason": answers.lost_reason, "lost_rival": answers.lost_rival}
    elif deal.stage == LOST:
        values |= {"lost_reason": "", "lost_rival": ""}
    if stage.id == WON:
        order = answers.order(deal)
        values |= {"order_amount": order.amount, "ordered_on": order.day}
    return values


def _remember(
    writer: Writer,
    moved: Sequence[DealCheck],
    since: Mapping[str, str],
    stage_id: str,
    reason: str,
    cause: str,
) -> None:
    now = writer.store.clock.now()
    writer.insert_many(
        "stage_change",
        [
            {
                "id": new_id(),
                "deal_id": one.deal.id,
                "from_stage": one.deal.stage,
                "to_stage": stage_id,
                "since": since[one.deal.id],
                # a laptop's clock may have been put back meanwhile
                "at": to_stamp(max(now, from_stamp(since[one.deal.id]))),
                "cause": cause,
                "reason": reason,
                "missing": " ".join(f"{stage.id}:{lack.code}" for stage, lack in one.missing),
            }
            for one in moved
        ],
    )


@dataclass(frozen=True)
class DropDeals(Operation):
    """What cards change that are dropped into another column and another lane, as one step."""

    changes: tuple[Operation, ...]

    def apply(self, writer: Writer) -> None:
        for change in self.changes:
            change.apply(writer)


@dataclass(frozen=True)
class SnoozeDeals(Operation):
    """Puts deals off until a day for a reason; until then they do not count as stuck."""

    deal_ids: tuple[str, ...]
    until: date
    reason: str

    def apply(self, writer: Writer) -> None:
        if self.until <= writer.store.clock.today():
            raise FieldError("deal.snooze_past", "snoozed_until")
        if not clean_text(self.reason):
            raise FieldError("deal.snooze_reason", "snooze_reason")
        values = {"snoozed_until": self.until.isoformat(), "snooze_reason": self.reason}
        _update_live(writer, self.deal_ids, values)


@dataclass(frozen=True)
class WakeDeals(Operation):
    """Ends the putting off."""

    deal_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        _update_live(writer, self.deal_ids, {"snoozed_until": None, "snooze_reason": ""})


@dataclass(frozen=True)
class PinProbability(Operation):
    """Sets a probability in place of the stage's, with the reason that is shown beside it."""

    deal_id: str
    percent: int
    reason: str

    @property
    def merge_key(self) -> str:
        return self.deal_id

    def apply(self, writer: Writer) -> None:
        if not clean_text(self.reason):
            raise FieldError("deal.pin_reason", "probability_reason")
        values = {"pinned_probability": self.percent, "probability_reason": self.reason}
        _update_live(writer, (self.deal_id,), values)


@dataclass(frozen=True)
class UnpinProbability(Operation):
    """Lets the stage say the probability again."""

    deal_id: str

    def apply(self, writer: Writer) -> None:
        values = {"pinned_probability": None, "probability_reason": ""}
        _update_live(writer, (self.deal_id,), values)


@dataclass(frozen=True)
class ExpectInMonth(Operation):
    """Moves the expected close of deals to a month (`2026-12`), keeping the day of the month.

    A deal without a day is expected at the month's end; none is expected for a day that is over.
    """

    deal_ids: tuple[str, ...]
    month: str

    def apply(self, writer: Writer) -> None:
        today = writer.store.clock.today()
        first = date.fromisoformat(f"{self.month}-01")
        if (first.year, first.month) < (today.year, today.month):
            raise UserError("deal.month_over")
        last = calendar.monthrange(first.year, first.month)[1]
        _require_some(self.deal_ids)
        for row_id in self.deal_ids:
            deal = writer.require(Deal, row_id)
            wanted = int(deal.expected_close[8:]) if deal.expected_close else last
            day = max(today, first.replace(day=min(wanted, last)))
            writer.update("deal", row_id, {"expected_close": day.isoformat()})


@dataclass(frozen=True)
class RemoveMember(Operation):
    """Takes somebody of ours off a deal."""

    member_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(DealMember, self.member_id)
        writer.delete("deal_member", self.member_id)


@dataclass(frozen=True)
class TagDeals(Operation):
    """Adds and removes tags, named by their words, on many deals at once."""

    deal_ids: tuple[str, ...]
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def apply(self, writer: Writer) -> None:
        _require_some(self.deal_ids)
        for row_id in self.deal_ids:
            writer.require(Deal, row_id)
        for word in self.add:
            name = clean_text(word)
            if not name:
                raise UserError("tag.empty")
            tag_id = links.tag_id(writer.store, name) or writer.insert("tag", {"name": name})
            tagged = taggings(writer.store, tag_id)
            for row_id in self.deal_ids:
                if row_id not in tagged:
                    writer.insert("deal_tagging", {"tag_id": tag_id, "deal_id": row_id})
        for word in self.remove:
            found = links.tag_id(writer.store, clean_text(word))
            tagged = taggings(writer.store, found) if found else {}
            for row_id in self.deal_ids:
                if row_id in tagged:
                    writer.delete("deal_tagging", tagged[row_id])


def _require_some(row_ids: Sequence[str]) -> None:
    if not row_ids:
        raise UserError("record.none_selected")


def _update_live(writer: Writer, deal_ids: Sequence[str], values: Mapping[str, object]) -> None:
    _require_some(deal_ids)
    for row_id in deal_ids:
        writer.require(Deal, row_id)
        writer.update("deal", row_id, values)

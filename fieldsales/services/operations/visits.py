"""Planning, running and concluding a visit (M29c, M46)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.task import TITLE
from fieldsales.domain.visit import Visit, VisitItem, task_of
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store import drafts
from fieldsales.store.journal import Writer
from fieldsales.store.queries import links
from fieldsales.store.queries.visits import visit_facts

CONCLUSION = (
    "ordered",
    "amount",
    "currency",
    "refused",
    "their_advance",
    "their_action",
    "their_date",
    "our_action",
    "our_date",
    "note",
)

_LONGEST = timedelta(hours=12)  # a visit concluded later than this was forgotten, not longer


@dataclass(frozen=True)
class PlanVisit(Operation):
    """Plans a visit; `values` are fields of Visit, `contact_ids` who is expected."""

    customer_id: str
    values: Mapping[str, object]
    contact_ids: tuple[str, ...] = ()
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Customer, self.customer_id)
        deal_id = self.values.get("deal_id")
        if deal_id:
            _same_customer(writer.require(Deal, str(deal_id)).customer_id, self.customer_id)
        writer.insert("visit", {**self.values, "customer_id": self.customer_id}, self.row_id)
        for contact_id in self.contact_ids:
            _expect(writer, self.row_id, contact_id, met=False)


@dataclass(frozen=True)
class LogVisit(Operation):
    """'Log it now': a visit without a plan that has just begun."""

    customer_id: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Customer, self.customer_id)
        values = {
            "customer_id": self.customer_id,
            "state": "running",
            "starts_at": writer.store.clock.stamp(),
        }
        writer.insert("visit", values, self.row_id)


@dataclass(frozen=True)
class StartVisit(Operation):
    """Begins a planned visit now; those expected count as met until somebody unticks them."""

    visit_id: str

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        if visit.state not in ("planned", "cancelled"):
            raise UserError("visit.already_begun")
        values = {"state": "running", "starts_at": writer.store.clock.stamp()}
        writer.update("visit", self.visit_id, values)
        _count_as_met(writer, self.visit_id, links.visit_people(writer.store, self.visit_id))


@dataclass(frozen=True)
class CancelVisit(Operation):
    """Calls a visit off."""

    visit_id: str

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        if visit.state == "concluded":
            raise UserError("visit.already_concluded")
        writer.update("visit", self.visit_id, {"state": "cancelled"})


@dataclass(frozen=True)
class ReviveVisit(Operation):
    """Plans a visit again that was called off."""

    visit_id: str

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        if visit.state != "cancelled":
            raise UserError("visit.already_begun")
        writer.update("visit", self.visit_id, {"state": "planned"})


@dataclass(frozen=True)
class SetVisitPerson(Operation):
    """Says whether a contact is expected at a visit, and whether it was met."""

    visit_id: str
    contact_id: str
    expected: bool = True
    met: bool = False

    def apply(self, writer: Writer) -> None:
        writer.require(Visit, self.visit_id)
        link = links.visit_people(writer.store, self.visit_id).get(self.contact_id)
        if link and not self.expected:
            writer.delete("visit_person", link)
        elif link:
            writer.update("visit_person", link, {"met": int(self.met)})
        elif self.expected:
            _expect(writer, self.visit_id, self.contact_id, met=self.met)


@dataclass(frozen=True)
class BringPerson(Operation):
    """Adds somebody new to the customer, known by name alone so far, and to the visit."""

    visit_id: str
    name: str
    met: bool = False
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        values = {"name": self.name, "customer_id": visit.customer_id}
        writer.insert("contact", values, self.row_id)
        _expect(writer, self.visit_id, self.row_id, met=self.met)


@dataclass(frozen=True)
class RemoveVisitItem(Operation):
    """Takes a prepared or captured line away."""

    item_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(VisitItem, self.item_id)
        writer.delete("visit_item", self.item_id)


@dataclass(frozen=True)
class OrderVisitItems(Operation):
    """Puts lines of a visit into the given order."""

    visit_id: str
    item_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        writer.require(Visit, self.visit_id)
        for position, item_id in enumerate(self.item_ids):
            item = writer.require(VisitItem, item_id)
            if item.visit_id != self.visit_id:
                raise UserError("record.gone")
            writer.update("visit_item", item_id, {"position": position})


@dataclass(frozen=True)
class NoteOutcome(Operation):
    """Keeps what was agreed while it is still being written down.

    The tasks that came of it, by concluding or by promising, are kept in line with it.
    """

    visit_id: str
    values: Mapping[str, object]

    @property
    def merge_key(self) -> str:
        return f"{self.visit_id}:{','.join(sorted(self.values))}"

    def apply(self, writer: Writer) -> None:
        before = writer.require(Visit, self.visit_id)
        _note(writer, self.visit_id, self.values)
        _follow_up(writer, before)


@dataclass(frozen=True)
class TellCustomer(Operation):
    """Makes our action a promise, which the customer's minutes name, or takes that back."""

    visit_id: str
    told: bool = True

    def apply(self, writer: Writer) -> None:
        facts = visit_facts(writer.store, self.visit_id)
        visit, task = facts.visit, facts.our_task
        if not visit.our_action:
            raise UserError("visit.nothing_to_tell")
        if task is None and self.told:
            values = _task_values(visit, "us", visit.our_action, visit.our_date)
            writer.insert("task", {**values, "kind": "promise"})
        elif task is not None and not self.told and visit.state != "concluded":
            writer.delete("task", task.id)  # concluding makes it anew
        elif task is not None:
            writer.update("task", task.id, {"kind": "promise" if self.told else "follow_up"})


@dataclass(frozen=True)
class ConcludeVisit(Operation):
    """Closes a visit with what both sides agreed to do; the verdict follows from that.

    Their action becomes a promise of theirs, ours a task of ours unless it was promised before.
    Concluding again corrects the conclusion, and the tasks that came from it as long as they are
    not done.
    """

    visit_id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def apply(self, writer: Writer) -> None:
        before = writer.require(Visit, self.visit_id)
        _note(writer, self.visit_id, self.values)
        now = writer.store.clock.now()
        begun = from_stamp(before.starts_at)
        values: dict[str, object] = {
            "state": "concluded",
            "concluded_at": before.concluded_at or writer.store.clock.stamp(),
        }
        took = now - begun
        if before.state == "running" and before.minutes is None and timedelta() <= took <= _LONGEST:
            values["minutes"] = int(took.total_seconds() // 60)
        if before.state == "planned":
            if begun > now:
                values["starts_at"] = writer.store.clock.stamp()  # it was held before its time
            met = visit_facts(writer.store, self.visit_id).met_at_the_end
            _count_as_met(writer, self.visit_id, [contact.id for contact in met])
        writer.update("visit", self.visit_id, values)
        _follow_up(writer, before)


def _note(writer: Writer, visit_id: str, values: Mapping[str, object]) -> None:
    """Writes fields of the conclusion; an amount without an order means nothing and goes."""
    unknown = set(values) - set(CONCLUSION)
    if unknown:
        raise UserError("visit.not_a_conclusion", fields=", ".join(sorted(unknown)))
    writer.update("visit", visit_id, values)
    visit = writer.require(Visit, visit_id)
    if visit.ordered and visit.refused:
        # told where the user has just been
        wrong = "ordered" if values.get("ordered") and not values.get("refused") else "refused"
        raise FieldError("visit.ordered_and_refused", wrong)
    if visit.amount is not None and not visit.ordered:
        writer.update("visit", visit_id, {"amount": None})
    drafts.drop(writer.store, "visit", visit_id, values)


def _follow_up(writer: Writer, before: Visit) -> None:
    """Makes the tasks of a conclusion, or brings those made before up to date."""
    facts = visit_facts(writer.store, before.id)
    visit = facts.visit
    concluded, again = visit.state == "concluded", before.state == "concluded"
    for party, action, due, old_action, old_due in (
        ("them", visit.their_action, visit.their_date, before.their_action, before.their_date),
        ("us", visit.our_action, visit.our_date, before.our_action, before.our_date),
    ):
        if again and (action, due) == (old_action, old_due):
            continue
        task = task_of(facts.follow_ups, party, old_action, sole=again)
        if task is not None and task.done_at:
            continue
        if task is not None and not again and task.kind != "promise":
            task = None  # noted by hand in the same words
        values = _task_values(visit, party, action, due)
        if task is None:
            if action and concluded:
                kind = "promise" if party == "them" else "follow_up"
                writer.insert("task", {**values, "kind": kind})
        elif action:
            writer.update("task", task.id, values)
        else:
            writer.delete("task", task.id)


def _task_values(visit: Visit, party: str, action: str, due: str | None) -> dict[str, object]:
    return {
        "title": action[:TITLE],
        "due": due,
        "party": party,
        "customer_id": visit.customer_id,
        "deal_id": visit.deal_id,
        "visit_id": visit.id,
    }


def _count_as_met(writer: Writer, visit_id: str, contact_ids: Iterable[str]) -> None:
    known = links.visit_people(writer.store, visit_id)
    for contact_id in contact_ids:
        writer.update("visit_person", known[contact_id], {"met": 1})


def _expect(writer: Writer, visit_id: str, contact_id: str, *, met: bool) -> None:
    contact = writer.require(Contact, contact_id)
    visit = writer.require(Visit, visit_id)
    if contact.customer_id:
        _same_customer(contact.customer_id, visit.customer_id)
    values = {"visit_id": visit_id, "contact_id": contact_id, "met": int(met)}
    writer.insert("visit_person", values)


def _same_customer(one: str, other: str) -> None:
    if one != other:
        raise UserError("visit.other_customer")

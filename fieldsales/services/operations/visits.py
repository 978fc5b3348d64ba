"""Planning, running and concluding a visit (M29c, M46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.visit import Visit
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import links

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
        for link_id in links.visit_people(writer.store, self.visit_id).values():
            writer.update("visit_person", link_id, {"met": 1})


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
class ConcludeVisit(Operation):
    """Closes a visit with what both sides agreed to do; the verdict follows from that.

    Their action becomes a promise of theirs, ours a task of ours. Concluding again corrects the
    conclusion and the tasks that came from it as long as they are not done.
    """

    visit_id: str
    values: Mapping[str, object]

    def apply(self, writer: Writer) -> None:
        visit = writer.require(Visit, self.visit_id)
        unknown = set(self.values) - set(CONCLUSION)
        if unknown:
            raise UserError("visit.not_a_conclusion", fields=", ".join(sorted(unknown)))
        if self.values.get("ordered") and self.values.get("refused"):
            raise FieldError("visit.ordered_and_refused", "refused")
        now = writer.store.clock.now()
        values: dict[str, object] = {
            **self.values,
            "state": "concluded",
            "concluded_at": visit.concluded_at or writer.store.clock.stamp(),
        }
        if visit.state == "running" and visit.minutes is None:
            values["minutes"] = max(
                0, int((now - from_stamp(visit.starts_at)).total_seconds() // 60)
            )
        if visit.state == "planned" and from_stamp(visit.starts_at) > now:
            values["starts_at"] = writer.store.clock.stamp()  # it was held before its time
        writer.update("visit", self.visit_id, values)
        concluded = writer.require(Visit, self.visit_id)
        _follow_up(writer, concluded, "them", concluded.their_action, concluded.their_date)
        _follow_up(writer, concluded, "us", concluded.our_action, concluded.our_date)


def _follow_up(writer: Writer, visit: Visit, party: str, action: str, due: str | None) -> None:
    task = links.conclusion_task(writer.store, visit.id, party)
    if task is not None and task.done_at:
        return
    if not action:
        if task is not None:
            writer.delete("task", task.id)
        return
    values = {
        "title": action[:300],
        "due": due,
        "kind": "promise" if party == "them" else "follow_up",
        "party": party,
        "customer_id": visit.customer_id,
        "deal_id": visit.deal_id,
        "visit_id": visit.id,
    }
    if task is None:
        writer.insert("task", values)
    else:
        writer.update("task", task.id, values)


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

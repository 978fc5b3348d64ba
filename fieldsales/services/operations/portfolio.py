"""What a rep says of a customer's worth: ratings, and classes held by hand (M11, M12, M37)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldsales.domain.customer import Customer
from fieldsales.domain.ids import new_id
from fieldsales.domain.portfolio import CYCLE, IMPORTANCE, STATUS, ClassPin
from fieldsales.errors import UserError
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.portfolio import pins_in_force, rating_on

# where a class stands that was typed in the customer's own form
_TYPED: Mapping[str, Mapping[str, str]] = {
    IMPORTANCE: {"importance": ""},
    CYCLE: {"relationship": ""},
    STATUS: {"pinned_status": "", "status_reason": ""},
}


@dataclass(frozen=True)
class PinClass(Operation):
    """Holds a class by hand, with a reason, until a day or for good; it takes the place of a pin
    of the same method, and of what was typed in the customer's form.
    """

    customer_id: str
    method: str
    code: str
    reason: str
    until: str | None = None
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        release(writer, self.customer_id, self.method)
        today = writer.store.clock.today()
        values = {
            "customer_id": self.customer_id,
            "method": self.method,
            "code": self.code,
            "reason": self.reason,
            "since": today.isoformat(),
            "until": self.until,
        }
        AddRecord("class_pin", values, self.row_id).apply(writer)


@dataclass(frozen=True)
class UnpinClass(Operation):
    """Lets the rule decide again from today on; what was held before stays known."""

    pin_id: str

    def apply(self, writer: Writer) -> None:
        end_pin(writer, writer.require(ClassPin, self.pin_id), writer.store.clock.today())


@dataclass(frozen=True)
class PinClasses(Operation):
    """Holds a class of many customers for good, all or none; without a `code` the rule decides."""

    customer_ids: tuple[str, ...]
    method: str
    code: str
    reason: str = ""

    def apply(self, writer: Writer) -> None:
        if not self.customer_ids:
            raise UserError("record.none_selected")
        today = writer.store.clock.today()
        for customer_id in self.customer_ids:
            held = {
                pin.code
                for pin in pins_in_force(writer.store, customer_id, today)
                if pin.method == self.method
            }
            if not self.code:
                release(writer, customer_id, self.method)
            elif held != {self.code}:
                PinClass(customer_id, self.method, self.code, self.reason).apply(writer)


@dataclass(frozen=True)
class ReleaseClass(Operation):
    """Nothing holds a class by hand any more, be it pinned or typed in the customer's form."""

    customer_id: str
    method: str

    def apply(self, writer: Writer) -> None:
        release(writer, self.customer_id, self.method)


@dataclass(frozen=True)
class RateCustomer(Operation):
    """Rates one of `RATED` from 1 to 5 as of today, None takes the rating back."""

    customer_id: str
    kind: str
    rating: int | None
    note: str = ""

    @property
    def merge_key(self) -> str:
        return f"{self.customer_id}:{self.kind}"

    def apply(self, writer: Writer) -> None:
        writer.require(Customer, self.customer_id)
        today = writer.store.clock.today().isoformat()
        values = {"rating": self.rating, "note": self.note}
        known = rating_on(writer.store, self.customer_id, self.kind, today)
        if known is not None:
            writer.update("rating", known, values)
            return
        whose = {"customer_id": self.customer_id, "kind": self.kind, "dated": today}
        AddRecord("rating", {**whose, **values}).apply(writer)


@dataclass(frozen=True)
class RateByRecords(Operation):
    """Rates several of `RATED` at once, as the records propose it."""

    customer_id: str
    ratings: Mapping[str, int]

    def apply(self, writer: Writer) -> None:
        for kind, rating in self.ratings.items():
            RateCustomer(self.customer_id, kind, rating).apply(writer)


def release(writer: Writer, customer_id: str, method: str) -> None:
    """Has the rule decide again; raises UserError("record.gone") where the customer is gone."""
    customer = writer.require(Customer, customer_id)
    today = writer.store.clock.today()
    for pin in pins_in_force(writer.store, customer_id, today):
        if pin.method == method:
            end_pin(writer, pin, today)
    typed = _TYPED.get(method, {})
    if any(getattr(customer, name) for name in typed):
        writer.update("customer", customer_id, typed)


def end_pin(writer: Writer, pin: ClassPin, today: date) -> None:
    """A pin of today goes, an older one ends with yesterday."""
    if pin.since >= today.isoformat():
        writer.set_trashed("class_pin", [pin.id], writer.store.clock.stamp())
    else:
        yesterday = (today - timedelta(days=1)).isoformat()
        writer.update("class_pin", pin.id, {"until": yesterday})

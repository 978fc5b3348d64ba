"""Two records that are the same: made one, or told apart for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.operations.portfolio import end_pin
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation
from fieldsales.store import merging
from fieldsales.store.journal import Writer
from fieldsales.store.queries.portfolio import pins_in_force


@dataclass(frozen=True)
class MergeRecords(Operation):
    """Makes two customers, or two people, one: `kept_id` gets all that belongs to the other.

    `values` are set in what is kept. The other goes into the trash and points to it. Raises
    UserError where one is gone, or is a post that nobody holds.
    """

    noun: str
    kept_id: str
    gone_id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def apply(self, writer: Writer) -> None:
        for row_id in (self.kept_id, self.gone_id):
            record = writer.require(NOUNS[self.noun], row_id)
            if getattr(record, "vacant", 0):
                raise UserError("merge.vacant")
        if self.kept_id == self.gone_id:
            raise UserError("merge.itself")
        merging.redirect(writer.connection, self.noun, self.gone_id, self.kept_id)
        # what would make it stand above itself is no choice
        values = {
            name: value
            for name, value in self.values.items()
            if fields(NOUNS[self.noun])[name].noun != self.noun
            or value not in (self.kept_id, self.gone_id)
        }
        EditRecord(self.noun, self.kept_id, values).apply(writer)
        if self.noun == "customer":
            self._leave_one_pin(writer)
        writer.update(self.noun, self.gone_id, {"merged_into_id": self.kept_id})
        writer.set_trashed(self.noun, [self.gone_id], writer.store.clock.stamp())

    def _leave_one_pin(self, writer: Writer) -> None:
        """Of classes held by hand by the same method the latest holds."""
        today = writer.store.clock.today()
        methods: set[str] = set()
        for pin in pins_in_force(writer.store, self.kept_id, today):
            if pin.method in methods:
                end_pin(writer, pin, today)
            methods.add(pin.method)


@dataclass(frozen=True)
class SetApart(Operation):
    """Remembers that two customers, or two people, are not the same, so that nobody asks again."""

    noun: str
    one_id: str
    other_id: str
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        first, second = sorted((self.one_id, self.other_id))
        for row_id in (first, second):
            writer.require(NOUNS[self.noun], row_id)
        pair = {f"{self.noun}_id": first, f"other_{self.noun}_id": second}
        writer.insert("apart", pair, self.row_id)

"""Changes that every noun has: add, edit, throw away, take back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store import drafts
from fieldsales.store.database import Store
from fieldsales.store.journal import Writer
from fieldsales.store.queries.links import children, roles_of_contact, settlements_with


@dataclass(frozen=True)
class AddRecord(Operation):
    """Adds a record of `noun`; `row_id` is its id before it is written."""

    noun: str
    values: Mapping[str, object]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        usual = NOUNS[self.noun]()
        missing = [
            name
            for name, spec in fields(NOUNS[self.noun]).items()
            if spec.required and not self.values.get(name, getattr(usual, name))
        ]
        if missing:
            raise FieldError("field.required", missing[0])
        _require_targets(writer, self.noun, self.values)
        writer.insert(self.noun, self.values, self.row_id)
        _refuse_locked(writer, self.noun, self.row_id)
        writer.require(NOUNS[self.noun], self.row_id).check(self.values)


@dataclass(frozen=True)
class EditRecord(Operation):
    """Sets fields of one record."""

    noun: str
    row_id: str
    values: Mapping[str, object]

    @property
    def merge_key(self) -> str:
        return f"{self.noun}:{self.row_id}:{','.join(sorted(self.values))}"

    def apply(self, writer: Writer) -> None:
        writer.require(NOUNS[self.noun], self.row_id)
        _refuse_sealed(self.noun, self.values)
        _require_targets(writer, self.noun, self.values)
        _refuse_circle(writer, self.noun, self.row_id, self.values)
        _update(writer, self.noun, self.row_id, self.values)
        drafts.drop(writer.store, self.noun, self.row_id, self.values)


@dataclass(frozen=True)
class RestoreValue(EditRecord):
    """Sets a field back to what it was, out of the record's history."""

    @property
    def merge_key(self) -> str:
        return ""


@dataclass(frozen=True)
class EditMany(Operation):
    """Sets the same fields of many records, all or none."""

    noun: str
    row_ids: tuple[str, ...]
    values: Mapping[str, object]

    def apply(self, writer: Writer) -> None:
        if not self.row_ids:
            raise UserError("record.none_selected")
        _refuse_sealed(self.noun, self.values)
        _require_targets(writer, self.noun, self.values)
        for row_id in self.row_ids:
            _refuse_circle(writer, self.noun, row_id, self.values)
            _update(writer, self.noun, row_id, self.values)


@dataclass(frozen=True)
class TrashRecords(Operation):
    """Puts records into the trash.

    A customer takes what belongs to it along, a person the roles it has, money what it settles.
    """

    noun: str
    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        stamp = writer.store.clock.stamp()
        live = [row_id for row_id in self.row_ids if _is_live(writer, self.noun, row_id)]
        if not live:
            raise UserError("record.gone")
        for row_id in live:
            _refuse_locked(writer, self.noun, row_id)
        writer.set_trashed(self.noun, live, stamp)
        for row_id in live:
            for child, ids in _together(writer.store, self.noun, row_id, None):
                writer.set_trashed(child, ids, stamp)


@dataclass(frozen=True)
class RestoreRecords(Operation):
    """Takes records out of the trash, with what went in together with them."""

    noun: str
    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        for row_id in self.row_ids:
            record = writer.store.record(NOUNS[self.noun], row_id)
            if record is None or record.trashed_at is None:
                raise UserError("record.gone")
            customer_id = getattr(record, "customer_id", None)
            if customer_id and not _is_live(writer, "customer", customer_id):
                raise UserError("trash.customer_first")
            _refuse_locked(writer, self.noun, row_id)
            writer.set_trashed(self.noun, [row_id], None)
            if getattr(record, "merged_into_id", None):  # it stands for itself again
                writer.update(self.noun, row_id, {"merged_into_id": None})
            for child, ids in _together(writer.store, self.noun, row_id, record.trashed_at):
                if child == "settlement":
                    from fieldsales.services.operations.settling import settle_again

                    settle_again(writer, ids)
                else:
                    writer.set_trashed(child, ids, None)


@dataclass(frozen=True)
class RestoreSeveral(Operation):
    """Takes records of any nouns, as (noun, id), out of the trash: customers before the rest."""

    chosen: tuple[tuple[str, str], ...]

    @classmethod
    def verb(cls) -> str:
        return RestoreRecords.verb()

    def apply(self, writer: Writer) -> None:
        nouns = dict.fromkeys(noun for noun, _ in self.chosen)
        for noun in sorted(nouns, key=lambda one: one != "customer"):
            ids = tuple(row_id for other, row_id in self.chosen if other == noun)
            RestoreRecords(noun, ids).apply(writer)


def _together(
    store: Store, noun: str, row_id: str, trashed_at: str | None
) -> list[tuple[str, list[str]]]:
    """(noun, ids) of what goes along with a record: live, or what went at that moment."""
    if noun == "customer":
        owned = [child for child, cls in NOUNS.items() if "customer_id" in fields(cls)]
        return [(child, children(store, child, row_id, trashed_at)) for child in owned]
    if noun == "contact":
        return [("buying_role", roles_of_contact(store, row_id, trashed_at))]
    if noun in ("receivable", "payment"):
        return [("settlement", settlements_with(store, row_id, trashed_at))]
    return []


def _update(writer: Writer, noun: str, row_id: str, values: Mapping[str, object]) -> None:
    """Sets fields of a record, which is then as it may be."""
    _refuse_locked(writer, noun, row_id)
    writer.update(noun, row_id, values)
    _refuse_locked(writer, noun, row_id)  # nor does a part move into a locked one
    writer.require(NOUNS[noun], row_id).check(values)
    if noun in ("receivable", "payment"):
        # of all that is edited only this asks for them: a start does not wait
        from fieldsales.services.operations.settling import check_settled

        check_settled(writer, row_id)


def _is_live(writer: Writer, noun: str, row_id: str) -> bool:
    record = writer.store.record(NOUNS[noun], row_id)
    return record is not None and not record.trashed_at


def _refuse_sealed(noun: str, values: Mapping[str, object]) -> None:
    for name, spec in fields(NOUNS[noun]).items():
        if spec.sealed and name in values:
            raise ValueError(f"{noun}.{name} changes by an operation of its own")


def _refuse_locked(writer: Writer, noun: str, row_id: str) -> None:
    """What stands in a proposal that the customer may have is not changed any more (M43)."""
    if noun in ("proposal_line", "instalment", "enclosure"):
        part = writer.store.record(NOUNS[noun], row_id)
        proposal = writer.store.record(NOUNS["proposal"], getattr(part, "proposal_id", None))
        if getattr(proposal, "locked", False):
            raise UserError("proposal.locked")


def _refuse_circle(writer: Writer, noun: str, row_id: str, values: Mapping[str, object]) -> None:
    """No customer belongs to itself and nobody is their own superior, over however many others."""
    for name, spec in fields(NOUNS[noun]).items():
        above = values.get(name) if spec.noun == noun else None
        seen = set()
        while above and above not in seen:
            if above == row_id:
                raise FieldError("field.circle", name)
            seen.add(above)
            above = getattr(writer.store.record(NOUNS[noun], str(above)), name, None)


def _require_targets(writer: Writer, noun: str, values: Mapping[str, object]) -> None:
    """What is referred to must be there and not in the trash."""
    for name, spec in fields(NOUNS[noun]).items():
        target = values.get(name)
        if spec.kind is Kind.REFERENCE and target:
            writer.require(NOUNS[spec.noun], str(target))

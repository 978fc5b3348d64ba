"""Records that keep others: tags, files, settings and saved filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

ATTACHMENT_KINDS = ("file", "photo", "report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Record):
    """A word the user sticks on records."""

    name: str = f.text(required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging(Record):
    """One tag on one customer."""

    ALONE_BY: ClassVar[tuple[str, ...]] = ("tag_id", "customer_id")

    tag_id: str = f.reference("tag", required=True)
    customer_id: str = f.reference("customer", required=True, shown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """What is known of a file kept beside the database; its content lies under its `sha256`.

    A photo `for_customer` may be printed in a paper that the customer sees. What is kept with a
    record of a customer is kept with the customer, too.
    """

    customer_id: str | None = f.reference("customer", shown=False)
    visit_id: str | None = f.reference("visit", shown=False)
    deal_id: str | None = f.reference("deal", shown=False)
    product_id: str | None = f.reference("product", shown=False)
    contact_id: str | None = f.reference("contact", shown=False)
    proposal_id: str | None = f.reference("proposal", shown=False)
    receivable_id: str | None = f.reference("receivable", shown=False)
    task_id: str | None = f.reference("task", shown=False)
    interaction_id: str | None = f.reference("interaction", shown=False)
    kind: str = f.choice("attachment_kind", ATTACHMENT_KINDS, default="file")
    name: str = f.text(required=True)
    size: int | None = f.integer(0)
    sha256: str = f.text(max_length=64, shown=False)
    for_customer: int = f.flag()


FILE_OWNERS = tuple(
    name for name, spec in f.fields(Attachment).items() if spec.kind is f.Kind.REFERENCE
)  # the fields of a kept file that name whose it is, the closest last


class Content(Protocol):
    """What a kept file holds, wherever and however it lies; a `Path` is one, too."""

    def is_file(self) -> bool: ...

    def read_bytes(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """A setting of this file; `name` as in `letterhead.company`, `value` JSON."""

    name: str = f.text(required=True, max_length=120)
    value: str = f.note(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter(Record):
    """A named set of filter chips of a list; `definition` JSON as `services.filters` writes it."""

    noun: str = f.text(required=True, max_length=40)
    name: str = f.text(required=True, max_length=60)
    definition: str = f.note(20_000)

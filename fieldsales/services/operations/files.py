"""Keeping a photo, a file or a printed paper with a customer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from mimetypes import guess_type
from pathlib import Path

from fieldsales.domain.ids import new_id
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer

_LARGEST = 200_000_000  # bytes of one file; more belongs on a drive, not in here


@dataclass(frozen=True)
class KeepFile(Operation):
    """Keeps `content` under its hash beside the database and notes it on the timeline.

    A picture of a product is for customers until somebody says otherwise.
    """

    name: str
    content: bytes = field(repr=False)
    kind: str = "file"
    customer_id: str | None = None
    visit_id: str | None = None
    deal_id: str | None = None
    product_id: str | None = None
    row_id: str = field(default_factory=new_id)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def apply(self, writer: Writer) -> None:
        values = {
            "name": self.name,
            "kind": self.kind,
            "size": len(self.content),
            "sha256": writer.store.kept.keep(self.content),  # before the record names it
            "customer_id": self.customer_id,
            "visit_id": self.visit_id,
            "deal_id": self.deal_id,
            "product_id": self.product_id,
            "for_customer": int(self.kind == "photo" and bool(self.product_id)),
        }
        writer.insert("attachment", values, self.row_id)


def from_disk(
    path: Path,
    *,
    customer_id: str | None = None,
    visit_id: str | None = None,
    deal_id: str | None = None,
    product_id: str | None = None,
) -> KeepFile:
    """What keeps a file of the disk, a picture as a photo; raises UserError where it is no use."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("card.file_too_large", name=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise UserError("card.file_unreadable", name=path.name) from error
    picture = (guess_type(path.name)[0] or "").startswith("image/")
    kind = "photo" if picture else "file"
    return KeepFile(path.name, data, kind, customer_id, visit_id, deal_id, product_id)

"""Erasing a person: the one operation that cannot be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from fieldsales.domain.contact import Contact
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store import erasure
from fieldsales.store.erasure import Forgotten, Trail
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class EraseContact(Operation):
    """Forgets a person: their record, what is told of them, their name in texts and in the journal.

    Visits and needs stay, without them. `services.erasing.erase` does this and sweeps the file.
    """

    contact_id: str
    done: list[tuple[Forgotten, Trail]] = field(default_factory=list)

    def apply(self, writer: Writer) -> None:
        contact = writer.store.record(Contact, self.contact_id)
        if contact is None:
            raise UserError("record.gone")
        who = erasure.whom(writer.store, contact)
        trail = erasure.forget(writer.connection, who)
        writer.afterwards = partial(erasure.scrub, writer.connection, who, trail)
        self.done.append((who, trail))

"""Emptying the trash: what was deleted goes for good, with its parts; undo still brings it back."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.emptying import take_away
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class EmptyTrash(Operation):
    """Takes records in the trash, as (noun, id), away for good.

    Those that a live record needs stay; `kept` says how many. Kept files stay for undo.
    """

    chosen: tuple[tuple[str, str], ...]
    kept: list[int] = field(default_factory=list)

    def apply(self, writer: Writer) -> None:
        for noun, row_id in self.chosen:
            record = writer.store.record(NOUNS[noun], row_id)
            if record is None or record.trashed_at is None:
                raise UserError("record.gone")
        self.kept.append(take_away(writer.connection, self.chosen) if self.chosen else 0)

"""Files and photos kept with the customer: dropped in, shown small, opened by a click."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fieldsales.domain.keeping import Attachment
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.widgets.file_tiles import FileTiles


class FilesSection(FileTiles):
    """Tiles, the newest first."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            context.look,
            context.jobs,
            context.store.kept.read,
            words("card.files"),
            words("card.add_file"),
        )
        self.context = context
        self.customer_id = ""
        self.chosen.connect(self.keep)
        self.opened.connect(context.open_file)
        self.marked.connect(self._mark)
        self.trash_wanted.connect(self._trash)

    def load(self, customer_id: str) -> None:
        self.customer_id = customer_id
        self.fold()

    def keep(self, paths: Iterable[Path]) -> None:
        """Keep these files with the customer."""
        self.context.keep_files(paths, customer_id=self.customer_id)

    def _mark(self, kept: Attachment, shown: bool) -> None:
        self.context.run(EditRecord("attachment", kept.id, {"for_customer": int(shown)}))

    def _trash(self, kept: Attachment) -> None:
        said = self.context.words("card.trashed", name=kept.name)
        self.context.run(TrashRecords("attachment", (kept.id,)), undoable=said)

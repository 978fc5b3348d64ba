"""Photos and files of the visit; a photo the customer may see is printed in their notes, too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fieldsales.domain.keeping import Attachment
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.widgets.file_tiles import FileTiles
from fieldsales.widgets.pieces import label


class PhotosSection(FileTiles):
    """Tiles in the order in which they came."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(
            look,
            desk.context.jobs,
            desk.context.store.kept.read,
            words("visit.photos"),
            words("visit.add_photo"),
        )
        self._desk = desk
        self._hint = label(
            look, words("visit.photos_hint"), size="caption", tone="muted", wrap=True
        )
        self.body.addWidget(self._hint)
        self.chosen.connect(self.keep)
        self.opened.connect(desk.context.open_file)
        self.marked.connect(self._mark)
        self.trash_wanted.connect(self._trash)

    def show_facts(self) -> None:
        files = [one for one in self._desk.facts.attachments if one.kind != "report"]
        self.show_files(tuple(files))
        self._hint.setVisible(any(one.kind == "photo" for one in files))

    def keep(self, paths: Iterable[Path]) -> None:
        """Keep these files with the visit."""
        desk = self._desk
        desk.context.keep_files(paths, customer_id=desk.facts.customer.id, visit_id=desk.visit_id)

    def _mark(self, kept: Attachment, shown: bool) -> None:
        self._desk.run(EditRecord("attachment", kept.id, {"for_customer": int(shown)}))

    def _trash(self, kept: Attachment) -> None:
        said = self._desk.words("card.trashed", name=kept.name)
        self._desk.run(TrashRecords("attachment", (kept.id,)), said)

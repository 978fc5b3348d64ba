"""Photos and files of the visit; a photo the customer may see is printed in their notes, too."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldsales.screens.kept_files import KeptFiles
from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.pieces import label


class PhotosSection(KeptFiles):
    """Tiles in the order in which they came."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(desk.context, page, title="visit.photos", add="visit.add_photo")
        self._desk = desk
        self._hint = label(
            desk.look, desk.words("visit.photos_hint"), size="caption", tone="muted", wrap=True
        )
        self.body.addWidget(self._hint)

    def show_facts(self) -> None:
        facts = self._desk.facts
        self.stand_for(customer_id=facts.customer.id, visit_id=self._desk.visit_id)
        files = [one for one in facts.attachments if one.kind != "report"]
        self.show_files(tuple(files))
        self._hint.setVisible(any(one.kind == "photo" for one in files))

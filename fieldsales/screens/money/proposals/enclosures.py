"""The files that go along with a proposal: chosen from those kept, or from this computer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from fieldsales.domain.keeping import Attachment
from fieldsales.domain.money.proposal import Enclosure
from fieldsales.errors import UserError
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.files import from_disk
from fieldsales.services.operations.proposals import SetEnclosures
from fieldsales.services.photos import side_wanted
from fieldsales.store.queries.proposals import enclosed, files_at_hand
from fieldsales.widgets.card import Section
from fieldsales.widgets.lines import Line, LineActions, LineFace
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.pieces import button, column, label
from fieldsales.widgets.preview import page_count

_PDF = ".pdf"


class EnclosuresSection(Section):
    """A line for each; pressed it is opened."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("proposals.enclosures"), gap=0)
        self.desk = desk
        self.found: list[tuple[Enclosure, Attachment]] = []
        self.lines: list[Line] = []
        self.add = button(look, words("proposals.enclose"), self.show_menu, role="link")
        self.add_to_head(self.add)
        self.none = label(look, words("proposals.no_enclosures"), tone="muted", wrap=True)
        self._list = column(look, gap=0)
        self.body.addWidget(self.none)
        self.body.addLayout(self._list)

    def show_enclosures(self) -> None:
        """Shows those of the desk's proposal; where it is locked, to read."""
        desk, locked = self.desk, self.desk.proposal.locked
        self.found = enclosed(desk.context.store, desk.proposal_id)
        self.set_count(len(self.found))
        while len(self.lines) < len(self.found):
            more = ("close", desk.words("proposals.leave_out"))
            line = Line(desk.look, LineActions(more=more))
            line.clicked.connect(self._open)
            line.more_wanted.connect(self._leave_out)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(self.found))
            if at < len(self.found):
                line.show_face(self._face(*self.found[at]))
                if line.more is not None:
                    line.more.setVisible(not locked)
        self.add.setVisible(not locked)
        self.none.setVisible(not self.found)
        self.setVisible(bool(self.found) or not locked)

    def _face(self, one: Enclosure, file: Attachment) -> LineFace:
        words = self.desk.words
        aside = words("card.file_size", n=words.number(max(1, (file.size or 0) // 1024)))
        if one.pages:
            aside = words("proposals.enclosure_pages", size=aside, n=one.pages)
        icon = "camera" if file.kind == "photo" else "attach"
        return LineFace(file.id, file.name, aside=aside, mark=icon, tooltip=file.name)

    def show_menu(self) -> None:
        """What is kept with the deal, the customer and the products; or a file of the computer."""
        words = self.desk.words
        there = {file.id for _, file in self.found}
        files = files_at_hand(self.desk.context.store, self.desk.proposal)
        entries: list[tuple[str, object, object] | None] = [
            (file.name, self._enclose, file) for file in files if file.id not in there
        ]
        if entries:
            entries.append(None)
        entries.append((words("proposals.enclose_new"), self._choose, None))
        menu = passing_menu(self, entries)  # type: ignore[arg-type]
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _enclose(self) -> None:
        file: Attachment = chosen(self.sender())
        self.enclose(file, self._pages(file.name, file.sha256))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.desk.words("proposals.enclose"))
        self.keep(map(Path, names))

    def keep(self, paths: Iterable[Path]) -> None:
        """Keeps files of the computer with the deal or the customer, and encloses them."""
        context, proposal = self.desk.context, self.desk.proposal
        ours = {"customer_id": proposal.customer_id, "deal_id": proposal.deal_id}
        side = side_wanted(context.store)
        for path in paths:
            try:
                kept = from_disk(path, side, **ours)
            except UserError as trouble:
                context.tell(trouble)
                continue
            if context.run(kept) is not None:
                file = context.store.record(Attachment, kept.row_id)
                if file is not None:
                    self.enclose(file, self._pages(file.name, file.sha256))

    def enclose(self, file: Attachment, pages: int | None) -> None:
        """Adds a file at the end."""
        files = [(one.attachment_id, one.pages) for one, _ in self.found]
        said = self.desk.words("proposals.enclosed", name=file.name)
        self.desk.run(SetEnclosures(self.desk.proposal_id, [*files, (file.id, pages)]), said)

    def _leave_out(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        left = [
            (one.attachment_id, one.pages)
            for one, _ in self.found
            if one.attachment_id != line.face.key
        ]
        said = self.desk.words("proposals.not_enclosed", name=line.face.title)
        self.desk.run(SetEnclosures(self.desk.proposal_id, left), said)

    def _open(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        file = next(file for _, file in self.found if file.id == line.face.key)
        self.desk.context.open_file(file)

    def _pages(self, name: str, sha256: str) -> int | None:
        """The pages of a PDF, None of other files and where it cannot be read."""
        if not name.lower().endswith(_PDF):
            return None
        try:
            return page_count(self.desk.context.store.kept.read(sha256)) or None
        except UserError:
            return None

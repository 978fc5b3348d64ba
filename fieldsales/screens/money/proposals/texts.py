"""The texts around the lines, and those kept or shipped to be used in many proposals."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import Proposal, TextBlock
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.library import library
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.store.queries.proposals import text_blocks
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import Entry, chosen, passing_menu
from fieldsales.widgets.pieces import button, column, label

_TITLE = 24  # characters of a text that name it


class TextsSection(Section):
    """Texts that save themselves; each can be taken from those at hand, or kept itself.

    `names` are the texts' fields; `before` are others that are typed above them.
    """

    def __init__(
        self, desk: Desk, title: str, names: tuple[str, ...], before: tuple[str, ...] = ()
    ) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words(title), gap=12)
        self.desk = desk
        self.names = names
        self.form = Form(
            look,
            "proposal",
            (Group("", (*before, *names)),),
            desk.commit("proposal", self._id),
            desk.draft("proposal", self._id),
        )
        self._loaded = ""
        self.blocks = button(look, words("proposals.blocks"), self._show_blocks, role="link")
        self.add_to_head(self.blocks)
        self.shown: dict[str, tuple[QWidget, QLabel]] = {}
        self.body.addWidget(self.form)
        for one in names:
            caption = words(f"field.proposal.{one}")
            said = label(look, wrap=True)
            said.setAccessibleName(caption)
            told = QWidget()
            heading = label(look, caption, size="caption", tone="muted")
            told.setLayout(column(look, heading, said, gap=2))
            self.shown[one] = (told, said)
            self.body.addWidget(told)

    def _id(self) -> str:
        return self._loaded

    def show_proposal(self, proposal: Proposal) -> None:
        """Shows its texts: to write, or to read where it is locked."""
        locked = proposal.locked
        if locked or proposal.id != self._loaded:
            self.flush()
            self._loaded = "" if locked else proposal.id
            if not locked:
                kept = self.desk.context.drafts("proposal", proposal.id)
                drafts = {one: kept[one] for one in kept.keys() & self.form.cells.keys()}
                self.form.load(values_of(proposal), drafts)
        else:
            self.form.refresh(values_of(proposal))
        self.form.setVisible(not locked)
        self.blocks.setVisible(not locked)
        for one, (told, said) in self.shown.items():
            text = str(getattr(proposal, one))
            said.setText(text)
            told.setVisible(locked and bool(text))
        self.setVisible(not locked or any(getattr(proposal, one) for one in self.names))

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._loaded:
            self.form.flush()

    def _show_blocks(self) -> None:
        """What is at hand, to take; what stands here, to keep; what is kept, to throw away."""
        self.flush()
        menu = passing_menu(self, self.entries())
        menu.popup(self.blocks.mapToGlobal(self.blocks.rect().bottomLeft()))

    def entries(self) -> list[Entry | None]:
        """The menu of texts at hand: the rep's own first, then the shipped ones."""
        words = self.desk.words
        kinds = {one: words.choice("text_block_kind", one) for one in self.names}
        kept = [one for one in text_blocks(self.desk.context.store) if one.kind in kinds]
        shipped = [
            TextBlock(kind=one.kind, title=one.title, text=one.text)
            for one in library(words.language).passages.values()
            if one.kind in kinds
        ]
        groups: list[list[Entry]] = [
            [
                (words("proposals.take_block", kind=kinds[one.kind], title=one.title),
                 self._take, one)
                for one in some
            ]
            for some in (kept, shipped)
        ]  # fmt: skip
        texts = {one.text for one in kept}
        groups += [
            [
                (words("proposals.keep_block", kind=kinds[one]), self._keep, one)
                for one in self.names
                if (text := getattr(self.desk.proposal, one)) and text not in texts
            ],
            [(words("proposals.drop_block", title=one.title), self._drop, one) for one in kept],
        ]
        found: list[Entry | None] = []
        for group in filter(None, groups):
            found += [None, *group] if found else group
        return found

    def _take(self) -> None:
        self.take(chosen(self.sender()))

    def take(self, block: TextBlock) -> None:
        """Puts a text below what stands there."""
        there = str(getattr(self.desk.proposal, block.kind))
        text = f"{there}\n{block.text}" if there else block.text
        if self.desk.run(EditRecord("proposal", self.desk.proposal_id, {block.kind: text})):
            self.form.focus(block.kind)

    def _keep(self) -> None:
        kind = str(chosen(self.sender()))
        text = str(getattr(self.desk.proposal, kind))
        title = " ".join(text.split())
        named = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
        said = self.desk.words("proposals.block_kept", title=named)
        self.desk.run(AddRecord("text_block", {"kind": kind, "title": named, "text": text}), said)

    def _drop(self) -> None:
        block: TextBlock = chosen(self.sender())
        said = self.desk.words("proposals.block_dropped", title=block.title)
        self.desk.run(TrashRecords("text_block", (block.id,)), said)

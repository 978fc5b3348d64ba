"""The texts around the lines, and those kept to be used again."""

from __future__ import annotations

from fieldsales.domain.fields import values_of
from fieldsales.domain.money.proposal import Proposal, TextBlock
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.records import AddRecord, EditRecord, TrashRecords
from fieldsales.store.queries.proposals import text_blocks
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.pieces import button, column, label

TEXTS = ("opening", "delivery", "terms", "closing")
_TITLE = 24  # characters of a text that name it


class TextsSection(Section):
    """Four texts that save themselves; each can be taken from those kept, or kept itself."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("proposals.texts"), gap=12)
        self.desk = desk
        self.form = Form(
            look,
            "proposal",
            (Group("", TEXTS),),
            desk.commit("proposal", self._id),
            desk.draft("proposal", self._id),
        )
        self._loaded = ""
        self.blocks = button(look, words("proposals.blocks"), self._show_blocks, role="link")
        self.add_to_head(self.blocks)
        self.read = column(look, gap=8)
        self.shown = {one: label(look, wrap=True) for one in TEXTS}
        for one, said in self.shown.items():
            said.setAccessibleName(words(f"field.proposal.{one}"))
            self.read.addWidget(said)
        self.body.addWidget(self.form)
        self.body.addLayout(self.read)

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
                drafts = {one: kept[one] for one in kept.keys() & set(TEXTS)}
                self.form.load(values_of(proposal), drafts)
        else:
            self.form.refresh(values_of(proposal))
        self.form.setVisible(not locked)
        self.blocks.setVisible(not locked)
        for one, said in self.shown.items():
            text = str(getattr(proposal, one))
            said.setText(text)
            said.setVisible(locked and bool(text))
        self.setVisible(not locked or any(getattr(proposal, one) for one in TEXTS))

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._loaded:
            self.form.flush()

    def _show_blocks(self) -> None:
        """What is kept, to take; what stands here, to keep; and what is kept, to throw away."""
        self.flush()
        words = self.desk.words
        kinds = {one: words.choice("text_block_kind", one) for one in TEXTS}
        kept = text_blocks(self.desk.context.store)
        entries: list[tuple[str, object, object] | None] = [
            (words("proposals.take_block", kind=kinds[one.kind], title=one.title), self._take, one)
            for one in kept
        ]
        if entries:
            entries.append(None)
        texts = {one.text for one in kept}
        entries += [
            (words("proposals.keep_block", kind=kinds[one]), self._keep, one)
            for one in TEXTS
            if (text := getattr(self.desk.proposal, one)) and text not in texts
        ]
        if kept:
            entries.append(None)
        entries += [
            (words("proposals.drop_block", title=one.title), self._drop, one) for one in kept
        ]
        if not entries:
            entries = [(words("proposals.no_blocks"), self._write, "opening")]
        menu = passing_menu(self, entries)  # type: ignore[arg-type]
        menu.popup(self.blocks.mapToGlobal(self.blocks.rect().bottomLeft()))

    def _write(self) -> None:
        self.form.focus(str(chosen(self.sender())))

    def _take(self) -> None:
        block: TextBlock = chosen(self.sender())
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

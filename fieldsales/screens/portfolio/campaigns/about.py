"""A campaign as a whole: what it is about, how far it is, and who else is to be in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.domain.campaign import Campaign
from fieldsales.domain.fields import values_of
from fieldsales.screens.contract import Context
from fieldsales.screens.portfolio.campaigns.listing import told
from fieldsales.services.library import GREETING_TOPICS
from fieldsales.services.operations.campaigns import (
    AddPersonToCampaign,
    AddToCampaign,
    CloseCampaign,
    ReopenCampaign,
)
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.store.queries.hits import hits
from fieldsales.widgets.card import CardScroll, Section, at_left
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.suggestions import Suggestion

_WIDE = 640  # px at 100 %
_ABOUT = (Group("", ("name", "due", "text")),)
_MOST = 12
_FOUND = 40  # hits of a search of which those are shown that can be added
_ICONS = {"customer": "building", "contact": "person"}
_NONE = "none"  # key of no occasion: the text alone


class CampaignView(CardScroll):
    """Fields that save themselves; people are added by name here, many from lists and pictures."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self._context = context
        self.campaign: Campaign | None = None
        self.title = label(look, size="section", bold=True, wrap=True)
        self.told = label(look, wrap=True)
        self.due = label(look, tone="muted")
        self.form = Form(look, "campaign", _ABOUT, self._save, self._draft)
        self.occasion = MenuButton(look, words("field.campaign.occasion"), self._occasions)
        self.occasion.picked.connect(self._occasion_picked)
        about = Section(look, words("campaign.about"))
        called = label(look, words("field.campaign.occasion"), size="caption", tone="muted")
        about.body.addLayout(row(look, called, self.occasion, None, gap=8))
        about.body.addWidget(self.form)
        self.add = ChooserLine(look, self._find)
        self.add.setPlaceholderText(words("campaign.add_hint"))
        self.add.setAccessibleName(words("campaign.add"))
        self.add.picked.connect(self._add)
        adding = Section(look, words("campaign.add"))
        adding.body.addWidget(self.add)
        adding.body.addWidget(label(look, words("campaign.add_many"), tone="muted", wrap=True))
        choose = button(look, words("campaign.to_customers"), self._to_customers, icon="customers")
        adding.body.addLayout(row(look, choose, None))
        self.close_it = button(look, words("campaign.close"), self.close_campaign, icon="check")
        self.reopen = button(look, words("campaign.reopen"), self.open_again, icon="restore")
        trash = button(look, words("campaign.trash"), self.trash, icon="trash", role="quiet")
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                column(look, self.title, self.told, self.due, gap=4),
                row(look, self.close_it, self.reopen, trash, None, gap=8),
                adding,
                about,
                gap=16,
            )
        )
        self.body.addLayout(at_left(look, inside, _WIDE))
        self.body.addStretch(1)

    def show_campaign(self, campaign: Campaign) -> None:
        """Shows one; what is typed in the same one stays."""
        words = self._context.words
        other = self.campaign is None or self.campaign.id != campaign.id
        if other:
            self.flush()
            self.verticalScrollBar().setValue(0)
        self.campaign = campaign
        self.title.setText(campaign.name)
        self.told.setText(told(self._context, campaign))
        by = words.dated(date.fromisoformat(campaign.due)) if campaign.due else ""
        due = words("campaign.due", day=by) if by else ""
        self.due.setText(words("campaign.closed") if campaign.closed_at else due)
        self.due.setVisible(bool(self.due.text()))
        self.close_it.setVisible(not campaign.closed_at)
        self.reopen.setVisible(bool(campaign.closed_at))
        self.occasion.say(
            words(f"phrase.topic.{campaign.occasion}")
            if campaign.occasion
            else words("campaign.own_text"),
            "",
        )
        if other:
            self.form.load(values_of(campaign), self._context.drafts("campaign", campaign.id))
        else:
            self.form.refresh(values_of(campaign))

    # who is in it

    def _find(self, asked: str) -> Sequence[Suggestion]:
        if not asked:
            return ()
        found = [hit for hit in hits(self._context.store, asked, _FOUND) if hit.kind in _ICONS]
        return [
            Suggestion(f"{hit.kind}:{hit.id}", hit.title, hit.context, _ICONS[hit.kind])
            for hit in found[:_MOST]
        ]

    def _add(self, key: str, _text: str) -> None:
        if self.campaign is None:
            return
        kind, _, row_id = key.partition(":")
        added = (
            AddToCampaign(self.campaign.id, (row_id,))
            if kind == "customer"
            else AddPersonToCampaign(self.campaign.id, row_id)
        )
        said = self._context.words("campaign.added", name=self.campaign.name)
        if self._context.run(added, undoable=said) is not None:
            self.add.clear()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_customers(self) -> None:
        self._context.open("customers", "")

    # what it is about

    def _occasions(self) -> list[tuple[str, str]]:
        words = self._context.words
        topics = [(topic, words(f"phrase.topic.{topic}")) for topic in GREETING_TOPICS]
        return [(_NONE, words("campaign.own_text")), *topics]

    def _occasion_picked(self, key: str) -> None:
        if self.campaign is not None:
            self._save({"occasion": "" if key == _NONE else key})

    def focus_name(self) -> None:
        self.form.focus("name")

    def focus_text(self) -> None:
        self.form.focus("text")

    def focus_first(self) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is done with it

    def close_campaign(self) -> None:
        if self.campaign is not None:
            said = self._context.words("campaign.closed")
            self._context.run(CloseCampaign(self.campaign.id), undoable=said)

    def open_again(self) -> None:
        if self.campaign is not None:
            said = self._context.words("campaign.reopened")
            self._context.run(ReopenCampaign(self.campaign.id), undoable=said)

    def trash(self) -> None:
        """Into the trash, with an undo; what was sent stays on the timelines."""
        if self.campaign is not None:
            self.flush()
            said = self._context.words("card.trashed", name=self.campaign.name)
            self._context.run(TrashRecords("campaign", (self.campaign.id,)), undoable=said)

    # writing

    def flush(self) -> None:
        """Saves what is being typed."""
        if self.campaign is not None:
            self.form.flush()

    def _save(self, values: Mapping[str, object]) -> None:
        assert self.campaign is not None
        self._context.workspace.run(EditRecord("campaign", self.campaign.id, values))

    def _draft(self, name: str, text: str | None) -> None:
        if self.campaign is not None:
            self._context.keep_draft("campaign", self.campaign.id, name, text)

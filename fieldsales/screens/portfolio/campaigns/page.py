"""The section: a campaign's people at the left, one of them or the campaign at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.campaign import OUTCOMES, Campaign
from fieldsales.screens.campaigns import begin_campaign
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.customers_first import customers_first
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.many import run_many
from fieldsales.screens.portfolio.campaigns.about import CampaignView
from fieldsales.screens.portfolio.campaigns.listing import CampaignList
from fieldsales.screens.portfolio.campaigns.member import MemberView
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_CONCERN = (
    *("campaign", "campaign_member", "customer", "contact", "interaction", "own_entry"),
    *("visit", "deal"),
)


class CampaignsPage(ListedPage):
    """Selecting shows somebody; keys send, mark them as reached and go on to the next."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("campaign.new"), self.start, icon="add", role="primary")
        self.tools = (self.new,)
        self._following = ""  # who stood after the one in view when something last changed
        self.list = CampaignList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.campaign_chosen.connect(self._show_campaign)
        self.list.whole_wanted.connect(self.show_whole)
        self.view = MemberView(context)
        self.view.text_wanted.connect(self._write_text)
        self.view.reached.connect(self._go_on)
        self.view.left_out.connect(self._go_on)
        self.list.trash_wanted.connect(self._leave_out)
        self.about = CampaignView(context)
        self.detail = QStackedWidget()
        for page in (self.view, self.about):
            self.detail.addWidget(page)
        self.put(self.list, self.detail)
        self.empty = EmptyState(
            look,
            words("campaign.empty"),
            icon="message",
            hint=words("campaign.empty_hint"),
            action=words("campaign.new"),
            act=self.start,
            action_icon="add",
        )
        self.nobody = customers_first(context, words("campaign.nobody"), "message")
        self.stack = QStackedWidget()
        for front in (self.halves, self.empty, self.nobody):
            self.stack.addWidget(front)
        self.setLayout(column(look, self.stack))
        view = self.view
        keys = {
            "C": view.copy,
            "E": view.mail,
            "Q": view.code,
            "T": view.next_text,
            "R": view.mark_reached,
            "P": view.mark_called,
        }
        for at, outcome in enumerate(OUTCOMES, start=1):
            keys[str(at)] = partial(self._respond, outcome)
        for place in (self.list.list, view.mark):  # where one stands before and after it is sent
            for key, act in keys.items():
                shortcut = QShortcut(QKeySequence(key), place)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

    # the contract of sections

    def refresh(self) -> None:
        if self.list.list.selected_count():
            self._following = self.list.neighbour()
        self.list.read()
        self._arrange()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A campaign by its id; NEW begins one."""
        if row_id == NEW:
            self.start()
            return
        self.list.read(row_id)
        if self.list.campaign is None or self.list.campaign.id != row_id:
            self._say_missing(row_id)
            return
        self._show_campaign(row_id)
        if not self.list.first():
            self.show_whole()

    def show_example(self) -> None:
        self.refresh()

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def new_record(self) -> bool:
        if self.front() is self.nobody:
            return False
        self.start()
        return True

    def record_here(self) -> str:
        campaign = self.list.campaign
        return campaign.id if campaign is not None else ""

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self.front() is self.nobody:
            return []
        found = [Command(words("campaign.new"), "add", self.start)]
        if self.list.campaign is not None:
            found.append(Command(words("campaign.whole"), "message", self.show_whole))
            found.append(Command(words("campaign.trash"), "trash", self.about.trash))
        return found

    def flush(self) -> None:
        self.view.flush()
        self.about.flush()

    # what is shown

    def start(self) -> None:
        """Begins a campaign, which is named and filled at once."""
        self.flush()
        begin_campaign(self.context)
        self.about.focus_name()

    def _say_missing(self, row_id: str) -> None:
        there = self.context.store.record(Campaign, row_id) is not None
        self.stack.setCurrentWidget(self.halves)
        self.say_gone("campaign", row_id, self.context.words("campaign.gone"), there=there)

    def _show_campaign(self, campaign_id: str) -> None:
        self.flush()
        self.view.one = None
        self.list.list.clear_selection()
        self.list.read(campaign_id)
        self._arrange()

    def show_whole(self) -> None:
        """The campaign itself: what it is about, and who else is to be in it."""
        if self.list.campaign is not None:
            self.view.flush()
            self.view.one = None
            self.list.list.clear_selection()
            self.about.show_campaign(self.list.campaign)
            self.detail.setCurrentWidget(self.about)
            self.about.focus_first()

    def _arrange(self) -> None:
        """Shows who was in view, in whichever list they stand now, else the first."""
        campaign = self.list.campaign
        nothing = self.empty if customers.count(self.context.store) else self.nobody
        self.stack.setCurrentWidget(self.halves if campaign else nothing)
        self.new.setVisible(campaign is not None)
        if campaign is None:
            return
        kept = self.list.row(self.view.one.member.id) if self.view.one else None
        if kept is not None and kept.member.campaign_id == campaign.id:
            self.list.choose(kept.member.id)
            self._choose(kept.member.id)
        elif self.detail.currentWidget() is self.about and self._is_about(campaign):
            self.about.show_campaign(campaign)
        else:
            self._show_first(campaign)

    def _show_first(self, campaign: Campaign, wanted: str = "") -> None:
        """Somebody, else the first in the list; of an empty one the campaign."""
        self.view.one = None
        for one in (wanted, self.list.first()):
            if one and self.list.choose(one):
                self._choose(one)
                return
        self.about.show_campaign(campaign)
        self.detail.setCurrentWidget(self.about)

    def _leave_out(self, ids: Sequence[str]) -> None:
        """Takes these out of the campaign; what was sent stays on the timelines."""
        if len(ids) < 2:
            self.view.leave_out()
            return
        words = self.context.words
        said = words("campaign.left_out_many", n=words.number(len(ids)))
        self.view.one = None
        run_many(self.context, TrashRecords("campaign_member", tuple(ids)), len(ids), said)

    def _respond(self, outcome: str) -> None:
        """Notes what came back; who leaves the list by that makes room for the next."""
        self.view.note_response(outcome)
        if self.view.one is not None and not self.list.list.selected_count():
            self._go_on()

    def _go_on(self) -> None:
        """To who follows in the list."""
        if self.list.campaign is not None:
            self._show_first(self.list.campaign, self._following)
            self.to_list()

    def _is_about(self, campaign: Campaign) -> bool:
        return self.about.campaign is not None and self.about.campaign.id == campaign.id

    def _choose(self, member_id: str) -> None:
        found, campaign = self.list.row(member_id), self.list.campaign
        if found is not None and campaign is not None:
            self.view.show_member(found, campaign)
            self.detail.setCurrentWidget(self.view)

    def _enter(self) -> None:
        if self.detail.currentWidget() is self.view:
            self.view.focus_first()

    def _write_text(self) -> None:
        self.show_whole()
        self.about.focus_text()

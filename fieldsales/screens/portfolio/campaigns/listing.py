"""The list at the left: which campaign, how far it is, and whom it is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from fieldsales.domain.campaign import RETURNED, Campaign
from fieldsales.domain.clock import local_day
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.store.queries import campaigns as queries
from fieldsales.store.queries.campaigns import ALL, LEFT, VIEWS, MemberRow
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import ElidedLink, label, row

_OFFERED = 6  # campaigns that are one press away
_MANY = 15  # people from which on one searches among them


class CampaignList(RecordList[MemberRow]):
    """`campaign` is the one in view, its people those of one of VIEWS."""

    campaign_chosen = Signal(str)
    whole_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, "campaign")
        look, words = context.look, context.words
        self._any = False  # whether anybody is in it
        self.campaigns: list[Campaign] = []
        self.campaign: Campaign | None = None
        self.which = Picks(look, name=words("campaign.title"), clearable=False)
        self.which.chosen.connect(self.campaign_chosen)
        self.progress = label(look, size="caption", tone="muted", wrap=True)
        self.whole = ElidedLink(look, self.whole_wanted.emit)
        self.whole.setFont(look.theme.font("title", bold=True))
        self.whole.setAccessibleDescription(words("campaign.whole"))
        self.views = Picks(look, name=words("campaign.title"), clearable=False)
        self.views.set_key(LEFT)
        self.views.chosen.connect(self.show_view)
        head = row(look, self.whole, None)
        self.put(look, self.list, self.which, head, self.progress, self.views, self.search)

    # what is shown

    def read(self, campaign_id: str = "") -> None:
        """Reads a campaign anew: this one, else the one in view, else the newest running."""
        store, words = self._context.store, self._context.words
        self.campaigns = queries.campaigns(store)
        wanted = campaign_id or (self.campaign.id if self.campaign else "")
        known = {one.id: one for one in self.campaigns}
        self.campaign = known.get(wanted) or (self.campaigns[0] if self.campaigns else None)
        offered = self.campaigns[:_OFFERED]
        if self.campaign and self.campaign not in offered:
            offered = [*offered, self.campaign]
        self.which.set_picks([Pick(one.id, one.name) for one in offered])
        self.which.set_key(self.campaign.id if self.campaign else "")
        self.which.setVisible(len(self.campaigns) > 1)
        if self.campaign:
            self.whole.set_text(self.campaign.name)
            found = queries.counts(store, self.campaign.id)
            self._any = bool(found[ALL])
            self.search.setVisible(found[ALL] > _MANY)
            self.views.set_picks(
                [Pick(view, words(f"campaign.view.{view}"), str(found[view])) for view in VIEWS]
            )
            self.progress.setText(told(self._context, self.campaign))
        self.reload()

    def reload(self) -> None:
        said = self._context.words(f"campaign.nothing.{self.views.key if self._any else ALL}")
        nothing = EmptyState(self._context.look, said, icon="message")
        self.list.set_empty(self._none_found() if self.asked else nothing)
        super().reload()

    def show_view(self, view: str) -> None:
        self.views.set_key(view)
        self.list.clear_selection()
        self.reload()

    def choose(self, key: str) -> bool:
        """Selects somebody; False if they do not stand in the view."""
        number = self._number(key)
        seen = number is not None and self.list.model.position(number) is not None
        return seen and super().choose(key)

    def row(self, member_id: str) -> MemberRow | None:
        """Somebody, in whichever view they stand."""
        number = self._number(member_id)
        return self._fetch([number])[0] if number is not None else None

    @property
    def asked(self) -> str:
        """What is searched for; nothing where there is no search."""
        return "" if self.search.isHidden() else self.search.text().strip()

    # rows

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        if self.campaign is None:
            return ()
        view = self.views.key or ALL
        return queries.numbers(self._context.store, self.campaign.id, view, self.asked)

    def _fetch(self, numbers: Sequence[int]) -> Sequence[MemberRow | None]:
        return queries.rows(self._context.store, numbers)

    def _key(self, row: MemberRow) -> str:
        return row.member.id

    def _number(self, key: str) -> int | None:
        return queries.number_of(self._context.store, key)

    def _face(self, row: MemberRow) -> RowFace:
        words, member, contact = self._context.words, row.member, row.contact
        below = (row.company, contact.title) if contact else (words("campaign.nobody_known"),)
        reached = ""
        if member.reached_at:
            today = self._context.look.clock.today()
            reached = words.days_from(local_day(member.reached_at), today)
        return RowFace(
            title=row.name,
            subtitle=" · ".join(filter(None, below)),
            aside=words.choice("campaign_outcome", member.outcome) or reached,
            aside_role="good" if member.outcome in RETURNED else "ink-3",
            below=member.note,
        )


def told(context: Context, campaign: Campaign) -> str:
    """How far a campaign is, in two lines at most."""
    words, found = context.words, queries.figures(context.store, campaign.id)
    if not found.people:
        return words("campaign.nothing.all")
    said = [
        words(
            "campaign.progress",
            reached=found.reached,
            all=found.people,
            share=found.reached_share,
            left=found.left,
        )
    ]
    if found.reached:
        key = "campaign.returned_of" if found.visits or found.deals else "campaign.returned"
        figures = {"visits": found.visits, "deals": found.deals}
        said.append(words(key, n=found.returned, share=found.response_share, **figures))
    return "\n".join(said)

"""The list of a review at the left: which review, how far it is, and who stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from fieldsales.domain.review import FELL, ROSE, Review
from fieldsales.reports.review_words import decided, headline
from fieldsales.screens.contract import Context
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label
from fieldsales.widgets.rows import Column, WindowedModel
from fieldsales.widgets.side_list import SideList

_OFFERED = 6  # reviews that can be gone back to
_ROLES = {FELL: "bad", ROSE: "good"}


class ReviewList(SideList):
    """`review` is the one in view, `found` what stands in it."""

    chosen = Signal(str)  # id of an item
    entered = Signal()
    review_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._reloading = False
        self.reviews: list[Review] = []
        self.review: Review | None = None
        self.found: list[Reviewed] = []
        self.which = Picks(look, name=words("review.title"), clearable=False)
        self.which.chosen.connect(self.review_chosen)
        self.progress = label(look, size="caption", tone="muted", wrap=True)
        model: WindowedModel[Reviewed] = WindowedModel(
            words,
            (Column("title", "review.title", self._spoken),),
            lambda _sort, _descending: range(len(self.found)),
            self._fetch,
        )
        rows = ListPage(look, model, self._face)
        rows.rows.setAccessibleName(words("review.title"))
        rows.selection_changed.connect(self._selected)
        rows.opened.connect(self.entered)
        self.put(look, rows, self.which, self.progress)

    def read(self, review_id: str = "") -> None:
        """Reads a review anew: this one, else the one in view, else the newest."""
        store, words = self._context.store, self._context.words
        self.reviews = queries.reviews(store)
        wanted = review_id or (self.review.id if self.review else "")
        known = {one.id: one for one in self.reviews}
        self.review = known.get(wanted) or (self.reviews[0] if self.reviews else None)
        self.found = queries.items(store, self.review.id) if self.review else []
        offered = self.reviews[:_OFFERED]
        if self.review and self.review not in offered:
            offered = [*offered, self.review]
        self.which.set_picks(
            [Pick(one.id, words.date(date.fromisoformat(one.held_on))) for one in offered]
        )
        self.which.set_key(self.review.id if self.review else "")
        self.which.setVisible(len(self.reviews) > 1)
        tally = queries.tally(self.found)
        done = tally.total - tally.undecided
        if self.review:
            day = words.date(date.fromisoformat(self.review.since))
            self.progress.setText(words("review.progress", done=done, total=tally.total, day=day))
        self._reloading = True
        self.list.model.reload()
        self._reloading = False

    def choose(self, item_id: str) -> bool:
        """Selects an item; False if it does not stand here."""
        ids = [one.item.id for one in self.found]
        return item_id in ids and self.list.select_number(ids.index(item_id))

    def following(self, item_id: str = "") -> str:
        """Id of the next undecided item after this one, else of the first; '' if all are."""
        ids = [one.item.id for one in self.found]
        at = ids.index(item_id) + 1 if item_id in ids else 0
        return next(
            (one.item.id for one in (*self.found[at:], *self.found[:at]) if not one.item.decision),
            "",
        )

    def _selected(self, count: int) -> None:
        if count == 1 and not self._reloading:
            self.chosen.emit(self.found[self.list.selected_numbers()[0]].item.id)

    def _fetch(self, numbers: Sequence[int]) -> list[Reviewed | None]:
        return [self.found[number] for number in numbers]

    def _face(self, one: Reviewed) -> RowFace:
        words, item = self._context.words, one.item
        assert self.review is not None
        held_on = date.fromisoformat(self.review.held_on)
        below = words.choice("review_decision", item.decision)
        return RowFace(
            title=one.customer,
            subtitle=headline(words, item, held_on),
            aside=words.choice("review_kind", item.kind),
            aside_role=_ROLES.get(item.kind, "ink-3"),
            below=below if one.there else words("review.customer_gone_short"),
            below_role="ink-2" if one.there else "warn",
        )

    def _spoken(self, one: Reviewed) -> str:
        face = self._face(one)
        told = decided(self._context.words, one)
        return " ".join(filter(None, (face.title, face.aside, face.subtitle, told)))

"""The list of a review at the left: which review, how far it is, and who stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from fieldsales.domain.review import FELL, ROSE, Review
from fieldsales.reports.review_words import decided, headline
from fieldsales.screens.contract import Context
from fieldsales.screens.record_list import RecordList
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import label

_OFFERED = 6  # reviews that can be gone back to
_ROLES = {FELL: "bad", ROSE: "good"}


class ReviewList(RecordList[Reviewed]):
    """`review` is the one in view, `found` what stands in it."""

    review_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "review", searchable=False)
        look, words = context.look, context.words
        self.reviews: list[Review] = []
        self.review: Review | None = None
        self.found: list[Reviewed] = []
        self.which = Picks(look, name=words("review.title"), clearable=False)
        self.which.chosen.connect(self.review_chosen)
        self.progress = label(look, size="caption", tone="muted", wrap=True)
        self.put(look, self.list, self.which, self.progress)

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
        self.reload()

    def following(self, item_id: str = "") -> str:
        """Id of the next undecided item after this one, else of the first; '' if all are."""
        ids = [one.item.id for one in self.found]
        at = ids.index(item_id) + 1 if item_id in ids else 0
        return next(
            (one.item.id for one in (*self.found[at:], *self.found[:at]) if not one.item.decision),
            "",
        )

    def _numbers(self, sort: str, descending: bool) -> Sequence[int]:
        return range(len(self.found))

    def _fetch(self, numbers: Sequence[int]) -> list[Reviewed | None]:
        return [self.found[number] for number in numbers]

    def _key(self, row: Reviewed) -> str:
        return row.item.id

    def _number(self, key: str) -> int | None:
        return next((at for at, one in enumerate(self.found) if one.item.id == key), None)

    def _face(self, row: Reviewed) -> RowFace:
        words, item = self._context.words, row.item
        assert self.review is not None
        held_on = date.fromisoformat(self.review.held_on)
        below = words.choice("review_decision", item.decision)
        return RowFace(
            title=row.customer,
            subtitle=headline(words, item, held_on),
            aside=words.choice("review_kind", item.kind),
            aside_role=_ROLES.get(item.kind, "ink-3"),
            below=below if row.there else words("review.customer_gone_short"),
            below_role="ink-2" if row.there else "warn",
        )

    def _spoken(self, row: Reviewed) -> str:
        face = self._face(row)
        told = decided(self._context.words, row)
        return " ".join(filter(None, (face.title, face.aside, face.subtitle, told)))

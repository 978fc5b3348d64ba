"""How satisfied the customer is: where each part stands, which way it goes, every scoring (M35)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import Qt

from fieldsales.domain.fields import Record
from fieldsales.domain.satisfaction import DOWN, PARTS, UP, Satisfaction, Score, mean, trend
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.screens.finders import people_finder
from fieldsales.screens.satisfaction import ScoreRows, parts_told, score_told
from fieldsales.store.queries import satisfaction as query
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineFace

_YEAR = timedelta(days=365)
_WAYS = {UP: ("good", "chevron-up"), DOWN: ("bad", "chevron-down")}


class SatisfactionSection(RecordSection[Score]):
    """Means of the last year above the scorings, the latest first; a form opens where it is."""

    noun = "satisfaction"
    groups = (
        Group(
            "",
            ("scored_on", "contact_id", "goods", "service", "image", "note"),
        ),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names: Mapping[str, str] = {}  # of the people who may have said so
        self._noted: Mapping[str, Satisfaction] = {}
        self.standing = ChipLine(context.look)
        self.rows = ScoreRows(context, self._about)
        self.rows.scored.connect(self._scored)
        self.rows.left.connect(self._leave)
        self.add_below_head(self.standing)
        self.body.addWidget(self.rows)
        self.rows.hide()

    def _about(self) -> Mapping[str, object]:
        return {"customer_id": self.customer_id}

    # showing

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        self.rows.hide()
        super().load(customer_id, kept)

    def read(self) -> None:
        """Reads what the customer of the card scored."""
        store = self.context.store
        scores = query.history(store, self.customer_id)
        self._noted = {one.id: one for one in query.noted(store, self.customer_id)}
        since = self.context.look.clock.today() - _YEAR
        recent = [one for one in scores if one.day > since]
        chips = [self._standing(part, recent) for part in PARTS]
        self.standing.show_chips(("", chip) for chip in chips if chip is not None)
        self.standing.setVisible(bool(recent))
        if self.rows.isVisibleTo(self):
            self.rows.show_scores(self._noted.get(self.rows.row_id))
        self.show_items(scores)

    def _standing(self, part: str, recent: list[Score]) -> ChipFace | None:
        found = mean(recent, part)
        if found is None:
            return None
        words = self.context.words
        name, way = words(f"field.satisfaction.{part}"), trend(recent, part)
        tone, icon = _WAYS.get(way, ("plain", ""))
        n = sum(part in one.parts for one in recent)
        told = words(f"satisfaction.way.{way}") if way else ""
        tip = " ".join(filter(None, (words("satisfaction.mean", n=n), told)))
        text = words("satisfaction.part", part=name, score=score_told(found))
        return ChipFace(text, tone, icon, tip)

    def record(self, item: Score) -> Record:
        return self._noted.get(item.row_id) or Record(id=item.row_id)

    def finders(self) -> Mapping[str, Finder]:
        return {"contact_id": people_finder(self.context, lambda: self.customer_id)}

    def face(self, item: Score) -> LineFace:
        words = self.context.words
        how = "form" if item.noun != self.noun else "visit" if item.visit_id else ""
        how = how or ("contact" if item.interaction_id else "")
        parts = (
            words(f"satisfaction.in.{how}") if how else "",
            self.names.get(item.contact_id or "", ""),
            item.note,
        )
        low = min(item.parts.values()) <= 2
        return LineFace(
            key=item.row_id,
            title=parts_told(words, item.parts),
            title_role="bad" if low else "ink",
            subtitle=" · ".join(filter(None, parts)),
            aside=words.days_from(item.day, self.context.look.clock.today()),
            tooltip=item.note,
        )

    def open_record(self, row_id: str, field: str = "") -> bool:
        item = self.item_of(row_id)
        if item is not None and item.noun != self.noun:
            self.context.open(item.noun, row_id)
            return True
        return super().open_record(row_id, field)

    # scoring

    def begin_adding(self) -> None:
        """Rows to score, with the cursor in the first; the first score makes the record."""
        self.close_editor()
        self.rows.load()
        self.rows.show()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.to_view.emit(self.rows)

    def _scored(self, part: str) -> None:
        if part == PARTS[-1]:
            self._leave()

    def _leave(self) -> None:
        """To the line of what was scored, or back to the button."""
        row_id = self.rows.row_id
        ids = [item.row_id for item in self.items]
        at = ids.index(row_id) if row_id in ids else -1
        target = self.lines[at] if 0 <= at < len(self.lines) else self.action
        if target is not None:  # before the rows go, or Qt looks for a place itself
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.hide()

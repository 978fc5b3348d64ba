"""How far needs are met (M18, M19): each rated 1 … 5, with what it rests on and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import fields
from fieldsales.domain.need import NeedRating
from fieldsales.domain.relationship import latest
from fieldsales.errors import UserError
from fieldsales.methods.relationship.content import relationship
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.services.operations.people import RateNeed
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import Section
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.pick_editors import ScaleEditor
from fieldsales.widgets.pieces import column, label, row


class NeedLine(QWidget):
    """One need: its name, the scale, the evidence, and the day it was rated."""

    def __init__(self, desk: PeopleDesk, category: str) -> None:
        super().__init__()
        self._desk = desk
        self.category = category
        self._contact_id: str | None = None
        self._shown: NeedRating | None = None
        self._told: dict[str, object] = {}
        look, words = desk.look, desk.words
        known = fields(NeedRating)
        name = words.choice("need_category", category)
        guide = relationship(words.language).needs[category]
        self.scale = ScaleEditor(look, known["rating"])
        self.scale.set_name(name)
        self.evidence = TextEditor(look, known["evidence"], guide.ask)
        self.evidence.set_name(f"{name} {words('field.need_rating.evidence')}")
        self._day = label(look, size="caption", tone="faint")
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        called = label(look, name)
        called.setToolTip("\n".join(guide.recognise))
        head = row(look, called, None, self._day, self.scale, gap=8)
        self.setLayout(column(look, head, self.evidence, self._trouble, gap=2))
        self.binder = Binder(words, self._commit, self._draft, parent=self)
        self.binder.bind(self.scale)
        self.binder.bind(self.evidence)
        self.binder.trouble.connect(self._say)
        self.binder.committed.connect(self._retell)

    def load(self, contact_id: str | None, kept: Mapping[str, str]) -> None:
        """Stand for another person, or for the organisation."""
        self._contact_id = contact_id
        self._shown = None
        mine = {
            name: kept[key] for name in ("rating", "evidence") if (key := self._key(name)) in kept
        }
        self.binder.load({}, mine)

    def show_rating(self, rating: NeedRating | None) -> None:
        self._shown = rating
        self._told = {"rating": None, "evidence": ""}
        if rating is not None:
            self._told = {"rating": rating.rating, "evidence": rating.evidence}
        self.binder.refresh(self._told)
        desk = self._desk
        day = rating.rated_on if rating is not None else None
        said = desk.words.days_from(date.fromisoformat(day), desk.today) if day else ""
        self._day.setText(said)

    def _key(self, name: str) -> str:
        return f"need:{self.category}:{name}"

    def _owner(self) -> tuple[str, str]:
        if self._contact_id is None:
            return "customer", self._desk.customer_id
        return "contact", self._contact_id

    def _draft(self, name: str, text: str | None) -> None:
        self._desk.context.keep_draft(*self._owner(), self._key(name), text)

    def _commit(self, values: Mapping[str, object]) -> None:
        """Another rating counts from today; another word on it mends what was said that day."""
        desk, shown = self._desk, self._shown
        rating = values.get("rating", shown.rating if shown is not None else None)
        if rating is None and "rating" not in values:
            raise UserError("people.rate_first")
        today = desk.today.isoformat()
        day = today
        if shown is not None and ("rating" not in values or rating is None):
            day = shown.rated_on or today  # without a rating: what was said then is taken back
        evidence = shown.evidence if shown is not None and shown.rated_on == day else ""
        desk.context.workspace.run(
            RateNeed(
                desk.customer_id,
                self.category,
                int(str(rating)) if rating is not None else None,
                self._contact_id,
                str(values.get("evidence", evidence)),
                day,
            )
        )

    def _retell(self, _names: object) -> None:
        """What was taken back gives way to what was said before."""
        self.binder.refresh(self._told)

    def _say(self, _name: str, text: str, _kind: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))


class RatingsSection(Section):
    """The needs of a person, or of the organisation."""

    def __init__(self, desk: PeopleDesk, title: str, categories: Sequence[str]) -> None:
        look = desk.look
        super().__init__(look, title, gap=12)
        self._desk = desk
        self._hint = label(look, size="caption", tone="muted", wrap=True)
        self.body.addWidget(self._hint)
        self.lines = {category: NeedLine(desk, category) for category in categories}
        for line in self.lines.values():
            self.body.addWidget(line)

    def load(self, contact_id: str | None) -> None:
        """Stand for a person of the customer, or for the customer itself."""
        desk = self._desk
        noun, row_id = ("customer", desk.customer_id)
        if contact_id is not None:
            noun, row_id = "contact", contact_id
        kept = desk.context.drafts(noun, row_id)
        for line in self.lines.values():
            line.load(contact_id, kept)

    def show_ratings(self, ratings: Sequence[NeedRating], *, hint: str) -> None:
        newest = latest(ratings)
        for category, line in self.lines.items():
            line.show_rating(newest.get(category))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def flush(self) -> None:
        for line in self.lines.values():
            line.binder.flush()

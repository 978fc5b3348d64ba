"""What to bear in mind of a customer or of one person: likes, family, what to keep off (M44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fieldsales.domain.preference import TABOO, Preference
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.screens.finders import people_finder
from fieldsales.store.queries.preferences import preferences_of
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineFace


class PreferencesSection(RecordSection[Preference]):
    """Lines of what was noted, what to keep off first; of all, or of `contact_id` alone."""

    noun = "preference"
    groups = (Group("", ("text", "kind", "contact_id", "noted_on"), wide=("text", "kind")),)
    keeps_adding = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.contact_id = ""
        self.names: Mapping[str, str] = {}  # of the people it may be about

    def show_for(self, customer_id: str, names: Mapping[str, str]) -> None:
        """Reads what is noted of a customer; `names` of its people."""
        self.names = names
        found: Sequence[Preference] = preferences_of(self.context.store, customer_id)
        if self.contact_id:
            found = [one for one in found if one.contact_id == self.contact_id]
        self.show_items(found)

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        if self.add_line is not None and self.contact_id:  # of the person before
            self.add_line.keep_draft()
            self.body.removeWidget(self.add_line)
            self.add_line.deleteLater()
            self.add_line = None
        super().load(customer_id, kept)

    @property
    def draft_name(self) -> str:
        return f"{self.noun}:{self.contact_id}" if self.contact_id else self.noun

    def record(self, item: Preference) -> Preference:
        return item

    def values(self, text: str) -> dict[str, object]:
        noted = self.context.look.clock.today().isoformat()
        return {"text": text, "contact_id": self.contact_id or None, "noted_on": noted}

    def finders(self) -> Mapping[str, Finder]:
        return {"contact_id": people_finder(self.context, lambda: self.customer_id)}

    def face(self, item: Preference) -> LineFace:
        words = self.context.words
        tone = "bad" if item.kind == TABOO else "plain"
        kind = words.choice("preference_kind", item.kind)
        about = [] if self.contact_id else [self.names.get(item.contact_id or "", "")]
        if item.noted_on:
            day = date.fromisoformat(item.noted_on)
            about.append(words("card.noted_on", day=words.date(day)))
        return LineFace(
            key=item.id,
            title=item.text,
            chips=(ChipFace(kind, tone),) if kind else (),
            subtitle=" · ".join(filter(None, about)),
            tooltip=item.text,
        )

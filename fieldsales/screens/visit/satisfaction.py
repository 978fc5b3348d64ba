"""What the customer thinks of goods, service and the firm, asked while one sits there (M35)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.satisfaction import Satisfaction
from fieldsales.screens.satisfaction import ScoreRows
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.records import EditRecord
from fieldsales.widgets.card import Section
from fieldsales.widgets.kept_rows import TickRow
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import column, label, row
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of

_NOUN = "satisfaction"


class Scores(Section):
    """Three rows to score; then who said so, their own words, and whether theirs to read."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("satisfaction.ask"))
        self._desk = desk
        self._known: Satisfaction | None = None
        self.rows = ScoreRows(desk.context, self._about)
        who = words("field.satisfaction.contact_id")
        self.who = Picks(look, name=who)
        self.who.chosen.connect(self._name)
        asked = label(look, who, size="caption", tone="muted")
        self._said_by = QWidget()
        self._said_by.setLayout(column(look, asked, row(look, self.who, None), gap=4))
        note = WrappedLine(look, field_of(_NOUN, "note"), words("satisfaction.note_hint"))
        self.note = SavedField(desk, _NOUN, "", note, words("field.satisfaction.note"))
        self.tick = TickRow(look, words("satisfaction.print"), words("satisfaction.print_hint"))
        self.tick.ticked.connect(self._print)
        self._more = QWidget()
        self._more.setLayout(column(look, self._said_by, self.note, self.tick, gap=8))
        self.show_parts((self.rows, self._more))

    def load(self) -> None:
        """Show another visit."""
        self._known = None
        self.rows.load()
        self.note.drop()

    def show_facts(self) -> None:
        """Show what was scored in this visit."""
        found, before = self._desk.facts.satisfaction, self._known
        self._known = found
        self.rows.show_scores(found)
        self._more.setVisible(found is not None)
        if found is None:
            if before is not None:
                self.note.drop()
            return
        people = self._desk.facts.people
        self._said_by.setVisible(len(people) > 1)
        self.who.set_picks([Pick(one.contact.id, one.contact.name) for one in people])
        self.who.set_key(found.contact_id or "")
        self.tick.set_ticked(bool(found.for_customer))
        if before is None or before.id != found.id:
            self.note.stand_for(found.id)
            self.note.load(found.note, self._desk.drafts(_NOUN, found.id).get("note"))
        else:
            self.note.refresh(found.note)

    def _about(self) -> Mapping[str, object]:
        """Of a visit to come it is scored today; the one person who is there said so."""
        desk, facts = self._desk, self._desk.facts
        people = [one.contact.id for one in facts.people]
        day = min(local_day(facts.visit.starts_at), desk.look.clock.today())
        return {
            "customer_id": facts.customer.id,
            "visit_id": desk.visit_id,
            "contact_id": people[0] if len(people) == 1 else None,
            "scored_on": day.isoformat(),
        }

    def _edit(self, **values: object) -> None:
        if self._known is not None:
            self._desk.run(EditRecord(_NOUN, self._known.id, values))

    def _name(self, contact_id: str) -> None:
        self._edit(contact_id=contact_id or None)

    def _print(self, ticked: bool) -> None:
        self._edit(for_customer=int(ticked))

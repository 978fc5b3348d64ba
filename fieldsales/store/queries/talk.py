"""A visit with what is ready to be said in it, as its papers need it (M27–M29b)."""

from __future__ import annotations

from dataclasses import replace

from fieldsales.domain.need import Need
from fieldsales.domain.visit import Talk, Visit, VisitFacts, VisitItem
from fieldsales.store.database import Store
from fieldsales.store.queries.checklists import results
from fieldsales.store.queries.learnt import answers, own_entries, techniques
from fieldsales.store.queries.pitch_links import worksheet_rows
from fieldsales.store.queries.visits import visit_facts
from fieldsales.store.queries.worksheets import worksheets_for

_HEARD = """
SELECT i.* FROM visit v JOIN visit_item i ON i.visit_id = v.id
WHERE v.customer_id = ? AND v.id <> ? AND v.starts_at <= ? AND v.trashed_at IS NULL
    AND i.kind = 'objection' AND i.trashed_at IS NULL
ORDER BY v.starts_at DESC, i.position IS NULL, i.position, i.created_at, i.id
"""


def told_facts(store: Store, visit_id: str) -> VisitFacts:
    """The facts of a visit and its talk; raises UserError("record.gone") if it is unknown."""
    with store.reading():
        facts = visit_facts(store, visit_id)
        return replace(facts, talk=_talk(store, facts))


def _talk(store: Store, facts: VisitFacts) -> Talk:
    visit = facts.visit
    found = worksheets_for(store, visit.customer_id, visit.deal_id)
    # one for anybody's trade says nothing of this conversation
    sheet = next((one for one in found if one.customer_id or one.industry), None)
    tallies = techniques(store, facts.deal.stage) if facts.deal else []
    best = next((tally.key for tally in tallies if tally.worked), "")
    needs = "SELECT * FROM need WHERE customer_id = ? AND trashed_at IS NULL ORDER BY created_at"
    return Talk(
        sheet=sheet,
        rows=tuple(worksheet_rows(store, sheet.id)) if sheet else (),
        needs=tuple(store.records(Need, needs, [visit.customer_id])),
        own=(*own_entries(store, "objection"), *own_entries(store, "question")),
        expected=_expected(store, visit),
        tallies=answers(store),
        technique=best,
        filled=tuple(results(store, visit_id=visit.id)),
    )


def _expected(store: Store, visit: Visit) -> tuple[VisitItem, ...]:
    """Objections heard before, each once by what was last heard of it, unless that settled it."""
    last: dict[str, VisitItem] = {}
    heard = [visit.customer_id, visit.id, visit.starts_at]
    for item in store.records(VisitItem, _HEARD, heard):
        last.setdefault(item.code or item.text, item)
    return tuple(item for item in last.values() if item.worked != "yes")

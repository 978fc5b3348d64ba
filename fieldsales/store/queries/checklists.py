"""Own checklists and what was found with any, with the times before (M13, M26, M29d, M38)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from fieldsales.domain.checklist import Checklist, ChecklistAnswer, ChecklistResult, Filled
from fieldsales.errors import UserError
from fieldsales.store.database import Store

_LIVE = "trashed_at IS NULL"
_SAME = "customer_id IS ? AND deal_id IS ? AND product_id IS ? AND subject = ?"  # what it is about
_NEWEST = "coalesce(filled_on, '') DESC, created_at DESC, id DESC"
_THESE = "(SELECT value FROM json_each(?))"
_NAMES = f"""
SELECT r.id, coalesce(c.name, ''), coalesce(d.title, ''), coalesce(p.name, ''),
    coalesce(v.starts_at, '')
FROM checklist_result r
LEFT JOIN customer c ON c.id = r.customer_id
LEFT JOIN deal d ON d.id = r.deal_id
LEFT JOIN product p ON p.id = r.product_id
LEFT JOIN visit v ON v.id = r.visit_id
WHERE r.id IN {_THESE}
"""


def own_checklists(store: Store) -> list[Checklist]:
    """The rep's own checklists by title."""
    return store.records(
        Checklist, f"SELECT * FROM checklist WHERE {_LIVE} ORDER BY sort_key(title), id"
    )


def filled(store: Store, result_id: str) -> Filled:
    """One filling-in; raises UserError("record.gone") if it is unknown or in the trash."""
    result = store.record(ChecklistResult, result_id)
    if result is None or result.trashed_at:
        raise UserError("record.gone")
    return _filled(store, [result])[0]


def history(store: Store, result: ChecklistResult) -> list[Filled]:
    """A filling-in and those of the same checklist about the same before it, oldest first."""
    found = store.records(
        ChecklistResult,
        f"SELECT * FROM checklist_result WHERE checklist = ? AND {_SAME} AND {_LIVE}"
        " AND (coalesce(filled_on, ''), created_at, id) <= (?, ?, ?)"
        " ORDER BY coalesce(filled_on, ''), created_at, id",
        [
            *(result.checklist, result.customer_id, result.deal_id, result.product_id),
            *(result.subject, result.filled_on or "", result.created_at, result.id),
        ],
    )
    return _filled(store, found)


def results(
    store: Store,
    checklist: str = "",
    *,
    customer_id: str | None = None,
    deal_id: str | None = None,
    visit_id: str | None = None,
    product_id: str | None = None,
) -> list[Filled]:
    """Fillings-in, the newest first: of a checklist, or about one of the records."""
    given = {
        "checklist": checklist,
        "customer_id": customer_id,
        "deal_id": deal_id,
        "visit_id": visit_id,
        "product_id": product_id,
    }
    wanted = {name: value for name, value in given.items() if value}
    where = " AND ".join([_LIVE, *(f"{name} = ?" for name in wanted)])
    found = store.records(
        ChecklistResult,
        f"SELECT * FROM checklist_result WHERE {where} ORDER BY {_NEWEST}",
        list(wanted.values()),
    )
    return _filled(store, found)


def latest(store: Store) -> dict[str, Filled]:
    """Checklist -> what was filled in with it last."""
    found = store.records(
        ChecklistResult,
        "SELECT * FROM checklist_result WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER"
        f" (PARTITION BY checklist ORDER BY {_NEWEST}) AS nth FROM checklist_result WHERE {_LIVE})"
        " WHERE nth = 1)",
    )
    return {one.result.checklist: one for one in _filled(store, found)}


def latest_result(store: Store) -> str:
    """Id of what was filled in last of all; raises UserError if there is nothing."""
    found: str | None = store.value(
        f"SELECT id FROM checklist_result WHERE {_LIVE} ORDER BY {_NEWEST} LIMIT 1"
    )
    if found is None:
        raise UserError("record.gone")
    return found


def _filled(store: Store, results: Sequence[ChecklistResult]) -> list[Filled]:
    these = json.dumps([result.id for result in results])
    answers: dict[str, list[ChecklistAnswer]] = defaultdict(list)
    for answer in store.records(
        ChecklistAnswer,
        f"SELECT * FROM checklist_answer WHERE result_id IN {_THESE} AND {_LIVE} ORDER BY id",
        [these],
    ):
        answers[answer.result_id].append(answer)
    codes = json.dumps([*{result.checklist for result in results}])
    found = store.records(Checklist, f"SELECT * FROM checklist WHERE id IN {_THESE}", [codes])
    own = {one.id: one for one in found}
    names = {row_id: told for row_id, *told in store.rows(_NAMES, [these])}
    filled = []
    for result in results:
        customer, deal, product, visited_at = names[result.id]
        theirs = tuple(answers[result.id])
        mine = own.get(result.checklist)
        filled.append(Filled(result, theirs, customer, deal, product, visited_at, mine))
    return filled

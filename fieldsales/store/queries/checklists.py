"""Own checklists and what was found with any, with the time before (M13, M26, M29d, M38)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.checklist import Checklist, ChecklistAnswer, ChecklistResult
from fieldsales.errors import UserError
from fieldsales.store.database import Store
from fieldsales.store.queries.pitch_links import checklist_answers

_LIVE = "trashed_at IS NULL"
_SAME = "customer_id IS ? AND deal_id IS ? AND product_id IS ? AND subject = ?"  # what it is about


@dataclass(frozen=True, slots=True)
class Filled:
    """One filling-in with its answers."""

    result: ChecklistResult
    answers: tuple[ChecklistAnswer, ...] = ()


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
    return _filled(store, result)


def before(store: Store, result: ChecklistResult) -> Filled | None:
    """The last filling-in of the same checklist about the same before this one."""
    found = store.records(
        ChecklistResult,
        f"SELECT * FROM checklist_result WHERE checklist = ? AND {_SAME} AND id <> ? AND {_LIVE}"
        " AND (filled_on, created_at, id) < (?, ?, ?)"
        " ORDER BY filled_on DESC, created_at DESC, id DESC LIMIT 1",
        [
            *(result.checklist, result.customer_id, result.deal_id, result.product_id),
            *(result.subject, result.id, result.filled_on, result.created_at, result.id),
        ],
    )
    return _filled(store, found[0]) if found else None


def results(
    store: Store,
    checklist: str = "",
    *,
    customer_id: str | None = None,
    visit_id: str | None = None,
    product_id: str | None = None,
) -> list[Filled]:
    """Fillings-in, the newest first: of a checklist, or about a customer, a visit or a product."""
    given = {
        "checklist": checklist,
        "customer_id": customer_id,
        "visit_id": visit_id,
        "product_id": product_id,
    }
    wanted = {name: value for name, value in given.items() if value}
    where = " AND ".join([_LIVE, *(f"{name} = ?" for name in wanted)])
    found = store.records(
        ChecklistResult,
        f"SELECT * FROM checklist_result WHERE {where}"
        " ORDER BY filled_on DESC, created_at DESC, id DESC",
        list(wanted.values()),
    )
    return [_filled(store, result) for result in found]


def _filled(store: Store, result: ChecklistResult) -> Filled:
    return Filled(result, tuple(checklist_answers(store, result.id).values()))

"""How customers scored us, in our notes and in the forms they filled in themselves (M35)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from fieldsales.domain.satisfaction import (
    FORM,
    FORM_PARTS,
    PARTS,
    Month,
    Satisfaction,
    Score,
    rounded,
)
from fieldsales.store.database import Store

_MOST = 200  # scorings of one customer


def _of_form(part: str) -> str:
    items = ", ".join(f"'{item}'" for item in FORM_PARTS[part])
    return f"avg(CASE WHEN a.item IN ({items}) THEN CAST(nullif(a.value, '') AS REAL) END)"


# a filled-in form counts as one scoring; its parts are the means of its items
_SCORES = f"""
SELECT 'satisfaction' AS noun, s.id, s.customer_id, s.scored_on AS day, s.goods, s.service,
    s.image, s.contact_id, s.visit_id, s.interaction_id, s.note
FROM satisfaction s WHERE s.trashed_at IS NULL AND s.scored_on IS NOT NULL AND {{noted}}
UNION ALL
SELECT 'checklist_result', r.id, r.customer_id, r.filled_on, {_of_form("goods")},
    {_of_form("service")}, {_of_form("image")}, NULL, r.visit_id, NULL, r.note
FROM checklist_result r JOIN checklist_answer a ON a.result_id = r.id
WHERE r.trashed_at IS NULL AND a.trashed_at IS NULL AND r.checklist = '{FORM}'
    AND r.customer_id IS NOT NULL AND r.filled_on IS NOT NULL AND {{filled}}
GROUP BY r.id
"""
_ANY = " OR ".join(f"{part} IS NOT NULL" for part in PARTS)


def history(store: Store, customer_id: str) -> list[Score]:
    """How a customer scored us, the newest first."""
    both = _SCORES.format(noted="s.customer_id = ?", filled="r.customer_id = ?")
    rows = store.rows(
        f"SELECT * FROM ({both}) WHERE {_ANY} ORDER BY day DESC, noun, id DESC LIMIT ?",
        [customer_id, customer_id, _MOST],
    )
    return [_score(row) for row in rows]


def noted(store: Store, customer_id: str) -> list[Satisfaction]:
    """What was noted of a customer by ourselves, forms aside, the newest first."""
    return store.records(
        Satisfaction,
        "SELECT * FROM satisfaction WHERE customer_id = ? AND trashed_at IS NULL"
        " ORDER BY scored_on DESC, id DESC LIMIT ?",
        [customer_id, _MOST],
    )


def since(store: Store, first: date) -> list[Score]:
    """Every scoring from a day on by live customers, the newest first."""
    both = _SCORES.format(noted="s.scored_on >= ?", filled="r.filled_on >= ?")
    rows = store.rows(
        f"SELECT * FROM ({both}) WHERE ({_ANY})"
        " AND customer_id IN (SELECT customer_id FROM customer_facts)"
        " ORDER BY day DESC, noun, id DESC",
        [first.isoformat()] * 2,
    )
    return [_score(row) for row in rows]


def by_month(store: Store, last: date, months: int, customer_id: str = "") -> list[Month]:
    """The months up to that of `last`, the oldest first, those without a scoring too.

    Of all customers, or of one.
    """
    firsts = _firsts(last, months)
    until = _next(firsts[-1])
    days: list[object] = [firsts[0].isoformat(), until.isoformat()]
    noted, filled = "s.scored_on >= ? AND s.scored_on < ?", "r.filled_on >= ? AND r.filled_on < ?"
    if customer_id:
        noted, filled = f"{noted} AND s.customer_id = ?", f"{filled} AND r.customer_id = ?"
        days.append(customer_id)
    sums = ", ".join(f"sum({part}), count({part})" for part in PARTS)
    found = {
        month: (n, told)
        for month, n, *told in store.rows(
            f"SELECT substr(day, 1, 7), count(*), {sums}"
            f" FROM ({_SCORES.format(noted=noted, filled=filled)}) WHERE {_ANY} GROUP BY 1",
            days * 2,
        )
    }
    nothing = (0, [None, 0] * len(PARTS))
    return [
        Month(first, n, {part: _mean(*told[2 * at : 2 * at + 2]) for at, part in enumerate(PARTS)})
        for first in firsts
        for n, told in (found.get(first.isoformat()[:7], nothing),)
    ]


def standing(store: Store, since: date) -> dict[str, Decimal]:
    """Customer -> the mean of all that was scored since a day, one decimal (1 … 5)."""
    noted, filled = "s.scored_on >= ?", "r.filled_on >= ?"
    total = " + ".join(f"coalesce(sum({part}), 0)" for part in PARTS)
    count = " + ".join(f"count({part})" for part in PARTS)
    rows = store.rows(
        f"SELECT customer_id, {total}, {count}"
        f" FROM ({_SCORES.format(noted=noted, filled=filled)}) WHERE {_ANY} GROUP BY customer_id",
        [since.isoformat()] * 2,
    )
    return {customer: rounded(Decimal(str(told)) / n) for customer, told, n in rows}


def of_visit(store: Store, visit_id: str) -> Satisfaction | None:
    """What was scored in a visit."""
    return _one(store, "visit_id", visit_id)


def of_interaction(store: Store, interaction_id: str) -> Satisfaction | None:
    """What was scored in a call or another contact."""
    return _one(store, "interaction_id", interaction_id)


def _one(store: Store, name: str, row_id: str) -> Satisfaction | None:
    found = store.records(
        Satisfaction,
        f"SELECT * FROM satisfaction WHERE {name} = ? AND trashed_at IS NULL"
        " ORDER BY created_at DESC, id DESC LIMIT 1",
        [row_id],
    )
    return found[0] if found else None


def _score(row: Sequence[object]) -> Score:
    noun, row_id, customer_id, day, *rest = row
    parts = {
        part: Decimal(str(value))
        for part, value in zip(PARTS, rest[: len(PARTS)], strict=True)
        if value is not None
    }
    contact_id, visit_id, interaction_id, note = rest[len(PARTS) :]
    return Score(
        noun=str(noun),
        row_id=str(row_id),
        customer_id=str(customer_id),
        day=date.fromisoformat(str(day)),
        parts=parts,
        contact_id=_id(contact_id),
        visit_id=_id(visit_id),
        interaction_id=_id(interaction_id),
        note=str(note or ""),
    )


def _id(value: object) -> str | None:
    return str(value) if value else None


def _mean(total: float | None, count: int) -> Decimal | None:
    return rounded(Decimal(str(total)) / count) if count else None


def _firsts(last: date, months: int) -> list[date]:
    """The first days of so many months, the oldest first."""
    number = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - months + 1, number + 1)]


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)

"""Small look-ups that operations of the pitch need."""

from __future__ import annotations

from fieldsales.domain.checklist import ChecklistAnswer
from fieldsales.domain.worksheet import ValuePart, WorksheetRow
from fieldsales.store.database import Store

_ORDER = "ORDER BY position IS NULL, position, created_at, id"


def price_id(store: Store, product_id: str, list_name: str, day: str) -> str | None:
    """Id of a product's price of a list from a day on."""
    found: str | None = store.value(
        "SELECT id FROM price WHERE product_id = ? AND list_name = ? AND valid_from = ?"
        " AND trashed_at IS NULL",
        [product_id, list_name, day],
    )
    return found


def solution_id(store: Store, industry: str, product_id: str) -> str | None:
    """Id of a cell of the matrix."""
    found: str | None = store.value(
        "SELECT id FROM solution WHERE product_id = ? AND industry = ? AND trashed_at IS NULL",
        [product_id, industry],
    )
    return found


def worksheet_rows(store: Store, worksheet_id: str) -> list[WorksheetRow]:
    """The rows of a worksheet in order."""
    sql = f"SELECT * FROM worksheet_row WHERE worksheet_id = ? AND trashed_at IS NULL {_ORDER}"
    return store.records(WorksheetRow, sql, [worksheet_id])


def value_parts(store: Store, worksheet_id: str) -> list[ValuePart]:
    """The value stack of a worksheet from the bottom up."""
    sql = f"SELECT * FROM value_part WHERE worksheet_id = ? AND trashed_at IS NULL {_ORDER}"
    return store.records(ValuePart, sql, [worksheet_id])


def last_position(store: Store, owner: str, owner_id: str) -> int:
    """Place of the last question of a visit or a deal (`owner`: visit_id, deal_id); −1 of none."""
    found = store.value(
        f"SELECT max(position) FROM visit_item WHERE {owner} = ? AND kind = 'question'"
        " AND trashed_at IS NULL",
        [owner_id],
    )
    return -1 if found is None else int(found)


def planned_questions(store: Store, deal_id: str | None) -> list[str]:
    """Ids of the questions that are planned for a deal and in no visit yet, in order."""
    sql = (
        "SELECT id FROM visit_item WHERE deal_id = ? AND visit_id IS NULL AND kind = 'question'"
        f" AND trashed_at IS NULL {_ORDER}"
    )
    return [row_id for (row_id,) in store.rows(sql, [deal_id])]


def is_live(store: Store, table: str, row_id: str | None) -> bool:
    """Whether a record is there and not in the trash."""
    sql = f"SELECT 1 FROM {table} WHERE id = ? AND trashed_at IS NULL"
    return bool(store.value(sql, [row_id]))


def tag_rule_id(store: Store, pattern: str, quadrant: str) -> str | None:
    """Id of a correction of the walk-around check."""
    found: str | None = store.value(
        "SELECT id FROM tag_rule WHERE pattern = ? AND quadrant = ? AND trashed_at IS NULL",
        [pattern, quadrant],
    )
    return found


def checklist_answers(store: Store, result_id: str) -> dict[str, ChecklistAnswer]:
    """Item -> its answer in one filling-in."""
    sql = "SELECT * FROM checklist_answer WHERE result_id = ? AND trashed_at IS NULL ORDER BY id"
    return {one.item: one for one in store.records(ChecklistAnswer, sql, [result_id])}

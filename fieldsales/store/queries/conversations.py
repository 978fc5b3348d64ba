"""Conversations that are prepared by questions: open deals, visits to come and held (M27)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fieldsales.store.database import Store
from fieldsales.store.search import search

Which = Literal["deals", "coming", "held"]
WHICH: tuple[Which, ...] = ("deals", "coming", "held")

_MOST = 1_000_000  # what a text finds
_AMONG = "IN (SELECT value FROM json_each(?))"
_QUESTION = "i.kind = 'question' AND i.trashed_at IS NULL"
# a deal whose questions were touched last stands first, then the one that closes first
_DEALS = f"""
SELECT d.rowid * 2 FROM deal d JOIN customer c ON c.id = d.customer_id LEFT JOIN (
    SELECT coalesce(i.deal_id, v.deal_id) AS deal_id, max(i.created_at) AS at
    FROM visit_item i LEFT JOIN visit v ON v.id = i.visit_id
    WHERE {_QUESTION} GROUP BY 1
) q ON q.deal_id = d.id
WHERE d.trashed_at IS NULL AND c.trashed_at IS NULL AND d.stage NOT IN ('won', 'lost')
"""
_BY_DEAL = " ORDER BY q.at DESC NULLS LAST, d.expected_close IS NULL, d.expected_close, d.rowid"
_VISITS = """
SELECT v.rowid * 2 + 1 FROM visit v JOIN customer c ON c.id = v.customer_id
WHERE v.trashed_at IS NULL AND c.trashed_at IS NULL
"""
# each has an index of its own, which a list of states would not use
_COMING = (
    " AND v.rowid IN (SELECT rowid FROM visit WHERE state = 'planned'"
    " UNION ALL SELECT rowid FROM visit WHERE state = 'running')"
)
_HELD = (
    " AND v.state = 'concluded' AND EXISTS"
    f" (SELECT 1 FROM visit_item i WHERE i.visit_id = v.id AND {_QUESTION})"
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list: a deal, or a visit where `starts_at` is set.

    `questions`, of these `asked`; needs of the deal, or that were voiced in the visit, `implied`
    and `explicit`.
    """

    number: int
    noun: str
    row_id: str
    customer: str
    deal: str = ""
    starts_at: str = ""
    questions: int = 0
    asked: int = 0
    implied: int = 0
    explicit: int = 0

    @property
    def key(self) -> str:
        """As a SPIN sheet is opened by: `deal:<id>`, `visit:<id>`."""
        return f"{self.noun}:{self.row_id}"


def conversations(store: Store, which: Which, text: str = "") -> array[int]:
    """Numbers of the conversations of a sort that a text finds, in the order of their use."""
    if which == "deals":
        sql, order, noun, letter = _DEALS, _BY_DEAL, "deal", "d"
    else:
        sql, noun, letter = _VISITS + (_COMING if which == "coming" else _HELD), "visit", "v"
        order = f" ORDER BY v.starts_at {'ASC' if which == 'coming' else 'DESC'}, v.rowid"
    params: list[str] = []
    if text.strip():
        nouns = ("customer", "deal", noun)
        ids = json.dumps([hit.row_id for hit in search(store.connection, text, _MOST, nouns)])
        mine = f"{letter}.id {_AMONG} OR c.id {_AMONG}"
        params = [ids, ids]
        if noun == "visit":
            mine, params = f"{mine} OR v.deal_id {_AMONG}", [ids, ids, ids]
        sql += f" AND ({mine})"
    return array("q", [number for (number,) in store.rows(sql + order, params)])


def number_of(store: Store, key: str) -> tuple[Which, int] | None:
    """Where a conversation is listed and its number; None if it is gone or over."""
    noun, _, row_id = key.partition(":")
    if noun == "deal":
        number = store.value(
            "SELECT rowid * 2 FROM deal WHERE id = ? AND trashed_at IS NULL"
            " AND stage NOT IN ('won', 'lost')",
            [row_id],
        )
        return None if number is None else ("deals", number)
    sql = "SELECT rowid * 2 + 1, state FROM visit WHERE id = ? AND trashed_at IS NULL"
    for number, state in store.rows(sql, [row_id]):
        if state != "cancelled":
            return ("held" if state == "concluded" else "coming"), number
    return None


def lines(store: Store, wanted: Sequence[int]) -> list[Conversation | None]:
    """The conversations of these numbers in their order, None where one is gone."""
    deals = [number // 2 for number in wanted if number % 2 == 0]
    visits = [number // 2 for number in wanted if number % 2]
    with store.reading():
        found = {
            one.number: one
            for one in (*_lines(store, "deal", deals), *_lines(store, "visit", visits))
        }
    return [found.get(number) for number in wanted]


_HEADS = {
    "deal": "SELECT d.rowid * 2, d.id, {name}, d.title, '' FROM deal d"
    " JOIN customer c ON c.id = d.customer_id"
    " WHERE d.rowid {among} AND d.trashed_at IS NULL",
    "visit": "SELECT v.rowid * 2 + 1, v.id, {name}, coalesce(d.title, ''), v.starts_at FROM visit v"
    " JOIN customer c ON c.id = v.customer_id LEFT JOIN deal d ON d.id = v.deal_id"
    " WHERE v.rowid {among} AND v.trashed_at IS NULL",
}
_NAME = "coalesce(nullif(c.short_name, ''), c.name)"
_ASKED = "sum(done OR answer <> '')"
_COUNTS = {
    "deal": f"SELECT deal_id, count(*), {_ASKED} FROM ("
    f"SELECT i.deal_id, i.done, i.answer FROM visit_item i WHERE i.deal_id {_AMONG} AND {_QUESTION}"
    " UNION ALL SELECT v.deal_id, i.done, i.answer FROM visit v"
    f" JOIN visit_item i ON i.visit_id = v.id WHERE v.deal_id {_AMONG} AND {_QUESTION}"
    " AND v.trashed_at IS NULL AND v.state <> 'cancelled') GROUP BY deal_id",
    "visit": f"SELECT i.visit_id, count(*), {_ASKED} FROM visit_item i"
    f" WHERE i.visit_id {_AMONG} AND {_QUESTION} GROUP BY i.visit_id",
}


def _lines(store: Store, noun: str, rowids: Sequence[int]) -> list[Conversation]:
    sql = _HEADS[noun].format(name=_NAME, among=_AMONG)
    heads = store.rows(sql, [json.dumps(rowids)])
    ids = json.dumps([head[1] for head in heads])
    counts = _COUNTS[noun]
    asked = {one: told for one, *told in store.rows(counts, [ids] * counts.count("?"))}
    needs = {
        one: told
        for one, *told in store.rows(
            f"SELECT {noun}_id, sum(statement = 'implied'), sum(statement = 'explicit') FROM need"
            f" WHERE {noun}_id {_AMONG} AND trashed_at IS NULL GROUP BY 1",
            [ids],
        )
    }
    return [
        Conversation(
            number,
            noun,
            row_id,
            customer,
            deal,
            starts_at,
            *asked.get(row_id, (0, 0)),
            *needs.get(row_id, (0, 0)),
        )
        for number, row_id, customer, deal, starts_at in heads
    ]

"""Classes and figures of all customers on a day, added up for pictures and listed in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.whole import Lines, Worth
from fieldsales.store.caches import worth
from fieldsales.store.caches.worth_rules import told
from fieldsales.store.database import Store, placeholders
from fieldsales.store.past import as_of
from fieldsales.store.queries.worth import is_kept

_FIGURES = ("sales", "before", "margin", "margin_before", "value", "rank_value", "performance")
_CLASSES = ("importance", "star_cow", "stance", "purchase_status", "course")
# the first of each alone, where no number of a customer's row is wanted: joining takes longest
_KEPT = "FROM customer_worth w", "customer_facts f ON f.customer_id = w.customer_id"
_MADE = "FROM made w", "made f ON f.number = w.rowid"
_COLUMNS = ", ".join(f"w.{name}" for name in Worth._fields)
BOUGHT = "w.purchases > 0"  # who ever did: an old customer (M08)
PLACED = "w.potential IS NOT NULL"
# by what customers are compared with each other, and which of them; growth in tenths of a percent
_PLACED = {
    "sales": ("w.sales", BOUGHT),
    "growth": ("1000 * (w.sales - w.before) / w.before", "w.before > 0"),
}


class Group(NamedTuple):
    """The customers of a class: how many, and what they brought in twelve months, minor units;
    `potential` is what they buy a year of our kind, as far as it is known; `sold` are the sales
    without those of customers who gave back more than they bought.
    """

    customers: int = 0
    sales: int = 0
    margin: int = 0
    potential: int = 0
    sold: int = 0


class Points(NamedTuple):
    """Columns as long as each other: keys as `WorthTable.numbers` knows them, and two figures."""

    keys: list[int]
    across: list[int]
    upwards: list[int]


class WorthTable:
    """What is kept where that is of the day, else the same made from the records in memory.

    Customers are told by the numbers of their rows. `lines` say where classes are cut, `rules` are
    the limits of settings.
    """

    def __init__(self, store: Store, day: date) -> None:
        self._store = store
        self._made: Any = None
        self._from, self._facts = _KEPT
        with store.reading() as connection:
            if is_kept(store, day):
                self.rules: Rules = told(connection).rules
                self.lines: Lines = worth.lines(connection)
                return
            with as_of(store, day):
                self.rules = told(connection).rules
                found = worth.scratch(connection, day)
            self.lines = found.cut
            numbers = dict(connection.execute("SELECT customer_id, number FROM customer_facts"))
        self._from, self._facts = _MADE
        self._made = sqlite.connect(":memory:", check_same_thread=False)
        self._made.execute(
            f"CREATE TABLE made ({', '.join(Worth._fields)}, number INTEGER PRIMARY KEY)"
        )
        self._made.executemany(
            f"INSERT INTO made VALUES ({', '.join('?' * (len(Worth._fields) + 1))})",
            [(*one, numbers[one.customer_id]) for one in found if one.customer_id in numbers],
        )

    def groups(self, method: str) -> dict[str, Group]:
        """Class -> who is in it, '' for those of whom it cannot be told."""
        return {
            code: Group(*sums)
            for code, *sums in self._rows(
                f"SELECT w.{_column(method)}, count(*), sum(w.sales), sum(w.margin),"
                f" coalesce(sum(w.potential), 0), sum(max(w.sales, 0)) {self._from} GROUP BY 1"
            )
        }

    def left_out(self) -> set[str]:
        """Currencies of which money is missing in the figures, as nobody typed a rate."""
        found = self._rows(f"SELECT DISTINCT w.left_out {self._from} WHERE w.left_out <> ''")
        return {code for (codes,) in found for code in codes.split()}

    def falling(self, figure: str, where: str = "true") -> list[int]:
        """What all of them have of a figure, the most first."""
        found = self._list(f"SELECT w.{_column(figure)} AS x {self._from} WHERE {where}")
        found.sort(reverse=True)
        return found

    def listed(
        self,
        order: str,
        method: str = "",
        codes: Sequence[str] = (),
        where: str = "true",
        limit: int = -1,
    ) -> list[int]:
        """Those of some classes, of all without a method, the most of a figure first."""
        among = f"w.{_column(method)} IN ({placeholders(codes)})" if method else "true"
        return self._list(
            f"SELECT f.number AS x {self._from} CROSS JOIN {self._facts} WHERE {among} AND {where}"
            f" ORDER BY w.{_column(order)} DESC, f.number LIMIT ?",
            [*codes, limit],
        )

    def of(self, numbers: Sequence[int]) -> dict[int, Worth]:
        """Row number -> classes and figures, in the order asked for."""
        found = {
            number: Worth(*row)
            for number, *row in self._rows(
                f"SELECT f.number, {_COLUMNS} {self._from} JOIN {self._facts}"
                " WHERE f.number IN (SELECT value FROM json_each(?))",
                [json.dumps(numbers)],
            )
        }
        return {number: found[number] for number in numbers if number in found}

    def points(self, across: str) -> Points:
        """`performance`, or `share` in tenths of a percent, against the potential known."""
        if across not in ("performance", "share"):
            raise ValueError(across)
        [columns] = self._rows(
            f"SELECT json_group_array(w.rowid), json_group_array(coalesce(w.{across}, 0)),"
            f" json_group_array(w.potential) {self._from} WHERE {PLACED}"
        )
        return Points(*map(json.loads, columns))

    def leading(self, limit: int) -> list[int]:
        """Keys of those with most performance among the points."""
        return [
            key
            for (key,) in self._rows(
                f"SELECT w.rowid {self._from} WHERE {PLACED} ORDER BY w.performance DESC LIMIT ?",
                [limit],
            )
        ]

    def place(self, customer_id: str, figure: str) -> tuple[int, int, int] | None:
        """Of `sales` or `growth`: how many customers have less than this one, how many as much,
        and of how many; None where it has none itself.
        """
        what, where = _PLACED[figure]
        [(mine,)] = self._rows(
            f"SELECT max({what}) {self._from} WHERE {where} AND w.customer_id = ?", [customer_id]
        )
        if mine is None:
            return None
        [(less, equal, of)] = self._rows(
            f"SELECT count(*) FILTER (WHERE {what} < ?), count(*) FILTER (WHERE {what} = ?),"
            f" count(*) {self._from} WHERE {where}",
            [mine, mine],
        )
        return less, equal, of

    def numbers(self, keys: Sequence[int]) -> dict[int, int]:
        """Key of a point -> number of the customer's row."""
        return dict(
            self._rows(
                f"SELECT w.rowid, f.number {self._from} JOIN {self._facts}"
                " WHERE w.rowid IN (SELECT value FROM json_each(?))",
                [json.dumps(keys)],
            )
        )

    def stages(self) -> dict[tuple[str, str], int]:
        """(purchase status, course) -> how many customers (M09)."""
        return {
            (status, course): count
            for status, course, count in self._rows(
                f"SELECT w.purchase_status, w.course, count(*) {self._from} GROUP BY 1, 2"
            )
        }

    def of_each(self, *methods: str) -> dict[int, tuple[str, ...]]:
        """Row number -> its classes by these methods."""
        columns = ", ".join(f"w.{_column(method)}" for method in methods)
        return {
            number: tuple(codes)
            for number, *codes in self._rows(
                f"SELECT f.number, {columns} {self._from} JOIN {self._facts}"
            )
        }

    def figure_of_each(self, figure: str, where: str = "true") -> dict[int, int]:
        """Row number -> a figure."""
        return dict(
            self._rows(
                f"SELECT f.number, w.{_column(figure)} {self._from} JOIN {self._facts}"
                f" WHERE {where}"
            )
        )

    def _rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        if self._made is None:
            return self._store.rows(sql, params)
        rows: list[tuple[Any, ...]] = self._made.execute(sql, params).fetchall()
        return rows

    def _list(self, sql: str, params: Sequence[object] = ()) -> list[int]:
        [(text,)] = self._rows(f"SELECT json_group_array(x) FROM ({sql})", params)
        found: list[int] = json.loads(text)
        return found


def special(store: Store) -> set[int]:
    """Numbers of the customers who buy only under a special policy (M08)."""
    return {
        number
        for (number,) in store.rows(
            "SELECT f.number FROM customer c JOIN customer_facts f ON f.customer_id = c.id"
            " WHERE c.special_policy = 1"
        )
    }


def _column(name: str) -> str:
    """A column that may be asked for; anything else is a mistake of the program."""
    if name not in (*_FIGURES, *_CLASSES):
        raise ValueError(name)
    return name

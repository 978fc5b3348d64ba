"""`customer_worth`: the class of every customer by each method, as of a day (M03 … M37).

The day is that of the last `rebuild`; from then on a change moves the customer it belongs to, and
of the others those between where the classes were cut before and are now.
"""

from __future__ import annotations

import json
import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from fieldsales.domain.classes import star_cow
from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.stance import StanceRule
from fieldsales.domain.classes.whole import Lines, Worth, beside, lines_of, own
from fieldsales.store.caches.worth_facts import read
from fieldsales.store.caches.worth_rules import BATCH, Range, counted, is_told_by, ranges, told
from fieldsales.store.migrations import Connection

_RULES = 2  # to be raised when the same records give other classes
_COLUMNS = ", ".join(Worth._fields)
_INSERT = f"INSERT INTO customer_worth ({_COLUMNS}) VALUES ({', '.join('?' * len(Worth._fields))})"
_AMONG = "IN (SELECT value FROM json_each(?))"
# whose records move the classes of the customer they belong to, and which of its fields do
TELLING = (
    "sale",
    "estimate",
    "rating",
    "class_pin",
    "deal",
    "proposal",
    "receivable",
    "visit",
    "interaction",
)
_FIELDS = (
    "kind",
    "employees",
    "importance",
    "relationship",
    "pinned_status",
    "status_reason",
    "trashed_at",
)

Watch = Callable[[int, int], None]  # told how many of how many are done


def day_of(connection: Connection) -> date | None:
    """The day the kept classes are of; None where none are kept, or by other rules."""
    row = connection.execute("SELECT day, told FROM customer_worth_state").fetchone()
    if row is None or json.loads(row[1])["rules"] != _RULES:
        return None
    return date.fromisoformat(row[0])


def lines(connection: Connection) -> Lines:
    """Where the kept classes are cut."""
    return _lines(connection.execute("SELECT told FROM customer_worth_state").fetchone()[0])


def rebuild(connection: Connection, day: date, watch: Watch | None = None) -> None:
    """Makes all classes anew, as of a day; what `watch` raises goes through."""
    keep(connection, day, scratch(connection, day, watch))


class Made:
    """All classes of all customers, by id, in little memory: iterating gives each a `Worth`."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._packed: list[bytes] = []
        self._ranked, self._performances, self._potentials = array("q"), array("q"), array("q")
        self.cut = lines_of((), (), (), rules)

    def add(self, found: Sequence[Worth]) -> None:
        """Takes what follows from the customers' own facts."""
        self._packed.append(marshal.dumps(list(map(tuple, found))))
        self._ranked.extend(one.rank_value for one in found)
        self._performances.extend(one.performance for one in found if one.potential is not None)
        self._potentials.extend(one.potential or 0 for one in found if one.potential is not None)

    @property
    def values(self) -> Sequence[int]:
        """The values by which customers are ranked, rising."""
        return sorted(self._ranked)

    def settle(self) -> None:
        """Finds where classes are cut, when all are in."""
        self.cut = lines_of(
            self.values[::-1],
            sorted(self._performances),
            sorted(self._potentials),
            self._rules,
        )

    def __iter__(self) -> Iterator[Worth]:
        for packed in self._packed:
            for one in marshal.loads(packed):  # noqa: S302 - packed above
                yield beside(Worth._make(one), self.cut, self._rules)


def keep(connection: Connection, day: date, made: Made) -> None:
    """Keeps what `scratch` made in place of what was kept."""
    connection.execute("DELETE FROM customer_worth_state")
    connection.execute("DELETE FROM customer_worth")
    connection.executemany(_INSERT, iter(made))
    connection.execute(
        "INSERT INTO customer_worth_state (day, told) VALUES (?, ?)",
        [day.isoformat(), _text(made.cut)],
    )


def scratch(connection: Connection, day: date, watch: Watch | None = None) -> Made:
    """All classes of all customers as of a day, by id, from the records alone."""
    said = told(connection)
    ids = counted(connection)
    made = Made(said.rules)
    for start, among in ranges(connection, ids):
        if watch is not None:
            watch(start, len(ids))
        made.add([own(one, said.rules) for one in read(among, day, said)])
    made.settle()
    return made


def all_told(connection: Connection, rows: Iterable[str], start: int) -> bool:
    """Whether the changes after `start` move the classes of all: limits, rates, chances."""
    tables = set(rows)
    if "stage" in tables:
        return True
    return "setting" in tables and any(
        is_told_by(name)
        for (name,) in connection.execute(
            "SELECT coalesce(n.name, json_extract(c.before, '$.name'), '') FROM change c"
            " LEFT JOIN setting n ON n.id = c.row_id WHERE c.seq > ? AND +c.tbl = 'setting'",
            [start],
        )
    )


def told_of(connection: Connection, rows: Iterable[str], start: int) -> set[str]:
    """Customers whose own fields or debts changed; of other records see TELLING."""
    found: set[str] = set()
    if "customer" in rows:
        listed = ", ".join(f"'{name}'" for name in _FIELDS)
        found.update(
            customer
            for (customer,) in connection.execute(
                "SELECT row_id FROM change WHERE seq > ? AND +tbl = 'customer'"
                " AND (before IS NULL OR after IS NULL OR EXISTS"
                f" (SELECT 1 FROM json_each(before) WHERE key IN ({listed})))",
                [start],
            )
        )
    if "settlement" in rows:
        found.update(
            customer
            for (customer,) in connection.execute(
                "SELECT DISTINCT r.customer_id FROM change c LEFT JOIN settlement s"
                " ON s.id = c.row_id JOIN receivable r ON r.id = coalesce(s.receivable_id,"
                " json_extract(c.before, '$.receivable_id'))"
                " WHERE c.seq > ? AND +c.tbl = 'settlement'",
                [start],
            )
        )
    return found


def refresh(connection: Connection, customers: set[str] | None, watch: Watch) -> None:
    """Brings the classes of these customers in line with the records, and of those beside them
    that this moves; of all if None. Does nothing as long as none are kept.
    """
    day = day_of(connection)
    if day is None or customers == set():
        return
    count = connection.execute("SELECT count(*) FROM customer_worth").fetchone()[0]
    if customers is None or 2 * len(customers) > count + BATCH:
        rebuild(connection, day, watch)
        return
    said = told(connection)
    before = _of(connection, customers)
    now: dict[str, Worth] = {}
    for customer_id in sorted(customers):
        for given in read(Range(connection, customer_id, customer_id), day, said):
            now[customer_id] = own(given, said.rules)
    cut = lines(connection)
    if _cutting(before) != _cutting(now):
        _write(connection, before, now)
        moved = _recut(connection, said.rules)
        others = [one for one in _between(connection, cut, moved) if one.customer_id not in now]
        now |= {one.customer_id: one for one in others}
        cut = moved
        connection.execute("UPDATE customer_worth_state SET told = ?", [_text(cut)])
        before = _of(connection, before.keys() | now.keys())
    _write(connection, before, {key: beside(one, cut, said.rules) for key, one in now.items()})


def agrees(connection: Connection) -> bool:
    """Whether the kept classes equal those made from scratch."""
    day = day_of(connection)
    if day is None:
        return True
    made = scratch(connection, day)
    known = kept(connection, "true ORDER BY customer_id")
    return lines(connection) == made.cut and all(
        one == other for one, other in zip_longest(known, made)
    )


def _write(connection: Connection, before: dict[str, Worth], now: dict[str, Worth]) -> None:
    """Writes what differs."""
    gone = [key for key, one in before.items() if now.get(key) != one]
    if gone:
        connection.execute(
            f"DELETE FROM customer_worth WHERE customer_id {_AMONG}", [json.dumps(gone)]
        )
    connection.executemany(_INSERT, [one for key, one in now.items() if before.get(key) != one])


def _cutting(found: dict[str, Worth]) -> dict[str, tuple[int, int | None, int | None]]:
    """What of customers decides where classes are cut."""
    return {
        key: (one.rank_value, one.potential, None if one.potential is None else one.performance)
        for key, one in found.items()
    }


def kept(
    connection: Connection, where: str = "true", params: Sequence[object] = ()
) -> Iterator[Worth]:
    """The kept rows that fulfil a condition."""
    cursor = connection.execute(f"SELECT {_COLUMNS} FROM customer_worth WHERE {where}", params)
    return map(Worth._make, cursor)


def values(connection: Connection) -> Sequence[int]:
    """The values by which customers are ranked, rising."""
    return _Ranked(connection, "rank_value", "ASC", "true")


def _of(connection: Connection, ids: Iterable[str]) -> dict[str, Worth]:
    found = kept(connection, f"customer_id {_AMONG}", [json.dumps(sorted(ids))])
    return {one.customer_id: one for one in found}


class _Ranked(Sequence[int]):
    """A column in order, read where it is asked for."""

    def __init__(self, connection: Connection, column: str, order: str, where: str) -> None:
        self._connection = connection
        self._from = f"FROM customer_worth WHERE {where}"
        self._sql = f"SELECT {column} {self._from} ORDER BY {column} {order} LIMIT 1 OFFSET ?"
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            (self._count,) = self._connection.execute(f"SELECT count(*) {self._from}").fetchone()
        return self._count

    def __getitem__(self, at: int) -> int:  # type: ignore[override]
        value: int = self._connection.execute(self._sql, [at]).fetchone()[0]
        return value


def _recut(connection: Connection, rules: Rules) -> Lines:
    known = "potential IS NOT NULL"
    return lines_of(
        _Ranked(connection, "rank_value", "DESC", "true"),
        _Ranked(connection, "performance", "ASC", known),
        _Ranked(connection, "potential", "ASC", known),
        rules,
    )


def _between(connection: Connection, old: Lines, new: Lines) -> Iterator[Worth]:
    """Those whose classes may differ, as they lie where the cuts moved."""
    conditions = []
    for tier, bar in new.over.items():
        low, high = sorted((bar, old.over.get(tier, 0)))
        if low != high:
            conditions.append(f"rank_value > {low} AND rank_value <= {high}")
    for name in ("middle_from", "high_from"):
        low, high = sorted((getattr(old.stance, name), getattr(new.stance, name)))
        if low != high:
            conditions.append(f"potential >= {low} AND potential < {high}")
    if old.kinds is None or new.kinds is None:
        if old.kinds != new.kinds:
            conditions.append("potential IS NOT NULL")
    else:
        for column in ("performance", "potential"):
            low, high = sorted((getattr(old.kinds, column), getattr(new.kinds, column)))
            if low != high:
                known = "potential IS NOT NULL AND"
                conditions.append(f"{known} {column} BETWEEN {int(low)} AND {int(high)}")
    if not conditions:
        return iter(())
    return kept(connection, " OR ".join(f"({one})" for one in conditions))


def _text(cut: Lines) -> str:
    kinds = cut.kinds and (str(cut.kinds.performance), str(cut.kinds.potential))
    return json.dumps(
        {
            "rules": _RULES,
            "over": dict(cut.over),
            "kinds": kinds,
            "stance": (cut.stance.middle_from, cut.stance.high_from, str(cut.stance.share_from)),
        }
    )


def _lines(text: str) -> Lines:
    told = json.loads(text)
    kinds = told["kinds"] and star_cow.Cuts(*map(Decimal, told["kinds"]))
    middle, high, share = told["stance"]
    return Lines(told["over"], kinds, StanceRule(middle, high, Decimal(share)))

"""By which rules and in which money classes are made, and of which customers (M03 … M37)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from fieldsales.domain.classes.rules import Rules, rules
from fieldsales.domain.forecast import rate
from fieldsales.store.migrations import Connection
from fieldsales.words import minor_digits

NO_CUSTOMERS = ("supplier", "department")  # kinds we do not sell to
_KINDS = ", ".join(f"'{kind}'" for kind in NO_CUSTOMERS)
COUNTED = f"trashed_at IS NULL AND kind NOT IN ({_KINDS})"
BATCH = 2_000  # customers read at once
_SETTING = "portfolio."  # before the name of a group of limits


class Money:
    """Brings amounts into the usual currency, and remembers for what there was no rate."""

    def __init__(self, base: str, rates: Mapping[str, Decimal]) -> None:
        self.base = base
        self._rates = rates
        self._left_out: set[str] = set()

    def of(self, amount: int, currency: str) -> int | None:
        """Minor units of the usual currency; None without a rate."""
        code = currency or self.base
        if code == self.base:
            return amount
        if code not in self._rates:
            self._left_out.add(code)
            return None
        digits = minor_digits(self.base) - minor_digits(code)
        worth = amount * self._rates[code] * Decimal(10) ** digits
        return int(worth.to_integral_value(ROUND_HALF_UP))

    def left_out(self) -> tuple[str, ...]:
        """The currencies of which something was left out since this was asked last."""
        found = tuple(sorted(self._left_out))
        self._left_out.clear()
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """What settings say: the rules, the usual currency, what others are worth in it."""

    rules: Rules
    base: str
    rates: Mapping[str, Decimal]

    def money(self) -> Money:
        return Money(self.base, self.rates)


def told(connection: Connection) -> Told:
    """The settings of the file that classes rest on."""
    kept: dict[str, Any] = {
        name: json.loads(value)
        for name, value in connection.execute(
            "SELECT name, value FROM setting WHERE trashed_at IS NULL"
            " AND (name GLOB 'portfolio.*' OR name GLOB 'money.*')"
        )
    }
    base = str(kept.get("money.currency", "CNY"))
    typed = kept.get(f"money.rates.{base}", {})
    rates = {code: value for code, (text, _) in typed.items() if (value := rate(text)) is not None}
    limits = {
        name.removeprefix(_SETTING): value
        for name, value in kept.items()
        if name.startswith(_SETTING)
    }
    return Told(rules(limits), base, rates)


def counted(connection: Connection) -> list[str]:
    """The ids of all customers that are judged, in order."""
    ids = [row[0] for row in connection.execute(f"SELECT id FROM customer WHERE {COUNTED}")]
    return sorted(ids)


def ranges(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[int, Range]]:
    """How many came before, and as many at once as fit in little memory."""
    for start in range(0, len(ids), BATCH):
        yield start, Range(connection, ids[start], ids[min(start + BATCH, len(ids)) - 1])


def is_told_by(setting: str) -> bool:
    """Whether a setting is one that classes rest on."""
    return setting.startswith((_SETTING, "money.currency", "money.rates."))


class Range(NamedTuple):
    """The customers whose ids lie from `low` to `high`, both included."""

    connection: Connection
    low: str
    high: str

    def rows(self, sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query whose last two parameters are the range."""
        return iter(self.connection.execute(sql, [*params, self.low, self.high]))

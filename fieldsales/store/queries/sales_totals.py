"""What all customers together bought by a day and could buy, added up where the sales lie (M34).

To the minor unit what `domain.classes.indicators.of_sales` makes of one customer after another; a
past day of a large file is told in a fraction of the time.
"""

from __future__ import annotations

import json
from datetime import date

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.indicators import Part
from fieldsales.store.caches.worth_facts import COUNTED, Told, lines_beside, potentials
from fieldsales.store.migrations import Connection

# of the twelve months to a day and the twelve before: sold, what that cost, what of it has a cost
_WINDOWS = ", ".join(
    f"coalesce(sum({what}) FILTER (WHERE {when}), 0) AS {name}_{window}"
    for window, when in (
        ("last", "dated > :year"),
        ("before", "dated > :two AND dated <= :year"),
    )
    for name, what in (
        ("sold", "amount"),
        ("cost", "cost"),
        ("costed", "CASE WHEN cost IS NOT NULL THEN amount END"),
    )
)
_EACH = (
    f"SELECT customer_id, {_WINDOWS}, min(dated) FILTER (WHERE amount > 0) AS first,"
    " max(dated) FILTER (WHERE amount > 0) AS latest FROM {lines} GROUP BY customer_id"
)
_SUMMED = ", ".join(
    f"sum({name}_{window}) AS {name}_{window}"
    for window in ("last", "before")
    for name in ("sold", "cost", "costed")
)


def _margin(window: str) -> str:
    """What was earned; what has no cost earns :n of :of, a half away from nothing."""
    rest = f"(sold_{window} - costed_{window})"
    assumed = f"sign({rest}) * ((2 * abs({rest}) * :n + :of) / (2 * :of))"
    return f"costed_{window} - cost_{window} + {assumed}"


_TOTALS = f"""
WITH own AS ({
    _EACH.format(
        lines="sale WHERE trashed_at IS NULL AND dated <= :day AND currency IN ('', :base)"
    )
}),
beside AS (SELECT value ->> 0 AS customer_id, value ->> 1 AS dated, value ->> 2 AS amount,
    value ->> 3 AS cost FROM json_each(:beside)),
other AS ({_EACH.format(lines="beside")}),
summed AS MATERIALIZED (SELECT customer_id, {_SUMMED}, min(first) AS first, max(latest) AS latest
    FROM (SELECT * FROM own UNION ALL SELECT * FROM other) GROUP BY customer_id),
could AS MATERIALIZED (SELECT key AS customer_id, value AS potential FROM json_each(:could)),
told AS (SELECT s.*, {_margin("last")} AS margin_last, {_margin("before")} AS margin_before,
    o.potential
    FROM customer c LEFT JOIN summed s ON s.customer_id = c.id
    LEFT JOIN could o ON o.customer_id = c.id WHERE {COUNTED})
SELECT count(*), coalesce(sum(sold_last), 0), coalesce(sum(sold_before), 0),
    coalesce(sum(margin_last), 0), coalesce(sum(margin_before), 0),
    count(*) FILTER (WHERE first > :year), count(*) FILTER (WHERE sold_before > 0),
    count(*) FILTER (WHERE sold_before > 0 AND latest > :year),
    coalesce(sum(sold_last) FILTER (WHERE potential > 0), 0),
    coalesce(sum(potential), 0), count(potential)
FROM told
"""


def totals(connection: Connection, day: date, said: Told) -> tuple[dict[str, list[Part]], int]:
    """What `of_sales` tells of a day, in one part an indicator; and the sales of twelve months."""
    n, of = said.rules.terms.margin.as_integer_ratio()
    lines = [
        (one.customer_id, one.day.isoformat(), one.amount, one.cost)
        for one in lines_beside(connection, day, said)
    ]
    year, two = (months_before(day, months).isoformat() for months in (YEAR, 2 * YEAR))
    told = {
        "day": day.isoformat(),
        "year": year,
        "two": two,
        "base": said.base,
        "n": n,
        "of": 100 * of,
        "beside": json.dumps(lines),
        "could": json.dumps(potentials(connection, day, said)),
    }
    [row] = connection.execute(_TOTALS, told)
    everyone, sold, before, earned, had, new, bought, stayed, of_known, could, known = row
    return {
        "sales_growth": [Part(0, sold - before, before)],
        "profit_growth": [Part(0, earned - had, had)],
        "customers_won": [Part(0, new)],
        "customers_kept": [Part(0, stayed, bought)],
        "share_of_wallet": [Part(0, of_known, could)],
        "potential_known": [Part(0, known, everyone)],
    }, sold

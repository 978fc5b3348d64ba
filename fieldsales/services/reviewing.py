"""Who comes into a review of the customers, and why (M11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from fieldsales.domain.classes.whole import Worth
from fieldsales.domain.review import ENDS, FELL, MOST, ROSE, RULE, STALE, USUAL_SPAN, Move, moved
from fieldsales.services import portfolio
from fieldsales.store.database import Store
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.currencies import base_currency

_LOOKED_AT = 20 * MOST  # customers with a class held by hand of whom the rule is asked

Entry = Mapping[str, object]  # fields of a ReviewItem


@dataclass(frozen=True, slots=True)
class Queue:
    """What a review goes through, and how many more there would be."""

    since: date
    entries: tuple[Entry, ...]
    left_out: int


def since_last(store: Store) -> date:
    """The day a review looks back to: the last one, or USUAL_SPAN days ago."""
    today = store.clock.today()
    held = [date.fromisoformat(one.held_on) for one in queries.reviews(store)]
    return next((day for day in held if day < today), today - timedelta(days=USUAL_SPAN))


def queue(store: Store, since: date | None = None) -> Queue:
    """Who moved, whose class by hand ends or differs from the rule, whose file is stale.

    At most MOST of each, those worth most. Judges all customers as of `since`, which takes seconds
    for 100 000 of them: to be called from a job.
    """
    since = since or since_last(store)
    now = portfolio.every(store)
    worth = {one.customer_id: one for one in now}
    found = moved(portfolio.every(store, since), now)
    files = queries.files(store)
    listed: dict[str, list[Entry]] = {
        FELL: [_moved(FELL, one, made) for one, made in found[FELL]],
        ENDS: list(_ending(store, worth)),
        RULE: list(_against_rule(store, now)),
        ROSE: [_moved(ROSE, one, made) for one, made in found[ROSE]],
        STALE: [
            {"kind": STALE, "customer_id": one.customer_id}
            for one in sorted(now, key=_by_value)
            if one.customer_id in files
            and queries.is_stale(files[one.customer_id], store.clock.today())
        ],
    }
    currency = base_currency(store)
    chosen = [entry for entries in listed.values() for entry in entries[:MOST]]
    entries = []
    for entry in chosen:
        customer_id = str(entry["customer_id"])
        file = files.get(customer_id, queries.File(None, 0))
        figures = {"seen_on": file.seen_on, "completeness": file.completeness, "currency": currency}
        if customer_id in worth:
            one = worth[customer_id]
            figures |= {"sales": one.sales, "sales_before": one.before}
        entries.append({**figures, **entry})
    return Queue(since, tuple(entries), sum(map(len, listed.values())) - len(entries))


def _by_value(one: Worth) -> tuple[int, str]:
    return -one.rank_value, one.customer_id


def _moved(kind: str, one: Worth, made: Sequence[Move]) -> Entry:
    first, *rest = made
    return {
        "kind": kind,
        "customer_id": one.customer_id,
        "method": first.method,
        "was": first.before,
        "proposed": first.now,
        "also": " ".join(f"{move.method}:{move.before}>{move.now}" for move in rest),
    }


def _ending(store: Store, worth: Mapping[str, Worth]) -> Iterator[Entry]:
    """Classes held by hand that end soon, with what the rule will say."""
    for pin in queries.pins_ending(store, store.clock.today()):
        standing = portfolio.of(store, pin.customer_id) if pin.customer_id in worth else None
        judged = standing.judged.get(pin.method) if standing else None
        yield {
            "kind": ENDS,
            "customer_id": pin.customer_id,
            "method": pin.method,
            "was": pin.code,
            "proposed": judged.code if judged else "",
            "until": pin.until,
        }


def _against_rule(store: Store, now: Iterable[Worth]) -> Iterator[Entry]:
    """Classes held by hand of which the rule thinks otherwise; those that end soon come anyway."""
    ending = {
        (pin.customer_id, pin.method) for pin in queries.pins_ending(store, store.clock.today())
    }
    pinned = sorted((one for one in now if one.pinned), key=_by_value)
    for one in islice(pinned, _LOOKED_AT):
        standing = portfolio.of(store, one.customer_id)
        for method, held in standing.held.items() if standing else ():
            judged = standing.judged.get(method) if standing else None
            if judged is None or judged.code in ("", held.code):
                continue
            if (one.customer_id, method) in ending:
                continue
            yield {
                "kind": RULE,
                "customer_id": one.customer_id,
                "method": method,
                "was": held.code,
                "proposed": judged.code,
                "until": held.until.isoformat() if held.until else None,
            }

"""How long 100 000 customers and as many people take to be compared, how well, and a merge."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from fieldsales.domain.ids import new_id
from fieldsales.services.duplicates import likely, scan
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.search import warm_up
from tests.benchmarks.twins import AddTwins, twins

_MADE = 98_000  # and their twins
_TYPED = 200
_CHILDREN = 1_000  # of each of two customers
_MERGES = 5


class _Busy(Operation):
    """Two customers to whom much belongs."""

    def __init__(self) -> None:
        self.pair = (new_id(), new_id())

    def apply(self, writer: Writer) -> None:
        pick = random.Random(3)
        for customer in self.pair:
            writer.insert("customer", {"name": "海润牧业"}, customer)
            whose: dict[str, object] = {"customer_id": customer}
            moments = [f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}T01:00:00Z" for n in range(_CHILDREN)]
            for noun, share, values in (
                ("contact", 0.05, {"name": "王建国"}),
                ("deal", 0.05, {"title": "育肥料一年", "amount": 100}),
                ("visit", 0.3, {"state": "concluded", "note": "谈了价格和账期，要看检测报告"}),
                ("interaction", 0.2, {"kind": "call", "text": "问价"}),
                ("task", 0.1, {"title": "送样", "due": "2026-12-01"}),
                ("sale", 0.3, {"dated": "2026-01-01", "amount": 100, "currency": "CNY"}),
            ):
                when = {"visit": "starts_at", "interaction": "at"}.get(noun)
                rows = [
                    {
                        "id": new_id(),
                        **whose,
                        **values,
                        **({when: pick.choice(moments)} if when else {}),
                    }
                    for _ in range(round(share * _CHILDREN))
                ]
                writer.insert_many(noun, rows)


def figures() -> Iterator[dict[str, Any]]:
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "twins.db")
        workspace.keep_copy = lambda: None
        operation, answers = twins(_MADE)
        workspace.run(operation)
        for noun, rows in (("customer", operation.customers), ("contact", operation.people)):
            begun = time.perf_counter()
            found = {frozenset((pair.one, pair.other)) for pair in scan(workspace.store, noun)}
            took = time.perf_counter() - begun
            right = len(found & answers[noun])
            name = f"duplicates: {len(rows)} {noun}s"
            yield _figure(f"{name} compared, s", took, 60)
            yield _figure(f"{name}, precision %", 100 * right / len(found))
            yield _figure(f"{name}, recall %", 100 * right / len(answers[noun]))
        yield from _typing(workspace, operation)
        yield from _merging(workspace)
        workspace.close()


def _figure(name: str, value: float, limit: float | None = None) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": None}


def _typing(workspace: Workspace, operation: AddTwins) -> Iterator[dict[str, Any]]:
    pick = random.Random(9)
    for noun, rows, named in (
        ("customer", operation.customers, ("name", "phone")),
        ("contact", operation.people, ("name", "mobile", "customer_id")),
    ):
        taken = []
        for row in pick.sample(rows, _TYPED):
            typed = {name: str(row.get(name, "")) for name in named}
            begun = time.perf_counter()
            likely(workspace.store, noun, typed, str(row["id"]))
            taken.append((time.perf_counter() - begun) * 1_000)
        yield _figure(
            f"duplicates: what is there of a {noun} typed, p95 ms", quantiles(taken, n=20)[-1], 20
        )


def _merging(workspace: Workspace) -> Iterator[dict[str, Any]]:
    busy = _Busy()
    workspace.run(busy)
    merging, undoing = [], []
    for _ in range(_MERGES):
        begun = time.perf_counter()
        workspace.run(MergeRecords("customer", *busy.pair))
        merged = time.perf_counter()
        workspace.undo()
        merging.append((merged - begun) * 1_000)
        undoing.append((time.perf_counter() - merged) * 1_000)
    name = f"two customers of {_CHILDREN} records each"
    yield _figure(f"duplicates: {name} merged, ms", median(merging), 300)
    yield _figure(f"duplicates: {name} taken apart again, ms", median(undoing))

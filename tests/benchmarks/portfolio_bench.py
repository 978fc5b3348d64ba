"""Classes of 100 000 customers with 1 000 000 sales lines and 300 000 visits; lines imported."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.domain.ids import new_id
from fieldsales.services import portfolio
from fieldsales.services.importing import importer
from fieldsales.services.importing.reading import read
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.benchmarks.full_file import BUSY, full_file

LINES = 1_000_000
_ESTIMATED = 0.6  # of all customers
_BATCH = 1_000


class Sold(Operation):
    """Three years of monthly sales, and what many customers might buy."""

    def apply(self, writer: Writer) -> None:
        pick, today = random.Random(5), writer.store.clock.today()
        owners = [row_id for (row_id,) in writer.store.rows("SELECT id FROM customer")]
        months = [(today - timedelta(days=30 * ago)).isoformat() for ago in range(36)]
        for _ in range(LINES // _BATCH):
            writer.insert_many(
                "sale",
                [
                    {
                        "id": new_id(),
                        "customer_id": pick.choice(owners),
                        "dated": pick.choice(months),
                        "monthly": 1,
                        "product_name": "育肥料",
                        "amount": pick.randint(-20_000, 4_000_000),
                        "cost": pick.choice((None, pick.randint(0, 3_000_000))),
                        "currency": "CNY",
                    }
                    for _ in range(_BATCH)
                ],
            )
        for owner in owners:
            if pick.random() < _ESTIMATED:
                values = {"amount": pick.randint(0, 30_000_000), "dated": months[1]}
                writer.insert("estimate", {"customer_id": owner, **values})


class Known(Operation):
    """The customers that the table of sales names."""

    def apply(self, writer: Writer) -> None:
        names = (f"客户{at}养殖有限公司" for at in range(LINES // 10))
        writer.insert_many("customer", [{"id": new_id(), "name": name} for name in names])


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(full_file(Path(folder)))
        workspace.keep_copy = lambda: None
        workspace.run(Sold())
        said = f"100000 customers, {LINES} sales lines"
        seconds, megabytes = _renewed(workspace.store.path)
        yield _told(f"all classes from scratch: {said}", seconds, 6_000)
        yield {
            "name": f"memory of a program that makes them, MB: {said}",
            "value": round(megabytes, 1),
            "limit": 250,
            "ratio": None,
        }
        today = workspace.clock.today().isoformat()

        def sold() -> None:
            values = {"customer_id": BUSY, "dated": today, "amount": 700_000}
            workspace.run(AddRecord("sale", values))

        def visited() -> None:
            values = {"customer_id": BUSY, "state": "concluded", "starts_at": f"{today}T01:00:00Z"}
            workspace.run(AddRecord("visit", values))

        def noted() -> None:
            workspace.run(EditRecord("customer", BUSY, {"note": new_id()}))

        for name, work, limit in (
            ("classes after one sale", sold, 50),
            ("classes after one visit", visited, 50),
            ("a change that moves no class", noted, 20),
            ("why one customer has its classes", lambda: portfolio.of(workspace.store, BUSY), 50),
            ("all classes read", lambda: portfolio.every(workspace.store), 1_000),
        ):
            yield _figure(f"{name}: {said}", work, limit)
        workspace.close()
    yield from imported()


def imported() -> Iterator[dict[str, Any]]:
    """A table of a million lines, brought and taken back."""
    with tempfile.TemporaryDirectory() as folder:
        pick, table = random.Random(1), Path(folder) / "sales.csv"
        with table.open("w", encoding="utf-8") as file:
            file.write("客户名称,销售日期,产品名称,数量,销售额,成本\n")
            for _ in range(LINES):
                day = f"{pick.randint(2023, 2026)}-{pick.randint(1, 10):02d}-{pick.randint(1, 28):02d}"
                amount = pick.randint(100, 99_999)
                name = f"客户{pick.randrange(LINES // 10)}养殖有限公司"
                file.write(f"{name},{day},育肥料,{pick.randint(1, 99)},{amount}.5,{amount // 2}\n")
        workspace = Workspace.open(Path(folder) / "sold.db")
        workspace.keep_copy = lambda: None
        workspace.run(Known())
        portfolio.renew(workspace)
        begun = time.perf_counter()
        sheet = read(table)
        done = importer.run(workspace, sheet, importer.propose(workspace.store, sheet))
        yield _told(f"{done.added} sales lines imported", time.perf_counter() - begun, 120_000)
        begun = time.perf_counter()
        workspace.undo()
        yield _told(f"{done.added} sales lines taken back", time.perf_counter() - begun, 120_000)
        workspace.close()


def _renewed(path: Path) -> tuple[float, float]:
    """Seconds and megabytes of a program of its own that makes all classes."""
    code = (
        "import resource, sys, time; from pathlib import Path;"
        " from fieldsales.services import portfolio;"
        " from fieldsales.services.workspace import Workspace;"
        " w = Workspace.open(Path(sys.argv[1])); b = time.perf_counter();"
        " portfolio.renew(w); s = time.perf_counter() - b; w.close();"
        " print(s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    ).stdout.split()
    return float(told[0]), float(told[1])


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(7):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return _told(name, median(taken), limit)


def _told(name: str, seconds: float, limit: float) -> dict[str, Any]:
    return {"name": name, "value": round(seconds * 1_000, 1), "limit": limit, "ratio": None}

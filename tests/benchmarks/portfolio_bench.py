"""Classes of 100 000 customers with 1 000 000 sales lines and 300 000 visits; lines imported."""

from __future__ import annotations

import csv
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter

from fieldsales.domain.ids import new_id
from fieldsales.services import portfolio
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.benchmarks.full_file import BUSY, full_file

LINES = 1_000_000
_ESTIMATED = 0.6  # of all customers
_BATCH = 1_000
_HEADER = "客户名称 销售日期 产品名称 数量 销售额 成本".split()


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
        for what, name, limit, room in (
            ("classes", "all classes from scratch", 6_000, 250),
            ("indicators", "indicators of six quarters", 5_000, 200),
            ("week", "the plan of a week", 2_000, 250),
        ):
            told = _done(what, workspace.store.path)
            yield _told(f"{name}: {said}", told["seconds"], limit)
            yield _told(f"{name}, time of the processor: {said}", told["processor"], limit)
            yield _megabytes(f"{name}, memory of the program: {said}", told["memory, MB"], room)
        told = _done("window", workspace.store.path)
        name = "indicators on their page"
        yield _told(f"{name}, first painted: {said}", told["painted"], 200)
        yield _told(f"{name}, the window stood still at most: {said}", told["stood still"], 200)
        yield _told(f"{name}, whole: {said}", told["processor"], 6_000)
        yield _megabytes(f"{name}, memory of the program: {said}", told["memory, MB"])
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
    """A table of a million lines, brought and taken back by a program of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder, pick = Path(place), random.Random(1)
        rows = [
            (
                f"客户{pick.randrange(LINES // 10)}养殖有限公司",
                f"{pick.randint(2023, 2026)}-{pick.randint(1, 10):02d}-{pick.randint(1, 28):02d}",
                "育肥料",
                pick.randint(1, 99),
                pick.randint(100, 99_999) + 0.5,
                pick.randint(50, 50_000),
            )
            for _ in range(LINES)
        ]
        as_text, as_book = folder / "sales.csv", folder / "sales.xlsx"
        with as_text.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_HEADER, *rows])
        with xlsxwriter.Workbook(as_book, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            for at, row in enumerate([_HEADER, *rows]):
                page.write_row(at, 0, row)
        known = folder / "known.db"
        workspace = Workspace.open(known)
        workspace.keep_copy = lambda: None
        workspace.run(Known())
        portfolio.renew(workspace)
        workspace.close()
        for table in (as_text, as_book):
            database = Path(shutil.copy(known, folder / "sold.db"))
            module = "tests.benchmarks._imported"
            command = [sys.executable, "-m", module, "sales", str(database), str(table)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            said = f"{told['lines']:.0f} sales lines, {table.suffix[1:].upper()}"
            yield _told(f"{said}: imported", told["run"], 120_000)
            yield _told(f"{said}: imported, time of the processor", told["processor"], 120_000)
            yield _megabytes(f"{said}: memory of the import", told["memory, MB"])
            yield _told(f"{said}: taken back", told["undone"], 120_000)
            for left in folder.glob("sold.db*"):
                left.unlink()


def _done(what: str, path: Path) -> dict[str, float]:
    """What a program of its own tells that does something with the file."""
    command = [sys.executable, "-m", "tests.benchmarks._portfolio", what, str(path)]
    told: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True).stdout
    )
    return told


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(7):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return _told(name, median(taken), limit)


def _megabytes(name: str, megabytes: float, limit: int = 250) -> dict[str, Any]:
    return {"name": f"{name}, MB", "value": round(megabytes, 1), "limit": limit, "ratio": None}


def _told(name: str, seconds: float, limit: float) -> dict[str, Any]:
    return {"name": name, "value": round(seconds * 1_000, 1), "limit": limit, "ratio": None}

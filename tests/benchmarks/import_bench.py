"""Importing 50 000 rows of 12 columns into a full file, against reading, inserting and spelling."""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.benchmarks.full_file import full_file
from tests.benchmarks.search_bench import Territory

_NEW, _KNOWN = 45_000, 5_000  # rows; the known ones are in the full file already
_RUNS = 3
_HEADER = "客户名称 客户编号 电话 地区 地址 行业 员工人数 来源 联系人 职务 手机 备注".split()
_INDUSTRIES = ("养猪", "养牛", "饲料经销", "零售")
_SOURCES = ("展会", "网络", "老客户介绍")
_REGIONS = ("榆林", "定边", "靖边", "银川")


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        for path in _files(Path(folder)):
            yield from _import(path, Path(folder))


def _files(folder: Path) -> tuple[Path, Path]:
    """The same rows as CSV in GB18030 and as XLSX."""
    pick = random.Random(9)
    fresh, known = Territory(_NEW, seed=3), Territory(_KNOWN)  # the full file begins with these
    rows = [
        [
            customer.names[0],
            customer.ids[0],
            customer.phones[0],
            pick.choice(_REGIONS),
            customer.text,
            pick.choice(_INDUSTRIES),
            str(pick.randrange(1, 900)),
            pick.choice(_SOURCES),
            person.names[0],
            person.text,
            person.phones[0],
            "秋季订货会签到",
        ]
        for territory in (fresh, known)
        for customer, person in zip(territory.customers, territory.people, strict=False)
    ]
    pick.shuffle(rows)
    as_text, as_book = folder / "rows.csv", folder / "rows.xlsx"
    with as_text.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_HEADER, *rows])
    with xlsxwriter.Workbook(as_book, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate([_HEADER, *rows]):
            page.write_row(at, 0, row)
    return as_text, as_book


def _import(path: Path, folder: Path) -> Iterator[dict[str, Any]]:
    bare = statistics.median(_told("bare", str(path))["seconds"] for _ in range(_RUNS))
    runs = []
    for _ in range(_RUNS):
        runs.append(_told("window", str(full_file(folder)), str(path)))
        for left in folder.glob("full.db*"):
            left.unlink()
    assert all(run["found"] for run in runs)
    seconds = statistics.median(run["read"] + run["run"] for run in runs)
    kind = path.suffix[1:].upper()
    yield _figure(f"import of 50 000 rows, {kind}, s", seconds, 2.5, seconds / bare)
    for name, told, limit in (
        ("before it, what it would do, s", "rehearsed", None),
        ("after it, the backup, s", "backed up", None),
        ("its longest event gap, ms", "gap, ms", 100),
        ("longest event gap of reading and rehearsing it, ms", "gap before, ms", 100),
        ("its memory, MB", "memory, MB", 300),
        ("its undo, s", "undone", 8),
        ("longest event gap of its undo, ms", "gap of undo, ms", None),
    ):
        value = statistics.median(run[told] for run in runs)
        yield _figure(f"import, {kind}: {name}", value, limit)


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    rounded = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": rounded}


def _told(*arguments: str) -> dict[str, Any]:
    """What a process of its own told of an import."""
    command = [sys.executable, "-m", "tests.benchmarks._imported", *arguments]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told

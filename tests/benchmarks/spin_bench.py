"""How fast a SPIN sheet opens."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from fieldsales.domain.spin import KINDS
from fieldsales.screens import pitch
from fieldsales.screens.pitch.spin.page import SpinPage
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.services.workspace import Workspace
from tests.benchmarks._window import application, bare_context

_EACH = 3  # questions of a kind
_ROUNDS = 24


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "bench.db")
        deals = [_deal(workspace, n) for n in range(_ROUNDS)]
        app = application()
        context = bare_context(workspace, Path(folder))
        screen: Any = pitch.build(context)
        page = screen.show_section("spin")
        assert isinstance(page, SpinPage)
        screen.resize(1366, 768)
        screen.show()
        app.processEvents()
        taken = []
        for deal in deals:
            begun = time.perf_counter()
            page.sheet.show_key(f"deal:{deal}")
            app.processEvents()
            taken.append((time.perf_counter() - begun) * 1000)
        yield {
            "name": f"SPIN sheet opens, {len(KINDS) * _EACH} questions, p95 ms",
            "value": round(quantiles(taken, n=20)[-1], 2),
            "limit": 100,
            "ratio": None,
        }
        screen.close()
        context.close()
        workspace.close()


def _deal(workspace: Workspace, number: int) -> str:
    """A deal with questions of each kind, half of them answered, and what was voiced."""

    def add(noun: str, **values: object) -> str:
        operation = AddRecord(noun, values)
        workspace.run(operation)
        return operation.row_id

    customer = add("customer", name=f"第 {number} 场", industry="pig_farm")
    deal = add("deal", title="断奶料", stage="needs", customer_id=customer)
    for kind in KINDS:
        for n in range(_EACH):
            question = PlanQuestion(deal, f"{kind} 的第 {n} 个问题，问细一点？", kind)
            workspace.run(question)
            if n % 2 == 0:
                said = {"answer": "上个月断的那批拉了一个礼拜，掉秤不少"}
                workspace.run(EditRecord("visit_item", question.row_id, said))
    for statement in ("implied", "explicit"):
        about = {"customer_id": customer, "deal_id": deal, "statement": statement}
        add("need", text=f"断奶要稳 {statement}", **about)
    return deal

"""How fast a long proposal is written: at each key its sums are made anew."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from fieldsales.screens import money
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.services.operations.proposals import AddProposalLines, StartProposal
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Workspace
from tests.benchmarks._window import application, bare_context

_LINES = 300
_KEYS = 40


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "bench.db")
        proposal = _proposal(workspace)
        app = application()
        context = bare_context(workspace, Path(folder))
        screen: Any = money.build(context)
        page = screen.show_section("proposals")
        assert isinstance(page, ProposalsPage)
        screen.resize(1366, 768)
        screen.show()
        page.show_record("proposal", proposal)
        app.processEvents()
        lines = page.view.lines
        lines.sheet.edit_cell(lines.desk.lines[_LINES // 2].id, "price", "1")
        cell = lines.sheet.line
        assert cell is not None
        taken = []
        for n in range(_KEYS):
            cell.setText(f"{n}.5")
            begun = time.perf_counter()
            cell.textEdited.emit(cell.text())
            taken.append((time.perf_counter() - begun) * 1000)
        yield {
            "name": f"a key in a proposal of {_LINES} lines, p95 ms",
            "value": round(quantiles(taken, n=20)[-1], 2),
            "limit": 10,
            "ratio": None,
        }
        screen.close()
        context.close()
        workspace.close()


def _proposal(workspace: Workspace) -> str:
    customer = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(customer)
    begun = StartProposal({"customer_id": customer.row_id, "currency": "CNY"})
    workspace.run(begun)
    lines = tuple(
        {
            "product_name": f"第 {n} 号料",
            "quantity": str(n % 7 + 1),
            "price": f"{n}.37",
            "tax_percent": "9",
            "discount": "5",
            "cost": "1",
            "minimum": "2",
        }
        for n in range(_LINES)
    )
    workspace.run(AddProposalLines(begun.row_id, lines))
    return begun.row_id

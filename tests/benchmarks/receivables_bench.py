"""What is owed in a file with 100 000 invoices and 150 000 payments: by age, and as the tab opens."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.domain.ids import new_id
from fieldsales.screens import money
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.queries import debts, receivables
from tests.benchmarks._window import application, bare_context

INVOICES, PAYMENTS = 100_000, 150_000
_CUSTOMERS = 5_000
_OPEN = 0.12  # of all invoices
_ROUNDS = 7


class Owing(Operation):
    """Invoices of three years, most of them paid in one or two parts."""

    def apply(self, writer: Writer) -> None:
        pick, today = random.Random(7), writer.store.clock.today()
        owners = [new_id() for _ in range(_CUSTOMERS)]
        writer.insert_many(
            "customer", [{"id": one, "name": f"客户{at}"} for at, one in enumerate(owners)]
        )
        invoices: list[dict[str, object]] = []
        payments: list[dict[str, object]] = []
        settlements: list[dict[str, object]] = []
        while len(invoices) < INVOICES:
            row_id, whose = new_id(), pick.choice(owners)
            due = (today - timedelta(days=pick.randint(-30, 1_000))).isoformat()
            own: dict[str, object] = {
                "customer_id": whose,
                "amount": 2 * pick.randint(500, 4_000_000),
                "currency": "CNY",
            }
            invoices.append({**own, "id": row_id, "issued_on": due, "due_on": due})
            missing = INVOICES - len(invoices)
            parts = 0 if pick.random() < _OPEN else pick.choice((1, 2, 2, 2))
            parts = min(max(parts, PAYMENTS - len(payments) - 2 * missing), 2)
            for _ in range(min(parts, PAYMENTS - len(payments))):
                paid, amount = new_id(), int(str(own["amount"])) // parts
                payments.append({**own, "id": paid, "amount": amount, "received_on": due})
                settled = {"receivable_id": row_id, "payment_id": paid, "amount": amount}
                settlements.append({"id": new_id(), **settled})
        writer.insert_many("receivable", invoices)
        writer.insert_many("payment", payments)
        writer.insert_many("settlement", settlements)


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "owing.db"
        workspace = Workspace.open(path)
        workspace.run(Owing())
        workspace.close()  # as it is found the next day, not behind a long log
        workspace = Workspace.open(path)
        store = workspace.store
        today = store.clock.today()

        app = application()
        context = bare_context(workspace, Path(folder))
        screens: list[Any] = []

        def opened() -> None:
            """The tab is made, reads the file and is painted."""
            screen: Any = money.build(context)
            screen.resize(1366, 768)
            screen.show_section("receivables")
            screen.show()
            app.processEvents()
            assert screen.grab().width()
            screens.append(screen)

        said = f"{INVOICES} invoices, {PAYMENTS} payments"
        yield _figure(f"ageing: {said}", lambda: receivables.ageing(store, today), 300)
        yield _figure(f"money tab opened and painted: {said}", opened, 150)
        yield _figure(f"badge of money to call about: {said}", lambda: debts.calls(store), 20)
        for screen in screens:
            screen.close()
        context.close()
        workspace.close()


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return {
        "name": name,
        "value": round(median(taken), 1),
        "limit": limit,
        "ratio": None,
    }

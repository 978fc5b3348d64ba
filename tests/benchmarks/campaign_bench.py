"""A campaign of 5 000 people in a file of its own: begun, shown, gone through by keys."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.domain.clock import Clock
from fieldsales.domain.ids import new_id
from fieldsales.screens.portfolio import campaigns as section
from fieldsales.screens.portfolio.campaigns.page import CampaignsPage
from fieldsales.services import festivals, special_days
from fieldsales.services.operations.campaigns import StartCampaign
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.words import Words
from tests.benchmarks._window import application, bare_context

PEOPLE = 5_000
_ROUNDS = 7
_DAY = date(2027, 1, 30)  # a week before the Spring Festival


class Territory(Operation):
    """So many customers, a person and a day to keep at each."""

    def apply(self, writer: Writer) -> None:
        houses = [new_id() for _ in range(PEOPLE)]
        named = [{"id": row_id, "name": f"客户{at}牧业"} for at, row_id in enumerate(houses)]
        writer.insert_many("customer", named)
        whose = [{"id": new_id(), "customer_id": row_id, "name": "贺文清"} for row_id in houses]
        writer.insert_many("contact", whose)
        writer.insert_many(
            "special_day",
            [
                {
                    "id": new_id(),
                    "customer_id": row_id,
                    "kind": "founding",
                    "day": f"{at % 12 + 1:02}-{at % 28 + 1:02}",
                    "calendar": ("solar", "lunar")[at % 2],
                }
                for at, row_id in enumerate(houses)
            ],
        )


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        app = application()
        workspace = Workspace.open(Path(folder) / "campaign.db", Clock(_DAY))
        workspace.run(Territory(), wait=5)
        store, words = workspace.store, Words("zh_CN")
        yield _figure(
            "days kept within two weeks of 5 000, ms",
            lambda: special_days.kept_from(store, _DAY, 14),
            40,
        )
        yield _figure("festivals of the week, ms", lambda: festivals.near(store, words, _DAY), 5)
        houses = [row_id for (row_id,) in store.rows("SELECT id FROM customer")]
        start = StartCampaign({"name": "订货会", "text": "{称呼}，周六来。"}, houses)
        begun = time.perf_counter()
        workspace.run(start, wait=5)
        seconds = time.perf_counter() - begun
        yield {
            "name": "campaign of 5 000 begun, s",
            "value": round(seconds, 2),
            "limit": 3,
            "ratio": None,
        }
        context = bare_context(workspace, Path(folder))
        page = section.build(context)
        assert isinstance(page, CampaignsPage)
        context.changed.connect(page.follow)
        page.resize(1366, 768)
        page.show()
        app.processEvents()

        def shown() -> None:
            page.refresh()
            app.processEvents()
            page.repaint()

        yield _figure("campaign of 5 000 shown, ms", shown, 150)
        yield _figure("marked as reached, and the next one, ms", page.view.mark_reached, 250)
        page.close()
        context.close()
        workspace.close()


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return {"name": name, "value": round(median(taken), 2), "limit": limit, "ratio": None}

"""The day on a full file: the list painted, the badge counted, a week and a month shown."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.ids import new_id
from fieldsales.screens import today
from fieldsales.screens.today.page import TodayScreen
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.queries import today as queries
from tests.benchmarks._window import application, bare_context
from tests.benchmarks.full_file import full_file

_ROUNDS = 7


class Busy(Operation):
    """A busy seller: plans and tasks of two months, birthdays of a tenth of the people."""

    def apply(self, writer: Writer) -> None:
        pick = random.Random(3)
        store = writer.store
        customers = [row for (row,) in store.rows("SELECT id FROM customer LIMIT 3000")]
        people = [row for (row,) in store.rows("SELECT id FROM contact LIMIT 20000")]
        now = store.clock.now()

        def moment() -> datetime:
            return now + timedelta(hours=pick.randrange(-24 * 10, 24 * 60))

        writer.insert_many(
            "visit",
            [
                {
                    "id": new_id(),
                    "customer_id": pick.choice(customers),
                    "starts_at": to_stamp(moment()),
                    "state": "planned",
                    "minutes": pick.choice((30, 60, 90)),
                    "objective": "定首批",
                }
                for _ in range(600)
            ],
        )
        writer.insert_many(
            "task",
            [
                {
                    "id": new_id(),
                    "customer_id": pick.choice(customers),
                    "title": "送样",
                    "party": pick.choice(("us", "us", "them")),
                    "due": moment().date().isoformat(),
                }
                for _ in range(3_000)
            ],
        )
        for contact in people:
            born = f"{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
            kept = pick.choice(("solar", "lunar"))
            writer.update("contact", contact, {"birthday": born, "birthday_calendar": kept})


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = full_file(Path(folder))
        app = application()
        workspace = Workspace.open(path)
        workspace.run(Busy())
        context = bare_context(workspace, Path(folder))
        page = today.build(context)
        assert isinstance(page, TodayScreen)
        page.resize(1366, 768)
        page.show()
        app.processEvents()

        def shown() -> None:
            page.refresh()
            app.processEvents()
            page.repaint()

        yield _figure("Today with 100 000 customers, ms", shown, 150)
        yield _figure(
            "what its badge counts, ms", lambda: queries.today(workspace.store).urgent, 40
        )
        for view in ("week", "month"):
            page.show_view(view)
            # the past of the full file has more visits a day than anybody makes
            page.calendar.show_day(workspace.clock.today() + timedelta(days=40))
            app.processEvents()
            yield _figure(f"the calendar's {view}, ms", shown, 100)
        context.close()
        workspace.close()


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return {"name": name, "value": round(median(taken), 2), "limit": limit, "ratio": None}

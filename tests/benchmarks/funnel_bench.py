"""How fast the board and the numbers of the funnel come from a file with 10 000 deals."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.forecast import forecast
from fieldsales.domain.funnel import flow, tallied
from fieldsales.domain.ids import new_id
from fieldsales.domain.pipeline import FUNNEL, FUNNEL_STAGES
from fieldsales.services.board import BOARDS, Board, View
from fieldsales.services.moving import Answers, check_move
from fieldsales.services.operations.deals import MoveDeals
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.queries import funnel, pipelines
from fieldsales.store.queries.deals import DealFilter

DEALS = 10_000
CHANGES = 50_000
_CUSTOMERS = 2_500
_FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench"
_ROUNDS = 15
EVERY = DealFilter(closed_days=None)


class _Fill(Operation):
    """Deals all over the funnel, each with its history, tasks and people."""

    def apply(self, writer: Writer) -> None:
        pick = random.Random(5)
        now = datetime.now(UTC)
        customers = [new_id() for _ in range(_CUSTOMERS)]
        writer.insert_many(
            "customer",
            [
                {
                    "id": row_id,
                    "name": f"第{number}号养殖场",
                    "importance": pick.choice(("", "vip", "major", "ordinary", "small")),
                    "source": pick.choice(("web", "old_customer", "exhibition")),
                }
                for number, row_id in enumerate(customers)
            ],
        )
        people = [(new_id(), row_id) for row_id in customers for _ in range(2)]
        writer.insert_many(
            "contact",
            [
                {"id": row_id, "customer_id": customer, "name": f"王{number}"}
                for number, (row_id, customer) in enumerate(people)
            ],
        )
        writer.insert_many(
            "buying_role",
            [
                {
                    "id": new_id(),
                    "customer_id": customer,
                    "contact_id": row_id,
                    "role": pick.choice(("purchaser", "user", "decision_maker", "guide")),
                    "attitude": pick.choice((-1, 0, 1, 2)),
                }
                for row_id, customer in people
            ],
        )
        rows: list[dict[str, object]] = []
        changes: list[dict[str, object]] = []
        tasks: list[dict[str, object]] = []
        visits: list[dict[str, object]] = []
        for number in range(DEALS):
            row_id, customer = new_id(), pick.choice(customers)
            steps = CHANGES // DEALS
            at = now - timedelta(days=pick.randrange(60, 700))
            stage = "target"
            for _ in range(steps):
                since, at = at, min(now, at + timedelta(days=pick.randrange(1, 40)))
                place = FUNNEL_STAGES.index(stage)
                to = FUNNEL_STAGES[max(0, min(6, place + pick.choice((-1, 1, 1, 2))))]
                if to == stage:
                    to = FUNNEL_STAGES[place - 1]
                changes.append(
                    {
                        "id": new_id(),
                        "deal_id": row_id,
                        "from_stage": stage,
                        "to_stage": to,
                        "since": to_stamp(since),
                        "at": to_stamp(at),
                    }
                )
                stage = to
            if pick.random() < 0.2:
                stage = changes[-1]["to_stage"] = pick.choice(("won", "lost"))
            rows.append(
                {
                    "id": row_id,
                    "customer_id": customer,
                    "title": f"第{number}单：全年用料",
                    "stage": stage,
                    "amount": pick.randrange(100_000, 900_000_000),
                    "currency": pick.choice(("CNY", "CNY", "CNY", "USD")),
                    "expected_close": f"{(now + timedelta(days=pick.randrange(-60, 300))):%Y-%m-%d}",
                    "seller": pick.choice(("周明远", "陈思远", "李慧")),
                    "product": pick.choice(("羊料", "猪料", "犊牛料")),
                    "lost_reason": "price" if stage == "lost" else "",
                }
            )
            if pick.random() < 0.6:
                tasks.append({"id": new_id(), "deal_id": row_id, "customer_id": customer,
                              "title": "送样", "due": f"{now:%Y-%m-%d}"})  # fmt: skip
            visits.append(
                {
                    "id": new_id(),
                    "deal_id": row_id,
                    "customer_id": customer,
                    "state": "concluded",
                    "starts_at": to_stamp(now - timedelta(days=pick.randrange(1, 400))),
                    "their_action": pick.choice(("", "试用")),
                    "their_date": "2026-12-01",
                }
            )
        writer.insert_many("deal", rows)
        writer.insert_many("stage_change", changes)
        writer.insert_many("task", tasks)
        writer.insert_many("visit", visits)


def full_funnel(folder: Path) -> Path:
    """A copy of the full file in `folder`, free to be changed."""
    kept = _FOLDER / f"funnel-{DEALS}.db"
    if not kept.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        workspace = Workspace.open(unfinished)
        workspace.run(_Fill())
        workspace.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        workspace.close()
        unfinished.rename(kept)
    return Path(shutil.copy(kept, folder / "funnel.db"))


def figures() -> Iterator[dict[str, Any]]:
    """`name`, `value`, `limit`, `ratio` to the bare baseline (or None)."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(full_funnel(Path(folder)))
        yield from _reading(workspace)
        yield from _moving(workspace)
        workspace.close()


def _reading(workspace: Workspace) -> Iterator[dict[str, Any]]:
    store = workspace.store
    known = pipelines.pipelines(store)
    day = store.clock.today() - timedelta(days=30)

    def numbers() -> None:
        forecast(funnel.chances(store), store.clock.today())
        flow(funnel.courses(store, known, FUNNEL), known.open_stages(FUNNEL))
        pipelines.usual_days(store, known)
        funnel.changed_since(store, known, day)

    yield _figure("forecast, conversion, days and what changed, p95 ms", _ms(numbers), 200)
    lost = _ms(lambda: tallied(funnel.closed(store), lambda one: one.reason))
    yield _figure("won and lost by reason, p95 ms", lost)
    yield _figure("advances by stage, p95 ms", _ms(lambda: funnel.stage_advances(store)))
    board = Board(store)
    for by in BOARDS:
        view = View(EVERY, by)
        yield _figure(f"board by {by} read, p95 ms", _ms(lambda view=view: board.load(view)))
    ids = board.ids(board.columns[0])[:60]
    yield _figure("60 cards read, p95 ms", _ms(lambda: board.cards(ids)))
    stuck = _ms(lambda: board.load(View(DealFilter(stuck=True))))
    yield _figure("stuck deals read, p95 ms", stuck)


def _moving(workspace: Workspace) -> Iterator[dict[str, Any]]:
    board = Board(workspace.store)
    board.load(View(EVERY))
    ids = iter(board.ids("needs"))

    def drop() -> None:
        row_id = next(ids)
        changed = workspace.run(MoveDeals((row_id,), "value", Answers(reason="试试")))
        for column in board.refresh(board.affected(changed) or ()):
            board.totals(column)
        board.cards([row_id])

    yield _figure("a drop saved, totals right, card read, p95 ms", _ms(drop, 60), 80)
    many = tuple(next(ids) for _ in range(500))
    check = _ms(lambda: check_move(workspace.store, many, "value"), 3)
    yield _figure("500 deals checked for a move, ms", check)
    begun = time.perf_counter()
    workspace.run(MoveDeals(many, "value", Answers(reason="试试")))
    yield _figure("500 deals moved, ms", [(time.perf_counter() - begun) * 1000])


def _ms(work: Callable[[], object], rounds: int = _ROUNDS) -> list[float]:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)


def _figure(name: str, taken: list[float], limit: float | None = None) -> dict[str, Any]:
    value = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    return {"name": f"funnel: {name}", "value": round(value, 1), "limit": limit, "ratio": None}


if __name__ == "__main__":
    for figure in figures():
        print(json.dumps(figure, ensure_ascii=False), flush=True)

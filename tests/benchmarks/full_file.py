"""A file with 100 000 customers, 200 000 people and 300 000 visits, made once and kept."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.customer import HORIZONS, INDUSTRIES, SOURCES
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.benchmarks.search_bench import Territory

CUSTOMERS = 100_000
_FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench"
_REGIONS = ("榆林", "定边", "靖边", "吴忠", "银川", "灵武", "中卫", "固原")
BUSY = "00000000-0000-7000-8000-000000000001"  # a customer with 500 entries on its timeline


class _Fill(Operation):
    """The whole territory in one operation."""

    def __init__(self, customers: int) -> None:
        self.customers = customers

    def apply(self, writer: Writer) -> None:
        pick = random.Random(11)
        territory = Territory(self.customers)
        writer.insert_many(
            "customer",
            [
                {
                    "id": record.row_id,
                    "name": record.names[0],
                    "short_name": record.names[1],
                    "own_id": record.ids[0],
                    "phone": record.phones[0],
                    "address": record.text,
                    "region": pick.choice(_REGIONS),
                    "industry": pick.choice(INDUSTRIES),
                    "horizon": pick.choice(("", *HORIZONS)),
                    "source": pick.choice(SOURCES),
                    "employees": pick.choice((None, 3, 40, 200, 700, 2_000)),
                }
                for record in territory.customers
            ],
        )
        writer.insert_many(
            "contact",
            [
                {
                    "id": record.row_id,
                    "customer_id": record.customer_id,
                    "name": record.names[0],
                    "mobile": record.phones[0],
                    "email": record.ids[0],
                    "title": record.text,
                }
                for record in territory.people
            ],
        )
        now = datetime.now(UTC)
        writer.insert_many(
            "visit",
            [
                {
                    "id": record.row_id,
                    "customer_id": record.customer_id,
                    "state": "concluded",
                    "starts_at": to_stamp(now - timedelta(hours=pick.randrange(24 * 700))),
                    "note": record.text,
                }
                for record in territory.visits
            ],
        )
        writer.insert("customer", {"name": "海润牧业有限公司", "region": "定边"}, BUSY)
        for number in range(500):
            stamp = to_stamp(now - timedelta(hours=7 * number))
            values = {"customer_id": BUSY, "note": f"第 {number} 次", "starts_at": stamp}
            writer.insert("visit", {**values, "state": "concluded", "their_action": "试用"})


def full_file(folder: Path, customers: int = CUSTOMERS) -> Path:
    """A copy of the full file in `folder`, free to be changed."""
    kept = _FOLDER / f"full-{customers}.db"
    if not kept.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        workspace = Workspace.open(unfinished)
        workspace.run(_Fill(customers))
        workspace.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        workspace.close()
        unfinished.rename(kept)
    Workspace.open(kept).close()  # one of an older schema is brought up to date, once
    return Path(shutil.copy(kept, folder / "full.db"))

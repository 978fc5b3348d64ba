"""The people of a customer with 500 contacts: asked for, weighed, drawn up as a tree."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.contact import BUYING_ROLES, LEVELS
from fieldsales.domain.ids import new_id
from fieldsales.domain.need import PERSONAL_NEEDS
from fieldsales.domain.observed import observed
from fieldsales.domain.organisation import tree
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.services.birthdays import upcoming
from fieldsales.services.erasing import erase
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.store.queries.people import people
from tests.benchmarks.full_file import full_file

PEOPLE = 500
_ROUNDS = 7
CROWD = "00000000-0000-7000-8000-000000000002"  # the customer with so many


class Crowd(Operation):
    """A customer with 500 people, of whom much is told."""

    def apply(self, writer: Writer) -> None:
        pick = random.Random(5)
        now = writer.store.clock.now()
        ids = [new_id() for _ in range(PEOPLE)]
        codes = sorted(whole_brain("zh_CN").clues)
        writer.insert("customer", {"name": "万人集团"}, CROWD)
        writer.insert_many(
            "contact",
            [
                {
                    "id": row_id,
                    "customer_id": CROWD,
                    "name": f"员工{at}",
                    "level": pick.choice(LEVELS),
                    "birthday": f"{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
                    "birthday_calendar": pick.choice(("solar", "lunar")),
                    "reports_to_id": ids[pick.randrange(at)] if at else None,
                }
                for at, row_id in enumerate(ids)
            ],
        )
        about = [{"id": new_id(), "contact_id": row_id} for row_id in ids for _ in range(6)]
        day = now.date().isoformat()
        writer.insert_many(
            "clue",
            [{**one, "id": new_id(), "code": pick.choice(codes), "seen_on": day} for one in about],
        )
        ours = {"customer_id": CROWD, "contact_id": "", "influence": 3, "attitude": 1}
        writer.insert_many(
            "buying_role",
            [
                {**ours, "id": new_id(), "contact_id": row_id, "role": pick.choice(BUYING_ROLES)}
                for row_id in ids
            ],
        )
        writer.insert_many(
            "need_rating",
            [
                {
                    "id": new_id(),
                    "customer_id": CROWD,
                    "contact_id": row_id,
                    "category": pick.choice(PERSONAL_NEEDS),
                    "rating": pick.randint(1, 5),
                    "rated_on": day,
                }
                for row_id in ids
            ],
        )
        for number in range(100):
            stamp = to_stamp(now - timedelta(days=3 * number))
            visit = writer.insert(
                "visit", {"customer_id": CROWD, "state": "concluded", "starts_at": stamp}
            )
            writer.insert_many(
                "visit_person",
                [
                    {"id": new_id(), "visit_id": visit, "contact_id": row_id, "met": 1}
                    for row_id in pick.sample(ids, 6)
                ],
            )


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(full_file(Path(folder)))
        workspace.run(Crowd())
        store, today = workspace.store, workspace.clock.today()
        weights = {code: clue.weights for code, clue in whole_brain("zh_CN").clues.items()}
        found = people(store, CROWD)
        yield _figure("people of a customer with 500, asked, ms", lambda: people(store, CROWD), 75)
        yield _figure(
            "500 observed profiles, ms",
            lambda: [observed(row.clues, weights, today) for row in found.rows],
            40,
        )
        contacts = [row.contact for row in found.rows]
        yield _figure("organisation of 500 as a tree, ms", lambda: tree(contacts), 20)
        yield _figure(
            "birthdays of 500 within a month, ms", lambda: upcoming(contacts, today, 30), 40
        )
        begun = time.perf_counter()
        erase(workspace, contacts[0].id)
        seconds = time.perf_counter() - begun
        yield {
            "name": "a person erased of 200 000, s",
            "value": round(seconds, 2),
            "limit": 30,
            "ratio": None,
        }
        workspace.close()


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return {"name": name, "value": round(median(taken), 2), "limit": limit, "ratio": None}

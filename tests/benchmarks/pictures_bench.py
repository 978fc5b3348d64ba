"""How fast the pictures of the portfolio are shown and pointed at, of 100 000 customers."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from fieldsales.domain.customer import SOURCES
from fieldsales.domain.deal import LOSS_REASONS
from fieldsales.domain.ids import new_id
from fieldsales.reports.portfolio.pictures import PICTURES
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.screens.pictures import PicturesPage
from fieldsales.services.portfolio import renew
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.benchmarks._window import application, bare_context
from tests.benchmarks.full_file import full_file

_DEALS, _SCORES, _RATED = 10_000, 5_000, 5_000
_ESTIMATED = 0.6  # of all customers
_ROUNDS = 5
_POINTED = 400


class _Sold(Operation):
    """Two sales of each customer, what many might buy, deals that ended, scores and ratings."""

    def apply(self, writer: Writer) -> None:
        pick, today = random.Random(5), writer.store.clock.today()
        owners = [row_id for (row_id,) in writer.store.rows("SELECT id FROM customer")]

        def day(most: int) -> str:
            return (today - timedelta(days=pick.randint(1, most))).isoformat()

        sales, estimates = [], []
        for owner in owners:
            whose = {"customer_id": owner, "currency": "CNY"}
            worth = int(pick.lognormvariate(14, 1.5))
            sales += [
                {"id": new_id(), "dated": day(most), "amount": worth, **whose}
                for most in (360, 1_000)
            ]
            if pick.random() < _ESTIMATED:
                potential = int(worth * pick.lognormvariate(0.8, 0.8))
                of_year = {"kind": "potential", "dated": day(300), "amount": potential}
                estimates.append({"id": new_id(), **of_year, **whose})
        writer.insert_many("sale", sales)
        writer.insert_many("estimate", estimates)
        for _ in range(_DEALS):
            won = pick.random() < 0.4
            amount = int(pick.lognormvariate(15, 1))
            ended = {"order_amount": amount, "ordered_on": day(700)}
            lost = {"lost_reason": pick.choice(LOSS_REASONS), "lost_rival": pick.choice("甲乙丙")}
            values = {
                "title": "育肥料年单",
                "customer_id": pick.choice(owners),
                "stage": "won" if won else "lost",
                "amount": amount,
                "source": pick.choice(SOURCES),
                **(ended if won else lost),
            }
            writer.insert("deal", values)
        people = writer.store.rows("SELECT customer_id, id FROM contact LIMIT ?", [_RATED])
        ratings = []
        for owner, person in people:
            for contact, category in ((None, "finance"), (person, "recognition")):
                met = {"category": category, "rating": pick.randint(1, 5), "rated_on": day(300)}
                whose = {"customer_id": owner, "contact_id": contact}
                ratings.append({"id": new_id(), **whose, **met})
        writer.insert_many("need_rating", ratings)
        for _ in range(_SCORES):
            scores = {part: pick.randint(1, 5) for part in ("goods", "service", "image")}
            whose = {"customer_id": pick.choice(owners), "scored_on": day(330)}
            writer.insert("satisfaction", {**whose, **scores})


def figures() -> Iterator[dict[str, Any]]:
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(full_file(Path(folder)))
        workspace.keep_copy = lambda: None
        workspace.run(_Sold())
        renew(workspace)
        context = bare_context(workspace, Path(folder))
        page = PicturesPage(context, PICTURES)
        page.resize(1280, 720)
        page.show()
        app.processEvents()
        for kind in PICTURES:
            shown = partial(_show, page, kind.KEY)
            slow = kind.is_slow(workspace.store, {})  # then it is made in a job
            yield _figure(f"{kind.KEY} read and painted", shown, 5_000 if slow else 200)
            if slow:
                outline = partial(_outline, page, kind)
                yield _figure(f"{kind.KEY} painted with what is known", outline, 200)
            yield _pointed(page, kind.KEY)
        page.close()
        page.deleteLater()
        context.close()
        workspace.close()


def _show(page: PicturesPage, key: str) -> None:
    page.show_picture(key)
    page.grab()


def _outline(page: PicturesPage, kind: type[Portrait]) -> None:
    """What stands there while the rest is worked out."""
    portrait = kind.outline(page.context.store, page.context.words, {}, None)
    assert portrait is not None
    page.block.show_picture(portrait.finding(), portrait.draw, portrait.tips)
    page.grab()


def _pointed(page: PicturesPage, key: str) -> dict[str, Any]:
    """What is under the mouse, wherever it is."""
    view, pick = page.block.picture, random.Random(3)
    taken = []
    for _ in range(_POINTED):
        x, y = pick.random() * view.width(), pick.random() * view.height()
        begun = time.perf_counter()
        view.key_at(x, y)
        taken.append(time.perf_counter() - begun)
    return _told(f"{key} pointed at, p95", quantiles(taken, n=20)[-1], 16)


def _figure(name: str, work: Callable[[], object], limit: float) -> dict[str, Any]:
    taken = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return _told(name, median(taken), limit)


def _told(name: str, seconds: float, limit: float) -> dict[str, Any]:
    said = f"{name}, of 100 000 customers, ms"
    return {"name": said, "value": round(seconds * 1_000, 1), "limit": limit, "ratio": None}

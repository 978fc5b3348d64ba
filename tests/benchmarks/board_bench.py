"""The board with 10 000 deals: first paint, scrolling, memory, a card let go."""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fieldsales.domain.pipeline import FUNNEL_STAGES
from fieldsales.screens import funnel
from fieldsales.screens.contract import Context
from fieldsales.services.board import View
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.benchmarks._window import application, bare_context
from tests.benchmarks.funnel_bench import DEALS, full_funnel

_SIZE = (1900, 900)  # wide enough for seven columns
_STEPS = 60
_DROPS = 40
_ROUNDS = 5
_TEXTS = 7  # on a card


class _AllOpen(Operation):
    """Every deal stands in one of the seven columns."""

    def apply(self, writer: Writer) -> None:
        pick = random.Random(3)
        closed = writer.store.rows("SELECT id FROM deal WHERE stage IN ('won', 'lost')")
        for (row_id,) in closed:
            writer.update("deal", row_id, {"stage": pick.choice(FUNNEL_STAGES)})


class _Bare(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        text = str(index.data())
        painter.drawRect(option.rect)
        for line in range(_TEXTS):
            painter.drawText(option.rect.adjusted(8, 12 * line, -8, 0), 0, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> Any:
        size = super().sizeHint(option, index)
        size.setHeight(100)
        return size


class _Constant(QAbstractListModel):
    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, _parent: object = QModelIndex()) -> int:
        return self._rows

    def data(self, _index: object, role: int = 0) -> object:
        return "海润牧业有限公司" if role == Qt.ItemDataRole.DisplayRole else None


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(full_funnel(Path(folder)))
        workspace.run(_AllOpen())
        app = application()
        context = bare_context(workspace, Path(folder))
        nothing = Workspace.open(Path(folder) / "empty.db")
        empty = bare_context(nothing, Path(folder))
        yield from _board(context, app, empty)
        for one in (context, empty):
            one.close()
            one.workspace.close()


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    rounded = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": rounded}


def _board(context: Context, app: QApplication, empty: Context) -> Iterator[dict[str, Any]]:
    screen = _shown(empty, app)
    gc.collect()
    before = _memory()
    full = _shown(context, app)
    gc.collect()
    memory = _memory() - before
    _gone(full, app)
    _gone(screen, app)
    turns = [(_timed_bare(app), _timed_ours(context, app)) for _ in range(_ROUNDS)]
    bare, ours = zip(*turns, strict=True)
    rest = [whole - reading for whole, reading in ours]
    yield _figure("board of 10 000 deals, first paint, ms", median(whole for whole, _ in ours), 250)
    yield _figure(
        "board, first paint but for reading the file, ms",
        median(rest),
        2,
        median(mine / base for mine, base in zip(rest, bare, strict=True)),
    )
    screen, lists = _shown(context, app), _bare(app)
    theirs = _frames(lists.findChildren(QListView), app)
    frames = _frames([one.list for one in screen.board.columns.values()], app)
    ratio = _p95(frames) / _p95(theirs)
    yield _figure("board, whole repaint while scrolling p95, ms", _p95(frames), 2, ratio)
    yield _figure("board, memory over the empty tab, MB", memory, 60)
    drops = _drops(screen, app)
    yield _figure("card let go until saved and repainted p95, ms", _p95(drops), 80)
    _gone(lists, app)
    _gone(screen, app)


def _shown(context: Context, app: QApplication) -> Any:
    screen = funnel.build(context)
    _show(screen, app)
    return screen


def _show(widget: QWidget, app: QApplication) -> None:
    widget.resize(*_SIZE)
    widget.show()
    app.processEvents()


def _timed_ours(context: Context, app: QApplication) -> tuple[float, float]:
    """Milliseconds until the board is painted, and those of reading the file in them."""
    gc.collect()
    begun = time.perf_counter()
    screen: Any = funnel.build(context)
    board = screen.board.cards.board
    load, reading = board.load, []

    def timed(view: View) -> None:
        started = time.perf_counter()
        load(view)
        reading.append(time.perf_counter() - started)

    board.load = timed
    _show(screen, app)
    taken = time.perf_counter() - begun
    assert board.count() == DEALS
    _gone(screen, app)
    return taken * 1000, sum(reading) * 1000


def _timed_bare(app: QApplication) -> float:
    gc.collect()
    begun = time.perf_counter()
    lists = _bare(app)
    taken = time.perf_counter() - begun
    _gone(lists, app)
    return taken * 1000


def _bare(app: QApplication) -> QWidget:
    """Seven lists in which every row is drawn with as many texts as a card, each the same."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    for _ in FUNNEL_STAGES:
        view = QListView()
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setItemDelegate(_Bare(view))
        model = _Constant(DEALS // len(FUNNEL_STAGES))
        model.setParent(view)
        view.setModel(model)
        view.setMinimumWidth(240)
        row.addWidget(view)
    _show(whole, app)
    return whole


def _gone(widget: QWidget, app: QApplication) -> None:
    widget.hide()
    widget.deleteLater()
    app.sendPostedEvents(None, 52)
    app.processEvents()


def _memory() -> float:
    """Resident MB of this process."""
    with Path("/proc/self/statm").open() as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _frames(views: Sequence[QListView], app: QApplication) -> list[float]:
    """Milliseconds of repaints of all the lists, each half a card further down, with jumps."""
    taken = []
    for step in range(_STEPS):
        jump = (step // 20) * 40_000
        begun = time.perf_counter()
        for view in views:
            view.verticalScrollBar().setValue(jump + (step % 20) * 50)
            view.viewport().repaint()  # all of it: scrolling alone would paint what comes in
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _drops(screen: Any, app: QApplication) -> list[float]:
    """Cards let go a column further left, where nothing is asked."""
    cards = screen.board.cards
    before = cards.board.totals("trust").count
    taken = []
    for row_id in cards.board.ids("needs")[:_DROPS]:
        data = cards.mime([row_id])
        model = screen.board.columns["trust"].model
        begun = time.perf_counter()
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
        screen.repaint()
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
    assert screen.board.columns["trust"].head.texts()[1] == f"{before + _DROPS:,}"
    return taken


if __name__ == "__main__":
    for one in figures():
        print(one)

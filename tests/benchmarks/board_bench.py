"""The board with 10 000 deals: first paint, scrolling, memory, a card let go."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSettings, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fieldsales.domain.clock import Clock
from fieldsales.domain.pipeline import FUNNEL_STAGES
from fieldsales.screens import funnel
from fieldsales.screens.contract import Context
from fieldsales.services.moving import Answers
from fieldsales.services.operations.deals import MoveDeals
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words
from tests.benchmarks.funnel_bench import DEALS, full_funnel

_SIZE = (1366, 768)
_STEPS = 60
_DROPS = 40


class _AllOpen(Operation):
    """Every deal stands in one of the seven columns."""

    def apply(self, writer: Writer) -> None:
        pick = random.Random(3)
        closed = writer.store.rows("SELECT id FROM deal WHERE stage IN ('won', 'lost')")
        for (row_id,) in closed:
            writer.update("deal", row_id, {"stage": pick.choice(FUNNEL_STAGES)})


class _Bare(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painter.drawText(option.rect, 0, str(index.data()))

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
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        look = Look.of(Theme(app, mode="light", scale=1.0), Words("zh_CN"), Clock())
        state = QSettings(str(Path(folder) / "bench.ini"), QSettings.Format.IniFormat)
        context = Context(workspace, look, Jobs(inline=True), state)
        yield from _board(context, app)
        context.close()
        workspace.close()


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    rounded = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": rounded}


def _board(context: Context, app: QApplication) -> Iterator[dict[str, Any]]:
    _warm(context, app)
    bare_first = median(_first_bare(app)[0] for _ in range(5))
    ours = []
    for _ in range(5):
        screen, first, memory = _first_ours(context, app)
        ours.append(first)
        if _ < 4:
            _gone(screen, app)
    _, bare = _first_bare(app, keep=True)
    first = median(ours)
    yield _figure("board, 10 000 deals: first paint, ms", first, 250)
    yield _figure("  … of which not reading the file, ÷ bare lists", first, 2, first / bare_first)
    theirs = _frames(bare, [v.verticalScrollBar() for v in bare.findChildren(QListView)], app)
    bars = [one.list.verticalScrollBar() for one in screen.board.columns.values()]
    frames = _frames(screen.board, bars, app)
    ratio = _p95(frames) / _p95(theirs)
    yield _figure("board: whole repaint while scrolling p95, ms", _p95(frames), 2, ratio)
    yield _figure("board: memory over the empty tab, MB", memory, 60)
    drops = _drops(context, screen, app)
    yield _figure("card let go until saved, totals right, repainted p95, ms", _p95(drops), 80)
    _gone(bare, app)
    _gone(screen, app)


def _warm(context: Context, app: QApplication) -> None:
    """Fonts, icons and pages of the file that any start has."""
    screen, _, _ = _first_ours(context, app)
    _gone(screen, app)


def _first_ours(context: Context, app: QApplication) -> tuple[Any, float, float]:
    gc.collect()
    before = _memory()
    begun = time.perf_counter()
    screen = funnel.build(context)
    screen.resize(*_SIZE)
    screen.show()
    app.processEvents()
    screen.repaint()
    taken = (time.perf_counter() - begun) * 1000
    assert screen.board.cards.board.count() == DEALS  # type: ignore[attr-defined]
    return screen, taken, _memory() - before


def _first_bare(app: QApplication, *, keep: bool = False) -> tuple[float, QWidget]:
    begun = time.perf_counter()
    whole = QWidget()
    row = QHBoxLayout(whole)
    for _ in range(7):
        view = QListView()
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setItemDelegate(_Bare(view))
        view.setModel(_Constant(DEALS // 7))
        view.model().setParent(view)
        row.addWidget(view)
    whole.resize(*_SIZE)
    whole.show()
    app.processEvents()
    whole.repaint()
    taken = (time.perf_counter() - begun) * 1000
    if not keep:
        _gone(whole, app)
    return taken, whole


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


def _frames(widget: QWidget, bars: list[Any], app: QApplication) -> list[float]:
    """Milliseconds of repaints of the whole, each half a card further down, with jumps."""
    taken = []
    for step in range(_STEPS):
        jump = (step // 20) * 40_000
        begun = time.perf_counter()
        for bar in bars:
            bar.setValue(jump + (step % 20) * 50)
        widget.repaint()
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def _drops(context: Context, screen: Any, app: QApplication) -> list[float]:
    board = screen.board.cards.board
    ids = board.ids("needs")[:_DROPS]
    taken = []
    for row_id in ids:
        begun = time.perf_counter()
        context.workspace.run(MoveDeals((row_id,), "trust", Answers(reason="x")))
        screen.repaint()
        app.processEvents()
        taken.append((time.perf_counter() - begun) * 1000)
        assert board.place(row_id)[0] == "trust"
    return taken


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    for one in figures():
        print(one)

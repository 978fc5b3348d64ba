"""How fast the pictures of people are drawn: the kite of six, and a chart of five hundred."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.organisation import tree
from fieldsales.drawing.font import FAMILY
from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Line, Picture, Text
from fieldsales.methods.organisation_chart.layout import arranged
from fieldsales.methods.organisation_chart.picture import Badge, chart
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.screens.customers.people.page import PeoplePage
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.look import Look
from fieldsales.widgets.picture_view import PictureView
from fieldsales.widgets.theme import colours
from tests.benchmarks._window import application, bare_context, light_look

PEOPLE = 500
_ROUNDS = 60
_SCORES = ((10, 7, 3, 4), (4, 5, 10, 5), (5, 3, 4, 12), (9, 9, 3, 3), (3, 7, 9, 5), (6, 6, 6, 6))


def figures() -> Iterator[dict[str, Any]]:
    app = application()
    look = light_look()
    yield from _kite(look, app)
    yield from _chart(look, app)
    yield from _page(app)


def _figure(
    name: str, value: float, limit: float | None = None, ratio: float | None = None
) -> dict[str, Any]:
    rounded = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": round(value, 2), "limit": limit, "ratio": rounded}


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


class _Bare(QWidget):
    """Paints the lines, outlines and words of a picture by nothing but Qt's own calls."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._words = [(QPointF(s.x, s.y), s.text) for s in picture.shapes if isinstance(s, Text)]
        self._outlines: list[tuple[QPen, QPainterPath]] = []
        for shape in picture.shapes:
            if isinstance(shape, Text):
                continue
            path = QPainterPath()
            if isinstance(shape, Line):
                path.moveTo(shape.x1, shape.y1)
                path.lineTo(shape.x2, shape.y2)
            else:
                rect = bounds(shape)
                path.addRect(rect.left, rect.top, rect.width, rect.height)
            self._outlines.append((QPen(QColor("#1B2428"), shape.thickness), path))
        self._font = QFont(FAMILY)
        self._font.setPixelSize(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, path in self._outlines:
            painter.setPen(pen)
            painter.drawPath(path)
        painter.setFont(self._font)
        for at, text in self._words:
            painter.drawText(at, text)


def _kite(look: Look, app: QApplication) -> Iterator[dict[str, Any]]:
    profiles = [
        Profile(f"第{at}位联系人", scores, observed=at == 1, confidence=0.6, key=str(at))
        for at, scores in enumerate(_SCORES)
    ]
    picture = kite(profiles, look.words, 600)
    colours("light")
    ours, bare = PictureView(look, picture), _Bare(picture)
    for view in (ours, bare):
        view.resize(600, round(picture.height))
        view.show()
    app.processEvents()
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(_ROUNDS):  # in turns, so that both meet the same machine
        times["ours"].append(_ms(ours.repaint))
        times["bare"].append(_ms(bare.repaint))
    value, base = median(times["ours"]), median(times["bare"])
    yield _figure("kite of six people repainted at 600 px, ms", value, 8)
    yield _figure("the same ÷ bare QPainter", value, 5, value / base)
    drawn = median(_ms(lambda: kite(profiles, look.words, 600)) for _ in range(_ROUNDS))
    yield _figure("kite of six people drawn, ms", drawn)
    ours.close()
    bare.close()


def _chart(look: Look, app: QApplication) -> Iterator[dict[str, Any]]:
    levels = ("top", "middle", "base")
    contacts = [
        Contact(
            id=f"{at:04}",
            created_at="2026-01-01T00:00:00Z",
            name=f"第{at}位",
            title="技术经理",
            level=levels[(at > 3) + (at > 60)],
            reports_to_id=f"{(at - 1) // 8:04}" if at else None,
        )
        for at in range(PEOPLE)
    ]
    badges = {one.id: Badge(("user",), 1, "a") for one in contacts}
    roots = tree(contacts)
    laid = median(_ms(lambda: arranged(roots)) for _ in range(5))
    yield _figure(f"organisation chart of {PEOPLE} laid out, ms", laid, 150)
    first = _ms(lambda: chart(roots, look.words, badges))
    yield _figure(
        f"organisation chart of {PEOPLE} laid out and drawn the first time, ms", first, 150
    )
    view = PictureView(look, chart(roots, look.words, badges))
    area = QScrollArea()
    area.setWidget(view)
    area.resize(1200, 700)
    view.resize(view.sizeHint())
    area.show()
    app.processEvents()
    bar = area.horizontalScrollBar()

    def pan(to: int) -> None:
        bar.setValue(to)
        view.repaint(view.visibleRegion())

    frames = [_ms(lambda at=at: pan(2_000 + 40 * at)) for at in range(100)]
    yield _figure("a frame of panning it, p95, ms", quantiles(frames, n=20)[-1], 16)
    area.close()


def _page(app: QApplication) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "people.db")
        owner = AddRecord("customer", {"name": "海润牧业"})
        workspace.run(owner)
        rows = [
            {"name": f"第{at}位", "title": "技术经理", "customer_id": owner.row_id}
            for at in range(PEOPLE)
        ]
        for values in rows:
            workspace.run(AddRecord("contact", values))
        context = bare_context(workspace, Path(folder))
        page = PeoplePage(context)
        page.resize(1280, 720)
        page.show()
        app.processEvents()

        def open_it() -> None:
            page.show_customer(owner.row_id, "list")
            page.grab()

        times = [_ms(open_it) for _ in range(5)]
        yield _figure(f"people page of {PEOPLE} contacts, ms", median(times), 150)
        page.close()
        page.deleteLater()
        context.close()
        workspace.close()

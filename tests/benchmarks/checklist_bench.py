"""How fast a checklist as long as one may be opens, to be filled in and to be edited."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from PySide6.QtWidgets import QApplication

from fieldsales.screens import library
from fieldsales.screens.library.checklists.page import ChecklistsPage
from fieldsales.services.operations.checklists import KeepChecklist, StartChecklist
from fieldsales.services.workspace import Workspace
from tests.benchmarks._window import application, bare_context

_ITEMS = 200
_KINDS = ("yes", "scale", "number", "text", "task")


def figures() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "bench.db")
        lists = {kind: _list(workspace, kind) for kind in _KINDS}
        app = application()
        context = bare_context(workspace, Path(folder))
        screen: Any = library.build(context)
        page = screen.show_section("checklists")
        assert isinstance(page, ChecklistsPage)
        screen.resize(1366, 768)
        screen.show()
        app.processEvents()

        def filled(kind: str) -> None:
            page.show_result(lists[kind][1])
            page.repaint()

        def edited(kind: str) -> None:
            page.overview.asked.emit("edit")
            page.repaint()

        filling, editing = [], []
        for kind in _KINDS * 4:
            filling.append(_timed(filled, kind))
            _settle(app)
            page.show_record("checklist", lists[kind][0])
            editing.append(_timed(edited, kind))
            _settle(app)
        for name, taken in (("is filled in", filling), ("is edited", editing)):
            yield {
                "name": f"checklist of {_ITEMS} items {name}, p95 ms",
                "value": round(quantiles(taken, n=20)[-1], 2),
                "limit": 100,
                "ratio": None,
            }
        screen.close()
        context.close()
        workspace.close()


def _settle(app: QApplication) -> None:
    """Until all rows are there."""
    for _ in range(120):
        app.processEvents()


def _list(workspace: Workspace, kind: str) -> tuple[str, str]:
    """A checklist and a result of it."""
    items = "".join(
        f'[item.i{n}]\nsection = "all"\nkind = "{kind}"\ntext = "第 {n} 项要看什么，看完记下来"\n'
        for n in range(_ITEMS)
    )
    head = f'of = "self"\ntitle = "{kind}"\n[section.all]\ntitle = "全部"\n'
    kept = KeepChecklist(f"{head}{items}")
    workspace.run(kept)
    begun = StartChecklist(kept.row_id, kind, {}, {"i0": "1"})
    workspace.run(begun)
    return kept.row_id, begun.row_id


def _timed(work: Callable[[str], None], what: str) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    work(what)
    return (time.perf_counter() - begun) * 1000

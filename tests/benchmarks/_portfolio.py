"""Run as a process: does one thing with a file, tells as JSON how long it took and its memory.

`classes FILE` makes all classes, `indicators FILE` the board of six quarters with the customers
behind it, `week FILE` the plan of a week; `window FILE` shows the indicators on their page.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.services import portfolio
from fieldsales.services.week_planning import usual_monday, week
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.benchmarks.memory import peak

_TURN = 0.005  # s between two turns of the event loop


def _classes(workspace: Workspace) -> None:
    portfolio.renew(workspace)


def _indicators(workspace: Workspace) -> None:
    assert Balanced(workspace.store, Words("zh_CN"), {}).behind("").numbers


def _week(workspace: Workspace) -> None:
    assert week(workspace.store, usual_monday(workspace.clock.today())).wanted


def _window(path: Path) -> dict[str, float]:
    """Also what was painted at once, and the longest that the window stood still."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from fieldsales.screens.contract import Context
    from fieldsales.screens.portfolio.indicators.page import IndicatorsPage
    from fieldsales.widgets.jobs import Jobs
    from fieldsales.widgets.look import Look
    from fieldsales.widgets.theme import Theme

    app = QApplication(sys.argv[:1])
    workspace = Workspace.open(path)
    workspace.keep_copy = lambda: None
    look = Look.of(Theme(app, mode="light", scale=1.0), Words("zh_CN"), workspace.clock)
    state = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    context = Context(workspace, look, Jobs(), state)
    page = IndicatorsPage(context)
    page.resize(1280, 720)
    page.show()
    app.processEvents()
    begun, processor = time.perf_counter(), time.process_time()
    page.refresh()
    app.processEvents()
    page.grab()
    painted = last = time.perf_counter()
    longest = 0.0
    while context.jobs.running():
        app.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        time.sleep(_TURN)
    assert page.portrait is not None
    assert not page.portrait.is_coming
    told = {
        "painted": painted - begun,
        "stood still": longest,
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - processor,
        "memory, MB": peak(),
    }
    page.close()
    context.close()
    workspace.close()
    return told


def _timed(path: Path, work: Callable[[Workspace], None]) -> dict[str, float]:
    workspace = Workspace.open(path)
    begun, processor = time.perf_counter(), time.process_time()
    work(workspace)
    told = {
        "seconds": time.perf_counter() - begun,
        "processor": time.process_time() - processor,
        "memory, MB": peak(),
    }
    workspace.close()
    return told


def main() -> int:
    what, path = sys.argv[1], Path(sys.argv[2])
    work = {"classes": _classes, "indicators": _indicators, "week": _week}
    told = _window(path) if what == "window" else _timed(path, work[what])
    print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

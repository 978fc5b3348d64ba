"""A program ended from below Python says so at its next start, and names no customer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from fieldsales.app import main
from fieldsales.services.workspace import Workspace
from tests.workspaces import add

def end(application):
    {end}

def tell(application):
    message = application.window.bar.current
    if message:
        print(message.text)
        message.act()
        print(*(one.text() for one in application.crash._shown.findChildren(QLabel)))
        application.crash._shown.accept()
    application.window.close()

first = sys.argv[1] == "first"
class Ended(main.Application):
    def show(self, workspace):
        made = super().show(workspace)
        if first:
            add(workspace, "customer", name="海润牧业")
            QTimer.singleShot(0, lambda: end(self))
        return made
    def _tell_news(self):
        super()._tell_news()
        if not first:
            tell(self)
main.Application = Ended
sys.exit(main.open_window(None, "zh_CN", None))
"""


def _run(end: str, which: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _RUN.format(end=end), which],
        env={**os.environ, "FIELDSALES_HOME": str(home)},
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "end",
    [
        "import os; 海润牧业 = application.path; os.abort()",
        "from PySide6.QtCore import qFatal; qFatal('海润牧业')",
    ],
)
def test_it_is_told_once_at_the_next_start(tmp_path: Path, end: str) -> None:
    ended = _run(end, "first", tmp_path)
    assert ended.returncode < 0
    told = _run(end, "again", tmp_path)
    assert told.returncode == 0
    assert "上次程序意外关掉了" in told.stdout
    assert "里面没有客户资料" in told.stdout
    [report] = (tmp_path / "log").glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "Fatal Python error: Aborted" in text
    assert "app/main.py:" in text
    assert "open_window" in text
    for path in (tmp_path / "log").iterdir():
        content = path.read_text(encoding="utf-8")
        assert "海润牧业" not in content
        assert str(tmp_path) not in content
    assert _run(end, "again", tmp_path).stdout == ""

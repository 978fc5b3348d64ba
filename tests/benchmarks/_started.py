"""Run as a process: starts, says when the first picture is painted and how much memory it took.

`bare` paints an empty QMainWindow, `full FILE` the customer list of a file.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Painted(QObject):
    """Tells once a widget has been painted with all it shows."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        print(f"painted {_resident()}", flush=True)
        app = QApplication.instance()
        assert app is not None
        app.exit(0)


def _resident() -> float:
    """Resident memory in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> int:
    app = QApplication(sys.argv[:1])
    if sys.argv[1] == "bare":
        from fieldsales.widgets.theme import Theme

        Theme(app, mode="light", scale=1.0)
        window = QMainWindow()
        window.resize(1366, 768)
        Painted(window)
        window.show()
        return app.exec()
    import fieldsales.__main__  # noqa: F401 - through it every start goes, and it does this:

    gc.disable()
    from fieldsales.app.main import Application
    from fieldsales.domain.clock import Clock

    application = Application(app, Path(sys.argv[2]), "zh_CN", Clock())
    application.state.setValue("window/tab", "customers")
    if not application.start():
        return 1
    assert application.window is not None
    shown: QWidget = application.window.page.list.shown  # type: ignore[attr-defined]
    # not `viewport()`: for its answer PySide makes all classes of widgets there are, 6 ms
    viewport = shown.findChild(QWidget, "qt_scrollarea_viewport")
    assert viewport is not None
    Painted(viewport)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

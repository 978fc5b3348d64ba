"""A program that types into the editors of pitch and library, and is killed while it does."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything loads Qt

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from fieldsales.domain.clock import Clock
from fieldsales.screens import library, pitch
from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words

TYPED = "断奶头一周最难，谁家都一样"
TOO_LONG = "别" * 1_001

_SCREENS: list[QWidget] = []  # what is shown stays


def type_in_each(path: Path, told: Path, ids: Mapping[str, str]) -> None:
    """Types what `ids` names into each editor, tells so, and waits for its end."""
    app = QApplication([])
    workspace = Workspace.open(path)
    look = Look.of(Theme(app, mode="light", scale=1.0), Words("zh_CN"), Clock())

    def context() -> Context:
        state = QSettings(str(told.with_suffix(".ini")), QSettings.Format.IniFormat)
        return Context(workspace, look, Jobs(inline=True), state)

    def begin() -> None:
        for editor, text in _editors(context, ids):
            editor.moveCursor(editor.textCursor().MoveOperation.End)
            editor.insertPlainText(text)
        told.write_text("typed", encoding="utf-8")

    QTimer.singleShot(0, begin)
    app.exec()


def _editors(context: Any, ids: Mapping[str, str]) -> Iterator[tuple[QPlainTextEdit, str]]:
    def shown(tab: Any, section: str, kind: str) -> Any:
        screen = tab.build(context())
        page = screen.show_section(section)
        screen.show()
        _SCREENS.append(screen)
        page.show_record(kind, ids[kind])
        return page

    product = shown(pitch, "products", "product")
    yield product.card.told.cells["digest"].editor.text, TYPED
    worksheet = shown(pitch, "ffab", "worksheet")
    yield worksheet.sheet.rows.lines[0].cells["benefit"].text, TYPED
    spin = shown(pitch, "spin", "spin")
    yield spin.sheet.kinds["problem"].rows.row(ids["question"]).reply.text, TYPED
    objection = shown(pitch, "objections", "objection")
    objection.view.begin_edit()
    yield objection.view.form.cells["answer_c"].editor.text, TYPED
    yield objection.view.form.cells["avoid"].editor.text, TOO_LONG
    checklist = shown(library, "checklists", "checklist_result")
    yield checklist.filling.sheet.items.rows["what"].cells[0].editor.target(), TYPED

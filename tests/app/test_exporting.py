"""File ▸ Export everything, in the kinds there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.services.operations.sample import LoadSample
from fieldsales.widgets.message_bar import Message
from tests.workspaces import Add


@pytest.mark.parametrize("suffix", [".xlsx", ".zip", ".json", ".vcf", ".ics"])
def test_each_kind_is_written(
    suffix: str,
    window: Window,
    context: Context,
    add: Add,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add("contact", name="王建国", birthday="1970-02-28")
    said: list[Message] = []
    context.told.connect(said.append)

    def answer(_parent: object, _title: str, _name: str, kinds: str) -> tuple[str, str]:
        kind = next(one for one in kinds.split(";;") if one.endswith(f"*{suffix})"))
        return str(tmp_path / "out"), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    [command] = [one for one in window.commands() if one.title == "导出全部数据…"]
    command.act()
    assert (tmp_path / f"out{suffix}").stat().st_size > 100
    assert "已写进“out" in said[0].text
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no/x.json"), "")
    )
    command.act()
    assert said[1].kind == "error"


def test_any_list_in_view_is_exported(
    window: Window, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.run(LoadSample())
    written = []
    for name in ("customers", "money", "pitch", "library"):
        page = window.show_named(name)
        page.show_example()
        QApplication.processEvents()
        path = tmp_path / f"{name}.csv"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, at=path: (str(at), ""))
        offered = [one for one in window.commands() if one.title == "导出眼前的列表…"]
        for command in offered:
            command.act()
            written.append(name)
            rows = path.read_text("utf-8-sig").splitlines()
            assert len(rows) > 1
    assert {"customers", "money"} <= set(written)
    path.unlink(missing_ok=True)
    window.show_named("settings")
    assert not [one for one in window.commands() if one.title == "导出眼前的列表…"]

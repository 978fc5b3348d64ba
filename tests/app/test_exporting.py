"""File ▸ Export everything, in the kinds there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.screens.exporting import ask_and_export_list
from fieldsales.services.operations.sample import LoadSample
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.rows import Column, WindowedModel
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
    assert ("手机" in said[0].text) == (suffix in (".vcf", ".ics"))
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


def test_a_list_goes_out_under_readable_heads_without_empty_columns(
    context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("海润牧业", "", "VIP", "Fell", ""), ("绿源", "", "", "", "call again")]
    model: WindowedModel[tuple[str, ...]] = WindowedModel(
        context.words,
        (Column("title", "customers.title", lambda row: row[0]),),
        lambda _sort, _down: range(len(rows)),
        lambda numbers: [rows[number] for number in numbers],
    )

    def face(row: tuple[str, ...]) -> RowFace:
        chips = (ChipFace(row[2]),) if row[2] else ()
        return RowFace(row[0], row[1], chips=chips, aside=row[3], below=row[4])

    listed = ListPage(context.look, model, face)
    model.reload()
    qtbot.addWidget(listed)
    path = tmp_path / "list.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    ask_and_export_list(context, listed, "Review", listed)
    assert path.read_text("utf-8-sig").splitlines() == [
        "名称,标记,情况,补充",
        "海润牧业,VIP,Fell,",
        "绿源,,,call again",
    ]

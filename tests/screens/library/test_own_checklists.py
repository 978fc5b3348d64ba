"""Checklists of one's own: made in the window, moved about, sent as a file, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldsales.domain.checklist import Checklist
from fieldsales.domain.checklist_file import Form, read
from fieldsales.screens.library.checklists.editor import EntryRow
from fieldsales.screens.library.checklists.page import ChecklistsPage
from fieldsales.services.operations.checklists import KeepChecklist, StartChecklist
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.store.queries.checklists import own_checklists
from fieldsales.widgets.checklist_rows import ItemRow, TypedItem
from fieldsales.words import PSEUDO
from tests.screens.library.conftest import ShowLibrary
from tests.screens.pitch.conftest import Shown
from tests.widgets.clip_check import clipped

OWN = """
title = "出车前"
of = "visit"
[section.car]
title = "车上"
[item.sample]
section = "car"
kind = "yes"
text = "样品带齐"
"""


def _page(shown: Shown) -> ChecklistsPage:
    page = shown.page
    assert isinstance(page, ChecklistsPage)
    return page


def _type(editor: QWidget, text: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.insert(text)
    else:
        assert isinstance(editor, QPlainTextEdit)
        editor.selectAll()
        editor.insertPlainText(text)


def _kept(workspace: Workspace) -> Form:
    [own] = own_checklists(workspace.store)
    return read(own.text, own.id, "zh_CN")


def _rows(page: ChecklistsPage, group: str) -> dict[str, EntryRow]:
    found = page.editor.findChildren(EntryRow)
    return {row.place.code: row for row in found if row.place.group == group and row.isVisible()}


def _texts(workspace: Workspace) -> list[str]:
    return [item.text for item in _kept(workspace).items.values()]


def test_one_is_made_from_nothing_by_typing_and_enter(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    assert page.new_record()
    title = QApplication.focusWidget()
    assert isinstance(title, QLineEdit)
    title.insert("进店以前")  # over what was selected
    [section] = _rows(page, "section").values()
    [item] = _rows(page, "item").values()
    item.line.text.setFocus()
    _type(item.line.text, "看一眼橱窗")
    kind = item.cells["kind"].editor.target()
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("scale"))
    kind.activated.emit(kind.currentIndex())
    page.flush()
    section.add.insert("数一数客人")  # type: ignore[attr-defined]
    QTest.keyClick(section.add, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    form = _kept(workspace)
    assert form.title == "进店以前"
    assert [(one.text, one.kind) for one in form.items.values()] == [
        ("看一眼橱窗", "scale"),
        ("数一数客人", "scale"),
    ]
    page.editor.view.choose("preview")
    assert list(page.editor.items.rows) == list(form.items)
    QTest.keyClick(page.editor.view, Qt.Key.Key_Escape)
    assert page.detail.currentWidget() is page.overview


def test_items_move_by_keys_and_go_when_emptied(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    page.new_record()
    [section] = _rows(page, "section").values()
    section.add.insert("第二件")  # type: ignore[attr-defined]
    QTest.keyClick(section.add, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    first, second = _texts(workspace)
    row = _rows(page, "item")["第二件"]
    row.line.text.setFocus()
    QTest.keyClick(row.line.text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _texts(workspace) == [second, first]
    assert QApplication.focusWidget() is row.line.text
    row.line.text.clear()
    QTest.keyClick(row.line.text, Qt.Key.Key_Return)
    assert _texts(workspace) == [first]
    shown.context.undo()
    assert _texts(workspace) == [second, first]
    assert set(_rows(page, "item")) == {"第二件", "要检查的第一件事"}


def test_the_last_item_cannot_go(show_library: ShowLibrary, workspace: Workspace) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    page.new_record()
    [item] = _rows(page, "item").values()
    item.remove()
    assert "一项也没有" in shown.told[-1].text
    assert len(_texts(workspace)) == 1


def test_a_title_is_asked_for_and_what_is_too_long_waits(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.new_record()
    cell = page.editor.cells["title"]
    line = cell.editor.target()
    assert isinstance(line, QLineEdit)
    line.clear()
    line.insert("长" * 201)
    page.flush()
    assert "201" in cell.message()
    assert _kept(workspace).title == "我的检查表"
    [item] = _rows(page, "item").values()
    _type(item.line.text, "项" * 501)
    page.flush()
    assert item.line.typed() == "项" * 501
    assert len(_texts(workspace)[0]) < 20


def test_a_shipped_one_is_copied_and_stays_as_it_is(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.show_record("checklist", "store_steps")
    page.overview.tools["copy"].click()
    assert page.detail.currentWidget() is page.editor
    form = _kept(workspace)
    assert (form.title, len(form.items)) == ("销售六步（我的）", 18)
    [own] = own_checklists(workspace.store)
    assert read(own.text, own.id, "en").items["greet"].text.startswith("Looked up")


def test_one_goes_out_and_comes_back_as_one_file(
    show_library: ShowLibrary, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    kept = KeepChecklist(OWN)
    workspace.run(kept)
    file = tmp_path / "出车前"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.show_record("checklist", kept.row_id)
    page.overview.tools["export"].click()
    workspace.run(TrashRecords("checklist", (kept.row_id,)))
    exported = file.with_suffix(".toml")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(exported), ""))
    page.take_in()
    assert _texts(workspace) == ["样品带齐"]
    assert page.detail.currentWidget() is page.overview
    page.take_in()  # the same once more
    assert len(own_checklists(workspace.store)) == 1
    assert "已经有了" in shown.told[-1].text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OWN.replace('kind = "yes"', "kind = yes").encode(), "第 8 行"),
        (OWN.replace("[section.car]", "[item.sample]").encode(), "又写了一遍"),
        (OWN.replace('"yes"', '"exec"').encode(), "item.sample.kind"),
        (b"PK\x03\x04\n\xff\xfe", "第 2 行起不是文字"),
        (("#" * 70_000).encode(), "太大"),
        (b"x = " + b"[" * 50_000, "读不懂"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_its_place(
    show_library: ShowLibrary,
    workspace: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    said: str,
) -> None:
    file = tmp_path / "坏.toml"
    file.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    shown = show_library("checklists")
    _page(shown).take_in()
    assert said in shown.told[-1].text
    assert own_checklists(workspace.store) == []


def test_one_that_came_damaged_is_listed_and_can_be_deleted(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    kept = KeepChecklist(OWN)
    workspace.run(kept)
    with workspace.journal.operation("keep_checklist", "test") as (writer, _changed):
        writer.update("checklist", kept.row_id, {"text": "title = ["})
    page = _page(show_library("checklists"))
    page.show_record("checklist", kept.row_id)
    assert not page.overview.line.isVisible()
    assert [name for name, tool in page.overview.tools.items() if tool.isVisible()] == ["trash"]
    page.overview.tools["trash"].click()
    assert own_checklists(workspace.store) == []
    assert page.detail.currentWidget() is page.overview


def test_results_stay_readable_when_their_checklist_is_deleted(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    kept = KeepChecklist(OWN)
    workspace.run(kept)
    start = StartChecklist(kept.row_id, "出车前", {}, {"sample": "1"})
    workspace.run(start)
    workspace.run(TrashRecords("checklist", (kept.row_id,)))
    page = _page(show_library("checklists"))
    page.show_record("checklist_result", start.row_id)
    assert page.detail.currentWidget() is page.filling
    assert page.filling.sheet.items.rows["sample"].told.value == "1"
    own = workspace.store.record(Checklist, kept.row_id)
    assert own is not None


def test_a_checklist_that_goes_while_it_is_edited_says_so(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.new_record()
    [own] = own_checklists(workspace.store)
    workspace.run(TrashRecords("checklist", (own.id,)))
    assert page.detail.currentWidget() is page.gone
    workspace.undo()
    assert page.detail.currentWidget() is page.editor
    assert len(_rows(page, "item")) == 1


@pytest.mark.parametrize("size", [(1366, 640), (1100, 600)])
def test_nothing_is_clipped(
    show_library: ShowLibrary, workspace: Workspace, size: tuple[int, int]
) -> None:
    page = _page(show_library("checklists", size, PSEUDO))
    page.show_record("checklist", "after_purchase")
    page.overview.tools["copy"].click()
    for view in ("edit", "preview"):
        page.editor.view.choose(view)
        for _ in range(8):
            QApplication.processEvents()
        assert clipped(page) == []


def _long(workspace: Workspace, kind: str) -> str:
    """A result of 200 items of which the first 150 are answered."""
    asked = "".join(
        f'[item.i{n}]\nsection = "all"\nkind = "{kind}"\ntext = "第 {n} 项"\n' for n in range(200)
    )
    kept = KeepChecklist(f'of = "self"\ntitle = "长"\n[section.all]\ntitle = "全部"\n{asked}')
    workspace.run(kept)
    begun = StartChecklist(kept.row_id, "长", {}, {f"i{n}": "1" for n in range(150)})
    workspace.run(begun)
    return begun.row_id


@pytest.mark.parametrize("kind", ["yes", "text"])
def test_a_long_one_shows_its_beginning_at_once_and_all_of_it_soon(
    show_library: ShowLibrary, workspace: Workspace, qtbot: QtBot, kind: str
) -> None:
    result = _long(workspace, kind)
    drafts.keep(workspace.store, "checklist_result", result, "i190", "想到一半")
    page = _page(show_library("checklists"))
    page.show_record("checklist_result", result)
    items = page.filling.sheet.items
    assert 8 <= len(items.findChildren(ItemRow)) <= 40
    qtbot.waitUntil(lambda: len(items.findChildren(ItemRow)) == 200, timeout=20_000)
    assert list(items.rows) == [f"i{n}" for n in range(200)]
    assert QApplication.focusWidget() is items.rows["i150"].stop  # the first without an answer
    values = [row.told.value for row in items.rows.values()]
    assert values[:160] == ["1"] * 150 + [""] * 10
    late = items.rows["i190"]
    if isinstance(late, TypedItem):
        assert late.cells[0].editor.typed() == "想到一半"


def test_a_long_one_is_edited_from_its_beginning(
    show_library: ShowLibrary, workspace: Workspace, qtbot: QtBot
) -> None:
    _long(workspace, "yes")
    page = _page(show_library("checklists"))
    page.show_record("checklist", own_checklists(workspace.store)[0].id)
    page._do("edit")
    assert 8 <= len(_rows(page, "item")) < 200
    qtbot.waitUntil(lambda: len(_rows(page, "item")) == 200, timeout=20_000)
    assert list(_rows(page, "item")) == [f"i{n}" for n in range(200)]


def test_the_keyboard_goes_on_where_rows_are_still_to_come(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.show_record("checklist_result", _long(workspace, "yes"))
    rows = page.filling.sheet.items.findChildren(ItemRow)
    rows[-1].stop.setFocus()
    QTest.keyClick(rows[-1].stop, Qt.Key.Key_Down)
    there = page.filling.sheet.items.findChildren(ItemRow)
    assert len(rows) < len(there) < 200
    assert QApplication.focusWidget() is there[len(rows)].stop

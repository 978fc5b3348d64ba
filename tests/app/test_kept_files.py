"""Files of records in the window: found, dropped, pasted, renamed, carried out, undone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from fieldsales.app.window import Window
from fieldsales.screens.contract import Context
from fieldsales.screens.kept_files import KeptFiles
from fieldsales.services import photos
from fieldsales.services.operations.files import KeepFile, KeepFiles, from_bytes
from fieldsales.services.operations.records import TrashRecords
from fieldsales.widgets.file_tile import FileTile
from fieldsales.widgets.message_bar import Message
from tests.dropping import drop_on
from tests.pictures import HOSTILE, film, picture
from tests.workspaces import Add

_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def told(context: Context) -> list[Message]:
    found: list[Message] = []
    context.told.connect(found.append)
    return found


@pytest.fixture
def records(add: Add) -> dict[str, str]:
    """One of every noun that a file can be kept with, by noun."""
    customer = add("customer", name="海润牧业")
    ours = {"customer_id": customer}
    return {
        "customer": customer,
        "contact": add("contact", name="王建国", **ours),
        "deal": add("deal", title="预混料", **ours),
        "visit": add("visit", starts_at="2026-11-09T02:00:00Z", state="concluded", **ours),
        "product": add("product", name="乳猪宝"),
        "proposal": add("proposal", title="全年用料", **ours),
        "receivable": add(
            "receivable", amount=1_194_000, currency="CNY", due_on="2026-12-01", **ours
        ),
        "task": add("task", title="送样", **ours),
        "interaction": add(
            "interaction", kind="complaint", at="2026-11-09T02:00:00Z", text="断货", **ours
        ),
    }


NOUNS = (
    *("customer", "contact", "deal", "visit", "product", "proposal", "receivable", "task"),
    "interaction",
)


def strip(window: Window, noun: str, row_id: str) -> KeptFiles:
    """The files on the page of a record."""
    return next(
        one
        for one in window.page.findChildren(KeptFiles)
        if one.isVisible() and one.owners.get(f"{noun}_id") == row_id
    )


def focused_tile(window: Window) -> FileTile:
    tile = window.focusWidget()
    assert isinstance(tile, FileTile)
    return tile


@pytest.mark.parametrize("noun", NOUNS)
def test_a_file_of_any_record_is_found_by_its_name_and_shown_where_it_is(
    window: Window, records: dict[str, str], noun: str
) -> None:
    owners = {f"{noun}_id": records[noun]}
    if noun != "product":
        owners["customer_id"] = records["customer"]
    window.context.run(KeepFile("化验单 玉米.pdf", b"%PDF", **owners))  # type: ignore[arg-type]
    window.open_palette()
    palette = window.palette_overlay
    palette.line.setText("化验单")
    [found] = palette.hits()
    assert found.subtitle.startswith("乳猪宝" if noun == "product" else "海润牧业")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    tile = focused_tile(window)
    assert tile.kept.name == "化验单 玉米.pdf"
    files = strip(window, noun, records[noun])
    assert tile in files.tiles
    QTest.keyClick(tile, Qt.Key.Key_Delete)
    assert not files.tiles
    window.context.undo()
    assert [one.kept.name for one in files.tiles] == ["化验单 玉米.pdf"]


def test_a_record_in_the_trash_leaves_its_file_with_the_customer(
    window: Window, records: dict[str, str], told: list[Message]
) -> None:
    customer = records["customer"]
    kept = KeepFile("收条.jpg", b"x", customer_id=customer, task_id=records["task"])
    window.context.run(kept)
    window.context.run(TrashRecords("task", (records["task"],)))
    window.open_record("attachment", kept.row_id)
    assert focused_tile(window) in strip(window, "customer", customer).tiles
    window.context.run(TrashRecords("attachment", (kept.row_id,)))
    window.open_record("attachment", kept.row_id)
    assert told[-1].text == window.context.words("record.gone")


def test_files_pictures_and_texts_come_in_by_drop_and_paste(
    window: Window, records: dict[str, str], told: list[Message], tmp_path: Path
) -> None:
    window.open_record("receivable", records["receivable"])
    files = strip(window, "receivable", records["receivable"])
    (tmp_path / "对账.xlsx").write_bytes(b"PK")
    (tmp_path / "空.txt").touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("对账.xlsx", "空.txt")])
    held: list[bool] = []
    files.incoming.over.connect(held.append)
    assert drop_on(files, data)
    assert held == [True, False]
    assert [one.kept.name for one in files.tiles] == ["对账.xlsx"]
    assert "空文件" in told[-1].text
    assert drop_on(files, data)
    assert len(files.tiles) == 1
    assert any("已经有同样的文件" in one.text for one in told)
    (tmp_path / "对账.xlsx").write_bytes(b"PK of another month")
    assert drop_on(files, data)
    assert any("对账 (2).xlsx" in one.text for one in told)
    window.context.undo()
    QApplication.clipboard().setImage(QImage(30, 20, QImage.Format.Format_RGB32))
    assert files.action is not None
    QTest.keyClick(files.action, Qt.Key.Key_V, _CONTROL)
    QApplication.clipboard().setText("对方说月底付 😀 \ud83d")
    QTest.keyClick(files.action, Qt.Key.Key_V, _CONTROL)
    pasted = sorted(one.kept.name.partition(" ")[0] for one in files.tiles)
    assert pasted == ["对账.xlsx", "粘贴的图片", "粘贴的文字"]
    page = strip(window, "receivable", records["receivable"]).page_incoming
    assert not page.paste()  # a text belongs into a field, unless the files have the focus
    QApplication.clipboard().clear()
    assert not files.incoming.paste()


def test_what_is_carried_out_is_a_real_file_that_tells_no_place(
    window: Window, records: dict[str, str], told: list[Message]
) -> None:
    customer = records["customer"]
    filmed = film((b"\xa9xyz", b"\0\x12\x15\xc7+37.5891+107.5511/"))
    for name, data in (
        ("圈舍.jpg", picture(place=True)),
        ("IMG_1.HEIC", HOSTILE["heic"]),
        ("圈舍.mov", filmed),
    ):
        window.context.run(from_bytes(name, data, customer_id=customer))
    window.open_record("customer", customer)
    tiles = {one.kept.name: one for one in strip(window, "customer", customer).tiles}
    tile = tiles["圈舍.jpg"]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_C, _CONTROL)
    data = QApplication.clipboard().mimeData()
    assert data is not None
    [url] = data.urls()
    path = Path(url.toLocalFile())
    assert path.name == "圈舍.jpg"
    assert not photos.has_place(path.read_bytes())
    assert Image.open(BytesIO(path.read_bytes())).size == (300, 200)
    for name in ("IMG_1.HEIC", "圈舍.mov"):
        assert tiles[name].carried() is None
        assert name in told[-1].text
        assert "拍摄地点，这里去不掉" in told[-1].text
    assert "HEIC" in tiles["IMG_1.HEIC"].toolTip()


def test_saving_as_leaves_the_place_out_unless_it_is_asked_for(
    window: Window, records: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = picture(place=True)
    window.context.run(from_bytes("圈舍.jpg", data, deal_id=records["deal"]))
    window.open_record("deal", records["deal"])
    [tile] = strip(window, "deal", records["deal"]).tiles
    target = tmp_path / "出去.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    menu = tile.menu()
    menu.actions()[1].trigger()
    assert not photos.has_place(target.read_bytes())
    menu.actions()[2].trigger()
    assert target.read_bytes() == data
    menu.deleteLater()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("三号栏", "三号栏.jpg"),
        ("../../x", "x.jpg"),
        ("\u202egpj.exe", "gpj.exe.jpg"),
        ("CON", "_CON.jpg"),
        ("", "圈舍.jpg"),
        ("???", "圈舍.jpg"),
    ],
)
def test_a_file_is_renamed_in_place(
    window: Window, records: dict[str, str], typed: str, name: str
) -> None:
    customer = records["customer"]
    window.context.run(from_bytes("圈舍.jpg", picture(), customer_id=customer))
    window.open_record("customer", customer)
    files = strip(window, "customer", customer)
    tile = files.tiles[0]
    QTest.keyClick(tile, Qt.Key.Key_F2)
    assert tile.name_line is not None
    assert tile.name_line.text() == "圈舍"
    tile.name_line.setText(typed)
    QTest.keyClick(tile.name_line, Qt.Key.Key_Return)
    assert [one.kept.name for one in files.tiles] == [name]
    if name != "圈舍.jpg":
        window.context.undo()
        assert [one.kept.name for one in files.tiles] == ["圈舍.jpg"]
    QTest.keyClick(tile, Qt.Key.Key_F2)
    tile.name_line.setText("别的")
    QTest.keyClick(tile.name_line, Qt.Key.Key_Escape)
    assert [one.kept.name for one in files.tiles] == ["圈舍.jpg"]


def test_many_files_are_shown_a_few_at_a_time(window: Window, records: dict[str, str]) -> None:
    customer = records["customer"]
    ours = [KeepFile(f"{at:03}.txt", f"{at}".encode(), customer_id=customer) for at in range(60)]
    window.context.run(KeepFiles(tuple(ours)))
    window.open_record("customer", customer)
    files = strip(window, "customer", customer)
    more = next(one for one in files.findChildren(QPushButton) if "再显示 40 个" in one.text())
    assert len(files.tiles) == 8
    more.click()
    assert len(files.tiles) == 48
    assert "显示全部 60" in more.text()
    last = files.tiles[30]
    window.context.run(TrashRecords("attachment", (last.kept.id,)))
    assert last not in files.tiles
    assert len(files.tiles) == 48
    more.click()
    assert len(files.tiles) == 59
    assert not more.isVisible()
    files.fold()
    window.open_record("attachment", ours[0].row_id)
    assert focused_tile(window).kept.name == "000.txt"


def test_a_tile_is_dragged_out_as_a_file_and_not_taken_in_again(
    window: Window, records: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    customer = records["customer"]
    window.context.run(from_bytes("圈舍.jpg", picture(place=True), customer_id=customer))
    window.open_record("customer", customer)
    files = strip(window, "customer", customer)
    tile = files.tiles[0]
    dragged: list[Path] = []
    taken: list[bool] = []

    def carry(drag: QDrag, _action: object) -> None:
        data = drag.mimeData()
        dragged.extend(Path(url.toLocalFile()) for url in data.urls())
        taken.append(drop_on(files, data))

    monkeypatch.setattr(QDrag, "exec", carry)
    middle = tile.rect().center()
    QTest.mousePress(tile, Qt.MouseButton.LeftButton, pos=middle)
    away = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(middle) + QPointF(90, 0),
        QPointF(tile.mapToGlobal(middle)) + QPointF(90, 0),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(tile, away)
    assert [path.name for path in dragged] == ["圈舍.jpg"]
    assert not photos.has_place(dragged[0].read_bytes())
    assert taken == [False]
    assert len(files.tiles) == 1

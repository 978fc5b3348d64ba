"""Photos of telephones: made smaller, upright, without the place for others; broken ones told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from fieldsales import places
from fieldsales.errors import UserError
from fieldsales.services import photos, thumbnails
from fieldsales.services.operations.files import KeepFile, KeepFiles, from_bytes, from_disk
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.files import files_of
from tests.pictures import HOSTILE, film, picture
from tests.workspaces import add


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_a_large_photo_is_made_smaller_upright_with_its_notes() -> None:
    data = picture(size=(4_000, 3_000), orientation=6, place=True)
    made = opened(photos.fitted(data, 2_560))
    assert made.size == (1_920, 2_560)
    assert made.getexif().get(0x0112, 1) == 1
    assert made.getexif()[0x0110] == "Phone 9"
    assert photos.has_place(photos.fitted(data, 2_560))
    assert photos.fitted(data, 4_000) == data
    drawn = picture("PNG", size=(3_000, 2_000))
    assert photos.fitted(drawn, 1_000) == drawn


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_for_others_does_not_say_where_it_was_taken(kind: str) -> None:
    data = picture(kind, size=(60, 40), orientation=6, place=True)
    name, made = photos.without_place("栏舍.tar.jpeg", data)
    assert not photos.has_place(made)
    assert not opened(made).getexif()
    assert opened(made).size == (40, 60)
    assert name == ("栏舍.tar.jpeg" if kind == "JPEG" else "栏舍.tar.png")
    plain = picture(kind, size=(60, 40))
    assert photos.without_place("a", plain) == ("a", plain)


def test_what_is_no_picture_leaves_as_it_is() -> None:
    assert photos.without_place("合同.pdf", b"%PDF-1.4 GPS") == ("合同.pdf", b"%PDF-1.4 GPS")


def test_a_place_that_cannot_be_taken_out_does_not_leave() -> None:
    cut_off = picture(size=(400, 300), place=True)[:-2_000]
    for data in (cut_off, HOSTILE["heic"]):
        with pytest.raises(UserError) as caught:
            photos.without_place("IMG_1.HEIC", data)
        assert caught.value.code == "photos.place_stays"


_PLACE = b"+37.5891+107.5511/"


@pytest.mark.parametrize(
    "told",
    [
        (b"\xa9xyz", b"\0\x12\x15\xc7" + _PLACE),
        (b"loci", b"\0\0\0\0\0\0" + _PLACE),
        (b"meta", b"\0\0\0\x2ccom.apple.quicktime.location.ISO6709" + _PLACE),
    ],
    ids=["quicktime", "3gpp", "apple"],
)
def test_a_film_that_tells_its_place_does_not_leave(told: tuple[bytes, bytes]) -> None:
    with pytest.raises(UserError) as caught:
        photos.without_place("圈舍.mov", film(told))
    assert caught.value.code == "photos.place_stays"
    plain = film((b"\xa9mak", b"\0\5\x15\xc7Phone"))
    assert photos.without_place("圈舍.mov", plain) == ("圈舍.mov", plain)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_told_not_drawn(workspace: Workspace, name: str) -> None:
    data = HOSTILE[name]
    with pytest.raises(UserError) as caught:
        photos.small(data, 168)
    assert caught.value.code in ("photos.broken", "photos.kind", "photos.too_large")
    kept = from_bytes(f"{name}.jpg", data, 2_560) if data else KeepFile(name, data)
    workspace.run(kept)
    with pytest.raises(UserError):
        thumbnails.thumbnail(workspace.store, kept.sha256, 168)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_one_whatever_its_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "合同.pdf"
    path.write_bytes(picture(kind, size=(60, 40)))
    assert from_disk(path).kind == "photo"
    path.write_bytes(b"%PDF-1.4")
    assert from_disk(path.rename(tmp_path / "照片.jpg")).kind == "file"


def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "空.jpg"
    empty.touch()
    for path, code in ((empty, "files.empty"), (tmp_path, "files.folder")):
        with pytest.raises(UserError) as caught:
            from_disk(path)
        assert caught.value.code == code


def test_a_thumbnail_is_made_once(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = from_bytes("栏舍.jpg", picture(size=(400, 300)))
    workspace.run(kept)
    made = thumbnails.thumbnail(workspace.store, kept.sha256, 168)
    assert opened(made).size == (168, 126)
    with monkeypatch.context() as patched:
        patched.setattr(thumbnails, "small", lambda *_: pytest.fail("made again"))
        assert thumbnails.thumbnail(workspace.store, kept.sha256, 168) == made
    thumbnails.forget(kept.sha256)
    assert not [one for one in places.cache_folder().rglob("*.jpg") if kept.sha256 in one.name]


def test_names_of_one_record_differ_and_nothing_is_kept_twice(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    ours = {"customer_id": customer}
    first = from_bytes("../合同.pdf", b"1", **ours)
    workspace.run(KeepFiles((first, from_bytes("合同.pdf", b"2", **ours))))
    workspace.run(KeepFiles((from_bytes("合同.pdf", b"3", **ours), from_bytes("x", b"1", **ours))))
    names = [one.name for one in files_of(workspace.store, "customer", customer)]
    assert sorted(names) == ["合同 (2).pdf", "合同 (3).pdf", "合同.pdf"]
    assert not workspace.run(KeepFiles((first,))).rows
    workspace.undo()
    assert len(files_of(workspace.store, "customer", customer)) == 2


def test_small_pictures_do_not_pile_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "_MOST", 4)
    for side in range(20, 30):
        kept = from_bytes("a.jpg", picture(size=(60, 40)))
        workspace.run(kept)
        thumbnails.thumbnail(workspace.store, kept.sha256, side)
    left = list(places.cache_folder().rglob(f"{kept.sha256}-*.jpg"))
    assert 0 < len(left) <= 4

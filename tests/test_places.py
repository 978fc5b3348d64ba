"""Where things lie, whatever the file is called, and how files are written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fieldsales import places


def test_a_name_that_is_not_utf8_has_its_folders(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff.db")
    assert places.backup_folder(odd) != places.backup_folder(tmp_path / os.fsdecode(b"\xfe.db"))
    assert not places.sync_folder(odd)


@pytest.mark.parametrize("folder", ["OneDrive - 公司", "坚果云", "WPS云盘", "Dropbox (旧)"])
def test_folders_that_are_synchronised(tmp_path: Path, folder: str) -> None:
    assert places.sync_folder(tmp_path / folder / "数据" / "a.db") == folder
    assert places.sync_folder(tmp_path / "数据" / "a.db") == ""


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "报告.pdf"
    places.write_whole(path, b"first")
    places.write_whole(path, b"second")
    assert path.read_bytes() == b"second"

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        places.write_whole(path, b"third")
    assert path.read_bytes() == b"second"
    assert [one.name for one in tmp_path.iterdir()] == ["报告.pdf"]


def test_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "照片"
    settled: list[tuple[bool, bool]] = []
    sync = os.fsync

    def note(file: int) -> None:
        settled.append((stat.S_ISDIR(os.fstat(file).st_mode), path.exists()))
        sync(file)

    monkeypatch.setattr(os, "fsync", note)
    places.write_whole(path, b"jpeg")
    assert settled[0] == (False, False)  # the content
    assert settled[1:] == ([(True, True)] if os.name == "posix" else [])  # the name in its folder

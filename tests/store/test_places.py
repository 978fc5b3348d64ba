"""Where things lie, and the warning where they should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldsales import places


def test_everything_moves_with_the_home_one_chooses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path))
    for path in (
        places.default_database(),
        places.backup_folder(Path("x.db")),
        places.log_folder(),
        places.state_file(),
    ):
        assert tmp_path in path.parents


def test_without_one_the_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FIELDSALES_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert tmp_path in places.default_database().parents
    assert tmp_path in places.log_folder().parents


def test_copies_and_kept_files_belong_to_one_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, other = tmp_path / "a" / "f.db", tmp_path / "b" / "f.db"
    assert places.backup_folder(one) != places.backup_folder(other)
    one.parent.mkdir()
    monkeypatch.chdir(one.parent)
    assert places.backup_folder(Path("f.db")) == places.backup_folder(one)
    assert places.files_folder(Path("f.db")) == places.files_folder(one)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/home/li/OneDrive - 海源饲料/f.db", "OneDrive - 海源饲料"),
        ("/home/li/Dropbox/客户/f.db", "Dropbox"),
        ("/home/li/坚果云/f.db", "坚果云"),
        ("/Users/li/Library/Mobile Documents/com~apple~CloudDocs/f.db", "com~apple~CloudDocs"),
        ("/home/li/文档/f.db", ""),
        ("/home/li/文档/dropbox.db", ""),
    ],
)
def test_cloud_folders_are_named(path: str, folder: str) -> None:
    assert places.sync_folder(Path(path)) == folder

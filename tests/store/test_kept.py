"""Kept files: each content once, under its hash, and nothing outside their folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.store.kept import KeptFiles


@pytest.fixture
def kept(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path / "files")


def _files(kept: KeptFiles) -> list[Path]:
    return [path for path in kept.folder.rglob("*") if path.is_file()]


def test_a_content_is_kept_once_and_read_by_its_hash(kept: KeptFiles) -> None:
    sha256 = kept.keep("现场照片".encode())
    assert sha256 == hashlib.sha256("现场照片".encode()).hexdigest()
    assert kept.keep("现场照片".encode()) == sha256
    assert len(_files(kept)) == 1
    assert kept.has(sha256)
    assert kept.read(sha256) == "现场照片".encode()
    kept.drop(sha256)
    kept.drop(sha256)
    assert not kept.has(sha256)
    with pytest.raises(UserError) as told:
        kept.read(sha256)
    assert told.value.code == "files.gone"


@pytest.mark.parametrize("named", ["../../../etc/passwd", "/etc/passwd", "", "ab", "A" * 64])
def test_what_is_no_hash_leads_nowhere(kept: KeptFiles, named: str) -> None:
    kept.keep(b"a")
    assert kept.file(named).path.resolve().is_relative_to(kept.folder)
    assert not kept.has(named)


def test_a_folder_takes_over_what_is_whole(kept: KeptFiles, tmp_path: Path) -> None:
    copy = KeptFiles(tmp_path / "copies")
    whole, spoilt, gone = kept.keep(b"whole"), kept.keep(b"spoilt"), "ab" * 32
    kept.file(spoilt).path.write_bytes(b"other")
    for sha256 in (whole, spoilt, gone):
        copy.take_over(sha256, kept)
    assert [copy.has(one) for one in (whole, spoilt, gone)] == [True, False, False]
    assert copy.read(whole) == b"whole"


def test_where_nothing_can_be_written_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"in the way")
    with pytest.raises(EnvironmentProblem) as told:
        KeptFiles(tmp_path / "files").keep(b"a")
    assert told.value.code == "files.cannot_write"

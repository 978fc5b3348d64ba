"""Keys and codes: what was typed opens what it closed, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldsales.errors import EnvironmentProblem
from fieldsales.store.kept import KeptFiles
from fieldsales.store.sealing import Key, keys, salt_of, seal, unseal, unseal_by

PASSWORD = "骑马 过河 三盏灯"


@pytest.fixture(scope="module")
def key() -> Key:
    return Key.made(PASSWORD)


def test_the_same_password_makes_the_same_key_of_a_salt(key: Key) -> None:
    assert Key.of(PASSWORD, key.salt) == key
    assert Key.of("骑马 过河 三盏燈", key.salt) != key
    assert Key.of(PASSWORD, key.salt[:-1] + bytes([key.salt[-1] ^ 1])).secret != key.secret
    assert Key.of("abcdefgh", key.salt) == Key.of(
        "ａｂｃｄｅｆｇｈ", key.salt
    )  # however it is typed


def test_a_key_shows_itself_nowhere(key: Key) -> None:
    assert key.secret.hex() not in repr(key)
    assert str(key.secret) not in repr(key)
    files = KeptFiles(Path("x"), key.passphrase)
    assert key.passphrase not in repr(files) + repr(files.file("ab" * 32))


def test_the_code_spells_the_key_however_it_is_written(key: Key) -> None:
    code = key.code
    assert [len(group) for group in code.split("-")] == [4] * 7
    read_as = code.replace("0", "o").replace("1", "l").lower()
    for typed in (code, code.replace("-", " "), code.lower(), read_as, f"  {code}\n"):
        assert next(keys(typed, key.salt)) == key


def test_one_slip_in_the_code_is_noticed(key: Key) -> None:
    code = key.code
    for at, letter in enumerate(code):
        if letter != "-":
            slip = code[:at] + ("2" if letter != "2" else "3") + code[at + 1 :]
            if at % 9 == 0:  # each costs a derivation
                assert [one.secret == key.secret for one in keys(slip, key.salt)] == [False]


def test_a_content_is_sealed_in_a_file_of_its_own(key: Key, tmp_path: Path) -> None:
    path = tmp_path / "given"
    content = "海润牧业的全部".encode() * 1_000
    seal(path, content, key.passphrase)
    assert salt_of(path) == key.salt
    assert "海润牧业".encode() not in path.read_bytes()
    assert unseal(path, key.passphrase) == content
    assert unseal_by(path, PASSWORD) == content
    assert unseal_by(path, key.code) == content
    with pytest.raises(EnvironmentProblem) as told:
        unseal_by(path, "another password")
    assert told.value.code == "store.wrong_password"
    seal(path, b"", key.passphrase)
    assert unseal(path, key.passphrase) == b""
    assert [one.name for one in tmp_path.iterdir()] == ["given"]


@pytest.mark.parametrize("at", [17, 5_000])
def test_a_spoilt_content_is_not_given(key: Key, tmp_path: Path, at: int) -> None:
    path = tmp_path / "given"
    seal(path, b"a" * 9_000, key.passphrase)
    spoilt = bytearray(path.read_bytes())
    spoilt[at] ^= 1
    path.write_bytes(spoilt)
    with pytest.raises(OSError, match="not a database|malformed|error"):
        unseal(path, key.passphrase)


def test_a_large_content_is_sealed_in_pieces_and_none_is_missed(key: Key, tmp_path: Path) -> None:
    path = tmp_path / "given"
    content = bytes(range(256)) * 12_000
    seal(path, content, key.passphrase)
    assert unseal(path, key.passphrase) == content
    whole = path.read_bytes()
    for pages in (1, 300, len(whole) // 4096 - 1):  # cut short
        path.write_bytes(whole[: pages * 4096])
        with pytest.raises(OSError, match="malformed|error"):
            unseal(path, key.passphrase)


def test_kept_files_are_sealed_under_names_that_tell_nothing(key: Key, tmp_path: Path) -> None:
    plain, sealed = KeptFiles(tmp_path), KeptFiles(tmp_path, key.passphrase)
    sha256 = sealed.keep(b"a photo")
    assert sealed.keep(b"a photo") == sha256
    [path] = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert sha256 not in str(path)
    assert b"a photo" not in path.read_bytes()
    assert sealed.read(sha256) == b"a photo"
    assert not plain.has(sha256)


def test_kept_files_follow_another_passphrase_and_back(key: Key, tmp_path: Path) -> None:
    contents = [b"", b"one", b"x" * 70_000]
    plain = KeptFiles(tmp_path)
    known = [plain.keep(content) for content in contents]
    spoilt = plain.keep(b"spoilt")
    plain.file(spoilt).path.write_bytes(b"other")
    plain.file(known[1]).path.with_suffix(".part").write_bytes("海润".encode())  # of a crash
    former = ""
    for passphrase in (key.passphrase, Key.made("another one").passphrase, ""):
        files = KeptFiles(tmp_path, passphrase)
        assert [done for _, done in files.convert(former)].count(True) == 3
        assert [done for _, done in files.convert(former)] == [False]
        assert [files.read(one) for one in known] == contents
        there = [one for one in tmp_path.rglob("*") if one.is_file()]
        assert len(there) == 4  # the spoilt one is left as it is
        former = passphrase
    assert plain.read(spoilt) == b"other"

"""The key in the system's store of secrets: kept, found, refused, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldsales.errors import EnvironmentProblem
from fieldsales.services import passwords, remembering
from fieldsales.services.workspace import Workspace
from fieldsales.store.sealing import Key
from tests.secrets import Secrets


@pytest.fixture
def secrets() -> Iterator[Secrets]:
    """A store of secrets of this computer."""
    with Secrets.used() as made:
        yield made


@pytest.fixture
def key(db_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Key:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    Workspace.open(db_path).close()
    made = passwords.protect(db_path, None, "three lamps").key
    assert made is not None
    return made


def test_the_key_is_kept_and_found(secrets: Secrets, db_path: Path, key: Key) -> None:
    assert remembering.available()
    assert remembering.recalled(db_path) is None
    remembering.remember(db_path, key)
    assert remembering.recalled(db_path) == key
    assert db_path.stem not in str(list(secrets.kept))
    passwords.protect(db_path, key, "another one")
    assert remembering.recalled(db_path) is None  # it opens nothing any more
    remembering.forget(db_path)
    remembering.forget(db_path)
    assert not secrets.kept


def test_a_store_that_fails_is_none(secrets: Secrets, db_path: Path, key: Key) -> None:
    secrets.fails = True
    with pytest.raises(EnvironmentProblem) as told:
        remembering.remember(db_path, key)
    assert told.value.code == "lock.no_keyring"
    assert remembering.recalled(db_path) is None
    remembering.forget(db_path)


def test_a_computer_without_one(db_path: Path, key: Key) -> None:
    with Secrets.used(priority=0):
        assert not remembering.available()
        assert remembering.recalled(db_path) is None
        with pytest.raises(EnvironmentProblem):
            remembering.remember(db_path, key)

"""What is endless inside is refused with a word, at whichever door it comes, and takes no room."""

from __future__ import annotations

import json
import multiprocessing

import pytest

from tests.fuzz import bombs
from tests.fuzz.bombs import BOMBS

_MOST = 200  # MB beyond what the program has
# what is read all the same, as what is too much in it is left out
_READ = {
    "calendar 10^6 lines",
    "calendar repeats",
    "calendar folds",
    "calendar deep",
    "calendar parameters",
    "calendar days",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    """As `look` tells it, of a program of its own, whose memory is nobody else's."""
    folder = tmp_path_factory.mktemp("bombs")
    bombs.lay(folder)
    program = multiprocessing.get_context("spawn").Process(target=bombs.look, args=(folder,))
    program.start()
    program.join()
    assert program.exitcode == 0
    told: dict[str, tuple[str, float, int]] = json.loads((folder / "found.json").read_bytes())
    return told


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(found: dict[str, tuple[str, float, int]], name: str) -> None:
    code, _, memory = found[name]
    assert bool(code) == (name not in _READ)
    assert memory < _MOST

"""A little of the fuzzing, always the same, and all that it ever found."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fieldsales.services import checkup
from fieldsales.services.workspace import Workspace
from tests.fuzz.mutations import spoilt
from tests.fuzz.targets import TARGETS, run
from tests.workspaces import data_hash

_CORPUS = Path(__file__).parent / "corpus"
_ROUNDS, _ROUNDS_SLOW = 40, 8
_SLOW = ("sealed", "salvage")


@pytest.mark.parametrize("name", TARGETS)
def test_spoilt_files_are_read_or_refused(workspace: Workspace, name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    for seed in seeds:
        run(target, seed, workspace, tmp_path)
    start = data_hash(workspace)
    for number in range(_ROUNDS_SLOW if name in _SLOW else _ROUNDS):
        run(target, spoilt(seeds, Random(f"{name} {number}")), workspace, tmp_path)
    assert data_hash(workspace) == start
    assert checkup.findings(workspace.store) == []


def test_what_fuzzing_found_stays_mended(workspace: Workspace, tmp_path: Path) -> None:
    for path in sorted(_CORPUS.glob("*/*")):
        run(TARGETS[path.parent.name], path.read_bytes(), workspace, tmp_path)

"""Commands that open the window for nobody to see."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from fieldsales.__main__ import main


@pytest.mark.usefixtures("qapp")
def test_screens_draws_each_tab_of_a_sample_and_leaves_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pictures"
    assert main(["screens", str(folder), "--json"]) == 0
    drawn = json.loads(capsys.readouterr().out)["files"]
    assert sorted(drawn) == sorted(str(path) for path in folder.iterdir())
    assert all(QImage(path).width() == 1366 for path in drawn)
    assert not (Path(os.environ["FIELDSALES_HOME"]) / "backups").exists()

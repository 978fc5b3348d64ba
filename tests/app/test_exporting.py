"""File ▸ Export everything, in the kinds there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from fieldsales.screens.exporting import ask_and_export_everything
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext, open_context
from tests.workspaces import Add

__all__ = ["open_context"]


@pytest.mark.parametrize("suffix", [".xlsx", ".zip", ".json", ".vcf", ".ics"])
def test_each_kind_is_written(
    suffix: str,
    open_context: OpenContext,
    add: Add,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add("contact", name="王建国", birthday="1970-02-28")
    context = open_context("en")
    said: list[Message] = []
    context.told.connect(said.append)

    def answer(_parent: object, _title: str, _name: str, kinds: str) -> tuple[str, str]:
        kind = next(one for one in kinds.split(";;") if one.endswith(f"*{suffix})"))
        return str(tmp_path / "out"), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    ask_and_export_everything(context, None)  # type: ignore[arg-type]
    assert (tmp_path / f"out{suffix}").stat().st_size > 100
    assert 'in "out' in said[0].text
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no/x.json"), "")
    )
    ask_and_export_everything(context, None)  # type: ignore[arg-type]
    assert said[1].kind == "error"

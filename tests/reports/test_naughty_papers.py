"""Whatever stands in the records, each paper is printed with it or says why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.drawing.text import missing, printable
from fieldsales.errors import UserError
from fieldsales.reports.documents import kinds
from fieldsales.reports.make import make
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.naughty import ENDLESS, HOSTILE, SPOILT, WriteEverywhere
from tests.workspaces import TODAY

_ZH = Words("zh_CN")
_DRAWN = tuple(text for text in (*HOSTILE, *SPOILT) if not missing(printable(text)))
_NOT_DRAWN = tuple(text for text in HOSTILE if missing(printable(text)))


@pytest.fixture(scope="module")
def territory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("naughty") / "data" / "f.db"
    workspace = Workspace.open(Path(path), Clock(TODAY))
    workspace.keep_copy = lambda: None
    workspace.run(LoadSample())
    yield workspace
    workspace.close()


def _printed(workspace: Workspace, texts: Sequence[str]) -> dict[str, str]:
    """Kind and audience of each paper -> why it is not printed."""
    workspace.run(WriteEverywhere(texts))
    refused = {}
    try:
        for code, paper in kinds().items():
            find = getattr(paper, "example", paper.latest)
            about = find(workspace.store)
            for audience in paper.AUDIENCES:
                try:
                    made = make(workspace.store, code, about, _ZH, audience)
                    assert made.pdf.startswith(b"%PDF-")
                    assert len(made.file_name.encode()) <= 200
                except UserError as trouble:
                    refused[f"{code} {audience}"] = trouble.code
    finally:
        workspace.undo()
    return refused


def test_what_the_font_can_draw_is_printed(territory: Workspace) -> None:
    assert _printed(territory, _DRAWN) == {}


def test_what_it_cannot_draw_is_told(territory: Workspace) -> None:
    assert set(_printed(territory, _NOT_DRAWN).values()) == {"report.missing_glyph"}


def test_long_texts_are_printed(territory: Workspace) -> None:
    assert _printed(territory, [ENDLESS]) == {}

"""Whatever stands in the records, each paper is printed with it or says why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.nouns import NOUNS
from fieldsales.drawing.text import missing, printable
from fieldsales.errors import UserError
from fieldsales.reports.documents import kinds
from fieldsales.reports.make import make
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.words import Words
from tests.naughty import ENDLESS, HOSTILE, SPOILT, typed
from tests.workspaces import TODAY

_ZH = Words("zh_CN")
_DRAWN = tuple(text for text in (*HOSTILE, *SPOILT) if not missing(printable(text)))
_NOT_DRAWN = tuple(text for text in HOSTILE if missing(printable(text)))
_MACHINES = {"setting", "saved_filter", "checklist", "tag_rule", "attachment"}  # not for people
_LONGEST = 1_500  # characters: three pages of a paper for each field


@dataclass(frozen=True)
class WriteEverywhere(Operation):
    """Puts texts into every field of every record, one after another."""

    texts: Sequence[str]

    def apply(self, writer: Writer) -> None:
        texts = cycle(self.texts)
        for noun in NOUNS:
            if noun in _MACHINES:
                continue
            open_fields = typed(noun)
            for (row_id,) in writer.store.rows(f"SELECT id FROM {noun}"):
                values = {}
                for name, field in open_fields.items():
                    text = next(texts)[: min(field.max_length, _LONGEST)].strip()
                    if text and field.shown:
                        values[name] = text
                writer.update(noun, row_id, values)


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

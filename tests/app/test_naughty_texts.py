"""Whatever stands in the records, every tab shows it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fieldsales.app.window import Window
from fieldsales.services.operations.sample import LoadSample
from fieldsales.store.queries.hits import hits
from tests.naughty import ENDLESS, HOSTILE, SPOILT, WriteEverywhere


def test_every_tab_shows_any_text(window: Window) -> None:
    texts = (*HOSTILE, *SPOILT, ENDLESS)
    workspace = window.context.workspace
    workspace.keep_copy = lambda: None
    workspace.run(LoadSample())
    workspace.run(WriteEverywhere(texts))
    for name in window.names:
        page = window.show_named(name)
        page.show_example()
        QApplication.processEvents()
        assert not page.grab().isNull()
    for kind in ("customer", "contact", "deal", "visit", "product", "worksheet", "proposal"):
        row_id = workspace.store.value(f"SELECT id FROM {kind} WHERE trashed_at IS NULL LIMIT 1")
        window.open_record(kind, row_id)
        QApplication.processEvents()
        assert not window.page.grab().isNull()
    for text in texts:
        hits(workspace.store, text)

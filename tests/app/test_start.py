"""What a start brings in: the first picture does not wait for what it does not show."""

from __future__ import annotations

import subprocess
import sys

_START = """
import sys
import fieldsales.__main__, fieldsales.app.main, fieldsales.screens.customers.page
from fieldsales.app.tabs import tabs
tabs()
print(*sys.modules)
"""
_LATER = {
    "fieldsales.app.finder",
    "fieldsales.domain.classes.history",
    "fieldsales.domain.contact",
    "fieldsales.domain.deal",
    "fieldsales.domain.pipeline",
    "fieldsales.domain.visit",
    "fieldsales.services.operations.files",
    "fieldsales.services.operations.sample",
    "fieldsales.store.migrations.m0001_foundation",
    "fieldsales.store.queries.card",
    "fieldsales.store.queries.today",
    "opencc",
    "pypinyin",
    "reportlab",
    "tomllib",
}


def test_what_the_customer_list_does_not_show_comes_later() -> None:
    run = subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True, text=True)
    assert not _LATER & set(run.stdout.split())

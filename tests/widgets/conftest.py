"""The look that pieces are tested in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words


@pytest.fixture
def look(theme: Theme) -> Iterator[Look]:
    yield Look.of(theme, Words("zh_CN"), Clock(date(2026, 11, 22)))
    theme.set_mode("light")
    theme.set_scale(1.0)

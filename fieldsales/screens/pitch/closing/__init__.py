"""Closing: the route, signals and rules to read, techniques and what came of them (M29b)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=50, title="closing.title", opens=("closing",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.closing.page import ClosingPage

    return ClosingPage(context)

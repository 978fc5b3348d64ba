"""Conversations and their SPIN sheets (M27)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=30, title="spin.title", opens=("spin",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.spin.page import SpinPage

    return SpinPage(context)

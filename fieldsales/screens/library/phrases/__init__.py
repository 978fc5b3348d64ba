"""Phrases ready to say or send, shipped ones and one's own (M48)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=20, title="phrases.title", opens=("phrase",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.library.phrases.page import PhrasesPage

    return PhrasesPage(context)

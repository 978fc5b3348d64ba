"""Objections: what customers say against it, by step of the sale, and how to answer (M29a)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=40, title="objections.title", opens=("objection", "own_entry"))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.objections.page import ObjectionsPage

    return ObjectionsPage(context)

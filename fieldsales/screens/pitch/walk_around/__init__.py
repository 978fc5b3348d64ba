"""The walk-around check of any text: typed here, or of a worksheet, a plan or a product (M22)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=60, title="walk_around.title", opens=("walk_around",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.walk_around.page import WalkAroundPage

    return WalkAroundPage(context)

"""The review: who moved, whose file is stale, which pin ends; decided one by one (M11)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=80, title="review.title", opens=("review",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.review.page import ReviewPage

    return ReviewPage(context)

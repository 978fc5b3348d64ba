"""Feedback and complaints: what waits for an answer, what was answered, how long it took (M35)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=60, title="feedback.title", opens=("feedback",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.feedback.page import FeedbackPage

    return FeedbackPage(context)

"""Habits of work: what a day holds, when to be in touch, how soon to answer."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=30, title="settings.section.work")


def build(context: Context) -> SectionPage:
    from fieldsales.screens.settings.groups import GroupsPage
    from fieldsales.screens.settings.work.day import DaySettings
    from fieldsales.screens.settings.work.feedback import FeedbackSettings

    return GroupsPage(context, DaySettings(context), FeedbackSettings(context))

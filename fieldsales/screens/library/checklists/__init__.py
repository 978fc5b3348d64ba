"""Checklists: shipped and one's own, filled in, scored and compared with the last time.

`Context.open("checklist", code)` shows a checklist, a method's code or the id of one's own.
`"seven_questions@product:<id>"` (or `customer`, `deal`, `visit`) shows what was filled in last
about that record, and begins the checklist if nothing was. `"checklist_result"` shows a result.
"""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=10, title="checklists.title", opens=("checklist", "checklist_result"))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.library.checklists.page import ChecklistsPage

    return ChecklistsPage(context)

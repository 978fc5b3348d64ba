"""All pictures of the portfolio, in the order in which they are read."""

from __future__ import annotations

from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.reports.portfolio.channels import Channels
from fieldsales.reports.portfolio.course import Lifecycle
from fieldsales.reports.portfolio.growth import Kinds, Stances
from fieldsales.reports.portfolio.outcomes import Losses, Sources, WinBack
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.reports.portfolio.relations import Relations
from fieldsales.reports.portfolio.satisfied import Satisfied
from fieldsales.reports.portfolio.spending import Spending
from fieldsales.reports.portfolio.what_if import WhatIf
from fieldsales.reports.portfolio.worth import Pyramid, Ranking

VALUE = (Pyramid, Ranking, WhatIf)
GROWTH = (Kinds, Stances)
RESOURCES = (Spending,)
RELATIONS = (Lifecycle, Relations, Satisfied)
INDICATORS = (Balanced,)
OUTCOMES = (Losses, WinBack, Sources, Channels)
PICTURES: tuple[type[Portrait], ...] = (
    *VALUE,
    *GROWTH,
    *RESOURCES,
    *RELATIONS,
    *OUTCOMES,
    *INDICATORS,
)

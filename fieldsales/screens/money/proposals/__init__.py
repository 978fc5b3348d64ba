"""Proposals: written at the customer's site, made final, sent, accepted (M43)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=10, title="proposals.title", opens=("proposal",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.money.proposals.page import ProposalsPage

    return ProposalsPage(context)

"""Campaigns: one word to many customers, who was reached, what came back (M44)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=65, title="campaign.title", opens=("campaign",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.portfolio.campaigns.page import CampaignsPage

    return CampaignsPage(context)

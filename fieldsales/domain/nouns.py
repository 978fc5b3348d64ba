"""The catalogue of nouns: a table's name and the record it holds.

To add one: a frozen dataclass derived from `Record` in the module of its topic, a line here, and a
migration that makes its table. Of what may be there once only its `ALONE_BY` says what tells one
from another, so that a merge of customers leaves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from fieldsales.domain.fields import Kind, Record, fields


class _Nouns(Mapping[str, type[Record]]):
    """Brings a noun in when it is first asked for: a start must not wait for all there are."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._known: dict[str, type[Record]] = {}

    def __getitem__(self, table: str) -> type[Record]:
        if table not in self._known:
            module, _, name = self._places[table].rpartition(".")
            self._known[table] = getattr(import_module(f"fieldsales.domain.{module}"), name)
        return self._known[table]

    def __contains__(self, table: object) -> bool:
        return table in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


NOUNS = _Nouns(
    {
        "customer": "customer.Customer",
        "contact": "contact.Contact",
        "buying_role": "contact.BuyingRole",
        "pipeline": "pipeline.Pipeline",
        "stage": "pipeline.Stage",
        "deal": "deal.Deal",
        "stage_change": "pipeline.StageChange",
        "deal_member": "deal.DealMember",
        "factor_rating": "deal.FactorRating",
        "visit": "visit.Visit",
        "visit_person": "visit.VisitPerson",
        "visit_item": "visit.VisitItem",
        "need": "need.Need",
        "need_rating": "need.NeedRating",
        "preference": "preference.Preference",
        "special_day": "special_day.SpecialDay",
        "assessment": "profile.Assessment",
        "clue": "profile.Clue",
        "product": "product.Product",
        "price": "product.Price",
        "solution": "product.Solution",
        "worksheet": "worksheet.Worksheet",
        "worksheet_row": "worksheet.WorksheetRow",
        "value_part": "worksheet.ValuePart",
        "own_entry": "own_entry.OwnEntry",
        "checklist": "checklist.Checklist",
        "checklist_result": "checklist.ChecklistResult",
        "checklist_answer": "checklist.ChecklistAnswer",
        "tag_rule": "tag_rule.TagRule",
        "proposal": "money.proposal.Proposal",
        "proposal_line": "money.proposal.ProposalLine",
        "instalment": "money.proposal.Instalment",
        "enclosure": "money.proposal.Enclosure",
        "text_block": "money.proposal.TextBlock",
        "receivable": "money.receivable.Receivable",
        "payment": "money.receivable.Payment",
        "settlement": "money.receivable.Settlement",
        "collecting_step": "money.receivable.CollectingStep",
        "sale": "portfolio.Sale",
        "estimate": "portfolio.Estimate",
        "rating": "portfolio.Rating",
        "class_pin": "portfolio.ClassPin",
        "review": "review.Review",
        "review_item": "review.ReviewItem",
        "campaign": "campaign.Campaign",
        "campaign_member": "campaign.CampaignMember",
        "apart": "apart.Apart",
        "task": "task.Task",
        "snooze": "snooze.Snooze",
        "interaction": "interaction.Interaction",
        "satisfaction": "satisfaction.Satisfaction",
        "tag": "keeping.Tag",
        "tagging": "keeping.Tagging",
        "deal_tagging": "deal.DealTagging",
        "attachment": "keeping.Attachment",
        "setting": "keeping.Setting",
        "saved_filter": "keeping.SavedFilter",
    }
)


def references(noun: str) -> Iterator[tuple[str, str, bool]]:
    """(noun, field, whether the record is nothing without it) of all that refers to a noun."""
    for child, record in NOUNS.items():
        for name, spec in fields(record).items():
            if spec.kind is Kind.REFERENCE and spec.noun == noun:
                yield child, name, spec.required or spec.owner

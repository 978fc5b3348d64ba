"""Beginning a campaign from wherever customers are seen together, or adding them to one (M44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.screens.many import run_many
from fieldsales.services.operations.campaigns import StartCampaign


def begin_campaign(
    context: Context,
    customer_ids: Sequence[str] = (),
    values: Mapping[str, object] | None = None,
) -> None:
    """A campaign for who decides at these customers, and there; called by its day unless told."""
    words, today = context.words, context.look.clock.today()
    named = words("campaign.named", day=words.date(today))
    operation = StartCampaign({"name": named, **(values or {})}, tuple(customer_ids))
    n = len(customer_ids)
    said = words("campaign.begun", n=n) if n else words("campaign.begun_empty")
    run_many(context, operation, n, said, partial(context.open, "campaign", operation.row_id))

"""What a section says while there are no customers: that they come first, by hand or by table."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Context
from fieldsales.store.drafts import NEW
from fieldsales.widgets.empty_state import EmptyState


def customers_first(context: Context, said: str, icon: str) -> EmptyState:
    """`said` tells what the section shows once there are some."""
    words = context.words
    return EmptyState(
        context.look,
        said,
        icon=icon,
        hint=words("portfolio.nobody_hint"),
        action=words("customers.new"),
        act=partial(context.open, "customer", NEW),
        action_icon="add",
        second=words("today.import"),
        act_second=partial(context.open, "importing", ""),
    )

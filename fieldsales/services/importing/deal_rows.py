"""What is particular to rows of deals and products: amounts in their currency, stages by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP

from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.pipeline import LOST, WON
from fieldsales.domain.product import Price
from fieldsales.errors import FieldError
from fieldsales.services.importing import choices
from fieldsales.services.importing.values import Amount
from fieldsales.services.stages import stage_name
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.store.search.folding import fold
from fieldsales.words import LANGUAGES, Words, minor_digits

Value = str | int | None
DAYS = tuple(name for name, spec in fields(Deal).items() if spec.kind is Kind.DATE)


@dataclass(frozen=True, slots=True)
class Terms:
    """What texts mean in the file that is open: the currency of bare amounts, stages by name."""

    currency: str = "CNY"
    stages: Mapping[str, str] = field(default_factory=dict)

    def stage(self, text: str) -> str | None:
        """The stage that is called so, by this file or by others; None if none is."""
        code = choices.code("stage", text)
        return self.stages.get(_key(text)) or (code if code in self.stages.values() else None)


def terms(store: Store) -> Terms:
    """Stages are known by code and by name in each language, those of the first pipeline first."""
    known = pipelines(store)
    stages = [stage for one in known.live for stage in known.open_stages(one.id)]
    stages += [stage for stage in known.stages if not stage.is_open]
    named: dict[str, str] = {}
    for stage in stages:
        for language in LANGUAGES:
            named.setdefault(_key(stage_name(Words(language), stage)), stage.id)
        named.setdefault(_key(stage.id), stage.id)
    return Terms(base_currency(store), named)


def _key(name: str) -> str:
    return "".join(fold(name).split())


def settle(
    deal: dict[str, Value], usual: dict[str, Value], amounts: Mapping[str, Amount], known: Terms
) -> Iterator[FieldError]:
    """Puts amounts into a deal and what its end needs into `usual`; yields what keeps the row out.

    A won deal's order is what is told of it, else its amount on the day it was expected. A lost one
    needs a reason; to whom it went may be unknown.
    """
    beside = next((one.currency for one in amounts.values() if one.currency), "")
    code = str(deal.get("currency") or beside or known.currency)
    for name, one in amounts.items():
        minor = one.value.scaleb(minor_digits(code)).to_integral_value(ROUND_HALF_UP)
        try:
            deal[name] = fields(Deal)[name].clean(int(minor))
        except FieldError as problem:
            yield problem
    if amounts:
        deal["currency"] = code
    stage = deal.get("stage")
    if stage == WON:
        for name, source in (("order_amount", "amount"), ("ordered_on", "expected_close")):
            usual[name] = deal.get(source)
            if not (deal.get(name) or usual[name]):
                yield FieldError("deal.move_needs_order", "stage")
                return
    elif stage == LOST:
        usual["lost_rival"] = "unknown"
        if not deal.get("lost_reason"):
            yield FieldError("deal.move_needs_loss", "stage")
    else:
        deal.pop("lost_reason", None)
        deal.pop("lost_rival", None)


def cost(price: dict[str, Value], amount: Amount, known: Terms) -> Iterator[FieldError]:
    """Puts what a product costs into `price`, in its currency; yields what keeps the row out."""
    code = str(price.get("currency") or amount.currency or known.currency)
    minor = amount.value.scaleb(minor_digits(code)).to_integral_value(ROUND_HALF_UP)
    try:
        price["amount"] = fields(Price)["amount"].clean(int(minor))
    except FieldError as problem:
        yield problem
    price["currency"] = code

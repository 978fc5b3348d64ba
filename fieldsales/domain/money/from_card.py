"""What a product's card and price say for a line of a proposal (M29, M43)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up
from fieldsales.domain.money.proposal import ProposalLine
from fieldsales.domain.product import Price, Product

_FINE = 6  # decimals of a price whose tax was taken out


def card_values(product: Product) -> Mapping[str, object]:
    """Fields of ProposalLine: name and unit."""
    return {"product_id": product.id, "product_name": product.name, "unit": product.unit}


def price_values(price: Price, *, tax_mode: str, digits: int) -> Mapping[str, object]:
    """Fields of ProposalLine: a price in the proposal's currency, which has so many decimals.

    Lists have prices with tax; where a proposal adds it, or has none, it is taken out.
    """
    found: dict[str, object] = {}
    if price.tax_percent is not None:
        found["tax_percent"] = str(price.tax_percent)
    if price.amount is not None:
        amount = Decimal(price.amount).scaleb(-digits)
        if tax_mode != "included" and price.tax_percent:
            whole = HUNDRED + price.tax_percent
            amount = half_up(EXACT.divide(EXACT.multiply(amount, HUNDRED), whole), _FINE)
        found["price"] = f"{amount:f}"
    for name, minor in (("cost", price.cost), ("minimum", price.minimum)):
        if minor is not None:
            found[name] = f"{Decimal(minor).scaleb(-digits):f}"
    return found


def other_price(line: ProposalLine, price: Price, *, tax_mode: str, digits: int) -> str:
    """What the list has for a line, as its `price` is written, where that differs; else ''."""
    listed = str(price_values(price, tax_mode=tax_mode, digits=digits).get("price", ""))
    return listed if listed and as_decimal(listed) != as_decimal(line.price) else ""

"""What a product's card and price say for a line of a proposal (M29, M43)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up
from fieldsales.domain.product import Price, Product

_FINE = 6  # decimals of a price whose tax was taken out


def from_card(
    product: Product, price: Price | None, *, tax_mode: str, currency: str, digits: int
) -> Mapping[str, object]:
    """Fields of ProposalLine: name, unit, and of a price in `currency` what it is today.

    Cards have prices with tax; where a proposal adds it, or has none, it is taken out. A price in
    another currency is left open.
    """
    found: dict[str, object] = {
        "product_id": product.id,
        "product_name": product.name,
        "unit": product.unit,
    }
    if price is None or (price.currency or currency) != currency:
        return found
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

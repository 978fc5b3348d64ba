"""What a discount costs: how much more has to be sold to earn the same (M30)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.money.bad_debt import check_margin
from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up
from fieldsales.errors import FieldError


@dataclass(frozen=True, slots=True)
class Volume:
    """How a change of price changes what must be sold, in percent with one decimal.

    `more` is by how much quantity has to grow (negative: may shrink) to keep the margin in money;
    `margin` is the margin after the change.
    """

    more: Decimal
    margin: Decimal


def volume(margin: Decimal, discount: Decimal) -> Volume:
    """The quantity that earns the same after a discount; a negative one raises the price.

    quantity × margin stays, with the margin falling by the discount: more = discount ÷ (margin −
    discount). Worked examples: a margin of 25 % and 5 % off need 25.0 % more; 10 % and 2 % off need
    25.0 %; 30 % and a price 10 % higher may lose 25.0 %. Raises FieldError("money.discount_eats")
    where the discount takes the margin or more.
    """
    check_margin(margin)
    if discount <= -HUNDRED:
        raise FieldError("money.discount", "discount")
    if discount >= margin:
        raise FieldError("money.discount_eats", "discount")
    left = margin - discount
    return Volume(
        half_up(EXACT.divide(discount * HUNDRED, left), 1),
        half_up(EXACT.divide(left * HUNDRED, HUNDRED - discount), 1),
    )

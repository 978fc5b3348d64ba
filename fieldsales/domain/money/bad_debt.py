"""What a bad debt costs: the sales that have to be made to earn it again (M40)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fieldsales.domain.money.exact import EXACT, HUNDRED, whole
from fieldsales.errors import FieldError

TEXTBOOK = ((500, Decimal(2)), (600, Decimal(5)), (1_000, Decimal(4)), (2_500, Decimal(6)))


def extra_sales(loss: int, margin: Decimal) -> int:
    """Sales that earn a loss again at a net margin in percent, both amounts in the same unit.

    Worked examples: 500 at 2 % = 25 000; 600 at 5 % = 12 000; 2 500 at 6 % = 41 667. Raises
    FieldError for a loss below 0 or a margin that is not above 0 and at most 100.
    """
    if loss < 0:
        raise FieldError("field.too_small", "loss", limit=0)
    check_margin(margin)
    return whole(EXACT.divide(Decimal(loss) * HUNDRED, margin))


def check_margin(margin: Decimal) -> None:
    """Raises FieldError("money.margin") unless 0 < margin <= 100 percent."""
    if not 0 < margin <= HUNDRED:
        raise FieldError("money.margin", "margin")


def curve(loss: int, margins: Sequence[Decimal]) -> list[tuple[Decimal, int]]:
    """The extra sales at each margin, for a picture or a table."""
    return [(margin, extra_sales(loss, margin)) for margin in margins]

"""A partner's commission: so many hundredths of the order, half up."""

from __future__ import annotations

import pytest

from fieldsales.domain.money.commission import commission


@pytest.mark.parametrize(
    ("order", "percent", "due"),
    [(3_400_000, "3", 102_000), (99, "2.5", 2), (98, "2.5", 2), (3, "50", 2), (10**14, "0.01", 10**10), (5, "", 0)],
)  # fmt: skip
def test_what_a_partner_is_due(order, percent, due):
    assert commission(order, percent) == due

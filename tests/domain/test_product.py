"""Prices by day, net of tax; what the matrix suggests (M14, M29)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.product import Price, Product, Solution, net, suggested, valid_price

PRICES = (
    Price(id="1", amount=380_000),
    Price(id="2", amount=398_000, valid_from="2026-09-01"),
    Price(id="3", amount=410_000, valid_from="2027-01-01"),
    Price(id="4", amount=360_000, valid_from="2026-10-01", list_name="经销商"),
    Price(id="5", amount=399_000, valid_from="2026-09-01", created_at="2026-11-01T00:00:00Z"),
)


def _at(day: str, list_name: str = "") -> str:
    price = valid_price(PRICES, day, list_name)
    return price.id if price else ""


def test_the_newest_price_that_has_begun_holds() -> None:
    assert _at("2026-08-31") == "1"
    assert _at("2026-09-01") == "5"  # noted later for the same day
    assert _at("2027-01-01") == "3"
    assert _at("2026-09-30", "经销商") == ""
    assert _at("2026-10-01", "经销商") == "4"


def test_net_of_tax() -> None:
    assert net(Price(amount=11_300, tax_percent=13)) == 10_000
    assert net(Price(amount=100, tax_percent=9)) == 92  # 91.74
    assert net(Price(amount=100)) == 100
    assert net(Price()) is None


@given(st.integers(0, 10**12), st.integers(0, 100))
def test_net_and_tax_make_the_amount(amount: int, percent: int) -> None:
    without = net(Price(amount=amount, tax_percent=percent))
    assert without is not None
    assert abs(without * (100 + percent) - amount * 100) <= (100 + percent) / 2


def test_suggestions_fit_the_industry_and_the_size() -> None:
    products = [Product(id=one, name=one, sizes="a b" if one == "c" else "") for one in "abcd"]
    cells = [
        Solution(industry="pig_farm", product_id="a", fit="some"),
        Solution(industry="pig_farm", product_id="b", fit="none"),
        Solution(industry="pig_farm", product_id="c", fit="high"),
        Solution(industry="telecom", product_id="d", fit="high"),
    ]

    def of(industry: str, size: str) -> list[str]:
        return [product.id for product, _ in suggested(products, cells, industry, size)]

    assert of("pig_farm", "a") == of("pig_farm", "") == ["c", "a"]
    assert of("pig_farm", "e") == ["a"]
    assert of("", "a") == of("retail", "a") == []

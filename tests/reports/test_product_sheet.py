"""The product sheet: complete for the house, harmless for the customer, a price only if wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldsales.domain.product import Price, Product, Solution
from fieldsales.errors import UserError
from fieldsales.reports.documents import build, kind
from fieldsales.reports.documents.product import Facts
from fieldsales.reports.make import make
from fieldsales.services.operations.files import from_disk
from fieldsales.services.operations.products import SetPrice
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.products import ProductCard, product_card
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.visits import picture_file, sender
from tests.workspaces import Add

TODAY = date(2026, 11, 22)
ZH = Words("zh_CN")
OURS = ("过瘤胃：我们内部的说法", "别提去年的投诉", "先拿一窝试", "经销商", "养猪", "只给自己看")
THEIRS = (
    "保育康551",
    "QH-Z551",
    "换料不拉稀",
    "发酵豆粕6%",
    "三天七三",
    "每头约28公斤",
    "省下四十块",
)


def _facts(*, with_price: bool = False) -> Facts:
    product = Product(
        id="p1",
        name="保育康 551",
        code="QH-Z551",
        unit="吨",
        life_stage="断奶到 30 公斤",
        digest="换料不拉稀，采食一周就上来。",
        description="接在教槽料后面，用到 30 公斤。",
        traits="低蛋白高氨基酸\n发酵豆粕 6%",
        functions="换料不拉稀",
        way_of_use="三天七三、三天对半。",
        ratio="每头约 28 公斤",
        worth="一窝省下四十块药费。",
        spoken="您先拿一窝试。",
        glossary="过瘤胃：我们内部的说法",
        note="别提去年的投诉",
    )
    prices = (
        Price(id="a", product_id="p1", amount=512_300, currency="CNY", valid_from="2026-12-01"),
        Price(
            id="b",
            product_id="p1",
            amount=478_000,
            currency="CNY",
            tax_percent=9,
            valid_from="2026-01-01",
        ),
        Price(
            id="c", product_id="p1", amount=460_000, currency="CNY", list_name="经销商",
            valid_from="2026-01-01",
        ),
    )  # fmt: skip
    cells = (Solution(id="s", industry="pig_farm", product_id="p1", fit="high"),)
    return Facts(ProductCard(product, prices[1], prices, cells), with_price)


def _text(read, facts: Facts, audience: str = "customer", words: Words = ZH) -> str:
    return read(build("product", facts, words, audience, sender(), TODAY)).text


def test_a_customer_reads_nothing_of_ours(read):
    internal = _text(read, _facts(), "internal")
    handed = _text(read, _facts())
    assert [one for one in THEIRS if one not in handed] == []
    assert [one for one in OURS if squeezed(one) in handed] == []
    assert [one for one in (*OURS, *THEIRS) if squeezed(one) not in internal] == []


def test_a_price_is_printed_only_if_wanted(read):
    assert "4,780" not in _text(read, _facts())
    priced = _text(read, _facts(with_price=True))
    assert "¥4,780/吨" in priced
    assert "¥4,385.32" in priced  # without tax
    assert "5,123" not in priced  # holds from December on
    assert "4,600" not in priced  # is for dealers


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_card_makes_a_sheet_that_says_so(read, language):
    words = Words(language)
    facts = Facts(ProductCard(Product(id="p1", name="新品")))
    told = _text(read, facts, words=words)
    assert squeezed(words("report.product.nothing")) in told
    assert _text(read, Facts(facts.card, with_price=True), words=words) == told


def test_pictures_are_for_customers_until_somebody_says_otherwise(
    read, workspace: Workspace, add: Add, tmp_path: Path
) -> None:
    product = add("product", name="保育康 551")
    workspace.run(from_disk(picture_file(tmp_path / "袋子.jpg"), product_id=product))
    workspace.run(from_disk(picture_file(tmp_path / "车间.jpg"), product_id=product))
    card = product_card(workspace.store, product)
    assert [kept.for_customer for kept, _ in card.pictures] == [1, 1]
    hidden = next(kept for kept, _ in card.pictures if kept.name == "车间.jpg")
    workspace.run(EditRecord("attachment", hidden.id, {"for_customer": 0}))
    told = read(make(workspace.store, "product", product, ZH, "customer").pdf).text
    assert "袋子" in told
    assert "车间" not in told
    told = read(make(workspace.store, "product", product, ZH, "internal").pdf).text
    assert "车间" in told


def test_the_id_says_whether_the_price_is_wanted(read, workspace: Workspace, add: Add) -> None:
    product = add("product", name="保育康 551", unit="吨")
    workspace.run(SetPrice(product, 478000, "", None, "2026-01-01"))
    assert kind("product").gather(workspace.store, product).with_price is False
    priced = make(workspace.store, "product", f"{product}:price", ZH, "customer")
    assert "¥4,780/吨" in read(priced.pdf).text
    workspace.run(TrashRecords("product", (product,)))
    with pytest.raises(UserError, match=r"record\.gone"):
        make(workspace.store, "product", product, ZH, "customer")

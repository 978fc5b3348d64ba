"""Products from a list: found by name or code, with what they cost."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from fieldsales.domain.product import Product
from fieldsales.services import checkup
from fieldsales.services.importing import importer, kinds
from fieldsales.services.importing.reading import read
from fieldsales.store.queries.products import product_card, products
from tests.workspaces import add, data_hash

LIST = """产品名称,货号,单位,含税单价,税率,适用阶段,特点,产品介绍,备注
乳猪宝 1 号,Z101,吨,9160,9%,7 日龄起,入口就化,膨化玉米打底,
保育康,Z551,吨,"¥4,780.50",9,断奶后,,,常年有货
样机,LX-01,套,US$120,,,,,
没价的,N1,袋,面议,,,,,
,Z999,吨,100,,,,,
太长,Z998,吨,1,,,,{long},
"""


@pytest.fixture
def bring(workspace, tmp_path: Path):
    def brought(text: str, **changes: object):
        path = tmp_path / "产品.csv"
        path.write_text(text.replace("{long}", "字" * 5_001), encoding="utf-8")
        sheet = read(path)
        proposed = importer.propose(workspace.store, sheet)
        assert proposed.kind == "products"
        names = ("kind", "columns", "match", "whole", "update")
        fixed = {name: getattr(proposed, name) for name in names}
        return importer.run(workspace, sheet, importer.Request(**{**fixed, **changes}))

    return brought


def test_products_come_with_their_price(workspace, bring):
    before = data_hash(workspace)
    outcome = bring(LIST)
    assert (outcome.added, outcome.updated, outcome.skipped) == (4, 0, 2)
    rows = {row.product.code: row for row in products(workspace.store)}
    told = {
        code: (row.price.amount, row.price.currency, row.price.tax_percent)
        for code, row in rows.items()
        if row.price
    }
    assert told == {
        "Z101": (916_000, "CNY", 9),
        "Z551": (478_050, "CNY", 9),
        "LX-01": (12_000, "USD", None),
    }
    first = rows["Z101"].product
    assert (first.name, first.unit, first.life_stage) == ("乳猪宝 1 号", "吨", "7 日龄起")
    assert (first.traits, first.description) == ("入口就化", "膨化玉米打底")
    assert rows["N1"].product.note == "含税单价：面议"
    assert {problem.code for problem in outcome.problems if not problem.kept} == {
        "field.required",
        "field.too_long",
    }
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert data_hash(workspace) == before


def test_a_list_brought_again_changes_what_differs(workspace, bring):
    bring(LIST)
    again = bring(LIST)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 4)
    dearer = bring("产品名称,货号,单价\n保育康（新）,Z551,4900\n", match="code")
    assert (dearer.added, dearer.updated) == (0, 1)
    [row] = [row for row in products(workspace.store) if row.product.code == "Z551"]
    assert (row.product.name, row.price.amount, row.price.tax_percent) == (
        "保育康（新）",
        490_000,
        9,
    )
    kept = bring("产品名称,单价\n样机,1\n", update=False)
    assert (kept.updated, kept.unchanged) == (0, 1)


def test_two_of_a_name_are_told_apart_by_nobody(workspace, bring):
    for _ in range(2):
        add(workspace, "product", name="样机")
    outcome = bring("产品名称,单价\n样机,1\n")
    assert (outcome.added, outcome.skipped) == (0, 1)
    assert len(workspace.store.records(Product, "SELECT * FROM product")) == 2


def test_a_workbook_does_as_well(workspace, tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "p.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Product", "SKU", "Unit price", "Currency"])
        page.write_row(1, 0, ["Starter feed", "S-1", 1234.5, "EUR"])
    sheet = read(tmp_path / "p.xlsx")
    request = importer.propose(workspace.store, sheet, "products")
    assert importer.rehearse(workspace.store, sheet, request).added == 1
    assert products(workspace.store) == []
    importer.run(workspace, sheet, request)
    [row] = products(workspace.store)
    assert (row.price.amount, row.price.currency) == (123_450, "EUR")
    assert product_card(workspace.store, row.product.id).prices[0].valid_from is not None


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("产品名称,单价", "products"),
        ("品名,規格,單位,售價", "products"),
        ("单位,联系人,手机,产品", "customers"),
        ("客户名称,产品,单价", "customers"),
        ("商机名称,客户名称,产品,单价", "deals"),
    ],
)
def test_a_list_of_products_is_told_from_others(header: str, kind: str) -> None:
    columns = header.split(",")
    assert kinds.guess_kind(columns, []) == kind

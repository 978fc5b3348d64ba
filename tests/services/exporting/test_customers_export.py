"""Customers as a table, with what is derived of them, which the import reads back."""

from __future__ import annotations

import zipfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from fieldsales.services import portfolio
from fieldsales.services.exchange.files import export
from fieldsales.services.exporting import customers, deals
from fieldsales.services.exporting.writing import write
from fieldsales.services.importing import importer
from fieldsales.services.importing.reading import read
from fieldsales.services.operations.portfolio import PinClass
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.search.folding import fold
from fieldsales.words import LANGUAGES, Words
from tests.naughty import HOSTILE, SPOILT
from tests.workspaces import Several, add


def test_classes_and_figures_stand_beside_the_fields(workspace: Workspace) -> None:
    big = add(workspace, "customer", name="海润牧业", region="定边", employees=120)
    supplier = add(workspace, "customer", name="河套粮贸", kind="supplier")
    add(workspace, "sale", customer_id=big, dated="2026-10-31", amount=420_000_00)
    add(workspace, "estimate", customer_id=big, dated="2026-10-31", amount=800_000_00)
    table = customers.table(workspace.store, Words("zh_CN"), [supplier, big])
    told = [dict(zip(table.heads, row, strict=True)) for row in table.rows]
    assert [one["客户名称"] for one in told] == ["河套粮贸", "海润牧业"]
    assert told[0]["分类：攻守"] == ""
    assert "定边" in table.rows[1]
    assert told[1]["分类：攻守"] == "保留"
    assert told[1]["分类：近 12 个月销售额"] == Decimal(420_000)
    assert told[1]["分类：我们占"] == Decimal("52.5")
    kept = portfolio.of(workspace.store, big)
    assert kept is not None
    assert told[1]["分类：终身价值"] == Decimal(kept.worth.lifetime).scaleb(-2)


def test_an_importance_held_by_hand_is_read_back_and_what_the_rule_says_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    held, by_rule = (add(workspace, "customer", name=name) for name in ("样板场", "海润牧业"))
    add(workspace, "sale", customer_id=by_rule, dated="2026-10-31", amount=420_000_00)
    workspace.run(PinClass(held, "importance", "major", "同行都看它"))
    portfolio.renew(workspace)
    path = tmp_path / "customers.xlsx"
    write(path, customers.table(workspace.store, Words("zh_CN")))
    other = Workspace.open(tmp_path / "other.db", workspace.clock)
    sheet = read(path)
    importer.run(other, sheet, importer.propose(other.store, sheet, "customers"))
    pins = other.store.rows(
        "SELECT c.name, p.code FROM class_pin p JOIN customer c ON c.id = p.customer_id"
    )
    assert pins == [("样板场", "major")]
    other.close()


def test_what_is_derived_is_not_read_back(workspace: Workspace, tmp_path: Path) -> None:
    workspace.run(LoadSample())
    for language in LANGUAGES:
        path = tmp_path / f"{language}.xlsx"
        write(path, customers.table(workspace.store, Words(language)))
        sheet = read(path)
        request = importer.propose(workspace.store, sheet, "customers")
        found = importer.rehearse(workspace.store, sheet, request)
        assert (found.added, found.updated, found.problems) == (0, 0, ())
        assert found.unchanged == len(sheet)


def test_a_field_is_called_the_same_in_a_list_and_where_everything_goes_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.run(LoadSample())
    for language in LANGUAGES:
        words, path = Words(language), tmp_path / f"{language}.zip"
        export(workspace.store, path, words)
        for noun, table in (("customer", customers.table), ("deal", deals.table)):
            with zipfile.ZipFile(path) as archive:
                [first, *_] = archive.read(f"{words(f'noun.{noun}')}.csv").decode().splitlines()
            derived = (words("noun.tag"), words("classes.head", name=""))
            heads = table(workspace.store, words).heads
            heads = tuple(one for one in heads if not one.startswith(derived))
            assert len(heads) > 10
            assert {*heads} <= {*first.removeprefix("\ufeff").split(",")}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_any_text_goes_out_and_comes_back(
    workspace: Workspace, tmp_path: Path, suffix: str
) -> None:
    names = ("name", "short_name", "region", "address", "note")
    texts = [text for text in (*HOSTILE, *SPOILT) if not text.startswith("#") and text != "'"]
    told = (dict.fromkeys(names, text[:40].strip()) for text in texts)
    workspace.run(
        Several([AddRecord("customer", {**one, "name": f"户 {n}"}) for n, one in enumerate(told)])
    )
    path = tmp_path / f"customers{suffix}"
    write(path, customers.table(workspace.store, Words("zh_CN")))
    with closing(Workspace.open(tmp_path / "other" / "f.db", workspace.clock)) as other:
        sheet = read(path)
        importer.run(other, sheet, importer.propose(other.store, sheet, "customers"))
        select = f"SELECT {', '.join(names)} FROM customer"
        there, back = (
            # an import tidies widths, blanks and what nobody sees
            {tuple("".join(fold(text).split()) for text in row) for row in one.store.rows(select)}
            for one in (workspace, other)
        )
    assert back == there

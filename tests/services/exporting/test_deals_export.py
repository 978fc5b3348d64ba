"""Deals as a table: whatever is written reads back as what it was, and nothing in it runs."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from fieldsales.domain.deal import Deal
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services.exporting import deals
from fieldsales.services.exporting.writing import known, write
from fieldsales.services.importing import importer
from fieldsales.services.importing.mapping import targets
from fieldsales.services.importing.reading import read
from fieldsales.services.moving import Answers
from fieldsales.services.operations.deals import AddDeal, TagDeals
from fieldsales.services.operations.pipelines import AddStage
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.exports import deal_rows
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import add, data

ZH = Words("zh_CN")
OWN = {"id", "created_at", "customer_id", "partner_id", "pinned_probability", "probability_reason",
       "snoozed_until", "snooze_reason"}  # fmt: skip  # not told in a table


def told(workspace: Workspace) -> list[dict[str, object]]:
    """Every deal as a table tells it."""
    return [
        {
            "customer": row.customer,
            "partner": row.partner,
            "tags": sorted(row.tags),
            **{f.name: getattr(row.deal, f.name) for f in fields(Deal) if f.name not in OWN},
        }
        for row in deal_rows(workspace.store)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_written_reads_back(workspace, tmp_path: Path, language: str, suffix: str):
    workspace.run(LoadSample())
    workspace.run(ChangeSetting("money.currency", "TWD"))
    customer = add(workspace, "customer", name="海润牧业")
    stage = AddStage("store", {"name": "试穿"}, after="store_needs")
    for operation in (
        stage,
        AddStage("funnel", {"name": "同名"}, after="needs"),
        AddStage("store", {"name": "同名"}, after="store_needs"),
    ):
        workspace.run(operation)
    same = workspace.store.rows("SELECT id FROM stage WHERE name = '同名'")
    odd = {
        "title": "=1+1 的 “单”, 还有'引号'",
        "customer_id": customer,
        "amount": 1_234_567_89,
        "currency": "USD",
        "note": '第一行\n-第二行\t；"引"',
        "product": "@SUM(A1)",
        "competitor": "+宁川、-双禾",
        "lost_rival": "",
        "seller": "007",
        "partner_id": add(workspace, "customer", name="=西北代理", kind="distributor"),
        "commission_percent": "2.5",
    }
    for number, at in enumerate((stage.row_id, *(one for (one,) in same), "needs")):
        made = AddDeal({**odd, "title": f"{odd['title']} {number}"}, "store", at, Answers("x"))
        workspace.run(made)
        workspace.run(TagDeals((made.row_id,), add=("大单", "=HYPERLINK")))
    lost = AddDeal(
        {**odd, "title": "输了", "currency": "JPY", "amount": 500},
        stage="lost",
        answers=Answers("x", "price", "自家人"),
    )
    workspace.run(lost)
    before, expected = data(workspace), told(workspace)
    path = tmp_path / f"商机{suffix}"
    write(path, deals.table(workspace.store, Words(language)))
    sheet = read(path)
    request = importer.propose(workspace.store, sheet)
    assert (request.kind, request.columns.targets) == ("deals", targets("deals"))
    outcome = importer.run(workspace, sheet, request)
    assert (outcome.problems, outcome.unchanged) == ((), len(expected))
    after = data(workspace)
    assert {noun for noun in after if after[noun] != before[noun]} <= {"setting"}
    with closing(Workspace.open(tmp_path / "new.db", workspace.clock)) as other:
        for own in workspace.store.rows("SELECT id, pipeline_id, name FROM stage WHERE name <> ''"):
            row_id, pipeline, name = own
            other.run(replace(AddStage(pipeline, {"name": name}), row_id=row_id))
        outcome = importer.run(other, sheet, importer.propose(other.store, sheet))
        assert (outcome.problems, outcome.added) == ((), len(expected))
        assert told(other) == expected


def test_only_the_deals_asked_for_and_none_of_the_trash(workspace):
    customer = add(workspace, "customer", name="海润")
    ids = []
    for title in ("甲", "乙", "丙"):
        added = AddDeal({"title": title, "customer_id": customer})
        workspace.run(added)
        ids.append(added.row_id)
    workspace.run(TrashRecords("deal", (ids[2],)))
    assert {row[0] for row in deals.table(workspace.store, ZH).rows} == {"甲", "乙"}
    assert [row[0] for row in deals.table(workspace.store, ZH, ids[1:]).rows] == ["乙"]
    empty = deals.table(workspace.store, ZH, [])
    for form in known().values():
        assert form.encoded(empty)


def test_nothing_runs_as_a_formula_and_numbers_can_be_added_up(workspace, tmp_path: Path):
    customer = add(workspace, "customer", name='=HYPERLINK("http://x","海润")')
    values = {"title": "-2+3", "customer_id": customer, "amount": 860_000_50, "note": "@now"}
    workspace.run(AddDeal({**values, "expected_close": "2026-12-01"}))
    table = deals.table(workspace.store, ZH)
    for suffix in known():
        write(tmp_path / f"x{suffix}", table)
    text = (tmp_path / "x.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b"'-2+3,\"'=HYPERLINK(" in text
    assert b",'@now," in text
    book = CalamineWorkbook.from_path(tmp_path / "x.xlsx")
    assert book.sheet_names == ["商机"]
    row = book.get_sheet_by_index(0).to_python()[1]
    assert row[:2] == ["-2+3", '=HYPERLINK("http://x","海润")']
    assert 860_000.5 in row


def test_a_place_or_a_name_that_will_not_do(workspace, tmp_path: Path):
    table = deals.table(workspace.store, ZH)
    for name in ("x.pdf", "x", ".xlsx"):
        with pytest.raises(UserError, match="unknown_format"):
            write(tmp_path / name, table)
    with pytest.raises(EnvironmentProblem, match="cannot_write"):
        write(tmp_path / "nowhere" / "x.csv", table)
    (tmp_path / "X.CSV").mkdir()
    with pytest.raises(EnvironmentProblem, match="cannot_write"):
        write(tmp_path / "X.CSV", table)
    assert not list(tmp_path.glob("*.x*"))

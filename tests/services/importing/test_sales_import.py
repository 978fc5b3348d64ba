"""A sales history from a table: by line or by month, never twice, undone as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldsales.errors import UserError
from fieldsales.services import checkup, portfolio
from fieldsales.services.importing import importer, mapping
from fieldsales.services.importing.importer import Outcome
from fieldsales.services.importing.reading import read
from fieldsales.services.workspace import Workspace
from tests.workspaces import add, data_hash

HEAD = "客户名称,日期,品名,数量,销售额,成本"


def bring(workspace: Workspace, tmp_path: Path, *lines: str, **chosen: Any) -> Outcome:
    path = tmp_path / "sales.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    sheet = read(path)
    request = importer.propose(workspace.store, sheet)
    assert request.kind == "sales"
    return importer.run(workspace, sheet, replace(request, **chosen))


def sold(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.store.rows(
        "SELECT c.name, s.dated, s.monthly, s.product_name, s.quantity, s.amount, s.cost,"
        " s.currency FROM sale s JOIN customer c ON c.id = s.customer_id"
        " WHERE s.trashed_at IS NULL ORDER BY c.name, s.dated, s.amount"
    )


def test_lines_of_sales(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "customer", name="海润牧业")
    product = add(workspace, "product", name="育肥料")
    before = data_hash(workspace)
    done = bring(
        workspace,
        tmp_path,
        HEAD,
        '海润牧业,2026-09-05,育肥料,12,"4.8万",40800',
        "海润 牧业,2026/9/20,羊料,-2,(6400),",
        "绿源合作社,2026-10-01,育肥料,1,US$ 700,",
    )
    assert (done.added, done.others, done.problems) == (3, 1, ())
    assert sold(workspace) == [
        ("海润牧业", "2026-09-05", 0, "育肥料", "12", 4_800_000, 4_080_000, "CNY"),
        ("海润牧业", "2026-09-20", 0, "羊料", "-2", -640_000, None, "CNY"),
        ("绿源合作社", "2026-10-01", 0, "育肥料", "1", 70_000, None, "USD"),
    ]
    assert workspace.store.value("SELECT count(*) FROM sale WHERE product_id = ?", [product]) == 2
    assert checkup.findings(workspace.store) == []
    workspace.undo()
    assert data_hash(workspace) == before


@pytest.mark.parametrize("month", ["2026-09", "2026年9月", "202609", "2026/9", "2026年09月份"])
def test_totals_of_months(workspace: Workspace, tmp_path: Path, month: str) -> None:
    bring(workspace, tmp_path, "客户名称,月份,销售额,毛利", f"海润牧业,{month},48000,7200")
    [(_, *line)] = sold(workspace)
    assert line == ["2026-09-30", 1, "", "", 4_800_000, 4_080_000, "CNY"]


def test_the_month_that_goes_on_counts_so_far(workspace: Workspace, tmp_path: Path) -> None:
    done = bring(workspace, tmp_path, "客户名称,月份,销售额", "海润牧业,2026-11,48000")
    assert sold(workspace)[0][1] == "2026-11-09"
    assert done.problems == ()


def test_the_same_table_adds_nothing_twice(workspace: Workspace, tmp_path: Path) -> None:
    table = (HEAD, "海润牧业,2026-09-05,育肥料,12,48000,", "海润牧业,2026-09-05,育肥料,12,48000,")
    assert bring(workspace, tmp_path, *table).added == 2  # two alike are two
    again = bring(workspace, tmp_path, *table, "海润牧业,2026-09-05,育肥料,12,48000,")
    assert (again.added, again.unchanged) == (1, 2)
    anyway = bring(workspace, tmp_path, *table, match=None)
    assert anyway.added == 2


def test_what_is_wrong_is_told(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "customer", name="新丰")
    add(workspace, "customer", name="新丰")
    done = bring(
        workspace,
        tmp_path,
        HEAD,
        "海润牧业,,育肥料,1,100,",
        "海润牧业,去年,育肥料,1,100,",
        "海润牧业,2026-09-05,育肥料,1,不详,",
        "新丰,2026-09-05,育肥料,1,100,",
        ",2026-09-05,育肥料,1,100,",
        "合计,,,,300,",
        "海润牧业,2027-01-05,育肥料,几袋,100,",
    )
    told = [(one.row, one.column, one.code, one.kept) for one in done.problems]
    assert told == [
        (2, "日期", "field.required", False),
        (3, "日期", "field.not_a_date", False),
        (4, "销售额", "import.reason.no_amount", False),
        (5, "客户名称", "import.reason.several", False),
        (6, "客户名称", "field.required", False),
        (7, "客户名称", "import.reason.total", False),
        (8, "数量", "field.not_a_decimal", False),
    ]
    assert done.added == 0
    done = bring(workspace, tmp_path, HEAD, "海润牧业,2027-01-05,育肥料,1,100,")
    assert [(one.code, one.kept) for one in done.problems] == [("import.reason.future_sale", True)]
    assert done.added == 1


def test_an_import_moves_classes_at_once(workspace: Workspace, tmp_path: Path) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    portfolio.renew(workspace)
    bring(workspace, tmp_path, HEAD, "海润牧业,2026-09-05,育肥料,1,100,")
    found = portfolio.of(workspace.store, customer)
    assert found is not None
    assert (found.worth.purchase_status, found.worth.sales) == ("existing", 10_000)
    assert checkup.findings(workspace.store) == []


def test_customer_day_and_amount_are_needed(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no_sales_columns"):
        bring(
            workspace,
            tmp_path,
            HEAD,
            "海润牧业,2026-09-05,育肥料,1,100,",
            columns=mapping.ColumnMap(("customer", None, None, None, "amount", None)),
        )

"""`fieldsales import`: what it prints, what it changes and how it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fieldsales import places
from fieldsales.__main__ import main
from fieldsales.domain.customer import Customer
from fieldsales.services.importing.reading import read
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import backups

LIST = "客户名称,联系人,手机,员工人数\n海润饲料,张伟,13800138000,500\n,李四,1,\n明达,,,很多\n"


@pytest.fixture
def given(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_bytes(LIST.encode("gb18030"))
    return path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `fieldsales import …`."""
    code = main(["import", *map(str, words), "--lang", "zh_CN"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def names(db_path: Path) -> list[str]:
    workspace = Workspace.open(db_path)
    try:
        found = workspace.store.records(Customer, "SELECT * FROM customer ORDER BY name")
        return [customer.name for customer in found]
    finally:
        workspace.close()


def test_it_says_what_it_did(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, given, "--db", db_path)
    assert code == 0
    assert "客户名称 → 客户名称" in out
    assert "手机 → 联系人 · 手机" in out
    assert out.endswith(
        "新增客户：2，新增联系人：1，更新客户：0，更新联系人：0，没有变化的行：0，跳过的行：1。\n"
    )
    assert "第 3 行 客户名称：这一项要填写。" in err
    assert "原文已放进备注" in err
    assert names(db_path) == ["明达", "海润饲料"]


def test_rows_that_repeat_earlier_ones_are_accounted_for(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "重复.csv"
    path.write_text("客户名称,电话\n海润饲料,0912\n海润饲料,0912\n", encoding="utf-8")
    code, _, err = told(capsys, path, "--db", db_path)
    assert code == 0
    assert "文件里有 1 行重复提到前面的行" in err


def test_a_large_import_is_copied_or_says_why_not(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = places.backup_folder(db_path)
    for times in range(2):
        path = tmp_path / f"{times}.csv"
        rows = "".join(f"第{times}批{number}号养殖场\n" for number in range(1_000))
        path.write_text(f"客户名称\n{rows}", encoding="utf-8")
        code, _, err = told(capsys, path, "--db", db_path)
        assert code == 0
        assert len(names(db_path)) == 1_000 * (times + 1)
        if times == 0:
            assert "备份" not in err
            assert len(backups(folder)) == 1
            shutil.rmtree(folder)
            folder.touch()
    assert "自动备份没有做成" in err
    assert str(folder) in err


def test_json_is_one_object(db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, given, "--db", db_path, "--json")
    result = json.loads(out)
    assert code == 0
    assert {key: result[key] for key in ("added", "updated", "skipped")} == {
        "added": 2,
        "updated": 0,
        "skipped": 1,
    }
    assert result["errors"][0] == {
        "row": 3,
        "column": "客户名称",
        "reason": "客户名称：这一项要填写。",
    }
    assert result["columns"]["联系人"] == "contact.name"


def test_a_dry_run_changes_nothing(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, given, "--db", db_path, "--dry-run")
    assert (code, names(db_path)) == (0, [])
    assert "什么都没有改动" in out


def test_all_or_nothing_is_refused_with_a_reason(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, given, "--db", db_path, "--all-or-nothing")
    assert (code, out, names(db_path)) == (1, "", [])
    assert "有 1 行不能导入" in err


def test_what_is_guessed_can_be_fixed(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("說明\n甲\t乙\n客戶名稱\t統一編號\n遠東飼料\t11316807\n".encode("cp950"))
    options = ("--encoding", "Big5", "--separator", "tab", "--header-row", "3", "--match", "own_id")
    code, _, _ = told(capsys, path, "--db", db_path, "--kind", "customers", *options)
    assert (code, names(db_path)) == (0, ["遠東飼料"])


def test_rows_are_recognised_only_by_what_their_kind_has(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, given, "--db", db_path, "--match", "email")
    assert (code, out, names(db_path)) == (1, "", [])
    assert "name, phone, own_id, none" in err
    code, _, _ = told(capsys, given, "--db", db_path, "--match", "none")
    assert (code, names(db_path)) == (0, ["明达", "海润饲料"])


def test_bad_rows_go_to_a_file(
    db_path: Path, given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = tmp_path / "错误.xlsx"
    code, _, err = told(capsys, given, "--db", db_path, "--errors", errors)
    assert code == 0
    assert str(errors) in err
    assert [cells[0] for _, cells in read(errors)] == ["3", "4"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "不是表格"),
        ("客户名称\n".encode(), "只有表头"),
        (b"PK\x03\x04xl/ cut", "已经损坏"),
    ],
)
def test_bad_files_are_refused_with_a_sentence(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes, words: str
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(data)
    code, out, err = told(capsys, path, "--db", db_path)
    assert (code, out) == (1, "")
    assert words in err


def test_a_missing_file_and_a_wrong_kind(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = told(capsys, tmp_path / "无.csv", "--db", db_path)
    assert (code, "找不到“无.csv”" in err) == (1, True)
    with pytest.raises(SystemExit) as caught:
        told(capsys, tmp_path / "a.csv", "--kind", "planets")
    assert caught.value.code == 2


def test_what_is_there_already_is_told(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, given, "--db", db_path)
    _, out, _ = told(capsys, given, "--db", db_path)
    assert "更新客户：0，更新联系人：0，没有变化的行：2，" in out
    _, out, _ = told(capsys, given, "--db", db_path, "--json")
    result = json.loads(out)
    assert (result["updated"], result["others_updated"], result["unchanged"]) == (0, 0, 2)


def test_a_total_row_stays_out_until_it_is_wanted(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("客户名称,行业\n海润,饲料\n合计,\n", encoding="utf-8")
    _, out, _ = told(capsys, path, "--db", db_path, "--json")
    assert [error["row"] for error in json.loads(out)["errors"]] == [3]
    assert json.loads(out)["added"] == 1
    _, out, _ = told(capsys, path, "--db", db_path, "--json", "--keep-totals")
    assert json.loads(out)["added"] == 1


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_garbled_text_is_not_imported(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str], dry: tuple[str, ...]
) -> None:
    options = ("--encoding", "cp1252", *dry)
    code, out, err = told(capsys, given, "--db", db_path, *options)
    assert (code, out) == (1, "")
    assert "乱码" in err
    assert "cp1252" in err
    assert not db_path.exists()


def test_garbled_text_without_a_name_is_told_by_the_options_there_are(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = told(capsys, given, "--db", db_path, "--encoding", "cp1252", "--force")
    assert code == 1
    assert "请先选定" not in err
    assert "--encoding" in err


def test_a_table_without_a_name_says_what_to_write(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("日期,金额\n2026-11-09,12\n", encoding="utf-8")
    code, out, err = told(capsys, path, "--db", db_path)
    assert (code, out) == (1, "")
    assert "--header-row" in err
    path.write_text("客户名称,行业\n海润,饲料\n", encoding="utf-8")
    code, out, err = told(capsys, path, "--db", db_path, "--match", "own_id")
    assert (code, out) == (1, "")
    assert "own_id" in err


def test_a_sheet_of_a_file_without_sheets_is_refused(
    db_path: Path, given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, given, "--db", db_path, "--sheet", "Foo")
    assert (code, out) == (1, "")
    assert "没有工作表" in err


def test_a_place_for_the_errors_is_looked_at_first(
    db_path: Path, given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = told(capsys, given, "--db", db_path, "--errors", tmp_path / "无" / "错.xlsx")
    assert (code, out) == (1, "")
    assert "没有“" in err
    assert not db_path.exists()


def test_receivables_and_payments_come_from_the_command_line(
    db_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    owed, paid = tmp_path / "应收.csv", tmp_path / "收款.csv"
    owed.write_text(
        "发票号,客户名称,应收金额,到期日\nF1,海润牧业,800,2026-12-01\n", encoding="utf-8"
    )
    paid.write_text("发票号,收款金额,收款日期\nF1,900,2026-11-20\n", encoding="utf-8")
    code, out, _ = told(capsys, owed, "--db", db_path, "--known-customers")
    assert (code, "新增应收款：0" in out, "跳过的行：1" in out) == (0, True, True)
    code, out, _ = told(capsys, owed, "--db", db_path, "--kind", "receivables", "--dry-run")
    assert "会新增应收款：1，新增客户：1" in out
    assert names(db_path) == []
    told(capsys, owed, "--db", db_path)
    code, out, err = told(capsys, paid, "--db", db_path, "--kind", "payments")
    assert (code, "登记收款：0" in out) == (0, True)
    assert "付的比还欠的多 100.00 CNY" in err
    code, out, _ = told(capsys, paid, "--db", db_path, "--keep-overpaid")
    assert "登记收款：1" in out
    code, _, err = told(capsys, paid, "--db", db_path, "--match", "name")
    assert (code, "received_on" in err) == (1, True)
    path = tmp_path / "没有金额.csv"
    path.write_text("发票号,客户\nF1,甲\n", encoding="utf-8")
    for kind, said in (("receivables", "应收金额"), ("payments", "收款金额")):
        code, _, err = told(capsys, path, "--db", db_path, "--kind", kind)
        assert (code, said in err) == (1, True)

"""An import adds and changes what the file says, tells what it could not, and undoes whole."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.errors import Cancelled, EnvironmentProblem, UserError
from fieldsales.services.importing import error_file, importer, naming
from fieldsales.services.importing.conversion import Problem
from fieldsales.services.importing.importer import Outcome, Request
from fieldsales.services.importing.mapping import ColumnMap, targets
from fieldsales.services.importing.plan import MATCHES
from fieldsales.services.importing.reading import read
from fieldsales.services.importing.sheet import Sheet, Watch
from fieldsales.services.operations.merging import MergeRecords
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.workspaces import add, data, data_hash

LIST = """客户名称,联系人,手机,电话,行业,企业性质,员工人数,标签,备注
北京海润饲料有限公司,张伟,13800138000,010-88886666,物流运输,国企,约500人,"重点、老客户",每周二送货
上海明达,李娜,13900139000,021-66668888,卖豆腐,民营,100-499人,老客户,
北京海润饲料有限公司,王强,13700137000,,,,,,
"""


def sheet(tmp_path: Path, text: str, name: str = "list.csv") -> Sheet:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def imported(workspace: Workspace, found: Sheet, **changes: object) -> Outcome:
    request = importer.propose(workspace.store, found)
    fixed = {name: getattr(request, name) for name in ("kind", "columns", "match", "whole")}
    return importer.run(workspace, found, Request(**{**fixed, **changes}))


def customers(workspace: Workspace) -> list[Customer]:
    return workspace.store.records(
        Customer, "SELECT * FROM customer WHERE trashed_at IS NULL ORDER BY created_at, id"
    )


def contacts(workspace: Workspace) -> list[Contact]:
    return workspace.store.records(
        Contact, "SELECT * FROM contact WHERE trashed_at IS NULL ORDER BY created_at, id"
    )


def tags(workspace: Workspace) -> list[tuple[str, str]]:
    return workspace.store.rows(
        "SELECT c.name, t.name FROM tagging g JOIN tag t ON t.id = g.tag_id"
        " JOIN customer c ON c.id = g.customer_id ORDER BY c.name, t.name"
    )


def test_customers_with_their_people_and_tags(workspace: Workspace, tmp_path: Path) -> None:
    before = data_hash(workspace)
    outcome = imported(workspace, sheet(tmp_path, LIST))
    assert (outcome.added, outcome.updated, outcome.skipped, outcome.others) == (2, 0, 0, 3)
    hairun, mingda = customers(workspace)
    assert (hairun.name, hairun.phone, hairun.industry, hairun.ownership, hairun.employees) == (
        "北京海润饲料有限公司",
        "010-88886666",
        "logistics",
        "state",
        500,
    )
    assert (mingda.industry, mingda.ownership, mingda.employees) == ("卖豆腐", "private", None)
    assert mingda.note == "员工人数：100-499人"
    assert [(person.name, person.mobile) for person in contacts(workspace)] == [
        ("张伟", "13800138000"),
        ("李娜", "13900139000"),
        ("王强", "13700137000"),
    ]
    assert {person.customer_id for person in contacts(workspace)} == {hairun.id, mingda.id}
    assert tags(workspace) == [
        ("上海明达", "老客户"),
        ("北京海润饲料有限公司", "老客户"),
        ("北京海润饲料有限公司", "重点"),
    ]
    (problem,) = outcome.problems
    assert (problem.row, problem.column, problem.kept) == (3, "员工人数", True)
    workspace.undo()
    assert data_hash(workspace) == before
    workspace.redo()
    assert len(customers(workspace)) == 2


@pytest.mark.parametrize("called", ["合计", "總計", "Total"])
def test_a_total_row_is_left_out_unless_it_is_wanted(
    workspace: Workspace, tmp_path: Path, called: str
) -> None:
    found = sheet(tmp_path, f"客户名称,员工人数\n海润,30\n{called},30\n合计机械厂,5\n")
    outcome = imported(workspace, found)
    assert [customer.name for customer in customers(workspace)] == ["海润", "合计机械厂"]
    assert [(problem.row, problem.code) for problem in outcome.problems] == [
        (3, "import.reason.total")
    ]
    assert outcome.skipped == 1
    imported(workspace, found, totals=True)
    assert [customer.name for customer in customers(workspace)][2:] == [called]


def test_what_a_spreadsheet_could_not_work_out_is_told_and_left_empty(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = sheet(tmp_path, "客户名称,电话,备注\n海润,#N/A,好\n#REF!,010-88886666,\n")
    outcome = imported(workspace, found)
    (hairun,) = customers(workspace)
    assert (hairun.phone, hairun.note) == ("", "好")
    told = [(problem.row, problem.column, problem.kept) for problem in outcome.problems]
    assert told == [(2, "电话", True), (3, "客户名称", True), (3, "客户名称", False)]
    said = naming.problem_told(outcome.problems[0], found, Words("zh_CN"))
    assert "#N/A" in said
    assert "备注" not in said


def test_a_phone_number_that_was_shortened_is_no_phone_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = "甲,1.38E+10\n乙,1.3800138001E+10\n"
    outcome = imported(workspace, sheet(tmp_path, f"客户名称,电话\n{rows}"))
    first, second = customers(workspace)
    assert (first.phone, first.note) == ("", "电话：1.38E+10")
    assert (second.phone, second.note) == ("13800138001", "")
    assert [(problem.row, problem.code, problem.kept) for problem in outcome.problems] == [
        (2, "import.reason.shortened", True)
    ]


def test_the_same_file_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, sheet(tmp_path, LIST))
    before = data(workspace)
    outcome = imported(workspace, sheet(tmp_path, LIST))
    assert (outcome.added, outcome.updated, outcome.unchanged) == (0, 0, 3)
    after = data(workspace)
    assert {noun: after[noun] for noun in ("customer", "contact", "tag", "tagging")} == {
        noun: before[noun] for noun in ("customer", "contact", "tag", "tagging")
    }


def test_likes_become_care_notes_once(workspace: Workspace, tmp_path: Path) -> None:
    text = "客户名称,联系人,爱好\n海润牧业,贺文清,爱喝砖茶；不劝酒\n"
    imported(workspace, sheet(tmp_path, text))
    [boss] = contacts(workspace)
    assert boss.preferences == ""
    notes = "SELECT contact_id, text FROM preference ORDER BY id"
    assert workspace.store.rows(notes) == [(boss.id, "爱喝砖茶"), (boss.id, "不劝酒")]
    again = imported(workspace, sheet(tmp_path, text))
    assert (again.added, again.updated) == (0, 0)
    more = "客户名称,联系人,爱好\n海润牧业,贺文清,不劝酒；下象棋\n"
    imported(workspace, sheet(tmp_path, more))
    assert [said for _, said in workspace.store.rows(notes)] == ["爱喝砖茶", "不劝酒", "下象棋"]
    workspace.undo()
    assert len(workspace.store.rows(notes)) == 2


def test_known_customers_are_changed_not_doubled(workspace: Workspace, tmp_path: Path) -> None:
    known = add(
        workspace, "customer", name="海润 饲料（北京）", phone="010-1", note="老客户", region="华北"
    )
    text = "客户名称,电话,备注,区域\n海潤飼料(北京),010-88886666,要发票,\n"
    outcome = imported(workspace, sheet(tmp_path, text))
    assert (outcome.added, outcome.updated) == (0, 1)
    (customer,) = customers(workspace)
    assert customer.id == known
    assert customer.phone == "010-88886666"
    assert customer.note == "老客户\n要发票"
    assert customer.region == "华北"  # an empty cell erases nothing
    workspace.undo()
    assert customers(workspace)[0].phone == "010-1"


def test_two_imports_undo_one_after_the_other(workspace: Workspace, tmp_path: Path) -> None:
    start = data_hash(workspace)
    imported(workspace, sheet(tmp_path, "客户名称,电话\n甲厂,1\n"))
    between = data_hash(workspace)
    imported(workspace, sheet(tmp_path, "客户名称,电话\n甲厂,2\n乙厂,3\n"))
    workspace.undo()
    assert data_hash(workspace) == between
    workspace.undo()
    assert data_hash(workspace) == start


def test_matching_by_phone_and_by_number(workspace: Workspace, tmp_path: Path) -> None:
    one = add(
        workspace, "customer", name="旧名", phone="+86 (010) 8888-6666 转 801", own_id="K-001"
    )
    two = add(workspace, "customer", name="另一家", phone="021-1", own_id="K-002")
    text = "客户名称,电话,客户编号\n新名,010-88886666,\n"
    imported(workspace, sheet(tmp_path, text), match="phone")
    text = "客户名称,电话,客户编号\n又一名,,ｋ-００２\n第三家,,K-003\n"
    imported(workspace, sheet(tmp_path, text), match="own_id")
    names = {customer.id: customer.name for customer in customers(workspace)}
    assert (names[one], names[two], len(names)) == ("新名", "又一名", 3)


def test_without_matching_every_row_is_new(workspace: Workspace, tmp_path: Path) -> None:
    text = "客户名称,电话\n海润,1\n海润,2\n"
    assert imported(workspace, sheet(tmp_path, text), match=None).added == 2


def test_bad_rows_are_told_and_the_good_come_in(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "customer", name="同名")
    add(workspace, "customer", name="同 名")
    text = f"客户名称,联系人,生日,电话\n,张三,,1\n好客户,李四,1980年5月12日,2\n坏日期,王五,2024/2/30,3\n同名,,,4\n{'长' * 201},,,5\n"
    found = sheet(tmp_path, text)
    columns = ColumnMap(("name", "contact.name", "contact.birthday", "phone"))
    outcome = imported(workspace, found, columns=columns)
    assert (outcome.added, outcome.skipped) == (1, 4)
    assert [(p.row, p.column, p.code) for p in outcome.problems] == [
        (2, "客户名称", "field.required"),
        (4, "生日", "field.not_a_date"),
        (5, "客户名称", "import.reason.several"),
        (6, "客户名称", "field.too_long"),
    ]
    assert contacts(workspace)[0].birthday == "1980-05-12"


@pytest.mark.parametrize("last", ["坏日期,王五,2024/2/30", "同名,,"])
def test_all_or_nothing(workspace: Workspace, tmp_path: Path, last: str) -> None:
    add(workspace, "customer", name="同名")
    add(workspace, "customer", name="同 名")
    before = data_hash(workspace)
    found = sheet(tmp_path, f"客户名称,联系人,生日\n好客户,李四,\n{last}\n")
    columns = ColumnMap(("name", "contact.name", "contact.birthday"))
    with pytest.raises(UserError) as caught:
        imported(workspace, found, columns=columns, whole=True)
    assert caught.value.code == "import.error.all_or_nothing"
    assert data_hash(workspace) == before


def test_a_rehearsal_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, LIST)
    before = data_hash(workspace)
    request = importer.propose(workspace.store, found)
    rehearsed = importer.rehearse(workspace.store, found, request)
    assert data_hash(workspace) == before
    assert rehearsed == replace(importer.run(workspace, found, request), op=None)


def test_people_find_or_bring_their_customer(workspace: Workspace, tmp_path: Path) -> None:
    known = add(workspace, "customer", name="海润饲料")
    text = (
        "姓名,公司,手机,性别,生日,职务\n张 伟,海潤飼料,13800138000,先生,5月12日,经理\n"
        "李娜,新公司,13900139000,女,农历1980-05-12,\n王强,,13700137000,,,\n赵敏,新公司,1,,,\n"
        "孙丽,,,,阴历1987年闰6月10日,\n"
    )
    outcome = imported(workspace, sheet(tmp_path, text), kind="contacts")
    assert (outcome.added, outcome.others, outcome.skipped) == (5, 1, 0)
    people = {person.name: person for person in contacts(workspace)}
    assert people["张伟"].customer_id == known
    assert (people["张伟"].gender, people["张伟"].birthday) == ("male", "05-12")
    assert (people["李娜"].birthday, people["李娜"].birthday_calendar) == ("1980-05-12", "lunar")
    assert (people["孙丽"].birthday, people["孙丽"].birthday_calendar) == ("1987-06-10", "lunar")
    assert [people[name].birthday_leap for name in ("张伟", "李娜", "孙丽")] == [0, 0, 1]
    assert people["李娜"].customer_id == people["赵敏"].customer_id
    assert people["王强"].customer_id is None


def test_people_of_one_name_at_two_firms(workspace: Workspace, tmp_path: Path) -> None:
    text = "姓名,公司,手机\n张伟,甲公司,1380\n张伟,乙公司,1390\n"
    imported(workspace, sheet(tmp_path, text), kind="contacts")
    outcome = imported(
        workspace, sheet(tmp_path, "姓名,公司,职务\n张伟,乙公司,厂长\n"), kind="contacts"
    )
    assert (outcome.added, outcome.updated) == (0, 1)
    assert sorted(person.title for person in contacts(workspace)) == ["", "厂长"]
    outcome = imported(workspace, sheet(tmp_path, "姓名,职务\n张伟,主任\n"), kind="contacts")
    assert [problem.code for problem in outcome.problems] == ["import.reason.several"]


def test_people_matched_by_phone_and_mail(workspace: Workspace, tmp_path: Path) -> None:
    one = add(workspace, "contact", name="老张", mobile="138 0013 8000")
    two = add(workspace, "contact", name="小李", email="Li@Example.com")
    imported(
        workspace,
        sheet(tmp_path, "姓名,电话\n张伟,+8613800138000\n"),
        kind="contacts",
        match="phone",
    )
    imported(
        workspace,
        sheet(tmp_path, "姓名,邮箱\n李娜,li@example.com\n"),
        kind="contacts",
        match="email",
    )
    assert {person.id: person.name for person in contacts(workspace)} == {one: "张伟", two: "李娜"}


def test_address_cards_come_in_as_people(workspace: Workspace, tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:张;伟;;;\r\nORG:海润饲料;采购部\r\nTITLE:经理\r\n"
        "TEL;TYPE=CELL:13800138000\r\nBDAY:--0512\r\nGENDER:M\r\nNOTE:喜欢钓鱼\r\nEND:VCARD\r\n"
    )
    found = sheet(tmp_path, card, "people.vcf")
    assert importer.propose(workspace.store, found).kind == "contacts"
    imported(workspace, found)
    (person,) = contacts(workspace)
    assert (person.name, person.department, person.title, person.mobile) == (
        "张伟",
        "采购部",
        "经理",
        "13800138000",
    )
    assert (person.birthday, person.gender, person.note) == ("05-12", "male", "喜欢钓鱼")
    assert customers(workspace)[0].name == "海润饲料"


def test_a_number_beside_an_empty_name_is_the_customers(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = "客户名称,联系人,手机,职务\n海润,张伟,1,经理\n明达,,13900139000,主任\n"
    imported(workspace, sheet(tmp_path, text))
    mingda = customers(workspace)[1]
    assert (mingda.phone, mingda.note) == ("13900139000", "职务：主任")
    assert len(contacts(workspace)) == 1


def test_columns_chosen_once_are_remembered(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, "客户名称,片长,行业\n海润,老李,饲料\n")
    columns = ColumnMap(("name", "seller", None))
    imported(workspace, found, columns=columns)
    again = sheet(tmp_path, "行业,片长,客户名称\n饲料,老李,明达\n", "next.csv")
    assert importer.propose(workspace.store, again).columns.targets == (None, "seller", "name")
    assert customers(workspace)[0].seller == "老李"


def test_markup_formulas_and_sql_come_in_as_typed(workspace: Workspace, tmp_path: Path) -> None:
    odd = [
        "<b>粗</b>",
        "=cmd|'/c calc'!A0",
        "'; DROP TABLE customer;--",
        "{0} %s & 100%",
        "𠮷野家🐂",
    ]
    text = "客户名称,备注\n" + "".join(f'"{name}",{name}\n' for name in odd)
    imported(workspace, sheet(tmp_path, text))
    assert [(customer.name, customer.note) for customer in customers(workspace)] == [
        (name, name) for name in odd
    ]


def test_what_cannot_be_imported_at_all(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, "客户名称,电话\n海润,1\n")
    with pytest.raises(UserError) as caught:
        imported(workspace, found, columns=ColumnMap((None, "phone")))
    assert caught.value.code == "import.error.no_name_column"
    with pytest.raises(UserError) as caught:
        imported(workspace, found, match="own_id")
    assert caught.value.code == "import.error.match_not_there"


@pytest.mark.parametrize("moment", range(4))
def test_stopping_leaves_nothing_behind(workspace: Workspace, tmp_path: Path, moment: int) -> None:
    text = "客户名称,电话\n" + "".join(f"客户{n},010-{n}\n" for n in range(1200))
    found = sheet(tmp_path, text)
    before = data_hash(workspace)
    asked = iter(range(100))
    watch = Watch(cancelled=lambda: next(asked) == moment)
    request = importer.propose(workspace.store, found)
    with pytest.raises(Cancelled):
        importer.run(workspace, found, request, watch)
    assert data_hash(workspace) == before


def test_it_runs_on_another_thread(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, LIST)
    request = importer.propose(workspace.store, found)
    outcomes: list[Outcome] = []

    def work() -> None:
        outcomes.append(importer.run(workspace, found, request))
        workspace.store.release()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert outcomes[0].added == len(customers(workspace)) == 2


def test_the_file_of_bad_rows_can_be_mended_and_imported(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = sheet(
        tmp_path, "客户名称,联系人,生日,备注\n好,张三,,a\n坏,李四,2024/2/30,=1+1\n,王五,,00123\n"
    )
    columns = ColumnMap(("name", "contact.name", "contact.birthday", "note"))
    outcome = imported(workspace, found, columns=columns)
    path = tmp_path / "错误.xlsx"
    error_file.write_problems(path, found, outcome.problems, Words("zh_CN"))
    errors = read(path)
    assert errors.columns == ("行号", "原因", "客户名称", "联系人", "生日", "备注")
    assert list(errors) == [
        (
            2,
            (
                "3",
                "生日：没有“2024/2/30”这一天，请按 2026-11-09 这样写。",
                "坏",
                "李四",
                "2024/2/30",
                "=1+1",
            ),
        ),
        (3, ("4", "客户名称：这一项要填写。", "", "王五", "", "00123")),
    ]
    assert importer.propose(workspace.store, errors).columns.targets == (
        None,
        None,
        "name",
        "contact.name",
        "contact.birthday",
        "note",
    )


def test_an_error_file_that_cannot_be_written(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, "客户名称,电话\n,1\n海润,2\n")
    outcome = imported(workspace, found)
    with pytest.raises(EnvironmentProblem) as caught:
        error_file.write_problems(tmp_path / "no" / "x.xlsx", found, outcome.problems, Words())
    assert caught.value.code == "import.error.cannot_write"


def test_what_is_imported_is_found(workspace: Workspace, tmp_path: Path) -> None:
    from fieldsales.store.queries.hits import hits

    imported(workspace, sheet(tmp_path, LIST))
    assert [hit.title for hit in hits(workspace.store, "hairun", 5)] == ["北京海润饲料有限公司"]
    assert {hit.title for hit in hits(workspace.store, "0138000", 5)} == {"张伟"}
    workspace.undo()
    assert hits(workspace.store, "hairun", 5) == []


def test_everything_has_a_name_to_show(tmp_path: Path) -> None:
    for language in ("zh_CN", "zh_TW", "en"):
        words = Words(language)
        for kind in ("customers", "contacts"):
            shown = [naming.target_name(target, kind, words) for target in targets(kind)]
            assert len(set(shown)) == len(shown)
            for match in (None, *MATCHES[kind]):
                assert naming.match_name(match, words)
            assert naming.kind_name(kind, words)
    words = Words("zh_CN")
    assert naming.target_name("contact.name.family", "customers", words) == "联系人 · 姓名 · 姓"
    card = sheet(tmp_path, "BEGIN:VCARD\nFN:张伟\nBDAY:2024-02-30\nEND:VCARD\n", "a.vcf")
    assert [naming.column_name(card, index, words) for index in range(2)] == ["姓名", "生日"]
    told = naming.problem_told(
        Problem(1, "birthday", "field.not_a_date", {"value": "x"}), card, words
    )
    assert told.startswith("生日：")


def test_every_warning_is_a_sentence(tmp_path: Path) -> None:
    text = '客户名称,电话,电话\n"坏,1.38E+10,a\x07b\n后,2,\ufffd\n'
    found = sheet(tmp_path, text)
    told = [naming.oddity_told(oddity, Words("zh_CN")) for oddity in found.warnings]
    assert len(told) == 5
    assert "第 2 行" in told[0]


def test_what_is_there_may_be_left_as_it_is(workspace: Workspace, tmp_path: Path) -> None:
    known = add(workspace, "customer", name="海润饲料", phone="1")
    add(workspace, "contact", name="张伟", customer_id=known, mobile="13800138000")
    text = "客户名称,联系人,电话,标签\n海润饲料,李娜,2,重点\n新牧场,王强,3,重点\n新牧场,赵敏,,\n"
    outcome = imported(workspace, sheet(tmp_path, text), update=False)
    assert (outcome.added, outcome.others, outcome.updated, outcome.unchanged) == (1, 2, 0, 1)
    assert [customer.phone for customer in customers(workspace)] == ["1", "3"]
    assert {person.name for person in contacts(workspace)} == {"张伟", "王强", "赵敏"}
    assert tags(workspace) == [("新牧场", "重点")]
    text = "姓名,公司,手机\n张伟,另一家,13900139000\n张伟,海润饲料,13900139000\n"
    outcome = imported(workspace, sheet(tmp_path, text), kind="contacts", update=False)
    assert (outcome.added, outcome.others, outcome.unchanged) == (1, 1, 1)
    assert sorted(person.mobile for person in contacts(workspace) if person.name == "张伟") == [
        "13800138000",
        "13900139000",
    ]


def test_rows_that_repeat_an_earlier_one_are_counted(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, "customer", name="海润")
    text = "客户名称,联系人\n海润,张伟\n新牧场,李娜\n海润,王强\n新牧场,李娜\n新 牧 场,赵敏\n"
    assert imported(workspace, sheet(tmp_path, text)).repeated == 3
    text = "姓名,手机\n张三,1\n张三,2\n李四,3\n"
    assert imported(workspace, sheet(tmp_path, text), kind="contacts").repeated == 1


def test_the_operation_is_named_by_which_it_is_undone(workspace: Workspace, tmp_path: Path) -> None:
    found = sheet(tmp_path, LIST)
    before = data_hash(workspace)
    outcome = imported(workspace, found)
    add(workspace, "customer", name="后来的")
    again = imported(workspace, found)
    assert again.op is None  # all of it was there
    workspace.undo()
    assert outcome.op is not None
    workspace.undo(outcome.op)
    assert data_hash(workspace) == before


def test_progress_goes_from_nothing_to_all(workspace: Workspace, tmp_path: Path) -> None:
    text = "客户名称,联系人\n" + "".join(f"客户{n},张{n}\n" for n in range(2500))
    told: list[float] = []
    found = sheet(tmp_path, text)
    watch = Watch(lambda done, total: told.append(done / total))
    importer.run(workspace, found, importer.propose(workspace.store, found), watch)
    assert told == sorted(told)
    assert told[0] == 0
    assert 0.6 < told[-1] < 1
    assert max(after - before for before, after in pairwise(told)) < 0.35


def test_a_customer_changed_in_several_places_is_one(workspace: Workspace, tmp_path: Path) -> None:
    known = add(workspace, "customer", name="海润", phone="1")
    add(workspace, "contact", name="张伟", customer_id=known)
    text = "客户名称,电话,标签,联系人,手机\n海润,2,重点,张伟,13800000003\n海润,,,李娜,13800000004\n"
    outcome = imported(workspace, sheet(tmp_path, text))
    assert (outcome.added, outcome.updated, outcome.others) == (0, 1, 1)
    assert outcome.others_updated == 1


def test_a_person_changed_is_not_a_customer_changed(workspace: Workspace, tmp_path: Path) -> None:
    known = add(workspace, "customer", name="海润", phone="010-88886666")
    add(workspace, "contact", name="张伟", customer_id=known)
    found = sheet(tmp_path, "客户名称,联系人,手机\n海润,张伟,13800000105\n海润,李娜,\n")
    outcome = imported(workspace, found)
    assert (outcome.updated, outcome.others_updated, outcome.others) == (0, 1, 1)
    assert outcome.changes
    assert [person.mobile for person in contacts(workspace)] == ["13800000105", ""]
    again = imported(workspace, found)
    assert (again.changes, again.unchanged) == (False, 2)


def test_a_mobile_beside_a_person_is_theirs_after_a_list_without_people(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, sheet(tmp_path, "客户名称,手机\n绿源,13900000001\n"))
    known = add(workspace, "customer", name="海润", phone="0912-5550301")
    text = "客户名称,联系人,手机\n海润,张伟,13800000105\n"
    imported(workspace, sheet(tmp_path, text))
    assert {c.name: c.phone for c in customers(workspace)} == {
        "绿源": "13900000001",
        "海润": "0912-5550301",
    }
    (person,) = contacts(workspace)
    assert (person.customer_id, person.mobile) == (known, "13800000105")


def test_what_was_chosen_otherwise_than_guessed_is_remembered(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = sheet(tmp_path, "客户名称,片长,手机\n海润,老李,13800000105\n")
    imported(workspace, found, columns=ColumnMap(("name", "seller", "phone")))
    imported(workspace, sheet(tmp_path, "客户名称,电话\n绿源,1\n", "other.csv"))
    proposed = importer.propose(workspace.store, found)
    assert proposed.columns.targets == ("name", "seller", "phone")
    imported(workspace, found, columns=ColumnMap(("name", None, "phone")))
    assert importer.propose(workspace.store, found).columns.targets == ("name", None, "phone")


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("1380000 0105", "13800000105", "1380000 0105"),
        ("+86 138-0000-0105", "13800000105", "+86 138-0000-0105"),
        ("13800000105", "１３８０００００１０５", "13800000105"),
        ("010-88886666 / 13800000105", "138 0000 0105", "010-88886666 / 13800000105"),
        ("010-88886666", "010-88886666 转 801", "010-88886666 转 801"),
        ("13800000105", "13800000106", "13800000106"),
        ("", "13800000105", "13800000105"),
    ],
)
def test_the_same_number_written_otherwise_changes_nothing(
    workspace: Workspace, tmp_path: Path, old: str, new: str, left: str
) -> None:
    customer = add(workspace, "customer", name="海润", phone=old)
    add(workspace, "contact", name="张伟", customer_id=customer, mobile=old)
    found = sheet(tmp_path, f"客户名称,联系人,手机,公司电话\n海润,张伟,{new},{new}\n")
    outcome = imported(workspace, found)
    assert (customers(workspace)[0].phone, contacts(workspace)[0].mobile) == (left, left)
    changed = int(old != left)
    assert (outcome.updated, outcome.others_updated, outcome.unchanged) == (
        changed,
        changed,
        1 - changed,
    )


def test_a_number_beside_an_empty_name_does_not_replace_the_firms(
    workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "customer", name="海润", phone="0912-5550301")
    add(workspace, "customer", name="绿源")
    text = "客户名称,联系人,手机\n海润,,13800000105\n绿源,,13800000106\n龙州,张伟,13800000107\n"
    imported(workspace, sheet(tmp_path, text))
    assert {c.name: c.phone for c in customers(workspace)} == {
        "海润": "0912-5550301 / 13800000105",
        "绿源": "13800000106",
        "龙州": "",
    }
    assert imported(workspace, sheet(tmp_path, text)).unchanged == 3


def test_an_importance_of_the_file_is_held_by_hand(workspace: Workspace, tmp_path: Path) -> None:
    """Of a new customer, of one who is there, and of one whose form had it already (M06)."""
    there = add(workspace, "customer", name="绿源")
    add(workspace, "customer", name="老档", importance="vip")
    found = sheet(tmp_path, "客户名称,重要性\n海润,VIP\n绿源,主要客户\n老档,VIP\n没说,\n")
    outcome = imported(workspace, found, because="从“名单”导入")
    assert (outcome.added, outcome.updated, outcome.unchanged) == (2, 1, 1)

    def held() -> dict[str, tuple[str, str]]:
        rows = workspace.store.rows(
            "SELECT c.name, p.code, p.reason FROM class_pin p JOIN customer c"
            " ON c.id = p.customer_id WHERE p.trashed_at IS NULL AND p.until IS NULL"
        )
        return {name: (code, reason) for name, code, reason in rows}

    assert held() == {"海润": ("vip", "从“名单”导入"), "绿源": ("major", "从“名单”导入")}
    assert [one.importance for one in customers(workspace)] == ["", "vip", "", ""]
    again = imported(workspace, sheet(tmp_path, "客户名称,重要性\n海润,VIP\n绿源,普通客户\n"))
    assert (again.updated, again.unchanged) == (1, 1)
    assert held()["绿源"] == ("ordinary", "list.csv")
    workspace.undo()
    workspace.undo()
    assert held() == {}
    assert customers(workspace)[0].id == there


def test_names_from_before_a_merge_mean_what_is_there_now(
    workspace: Workspace, tmp_path: Path
) -> None:
    stays = add(workspace, "customer", name="海润牧业有限公司")
    gone = add(workspace, "customer", name="定边种鸡场")
    person = add(workspace, "contact", name="王建国", customer_id=stays)
    other = add(workspace, "contact", name="王总", customer_id=stays)
    workspace.run(MergeRecords("customer", stays, gone))
    workspace.run(MergeRecords("contact", person, other))
    imported(
        workspace,
        sheet(tmp_path, "客户名称,联系人,手机,电话\n定边种鸡场,王总,13800138000,0912-4216688\n"),
    )
    [customer], [contact] = customers(workspace), contacts(workspace)
    assert (customer.id, customer.name, customer.phone) == (
        stays,
        "海润牧业有限公司",
        "0912-4216688",
    )
    assert (contact.id, contact.name, contact.mobile) == (person, "王建国", "13800138000")
    people = sheet(tmp_path, "姓名,单位,职务\n王总,定边种鸡场,场长\n", "people.csv")
    imported(workspace, people, kind="contacts")
    [contact] = contacts(workspace)
    assert (contact.name, contact.title) == ("王建国", "场长")
    workspace.undo()
    workspace.undo()
    workspace.undo()
    workspace.undo()
    imported(workspace, sheet(tmp_path, "客户名称,电话\n定边种鸡场,0912-4216688\n", "b.csv"))
    assert {one.name for one in customers(workspace)} == {"海润牧业有限公司", "定边种鸡场"}

"""Columns find their fields, by what they are called and by what stands in them."""

from __future__ import annotations

import pytest

from fieldsales.services.importing import headers
from fieldsales.services.importing.guessing import guess
from fieldsales.services.importing.kinds import guess_kind
from fieldsales.services.importing.mapping import ColumnMap, targets

PEOPLE = ["北京海润饲料有限公司", "张伟", "13800138000"]


def guessed(kind: str, header: str, row: str) -> dict[str, str | None]:
    columns = header.split(",")
    return dict(zip(columns, guess(columns, [row.split(",")] * 3, kind).targets, strict=True))


@pytest.mark.parametrize(
    ("kind", "header", "row", "expected"),
    [
        (
            "customers",
            "客户名称,联系人,手机,电话,邮箱,地址,行业,信用等级,员工人数,创建日期,标签,备注",
            "北京海润饲料有限公司,张伟,13800138000,010-88886666,a@b.com,北京市朝阳区,饲料,A,500,2020-01-01,重点,无",
            "name,contact.name,contact.mobile,phone,email,address,industry,credit_grade,employees,,tags,note",
        ),
        (
            "customers",
            "單位名稱,統一編號,行動電話,聯絡電話,職稱,聯絡人,縣市,地址,業務員",
            "遠東飼料,12345678,0912345678,02-25925252,經理,陳志明,台北市,信義區松仁路100號,林",
            "name,own_id,contact.mobile,phone,contact.title,contact.name,address.city,address,seller",
        ),
        (
            "customers",
            "*客户全称（必填）,客户编码,主要联系电话,客户等级,所属行业,企业性质,人员规模,来源",
            "海润,K001,010-88886666,VIP,饲料,民营,100-499人,展会",
            "name,own_id,phone,importance,industry,ownership,employees,source",
        ),
        (
            "customers",
            "Company,First Name,Last Name,Job Title,Business Phone,Mobile Phone,E-mail Address,Business Street,Business City,Web Page",
            "Acme,John,Smith,CEO,+1 212 555 1234,+1 917 555 0000,j@a.com,1 Main St,NY,acme.com",
            "name,contact.name.given,contact.name.family,contact.title,phone,contact.mobile,email,address.street,address.city,website",
        ),
        ("customers", "姓名,手机,生日", "张伟,13800138000,1980-01-01", "name,phone,"),
        (
            "contacts",
            "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value,Organization 1 - Name,Birthday",
            "Zhang Wei,Wei,Zhang,Work,a@b.com,Mobile,13800138000,010-88886666,海润,1980-05-12",
            "name,,,,email,,mobile,phone,customer,birthday",
        ),
        (
            "contacts",
            "First Name,Last Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value",
            "John,Smith,Acme Inc,CEO,x,* myContacts,* Work,j@a.com,Work,+1 212 555 1234",
            "name.given,name.family,customer,title,note,,,email,,phone",
        ),
        (
            "contacts",
            "姓名,手机,生日,公司,性别,微信,爱好,部门,职务,职级",
            "张伟,13800138000,1980-01-01,海润,男,zw,钓鱼,采购部,经理,中层",
            "name,mobile,birthday,customer,gender,messenger,preferences,department,title,level",
        ),
        (
            "contacts",
            "名字,姓氏,组织名称,组织职称,生日,标签,电子邮件 1 - 标签,电子邮件 1 - 值,电话 1 - 标签,电话 1 - 值",
            "伟,张,海润饲料,经理,1980-05-12,* myContacts,* 工作,z@b.cn,手机,13800138000",
            "name.given,name.family,customer,title,birthday,,,email,,mobile",
        ),
        (
            "contacts",
            "称谓,名,中间名,姓,单位,部门,商务地址 街道,商务地址 市/县,商务电话,移动电话,电子邮件地址,附注",
            "先生,伟,,张,海润饲料,采购部,建国路88号,北京,010-88886666,13800138000,z@b.cn,老客户",
            "gender,name.given,name.middle,name.family,customer,department,address.street,address.city,phone,mobile,email,note",
        ),
        (
            "customers",
            "公司名称,法定代表人,注册资本,所属省份,所属城市,电话,更多电话,统一社会信用代码,企业类型,所属行业,企业地址,参保人数",
            "北京海润饲料有限公司,张伟,1000万,北京市,北京市,010-88886666,13800138000,91110105MA01234567,有限责任公司,制造业,北京市朝阳区1号,56",
            "name,contact.name,,address.region,address.city,phone,phone,own_id,ownership,industry,address,employees",
        ),
        (
            "customers",
            "客戶代號,客戶簡稱,公司全名,統一編號,聯絡人,TEL_NO1,FAX_NO,行動電話,送貨地址,業務人員",
            "A001,遠東,遠東飼料股份有限公司,12345678,林小姐,02-23456789,02-23456780,0912345678,台北市松仁路100號,王",
            "own_id,short_name,name,,contact.name,phone,,contact.mobile,address,seller",
        ),
        (
            "customers",
            "客户名称,联系人,职务,电话",
            "海润,张伟,场长,1380000 0105",
            "name,contact.name,contact.title,contact.mobile",
        ),
        (
            "customers",
            "客户名称,联系人,电话",
            "海润,张伟,0912-5550301",
            "name,contact.name,phone",
        ),
        (
            "customers",
            "客户名称,联系人,联系电话,公司电话",
            "海润,张伟,13800000105,13900000105",
            "name,contact.name,contact.mobile,phone",
        ),
        (
            "customers",
            "客户名称,电话,联系人",
            "海润,13800000105,张伟",
            "name,phone,contact.name",
        ),
        (
            "customers",
            "客户名称,联系人,手机",
            "海润,张伟,",
            "name,contact.name,contact.mobile",
        ),
        (
            "contacts",
            "客户名称,联系人,联系电话",
            "海润,张伟,010-88886666",
            "customer,name,phone",
        ),
    ],
)
def test_headers_of_real_lists(kind: str, header: str, row: str, expected: str) -> None:
    found = guessed(kind, header, row)
    assert [target or "" for target in found.values()] == expected.split(",")


def test_columns_without_names_are_known_by_their_values() -> None:
    rows = [
        PEOPLE,
        ["上海明达股份有限公司", "李娜", "13900139000"],
        ["长沙粮油商行", "王强", "13700137000"],
    ]
    assert guess("ABC", rows, "customers").targets == ("name", "contact.name", "contact.mobile")
    assert guess("ABC", rows, "contacts").targets == ("customer", "name", "mobile")


def test_a_header_does_not_outweigh_values_of_another_kind() -> None:
    found = guess(
        ("客户名称", "电话", "邮箱"), [("海润", "a@b.cn", "010-88886666")] * 4, "customers"
    )
    assert found.targets == ("name", "email", "phone")


@pytest.mark.parametrize("header", ["本年销售额", "2025年", "年用料量", "Annual Sales"])
def test_figures_are_no_phones(header: str) -> None:
    found = guess(("客户名称", header), [("海润", "120000"), ("明达", "1560000")], "customers")
    assert found.targets == ("name", None)
    people = guess(("客户名称", "联系人", "付款人电话"), [PEOPLE], "customers")
    assert people.targets == ("name", "contact.name", "contact.mobile")


def test_which_kind_a_list_is() -> None:
    assert guess_kind(["客户名称", "联系人", "手机"], [PEOPLE]) == "customers"
    assert guess_kind(["姓名", "手机", "公司"], [["张伟", "13800138000", "海润"]]) == "contacts"
    assert guess_kind(["First Name", "Last Name", "E-mail"], [["A", "B", "c@d.ee"]]) == "contacts"
    assert guess_kind(["name", "organisation", "mobile"], [["张伟", "海润", "1"]]) == "contacts"
    assert guess_kind(["A", "B", "C"], [PEOPLE]) == "customers"


def test_what_was_chosen_once_is_chosen_again() -> None:
    columns = ("客户名称", "片长", "行业")
    chosen = ColumnMap(("name", "seller", None))
    memory = chosen.remembered(columns)
    rows = [("海润", "老李", "饲料")]
    assert guess(("行业", "片长", "*客户名称"), rows, "customers", memory).targets == (
        None,
        "seller",
        "name",
    )


def test_headers_are_compared_folded() -> None:
    folded = headers.fold("行动电话")
    for text in ("*行動電話（必填）", " 行动电话 2", "行 動 電 話：", "【行动电话】"):
        assert headers.fold(text) in {folded, ""}
    assert headers.fold("聯絡人") == headers.fold("联系人")
    assert headers.known("E-mail 1 - Value")
    assert not headers.known("海润饲料")


def test_every_name_leads_to_a_target() -> None:
    for kind in ("customer", "contact"):
        allowed = set(targets(f"{kind}s"))
        assert set(headers.names()[kind]) <= allowed
        assert not {
            name for name in headers.names()[kind] if not headers.names()[kind][name].strong
        }


def test_no_name_means_two_fields_for_sure() -> None:
    for kind in ("customer", "contact"):
        seen: dict[str, str] = {}
        for field, entry in headers.names()[kind].items():
            for name in entry.strong:
                assert seen.setdefault(name, field) == field, name

"""Records in the index, and what finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.store import search
from fieldsales.store.migrations.m0001_foundation import SEARCH
from fieldsales.store.search import SearchRecord
from fieldsales.store.search.pinyin import readings


def empty() -> Any:
    connection = sqlite.connect(":memory:", check_same_thread=False)
    connection.executescript(SEARCH)
    return connection


@pytest.fixture
def connection() -> Iterator[Any]:
    made = empty()
    yield made
    made.close()


def customer(row_id: str, *names: str, **texts: Any) -> SearchRecord:
    return SearchRecord("customer", row_id, row_id, names=names, **texts)


def contact(row_id: str, *names: str, **texts: Any) -> SearchRecord:
    return SearchRecord("contact", row_id, "c1", names=names, **texts)


def found(connection: Any, text: str, **how: Any) -> list[str]:
    return [hit.row_id for hit in search.search(connection, text, **how)]


def finds(record: SearchRecord, text: str) -> bool:
    connection = empty()
    try:
        search.reindex(connection, [record])
        return found(connection, text) == [record.row_id]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张伟", [*"张伟 zw zhangwei 張偉 张 伟 wei zhangw zhang Zhang ＺＷ".split(), "zhang wei"]),
        ("張偉", ["张伟", "zw", "張", "张"]),
        ("单田芳", ["shan", "dan", "shantianfang", "stf", "dtf", "tianfang"]),
        ("曾志伟", ["zeng", "ceng", "zzw", "czw"]),
        ("尉迟 恭", ["yuchi", "weichi", "尉迟恭", "ycg"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉买买提", "买买提", "mmt", "abdl"]),
        ("吕布", ["lv", "lü", "LÜ", "lyu", "吕"]),
        ("𠮷田😀", ["𠮷", "𠮷田", "tian", "😀", "田😀"]),
        ("John Smith", ["john", "smi", "js", "JOHN SMITH", "johnsmith"]),
        ("José Peña", ["jose", "peña", "pena"]),
        ("Иван Петров", ["иван", "ПЕТ"]),
        ("田中さくら", ["さくら", "く", "田中さ", "tianzhong"]),
    ],
)
def test_a_person_is_found(name: str, typed: list[str]) -> None:
    assert [text for text in typed if not finds(contact("p", name), text)] == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("北京海润饲料有限公司", "hairun hair hai hr bjhr hrsl 海润 润饲 beijinghairun".split()),
        ("重庆长江贸易", ["chongqing", "cq", "cqcj", "changjiang", "重庆"]),
        ("西安先锋", ["xian", "xianfeng", "xaxf", "xi", "anxian", "xianxianfeng"]),
        ("河南华润牧业", "hrmy hnhrmy huarun muye 华润牧".split()),
        ("ABC科技58同城", ["abc", "ab", "abckeji", "abckj", "kj58", "58", "科技58", "ABC科"]),
        ("A&B-C 饲料", ["abc", "a b", "饲料"]),
        ("臺灣大哥大", ["台湾", "臺灣", "twdgd", "大哥大"]),
        ("云南（昆明）分公司", ["云南昆明", "昆明分", "ynkm"]),
    ],
)
def test_a_company_is_found(name: str, typed: list[str]) -> None:
    assert [text for text in typed if not finds(customer("c", name), text)] == []


@pytest.mark.parametrize("text", ["jing", "zz", "海料", "jinghair x", "海润张三"])
def test_what_is_not_there_is_not_found(connection: Any, text: str) -> None:
    search.reindex(connection, [customer("c", "海润饲料")])
    assert found(connection, text) == []


@pytest.mark.parametrize(
    "phone",
    [
        "13800138000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "0086-13800138000",
    ],
)
@pytest.mark.parametrize(
    "typed", ["0013", "001", "000", "8000", "138", "00138000", "138-0013", "13800138000",
              "+86 13800138000", "0086 138 0013 8000", "138 0013"]
)  # fmt: skip
def test_a_telephone_number_is_found_by_any_three_digits(phone: str, typed: str) -> None:
    assert finds(contact("p", "", phones=(phone,)), typed)


def test_two_numbers_in_a_field_are_two() -> None:
    record = contact("p", "", phones=("13800138000 13900139111/010 6234 5678",))
    assert all(finds(record, text) for text in ("8000", "13900139111", "01062345678"))
    assert not finds(record, "80001390")


def test_own_numbers_addresses_and_words_are_found() -> None:
    record = contact(
        "p",
        "王五",
        ids=("KH-0001", "Wang.Wu@acme-feed.com.cn"),
        text="采购经理，负责SAP上线；合同到期",
    )
    typed = "KH-0001 kh0001 kh 0001 wang.wu@acme wangwu acme feed sap sa 采购 合同到期".split()
    assert [text for text in typed if not finds(record, text)] == []
    assert finds(record, "王五 采购")
    assert finds(record, "ww sap")
    assert finds(record, "合同 acme")


def test_two_words_may_stand_in_different_places_of_a_record() -> None:
    record = customer("c", "北京海润饲料", phones=("13800138000",), text="河北廊坊")
    for typed in ("海润 廊坊", "hairun 廊坊", "海润8000", "bj 廊坊", "饲料 北京"):
        assert finds(record, typed), typed
    assert not finds(record, "海润 天津")


def test_whole_before_start_before_middle_before_other_texts(connection: Any) -> None:
    search.reindex(
        connection,
        [
            customer("other", "正大", text="海润介绍的"),
            customer("middle", "北京海润"),
            customer("start", "海润饲料"),
            contact("whole", "海润"),
        ],
    )
    for typed in ("海润", "hairun"):
        hits = search.search(connection, typed)
        expected = ["whole", "start", "middle", "other"][: 4 if typed == "海润" else 3]
        assert [hit.row_id for hit in hits] == expected
        assert [hit.rank for hit in hits] == list(range(len(expected)))


def test_among_equals_customers_people_deals_visits_products(connection: Any) -> None:
    records = [
        SearchRecord("product", "f", text="海润专用料"),
        SearchRecord("visit", "v", "c", text="谈海润"),
        SearchRecord("deal", "d", "c", names=("海润二期",)),
        SearchRecord("contact", "p", "c", names=("海润生",)),
        SearchRecord("customer", "c", "c", names=("海润集团",)),
    ]
    search.reindex(connection, records)
    assert [hit.noun for hit in search.search(connection, "海润")] == list(search.NOUNS[:5])
    assert found(connection, "海润", nouns=("visit", "contact")) == ["p", "v"]
    assert found(connection, "海润", nouns=()) == []
    assert found(connection, "海润", nouns={"product"}) == ["f"]
    assert search.search(connection, "海润", nouns={"deal"})[0].customer_id == "c"


def test_no_more_than_the_limit_and_none_twice(connection: Any) -> None:
    search.reindex(connection, [customer(f"c{n}", "海润", text="海润") for n in range(80)])
    search.reindex(connection, [customer(f"d{n}", "大海润") for n in range(80)])
    assert len(found(connection, "海润", limit=7)) == 7
    many = found(connection, "海润", limit=100)
    assert len(many) == len(set(many)) == 100
    assert sum(row_id.startswith("c") for row_id in many) == 80


def test_a_record_of_the_same_id_under_another_noun_is_another(connection: Any) -> None:
    search.reindex(connection, [customer("x", "海润"), contact("x", "海润")])
    search.remove(connection, [("customer", "x")])
    assert [hit.noun for hit in search.search(connection, "海润")] == ["contact"]


def test_a_change_replaces_what_was_found_before(connection: Any) -> None:
    search.reindex(connection, [customer("c", "海润"), customer("d", "正大")])
    assert search.reindex(connection, [customer("c", "新希望"), customer("d", "正大")]) == 1
    assert found(connection, "海润") == []
    assert found(connection, "xxw") == ["c"]
    assert search.reindex(connection, [customer("c", "甲"), customer("c", "乙")]) == 1
    assert (found(connection, "甲"), found(connection, "乙")) == ([], ["c"])


def test_what_was_taken_out_is_not_found_and_may_come_back(connection: Any) -> None:
    records = [customer(f"c{n}", f"海润{n}号") for n in range(3)]
    search.reindex(connection, records)
    search.remove(connection, [("customer", "c2"), ("customer", "unknown")])
    assert found(connection, "海润") == ["c0", "c1"]
    search.reindex(connection, records)
    assert found(connection, "海润") == ["c0", "c1", "c2"]
    search.clear(connection)
    assert found(connection, "海润") == []
    search.reindex(connection, records)
    assert search.agrees(connection, records)


def test_the_index_knows_whether_it_agrees(connection: Any) -> None:
    records = [customer("c", "海润", text="廊坊"), contact("p", "张伟", phones=("13800138000",))]
    search.reindex(connection, records)
    assert search.agrees(connection, records)
    assert not search.agrees(connection, records[:1])
    assert not search.agrees(connection, [*records, customer("d", "正大")])
    assert not search.agrees(connection, [customer("c", "海润", text="固安"), records[1]])
    connection.execute("DELETE FROM search_index WHERE rowid = (SELECT min(doc) FROM search_doc)")
    assert not search.agrees(connection, records)


def test_many_more_than_one_batch(connection: Any) -> None:
    records = [customer(f"c{n}", f"第{n}号店") for n in range(1_234)]
    assert search.reindex(connection, iter(records)) == 1_234
    assert found(connection, "第1233号") == ["c1233"]
    assert search.agrees(connection, iter(records))
    search.remove(connection, ((record.noun, record.row_id) for record in records[1:]))
    assert search.agrees(connection, records[:1])


@pytest.mark.parametrize(
    "text",
    ['"', '""', "a*", "*", "海润 AND", "NOT 海润", "a OR b", "NEAR(a b, 3)", "tokens:海", "^海", "{a b}:c",
     "-海", "+", "(", "海)", "'; DROP TABLE search_doc; --", "%", "_", "\\", "\x00", "a\x00b", "\ud800",
     "😀", "a" * 5_000, "海" * 5_000, "a b c d e f g h i j k l", "=海润", "#0013", "+86", "１", "ß", "\u0301"],
)  # fmt: skip
def test_any_text_may_be_typed(connection: Any, text: str) -> None:
    search.reindex(connection, [customer("c", "海润", phones=("13800138000",), text="a or b")])
    assert found(connection, text) in ([], ["c"])


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    connection = empty()
    record = contact("p", text, phones=(text,), ids=(text,), text=text)
    search.reindex(connection, [record])
    assert found(connection, text) in ([], ["p"])
    assert search.agrees(connection, [record])
    connection.close()


def test_a_cell_of_ten_megabytes_is_no_trouble(connection: Any) -> None:
    huge = "海润abc 138" * 1_000_000
    search.reindex(connection, [customer("c", huge, phones=(huge,), ids=(huge,), text=huge)])
    assert found(connection, "海润") == ["c"]


common = st.sampled_from(
    "张王李单曾仇解尉迟万俟北京重庆西安海润天恒泰丰华盛源达利长乐行饲料科技有限公司吕女娥欧阿一乐"
)
names = st.text(common, min_size=1, max_size=16)


@given(names, st.booleans(), st.data())
def test_a_name_is_found_by_any_part_of_it(name: str, person: bool, data: st.DataObject) -> None:
    record = (contact if person else customer)("x", name)
    said = readings(name, person=person)[0]
    first = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(first + 1, len(name)))
    connection = empty()
    search.reindex(connection, [record])
    for typed in (
        name,
        name[first:end],
        "".join(said),
        "".join(said[first:end]),
        " ".join(said[first:end]),
        "".join(said[first:end])[:-1] or said[first],
        "".join(syllable[0] for syllable in said),
        "".join(syllable[0] for syllable in said[first:end]),
    ):
        assert found(connection, typed) == ["x"], typed
    for character in name:
        assert found(connection, character) == ["x"], character
    connection.close()

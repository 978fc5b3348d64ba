"""How names are read aloud."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.resources import resource
from fieldsales.store.search import pinyin
from fieldsales.store.search.folding import fold
from fieldsales.store.search.pinyin import readings, sort_key


def spelt(name: str, *, person: bool) -> list[str]:
    return [" ".join(reading) for reading in readings(name, person=person)]


def test_threads_that_come_at_once_share_one_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    class Slow:
        def __init__(self) -> None:
            time.sleep(0.05)
            built.append(1)

    monkeypatch.setattr(pinyin, "_Reader", Slow)
    pinyin._only_reader.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        found = {id(reader) for reader in threads.map(lambda _: pinyin._reader(), range(4))}
    pinyin._only_reader.cache_clear()
    assert (len(built), len(found)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "proper", "general"),
    [
        ("单田芳", "shan tian fang", "dan tian fang"),
        ("曾国藩", "zeng guo fan", "ceng guo fan"),
        ("仇英", "qiu ying", "chou ying"),
        ("解晓东", "xie xiao dong", "jie xiao dong"),
        ("区志强", "ou zhi qiang", "qu zhi qiang"),
        ("查良镛", "zha liang yong", "cha liang yong"),
        ("尉迟恭", "yu chi gong", "wei chi gong"),
        ("万俟卨", "mo qi xie", "wan si xie"),
        ("单", "shan", "dan"),
    ],
)
def test_a_surname_is_read_as_one_and_in_general(name: str, proper: str, general: str) -> None:
    found = spelt(name, person=True)
    assert found[0] == proper
    assert general in found


def test_a_company_is_read_by_its_words() -> None:
    assert spelt("重庆长江", person=False)[0] == "chong qing chang jiang"
    assert spelt("交通银行", person=False) == ["jiao tong yin hang"]
    assert spelt("单县洪洞供销社", person=False)[0] == "shan xian hong tong gong xiao she"


def test_a_company_named_for_its_owner_is_found_by_the_surname_too() -> None:
    assert spelt("曾记饲料", person=False) == ["ceng ji si liao", "zeng ji si liao"]


def test_a_character_that_no_word_settles_has_both_readings() -> None:
    assert spelt("王茜", person=True) == ["wang qian", "wang xi"]
    assert spelt("盛达", person=False) == ["sheng da", "cheng da"]


def test_a_character_without_a_reading_keeps_its_place() -> None:
    assert readings("𠮷田", person=False) == (("", "tian"),)


def test_no_name_has_many_readings() -> None:
    assert len(readings("单茜乐盛行长朝", person=True)) == 4


def test_names_sort_by_their_syllables() -> None:
    names = ["张三", "程二", "ABC", "陈一", "A公司", "陈", "陈七"]
    assert sorted(names, key=sort_key) == ["A公司", "ABC", "陈", "陈七", "陈一", "程二", "张三"]


@given(st.text())
def test_any_text_has_a_key_to_sort_by(text: str) -> None:
    assert sort_key(text) == sort_key(fold(text))


def test_warming_up_leaves_nothing_to_load() -> None:
    code = (
        "import sys; from fieldsales.store.search import pinyin; early = 'pypinyin' in sys.modules;"
        "pinyin.warm_up(); print(early, 'pypinyin' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]


def test_the_table_of_readings_is_as_it_will_be_used() -> None:
    table = tomllib.loads(resource("search", "readings.toml").read_text("utf-8"))
    assert set(table) == {"surnames", "either", "words"}
    for name, said in (table["surnames"] | table["either"]).items():
        assert name == fold(name), "names are looked up folded"
        assert all(len(reading.split()) == len(name) for reading in said), name
        assert len(set(said)) == len(said) > 1, name
        assert set(spelt(name, person=False)) & set(said), f"{name}: none is the general reading"
    for word, said in table["words"].items():
        assert len(said.split()) == len(word), word
        assert spelt(word, person=False)[0] == said

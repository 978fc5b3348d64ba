"""The objection library at work: found by what was said, answered by who listens and what worked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldsales.domain.ranking import Told
from fieldsales.services.library import MAIN, library
from fieldsales.services.objections import OWN_WORDS, Objections, parted, ranked_answers
from fieldsales.services.workspace import Workspace
from tests.workspaces import add

DEAR = library("zh_CN").objections["why_dearer"]


@pytest.mark.parametrize(
    ("language", "said", "code"),
    [
        ("zh_CN", "太贵", "why_dearer"),
        ("zh_CN", "太貴", "why_dearer"),
        ("zh_TW", "太贵", "why_dearer"),
        ("zh_CN", "taigui", "why_dearer"),
        ("zh_CN", "tgl", "why_dearer"),
        ("zh_CN", "太归", "why_dearer"),  # what an input method offered first
        ("zh_CN", "你们比别家贵一百多呢", "why_dearer"),
        ("en", "expens", "why_dearer"),
        ("en", "much more than the others", "why_dearer"),
    ],
)
def test_what_was_said_finds_what_is_meant(
    workspace: Workspace, language: str, said: str, code: str
) -> None:
    assert [one.code for one in Objections(workspace.store, language).find(said, 1)] == [code]


def test_own_entries_are_found_by_every_wording(workspace: Workspace) -> None:
    mine = add(
        workspace,
        "own_entry",
        kind="objection",
        topic="needs",
        title="我兄弟就在别家饲料厂",
        heard="我弟在宁川上班\n自家人的料，不好换",
        means="人情难推",
    )
    shelf = Objections(workspace.store, "zh_CN")
    for said in ("我兄弟", "宁川上班", "zijiaren", "zjrdl", "人情难推"):
        assert shelf.find(said, 1)[0].code == mine
    assert shelf.own[mine].title == "我兄弟就在别家饲料厂"
    assert shelf.answers(shelf.entries[mine]) == []


def test_by_one_letter_what_is_heard_most_comes_first(workspace: Workspace) -> None:
    customer = add(workspace, "customer", name="海润")
    visit = add(workspace, "visit", customer_id=customer, starts_at="2026-11-01T01:00:00Z")
    before = [one.code for one in Objections(workspace.store, "zh_CN").find("p")]
    heard = {"visit_id": visit, "kind": "objection", "text": "价高", "code": before[-1]}
    for _ in range(2):
        add(workspace, "visit_item", **heard)
    shelf = Objections(workspace.store, "zh_CN")
    assert shelf.find("p", 1)[0].code == before[-1]
    assert shelf.heard == {before[-1]: 2}
    assert shelf.find("") == []
    assert shelf.find("𠮷𠮷𠮷") == []  # nobody knows how to say that
    assert shelf.find("🐷🐷") == []


def test_an_own_entry_of_the_customers_trade_comes_first(workspace: Workspace) -> None:
    codes = {
        trade: add(
            workspace,
            "own_entry",
            kind="objection",
            topic="suggest",
            title="停一批再说",
            industry=trade,
            answer="好",
        )
        for trade in ("", "telecom", "pig_farm")
    }
    shelf = Objections(workspace.store, "zh_CN")

    def found(said: str, industry: str) -> list[str]:
        mine = {code: trade for trade, code in codes.items()}
        return [mine[one.code] for one in shelf.find(said, 9, industry) if one.code in mine]

    for said in ("停一批再说", "停批再", "typ", "t"):
        assert found(said, "pig_farm")[:1] == ["pig_farm"]
        assert found(said, "telecom")[:1] == ["telecom"]
    assert found("停一批再说", "pig_farm") == ["pig_farm", "", "telecom"]
    assert shelf.find("太贵", 1, "pig_farm")[0].code == "why_dearer"  # what matches best stays


def test_ten_that_mostly_worked_go_before_one_that_did() -> None:
    told = ranked_answers(
        DEAR, [Told("a", "", 1, 1), Told("d", "", 8, 10), Told("", "先试两栏", 1, 2)]
    )
    assert [one.key for one in told[:4]] == ["d", "a", OWN_WORDS, MAIN]
    assert [one.key for one in told] == [
        *("d", "a", OWN_WORDS, MAIN),
        *(key for key in DEAR.ready if key not in ("d", "a", MAIN)),
    ]
    assert (told[0].tally.worked, told[0].tally.n) == (8, 10)
    assert told[2].text == "先试两栏"


def test_what_failed_stands_behind_what_nobody_tried() -> None:
    told = ranked_answers(DEAR, [Told("main", "", 0, 1), Told("a", "", 0, 3)])
    assert [one.key for one in told[-2:]] == [MAIN, "a"]


def test_who_listens_goes_before_what_worked_elsewhere() -> None:
    styles = [one.style for one in ranked_answers(DEAR, [Told("d", "", 8, 10)], ("c", "a"))]
    served = len(DEAR.answer_c) + len(DEAR.answer_a)
    assert styles[:served] == ["c"] * len(DEAR.answer_c) + ["a"] * len(DEAR.answer_a)
    assert styles[served] == "d"


THREE = replace(DEAR, answer_c=("老吴也这么说过", "换我也嫌贵", "您媳妇怎么看"))


def test_each_answer_of_a_style_is_judged_for_itself() -> None:
    judged = [Told("c", "", 1, 4), Told("c3", "", 2, 2)]
    told = ranked_answers(THREE, judged, ("c",))[:3]
    assert [(one.key, one.style, one.text) for one in told] == [
        ("c3", "c", "您媳妇怎么看"),
        ("c", "c", "老吴也这么说过"),
        ("c2", "c", "换我也嫌贵"),
    ]
    assert [(one.tally.worked, one.tally.n) for one in told] == [(2, 2), (1, 4), (0, 0)]


def test_what_is_read_at_once_is_few() -> None:
    many = replace(THREE, answer_a=("账一", "账二"), answer_b=("先一", "先二"), answer_d=("图",))
    judged = [Told("b2", "", 0, 2), Told("a2", "", 1, 1), Told("", "自己的话", 0, 1)]

    def keys(*quadrants: str) -> tuple[list[str], list[str]]:
        first, others = parted(ranked_answers(many, judged, quadrants), quadrants)
        return [one.key for one in first], [one.key for one in others]

    assert keys() == (["a2", MAIN, "b", "c", "d"], [OWN_WORDS, "a", "b2", "c2", "c3"])
    shown, hidden = keys("c", "d")
    assert shown == ["c", "c2", "c3", "d", "a2", MAIN]
    assert sorted(hidden) == [OWN_WORDS, "a", "b", "b2"]


def test_what_was_told_stays_with_its_answer_when_lines_move_or_are_mended() -> None:
    judged = [Told("c", "老吴也这么说过", 3, 3), Told("c2", "换我也嫌贵。您算算？", 2, 2)]
    moved = replace(THREE, answer_c=("新写的一句", *THREE.answer_c))
    told = {one.text: one.tally.n for one in ranked_answers(moved, judged[:1])}
    assert (told["老吴也这么说过"], told["新写的一句"]) == (3, 0)
    told = {one.text: one.tally.n for one in ranked_answers(THREE, judged)}
    assert (told["老吴也这么说过"], told["换我也嫌贵"]) == (3, 2)  # given in a few words more
    fewer = replace(THREE, answer_c=THREE.answer_c[:1])
    assert "换我也嫌贵。您算算？" not in {one.text for one in ranked_answers(fewer, judged)}


def test_an_answer_kept_by_its_words_counts_for_the_ready_one() -> None:
    told = ranked_answers(DEAR, [Told("main", "", 1, 2), Told("", DEAR.answer, 1, 1)])
    assert (told[0].key, told[0].tally.worked, told[0].tally.n) == (MAIN, 2, 3)
    assert [one.key for one in told].count(OWN_WORDS) == 0

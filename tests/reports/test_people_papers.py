"""Profile, people sheet and organisation chart: complete inside, harmless outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.preference import Preference
from fieldsales.domain.visit import Letterhead
from fieldsales.domain.whole_brain import TYPES
from fieldsales.drawing.blocks import Prose, Said
from fieldsales.drawing.shapes import Text
from fieldsales.errors import UserError
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.reports.document import pages
from fieldsales.reports.documents import build, build_many, kind, kinds
from fieldsales.reports.make import make
from fieldsales.reports.paper import A4_FILED, LETTER, filed
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.people import (
    INTERNAL_MARKS,
    TODAY,
    crowd,
    he,
    nobody,
    own_profile,
    rich_people,
    rich_profile,
    seen_profile,
    taken,
    unknown_profile,
)
from tests.reports.visits import logo_file, sender
from tests.workspaces import add

ZH = Words("zh_CN")
PAPERS = {
    "profile rich": ("profile", rich_profile(), "internal"),
    "profile rich, handed out": ("profile", rich_profile(), "customer"),
    "profile seen": ("profile", seen_profile(), "internal"),
    "profile seen, handed out": ("profile", seen_profile(), "customer"),
    "profile unknown": ("profile", unknown_profile(), "internal"),
    "profile unknown, handed out": ("profile", unknown_profile(), "customer"),
    "profile of mine": ("profile", own_profile(), "internal"),
    "profile of mine, handed out": ("profile", own_profile(), "customer"),
    "people rich": ("people", rich_people(), "internal"),
    "people none": ("people", nobody(), "internal"),
    "people many": ("people", crowd(40), "internal"),
    "organisation rich": ("organisation", rich_people(), "internal"),
    "organisation none": ("organisation", nobody(), "internal"),
    "organisation many": ("organisation", crowd(120), "internal"),
}
HOSTILE = "<b>不要粗体</b> &amp; % {0} {name} 'DROP；“引号”（全角）！"


def text(read, code, facts, audience="internal", words=ZH):
    return read(build(code, facts, words, audience, sender(), TODAY)).text


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample territory; only read."""
    path = tmp_path_factory.mktemp("sample") / "f.db"
    with closing(Workspace.open(path, Clock(TODAY))) as workspace:
        workspace.run(LoadSample())
        yield workspace.store


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "facts", "audience"), PAPERS.values(), ids=PAPERS)
def test_each_paper_opens_with_its_parts(read, code, facts, audience, language):
    words = Words(language)
    data = build(code, facts, words, audience, sender(logo=logo_file()), TODAY)
    pdf = read(data)
    document = kind(code).compose(facts, words, audience, sender(), TODAY)
    assert squeezed(document.title) in pdf.text
    for section in document.sections:
        for part in getattr(section, "sections", (section,)):
            said = getattr(part, "title", "") or part.finding
            assert squeezed(said) in pdf.text
    assert not re.search(r"\bNone\b|\bnan\b|\{\w*\}", "".join(pdf.pages))
    assert b"Helvetica" not in data
    assert data == build(code, facts, words, audience, sender(logo=logo_file()), TODAY)


# --- what leaves the house


def test_a_client_reads_only_what_they_said_themselves(read):
    internal = text(read, "profile", rich_profile())
    assert [mark for mark in INTERNAL_MARKS if squeezed(mark) not in internal] == []
    for facts in (rich_profile(), seen_profile(), unknown_profile()):
        handed = text(read, "profile", facts, "customer")
        assert [mark for mark in INTERNAL_MARKS if squeezed(mark) in handed] == []
    handed = text(read, "profile", rich_profile(), "customer")
    for said in ("9/24（37%）", "点亮别人的人", "可以练一练", "不是能力测验", "2025-11-03"):
        assert said in handed


def test_a_clients_paper_does_not_depend_on_what_was_observed():
    facts = rich_profile()
    assert facts.row is not None
    bare = replace(facts, row=replace(facts.row, roles=(), clues=(), ratings=()), own=None)
    for one in LANGUAGES:
        made = [build("profile", f, Words(one), "customer", sender(), TODAY) for f in (facts, bare)]
        assert made[0] == made[1]


@pytest.mark.parametrize("code", ["people", "organisation", "funnel"])
def test_what_is_internal_is_refused_on_every_way(code, sample):
    facts = nobody()
    for attempt in (
        lambda: make(sample, code, "latest", ZH, "customer"),
        lambda: build(code, facts, ZH, "customer", Letterhead(), TODAY),
        lambda: build_many(code, [facts], ZH, "customer", Letterhead(), TODAY),
    ):
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "report.internal_only"


def _estimates(words: Words) -> list[str]:
    """Words by which attitudes, roles and estimates are told."""
    found = [words(f"scale.attitude.{step}") for step in (0, 1, 3, 4)]
    found += [
        words.choice("buying_role", role)
        for role in ("gatekeeper", "decision_maker", "guide", "insider")
    ]
    found += [words(f"whole_brain.sure.{sure}") for sure in ("weak", "fair", "strong")]
    found += [words("report.influence", n=n) for n in range(1, 6)]
    found += [words(f"matrix.cell.{cell}") for cell in ("outsider", "friend")]
    found += [words("report.profile.seen"), words("report.profile.gap")]
    return [squeezed(one) for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paper_for_a_customer_tells_attitudes_or_estimates(read, sample, language):
    words = Words(language)
    people = text(read, "people", rich_people(), words=words)
    assert len([one for one in _estimates(words) if one in people]) >= 4  # it can be found
    subjects = {"profile": "contact", "brief": "visit", "ffab": "worksheet"}  # else its own noun
    subjects |= {"checklist_form": "checklist", "statement": "customer"}
    for code, paper in kinds().items():
        if "customer" not in paper.AUDIENCES:
            continue
        rows = sample.rows(
            f"SELECT id FROM {subjects.get(code, code)} WHERE trashed_at IS NULL ORDER BY id"
        )
        for (row_id,) in rows[:: max(1, len(rows) // 12)]:
            told = read(make(sample, code, row_id, words, "customer").pdf).text
            assert [one for one in _estimates(words) if one in told] == [], (code, row_id)


# --- the profile


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", [*TYPES, "flat"])
def test_every_type_has_a_paper(wanted, language):
    """Whatever came out is told, with all its texts."""
    picks = [0, 0, 0, 0]
    for turn in range(24):
        leads = "abcd" if wanted == "flat" else wanted
        picks["abcd".index(leads[turn % len(leads)])] += 1
    if wanted == "abcd":
        picks = [7, 6, 6, 5]
    facts = replace(own_profile(), assessments=(taken(*picks),))
    words = Words(language)
    document = kind("profile").compose(facts, words, "customer", sender(), TODAY)
    titles = [section.title for section in document.sections]
    assert words("report.profile.practise") in titles
    assert words("report.profile.judged") in titles
    [result, *_] = document.sections
    told = whole_brain(language).types[wanted]
    assert result.blocks[0] == Prose((Said(told.name, "lead"), Said(told.gist)))
    assert pages(document, sender())


def test_the_profile_for_us_keeps_said_and_seen_apart(read):
    told = text(read, "profile", rich_profile())
    for said in (
        "自测和观察",
        "3条线索，2天看到，最近一条：12天前",  # the clue of a newer version does not count
        "决策人",
        "你偏A分析，对方偏C人情",
        "生产部",
    ):
        assert squeezed(said) in told, said
    seen = text(read, "profile", seen_profile())
    assert "看起来贺文清偏" in seen
    assert "自测日期" not in seen
    assert "还没有记过线索" in text(read, "profile", unknown_profile())


def test_without_a_role_the_advice_is_general(read):
    facts = seen_profile()
    assert facts.row is not None
    facts = replace(facts, row=replace(facts.row, roles=()))
    assert "怎么谈" in text(read, "profile", facts)
    assert "怎么谈" not in text(read, "profile", unknown_profile())


def test_the_profile_of_the_rep(read):
    told = text(read, "profile", own_profile(), "customer")
    assert squeezed(sender().seller) in told
    assert "2025-01-01" in told
    facts = replace(own_profile(), assessments=())
    assert "还没有做过自测" in text(read, "profile", facts, "customer")


# --- the people sheet


def test_the_people_sheet_tells_all_we_know(read):
    told = text(read, "people", rich_people())
    for said in (
        "3个人、1个空缺职位",
        "4类采购角色里确认了1类；还没找到采购人员、使用者",
        "来往5/5：一年里拜访9次，下单2次，其他联系4次；感情2/5；有欠缺，做得多，感情没跟上",
        "决策人（已确认）",
        "技术/财务把关者（估计）",
        "没有税务明细不付款",
        "有保留影响力3/5",
        "C人情、D开创自测2026-11-03",
        "B务实观察",
        "2026-11-193天前",
        "农历四月三十",
        "2月29日下次2027-02-28那一年没有2月29日，过28日",
        "138-0000-0001wx_he",
        "育肥舍主任中层空缺",
        "还没见过面",
        "认数据，别夸",
        "喝浓茶",
        "谈判时像鹰",
        "伙伴",
    ):
        assert squeezed(said) in told, said


def test_of_two_rows_on_a_role_the_confirmed_one_is_told(read):
    row = he()
    assumed = replace(row.roles[0], id="r0", confirmed=0, evidence="听人说的", deal_id="d1")
    facts = replace(rich_people(), rows=(replace(row, roles=(assumed, *row.roles)),))
    told = text(read, "people", facts)
    assert "决策人（已确认）试验单是他签的" in told
    assert "听人说的" not in told


def test_cards_are_printed_for_those_who_can_be_reached(read):
    data = build("people", rich_people(), ZH, "internal", sender(), TODAY)
    assert data.count(b"/Subtype /Image") == 2  # of four, one post is vacant and one has no number
    assert "名片：用手机扫一扫" in read(data).text
    rows = tuple(
        replace(row, contact=replace(row.contact, mobile="1", id=f"p{at}"))
        for at, row in enumerate(crowd(25).rows)
    )
    many = build("people", replace(crowd(0), rows=rows), ZH, "internal", sender(), TODAY)
    assert many.count(b"/Subtype /Image") == 20
    assert "另有5人没有画出来" in read(many).text


def test_what_is_remembered_is_told_however_long(read):
    row = he()
    likes = tuple(Preference(contact_id="p1", text="喜欢听数字" * 30) for _ in range(3))
    facts = replace(rich_people(), rows=(row,), noted=likes)
    assert text(read, "people", facts).count("喜欢听数字") == 90


def test_hostile_names_are_printed_as_they_are(read):
    row = he()
    contact = replace(row.contact, name=HOSTILE, title=HOSTILE)
    likes = (Preference(contact_id="p1", text=HOSTILE),)
    people = replace(rich_people(), rows=(replace(row, contact=contact),), noted=likes)
    assert text(read, "people", people).count(squeezed(HOSTILE)) >= 3
    facts = replace(rich_profile(), row=replace(row, contact=contact))
    for audience in ("internal", "customer"):
        assert text(read, "profile", facts, audience).count(squeezed(HOSTILE)) >= 2


def test_names_of_two_hundred_characters_stay_on_the_page():
    row = he()
    contact = replace(row.contact, name="欧阳" * 100, title="总" * 80)
    likes = (Preference(contact_id="p1", text="喜" * 500),)
    people = replace(rich_people(), rows=(replace(row, contact=contact),), noted=likes)
    facts = replace(rich_profile(), row=replace(row, contact=contact))
    for code, subject in (("people", people), ("organisation", people), ("profile", facts)):
        document = kind(code).compose(subject, ZH, "internal", sender(), TODAY)
        for page in pages(document, sender()):
            for shape in page.shapes:
                if isinstance(shape, Text):
                    assert 0 <= shape.x <= page.width
                    assert 0 <= shape.y <= page.height


# --- the organisation chart


def test_the_chart_lies_on_its_side_and_names_everybody(read):
    facts = crowd(120)
    document = kind("organisation").compose(facts, ZH, "internal", sender(), TODAY)
    sheets = pages(document, sender())
    assert len(sheets) > 1
    assert all(sheet.width > sheet.height for sheet in sheets)
    told = text(read, "organisation", facts)
    for sheet in range(1, len(sheets) + 1):  # every sheet says where it belongs
        assert f"第1排（共1排），从左数第{sheet}张" in told
    assert [row.contact.name for row in facts.rows if row.contact.name not in told] == []
    names = [
        shape.size for sheet in sheets for shape in sheet.shapes
        if isinstance(shape, Text) and re.fullmatch(r"员工\d+号", shape.text)
    ]  # fmt: skip
    assert min(names) >= 6.5


def test_a_small_chart_takes_one_page(read):
    assert (
        len(read(build("organisation", rich_people(), ZH, "internal", sender(), TODAY)).pages) == 1
    )
    told = text(read, "organisation", rich_people())
    for said in ("贺文清", "场长", "决策", "育肥舍主任", "空缺", "+1", "−1"):
        assert said in told


@pytest.mark.parametrize(
    "paper", [LETTER, A4_FILED, filed(LETTER)], ids=["letter", "filed", "both"]
)
@pytest.mark.parametrize(("code", "facts", "audience"), PAPERS.values(), ids=PAPERS)
def test_pictures_fit_every_sheet(code, facts, audience, paper):
    document = kind(code).compose(facts, Words("en"), audience, sender(), TODAY)
    assert pages(document, sender(), paper)


@pytest.mark.parametrize("code", ["people", "organisation", "profile"])
def test_a_name_that_cannot_be_printed_is_refused_with_its_characters(code):
    row = he()
    row = replace(row, contact=replace(row.contact, name="贺🐷文清"))
    facts = (
        replace(rich_profile(), row=row) if code == "profile" else replace(nobody(), rows=(row,))
    )
    with pytest.raises(UserError) as refused:
        build(code, facts, ZH, "internal", Letterhead(), TODAY)
    assert refused.value.code == "report.missing_glyph"
    assert refused.value.params["characters"] == "🐷"


# --- whose paper it is


def test_the_example_is_of_who_is_known_best(db_path):
    with closing(Workspace.open(db_path, Clock(TODAY))) as workspace:
        for code in ("people", "organisation"):
            with pytest.raises(UserError, match=r"cli\.report\.no_customer"):
                kind(code).example(workspace.store)
        known = add(workspace, "customer", name="海润牧业")
        somebody = add(workspace, "contact", name="贺文清", customer_id=known)
        add(workspace, "clue", contact_id=somebody, code="words_a1", seen_on="2026-11-01")
        newest = add(workspace, "customer", name="新客户")
        add(workspace, "contact", name="康小云", customer_id=newest)
        for code in ("people", "organisation"):
            assert kind(code).example(workspace.store) == known


def test_papers_of_a_file(db_path, read):
    with closing(Workspace.open(db_path, Clock(TODAY))) as workspace:
        store = workspace.store
        for code, why in (
            ("profile", "cli.report.no_profile"),
            ("people", "cli.report.no_customer"),
            ("organisation", "cli.report.no_customer"),
        ):
            with pytest.raises(UserError, match=why):
                make(store, code, "latest", ZH, "internal")
            with pytest.raises(UserError, match=r"record\.gone"):
                make(store, code, "nobody", ZH, "internal")
        assert "还没有做过自测" in read(make(store, "profile", "me", ZH, "customer").pdf).text
        customer = add(workspace, "customer", name="海润牧业")
        contact = add(workspace, "contact", name="贺文清", customer_id=customer)
        made = make(store, "people", "latest", ZH, "internal")
        assert made.file_name == "人员表-海润牧业-2026-11-22.pdf"
        assert made.customer_id == customer
        with pytest.raises(UserError, match=r"cli\.report\.no_profile"):
            make(store, "profile", "latest", ZH, "internal")
        add(workspace, "assessment", finished_at="2026-11-01T02:00:00Z")
        made = make(store, "profile", "latest", ZH, "internal")
        assert (made.customer_id, made.subject.day) == ("", None)
        add(workspace, "clue", contact_id=contact, code="words_a1", seen_on="2026-11-20")
        assert make(store, "profile", "latest", ZH, "internal").customer_id == customer
        other = add(workspace, "contact", name="康小云", customer_id=customer)
        add(workspace, "assessment", contact_id=other, finished_at="2026-10-01T02:00:00Z")
        assert "康小云" in make(store, "profile", "latest", ZH, "internal").file_name
        workspace.run(TrashRecords("contact", (other,)))
        assert "贺文清" in make(store, "profile", "latest", ZH, "internal").file_name
        with pytest.raises(UserError, match=r"record\.gone"):
            make(store, "profile", other, ZH, "internal")

"""Every kind of paper says what it was given, to those who may read it, in each language."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from fieldsales.cli import report
from fieldsales.cli._parser import Parser
from fieldsales.domain.contact import Contact
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.satisfaction import Satisfaction
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Letterhead, PersonFacts, VisitItem
from fieldsales.drawing.text import NO_LINE_START
from fieldsales.errors import UserError
from fieldsales.reports.documents import build, build_many, kind, kinds
from fieldsales.reports.make import make
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.words import LANGUAGES, Words
from tests.reports.conftest import squeezed
from tests.reports.visits import (
    INTERNAL_MARKS,
    THINKING_MARKS,
    TODAY,
    empty,
    logo_file,
    picture_file,
    rich,
    sender,
)

ZH = Words("zh_CN")
AUDIENCES = ("internal", "customer")
ABOUT_VISITS = ("brief", "visit")

NOTES = {
    "simplified": "王总说：“先试3吨！”——《试用方案》（草案）要改；下周……￥9,800、【料线】‘两栋’？",
    "traditional": "林經理說：「先試 3 公噸！」——《試用方案》（草案）要改；下週……＄9,800、『料線』、裡面？",
    "mixed": "SAP 接口（API v2.1）：see https://a.cn/x?y=1&z=2，mail wang@hairun.cn；Mr Wang’s “yes”！",
    "markup": "<b>不要粗体</b> &amp; & < > %s {0} {name} %d \\n '; DROP TABLE visit;-- ${x} `ls` #$^_~",
}


def test_the_kinds_due_are_there():
    assert {*ABOUT_VISITS, "deal", "funnel"} <= set(kinds())
    with pytest.raises(UserError) as refused:
        kind("proposal_of_marriage")
    assert refused.value.code == "report.unknown_kind"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_of_the_command_names_every_kind(lang: str):
    parser = Parser("fieldsales report", Words(lang), report.HELP)
    report.arguments(parser)
    told = re.findall(r"^  ([\w-]+) +(.+)$", parser.format_help(), re.MULTILINE)
    known = {(kind.replace("_", "-"), Words(lang)(f"report.{kind}.name")) for kind in kinds()}
    assert known <= set(told)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample territory; only read."""
    path = tmp_path_factory.mktemp("sample") / "f.db"
    with closing(Workspace.open(path)) as workspace:
        workspace.run(LoadSample())
        yield workspace.store


@pytest.mark.parametrize(
    ("code", "audience"),
    [(code, audience) for code, one in kinds().items() for audience in one.AUDIENCES],
)
def test_every_kind_keeps_the_contract(read, sample, code, audience):
    """What the folder promises of each of its modules, in each language."""
    assert ZH(f"report.{code}.name")
    paper = kind(code)
    facts = paper.gather(sample, paper.latest(sample))
    assert paper.gather(sample, paper.latest(sample)) == facts
    names = set()
    for language in LANGUAGES:
        words = Words(language)
        document = paper.compose(facts, words, audience, sender(), TODAY)
        names.add(document.name)
        data = build(code, facts, words, audience, sender(logo=logo_file()), TODAY)
        assert data == build(code, facts, words, audience, sender(logo=logo_file()), TODAY)
        pdf = read(data)
        assert squeezed(document.title) in pdf.text
        assert not re.search(r"\bNone\b|\{\w*\}", "".join(pdf.pages))
        assert b"Helvetica" not in data
        made = make(sample, code, "latest", words, audience)
        assert made.subject == paper.subject(facts)
        assert made.file_name.startswith(document.name)
    assert len(names) == len(LANGUAGES)


def test_what_is_slow_to_import_waits_for_the_first_paper():
    code = (
        "import sys; from fieldsales.reports.documents import kinds; kinds();"
        "print([name for name in ('reportlab', 'PIL', 'PySide6') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [rich(), empty()], ids=["rich", "empty"])
@pytest.mark.parametrize("code", ABOUT_VISITS)
def test_each_paper_opens_and_says_whom_it_is_about(read, code, facts, language, audience):
    words = Words(language)
    data = build(code, facts, words, audience, sender(logo=logo_file()), TODAY)
    pdf = read(data)
    assert squeezed(facts.customer.name) in pdf.text
    assert squeezed(facts.visit.place) in pdf.text
    document = kind(code).compose(facts, words, audience, sender(), TODAY)
    for section in document.sections:
        for title in (part.title for part in getattr(section, "sections", (section,))):
            assert squeezed(title) in pdf.text
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        assert squeezed(f"{document.version}{number}/{count}") in squeezed(page)
    assert "—" not in pdf.text  # nothing stands for what is not known
    assert b"Helvetica" not in data
    fonts = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+NotoSansSC-", font) for font in fonts)
    assert data.count(b"/FontFile2 ") == len(re.findall(rb"/Type /FontDescriptor", data))


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_comes_out_as_it_was_typed(read, note, language):
    facts = rich(note=note, their_action=note, our_action=f"我们：{note}", place=note)
    text = read(build("visit", facts, Words(language), "internal", sender(), TODAY)).text
    assert text.count(squeezed(note)) == 4


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES)
def test_a_brief_prints_what_was_typed(read, note):
    facts = replace(
        empty(objective=note),
        promises=(Task(title=note),),
        items=(VisitItem(kind="question", text=note), VisitItem(kind="material", text=note)),
        known_needs=(Need(text=note),),
    )
    text = read(build("brief", facts, ZH, "internal", sender(), TODAY)).text
    assert text.count(squeezed(note)) == 5


def test_the_brief_tells_how_they_think_and_what_to_do_about_it(read):
    brief = read(build("brief", rich(), ZH, "internal", sender(), TODAY)).text
    assert "A观察所得，把握不大" in brief
    for said in (
        "去年换料被老板骂过",
        "怎么谈",
        "带上：",
        "这样说：",
        "给对方看：",
        "别这样：",
        "李秀英、孙志强：留意第一句",
    ):
        assert said in brief
    # nobody is known: a word on what to notice, and nothing that is guessed
    clueless = replace(rich(), people=tuple(replace(one, clues=()) for one in rich().people))
    told = read(build("brief", clueless, ZH, "internal", sender(), TODAY)).text
    assert "观察所得" not in told
    assert "带上：" not in told
    assert "还不熟悉：" in told


@pytest.mark.parametrize("code", ABOUT_VISITS)
def test_a_customer_reads_nothing_internal(read, code):
    internal = read(build(code, rich(), ZH, "internal", sender(), TODAY)).text
    customer = read(build(code, rich(), ZH, "customer", sender(), TODAY)).text
    marks = (*INTERNAL_MARKS, *THINKING_MARKS)
    assert [mark for mark in marks if squeezed(mark) in customer] == []
    assert any(squeezed(mark) in internal for mark in INTERNAL_MARKS)
    assert "内部" not in customer


def test_the_customers_minutes_hold_promises_not_notes(read, tmp_path):
    photo = picture_file(tmp_path / "堆料.jpg")
    kept = rich(
        photos=((Attachment(id="x", name="堆料.jpg", kind="photo"), photo),),
        our_action="跟公司申请特价",
    )
    items = (VisitItem(kind="material", text="《试用方案》", done=1, answer="看着不太信"),)
    facts = replace(kept, items=items)
    internal = build("visit", facts, ZH, "internal", sender(), TODAY)
    customer = build("visit", facts, ZH, "customer", sender(), TODAY)
    for inside in ("跟公司申请特价", "看着不太信", "堆料"):
        assert inside in read(internal).text
        assert inside not in read(customer).text
    for said in ("同意在3号", "给李主管寄一份检测报告", "把试用料送到场", "《试用方案》"):
        assert said in read(customer).text
    assert b"/DCTDecode" in internal
    assert b"/DCTDecode" not in customer
    ((hidden, path),) = facts.photos
    seen = replace(hidden, id="y", name="栏舍.jpg", for_customer=1)
    facts = replace(facts, photos=((hidden, path), (seen, path)))
    customer = build("visit", facts, ZH, "customer", sender(), TODAY)
    assert "栏舍" in read(customer).text
    assert "堆料" not in read(customer).text
    assert customer.count(b"/DCTDecode") == 1


def test_what_we_promised_stands_in_the_customers_minutes_once(read):
    facts = rich()  # our action has become a promise
    minutes = read(build("visit", facts, ZH, "customer", sender(), TODAY)).text
    assert minutes.count("把试用料送到场") == 1
    assert "陈思远把试用料送到场" in minutes
    assert "2026-11-13周五" in minutes
    noted = replace(facts.follow_ups[2], kind="follow_up")
    kept = replace(facts, follow_ups=(*facts.follow_ups[:2], noted))
    assert "把试用料送到场" not in read(build("visit", kept, ZH, "customer", sender(), TODAY)).text


@pytest.mark.parametrize("code", ABOUT_VISITS)
def test_a_customer_reads_only_needs_of_the_organisation_that_somebody_there_voiced(read, code):
    said = (
        Need(text="断奶腹泻要治住", category="performance", contact_id="p1"),
        Need(text="没分类的私心：想拿回扣", contact_id="p1"),
        Need(text="怕担责任", category="safety", contact_id="p1"),
        Need(text="不在场的兽医说难", category="performance", contact_id="p9"),
    )
    facts = rich()
    facts = replace(facts, needs=said if code == "visit" else (), known_needs=said)
    told = {audience: read(build(code, facts, ZH, audience, sender(), TODAY)).text
            for audience in AUDIENCES}  # fmt: skip
    for need in said:
        assert need.text in told["internal"]
    assert [need.text for need in said if need.text in told["customer"]] == ["断奶腹泻要治住"]


def test_those_who_did_not_come_are_not_at_the_meeting(read):
    said = Need(text="账期要放宽", category="finance", contact_id="p4")  # 赵敏 was not met
    facts = replace(rich(), known_needs=(said,), needs=(said,))
    for code in ("visit", "brief"):
        text = read(build(code, facts, ZH, "customer", sender(), TODAY)).text
        assert "账期要放宽" not in text
        assert "赵敏" not in text


def test_the_internal_report_holds_it_all(read):
    text = read(build("visit", rich(), ZH, "internal", sender(), TODAY)).text
    not_there = {"42万", "订单金额", "暂时中断"}  # said otherwise, or of another visit
    assert [m for m in INTERNAL_MARKS if squeezed(m) not in text and m not in not_there] == []
    for said in (
        "进展",
        "2026-11-16周一",
        "2026-11-13周五",
        "挖掘需求",
        "¥420,000",
        "料肉比降到",
    ):
        assert said in text
    assert text.index("约定与下一步") < text.index("见到的人") < text.index("需求")
    assert text.count("把试用料送到场") == 1  # the task made of our action is not told twice


def test_what_was_scored_prints_for_the_customer_only_if_ticked(read):
    score = Satisfaction(contact_id="p1", goods=4, service=2, note="送货老迟到")
    facts = replace(rich(), satisfaction=score)
    internal = read(build("visit", facts, ZH, "internal", sender(), TODAY)).text
    for said in ("满意度", "4分（满分5分）", "没有问", "送货老迟到"):
        assert said in internal
    customer = read(build("visit", facts, ZH, "customer", sender(), TODAY)).text
    assert "满意度" not in customer
    assert "送货老迟到" not in customer
    asked = replace(facts, satisfaction=replace(score, for_customer=1))
    assert "送货老迟到" in read(build("visit", asked, ZH, "customer", sender(), TODAY)).text


def test_an_order_shows_its_amount_inside_only(read):
    facts = rich(ordered=1, amount=4_200_000, currency="CNY")
    assert "订单金额¥42,000" in read(build("visit", facts, ZH, "internal", sender(), TODAY)).text
    assert "42,000" not in read(build("visit", facts, ZH, "customer", sender(), TODAY)).text


def test_a_visit_without_agreement_says_so_inside_only(read):
    facts = replace(rich(their_action="", their_date=None, our_action=""), follow_ups=())
    assert "没有约定下一步" in read(build("visit", facts, ZH, "internal", sender(), TODAY)).text
    assert "约定" not in read(build("visit", facts, ZH, "customer", sender(), TODAY)).text


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("size", [0, 3, 30, 200])
def test_a_brief_is_one_page_whatever_is_known(read, audience, size):
    wordy = "这一条说得很长，" * 40
    facts = replace(
        rich(objective=wordy),
        people=tuple(
            PersonFacts(
                Contact(id=str(n), name=f"客户{n}", title="主管"),
                roles=("purchaser", "user"),
                influence=3,
                attitude=-2,
                needs=(Need(text=wordy, category="safety"),) * 5,
            )
            for n in range(size)
        ),
        items=tuple(VisitItem(kind="question", text=f"{n}{wordy}") for n in range(size)),
        promises=tuple(Task(title=f"{n}{wordy}", kind="promise") for n in range(size)),
        known_needs=tuple(
            Need(
                text=f"{n}{wordy}",
                statement="explicit",
                category="finance",
                contact_id=str(n),
            )
            for n in range(size)
        ),
        open_deals=rich().open_deals * size,
        complaints=rich().complaints * size,
    )
    pdf = read(build("brief", facts, ZH, audience, sender(), TODAY))
    assert len(pdf.pages) == 1
    if size > 30:
        assert re.search(r"另有\d+项没有列出", pdf.text)


def test_a_long_report_flows_over_pages(read):
    note = "".join(f"第{n}句：场里说换料以后采食量稳住了，但夜里送料没人卸车。" for n in range(175))
    word = "x" * 300
    facts = replace(
        rich(note=f"{note}\n{word}"),
        people=tuple(
            PersonFacts(Contact(id=str(n), name=f"参会人{n}号", title="场长"), met=True)
            for n in range(30)
        ),
        needs=tuple(Need(text=f"第{n}条需求：早上八点以前送到") for n in range(200)),
    )
    assert len(note) > 5000
    pdf = read(build("visit", facts, ZH, "internal", sender(), TODAY))
    assert len(pdf.pages) > 10
    furniture = [
        squeezed(f"拜访报告2026-11-09{facts.customer.name}内部版2026-11-12{n}/{len(pdf.pages)}")
        for n in range(1, len(pdf.pages) + 1)
    ]
    text = ""
    for page, foot in zip(pdf.pages, furniture, strict=True):
        shown = squeezed(page)
        assert foot in shown
        body = shown.replace(foot, "")
        for title in ("备注", "需求", "见到的人"):  # a title again where its part goes on
            body = body.removeprefix(title) if text else body
        text += body
    assert squeezed(note) in text
    assert word in text
    for n in range(200):
        assert squeezed(f"第{n}条需求：早上八点以前送到") in text
    for n in range(30):
        assert f"参会人{n}号" in text
    heads = [page for page in pdf.pages if "参会人" in page]
    assert len(heads) > 1
    assert all("采购角色" in page for page in heads)  # the table's header is repeated
    for page in pdf.pages:
        for line in page.splitlines():
            assert not line or line[0] not in NO_LINE_START


def test_what_cannot_be_printed_is_refused_with_its_place():
    facts = replace(
        rich(note="很好👍，下次再来😀"),
        needs=(
            Need(text="要快🚚", category="performance"),
            Need(text="要稳👍", category="performance"),
        ),
    )
    with pytest.raises(UserError) as refused:
        build("visit", facts, ZH, "internal", sender(), TODAY)
    assert refused.value.code == "report.missing_glyph"
    assert refused.value.params == {
        "places": "需求“要快🚚”、需求“要稳👍”、备注“很好👍，下次再来😀”",
        "characters": "🚚 👍 😀",
    }
    assert "👍" in ZH(refused.value.code, **refused.value.params)
    # the customer's version holds no note, so only the needs stand in its way
    with pytest.raises(UserError) as refused:
        build("visit", facts, ZH, "customer", sender(), TODAY)
    assert refused.value.params["places"] == "需求“要快🚚”、需求“要稳👍”"


def test_a_rare_character_is_told_by_its_field_and_the_words_around_it():
    whole = "这一句前面还有很长的一段话要说完才轮到𠮷这个字，后面也还有很多很多话没有说完"
    facts = rich(place="定边县𠮷家湾", note=whole)
    facts = replace(facts, customer=replace(facts.customer, name="𠮷野牧业"))
    with pytest.raises(UserError) as refused:
        build("visit", facts, ZH, "internal", sender(), TODAY)
    places = refused.value.params["places"]
    assert places.startswith("客户名称“𠮷野牧业”、地点“…")
    assert "定边县𠮷家湾”" in places
    assert places.endswith("备注“…很长的一段话要说完才轮到𠮷这个字，后面也还有很多很…”")


def test_a_letterhead_that_cannot_be_printed_is_refused():
    with pytest.raises(UserError) as refused:
        build("visit", empty(), ZH, "customer", sender(company="牧安🐑"), TODAY)
    assert refused.value.params == {"places": "信头“牧安🐑”", "characters": "🐑"}
    with pytest.raises(UserError) as refused:
        build("visit", empty(), ZH, "customer", sender(logo=b"GIF8 no picture"), TODAY)
    assert refused.value.code == "report.logo_unreadable"


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("code", ABOUT_VISITS)
def test_an_empty_visit_makes_a_short_sensible_paper(read, code, audience):
    pdf = read(build(code, empty(), ZH, audience, Letterhead(), TODAY))
    (page,) = pdf.pages
    assert 4 <= len([line for line in page.splitlines() if line.strip()]) <= 12
    assert "None" not in page


def test_the_file_tells_its_title_author_language_and_day(read):
    data = build("visit", rich(), Words("zh_TW"), "customer", sender(), TODAY)
    field = read(data).document.metaData
    known = {name: field(getattr(read(data).document.MetaDataField, name)) for name in
             ("Title", "Author", "Subject")}  # fmt: skip
    assert known["Title"] == "會談紀錄　定边县海润牧业有限公司　2026-11-09"
    assert known["Author"] == "陈思远"
    assert known["Subject"] == "會談紀錄"
    assert b"(zh-TW)" in data
    assert b"D:20261112" in data


def test_the_same_visit_gives_the_same_bytes(tmp_path):
    photo = picture_file(tmp_path / "现场.jpg")
    facts = rich(photos=((Attachment(id="x", name="现场.jpg"), photo),))
    first = build("visit", facts, ZH, "internal", sender(logo=logo_file()), TODAY)
    assert first == build("visit", facts, ZH, "internal", sender(logo=logo_file()), TODAY)


def test_many_reports_make_one_file_each_numbered_for_itself(read):
    all_facts = [
        replace(rich(), customer=replace(rich().customer, name=f"第{n}号养殖场")) for n in range(3)
    ]
    pdf = read(build_many("visit", all_facts, ZH, "internal", sender(), TODAY))
    alone = read(build("visit", all_facts[0], ZH, "internal", sender(), TODAY))
    each = len(alone.pages)
    assert len(pdf.pages) == 3 * each
    for n in range(3):
        for page in range(each):
            shown = squeezed(pdf.pages[n * each + page])
            assert f"第{n}号养殖场" in shown
            assert f"{page + 1}/{each}" in shown


def test_the_example_of_a_pitch_has_most_to_show(sample):
    for code, counted in (
        ("ffab", "SELECT count(*) FROM value_part WHERE worksheet_id = ?"),
        ("pitch_cards", "SELECT count(*) > 2 FROM worksheet_row WHERE worksheet_id = ?"),
        ("product", "SELECT length(description) > 100 FROM product WHERE id = ?"),
        ("spin", ("SELECT count(*) > 5 FROM visit_item i JOIN visit v ON v.id = i.visit_id"
         " WHERE i.kind = 'question' AND v.deal_id = ?")),
    ):  # fmt: skip
        about = kind(code).example(sample).removeprefix("deal:")
        assert sample.value(counted, [about]), code

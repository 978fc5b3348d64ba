"""The sample territory: every record is valid, every reference leads somewhere, and all shows."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from fieldsales.domain import deal, interaction, task, visit
from fieldsales.domain.birthday import trouble
from fieldsales.domain.clock import day_start, local_day, to_stamp
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import DEFAULT_RHYTHM, HORIZONS, serving_channel, size_class
from fieldsales.domain.feedback import STATES, state
from fieldsales.domain.fields import Kind, clean, fields
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.money.ageing import BUCKETS, bucket
from fieldsales.domain.money.proposal import Instalment, Proposal, ProposalLine
from fieldsales.domain.money.schedule import schedule
from fieldsales.domain.money.totals import totals
from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, STATEMENTS
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.profile import SHEETS, Assessment
from fieldsales.domain.satisfaction import PARTS
from fieldsales.domain.verdict import ADVANCES, Verdict
from fieldsales.domain.visit import Visit
from fieldsales.domain.whole_brain import wanting
from fieldsales.methods.checklist.content import checklists
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.resources import ROOT
from fieldsales.services.library import library

SAMPLE = ROOT / "sample"
SHIPPED = {*deal.SHIPPED_STAGES, "funnel", "store"}  # what comes with every file
TODAY = date(2026, 11, 9)
COUNTS = {
    "customer": (55, 75),
    "contact": (130, 160),
    "deal": (40, 60),
    "stage_change": (200, 350),
    "deal_member": (8, 20),
    "buying_role": (40, 80),
    "visit": (150, 190),
    "visit_person": (200, 400),
    "visit_item": (180, 400),
    "need": (60, 150),
    "need_rating": (50, 120),
    "factor_rating": (30, 80),
    "assessment": (6, 12),
    "clue": (150, 400),
    "task": (150, 320),
    "product": (12, 16),
    "price": (24, 50),
    "solution": (30, 80),
    "worksheet": (4, 8),
    "worksheet_row": (12, 30),
    "value_part": (12, 30),
    "own_entry": (5, 12),
    "checklist_result": (3, 8),
    "checklist_answer": (25, 60),
    "tag_rule": (2, 6),
    "interaction": (50, 120),
    "satisfaction": (12, 30),
    "tag": (8, 20),
    "tagging": (20, 60),
    "setting": (3, 20),
    "proposal": (3, 6),
    "proposal_line": (10, 30),
    "instalment": (4, 12),
    "receivable": (15, 30),
    "payment": (8, 20),
    "settlement": (8, 20),
    "collecting_step": (10, 25),
    "campaign": (1, 3),
    "special_day": (5, 15),
    "campaign_member": (10, 30),
}

Written = dict[str, Any]


@cache
def _territory() -> dict[str, list[Written]]:
    """Records as they stand in the files, by noun."""
    territory: dict[str, list[Written]] = {}
    for path in sorted(SAMPLE.glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        assert list(tables) == [path.stem]
        territory[path.stem] = tables[path.stem]
    return territory


def _stored(noun: str, written: Written) -> dict[str, str | int | None]:
    """A written record as the domain stores it; references keep the sample's keys as ids."""
    known = fields(NOUNS[noun])
    values: dict[str, object] = {}
    for name, value in written.items():
        if name == "key":
            continue
        field = known.get(name) or known[f"{name}_id"]
        if field.kind is Kind.MOMENT:
            local = datetime.fromisoformat(f"{_day(value)} {value['time']}")
            values[field.name] = to_stamp(local.astimezone())
        elif field.kind is Kind.DATE:
            assert list(value) == ["day"]
            values[field.name] = _day(value)
        else:
            values[field.name] = value
    return clean(NOUNS[noun], values)


def _day(value: dict[str, int]) -> str:
    return (TODAY + timedelta(days=value["day"])).isoformat()


def _keys(noun: str) -> dict[str, Written]:
    return {record["key"]: record for record in _territory()[noun] if "key" in record}


def _references() -> Iterator[tuple[str, Written, str, str]]:
    for noun, records in _territory().items():
        for field in fields(NOUNS[noun]).values():
            if field.kind is Kind.REFERENCE:
                name = field.name.removesuffix("_id")
                for record in records:
                    if name in record and record[name] not in SHIPPED:
                        yield noun, record, field.noun, record[name]


def _visits() -> list[tuple[str, Visit]]:
    return [
        (record["key"], Visit(**_stored("visit", record)))  # type: ignore[arg-type]
        for record in _territory()["visit"]
    ]


@pytest.mark.parametrize("noun", COUNTS)
def test_every_record_is_valid(noun: str) -> None:
    usual = NOUNS[noun]()
    required = {
        field.name
        for field in fields(NOUNS[noun]).values()
        if field.required and not getattr(usual, field.name)
    }
    for record in _territory()[noun]:
        stored = _stored(noun, record)
        assert required <= stored.keys(), record


@pytest.mark.parametrize(("noun", "limits"), COUNTS.items())
def test_counts(noun: str, limits: tuple[int, int]) -> None:
    low, high = limits
    assert low <= len(_territory()[noun]) <= high


def test_keys_are_unique_and_readable() -> None:
    for noun, records in _territory().items():
        keys = [record["key"] for record in records if "key" in record]
        assert len(set(keys)) == len(keys), noun
        assert all(key.isascii() and key.isidentifier() for key in keys)


def test_every_reference_leads_to_a_record() -> None:
    seen = 0
    for noun, record, target, key in _references():
        assert key in _keys(target), (noun, record)
        seen += 1
    assert seen > 1000


def test_records_of_one_story_share_the_customer() -> None:
    for noun, record, target, key in _references():
        if noun == "contact" or "customer" not in record:
            continue
        if target in ("deal", "visit", "contact"):
            assert _keys(target)[key]["customer"] == record["customer"], (noun, record)


def test_people_at_a_visit_belong_to_its_customer() -> None:
    for record in _territory()["visit_person"]:
        person = _keys("contact")[record["contact"]]
        assert person["customer"] == _keys("visit")[record["visit"]]["customer"], record


def test_every_verdict_and_state_of_a_visit_occurs() -> None:
    verdicts: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for _, record in _visits():
        states[record.state] += 1
        judgement = record.judgement
        if judgement is not None:
            verdicts[judgement.verdict] += 1
    assert set(verdicts) == set(Verdict)
    assert min(verdicts.values()) >= 5
    assert set(states) == set(visit.STATES)
    assert states["running"] == 1


def test_every_choice_shows_somewhere() -> None:
    territory = _territory()

    def used(noun: str, field: str) -> set[str]:
        return {record.get(field, "") for record in territory[noun]} - {""}

    assert used("customer", "horizon") == set(HORIZONS)
    assert used("deal", "stage") >= set(deal.STAGES)
    assert used("deal", "pipeline") == {"store"}
    assert used("deal", "lost_reason") == {*deal.LOSS_REASONS} - {"rival", "other"}
    assert used("deal_member", "role") == {*deal.MEMBER_ROLES} - {"other"}
    assert used("visit", "kind") == set(visit.KINDS)
    assert used("visit", "their_advance") == set(ADVANCES)
    assert used("visit_item", "kind") == set(visit.ITEM_KINDS)
    assert used("need", "statement") == set(STATEMENTS)
    assert used("need", "category") == {*ORGANISATION_NEEDS, *PERSONAL_NEEDS}
    assert used("task", "kind") == set(task.KINDS)
    assert used("interaction", "kind") == set(interaction.KINDS)
    signals = {record["code"] for record in territory["visit_item"] if record["kind"] == "signal"}
    assert signals == set(visit.SIGNAL_KINDS)
    sizes = {size_class(record.get("employees")) for record in territory["customer"]}
    assert sizes == {"a", "b", "c", "d", "e", ""}
    channels = {
        serving_channel(record.get("employees"), record.get("ownership", ""))
        for record in territory["customer"]
    }
    assert channels >= {"account_manager", "shared_channels", "self_service"}


def test_deals_stand_where_their_history_ends() -> None:
    histories: dict[str, list[Written]] = {}
    for change in _territory()["stage_change"]:
        histories.setdefault(change["deal"], []).append(change)
    assert set(histories) == set(_keys("deal"))
    for key, changes in histories.items():
        assert changes[-1]["to_stage"] == _keys("deal")[key]["stage"]
        assert "from_stage" not in changes[0]
        for before, after in pairwise(changes):
            assert after["from_stage"] == before["to_stage"]
            assert after["since"] == before["at"]
            assert before["at"]["day"] < after["at"]["day"] < 0
    skipped = [change for change in _territory()["stage_change"] if "missing" in change]
    assert len(skipped) > 20
    assert all(change["reason"] for change in skipped)


def test_closed_deals_say_how_they_ended() -> None:
    for record in _territory()["deal"]:
        assert ("lost_reason" in record) == (record["stage"] == "lost"), record
        assert ("lost_rival" in record) == (record["stage"] == "lost"), record
        if record["stage"] == "won":
            assert record["order_amount"] > 0
            assert record["ordered_on"]["day"] < 0


def test_tasks_are_done_due_overdue_and_snoozed() -> None:
    open_tasks = [record for record in _territory()["task"] if "done_at" not in record]
    days = [record["due"]["day"] for record in open_tasks]
    assert any(day < 0 for day in days)
    assert 0 in days
    assert any(day > 0 for day in days)
    assert any("snoozed_until" in record for record in open_tasks)
    assert any("done_at" in record for record in _territory()["task"])
    assert {record["party"] for record in open_tasks} == set(task.PARTIES)
    assert 20 <= len(open_tasks) <= 90


def test_complaints_stand_wherever_one_can() -> None:
    heard = [
        Interaction(**_stored("interaction", record))  # type: ignore[arg-type]
        for record in _territory()["interaction"]
        if record["kind"] in interaction.ANSWERED_KINDS
    ]
    assert {state(one) for one in heard if one.kind == "complaint"} == set(STATES)
    for one in heard:
        steps = (one.at, one.taken_at, one.answered_at, one.closed_at)
        done = [step for step in steps if step]
        assert done == sorted(done), one.text
        assert (one.answered_at is None) == (not one.answer) or one.closed_at, one.text


def test_scores_go_up_and_down_and_some_were_given_on_a_visit() -> None:
    scores = [_stored("satisfaction", record) for record in _territory()["satisfaction"]]
    given = {score[part] for score in scores for part in PARTS if part in score}
    assert given == {1, 2, 3, 4, 5}
    visits = dict(_visits())
    days = {score["visit_id"]: score["scored_on"] for score in scores if "visit_id" in score}
    assert len(days) >= 5
    for key, day in days.items():
        assert local_day(visits[str(key)].starts_at).isoformat() == day


def test_objections_come_from_the_library() -> None:
    text = (ROOT / "library" / "objections.toml").read_text(encoding="utf-8")
    library = tomllib.loads(text)["objection"]
    heard = [record for record in _territory()["visit_item"] if record["kind"] == "objection"]
    codes = {record["code"] for record in heard if "code" in record}
    assert len(codes) >= 15
    assert codes <= library.keys()
    new = [record for record in heard if "code" not in record]
    assert len(new) == 2  # that nobody wrote down yet, to be kept
    assert all(record["answer"] for record in new)


def test_nothing_happens_before_its_visit_or_in_the_future() -> None:
    today = TODAY.isoformat()
    start = {key: record.starts_at for key, record in _visits()}
    for key, record in _visits():
        day = local_day(record.starts_at).isoformat()
        if record.state in ("concluded", "running"):
            assert day <= today, key
        if record.state == "concluded":
            assert record.concluded_at is not None
            assert record.starts_at < record.concluded_at
        if record.state == "planned":
            assert day >= today, key
        for promised in (record.their_date, record.our_date):
            assert promised is None or promised >= day, key
    now = day_start(TODAY + timedelta(days=1))
    for written in _territory()["task"]:
        stored = _stored("task", written)
        done = stored.get("done_at")
        assert done is None or str(done) <= now, written
        if done is not None and "visit" in written:
            assert local_day(str(done)) >= local_day(start[written["visit"]]), written
    for written in _territory()["interaction"]:
        stored = _stored("interaction", written)
        assert str(stored["at"]) <= now
        closed = stored.get("closed_at")
        assert closed is None or str(stored["at"]) <= str(closed) <= now, written


def test_stories_are_rich_and_some_customers_go_cold() -> None:
    customers = _keys("customer")
    per_customer = Counter(record.customer_id for _, record in _visits())
    assert sum(count >= 10 for count in per_customer.values()) >= 2
    last: dict[str, date] = {}
    for _, record in _visits():
        if record.state == "concluded":
            day = local_day(record.starts_at)
            last[record.customer_id] = max(day, last.get(record.customer_id, day))
    cold = [
        key
        for key, record in customers.items()
        if (rhythm := DEFAULT_RHYTHM.get(record.get("horizon", ""))) is not None
        and (TODAY - last.get(key, TODAY)).days > rhythm
    ]
    assert 5 <= len(cold) < len(customers)


def test_people_are_known_well_little_and_not_at_all() -> None:
    clues = Counter(record["contact"] for record in _territory()["clue"])
    assert len(clues) >= 30
    assert max(clues.values()) >= 10
    assert min(clues.values()) == 1
    known = whole_brain("zh_CN").clues
    for record in _territory()["clue"]:
        assert record["code"] in known, record
        if "visit" in record:
            met = {"visit": record["visit"], "contact": record["contact"], "met": 1}
            assert met in _territory()["visit_person"], record
            assert record["seen_on"]["day"] == _keys("visit")[record["visit"]]["starts_at"]["day"]
    owners = Counter(record.get("contact") for record in _territory()["assessment"])
    assert (owners[None], len(owners)) == (3, 4)
    items = {item.code for sheet in SHEETS for item in whole_brain("zh_CN").items_of(sheet)}
    for record in _territory()["assessment"]:
        assessment = Assessment(**{sheet: record[sheet] for sheet in SHEETS})
        assert wanting(assessment) == {}
        assert {code for sheet in SHEETS for code in assessment.picks(sheet)} <= items


def test_birthdays_by_both_calendars_and_posts_that_nobody_holds() -> None:
    people = [Contact(**_stored("contact", one)) for one in _territory()["contact"]]  # type: ignore[arg-type]
    for person in people:
        assert not trouble(person.birthday, person.birthday_calendar), person
    calendars = Counter(person.birthday_calendar for person in people if person.birthday)
    assert min(calendars["solar"], calendars["lunar"]) >= 10
    assert any(person.birthday_leap for person in people)
    assert sum(person.vacant for person in people) >= 3


def test_the_pitch_shows_benefits_advantages_and_the_textbook_stack() -> None:
    needs = _keys("need")
    rows = _territory()["worksheet_row"]
    sheets = _keys("worksheet")
    for row in rows:
        if "need" in row:
            need = needs[row["need"]]
            assert need["statement"] == "explicit"
            assert need["customer"] == sheets[row["worksheet"]]["customer"], row
    assert {"need" in row for row in rows if sheets[row["worksheet"]].get("customer")} == {
        True,
        False,
    }
    textbook = [one["amount"] for one in _territory()["value_part"] if one["worksheet"] == "w_wean"]
    assert textbook == [200, 200, 200, 100, 300]
    assert (sheets["w_wean"]["price"], sheets["w_wean"]["currency"]) == (1_000, "USD")
    for record in _territory()["product"]:
        assert record["digest"], record
        assert record["spoken"], record


def test_money_is_owed_in_every_age_paid_in_parts_given_up_and_promised() -> None:
    debts = _keys("receivable")
    settled: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for part in _territory()["settlement"]:
        settled[part["receivable"]] += part["amount"]
        used[part["payment"]] += part["amount"]
        payment = _keys("payment")[part["payment"]]
        debt = debts[part["receivable"]]
        assert (payment["customer"], payment["currency"]) == (debt["customer"], debt["currency"])
    payments = _keys("payment")
    assert all(used[key] <= payments[key]["amount"] for key in payments)
    assert any(used[key] < payments[key]["amount"] for key in payments)
    still = {
        key: debt["amount"] - debt.get("written_off", 0) - settled[key]
        for key, debt in debts.items()
        if debt.get("kind") != "credit_note"
    }
    assert min(still.values()) == 0
    assert any(0 < still[key] < debts[key]["amount"] for key in still)
    late = {bucket(-debts[key]["due_on"]["day"]) for key, owed in still.items() if owed}
    assert late == set(BUCKETS)
    assert {debts[key]["currency"] for key, owed in still.items() if owed} == {"CNY", "USD"}
    assert any(debt.get("disputed") for debt in debts.values())
    assert any(debt.get("kind") == "credit_note" for debt in debts.values())
    promised = [
        one["promised_on"]["day"] for one in _territory()["collecting_step"] if "promised_on" in one
    ]
    assert min(promised) < 0 == sorted(promised)[sum(day < 0 for day in promised)] < max(promised)


def test_a_proposal_comes_to_what_its_deal_is_worth_and_its_parts_to_all_of_it() -> None:
    parts, lines = _territory()["instalment"], _territory()["proposal_line"]
    states = set()
    for key, record in _keys("proposal").items():
        states.add(record["state"])
        own = [
            ProposalLine(id=str(at), **_stored("proposal_line", one))  # type: ignore[arg-type]
            for at, one in enumerate(lines)
            if one["proposal"] == key
        ]
        total = totals(Proposal(**_stored("proposal", record)), own, 2).total  # type: ignore[arg-type]
        dues = [Instalment(**_stored("instalment", one)) for one in parts if one["proposal"] == key]  # type: ignore[arg-type]
        assert sum(part.amount for part in schedule(total, dues, 2, {})) == total
        amount = _keys("deal")[record["deal"]]["amount"]
        assert abs(total - amount) <= amount * 0.05, key
        if record["state"] == "ordered":
            owed = [one for one in _territory()["receivable"] if one.get("proposal") == key]
            assert sum(one["amount"] for one in owed) == total
    assert states >= {"draft", "sent", "ordered", "declined"}


def test_answers_and_techniques_were_tried_with_either_outcome() -> None:
    items = _territory()["visit_item"]
    closing = [item for item in items if item["kind"] == "closing"]
    assert {item["code"] for item in closing} == set(library("zh_CN").techniques)
    assert {item["signal"] for item in closing} <= set(library("zh_CN").signals)
    for kind in ("closing", "objection"):
        assert {"yes", "no"} <= {item.get("worked") for item in items if item["kind"] == kind}
    assert any("deal" in item for item in items)


def test_checklists_were_filled_in_as_they_ask() -> None:
    for record in _territory()["checklist_answer"]:
        result = _keys("checklist_result")[record["result"]]
        form = checklists("zh_CN")[result["checklist"]]
        assert form.title == result["title"]
        assert form.items[record["item"]].clean(record["value"]) == record["value"]


def test_texts_are_written_not_repeated() -> None:
    for noun, name in (("visit", "note"), ("need", "text"), ("interaction", "text")):
        texts = [record[name] for record in _territory()[noun] if name in record]
        assert len(set(texts)) >= 0.98 * len(texts), noun


def test_phone_numbers_and_addresses_are_fictitious() -> None:
    for record in _territory()["contact"]:
        digits = "".join(filter(str.isdigit, record.get("mobile", "1380000")))
        assert digits.startswith("1380000"), record
    for record in _territory()["customer"]:
        assert "phone" not in record or "-555" in record["phone"], record
    for noun in ("customer", "contact"):
        for record in _territory()[noun]:
            assert record.get("email", "@example.com").endswith("@example.com")


def test_the_import_sample_has_a_title_a_header_and_rows() -> None:
    with (SAMPLE / "import_customers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    title, header, body = rows[0], rows[1], rows[2:]
    assert sum(bool(cell) for cell in title) == 1
    assert {"客户名称", "联系人", "手机"} <= set(header)
    assert 20 <= len(body) <= 30
    assert all(len(row) == len(header) for row in body)
    phones = [row[header.index("手机")] for row in body]
    assert len({"".join("9" if c.isdigit() else c for c in phone) for phone in phones}) >= 4

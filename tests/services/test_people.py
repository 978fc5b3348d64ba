"""What is told of people, by operations: assessments, clues, ratings, the chart (M15–M24)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldsales.domain.clock import Clock
from fieldsales.domain.contact import Contact
from fieldsales.domain.deal import FactorRating
from fieldsales.domain.need import NeedRating
from fieldsales.domain.organisation import tree, walk
from fieldsales.domain.profile import SHEETS, Clue
from fieldsales.domain.task import Task
from fieldsales.errors import FieldError, UserError
from fieldsales.services import checkup
from fieldsales.services.operations.people import (
    AddVacantPost,
    FillPost,
    FinishAssessment,
    LeavePost,
    MoveInChart,
    PickItem,
    RateFactor,
    RateNeed,
    StartAssessment,
    TakePost,
    TickClue,
    UnpickItem,
    UntickClue,
    WorkOnFactor,
)
from fieldsales.services.operations.records import (
    AddRecord,
    EditRecord,
    RestoreSeveral,
    TrashRecords,
)
from fieldsales.services.operations.visits import LogVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.card import card
from fieldsales.store.queries.hits import hits
from fieldsales.store.queries.people import factor_ratings, people, profile
from fieldsales.store.queries.trash import trashed
from tests.workspaces import add, data


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业")


@pytest.fixture
def wang(workspace: Workspace, customer: str) -> str:
    return add(workspace, "contact", name="王建国", title="场长", customer_id=customer)


@pytest.fixture
def deal(workspace: Workspace, customer: str) -> str:
    return add(workspace, "deal", title="预混料", customer_id=customer)


def refused(workspace: Workspace, operation: object, code: str) -> UserError:
    before = data(workspace)
    with pytest.raises(UserError) as caught:
        workspace.run(operation)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert data(workspace) == before
    return caught.value


def pick(workspace: Workspace, assessment: str, sheet: str, count: int) -> None:
    for n in range(1, count + 1):
        workspace.run(PickItem(assessment, sheet, f"{sheet}_a{n}"))


def test_an_assessment_is_taken_up_after_closing_and_finished_with_eight_each(
    db_path: Path,
) -> None:
    workspace = Workspace.open(db_path)
    start = StartAssessment()
    workspace.run(start)
    pick(workspace, start.row_id, "likes", 8)
    pick(workspace, start.row_id, "career", 7)
    workspace.close()

    workspace = Workspace.open(db_path)
    refused(workspace, StartAssessment(), "assessment.begun_already")
    begun = profile(workspace.store, None).open
    assert begun is not None
    assert begun.id == start.row_id
    assert len(begun.picks("career")) == 7
    pick(workspace, begun.id, "ideal", 9)
    wrong = refused(workspace, FinishAssessment(begun.id), "assessment.too_few")
    assert wrong.params == {"sheet": 2, "n": 1, "picks": 8}
    workspace.run(PickItem(begun.id, "career", "career_d8"))
    wrong = refused(workspace, FinishAssessment(begun.id), "assessment.too_many")
    assert wrong.params == {"sheet": 3, "n": 1, "picks": 8}
    workspace.run(UnpickItem(begun.id, "ideal", "ideal_a3"))
    workspace.run(FinishAssessment(begun.id))
    done = profile(workspace.store, None)
    assert done.open is None
    [finished] = done.assessments
    assert [len(finished.picks(sheet)) for sheet in SHEETS] == [8, 8, 8]
    refused(workspace, UnpickItem(begun.id, "ideal", "ideal_a1"), "assessment.finished")
    refused(workspace, FinishAssessment(begun.id), "assessment.finished")
    workspace.undo()
    assert profile(workspace.store, None).open is not None
    assert checkup.findings(workspace.store) == []
    workspace.close()


def test_a_pick_is_undone_and_the_same_pick_counts_once(workspace: Workspace, wang: str) -> None:
    start = StartAssessment(wang)
    workspace.run(start)
    workspace.run(PickItem(start.row_id, "likes", "likes_c1"))
    workspace.run(PickItem(start.row_id, "likes", "likes_c1"))
    begun = profile(workspace.store, wang).open
    assert begun is not None
    assert begun.picks("likes") == ("likes_c1",)
    workspace.run(StartAssessment())  # the rep's own is another matter
    workspace.undo()
    workspace.undo()
    begun = profile(workspace.store, wang).open
    assert begun is not None
    assert begun.picks("likes") == ()


def test_a_clue_is_seen_in_a_visit_and_on_a_day(
    workspace: Workspace, customer: str, wang: str
) -> None:
    visit = LogVisit(customer)
    workspace.run(visit)
    first = TickClue(wang, "words_a1", visit.row_id, note="问了三次料肉比")
    workspace.run(first)
    workspace.run(TickClue(wang, "words_a1", visit.row_id))  # the same sighting
    workspace.run(TickClue(wang, "words_a1", seen_on="2026-01-05", source="told"))
    workspace.run(TickClue(wang, "words_a1", seen_on="2026-01-05", source="told"))
    told = {(clue.seen_on, clue.source, clue.note) for clue in profile(workspace.store, wang).clues}
    today = workspace.clock.today().isoformat()
    assert told == {(today, "met", "问了三次料肉比"), ("2026-01-05", "told", "")}
    workspace.run(UntickClue(first.row_id))
    refused(workspace, UntickClue(first.row_id), "record.gone")
    assert len(profile(workspace.store, wang).clues) == 1
    workspace.undo()
    assert workspace.store.record(Clue, first.row_id) is not None


def test_ratings_of_needs_keep_their_history(tmp_path: Path) -> None:
    path = tmp_path / "f.db"
    workspace = Workspace.open(path, Clock(date(2026, 10, 1)))
    customer = add(workspace, "customer", name="海润牧业")
    wang = add(workspace, "contact", name="王建国", customer_id=customer)
    other = add(
        workspace, "contact", name="外人", customer_id=add(workspace, "customer", name="乙")
    )
    workspace.run(RateNeed(customer, "recognition", 2, wang))
    workspace.run(RateNeed(customer, "recognition", 3, wang, "当众表扬过他"))
    workspace.run(RateNeed(customer, "recognition", 5, wang, rated_on="2026-10-20"))
    workspace.run(RateNeed(customer, "finance", 4))
    found = people(workspace.store, customer)
    assert [(one.rating, one.rated_on) for one in found.rows[0].ratings] == [
        (5, "2026-10-20"),
        (3, "2026-10-01"),
    ]
    assert [one.rating for one in found.ratings] == [4]
    refused(workspace, RateNeed(customer, "finance", 4, wang), "field.unknown_choice")
    refused(workspace, RateNeed(customer, "power", 4), "field.unknown_choice")
    refused(workspace, RateNeed(customer, "power", 4, other), "visit.other_customer")
    with pytest.raises(FieldError):
        workspace.run(RateNeed(customer, "finance", 6))
    assert workspace.store.records(NeedRating, "SELECT * FROM need_rating WHERE rating = 6") == []
    workspace.close()


def test_our_rating_of_a_factor_is_one_against_all_rivals(workspace: Workspace, deal: str) -> None:
    workspace.run(RateFactor(deal, "price", 3, "丰达", 4))
    workspace.run(RateFactor(deal, "price", 2, "正源", 5, "报价单"))
    workspace.run(RateFactor(deal, "trust", 4))
    workspace.run(RateFactor(deal, "price", 2, "正源", 4, "新报价单"))

    def told(one: FactorRating) -> tuple[object, ...]:
        return one.factor, one.ours, one.rival, one.theirs, one.evidence

    assert [told(one) for one in factor_ratings(workspace.store, deal)] == [
        ("price", 2, "丰达", 4, ""),
        ("price", 2, "正源", 4, "新报价单"),
        ("trust", 4, "", None, ""),
    ]


def test_the_weakest_factor_becomes_one_task(
    workspace: Workspace, customer: str, deal: str
) -> None:
    work = WorkOnFactor(deal, "请老客户说说服务", "2026-12-01")
    workspace.run(work)
    task = workspace.store.record(Task, work.row_id)
    assert task is not None
    assert (task.customer_id, task.deal_id, task.due) == (customer, deal, "2026-12-01")
    refused(workspace, WorkOnFactor(deal, "请老客户说说服务"), "factor.task_already")


def test_a_circle_in_the_chart_is_refused_by_names(workspace: Workspace, customer: str) -> None:
    def someone(name: str, above: str | None = None) -> str:
        return add(workspace, "contact", name=name, customer_id=customer, reports_to_id=above)

    boss = someone("王建国")
    middle = someone("李明", boss)
    below = someone("赵敏", middle)
    wrong = refused(workspace, MoveInChart(boss, below), "chart.circle")
    assert wrong.params == {"name": "王建国", "above": "赵敏"}
    refused(workspace, MoveInChart(boss, boss), "chart.own_superior")
    stranger = add(workspace, "contact", name="外人")
    refused(workspace, MoveInChart(stranger, boss), "chart.other_customer")
    workspace.run(MoveInChart(below, boss))
    workspace.run(MoveInChart(middle, below))
    chart = tree(row.contact for row in people(workspace.store, customer).rows)
    assert [(one.contact.name, one.depth) for one in walk(chart)] == [
        ("王建国", 0),
        ("赵敏", 1),
        ("李明", 2),
    ]
    workspace.run(MoveInChart(middle, None))
    assert len(tree(row.contact for row in people(workspace.store, customer).rows)) == 2


def test_a_vacant_post_is_no_person_until_it_is_filled(
    workspace: Workspace, customer: str, wang: str
) -> None:
    shown = card(workspace.store, customer)
    assert shown is not None
    complete = shown.row.completeness
    post = AddVacantPost(customer, "采购部长", level="middle", reports_to_id=wang)
    workspace.run(post)
    found = people(workspace.store, customer)
    assert [row.contact.name for row in found.rows] == ["采购部长", "王建国"]
    assert [row.contact.name for row in found.persons] == ["王建国"]
    shown = card(workspace.store, customer)
    assert shown is not None
    assert [one.contact.name for one in shown.people] == ["王建国"]
    assert shown.row.completeness == complete
    assert [hit.kind for hit in hits(workspace.store, "采购部长")] == []
    for operation in (
        TickClue(post.row_id, "words_a1"),
        StartAssessment(post.row_id),
        RateNeed(customer, "power", 3, post.row_id),
        LeavePost(post.row_id),
    ):
        assert refused(workspace, operation, "chart.nobody_there").params == {"name": "采购部长"}
    workspace.run(FillPost(post.row_id, "钱多多"))
    refused(workspace, FillPost(post.row_id, "孙大海"), "chart.not_vacant")
    assert [hit.title for hit in hits(workspace.store, "qianduoduo")] == ["钱多多"]
    assert len(people(workspace.store, customer).persons) == 2
    assert checkup.findings(workspace.store) == []


def test_somebody_of_the_house_takes_a_vacant_post(workspace: Workspace, customer: str) -> None:
    def someone(name: str, above: str | None = None) -> str:
        return add(workspace, "contact", name=name, customer_id=customer, reports_to_id=above)

    boss = someone("王建国")
    post = AddVacantPost(customer, "采购部长", "采购部", "middle", boss)
    workspace.run(post)
    buyer, clerk = someone("李明", post.row_id), someone("赵敏", post.row_id)

    def lines() -> dict[str, tuple[str, int]]:
        chart = tree(row.contact for row in people(workspace.store, customer).rows)
        return {one.contact.name: (one.contact.title, one.depth) for one in walk(chart)}

    before = lines()
    workspace.run(TakePost(buyer, post.row_id))
    assert lines() == {"王建国": ("", 0), "李明": ("采购部长", 1), "赵敏": ("", 2)}
    workspace.undo()
    assert lines() == before
    workspace.run(TakePost(boss, post.row_id))  # from above the post: nobody reports to themselves
    assert lines() == {"王建国": ("采购部长", 0), "李明": ("", 1), "赵敏": ("", 1)}
    refused(workspace, TakePost(clerk, buyer), "chart.not_vacant")
    stranger = add(workspace, "contact", name="外人")
    other = AddVacantPost(customer, "场长")
    workspace.run(other)
    refused(workspace, TakePost(stranger, other.row_id), "chart.other_customer")
    refused(workspace, TakePost(other.row_id, other.row_id), "chart.nobody_there")


def test_a_customer_with_vacant_posts_alone_has_nobody(workspace: Workspace, customer: str) -> None:
    shown = card(workspace.store, customer)
    assert shown is not None
    workspace.run(AddVacantPost(customer, "场长"))
    after = card(workspace.store, customer)
    assert after is not None
    assert "contact" in after.missing
    assert after.row.completeness == shown.row.completeness


def test_somebody_leaves_and_the_post_stays(workspace: Workspace, customer: str, wang: str) -> None:
    below = add(workspace, "contact", name="李明", customer_id=customer, reports_to_id=wang)
    role = add(
        workspace,
        "buying_role",
        customer_id=customer,
        contact_id=wang,
        role="decision_maker",
    )
    before = data(workspace)
    leave = LeavePost(wang)
    workspace.run(leave)
    post = workspace.store.record(Contact, leave.row_id)
    assert post is not None
    assert (post.name, post.title, post.vacant) == ("场长", "场长", 1)
    moved = workspace.store.record(Contact, below)
    assert moved is not None
    assert moved.reports_to_id == leave.row_id
    gone = workspace.store.record(Contact, wang)
    assert gone is not None
    assert (gone.name, gone.title, gone.vacant) == ("王建国", "", 0)
    assert workspace.store.value("SELECT trashed_at FROM buying_role WHERE id = ?", [role])
    workspace.undo()
    assert data(workspace) == before


def test_what_is_told_of_people_goes_with_them(
    workspace: Workspace, customer: str, wang: str
) -> None:
    workspace.run(TickClue(wang, "words_a1"))
    workspace.run(RateNeed(customer, "power", 3, wang))
    before = data(workspace)
    workspace.run(TrashRecords("contact", (wang,)))
    assert people(workspace.store, customer).rows == ()
    with pytest.raises(UserError, match=r"record\.gone"):
        profile(workspace.store, wang)
    workspace.undo()
    workspace.run(TrashRecords("customer", (customer,)))
    with pytest.raises(UserError, match=r"record\.gone"):
        people(workspace.store, customer)
    workspace.undo()
    assert data(workspace) == before


def test_an_assessment_thrown_away_lies_in_the_trash_under_its_name(
    workspace: Workspace, wang: str
) -> None:
    own, theirs = StartAssessment(), StartAssessment(wang)
    for operation in (own, theirs, TrashRecords("assessment", (own.row_id, theirs.row_id))):
        workspace.run(operation)
    names = {one.id: one.name for one in trashed(workspace.store)}
    assert names == {own.row_id: "", theirs.row_id: "王建国"}
    workspace.run(RestoreSeveral((("assessment", own.row_id), ("assessment", theirs.row_id))))
    assert profile(workspace.store, wang).open is not None


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"birthday": "02-31"}, "field.no_such_day", "birthday"),
        ({"birthday": "五月初五"}, "field.not_a_birthday", "birthday"),
        ({"birthday": "08-31", "birthday_calendar": "lunar"}, "field.no_lunar_day", "birthday"),
    ],
)
def test_a_birthday_is_a_day_of_its_calendar(
    workspace: Workspace, wang: str, values: dict[str, object], code: str, field: str
) -> None:
    for operation in (
        EditRecord("contact", wang, values),
        AddRecord("contact", {**values, "name": "李"}),
    ):
        assert refused(workspace, operation, code).params["field"] == field
    workspace.run(EditRecord("contact", wang, {"birthday": "02-30", "birthday_calendar": "lunar"}))
    wrong = EditRecord("contact", wang, {"birthday_calendar": "solar"})
    assert refused(workspace, wrong, "field.no_such_day").params["field"] == "birthday_calendar"

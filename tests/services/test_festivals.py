"""Festivals of the week ahead: which are kept, when they are near, when no more is said of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldsales.domain.clock import day_start
from fieldsales.services.almanac import festival, national_day
from fieldsales.services.festivals import TOPICS, keep, kept, near, pass_over
from fieldsales.services.greetings import tones
from fieldsales.services.operations.campaigns import CloseCampaign, StartCampaign
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import campaigns
from fieldsales.store.queries.care import in_touch
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY, Add

ZH = Words("zh_CN")


def codes(workspace: Workspace, day: str) -> list[tuple[str, str]]:
    found = near(workspace.store, ZH, date.fromisoformat(day))
    return [(one.code, one.day.isoformat()) for one in found]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-11-09", []),
        ("2026-12-24", []),
        ("2026-12-25", [("new_year", "2027-01-01")]),
        ("2027-01-01", [("new_year", "2027-01-01")]),
        ("2027-01-02", []),
        # 小年 of the north is the day before that of the south, a week before 春节
        ("2027-01-30", [("little_year_north", "2027-01-30"), ("spring", "2027-02-06")]),
        ("2026-09-24", [("mid_autumn", "2026-09-25"), ("national", "2026-10-01")]),
    ],
)
def test_they_are_spoken_of_for_a_week(
    workspace: Workspace, day: str, found: list[tuple[str, str]]
) -> None:
    assert codes(workspace, day) == found


def test_they_are_those_of_the_almanac(workspace: Workspace) -> None:
    for code in TOPICS:
        workspace.run(keep(workspace.store, code, on=True))
    for weeks in range(53):  # of the year whose leap month, the eleventh, is the hardest
        today = date(2033, 1, 1) + timedelta(days=7 * weeks)
        days = [today + timedelta(days=ahead) for ahead in range(8)]
        told = {(festival(day), day) for day in days if festival(day) in TOPICS}
        told |= {("national", day) for day in days if national_day(ZH, day)}
        told |= {("new_year", day) for day in days if (day.month, day.day) == (1, 1)}
        assert {(one.code, one.day) for one in near(workspace.store, ZH, today)} == told


def test_little_years_of_north_and_south() -> None:
    assert festival(date(2027, 1, 30)) == "little_year_north"
    assert festival(date(2027, 1, 31)) == "little_year_south"


def test_which_are_kept_is_a_setting(workspace: Workspace) -> None:
    assert "little_year_south" not in kept(workspace.store)
    workspace.run(keep(workspace.store, "little_year_south", on=True))
    workspace.run(keep(workspace.store, "little_year_north", on=False))
    assert [code for code, _ in codes(workspace, "2027-01-30")] == ["little_year_south", "spring"]
    workspace.run(pass_over(workspace.store, "spring", date(2027, 2, 6)))
    assert [code for code, _ in codes(workspace, "2027-01-30")] == ["little_year_south"]
    workspace.undo()
    assert "spring" in dict(codes(workspace, "2027-01-30"))
    assert ("spring", "2028-01-26") in codes(workspace, "2028-01-20")


def test_each_has_texts_in_each_language() -> None:
    for language in LANGUAGES:
        for topic in TOPICS.values():
            assert tones(Words(language), topic), (language, topic)


def test_once_begun_the_campaign_speaks_for_itself(workspace: Workspace, add: Add) -> None:
    values = {"name": "元旦问候", "occasion": "new_year", "due": "2027-01-01"}
    start = StartCampaign(values, (add("customer", name="海润牧业"),))
    day = date(2026, 12, 28)
    assert [one.code for one in near(workspace.store, ZH, day)] == ["new_year"]
    workspace.run(start)
    assert near(workspace.store, ZH, day) == []
    assert [one.id for one in campaigns.due(workspace.store, date(2027, 1, 1))] == [start.row_id]
    assert campaigns.due(workspace.store, date(2026, 12, 31)) == []
    workspace.run(CloseCampaign(start.row_id))
    assert campaigns.due(workspace.store, date(2027, 1, 1)) == []
    assert near(workspace.store, ZH, day) == []
    workspace.undo()
    workspace.undo()
    assert [one.code for one in near(workspace.store, ZH, day)] == ["new_year"]


def test_whom_to_greet(workspace: Workspace, add: Add) -> None:
    def called(days: int, **values: object) -> str:
        customer = add("customer", name=f"客户{days}", **values)
        at = day_start(TODAY - timedelta(days=days))
        add("interaction", customer_id=customer, kind="call", at=at)
        return customer

    near_one, far_one = called(3), called(300)
    called(500)
    called(5, kind="supplier")
    add("customer", name="没联系过")
    assert in_touch(workspace.store, TODAY - timedelta(days=365)) == [near_one, far_one]

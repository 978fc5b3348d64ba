"""People to care for stand among the things of the day, one click from who they are (M44)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.campaign import Campaign
from fieldsales.domain.clock import Clock
from fieldsales.domain.contact import Contact
from fieldsales.domain.interaction import Interaction
from fieldsales.screens import today
from fieldsales.screens.contract import Screen
from fieldsales.screens.greeting import GreetingTexts, Ways
from fieldsales.screens.today.line import Line
from fieldsales.services.birthdays import soon, upcoming
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.care import unseen
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, add


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="定边县海润牧业有限公司", short_name="海润")


@pytest.fixture
def screen(qtbot: QtBot, open_context: OpenContext) -> Callable[[], Screen]:
    context = open_context()

    def shown() -> Screen:
        made = today.build(context)
        qtbot.addWidget(made)
        made.show()
        return made

    return shown


def lines(screen: Screen, icon: str) -> dict[str, Line]:
    found = (line for line in screen.findChildren(Line) if line.isVisible())
    return {line.entry.title: line for line in found if line.entry.icon == icon}


def met(workspace: Workspace, customer: str, contact: str, days_ago: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    values = {"customer_id": customer, "state": "concluded", "starts_at": f"{day}T02:00:00Z"}
    visit = add(workspace, "visit", **values)
    add(workspace, "visit_person", visit_id=visit, contact_id=contact, met=1)


def test_birthdays_of_the_next_two_weeks_lead_to_the_person(
    workspace: Workspace, customer: str, screen: Callable[[], Screen], qtbot: QtBot
) -> None:
    wang = add(
        workspace,
        "contact",
        name="王建国",
        title="场长",
        customer_id=customer,
        birthday="1974-11-11",
    )
    add(workspace, "contact", name="李秀英", customer_id=customer, birthday="11-24")
    page = screen()
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    [line] = lines(page, "gift").values()
    assert line.entry.title == "王建国"
    assert line.entry.subtitle == "海润 · 场长 · 满 52 岁"
    assert line.entry.when == "2 天后"
    qtbot.mouseClick(line.focusProxy(), Qt.MouseButton.LeftButton)
    assert opened == [("contact", wang)]
    workspace.run(TrashRecords("contact", (wang,)))
    assert lines(page, "gift") == {}


@pytest.mark.parametrize(
    ("today_is", "born", "calendar", "kept"),
    [
        ("2026-11-09", "1980-11-23", "solar", "2026-11-23"),  # the last day of the window
        ("2026-12-25", "01-05", "solar", "2027-01-05"),  # beyond the end of the year
        ("2027-02-20", "1992-02-29", "solar", "2027-02-28"),  # no such day this year
        ("2026-11-09", "1970-10-08", "lunar", "2026-11-16"),
        ("2027-01-25", "1970-12-30", "lunar", "2027-02-05"),  # a month of 29 days
    ],
)
def test_birthdays_of_both_calendars_come_up(
    db_path: Path, today_is: str, born: str, calendar: str, kept: str
) -> None:
    with_clock = Workspace.open(db_path, Clock(date.fromisoformat(today_is)))
    add(with_clock, "contact", name="王建国", birthday=born, birthday_calendar=calendar)
    add(with_clock, "contact", name="李秀英", birthday="06-30", birthday_calendar=calendar)
    [(somebody, birthday)] = soon(with_clock.store, 14)
    assert (somebody.contact.name, birthday.day.isoformat()) == ("王建国", kept)
    with_clock.close()


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("zh_CN", "那个月只有二十九天，过二十九"),
        ("zh_TW", "那個月只有二十九天，過二十九"),
        ("en", "that month has 29 days: kept on the 29th"),
    ],
)
def test_the_moons_thirtieth_comes_up_on_the_29th_and_says_so(
    db_path: Path, open_context: OpenContext, qtbot: QtBot, lang: str, why: str
) -> None:
    file = Workspace.open(db_path, Clock(date(2027, 2, 3)))
    house = add(file, "customer", name="海润")
    born = {"birthday": "12-30", "birthday_calendar": "lunar"}
    add(file, "contact", name="王建国", customer_id=house, **born)
    page = today.build(open_context(lang, file=file))
    qtbot.addWidget(page)
    page.show()
    line = lines(page, "gift")["王建国"]
    assert why in line.entry.subtitle
    assert line.entry.when_tooltip == page.context.words.dated(date(2027, 2, 5))
    file.close()


def test_nobody_is_overlooked_whatever_the_day(workspace: Workspace) -> None:
    """Asking the file for a few days finds whom going through everybody finds."""
    days = ["02-29", "02-28", "01-01", "12-31", "07-04", "12-30", "12-29", "06-30", "06-01"]
    people = [
        {"name": f"{day} {calendar} {leap}", "birthday": day, "birthday_calendar": calendar}
        | {"birthday_leap": leap}
        for day in days
        for calendar, leap in (("solar", 0), ("lunar", 0), ("lunar", 1))
        if (calendar, day) != ("lunar", "12-31")
    ]
    for values in people:
        add(workspace, "contact", **values)
    contacts = workspace.store.records(Contact, "SELECT * FROM contact ORDER BY id")
    for ahead in range(0, 730, 9):
        day = TODAY + timedelta(days=ahead)
        workspace.store.clock = Clock(day)
        found = [(one.contact.id, birthday) for one, birthday in soon(workspace.store, 14)]
        assert found == [(one.id, birthday) for one, birthday in upcoming(contacts, day, 14)]


def test_who_decides_and_was_long_not_met_is_shown(
    workspace: Workspace, customer: str, screen: Callable[[], Screen]
) -> None:
    people = {
        name: add(workspace, "contact", name=name, customer_id=customer)
        for name in ("魏东升", "贺文清", "任鹏飞", "康小云", "范振华")
    }
    for name, role, influence, days in (
        ("魏东升", "decision_maker", None, 61),
        ("贺文清", "decision_maker", None, 59),  # not yet
        ("任鹏飞", "user", 2, 100),  # of no weight
        ("康小云", "gatekeeper", 4, 100),
    ):
        values = {"customer_id": customer, "contact_id": people[name], "role": role}
        add(workspace, "buying_role", influence=influence, **values)
        met(workspace, customer, people[name], days)
    never = {"customer_id": customer, "contact_id": people["范振华"], "role": "decision_maker"}
    add(workspace, "buying_role", **never)
    since = TODAY - timedelta(days=60)
    assert unseen(workspace.store, since) == ()  # nothing is being sold there
    deal = add(workspace, "deal", title="年单", customer_id=customer, stage="value")
    found = lines(screen(), "person")
    assert {name: line.entry.when for name, line in found.items()} == {
        "康小云": "100 天没见",
        "魏东升": "61 天没见",
    }
    workspace.run(TrashRecords("deal", (deal,)))
    assert unseen(workspace.store, since) == ()


def test_a_birthday_offers_its_greeting_in_place(
    workspace: Workspace, customer: str, screen: Callable[[], Screen], qtbot: QtBot
) -> None:
    values = {"name": "王建国", "title": "场长", "birthday": "11-11", "email": "wang@example.com"}
    wang = add(workspace, "contact", customer_id=customer, **values)
    page = screen()
    told: list[Message] = []
    page.context.told.connect(told.append)
    [line] = lines(page, "gift").values()
    qtbot.keyClick(line.focusProxy(), Qt.Key.Key_G)
    texts = line.findChild(GreetingTexts)
    assert texts.occasion == "birthday"
    assert texts.shown
    assert all("王场长" in text for text in texts.shown)
    ways = texts.findChildren(Ways)[0]
    ways.code.click()
    assert ways.picture.isVisibleTo(texts)
    ways.copy.click()
    assert QGuiApplication.clipboard().text() == texts.shown[0]
    act = told[-1].act
    assert act is not None
    act()  # note as sent
    [sent] = workspace.store.records(Interaction, "SELECT * FROM interaction")
    assert (sent.kind, sent.contact_id, sent.text) == ("message", wang, texts.shown[0])
    [line] = lines(page, "gift").values()
    qtbot.keyClick(line.focusProxy(), Qt.Key.Key_G)
    texts = line.findChild(GreetingTexts)
    qtbot.keyClick(texts, Qt.Key.Key_Escape)
    assert not texts.isVisibleTo(page)


def test_a_greeting_is_mailed_by_the_computers_own_program(
    workspace: Workspace,
    customer: str,
    screen: Callable[[], Screen],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = {"name": "王建国", "title": "场长", "birthday": "11-11", "email": "wang@example.com"}
    add(workspace, "contact", customer_id=customer, **values)
    links: list[str] = []
    can = [True, False]
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: (links.append(url.toString()), can.pop(0))[1]
    )
    page = screen()
    told: list[Message] = []
    page.context.told.connect(told.append)
    [line] = lines(page, "gift").values()
    qtbot.keyClick(line.focusProxy(), Qt.Key.Key_G)
    ways = line.findChildren(Ways)[0]
    ways.mail.click()
    assert links[0].startswith("mailto:wang@example.com?subject=")
    assert "&body=" in links[0]
    assert "邮件已写好" in told[-1].text
    ways.mail.click()  # a computer without one
    assert "已复制" in told[-1].text
    assert QGuiApplication.clipboard().text() == line.findChild(GreetingTexts).shown[0]


def test_a_complaint_opens_where_it_is_answered(
    workspace: Workspace, customer: str, screen: Callable[[], Screen], qtbot: QtBot
) -> None:
    one = add(
        workspace,
        "interaction",
        customer_id=customer,
        kind="complaint",
        text="料里有霉味",
        at="2026-11-08T02:00:00Z",
    )
    page = screen()
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    [line] = lines(page, "warning").values()
    qtbot.mouseClick(line.focusProxy(), Qt.MouseButton.LeftButton)
    assert opened == [("feedback", one)]


def test_days_kept_stand_in_today_and_the_calendar_and_offer_their_greeting(
    workspace: Workspace, customer: str, screen: Callable[[], Screen], qtbot: QtBot
) -> None:
    add(workspace, "contact", name="王建国", title="场长", customer_id=customer)
    values = {"kind": "founding", "day": "2006-11-12", "note": "每年请客"}
    one = add(workspace, "special_day", customer_id=customer, **values)
    page = screen()
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    [line] = lines(page, "star").values()
    assert line.entry.title == "海润 · 成立纪念日"
    assert line.entry.subtitle == "满 20 年 · 每年请客"
    qtbot.keyClick(line.focusProxy(), Qt.Key.Key_G)
    texts = line.findChild(GreetingTexts)
    assert texts.occasion == "founding"
    assert "海润" in texts.shown[0]  # to who decides there
    qtbot.mouseClick(line.focusProxy(), Qt.MouseButton.LeftButton)
    assert opened == [("special_day", one)]
    page.show_view("week")
    items = [item.title for item in page.calendar.view.items]
    assert "海润 · 成立纪念日" in items


def test_a_festival_opens_its_greetings_and_says_how_far_they_are(
    tmp_path: Path, open_context: OpenContext, qtbot: QtBot
) -> None:
    workspace = Workspace.open(tmp_path / "december.db", Clock(date(2026, 12, 28)))
    customer = add(workspace, "customer", name="海润牧业")
    add(workspace, "contact", name="王建国", customer_id=customer)
    add(workspace, "interaction", customer_id=customer, kind="call", at="2026-12-01T02:00:00Z")
    page = today.build(open_context(file=workspace))
    qtbot.addWidget(page)
    page.show()
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    [line] = [one for one in lines(page, "calendar").values() if one.entry.kind == "festival"]
    assert (line.entry.title, line.entry.when) == ("元旦", "4 天后")
    assert line.entry.subtitle == "一年内联系过的 1 家还没问候"
    qtbot.keyClick(line.focusProxy(), Qt.Key.Key_Return)
    [(kind, row_id)] = opened
    campaign = workspace.store.record(Campaign, row_id)
    assert kind == "campaign"
    assert campaign is not None
    assert (campaign.name, campaign.occasion, campaign.due) == (
        "元旦问候 2027",
        "new_year",
        "2027-01-01",
    )
    assert "元旦" not in lines(page, "calendar")
    line = lines(page, "message")["元旦问候 2027"]
    assert line.entry.subtitle == "已联系 0 / 1（0 %），还剩 1"
    qtbot.mouseClick(line.focusProxy(), Qt.MouseButton.LeftButton)
    assert opened[-1] == ("campaign", row_id)
    qtbot.keyClick(lines(page, "message")["元旦问候 2027"].focusProxy(), Qt.Key.Key_D)
    assert "元旦问候 2027" not in lines(page, "message")
    workspace.undo()
    assert "元旦问候 2027" in lines(page, "message")
    workspace.undo()  # the campaign
    qtbot.keyClick(lines(page, "calendar")["元旦"].focusProxy(), Qt.Key.Key_D)
    assert "元旦" not in lines(page, "calendar")
    workspace.undo()
    assert "元旦" in lines(page, "calendar")
    workspace.close()

"""The list, the profiles, the clues and the advice, by what a rep does there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock
from fieldsales.screens.profile.person import ADVICE, CLUES
from fieldsales.services.operations.people import StartAssessment
from fieldsales.services.operations.records import EditRecord, RestoreRecords, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import people
from tests.screens.profile.conftest import Assess, Show, Shown, press, settle, texts
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import TODAY, add

Tick = Callable[..., None]


def _row(shown: Shown, code: str):  # type: ignore[no-untyped-def]
    row = shown.screen.person.ticks.rows.row(code)
    assert row is not None
    return row


# --- the list


def test_i_come_first_then_whoever_was_told_of_last(
    show: Show, workspace: Workspace, customer: str, wang: str, assess: Assess, tick: Tick
) -> None:
    li = add(workspace, "contact", name="李梅", customer_id=customer)
    add(workspace, "contact", name="没人说起", customer_id=customer)
    tick(wang, "words_a1", "desk_a1", day="2026-10-01")
    tick(li, "words_c1", day="2026-11-08")
    shown = show()
    assert shown.names == [
        "我 还没自测",
        "李梅 观察 C · 把握小 海润牧业",
        "王建国 观察 A · 把握小 海润牧业 · 采购经理",
    ]
    assess(wang)
    assert shown.names[1] == "王建国 自测 A 观察 A · 把握小 海润牧业 · 采购经理"


def test_anybody_is_found_by_pinyin(show: Show, qtbot: QtBot, wang: str) -> None:
    shown = show()
    assert len(shown.names) == 1
    qtbot.keyClicks(shown.screen.people.search, "wangjianguo")
    qtbot.keyClick(shown.screen.people.search, Qt.Key.Key_Return)
    assert shown.names == ["王建国 海润牧业 · 采购经理"]
    assert shown.screen.desk.contact_id == wang
    qtbot.keyClicks(shown.screen.people.search, "xx")
    qtbot.keyClick(shown.screen.people.search, Qt.Key.Key_Return)
    assert "没有找到这个人。" in texts(shown.screen.people)


def test_a_person_is_shown_from_elsewhere(show: Show, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    assert "还不知道王建国怎么想。" in texts(shown.screen.person)
    press(shown.screen.person, "海润牧业 · 采购经理")
    assert shown.opened == [("contact", wang)]


# --- what is known


def test_the_first_empty_page_invites_to_begin(show: Show, workspace: Workspace) -> None:
    shown = show()
    assert "先看看自己怎么想，才知道和客户差在哪。" in texts(shown.screen.person)
    press(shown.screen.person, "开始自测")
    assert people.profile(workspace.store, None).open is not None


def test_earlier_results_are_chosen_and_overlaid(show: Show, assess: Assess) -> None:
    first = assess(None, "a" * 24)
    assess(None, "d" * 24)
    shown = show()
    result = shown.screen.person.portrait.result
    assert "偏 D" in result.picture.picture.accessibleName()
    with_both = result.picture.picture.grab().toImage()
    result.overlay.click()
    assert result.picture.picture.grab().toImage() != with_both
    result.results.choose(first)
    assert "偏 A" in result.picture.picture.accessibleName()
    assert shown.context.words("profile.practise") in texts(result)


def test_told_and_seen_stand_apart_and_are_compared(
    show: Show, wang: str, assess: Assess, tick: Tick
) -> None:
    assess(wang, "a" * 24)
    tick(wang, "words_c1", "first_c1", "desk_c1")
    shown = show()
    shown.choose("王建国")
    portrait = shown.screen.person.portrait
    assert portrait.both.isVisible()
    assert "差得最多的是 A" in portrait.both.finding.text()
    assert "偏 A" in portrait.result.picture.picture.accessibleName()
    assert "看起来王建国偏 C" in portrait.seen.finding.text()
    assert portrait.seen.grounds.text() == "把握不大：3 条线索，1 天看到，最近一条：8 天前"


def test_a_clue_after_the_clock_was_set_back_is_dated_plainly(
    show: Show, wang: str, tick: Tick, db_path: Path
) -> None:
    tick(wang, "words_a1", day="2026-11-09")
    earlier = Workspace.open(db_path, Clock(date(2026, 3, 1)))
    shown = show(file=earlier)
    shown.choose("王建国")
    assert shown.screen.person.portrait.seen.grounds.text().endswith("最近一条：2026-11-09")
    earlier.close()


def test_print_and_about_lead_to_paper_and_help(show: Show, wang: str, assess: Assess) -> None:
    assess(None)
    assess(wang)
    shown = show()
    shown.screen.person.print.click()
    shown.choose("王建国")
    shown.screen.person.print.click()
    press(shown.screen.person, "这套方法能说明什么")
    assert shown.opened == [
        ("paper", "profile:me"),
        ("paper", f"profile:{wang}"),
        ("help", "m21"),
    ]


# --- clues


def test_clues_are_ticked_with_day_and_source_and_taken_back(
    show: Show, qtbot: QtBot, workspace: Workspace, wang: str
) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    press(shown.screen.person, "记线索")
    ticks = shown.screen.person.ticks
    assert ticks.search.hasFocus()
    ticks.day.setText("11-02")
    ticks.day.textEdited.emit("11-02")
    ticks.source.choose("told")
    _row(shown, "words_b1").tick.box.click()
    [clue] = people.profile(workspace.store, wang).clues
    assert (clue.code, clue.seen_on, clue.source) == ("words_b1", "2026-11-02", "told")
    assert _row(shown, "words_b1").tick.below.text() == "11月2日 · 听别人说"
    assert "1 条线索，1 天看到，最近一条：7 天前" in ticks.grounds.text()
    _row(shown, "words_b1").tick.box.click()
    assert not people.profile(workspace.store, wang).clues
    assert not _row(shown, "words_b1").tick.box.isChecked()
    undo = shown.told[-1].act
    assert undo is not None
    undo()
    assert _row(shown, "words_b1").tick.box.isChecked()


def test_a_clue_seen_again_counts_as_another_day(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    tick(wang, "words_a1", day="2026-10-01")
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_clues()
    press(_row(shown, "words_a1"), "又看到了")
    days = [clue.seen_on for clue in people.profile(workspace.store, wang).clues]
    assert days == ["2026-11-09", "2026-10-01"]
    assert not _row(shown, "words_a1").again.isVisible()
    _row(shown, "words_a1").tick.box.click()
    assert [clue.seen_on for clue in people.profile(workspace.store, wang).clues] == ["2026-10-01"]
    assert _row(shown, "words_a1").tick.box.isChecked()


def test_what_is_yet_to_come_was_not_seen(show: Show, workspace: Workspace, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_clues()
    shown.screen.person.ticks.day.set_day(date(2026, 12, 24))
    _row(shown, "words_a1").tick.box.click()
    assert people.profile(workspace.store, wang).clues[0].seen_on == "2026-11-09"


def test_clues_are_searched_over_all_categories(show: Show, qtbot: QtBot, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_clues()
    ticks = shown.screen.person.ticks
    ticks.search.setText("数")
    qtbot.keyClick(ticks.search, Qt.Key.Key_Return)
    found = ticks.rows.keys()
    assert len({code.split("_")[0] for code in found}) > 1
    assert _row(shown, found[0]).tick.box.hasFocus()
    qtbot.keyClick(_row(shown, found[0]).tick.box, Qt.Key.Key_Space)
    assert shown.screen.desk.facts.clues[0].code == found[0]
    ticks.search.setText("没有这样的词")
    qtbot.keyClick(ticks.search, Qt.Key.Key_Return)
    assert "没有这样的线索。换个词试试。" in texts(ticks)


def test_a_tick_that_cannot_be_kept_is_taken_off(
    show: Show, workspace: Workspace, wang: str
) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_clues()
    with workspace.store.write_lock:
        _row(shown, "words_a1").tick.box.click()
    assert not _row(shown, "words_a1").tick.box.isChecked()
    assert shown.told


def test_a_sighting_is_taken_back_where_it_is_read(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    tick(wang, "words_a1", "desk_a1")
    shown = show()
    shown.choose("王建国")
    seen = shown.screen.person.portrait.seen
    seen.rows.row(seen.rows.keys()[0]).remove.click()
    assert len(people.profile(workspace.store, wang).clues) == 1
    assert len(seen.rows.keys()) == 1


# --- advice


def test_advice_says_how_i_lie_to_them_and_what_helps_by_role(
    show: Show, workspace: Workspace, customer: str, wang: str, assess: Assess, tick: Tick
) -> None:
    assess(None, "a" * 24)
    tick(wang, "words_c1", "first_c1")
    add(
        workspace, "buying_role", customer_id=customer, contact_id=wang, role="decision_maker"
    )  # fmt: skip
    shown = show()
    shown.choose("王建国")
    shown.screen.person.show_view(ADVICE)
    part = shown.screen.person.advice
    brain = shown.screen.desk.brain
    assert part.gap.finding.text() == "你偏 A 分析，王建国偏 C 人情"
    said = texts(part)
    assert brain.gap("a", "c").tell in said
    assert brain.advice_for("c", "decision_maker").bring in said
    assert "依据观察：把握不大" in said
    part.advice.roles.choose("general")
    assert brain.advice_for("c").avoid in texts(part)


def test_without_my_own_result_advice_invites_to_it(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    tick(wang, "words_c1")
    shown = show()
    shown.choose("王建国")
    shown.screen.person.show_view(ADVICE)
    press(shown.screen.person.advice, "现在就做")
    assert people.profile(workspace.store, None).open is not None
    assert shown.screen.taking.isVisible()


def test_advice_on_nobody_known_asks_for_clues(show: Show, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_view(ADVICE)
    press(shown.screen.person.advice, "记线索")
    assert shown.screen.person.view == CLUES


# --- several


def test_several_are_shown_together_six_at_most(
    show: Show, workspace: Workspace, customer: str, assess: Assess
) -> None:
    assess(None, "a" * 24)
    for at, quadrants in enumerate(("b" * 24, "c" * 24, "d" * 24, "b" * 24, "c" * 24, "d" * 24)):
        assess(add(workspace, "contact", name=f"客户{at}", customer_id=customer), quadrants)
    shown = show()
    shown.choose("我", "客户0")
    together = shown.screen.together
    assert "2 个人一起看" in texts(together)
    assert together.gap.finding.text() == "你偏 A 分析，客户0偏 B 务实"
    assert not together.meeting.isVisible()
    shown.choose("客户0", "客户1")
    assert together.meeting.isVisible()
    meeting = shown.screen.desk.brain.meeting("bc")
    assert meeting is not None
    assert meeting.open in texts(together)
    shown.choose("我", *(f"客户{at}" for at in range(6)))
    assert "选了 7 个人，一张图最多放 6 个，这里是前 6 个。" in texts(together)
    keys = together.picture.picture.keys
    assert len(keys) == 6
    together.picture.clicked.emit(keys[2])
    assert shown.screen.detail.currentWidget() is shown.screen.person


def test_who_is_not_known_yet_is_named_beside_the_picture(
    show: Show, qtbot: QtBot, workspace: Workspace, wang: str, assess: Assess
) -> None:
    assess(None)
    workspace.run(StartAssessment(wang))
    shown = show()
    shown.choose("我", "王建国")
    assert "还不知道怎么想：王建国" in texts(shown.screen.together)
    qtbot.keyClick(shown.screen.together, Qt.Key.Key_Escape)
    assert shown.screen.detail.currentWidget() is shown.screen.person


def test_of_several_of_whom_one_alone_is_left_that_one_is_shown(
    show: Show, workspace: Workspace, wang: str, assess: Assess
) -> None:
    assess(None, "a" * 24)
    assess(wang, "b" * 24)
    shown = show()
    shown.choose("我", "王建国")
    workspace.run(TrashRecords("contact", (wang,)))
    assert shown.screen.detail.currentWidget() is shown.screen.person
    assert shown.screen.desk.contact is None


# --- what happens meanwhile


def test_a_person_trashed_while_shown_is_said_to_be_gone_and_comes_back(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    tick(wang, "words_a1")
    shown = show()
    shown.choose("王建国")
    workspace.run(TrashRecords("contact", (wang,)))
    assert shown.screen.detail.currentWidget() is shown.screen.gone
    workspace.run(RestoreRecords("contact", (wang,)))
    assert shown.screen.detail.currentWidget() is shown.screen.person
    workspace.run(TrashRecords("contact", (wang,)))
    press(shown.screen.gone, "看看自己的")
    assert shown.screen.desk.contact is None
    assert shown.screen.detail.currentWidget() is shown.screen.person


def test_a_person_erased_while_clues_are_ticked_is_gone(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    from fieldsales.services.erasing import erase

    tick(wang, "words_a1")
    shown = show()
    shown.choose("王建国")
    shown.screen.person.show_clues()
    erase(workspace, wang)
    shown.screen.refresh()
    assert shown.screen.detail.currentWidget() is shown.screen.gone
    assert shown.names == ["我 还没自测"]


def test_a_person_who_moves_is_shown_at_the_new_customer(
    show: Show, workspace: Workspace, wang: str, tick: Tick
) -> None:
    tick(wang, "words_a1")
    other = add(workspace, "customer", name="绿源养殖")
    shown = show()
    shown.choose("王建国")
    workspace.run(EditRecord("contact", wang, {"customer_id": other}))
    assert shown.screen.person.who.full_text() == "绿源养殖 · 采购经理"
    assert "绿源养殖" in shown.names[1]


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en", "pseudo"])
def test_nothing_is_cut_off(show: Show, workspace: Workspace, qtbot: QtBot, lang: str) -> None:
    workspace.run(LoadSample(), wait=5)
    shown = show((1290, 720), lang)
    shown.screen.show_example()
    for view in ("portrait", CLUES, ADVICE):
        shown.screen.person.show_view(view)
        wait_until_all_fits(qtbot, shown.screen)
    shown.screen.test()
    wait_until_all_fits(qtbot, shown.screen)


def test_a_long_name_stays_in_its_place(
    show: Show, workspace: Workspace, customer: str, tick: Tick
) -> None:
    long = "长" * 200
    tick(add(workspace, "contact", name=long, customer_id=customer), "words_a1")
    shown = show((1000, 700))
    shown.choose("长")
    for view in ("portrait", CLUES, ADVICE):
        shown.screen.person.show_view(view)
        settle()
    assert shown.screen.minimumSizeHint().width() <= 1000


def test_today_is_the_day_unless_another_is_chosen(show: Show, wang: str) -> None:
    shown = show()
    shown.screen.show_record("profile", wang)
    shown.screen.person.show_clues()
    assert shown.screen.person.ticks.day.day() == TODAY

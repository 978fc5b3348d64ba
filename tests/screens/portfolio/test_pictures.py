"""Pictures of the portfolio by what a user does: press, draw around, go through by keys, edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock
from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Arc, Box
from fieldsales.screens.pictures import PicturesPage
from fieldsales.screens.portfolio.page import PortfolioScreen
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.portfolio import renew
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.brush import BrushPicture
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.customers.conftest import type_text
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add

SECTIONS = ("value", "growth", "resources", "relations", "outcomes", "indicators")


def page_of(shown: Shown) -> PicturesPage:
    assert isinstance(shown.page, PicturesPage)
    return shown.page


def spot(page: PicturesPage, key: str) -> QPoint:
    """Where a part can be pressed, upon nothing else."""
    picture, view = page.block.picture._picture, page.block.picture
    assert picture is not None
    for shape in picture.shapes:
        if shape.key == key and isinstance(shape, Box | Arc):
            rect, factor = bounds(shape), view.factor()
            for part in (0.5, 0.95):
                x = (rect.left + part * rect.width) * factor
                y = (rect.top + 0.5 * rect.height) * factor
                if view.key_at(x, y) == key:
                    return QPoint(round(x), round(y))
    raise AssertionError(key)


def click(page: PicturesPage, key: str) -> None:
    QTest.qWait(50)  # what was shown before takes its place, a turn for each level
    QTest.mouseClick(page.block.picture, Qt.MouseButton.LeftButton, pos=spot(page, key))


def names(page: PicturesPage) -> list[str]:
    model = page.behind.list.model
    return [model.row(at).title for at in range(model.rowCount())]


def closed(add: Add, name: str, stage: str, amount: int, **more: object) -> str:
    customer = add("customer", name=name, source=more.pop("source", "web"))
    lost = {"lost_reason": "price", "lost_rival": "none"} if stage == "lost" else {}
    won = {"order_amount": amount, "ordered_on": "2026-10-01"} if stage == "won" else {}
    values = {"amount": amount, "stage": stage, **lost, **won, **more}
    add("deal", title=f"{name}的单", customer_id=customer, **values)
    return customer


def test_a_bar_lists_its_customers_and_esc_lists_everybody(
    show_portfolio: ShowPortfolio, add: Add
) -> None:
    closed(add, "海润牧业", "lost", 900_00)
    closed(add, "金穗商贸", "lost", 100_00, lost_reason="service", lost_rival="双禾")
    page = page_of(show_portfolio("outcomes"))
    assert names(page) == ["海润牧业", "金穗商贸"]
    click(page, "of:service")
    assert names(page) == ["金穗商贸"]
    QTest.keyClick(page.behind.list, Qt.Key.Key_Escape)
    assert names(page) == ["海润牧业", "金穗商贸"]


def test_the_pictures_look_back_to_a_day_and_return(
    show_portfolio: ShowPortfolio, add: Add, workspace: Workspace
) -> None:
    """What was edited, thrown away or added since counts as it was."""
    now, workspace.store.clock = workspace.store.clock, Clock(date(2026, 6, 1))
    first, second = (add("customer", name=name) for name in ("海润牧业", "金穗商贸"))
    add("sale", customer_id=first, dated="2026-05-31", amount=100_000_00)
    sale = add("sale", customer_id=second, dated="2026-05-31", amount=300_000_00)
    workspace.store.clock = now
    workspace.run(EditRecord("sale", sale, {"amount": 50_000_00}))
    add("sale", customer_id=first, dated="2026-10-31", amount=900_000_00)
    shown = show_portfolio("value")
    assert isinstance(shown.screen, PortfolioScreen)
    page, as_of = page_of(shown), shown.screen.as_of
    page.show_picture("ranking")
    assert names(page) == ["海润牧业", "金穗商贸"]
    page.past.click()
    line = as_of.editor.target()
    type_text(line, "2026-06-30")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert names(page) == ["金穗商贸", "海润牧业"]
    assert "2026-06-30" in page.notes.text()
    page.show_picture("pyramid")
    assert "2026-06-30" in page.notes.text()
    line.selectAll()
    type_text(line, "2027-03-01")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert as_of.wrong.text() == "请选过去的某一天"
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert as_of.day is None
    assert not as_of.isVisible()
    page.show_picture("ranking")
    assert names(page) == ["海润牧业", "金穗商贸"]
    assert "2026-06-30" not in page.notes.text()


def test_a_past_day_holds_in_every_section_and_each_says_so(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    """What can look back shows the day, what cannot says so; one key leads back to today."""
    shown = show_portfolio("value", lang="en")
    screen = shown.screen
    assert isinstance(screen, PortfolioScreen)
    screen.show_section("growth")  # made before the day is chosen; relations afterwards
    screen.show_section("value")
    page_of(shown).past.click()
    line = screen.as_of.editor.target()
    type_text(line, "2026-06-30")
    QTest.keyClick(line, Qt.Key.Key_Return)
    for section, picture in (("value", "ranking"), ("growth", "kinds"), ("relations", "lifecycle")):
        screen.show_section(section)
        page_of(shown).show_picture(picture)
        assert "2026-06-30" in page_of(shown).notes.text()
        assert screen.as_of.isVisible()
        assert not screen.only_today.isVisible()
        page_of(shown).open_paper()
    papers = ["ranking:sales@2026-06-30", *["portfolio:all@2026-06-30"] * 2]
    assert shown.opened == [("paper", paper) for paper in papers]
    for section in (
        "outcomes",
        "resources",
        "indicators",
        "feedback",
        "campaigns",
        "week",
        "review",
    ):
        screen.show_section(section)
        assert screen.only_today.isVisible()
        assert "2026-06-30" in screen.told.text()
    screen.show_section("relations")
    page_of(shown).show_picture("satisfaction")
    assert screen.only_today.isVisible()
    QTest.keyClick(screen.page, Qt.Key.Key_Escape)
    assert not screen.marked.isVisible()
    for section in ("value", "growth"):
        screen.show_section(section)
        assert not screen.marked.isVisible()
        assert "2026-06-30" not in page_of(shown).notes.text()


def test_choices_group_anew(show_portfolio: ShowPortfolio, add: Add) -> None:
    closed(add, "海润牧业", "lost", 900_00)
    closed(add, "金穗商贸", "lost", 100_00, lost_rival="双禾")
    page = page_of(show_portfolio("outcomes"))
    page.options["by"].choose("rival")
    click(page, "of:双禾")
    assert names(page) == ["金穗商贸"]
    assert "金穗商贸" not in page.block.finding.text()


def test_a_customer_in_the_list_opens_its_card(show_portfolio: ShowPortfolio, add: Add) -> None:
    customer = closed(add, "海润牧业", "lost", 900_00)
    shown = show_portfolio("outcomes")
    page = page_of(shown)
    page.setFocus()
    QTest.keyClick(page.behind.list.rows, Qt.Key.Key_Return)
    assert shown.opened == [("customer", customer)]


def test_a_dot_opens_its_card_and_a_rectangle_lists_what_it_holds(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    shown = show_portfolio("relations")
    page = page_of(shown)
    page.show_picture("relations")
    view = page.block.picture
    assert isinstance(view, BrushPicture)
    dots = [key for key in view.keys if key.isdigit()]
    click(page, dots[0])
    assert shown.opened[0][0] == "customer"
    everybody = len(names(page))
    middle = view.rect().center()  # the upper left cell
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseMove(view, QPoint(40, 40))
    QTest.mouseMove(view, middle)
    assert not view.frame.isEmpty()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    assert view.frame.isEmpty()
    assert 0 < len(names(page)) < everybody
    assert page.behind.list.rows.hasFocus()
    assert len(shown.opened) == 1


def test_cells_are_gone_through_by_keys(show_portfolio: ShowPortfolio, sample: Workspace) -> None:
    page = page_of(show_portfolio("relations"))
    page.show_picture("relations")
    everybody = len(names(page))
    view = page.block.picture
    view.setFocus()
    while view.current != "partner":
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert 0 < len(names(page)) < everybody
    assert page.go_back()
    assert len(names(page)) == everybody


def test_those_listed_are_changed_together_and_undone(
    show_portfolio: ShowPortfolio, add: Add, workspace: Workspace
) -> None:
    for name in ("甲", "乙"):
        closed(add, name, "lost", 100_00)
    closed(add, "丙", "lost", 100_00, lost_reason="service")
    shown = show_portfolio("outcomes")
    page = page_of(shown)
    click(page, "of:price")
    page.behind.edit.click()
    line = page.behind.bulk.lines["region"]
    line.setText("定边")
    QTest.keyClick(line, Qt.Key.Key_Return)
    regions = "SELECT count(*) FROM customer WHERE region = '定边'"
    assert workspace.store.value(regions) == 2
    shown.context.undo()
    assert workspace.store.value(regions) == 0
    assert page.go_back()
    assert page.behind.list.isVisible()


def test_partners_and_customers_served_twice(show_portfolio: ShowPortfolio, add: Add) -> None:
    partner = add("customer", name="老张饲料", kind="distributor")
    twice = closed(add, "海润牧业", "won", 900_00, source="old_customer")
    brought = {"partner_id": partner, "commission_percent": "3"}
    order = {"order_amount": 500_00, "ordered_on": "2026-10-02", **brought}
    add("deal", title="又一单", customer_id=twice, stage="won", **order)
    closed(add, "金穗商贸", "won", 100_00, source="web")
    page = page_of(show_portfolio("outcomes"))
    page.show_picture("channels")
    assert "1" in page.block.finding.text()
    click(page, "twice")
    assert names(page) == ["海润牧业"]
    page.options["via"].choose("partner")
    click(page, f"of:{partner}")
    assert names(page) == ["海润牧业"]


@pytest.mark.parametrize("section", SECTIONS)
def test_an_empty_file_says_what_to_do(
    show_portfolio: ShowPortfolio, section: str, add: Add
) -> None:
    shown = show_portfolio(section)
    page = page_of(shown)
    page.setFocus()
    QTest.keyClick(shown.screen.window().focusWidget(), Qt.Key.Key_Space)
    assert shown.opened == [("customer", "new")]
    add("customer", name="海润牧业")
    for key in page.switch.texts():
        page.show_picture(key)
        assert page.portrait is not None
        missing = page.portrait.empty()
        said = [one.sentence.text() for one in page.findChildren(EmptyState) if one.isVisible()]
        assert page.block.isVisible() != bool(missing)
        assert (missing in said) == bool(missing)


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_everything_fits(
    show_portfolio: ShowPortfolio, sample: Workspace, qtbot: QtBot, lang: str
) -> None:
    shown = show_portfolio("value", (1180, 680), lang)
    for section in SECTIONS:
        shown.screen.show_section(section)
        page = page_of(shown)
        for key in page.switch.texts():
            page.show_picture(key)
            wait_until_all_fits(qtbot, shown.screen)
            assert page.portrait is not None
            for name, codes in page.portrait.OPTIONS.items():
                page.choose(name, codes[-1])
                assert page.block.finding.text()


def test_what_changes_elsewhere_is_shown_when_the_tab_comes_back(
    show_portfolio: ShowPortfolio, add: Add
) -> None:
    closed(add, "海润牧业", "lost", 900_00)
    page = page_of(show_portfolio("outcomes"))
    closed(add, "金穗商贸", "lost", 100_00)
    assert names(page) == ["海润牧业", "金穗商贸"]


def test_a_slider_draws_what_if_at_once(show_portfolio: ShowPortfolio, add: Add) -> None:
    customer = add("customer", name="海润牧业")
    add("sale", customer_id=customer, dated="2026-10-01", amount=900_00, cost=600_00)
    page = page_of(show_portfolio("value"))
    assert not page.sliders.isVisible()
    page.show_picture("what_if")
    before = page.block.finding.text()
    slider = page.sliders.parts["retention"]
    slider.setFocus()
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Left)
    assert page.block.finding.text() != before
    assert slider.hasFocus()
    page.show_picture("pyramid")
    assert not page.sliders.isVisible()


def test_a_large_file_is_worked_out_beside_the_window(
    show_portfolio: ShowPortfolio, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldsales.reports.portfolio.classed._LARGE", 1)
    for name in ("甲", "乙"):
        add("sale", customer_id=add("customer", name=name), dated="2026-10-01", amount=900_00)
    page = page_of(show_portfolio("value"))
    assert names(page) == ["甲", "乙"]
    page.show_picture("ranking")
    assert len(names(page)) == 2


def test_the_picture_in_front_is_saved_as_it_is_seen(
    show_portfolio: ShowPortfolio, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(add, "海润牧业", "lost", 900_00)
    shown = show_portfolio("outcomes")
    page = page_of(shown)
    chosen = tmp_path / "丢单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), "PNG (*.png)"))
    page.save.click()
    assert QImage(str(tmp_path / "丢单.png")).width() > 1_000
    assert "丢单.png" in shown.told[-1].text
    chosen = tmp_path / "没有这个文件夹" / "图.png"
    page.save.click()
    assert shown.told[-1].kind == "error"


def test_papers_are_opened_from_the_page(show_portfolio: ShowPortfolio, add: Add) -> None:
    closed(add, "海润牧业", "won", 900_00)
    shown = show_portfolio("value")
    page = page_of(shown)
    page.paper.click()
    page.show_picture("ranking")
    page.options["rank"].choose("margin")
    page.paper.click()
    assert shown.opened == [("paper", "portfolio:all"), ("paper", "ranking:margin")]


def test_those_in_a_bubble_stay_listed_while_they_change(
    show_portfolio: ShowPortfolio, add: Add, workspace: Workspace
) -> None:
    for name in ("甲", "乙"):  # upon each other
        customer = add("customer", name=name)
        add("estimate", customer_id=customer, amount=900_00, dated="2026-01-01")
    add("estimate", customer_id=add("customer", name="丙"), amount=9_00, dated="2026-01-01")
    shown = show_portfolio("growth")
    page = page_of(shown)
    bubble = next(key for key in page.block.picture.keys if key.startswith("group:"))
    click(page, bubble)
    assert sorted(names(page)) == ["乙", "甲"]
    for number in range(3):  # more of them: the bubbles are others now
        customer = add("customer", name=f"新{number}")
        add("estimate", customer_id=customer, amount=5_00, dated="2026-01-01")
    assert sorted(names(page)) == ["乙", "甲"]
    page.behind.edit.click()
    page.behind.bulk.trash_button.click()
    assert names(page) == []
    assert page.behind.list.isVisible()
    shown.context.undo()
    assert sorted(names(page)) == ["乙", "甲"]
    assert page.go_back()
    assert len(names(page)) == 6


def test_every_dot_opens_its_card_and_says_whose_it_is(
    show_portfolio: ShowPortfolio,
    add: Add,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("fieldsales.reports.portfolio.growth.NAMED", 5)  # most have no name
    owners = {}
    for at in range(45):
        customer = add("customer", name=f"客户{at}")
        add("estimate", customer_id=customer, amount=int(10_00 * 1.6**at), dated="2026-01-01")
        owners[f"客户{at}"] = customer
    renew(workspace)
    for at in range(0, 45, 3):  # kept anew, in another order
        add("sale", customer_id=owners[f"客户{at}"], dated="2026-10-01", amount=500_00)
    shown = show_portfolio("growth")
    page = page_of(shown)
    view = page.block.picture
    dots = [key for key in view.keys if key.isdigit()]
    assert len(dots) > 20
    for key in dots:
        page.press(key)
    assert [one for _, one in shown.opened] == [owners[view._tips[key]] for key in dots]

"""Tabs of several sections: which is in front, what each is told, what the tab says of them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.discover import modules
from fieldsales.screens import library, pitch
from fieldsales.screens.contract import Context
from fieldsales.screens.sections import SectionedScreen
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.workspaces import add


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


def _shown(qtbot: QtBot, context: Context) -> SectionedScreen:
    screen = pitch.build(context)
    assert isinstance(screen, SectionedScreen)
    qtbot.addWidget(screen)
    screen.resize(1290, 720)
    screen.show()
    return screen


@pytest.mark.parametrize("tab", [pitch, library])
def test_a_tab_opens_what_its_sections_open(tab: object) -> None:
    sections = [module.SECTION for module in modules(tab, folders=True)]  # type: ignore[arg-type]
    kinds = [kind for section in sections for kind in section.opens]
    assert sorted(kinds) == sorted(tab.TAB.opens)  # type: ignore[attr-defined]
    assert len({section.order for section in sections}) == len(sections)


def test_the_section_in_front_is_remembered(qtbot: QtBot, context: Context) -> None:
    first = _shown(qtbot, context)
    assert first.switch.key == "products"
    first.switch.choose("spin")
    assert first.page is first.stack.currentWidget()
    again = _shown(qtbot, context)
    assert again.switch.key == "spin"
    context.state.setValue("pitch/section", "no longer there")
    assert _shown(qtbot, context).switch.key == "products"


def test_a_record_brings_its_section_to_front(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    screen = _shown(qtbot, context)
    sheet = add(workspace, "worksheet", title="断奶这一关")
    screen.show_record("worksheet", sheet)
    assert screen.switch.key == "ffab"


def test_what_is_behind_is_read_when_it_comes_to_front(
    qtbot: QtBot, context: Context, workspace: Workspace
) -> None:
    product = add(workspace, "product", name="乳猪宝")
    screen = _shown(qtbot, context)
    screen.show_record("product", product)
    read = []
    page = screen.page
    screen.show_section("spin")
    page.refresh = lambda: read.append("products")  # type: ignore[method-assign]
    screen.show_section("products")
    assert read == []  # nothing changed meanwhile
    screen.show_section("spin")
    workspace.run(EditRecord("product", product, {"name": "乳猪宝 2 号"}))
    assert read == []
    screen.show_section("products")
    assert read == ["products"]


def test_a_page_of_its_own_takes_the_strip_and_gives_it_back(
    qtbot: QtBot, context: Context
) -> None:
    screen = _shown(qtbot, context)
    page = screen.page
    page.take_whole(True)
    assert not screen.strip.isVisible()
    screen.show_section("spin")
    assert screen.strip.isVisible()
    screen.show_section("products")
    assert not screen.strip.isVisible()
    page.take_whole(False)
    assert screen.strip.isVisible()

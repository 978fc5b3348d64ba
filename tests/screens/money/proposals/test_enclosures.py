"""Files go along with a proposal: chosen from those kept or from the computer, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from fieldsales.errors import UserError
from fieldsales.reports.make import make
from fieldsales.screens.money.proposals.enclosures import EnclosuresSection
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.proposal_copies import CopyProposal, NewVersion
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    MakeProposalFinal,
    SetEnclosures,
    StartProposal,
)
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.proposals import enclosed
from fieldsales.words import Words
from tests.screens.money.conftest import ShowMoney, Shown


@pytest.fixture
def proposal(workspace: Workspace) -> str:
    """A draft for a customer with a test report of two pages, and a paper of ours."""
    customer = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(customer)
    path = workspace.store.path.with_name("检验单.pdf")
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    painter = QPainter(writer)
    writer.newPage()
    painter.end()
    owner = {"customer_id": customer.row_id}
    workspace.run(KeepFile("检验单.pdf", path.read_bytes(), **owner))
    workspace.run(KeepFile("建议书-内部版.pdf", b"%PDF", "report", **owner))
    begun = StartProposal({"customer_id": customer.row_id, "title": "全年用料"})
    workspace.run(begun)
    line = {"product_name": "保育康 551", "quantity": "60", "price": "4780"}
    workspace.run(AddProposalLine(begun.row_id, line))
    return begun.row_id


def section_of(shown: Shown, proposal: str) -> EnclosuresSection:
    shown.screen.show_record("proposal", proposal)
    page = shown.page
    assert isinstance(page, ProposalsPage)
    return page.view.enclosures


def names(workspace: Workspace, proposal: str) -> list[tuple[str, int | None]]:
    return [(file.name, one.pages) for one, file in enclosed(workspace.store, proposal)]


def test_a_file_of_the_customer_goes_along_and_is_left_out_again(
    show_money: ShowMoney, workspace: Workspace, proposal: str, qtbot: QtBot
) -> None:
    shown = show_money("proposals")
    section = section_of(shown, proposal)
    section.add.click()
    menu = next(one for one in section.findChildren(QMenu) if one.isVisible())
    offered = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert offered == ["检验单.pdf", "从电脑里选…"]  # our own papers are not for them
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(workspace, proposal) == [("检验单.pdf", 2)])
    assert "2 页" in section.lines[0].face.aside
    assert "检验单.pdf" in shown.told[-1].text
    made = make(workspace.store, "proposal", proposal, Words("zh_CN"), "customer")
    assert b"/EmbeddedFiles" in made.pdf
    assert section.lines[0].more is not None
    section.lines[0].more.click()
    assert names(workspace, proposal) == []
    workspace.undo()
    assert names(workspace, proposal) == [("检验单.pdf", 2)]


def test_a_file_of_the_computer_is_kept_and_goes_along(
    show_money: ShowMoney, workspace: Workspace, proposal: str, tmp_path: Path
) -> None:
    shown = show_money("proposals")
    section = section_of(shown, proposal)
    brochure = tmp_path / "样本.txt"
    brochure.write_text("样本", encoding="utf-8")
    section.keep([brochure, tmp_path / "没有.pdf"])
    assert names(workspace, proposal) == [("样本.txt", None)]
    assert "没有.pdf" in shown.told[-1].text
    assert [line.face.title for line in section.lines if not line.isHidden()] == ["样本.txt"]


def test_what_is_final_keeps_its_files_and_its_next_version_has_them(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    kept = section_of(show_money("proposals"), proposal)
    (file,) = workspace.store.rows("SELECT id FROM attachment WHERE kind = 'file'")
    workspace.run(SetEnclosures(proposal, [(file[0], 2)]))
    workspace.run(MakeProposalFinal(proposal, "Q-1"))
    kept.show_enclosures()
    with pytest.raises(UserError, match="locked"):
        workspace.run(SetEnclosures(proposal, []))
    renewed, other = NewVersion(proposal), AddRecord("customer", {"name": "长青农场"})
    workspace.run(renewed)
    workspace.run(other)
    theirs = CopyProposal(proposal, customer_id=other.row_id)
    workspace.run(theirs)
    assert names(workspace, renewed.row_id) == [("检验单.pdf", 2)]
    assert names(workspace, theirs.row_id) == []  # what is one customer's stays theirs

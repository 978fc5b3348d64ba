"""The customer signs in the window: on the screen, by a picture, or on paper."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldsales.domain.money.proposal import IMAGE, Proposal
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    MakeProposalFinal,
    StartProposal,
)
from fieldsales.services.workspace import Workspace
from tests.screens.money.conftest import ShowMoney, Shown
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def final(workspace: Workspace) -> str:
    customer = add(workspace, "customer", name="海润牧业")
    person = add(workspace, "contact", name="贺文清", customer_id=customer)
    add(workspace, "contact", name="魏总", customer_id=customer)
    begun = StartProposal({"customer_id": customer, "contact_id": person})
    workspace.run(begun)
    line = {"product_name": "一号料", "quantity": "2", "price": "100"}
    workspace.run(AddProposalLine(begun.row_id, line))
    workspace.run(MakeProposalFinal(begun.row_id, "Q1"))
    return begun.row_id


def view_of(shown: Shown) -> ProposalView:
    assert isinstance(shown.page, ProposalsPage)
    return shown.page.view


def read(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def test_drawn_on_the_screen_it_is_kept_with_the_paper_and_undone(
    show_money: ShowMoney, workspace: Workspace, final: str, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    qtbot.mouseClick(view.sign, LEFT)
    panel = view.acting.signing
    assert panel.isVisible()
    assert panel.now.text()
    by = panel.cells["signed_by"].editor.target()
    assert isinstance(by, QLineEdit)
    assert by.text() == "贺文清"
    qtbot.mouseClick(panel.go, LEFT)
    assert panel.wrong.isVisible()  # nothing is drawn yet
    assert read(workspace, final).signed_by == ""
    qtbot.mousePress(panel.field, LEFT, pos=QPoint(20, 20))
    qtbot.mouseMove(panel.field, QPoint(80, 60))
    qtbot.mouseRelease(panel.field, LEFT, pos=QPoint(80, 60))
    qtbot.mouseClick(panel.go, LEFT)
    found = read(workspace, final)
    assert found.signed_by == "贺文清"
    assert found.signature.startswith("[[[")
    paper = workspace.store.kept.read(found.sha256)
    assert paper.startswith(b"%PDF")
    assert hashlib.sha256(paper).hexdigest() == found.sha256
    assert not view.acting.isVisible()
    assert not view.sign.isVisible()
    assert "贺文清" in view.locked.text()
    view.desk.context.undo()
    assert read(workspace, final).signature == ""
    assert view.sign.isVisible()


def test_a_picture_of_a_signature_and_taking_it_away(
    show_money: ShowMoney, workspace: Workspace, final: str, tmp_path: Path, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.acting.sign()
    panel = view.acting.signing
    panel.ways.choose("picture")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    panel.set_picture(broken)
    assert panel.wrong.isVisible()
    picture = tmp_path / "signature.png"
    noise = QImage(os.urandom(3 * 900 * 900), 900, 900, QImage.Format.Format_RGB888)
    noise.save(str(picture))  # nothing is harder to make small
    panel.set_picture(picture)
    assert panel.shown.isVisible()
    qtbot.keyClick(panel.cells["signed_by"].editor.target(), Qt.Key.Key_Return)
    assert read(workspace, final).signature.startswith(IMAGE)
    view.acting.unsign()
    assert read(workspace, final).signature == ""


def test_signed_on_paper_takes_a_name_and_a_day_that_was(
    show_money: ShowMoney, workspace: Workspace, final: str, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.acting.sign()
    panel = view.acting.signing
    panel.ways.choose("paper")
    by, on = (panel.cells[one].editor.target() for one in ("signed_by", "signed_on"))
    assert isinstance(by, QLineEdit)
    assert isinstance(on, QLineEdit)
    by.setText("")
    qtbot.keyClick(by, Qt.Key.Key_Return)
    assert panel.cells["signed_by"].message()
    by.insert("魏")
    by.textEdited.emit(by.text())
    qtbot.keyClick(by, Qt.Key.Key_Down)
    qtbot.keyClick(by, Qt.Key.Key_Return)
    assert by.text() == "魏总"
    on.setText("2026-11-10")
    qtbot.keyClick(on, Qt.Key.Key_Return)
    assert panel.cells["signed_on"].message()  # that day is yet to come
    on.setText("2026-11-08")
    qtbot.keyClick(on, Qt.Key.Key_Return)
    found = read(workspace, final)
    assert (found.signed_by, found.signed_on, found.signature) == ("魏总", "2026-11-08", "")
    assert "2026-11-08" in view.locked.text()


def test_esc_leaves_and_another_proposal_is_not_asked(
    show_money: ShowMoney, workspace: Workspace, final: str, qtbot: QtBot
) -> None:
    shown = show_money("proposals")
    view = view_of(shown)
    view.acting.sign()
    qtbot.keyClick(view.acting.signing.field, Qt.Key.Key_Escape)
    assert not view.acting.isVisible()
    view.acting.sign()
    other = StartProposal({"customer_id": read(workspace, final).customer_id})
    workspace.run(other)
    shown.page.show_record("proposal", other.row_id)
    assert not view.acting.isVisible()
    assert not view.sign.isVisible()


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
def test_what_is_asked_stands_in_its_room(
    show_money: ShowMoney, final: str, qtbot: QtBot, lang: str
) -> None:
    shown = show_money("proposals", (1290, 700), lang)
    acting = view_of(shown).acting
    for ask in (acting.accept, acting.refuse, acting.copy_to, acting.sign):
        ask()
        wait_until_all_fits(qtbot, shown.page)
    for way in ("picture", "paper"):
        acting.signing.ways.choose(way)
        wait_until_all_fits(qtbot, shown.page)

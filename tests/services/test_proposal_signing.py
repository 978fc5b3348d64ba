"""A signature under a proposal: drawn, a picture, or on paper; what was signed is kept with it."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from fieldsales.domain.keeping import Attachment
from fieldsales.domain.money.proposal import IMAGE, Proposal
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.proposal_copies import CopyProposal, NewVersion
from fieldsales.services.operations.proposal_signing import SignProposal, UnsignProposal
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    MakeProposalFinal,
    StartProposal,
)
from fieldsales.services.workspace import Workspace
from tests.workspaces import Add

STROKES = "[[[10,20],[30,40]]]"


@pytest.fixture
def draft(workspace: Workspace, add: Add) -> str:
    begun = StartProposal({"customer_id": add("customer", name="海润牧业")})
    workspace.run(begun)
    line = {"product_name": "乳猪宝", "price": "9160"}
    workspace.run(AddProposalLine(begun.row_id, line))
    return begun.row_id


@pytest.fixture
def final(workspace: Workspace, draft: str) -> str:
    workspace.run(MakeProposalFinal(draft, "Q1"))
    return draft


def signed(row_id: str, by: str = "贺文清", signature: str = STROKES, **more: str) -> SignProposal:
    return SignProposal(row_id, by, signature, b"%PDF-", "建议书.pdf", **more)


def read(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def test_a_draft_is_not_signed(workspace: Workspace, draft: str) -> None:
    with pytest.raises(UserError, match="not_from_here"):
        workspace.run(signed(draft))


@pytest.mark.parametrize("signature", ["", "[]", "[[]]", IMAGE, "x"])
def test_without_a_stroke_it_is_no_signature(
    workspace: Workspace, final: str, signature: str
) -> None:
    with pytest.raises(UserError, match="no_signature"):
        workspace.run(signed(final, signature=signature))


def test_a_signature_has_a_name(workspace: Workspace, final: str) -> None:
    with pytest.raises(FieldError, match="required"):
        workspace.run(signed(final, " "))


def test_what_was_signed_is_kept_and_undo_takes_it_all_back(
    workspace: Workspace, final: str
) -> None:
    workspace.run(signed(final))
    found = read(workspace, final)
    assert (found.signed_by, found.signature) == ("贺文清", STROKES)
    assert found.sha256 == hashlib.sha256(b"%PDF-").hexdigest()
    (paper,) = workspace.store.records(Attachment, "SELECT * FROM attachment", [])
    assert (paper.kind, paper.name, paper.customer_id) == (
        "report",
        "建议书.pdf",
        found.customer_id,
    )
    kept = workspace.store.kept.file(found.sha256)
    assert kept.read_bytes() == b"%PDF-"
    workspace.undo()
    assert read(workspace, final).signed_by == ""


def test_signed_on_paper_has_a_day_that_was(workspace: Workspace, final: str) -> None:
    today = workspace.clock.today()
    with pytest.raises(FieldError, match="in_future"):
        workspace.run(signed(final, on=(today + timedelta(1)).isoformat()))
    workspace.run(signed(final, signature="", on=today.isoformat()))
    found = read(workspace, final)
    assert (found.signed_on, found.signature) == (today.isoformat(), "")


def test_a_signature_is_taken_away_again(workspace: Workspace, final: str) -> None:
    workspace.run(signed(final))
    workspace.run(UnsignProposal(final))
    found = read(workspace, final)
    assert (found.signed_by, found.signature, found.sha256, found.signed_at) == ("", "", "", None)


def test_neither_a_version_nor_a_copy_inherits_it(workspace: Workspace, final: str) -> None:
    workspace.run(signed(final, signature=f"{IMAGE}AAAA", on=None))
    version, copy = NewVersion(final), CopyProposal(final)
    for made in (version, copy):
        workspace.run(made)
        found = read(workspace, made.row_id)
        assert (found.signed_by, found.signature, found.sha256) == ("", "", "")
        assert found.signed_at is None

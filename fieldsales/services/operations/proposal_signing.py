"""The customer's signature under a proposal, and taking it away again (M43)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from fieldsales.domain.money.proposal import IMAGE, Proposal
from fieldsales.domain.signature import strokes
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer

_UNSIGNED = {"signed_by": "", "signed_at": None, "signed_on": None, "signature": "", "sha256": ""}


@dataclass(frozen=True)
class SignProposal(Operation):
    """Keeps who signed and how, with the document that was signed and its hash.

    `signature` is what `Proposal.signature` holds; '' with the ISO day `on` says that it was signed
    on paper. `document` is the PDF, kept with the customer as a file called `name`.
    """

    proposal_id: str
    signed_by: str
    signature: str = field(repr=False)
    document: bytes = field(repr=False)
    name: str
    on: str | None = None

    def apply(self, writer: Writer) -> None:
        proposal = _open(writer, self.proposal_id)
        if not self.signed_by.strip():
            raise FieldError("field.required", "signed_by")
        if not self.on and not _is_signature(self.signature):
            raise UserError("proposal.no_signature")
        today = writer.store.clock.today()
        if self.on and date.fromisoformat(self.on) > today:
            raise FieldError("proposal.in_future", "signed_on")
        kept = KeepFile(
            self.name,
            self.document,
            "report",
            customer_id=proposal.customer_id,
            deal_id=proposal.deal_id,
        )
        kept.apply(writer)
        values = {
            "signed_by": self.signed_by.strip(),
            "signed_at": writer.store.clock.stamp(),
            "signed_on": self.on,
            "signature": "" if self.on else self.signature,
            "sha256": kept.sha256,
        }
        writer.update("proposal", proposal.id, values)


@dataclass(frozen=True)
class UnsignProposal(Operation):
    """Takes a signature away; the document that was signed stays with the customer."""

    proposal_id: str

    def apply(self, writer: Writer) -> None:
        proposal = _open(writer, self.proposal_id)
        writer.update("proposal", proposal.id, _UNSIGNED)


def _open(writer: Writer, proposal_id: str) -> Proposal:
    """One that can be signed: final, and not decided on."""
    proposal = writer.require(Proposal, proposal_id)
    if proposal.state not in ("final", "sent"):
        raise UserError("proposal.not_from_here")
    return proposal


def _is_signature(signature: str) -> bool:
    if signature.startswith(IMAGE):
        return len(signature) > len(IMAGE)
    with suppress(ValueError):
        return any(strokes(signature))
    return False

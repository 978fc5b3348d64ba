"""What is asked before a proposal is accepted, declined or copied to another customer."""

from __future__ import annotations

from PySide6.QtCore import Signal

from fieldsales.domain.fields import Field
from fieldsales.domain.money.totals import Totals
from fieldsales.screens.asking import Asking
from fieldsales.screens.finders import customers_finder, people_finder
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.proposal_copies import CopyProposal
from fieldsales.services.operations.proposals import (
    AcceptProposal,
    MoveProposal,
)
from fieldsales.services.workspace import Operation
from fieldsales.widgets.chooser import Finder, NameEditor
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.form import make_editor
from fieldsales.widgets.pieces import label


class _Deciding(Asking):
    """Who of the customer says so is one of their people, or any name."""

    def __init__(self, desk: Desk, names: tuple[str, ...], go: str, wide: tuple[str, ...]) -> None:
        self.desk = desk
        super().__init__(desk.context, "proposal", names, go, wide=wide)

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name == "decided_by":
            return name_editor(self.desk, spec)
        return super()._editor(spec, text, finder)


class Accepting(_Deciding):
    """On which day, and who said so; a limit that breaks is said before."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, ("decided_on", "decided_by"), words("proposals.say_accepted"), ())
        self.title.setText(words("proposals.ask_accept"))
        self.limit = label(desk.look, tone="warn", wrap=True)
        self.extra.addWidget(self.limit)

    def ask(self) -> None:
        """Today, and whom the proposal is addressed to or was signed by."""
        desk = self.desk
        found = desk.sums()
        told = desk.over_limit(found) if isinstance(found, Totals) else ""
        self.limit.setText(told)
        self.limit.setVisible(bool(told))
        by = desk.proposal.signed_by or desk.contact_name()
        on = desk.proposal.signed_on or desk.today
        self.start({"decided_on": on, "decided_by": by}, "decided_on")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        desk = self.desk
        count = max(1, len(desk.instalments))
        key = "accepted_deal" if desk.proposal.deal_id else "accepted"
        on = str(values["decided_on"] or "") or None
        operation = AcceptProposal(desk.proposal_id, on, str(values["decided_by"]))
        return operation, desk.words(f"proposals.{key}", n=count)


class Declining(_Deciding):
    """Why, and who said so."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        names, wide = ("decided_why", "decided_by"), ("decided_why",)
        super().__init__(desk, names, words("proposals.say_declined"), wide)
        self.title.setText(words("proposals.ask_decline"))

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name == "decided_why":
            hint = self.desk.words("proposals.why_hint")
            return make_editor(self.desk.look, spec, hint=hint, calm=False)
        return super()._editor(spec, text, finder)

    def ask(self) -> None:
        self.start({"decided_by": self.desk.contact_name()}, "decided_why")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        why, by = str(values["decided_why"]), str(values["decided_by"])
        operation = MoveProposal(self.desk.proposal_id, "declined", why, by)
        return operation, self.desk.words("proposals.moved_declined")


class CopyingTo(Asking):
    """For which other customer; what was theirs alone stays behind."""

    copied = Signal(str)  # id of the new one

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        self.desk = desk
        self._made = ""
        super().__init__(
            desk.context,
            "proposal",
            ("customer_id",),
            words("proposals.copy_there"),
            finders={"customer_id": customers_finder(desk.context)},
        )
        self.title.setText(words("proposals.ask_copy"))
        self.extra.addWidget(
            label(desk.look, words("proposals.copy_hint"), tone="muted", wrap=True)
        )
        self.settled.connect(self._tell)

    def ask(self) -> None:
        self.start({}, "customer_id")

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        operation = CopyProposal(self.desk.proposal_id, str(values["customer_id"]))
        self._made = operation.row_id
        return operation, self.desk.words("proposals.copied")

    def _tell(self) -> None:
        self.copied.emit(self._made)


def name_editor(desk: Desk, spec: Field) -> NameEditor:
    """The name of somebody at the customer's, who need not be known."""
    people = people_finder(desk.context, lambda: desk.proposal.customer_id)
    return NameEditor(desk.look, spec, people.find)

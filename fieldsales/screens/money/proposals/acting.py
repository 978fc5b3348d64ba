"""What becomes of a proposal: its steps by name, and what some of them ask first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Command
from fieldsales.screens.money.proposals.asks import Accepting, CopyingTo, Declining
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.signing import SigningPanel
from fieldsales.services.numbering import KEPT, MARK, next_number, took
from fieldsales.services.operations.proposal_copies import CopyProposal, NewVersion
from fieldsales.services.operations.proposal_signing import UnsignProposal
from fieldsales.services.operations.proposals import (
    MakeProposalFinal,
    MoveProposal,
)
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.widgets.menus import Entry
from fieldsales.widgets.pieces import column

_USUAL = ("tax_mode", "rounding", "template", "accent", "opening", "delivery", "terms", "closing")
# state -> what the main button does; the rest is in the menu
MAIN = {"draft": "finish", "final": "send", "sent": "accept", "expired": "accept",
        "accepted": "order", "declined": "renew", "ordered": "copy"}  # fmt: skip
_MENU = {
    "draft": (),
    "final": ("sign", "accept", "refuse", "expire", "renew"),
    "sent": ("sign", "refuse", "expire", "renew"),
    "accepted": (),
    "declined": (),
    "expired": ("refuse", "renew"),
    "ordered": (),
}


class Acting(QWidget):
    """The place where a step asks what it needs to know; hidden while none does.

    `flush` saves what is being typed elsewhere, `shown` tells that something is asked.
    """

    shown = Signal()
    trash_wanted = Signal()

    def __init__(self, desk: Desk, flush: Callable[[], None]) -> None:
        super().__init__()
        look = desk.look
        self.desk = desk
        self._flush = flush
        self.accepting = Accepting(desk)
        self.declining = Declining(desk)
        self.copying = CopyingTo(desk)
        self.signing = SigningPanel(desk)
        self._panels = (self.accepting, self.declining, self.copying, self.signing)
        for panel in self._panels:
            panel.left.connect(self.leave)
            panel.settled.connect(self.leave)
        self.copying.copied.connect(self._open)
        self.setLayout(column(look, *self._panels, margin=16))
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()

    # asking

    def _ask(self, panel: Accepting | Declining | CopyingTo | SigningPanel) -> None:
        self._flush()
        for one in self._panels:
            one.setVisible(one is panel)
        self.show()
        panel.ask()
        self.shown.emit()

    def leave(self) -> None:
        """Nothing is asked any more."""
        self.hide()

    def _open(self, row_id: str) -> None:
        self.desk.context.open("proposal", row_id)

    # the steps

    def steps(self) -> dict[str, Callable[[], None]]:
        """What can be done, by name."""
        return {
            "finish": self.finish,
            "send": self.send,
            "sign": self.sign,
            "unsign": self.unsign,
            "accept": self.accept,
            "refuse": self.refuse,
            "expire": self.expire,
            "order": self.order,
            "renew": self.renew,
            "copy": self.copy,
        }

    def main(self) -> None:
        """The step that is next."""
        self.steps()[MAIN[self.desk.proposal.state]]()

    def finish(self) -> None:
        """Locks it under the next number of this laptop."""
        self._flush()
        desk = self.desk
        store, workspace = desk.context.store, desk.context.workspace
        device, today = workspace.journal.device, desk.look.clock.today()
        mark = str(desk.context.state.value(KEPT, MARK) or MARK)
        number = next_number(store, device, today, mark=mark)
        said = desk.words("proposals.made_final", number=number)
        if desk.run(MakeProposalFinal(desk.proposal_id, number), said):
            took(number)

    def send(self) -> None:
        """Says that the customer has it."""
        self._move("sent")

    def expire(self) -> None:
        self._move("expired")

    def order(self) -> None:
        self._move("ordered")

    def _move(self, to: str) -> None:
        said = self.desk.words(f"proposals.moved_{to}")
        self.desk.run(MoveProposal(self.desk.proposal_id, to), said)

    def sign(self) -> None:
        """Has the customer sign."""
        self._ask(self.signing)

    def unsign(self) -> None:
        """Takes the signature away."""
        said = self.desk.words("proposals.unsigned")
        self.desk.run(UnsignProposal(self.desk.proposal_id), said)

    def accept(self) -> None:
        """Asks when the customer accepted, and who."""
        self._ask(self.accepting)

    def refuse(self) -> None:
        """Asks why the customer declined."""
        self._ask(self.declining)

    def renew(self) -> None:
        """A new version to write, or the one that is begun already."""
        known = next((one for one in self.desk.versions if not one.locked), None)
        if known is not None:
            self._open(known.id)
            return
        operation = NewVersion(self.desk.proposal_id)
        if self.desk.run(operation, self.desk.words("proposals.renewed")):
            self._open(operation.row_id)

    def copy(self) -> None:
        """Another one like it, for the same customer."""
        self._flush()
        operation = CopyProposal(self.desk.proposal_id)
        if self.desk.run(operation, self.desk.words("proposals.copied")):
            self._open(operation.row_id)

    def copy_to(self) -> None:
        """Asks for which other customer there is to be one like it."""
        self._ask(self.copying)

    def make_usual(self) -> None:
        """New ones begin with the texts and settings of this one."""
        self._flush()
        usual = {name: getattr(self.desk.proposal, name) for name in _USUAL}
        self.desk.run(
            ChangeSetting("proposal.usual", usual), self.desk.words("proposals.usual_set")
        )

    # how they are offered

    def _names(self) -> list[str]:
        """The steps of the menu as it stands now."""
        signed = bool(self.desk.proposal.signed_by)
        names = _MENU[self.desk.proposal.state]
        return ["unsign" if one == "sign" and signed else one for one in names]

    def entries(self) -> list[Entry | None]:
        """What the menu offers."""
        words, steps = self.desk.words, self.steps()
        return [
            *((words(f"proposals.do_{one}"), steps[one]) for one in self._names()),
            (words("proposals.do_copy"), self.copy),
            (words("proposals.copy_to"), self.copy_to),
            (words("proposals.make_usual"), self.make_usual),
            None,
            (words("card.trash"), self.trash_wanted.emit),
        ]

    def commands(self) -> list[Command]:
        """What the palette offers."""
        words, steps = self.desk.words, self.steps()
        names = dict.fromkeys((MAIN[self.desk.proposal.state], *self._names()))
        names.pop("copy", None)
        found = [Command(words(f"proposals.do_{one}"), "forward", steps[one]) for one in names]
        copies = (("do_copy", self.copy), ("copy_to", self.copy_to))
        return found + [Command(words(f"proposals.{one}"), "copy", act) for one, act in copies]

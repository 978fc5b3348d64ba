"""The customer signs: here on the screen, by a picture of a signature, or on paper (M43)."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from fieldsales.domain.fields import fields
from fieldsales.domain.money.proposal import IMAGE, Proposal
from fieldsales.errors import EnvironmentProblem, FieldError, UserError
from fieldsales.reports.make import make
from fieldsales.screens.money.proposals.asks import name_editor
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.services.operations.proposal_signing import SignProposal
from fieldsales.widgets.form import FieldCell, FieldGrid, make_editor
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.signature import SignatureField
from fieldsales.widgets.small_picture import scaled
from fieldsales.words import Words

_WAYS = ("here", "picture", "paper")
_FIELD = 480  # px at 100 %
_SIZES = (600, 400, 250)  # pixels that a picture is made small to until a record has room for it
_LARGEST = 140_000  # bytes
_PICTURE = (300, 96)  # px at 100 %


class SigningPanel(Question):
    """Who signs, how, and when; Enter keeps it, Esc leaves."""

    settled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._picture = b""
        look, words = desk.look, desk.words
        known = fields(Proposal)
        by, on = known["signed_by"], known["signed_on"]
        self.cells = {
            "signed_by": FieldCell(look, name_editor(desk, by), words("field.proposal.signed_by")),
            "signed_on": FieldCell(
                look, make_editor(look, on, calm=False), words("field.proposal.signed_on")
            ),
        }
        ways = [Option(one, words(f"proposals.sign_{one}")) for one in _WAYS]
        self.ways = Segmented(look, ways, name=words("proposals.sign_how"))
        self.ways.chosen.connect(self._arrange)
        self.now = label(look, tone="muted")
        self.field = SignatureField(
            look, name=words("proposals.sign_field"), hint=words("proposals.sign_here_hint")
        )
        self.field.changed.connect(self._count)
        self.back = button(look, words("proposals.sign_back"), self.field.take_back, role="quiet")
        self.clear = button(look, words("proposals.sign_clear"), self.field.clear, role="quiet")
        drawn = column(look, self.field, row(look, self.now, None, self.back, self.clear), gap=4)
        self.drawn = QWidget()
        self.drawn.setLayout(drawn)
        self.drawn.setMaximumWidth(look.theme.px(_FIELD))
        self.shown = QLabel()
        self.shown.setAccessibleName(words("proposals.sign_picture"))
        choose = button(look, words("proposals.sign_choose"), self._choose, icon="attach")
        self.picture = QWidget()
        self.picture.setLayout(column(look, self.shown, row(look, choose, None), gap=8))
        self.on_paper = label(look, words("proposals.sign_paper_hint"), tone="muted", wrap=True)
        self.wrong = label(look, tone="bad", wrap=True)
        self.go = button(look, words("proposals.signed"), self.submit, icon="check", role="primary")
        cancel = button(look, words("proposals.not_now"), self.left.emit, role="quiet")
        title = label(look, words("proposals.ask_sign"), size="title", bold=True, wrap=True)
        self.grid = FieldGrid(look, [(one, False) for one in self.cells.values()])
        self.setLayout(
            column(
                look,
                title,
                row(look, self.ways, None),
                self.grid,
                self.drawn,
                self.picture,
                self.on_paper,
                self.wrong,
                row(look, self.go, cancel, None, gap=8),
                gap=12,
            )
        )

    def ask(self) -> None:
        """An empty field, for whom the proposal is addressed to."""
        desk = self.desk
        self._picture = b""
        self.field.clear()
        self.ways.set_key("here")
        values = {"signed_by": desk.contact_name(), "signed_on": desk.today}
        for name, cell in self.cells.items():
            cell.say("", "")
            cell.editor.set_value(values[name])
        self.now.setText(desk.words.moment(desk.look.clock.now()))
        self._arrange()
        named = bool(values["signed_by"])
        first = self.field if named else self.cells["signed_by"].editor.target()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_picture(self, path: Path) -> None:
        """Takes a picture file as the signature, scaled down to what paper needs."""
        try:
            for most in _SIZES:
                self._picture = scaled(path, most, grey=True)
                if len(self._picture) <= _LARGEST:
                    break
        except UserError as trouble:
            self._say(self.desk.told(trouble))
            return
        self._arrange()

    def submit(self) -> None:
        """Keeps the signature with the document as it is now, or says what is in the way."""
        desk, words = self.desk, self.desk.words
        self._say("")
        for cell in self.cells.values():
            cell.say("", "")
        try:
            values = {name: one.editor.field.clean(one.editor.value())
                      for name, one in self.cells.items()}  # fmt: skip
            paper = Words(desk.proposal.language or words.language)
            made = make(desk.context.store, "proposal", desk.proposal_id, paper, "customer")
            operation = SignProposal(
                desk.proposal_id,
                str(values["signed_by"]),
                self._signature(),
                made.pdf,
                made.file_name,
                str(values["signed_on"] or desk.today) if self.ways.key == "paper" else None,
            )
            changed = desk.context.workspace.run(operation)
        except FieldError as wrong:
            self._complain(wrong)
            return
        except (UserError, EnvironmentProblem) as trouble:
            self._say(desk.told(trouble))
            return
        self.settled.emit()
        said = words("proposals.signed_by", name=operation.signed_by.strip())
        undo = partial(desk.context.undo, changed.op)
        desk.context.say(
            Message(said, "success", action=words("common.undo"), act=undo, key="undo")
        )

    def _signature(self) -> str:
        if self.ways.key == "picture":
            return IMAGE + b64encode(self._picture).decode() if self._picture else ""
        return self.field.text() if self.ways.key == "here" else ""

    def _complain(self, wrong: FieldError) -> None:
        cell = self.cells.get(wrong.field)
        if cell is None:
            self._say(self.desk.told(wrong))
            return
        cell.refuse(self.desk.told(wrong))

    def _say(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _arrange(self, _key: str = "") -> None:
        """Only what the chosen way needs."""
        look, way = self.desk.look, self.ways.key
        self._say("")
        self.drawn.setVisible(way == "here")
        self.picture.setVisible(way == "picture")
        self.on_paper.setVisible(way == "paper")
        self.cells["signed_on"].setVisible(way == "paper")
        self.shown.setVisible(bool(self._picture))
        if self._picture:
            found = QPixmap()
            found.loadFromData(self._picture)
            room = QSize(*map(look.theme.px, _PICTURE))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            self.shown.setPixmap(found.scaled(room, keep, smooth.SmoothTransformation))
        self._count()

    def _count(self) -> None:
        for part in (self.back, self.clear):
            part.setEnabled(bool(self.field.strokes))

    def _choose(self) -> None:
        words = self.desk.words
        pattern = words("settings.pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.webp)"
        chosen, _ = QFileDialog.getOpenFileName(self, words("proposals.sign_choose"), "", pattern)
        if chosen:
            self.set_picture(Path(chosen))

"""The second step: the meeting itself, taken down with as little typing as can be."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.fields import Field
from fieldsales.screens.visit.capture import Capture
from fieldsales.screens.visit.checklists import QUESTIONS, STEPS, VisitChecklist
from fieldsales.screens.visit.closing import KEYS, ClosingGuide
from fieldsales.screens.visit.clues import ClueTicks
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.visit.materials import MaterialsShown
from fieldsales.screens.visit.needs import NeedsVoiced
from fieldsales.screens.visit.objections import ObjectionsHeard
from fieldsales.screens.visit.objective import values_of
from fieldsales.screens.visit.parts import TwoColumnPage
from fieldsales.screens.visit.people import PeopleSection
from fieldsales.screens.visit.photos import PhotosSection
from fieldsales.screens.visit.pitch import PitchSection
from fieldsales.screens.visit.questions import QuestionsAsked
from fieldsales.screens.visit.signals import NotedLines, SignalTicks
from fieldsales.widgets.card import Section
from fieldsales.widgets.editors import NoteEditor
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, hairline


class RunStep(QWidget):
    """The capture line on top, what was taken down on the left, what to tick on the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look = desk.look
        self._desk = desk
        self.capture = Capture(desk)
        self.capture.add_shortcuts(self)
        self.needs = NeedsVoiced(desk)
        self.objections = ObjectionsHeard(desk)
        self.noted = NotedLines(desk)
        self.questions = QuestionsAsked(desk)
        self.signals = SignalTicks(desk)
        self.clues = ClueTicks(desk)
        self.clues.add_shortcuts(self)
        self.closing = ClosingGuide(desk)
        self.closing.went_on.connect(self._bring_closing_soon)
        shortcut = QShortcut(QKeySequence(KEYS), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._to_closing)
        self.pitch = PitchSection(desk, met=True)
        self.people = PeopleSection(desk, met=True)
        self.materials = MaterialsShown(desk)
        self.photos = PhotosSection(desk, self)
        self.note = Form(
            look,
            "visit",
            (Group("", ("note",)),),
            desk.save_visit,
            desk.keep_visit_draft,
            editors={"note": _large_note},
        )
        said_above = self.note.cells["note"].label
        if said_above is not None:
            said_above.hide()
        notes = Section(look, desk.words("visit.note"))
        notes.show_parts((self.note,))
        self.store_steps = VisitChecklist(desk, STEPS)
        self.store_questions = VisitChecklist(desk, QUESTIONS)
        left, right = QWidget(), QWidget()
        taken_down = (
            self.store_questions,
            self.needs,
            self.objections,
            self.noted,
            notes,
            self.photos,
            self.people,
        )
        left.setLayout(column(look, *taken_down, gap=24))
        right.setLayout(
            column(
                look,
                self.store_steps,
                self.questions,
                self.pitch,
                self.clues,
                self.signals,
                self.closing,
                self.materials,
                gap=24,
            )
        )
        self.page = TwoColumnPage(look)
        self.page.fill(left, right, (1, 1))
        top = QWidget()
        above = column(look, self.capture, gap=8)
        side = look.theme.px(24)
        above.setContentsMargins(side, look.theme.px(12), side, look.theme.px(8))
        top.setLayout(above)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(hairline(look))
        layout.addWidget(self.page, 1)

    def _to_closing(self) -> None:
        self.closing.begin()
        self._bring_closing_soon()

    def _bring_closing_soon(self) -> None:
        QTimer.singleShot(0, self._bring_closing)  # once it is laid out

    def _bring_closing(self) -> None:
        self.page.ensureWidgetVisible(self.closing)

    def load(self) -> None:
        """Show another visit."""
        self.capture.load()
        self.clues.load()
        self.closing.load()
        self.note.load(values_of(self._desk), self._desk.drafts())
        self.page.verticalScrollBar().setValue(0)

    def show_facts(self) -> None:
        """Show the same visit as it is now."""
        self.note.refresh(values_of(self._desk))
        for part in (
            self.store_steps,
            self.store_questions,
            self.needs,
            self.objections,
            self.noted,
            self.questions,
            self.pitch,
            self.clues,
            self.signals,
            self.closing,
            self.people,
            self.materials,
            self.photos,
        ):
            part.show_facts()

    def start(self) -> None:
        """Put the cursor where the meeting is taken down."""
        self.capture.setFocus(Qt.FocusReason.OtherFocusReason)


def _large_note(look: Look, field: Field) -> NoteEditor:
    words = look.words
    return NoteEditor(look, field, words("hint.visit.note"), lines=6, most=30)

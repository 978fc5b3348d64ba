"""The walk-around check of any text (M22), with its taboos (M28): at hand in every tab.

A page puts a `WalkPanel(context)` where the text is and calls `show_text` whenever that changes:

    self.walk = WalkPanel(context, folded=True)
    self.walk.show_text(pitch, readers_of(context, customer_id), terms(product.glossary))

`terms` is of `methods/walk_around/texts`. It checks in a job, the latest text wins; nothing is
refused. Rivals are all that deals know, unless others are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from fieldsales.domain.tag_rule import TagRule
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.errors import UserError
from fieldsales.methods.walk_around.content import rules
from fieldsales.methods.walk_around.rules import OWN, Sentence, Walk, walk
from fieldsales.methods.walk_around.texts import (
    PATTERN,
    core,
    correction,
    pattern_of,
    quoted,
    short,
    widest,
)
from fieldsales.methods.whole_brain.advice import Seat, main_role
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.told import best_profile
from fieldsales.screens.contract import Context
from fieldsales.services.operations.conversation import CorrectTag, ForgetTag
from fieldsales.store.journal import Changed
from fieldsales.store.queries.learnt import rivals as known_rivals
from fieldsales.store.queries.learnt import tag_rules
from fieldsales.store.queries.people import people
from fieldsales.store.search import fold
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.marked_text import MarkedText
from fieldsales.widgets.menus import Entry, chosen, passing_menu
from fieldsales.widgets.passages import Passage, Underline
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.walk_findings import WalkFindings

_PAUSE = 300  # ms without a key until the text is checked


def readers_of(context: Context, customer_id: str, among: Iterable[str] = ()) -> list[Seat]:
    """The people of a customer, or those `among` them, with what is known of how they think.

    None of a customer that is gone.
    """
    try:
        rows = people(context.store, customer_id).persons
    except UserError:
        return []
    words, today, wanted = context.words, context.look.clock.today(), set(among)
    brain = whole_brain(words.language)
    return [
        Seat(
            best_profile(
                one.contact.name,
                one.assessment,
                one.clues,
                brain,
                words,
                today,
                key=one.contact.id,
            ),
            main_role(role.role for role in one.roles),
        )
        for one in rows
        if not wanted or one.contact.id in wanted
    ]


class WalkPanel(QWidget):
    """A text with its tags, the sentence at the cursor explained, and what was found.

    `editable`: the text is typed here, which `edited` tells, and the findings stand beside it; else
    they stand below it, and `folded` shows of them what matters most until they are unfolded.
    """

    edited = Signal()
    walked = Signal()  # a check was shown

    def __init__(self, context: Context, *, editable: bool = False, folded: bool = False) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._seats: tuple[Seat, ...] = ()
        self._glossary: tuple[str, ...] = ()
        self._rivals: tuple[str, ...] | None = None
        self._pictures = False
        self._own: tuple[TagRule, ...] = ()
        self._round = 0
        self._stale = True  # the text, or the corrections, are to be looked at again
        self.found = Walk(())
        self.text = MarkedText(look, read_only=not editable, lines=None if editable else (2, 12))
        self.text.setAccessibleName(words("walk_around.text"))
        self.text.edited.connect(self._edited)
        self.text.passage_changed.connect(self._explain)
        self.text.menu_wanted.connect(self._fill_menu)
        self.sentence = ChipLine(look)
        self.sentence.clicked.connect(self._chip_pressed)
        self._about = label(look, size="caption", tone="muted", wrap=True)
        self._correct = button(look, words("walk_around.correct"), self._ask, role="link")
        self._correct.setToolTip(words("walk_around.correct_tip"))
        self.findings = WalkFindings(look, folded=folded)
        self.findings.place_wanted.connect(self._show_place)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._check)
        context.changed.connect(self._follow)
        self._explained = QWidget()
        about = row(look, self._about, self._correct)
        about.setStretch(0, 1)
        self._explained.setLayout(column(look, about, self.sentence, gap=4))
        self._marked = QWidget()
        below = column(look, self.text, self._explained, gap=8)
        self._marked.setLayout(below)
        if editable:
            below.setStretchFactor(self.text, 1)
            self._side = side = CardScroll(look, margin=0)
            side.body.addWidget(self.findings)
            side.body.addStretch(1)
            layout = row(look, self._marked, side, gap=24)
            layout.setStretch(0, 3)
            layout.setStretch(1, 2)
            self.setLayout(layout)
            self.setFocusProxy(self.text)
        else:
            whole = column(look, self.findings, gap=8)
            whole.insertWidget(0, self._marked)
            for part in (self, self._marked, self._explained):
                part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            if folded:
                self._marked.hide()
                self._fold = button(look, words("walk_around.unfold"), self._unfold, role="link")
                whole.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
            self.setLayout(whole)
        self._explain()

    def add_beside(self, part: QWidget) -> None:
        """Puts something below the findings of an editable one."""
        self._side.body.insertWidget(1, part)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self._context.look.theme.px(280), 0))

    # what is checked

    def show_text(
        self,
        text: str,
        readers: Sequence[Seat] = (),
        glossary: Iterable[str] = (),
        rivals: Iterable[str] | None = None,
        *,
        pictures: bool = False,
    ) -> None:
        """Checks a text for its readers; `glossary`: terms they may not know, as `terms` gives.

        `pictures`: whether there are some to show with it.
        """
        if text != self.text.text():
            self.text.set_text(text)
            self.found = Walk(())
        self.findings.show_length(text)
        self.set_about(readers, glossary, rivals, pictures=pictures)

    def set_about(
        self,
        readers: Sequence[Seat] = (),
        glossary: Iterable[str] = (),
        rivals: Iterable[str] | None = None,
        *,
        pictures: bool = False,
    ) -> None:
        """Other readers, terms, rivals and pictures for the same text."""
        self._pictures = pictures
        self._seats = tuple(readers)
        self._glossary = tuple(glossary)
        self._rivals = None if rivals is None else tuple(rivals)
        self._stale = True
        if self.isVisible():
            self._check()

    def _edited(self) -> None:
        self._stale = True
        self._pause.start()
        self.edited.emit()

    def _follow(self, changed: Changed) -> None:
        if changed.touches("tag_rule"):
            self._stale = True
            if self.isVisible():
                self._check()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._check()

    def _check(self) -> None:
        """Walks around the text in a job; a later one outdoes it."""
        self._pause.stop()
        self._stale = False
        self._own = tuple(tag_rules(self._context.store))
        self._round += 1
        number, text, language = self._round, self.text.text(), self._context.words.language
        own, glossary, pictures = self._own, self._glossary, self._pictures
        rivals = known_rivals(self._context.store) if self._rivals is None else self._rivals
        self.findings.show_length(text)

        def work(_job: Job) -> tuple[int, str, Walk]:
            known = rules(language)
            found = walk(
                text,
                known.tags,
                known.taboos,
                own=own,
                rivals=rivals,
                glossary=glossary,
                pictures=pictures,
                fold=fold,
            )
            return number, text, found

        self._context.jobs.start(work, self._show)

    def _show(self, result: tuple[int, str, Walk]) -> None:
        number, text, found = result
        if number != self._round or text != self.text.text():
            return  # it was typed on; the pause after that checks again
        self.found = found
        self.findings.show_walk(found, self._seats)
        self.text.show_passages([self._passage(sentence) for sentence in found.sentences])
        self._explain()
        self.walked.emit()

    # the sentences

    def _passage(self, sentence: Sentence) -> Passage:
        lines = [
            Underline(mark.start, mark.end, f"quadrant-{quadrant}")
            for quadrant, marks in sentence.tags.items()
            for mark in widest(marks)
        ]
        lines += [Underline(mark.start, mark.end, "warn") for mark in sentence.taboos]
        end = sentence.start + len(sentence.text)
        told = [face.text for _key, face in self._faces(sentence)]
        return Passage(sentence.start, end, "".join(sentence.tags), tuple(lines), "\n".join(told))

    def _faces(self, sentence: Sentence) -> list[tuple[str, ChipFace]]:
        """Each rule that held in a sentence, and by which words."""
        words = self._context.words
        known = rules(words.language)
        why = {rule.code: rule.why for rule in known.tags}
        why |= {rule.code: rule.why for rule in known.taboos}
        why[OWN] = words("walk_around.own")
        faces: list[tuple[str, ChipFace]] = []
        for quadrant, held in (*sentence.tags.items(), ("", sentence.taboos)):
            marks = widest(held)
            for code in dict.fromkeys(mark.code for mark in marks):
                held_by = quoted([mark for mark in marks if mark.code == code], words)
                key = "walk_around.because" if quadrant else "walk_around.beware"
                said = words(key, letter=quadrant.upper(), why=why[code], quoted=held_by)
                tone = f"quadrant-{quadrant}" if quadrant else "warn"
                faces.append((quadrant, ChipFace(said, tone)))
        return faces

    def _sentence(self) -> Sentence | None:
        """The one at the cursor."""
        at = self.text.current
        return self.found.sentences[at] if 0 <= at < len(self.found.sentences) else None

    def _explain(self) -> None:
        sentence, words = self._sentence(), self._context.words
        faces = self._faces(sentence) if sentence is not None else []
        self.sentence.show_chips(faces)
        if sentence is None:
            said = words("walk_around.about_none") if self.found.sentences else ""
        else:
            key = "about" if faces else "about_untagged"
            said = words(f"walk_around.{key}", text=short(sentence.text))
        self._about.setText(said)
        self._correct.setVisible(sentence is not None)
        self._explained.setVisible(bool(said))

    def _show_place(self, start: int, end: int) -> None:
        if self._marked.isHidden():
            self._unfold()
        self.text.choose(start, end)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self) -> None:
        self._marked.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self._fold.hide()
        self.findings.set_folded(False)

    # corrections

    def _entries(self, only: str = "") -> list[Entry | None]:
        """What can be put right in the sentence at the cursor, or in one of its quadrants."""
        sentence, words = self._sentence(), self._context.words
        if sentence is None:
            return []
        entries: list[Entry | None] = []
        inside = "".join(map(fold, sentence.text))
        for rule in self._own:
            if "".join(map(fold, rule.pattern)).strip() in inside and only in ("", rule.quadrant):
                told = words("walk_around.forget", correction=correction(rule, words))
                entries.append((told, self._forget, rule.id))
        for quadrant, marks in sentence.tags.items():
            if only in ("", quadrant):
                patterns = dict.fromkeys(pattern_of(mark, sentence) for mark in widest(marks))
                entries += [self._entry(pattern, quadrant, refuses=True) for pattern in patterns]
        pattern = (self.text.selected() or core(sentence.text))[:PATTERN]
        others = [one for one in QUADRANTS if one not in sentence.tags]
        if entries and others:
            entries.append(None)
        return [*entries, *(self._entry(pattern, one, refuses=False) for one in others)]

    def _entry(self, pattern: str, quadrant: str, *, refuses: bool) -> Entry:
        rule = TagRule(pattern=pattern, quadrant=quadrant, refuses=int(refuses))
        told = correction(rule, self._context.words)
        return told, self._remember, (pattern, quadrant, refuses)

    def _remember(self) -> None:
        said = self._context.words("walk_around.remembered")
        self._context.run(CorrectTag(*chosen(self.sender())), undoable=said)

    def _forget(self) -> None:
        said = self._context.words("walk_around.forgotten")
        self._context.run(ForgetTag(chosen(self.sender())), undoable=said)

    def _fill_menu(self, menu: QMenu) -> None:
        """Puts the corrections before what the menu of a text offers."""
        first = menu.actions()[0] if menu.actions() else None
        entries = self._entries()
        if entries and first is not None:
            entries.append(None)
        made = passing_menu(self, entries)
        for action in made.actions():
            action.setParent(menu)
            if first is None:
                menu.addAction(action)
            else:
                menu.insertAction(first, action)
        made.deleteLater()

    def _ask(self) -> None:
        self._pop(self._entries(), self._correct)

    def _chip_pressed(self, quadrant: str) -> None:
        self._pop(self._entries(quadrant), self.sentence)

    def _pop(self, entries: list[Entry | None], beside: QWidget) -> None:
        if entries:
            menu = passing_menu(self, entries)
            menu.popup(beside.mapToGlobal(beside.rect().bottomLeft()))

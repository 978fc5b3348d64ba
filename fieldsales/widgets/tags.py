"""The tags of a record: chips to read and press, and a line that adds one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.suggestions import Suggestion

Known = Callable[[], Sequence[str]]  # the tags in use, most used first


class TagPicker(ChooserLine):
    """A line that finds a tag or makes a new one."""

    taken = Signal(str)
    dismissed = Signal()

    def __init__(self, look: Look, known: Known) -> None:
        super().__init__(look, self._hits, calm=False, take_first=False)
        self._known = known
        words = look.words
        self.setPlaceholderText(words("card.new_tag"))
        self.setAccessibleName(words("card.new_tag"))
        self.picked.connect(self._take)
        self.returnPressed.connect(self._enter)

    def _hits(self, asked: str) -> Sequence[Suggestion]:
        wanted = asked.casefold()
        found = (name for name in self._known() if wanted in name.casefold())
        return [Suggestion(name, name, icon="tag") for name in found]

    def _take(self, name: str, _typed: str) -> None:
        self.clear()
        self.taken.emit(name)

    def _enter(self) -> None:
        name = self.text().strip()
        if name:
            self._take(name, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.suggestions.isVisible():
            self.clear()
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class TagLine(QWidget):
    """What the record is, then a chip for each tag, and one that adds; others make the change.

    `only` is what a chip's menu calls a list of all that have its tag.
    """

    fact_pressed = Signal(str)  # key of a chip that is no tag
    filter_wanted = Signal(str)  # the records with this tag
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, look: Look, known: Known, only: str) -> None:
        super().__init__()
        self._look, self._known, self._only = look, known, only
        self._shown: object = None
        words = look.words
        self._flow = FlowLayout(look, gap=6, line_gap=4)
        self.setLayout(self._flow)
        self.add_chip = Chip(look, ChipFace(words("card.add_tag"), icon="add"), pressable=True)
        self.add_chip.clicked.connect(self.begin_adding)
        self.picker: TagPicker | None = None
        self._chips: list[Chip] = []
        self._flow.addWidget(self.add_chip)

    def load(self) -> None:
        """Stand for another record."""
        self._shown = None
        self.stop_adding()

    def show_chips(self, facts: tuple[tuple[str, ChipFace], ...], tags: tuple[str, ...]) -> None:
        """Replace all by (key, face) pairs of facts and by these tags."""
        if (facts, tags) == self._shown:
            return
        self._shown = (facts, tags)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()  # at once: deleted it will be later
            chip.deleteLater()
        self._chips = []
        for key, face in facts:
            chip = self._chip(face)
            chip.setObjectName(key)
            chip.clicked.connect(self._press)
        for name in tags:
            self._chip(ChipFace(name, "plain", "tag")).clicked.connect(self._chip_menu)
        self.updateGeometry()

    def _chip(self, face: ChipFace) -> Chip:
        chip = Chip(self._look, face, pressable=True)
        self._flow.insert(len(self._chips), chip)
        chip.show()
        self._chips.append(chip)
        return chip

    def _press(self) -> None:
        self.fact_pressed.emit(self.sender().objectName())

    def begin_adding(self) -> None:
        if self.picker is None:
            self.picker = TagPicker(self._look, self._known)
            self.picker.setFixedWidth(self._look.theme.px(150))
            self.picker.taken.connect(self.added)
            self.picker.dismissed.connect(self.stop_adding)
            self.picker.left.connect(self._left)
            self._flow.addWidget(self.picker)
        self.add_chip.hide()
        self.picker.show()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picker.search()

    def _left(self) -> None:
        if self.picker is not None and not self.picker.text():
            self.stop_adding()

    def stop_adding(self) -> None:
        if self.picker is not None and self.picker.isVisibleTo(self):
            focused = self.picker.hasFocus()
            self.picker.suggestions.hide()
            self.picker.hide()
            self.add_chip.show()
            if focused:
                self.add_chip.setFocus()

    def _chip_menu(self) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        name, words = chip.face.text, self._look.words
        entries = ((self._only, self._filter_by), (words("card.tag_remove"), self._take_off))
        menu = passing_menu(self, entries, name)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _filter_by(self) -> None:
        self.filter_wanted.emit(chosen(self.sender()))

    def _take_off(self) -> None:
        self.removed.emit(chosen(self.sender()))

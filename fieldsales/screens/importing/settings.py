"""Small choices of how a file is read: what it lists, encoding, separator, sheet, header."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from fieldsales.screens.importing.chosen import Reading
from fieldsales.services.importing import encodings, mapping, naming
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import label, row, set_style
from fieldsales.widgets.segmented import Option, Segmented

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_WIDEST = 190  # px at 100 %
_ROWS_OFFERED = 10  # of those that may be the header, and as many below the one that is
# what is found in a file and the name under which it is offered
_OFFERED = {"utf-8-sig": "utf-8", "cp950": "big5", "big5hkscs": "big5", "utf-32": "utf-16"}


class Choice(Combo):
    """A short list of which one holds; `picked` comes from the user only."""

    picked = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._look = look
        self.activated.connect(self._activated)

    def show_options(self, options: Sequence[tuple[object, str]], current: object) -> None:
        """(value, text) of what can be picked, and the value that holds now."""
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.setCurrentIndex(next(at for at, pair in enumerate(options) if pair[0] == current))

    def showPopup(self) -> None:
        wide = self.view().sizeHintForColumn(0) + self._look.theme.px(32)  # and a scroll bar
        self.view().setMinimumWidth(max(wide, self.width()))
        super().showPopup()

    def _activated(self, at: int) -> None:
        self.picked.emit(self.itemData(at))


class FileSettings(QWidget):
    """The choices in a line; those that a format does not have are not there."""

    kind_picked = Signal(str)
    option_picked = Signal(str, object)  # name of an option of reading, its value

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        words = look.words
        self.kind = Segmented(
            look,
            [Option(kind, naming.kind_name(kind, words)) for kind in mapping.KINDS],
            name=words("importing.lists"),
        )
        self.kind.chosen.connect(self.kind_picked)
        flow = FlowLayout(look, gap=24, line_gap=8)
        flow.addWidget(self._field("importing.lists", self.kind))
        self.encoding = self._choice(flow, "encoding")
        self.separator = self._choice(flow, "separator")
        self.sheet = self._choice(flow, "sheet")
        self.header_row = self._choice(flow, "header_row")
        self.setLayout(flow)

    def show_reading(self, reading: Reading) -> None:
        """The choices as they are for a file as it was read."""
        sheet = reading.sheet
        self.kind.set_key(reading.request.kind)
        self._show_encoding(reading)
        self._show_separator(reading)
        self._show(self.sheet, len(sheet.sheets) > 1)
        if sheet.sheet is not None:
            self.sheet.show_options([(name, name) for name in sheet.sheets], sheet.sheet)
        self._show(self.header_row, sheet.format != "vcard")
        self._show_header_row(sheet.header_row)

    def _show_encoding(self, reading: Reading) -> None:
        words, found = self._look.words, reading.sheet.encoding
        self._show(self.encoding, found is not None)
        if found is None:
            return
        current = _OFFERED.get(found, "utf-16" if found.startswith("utf-16") else found)
        options: list[tuple[object, str]] = [
            (name, words(f"importing.encoding_{name.replace('-', '_')}"))
            for name in encodings.CHOICES
        ]
        if current not in encodings.CHOICES:
            options.insert(0, (current, current.upper()))
        self.encoding.show_options(options, current)
        garbled = any(oddity.code == "garbled" for oddity in reading.sheet.warnings)
        set_style(self.encoding, "wrong", garbled)

    def _show_separator(self, reading: Reading) -> None:
        words, found = self._look.words, reading.sheet.separator
        self._show(self.separator, found is not None)
        if found is None:
            return
        options: list[tuple[object, str]] = [
            (sign, words(f"importing.separator_{name}")) for sign, name in _SEPARATORS.items()
        ]
        if found not in _SEPARATORS:
            options.append((found, found))
        self.separator.show_options(options, found)

    def _show_header_row(self, current: int) -> None:
        words = self._look.words
        rows = sorted({*range(1, _ROWS_OFFERED + 1), *range(current, current + 4)} - {0})
        options: list[tuple[object, str]] = [(0, words("importing.header_none"))]
        options += [(row, words("importing.header_at", row=row)) for row in rows]
        self.header_row.show_options(options, current)

    def _choice(self, flow: FlowLayout, name: str) -> Choice:
        made = Choice(self._look, self._look.words(f"importing.{name}"))
        made.setMaximumWidth(self._look.theme.px(_WIDEST))
        made.picked.connect(lambda value: self.option_picked.emit(name, value))
        flow.addWidget(self._field(f"importing.{name}", made))
        return made

    def _field(self, key: str, editor: QWidget) -> QWidget:
        look = self._look
        name = label(look, look.words(key), tone="muted")
        name.setBuddy(editor)
        field = QWidget()
        field.setLayout(row(look, name, editor, gap=8))
        return field

    @staticmethod
    def _show(choice: Choice, shown: bool) -> None:
        choice.parentWidget().setVisible(shown)

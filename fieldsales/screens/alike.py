"""What may be there already: said calmly below what is being typed, and no reason to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.screens.contract import Context
from fieldsales.widgets.card import empty
from fieldsales.widgets.form import FieldCell, Form
from fieldsales.widgets.pieces import (
    ElidedLabel,
    ElidedLink,
    button,
    column,
    label,
    row,
)
from fieldsales.words import Words

_LOOK_AFTER = 250  # ms without a key until it is looked for
READ = ("name", "mobile", "phone", "email")  # fields that are compared while somebody types


class AlikeLines(QWidget):
    """A line for each record that may be the one being typed; nothing where there is none.

    Of one that is a record already (`own_id`) a line also leads to both side by side.
    """

    wanted = Signal(str)  # id of the record to be opened

    def __init__(self, context: Context, noun: str, typed: Callable[[], Mapping[str, str]]) -> None:
        """`typed` gives the fields as they stand, of a person the `customer_id`, too."""
        super().__init__()
        self._context, self._noun, self._typed = context, noun, typed
        self._own_id = ""
        self._cells: list[FieldCell] = []
        self._lines = column(context.look, gap=2)
        self.setLayout(self._lines)
        # below one of two columns it makes this one no wider
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER)
        self._soon.timeout.connect(self.look_up)
        self.hide()

    def watch(self, form: Form) -> None:
        """Looks again after each pause in typing into a form, and stands below the field typed in.

        Before anything is typed that is the name.
        """
        self._cells = [form.cells[name] for name in READ if name in form.cells]
        for cell in self._cells:
            cell.editor.edited.connect(self._edited)
        self._cells[0].put_below(self)

    def _edited(self) -> None:
        for cell in self._cells:
            if cell.editor is self.sender():
                cell.put_below(self)
        self.soon()

    def load(self, own_id: str) -> None:
        """Stand for another record, '' for one that is none yet; what is shown follows soon."""
        if own_id != self._own_id and self._cells:
            self._cells[0].put_below(self)
        self._own_id = own_id
        self.hide()
        self._soon.start()

    def soon(self) -> None:
        """Look again after a pause in typing."""
        self._soon.start()

    def look_up(self) -> None:
        """Show what there is now."""
        from fieldsales.services.duplicates import likely  # a card that is looked at needs it not

        self._soon.stop()
        empty(self._lines)
        typed = self._typed()
        said = any(typed.get(name, "").strip() for name in READ)
        found = likely(self._context.store, self._noun, typed, self._own_id) if said else []
        self.setVisible(bool(found))
        if not found:
            return
        look, words = self._context.look, self._context.words
        self._lines.addWidget(label(look, words("duplicates.there"), tone="warn", wrap=True))
        for twin in found:
            link = ElidedLink(look, self._open)
            link.set_text(" · ".join(filter(None, (twin.name, twin.where))))
            link.setObjectName(twin.id)
            told = ElidedLabel(look, why(words, twin.reasons), size="caption", tone="muted")
            self._lines.addLayout(row(look, link, None))
            line = row(look, told, gap=4)
            if self._own_id:
                beside = button(look, words("duplicates.compare"), self._compare, role="link")
                beside.setObjectName(twin.id)
                line.addWidget(beside)
            line.addStretch(1)
            self._lines.addLayout(line)

    def _open(self) -> None:
        self.wanted.emit(self.sender().objectName())

    def _compare(self) -> None:
        pair = f"{self._noun}:{self._own_id}:{self.sender().objectName()}"
        self._context.open("duplicates", pair)


def typed_in(form: Form) -> dict[str, str]:
    """What stands in those fields of a form that are compared."""
    return {name: form.cells[name].editor.typed() for name in READ if name in form.cells}


def why(words: Words, reasons: tuple[str, ...]) -> str:
    """`电话一样，名字读音一样`: reasons in words, '' for none."""
    return words("duplicates.comma").join(words(f"duplicates.why.{code}") for code in reasons)

"""What may be there already: said calmly below what is being typed, and no reason to stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
from fieldsales.widgets.card import empty
from fieldsales.widgets.form import Form
from fieldsales.widgets.pieces import button, column, label, row
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
        self._lines = column(context.look, gap=2)
        self.setLayout(self._lines)
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER)
        self._soon.timeout.connect(self.look_up)
        self.hide()

    def watch(self, form: Form) -> None:
        """Looks again after each pause in typing into a form."""
        for name in READ:
            if name in form.cells:
                form.cells[name].editor.edited.connect(self.soon)

    def load(self, own_id: str) -> None:
        """Stand for another record, '' for one that is none yet; what is shown follows soon."""
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
        head = words(f"duplicates.there.{self._noun}")
        self._lines.addWidget(label(look, head, tone="warn", wrap=True))
        for twin in found:
            text = " · ".join(filter(None, (twin.name, twin.where)))
            icon = "building" if self._noun == "customer" else "person"
            link = button(look, text, self._open, role="link", icon=icon)
            link.setObjectName(twin.id)
            told = label(look, why(words, twin.reasons), size="caption", tone="muted")
            parts: list[QWidget] = [link, told]
            if self._own_id:
                beside = button(look, words("duplicates.compare"), self._compare, role="link")
                beside.setObjectName(twin.id)
                parts.append(beside)
            line = row(look, *parts, None, gap=4)
            line.setAlignment(Qt.AlignmentFlag.AlignLeft)
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

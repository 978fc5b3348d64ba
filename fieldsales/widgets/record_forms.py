"""Small forms below each other, one for each of some records, each with a way to take it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Record, values_of
from fieldsales.widgets.form import Form
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, row, tool_button


class RecordForms(QWidget):
    """`make` gives the form of a record's id, `drafts` what was typed there and not saved yet."""

    removed = Signal(str)

    def __init__(
        self,
        look: Look,
        make: Callable[[str], Form],
        drafts: Callable[[str], Mapping[str, str]],
        remove: str,
    ) -> None:
        """`remove` is what the button is called that takes a record away."""
        super().__init__()
        self._look, self._make, self._drafts, self._remove = look, make, drafts, remove
        self.forms: dict[str, Form] = {}
        self._lines: dict[str, QWidget] = {}
        self._list = column(look, gap=12)
        self.setLayout(self._list)

    def show_records(self, records: Sequence[Record]) -> None:
        """Forms for exactly these; those that stay keep what is typed in them."""
        wanted = {record.id: record for record in records}
        for row_id in [known for known in self.forms if known not in wanted]:
            del self.forms[row_id]
            line = self._lines.pop(row_id)
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        for row_id, record in wanted.items():
            if row_id in self.forms:
                self.forms[row_id].refresh(values_of(record))
            else:
                self._add(record)
        self.setVisible(bool(records))

    def _add(self, record: Record) -> None:
        form = self.forms[record.id] = self._make(record.id)
        form.load(values_of(record), self._drafts(record.id))
        remove = tool_button(self._look, "close", self._remove, self._pressed)
        remove.setObjectName(record.id)
        layout = row(self._look, form, remove, gap=4)
        layout.setStretch(0, 1)
        layout.setAlignment(remove, Qt.AlignmentFlag.AlignTop)
        line = self._lines[record.id] = QWidget()
        line.setLayout(layout)
        self._list.addWidget(line)

    def _pressed(self) -> None:
        self.removed.emit(self.sender().objectName())

    def flush(self) -> None:
        """Saves what is being typed in any of them."""
        for form in self.forms.values():
            form.flush()

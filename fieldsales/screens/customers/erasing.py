"""'Erase this person', or customer: says what goes, asks once by typing the name, tells what is
left to do.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services.erasing import Erased, erase, erase_customer, remove_older_copies
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row

_WIDTH = 460


class EraseWindow(QDialog):
    """One of the few windows that stop the work: what it does cannot be taken back."""

    def __init__(self, context: Context, whom: Contact | Customer, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._whom = whom
        self._second = SecondFolder(context.state, context.file, context.look.clock)
        area = self._area = "people" if isinstance(whom, Contact) else "erase_customer"
        look, words = context.look, context.words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(words(f"{area}.erase"))
        self.setFixedWidth(look.theme.px(_WIDTH))
        self.line = LineEdit(look, calm=False)
        self.line.setPlaceholderText(_wanted(whom))
        self.line.setAccessibleName(words("people.erase_type", name=_wanted(whom)))
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self._press)
        self.act = button(look, words("people.erase_now"), self._erase, icon="trash", role="danger")
        self.act.setEnabled(False)
        self.act.setDefault(False)
        keep = button(look, words("people.erase_not"), self.reject)
        asking = column(
            look,
            label(look, words("people.erase_head", name=whom.name), size="section", wrap=True),
            label(look, words(f"{area}.erase_goes"), wrap=True),
            label(look, words(f"{area}.erase_stays"), tone="muted", wrap=True),
            label(look, words("people.erase_final"), tone="bad", bold=True, wrap=True),
            4,
            label(look, words("people.erase_type", name=_wanted(whom)), wrap=True),
            self.line,
            row(look, None, keep, self.act, gap=8),
            gap=8,
        )
        self._asking = QWidget()
        self._asking.setLayout(asking)
        self.left = label(look, wrap=True)
        self.copies = button(look, "", self._remove_copies, icon="trash", role="danger")
        done = button(look, words("common.close"), self.accept)
        self._done = QWidget()
        self._done.setLayout(
            column(
                look,
                label(look, words("people.erased"), size="section", wrap=True),
                self.left,
                None,
                row(look, None, self.copies, done, gap=8),
                gap=12,
            )
        )
        self._done.hide()
        self.setLayout(column(look, self._asking, self._done, margin=24))
        self._fit()
        self.line.setFocus()

    def _fit(self) -> None:
        """As high as its texts are at its width, which Qt does not ask of a window."""
        self.layout().activate()
        self.setFixedHeight(self.layout().totalHeightForWidth(self.width()))

    def _typed(self, text: str) -> None:
        self.act.setEnabled(text.strip() == _wanted(self._whom))

    def _press(self) -> None:
        if self.act.isEnabled():
            self._erase()

    def _erase(self) -> None:
        """Takes them out of the file, and says what only the user can decide."""
        context, words = self._context, self._context.words
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act = erase if isinstance(self._whom, Contact) else erase_customer
            found = act(context.workspace, self._whom.id, self._second.chosen)
        except (UserError, EnvironmentProblem) as trouble:
            context.tell(trouble)
            self.reject()
            return
        finally:
            QApplication.restoreOverrideCursor()
        away = self._second.chosen is not None and not self._second.chosen.is_dir()
        if not (found.copies or found.named or found.papers or found.trouble or away):
            context.say(Message(words("people.erased"), "success"))
            self.accept()
            return
        self._tell(found)

    def _tell(self, found: Erased) -> None:
        words = self._context.words
        lines = []
        if found.trouble:
            reason = words(found.trouble.code, **found.trouble.params)
            lines.append(words("people.erased_unswept", reason=reason))
        if found.copies:
            lines.append(words(f"{self._area}.erased_copies", n=len(found.copies)))
            self.copies.setText(words("people.remove_copies", n=len(found.copies)))
        self.copies.setVisible(bool(found.copies))
        if found.papers:
            lines.append(words("people.erased_papers", n=found.papers))
        if found.named:
            counts = Counter(noun for noun, _ in found.named)
            where = words("card.and").join(
                words("trash.kind", kind=words(f"noun.{noun}"), n=words.number(n))
                for noun, n in counts.items()
            )
            lines.append(words(f"{self._area}.erased_named", n=len(found.named), where=where))
        chosen = self._second.chosen
        if chosen is not None and not chosen.is_dir():
            lines.append(words("people.erased_second", folder=chosen))
        self.left.setText("\n\n".join(lines))
        self._asking.hide()
        self._done.show()
        self._fit()

    def _remove_copies(self) -> None:
        context = self._context
        try:
            removed = remove_older_copies(context.store, self._second.chosen)
        except EnvironmentProblem as trouble:
            context.tell(trouble)
            self.reject()
            return
        context.say(Message(context.words("people.copies_removed", n=removed), "success"))
        self.accept()


def _wanted(whom: Contact | Customer) -> str:
    """What is to be typed; nobody types two hundred characters."""
    return whom.name[:20].strip()

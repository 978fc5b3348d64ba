"""The page: which parts of a customer go along, whether opinions do, and with what password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.file_name import fitting
from fieldsales.errors import UserError, unwritten
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.exporting import ask_where, beside
from fieldsales.services.exchange import customer_file
from fieldsales.services.exchange.customer import PARTS, chosen
from fieldsales.services.importing.sheet import Watch
from fieldsales.store.queries import customers
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.password_line import PasswordLine
from fieldsales.widgets.pieces import button, column, label, row

_WIDEST = 560  # px at 100 %
_PASSWORD = 280


class SharingScreen(Screen):
    """Everything but opinions goes along unless somebody says otherwise; Ctrl+Enter writes it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.customer_id = ""
        self._name = ""
        self.go = button(look, words("sharing.go"), self.write, icon="export", role="primary")
        self.go.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.write)
        self.strip = PageStrip(look, words("sharing.title"))
        self.strip.fill(self.go)
        self.parts = {part: QCheckBox(words(f"sharing.part.{part}")) for part in PARTS}
        self.private = QCheckBox(words("sharing.private"))
        self.password = PasswordLine(look, words("sharing.password"))
        self.password.setFixedWidth(look.theme.px(_PASSWORD))
        self.password.returnPressed.connect(self.write)
        self._count = label(look, tone="muted")
        for box in (*self.parts.values(), self.private):
            box.setFont(look.theme.font())
            box.toggled.connect(self._tell)
        self.stack = QStackedWidget()
        self._form = self._made_form()
        self._nobody = EmptyState(
            look,
            words("sharing.empty"),
            icon="customers",
            hint=words("sharing.empty_hint"),
            action=words("importing.show_customers"),
            act=self._to_customers,
        )
        self.stack.addWidget(self._form)
        self.stack.addWidget(self._nobody)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.parts["people"])

    def _made_form(self) -> QWidget:
        look, words = self.context.look, self.context.words
        body = QWidget()
        body.setMaximumWidth(look.theme.px(_WIDEST))
        body.setLayout(
            column(
                look,
                label(look, words("sharing.hint"), tone="muted", wrap=True),
                12,
                label(look, words("sharing.parts"), size="title", bold=True),
                *self.parts.values(),
                16,
                label(look, words("sharing.opinions"), size="title", bold=True),
                self.private,
                label(look, words("sharing.private_hint"), size="caption", tone="muted", wrap=True),
                16,
                label(look, words("sharing.password"), size="title", bold=True),
                row(look, self.password, None),
                label(
                    look, words("sharing.password_hint"), size="caption", tone="muted", wrap=True
                ),
                16,
                self._count,
                None,
                gap=6,
            )
        )
        whole = QWidget()
        layout = row(look, body, None, gap=0)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(8), side, side)
        whole.setLayout(layout)
        return whole

    # the contract

    def refresh(self) -> None:
        found = self.context.store.record(Customer, self.customer_id)
        there = found is not None and not found.trashed_at
        self._name = found.name if found is not None and there else ""
        self.strip.aside.setText(self._name)
        self.go.setVisible(there)
        self.stack.setCurrentWidget(self._form if there else self._nobody)
        if there:
            self._tell()

    def show_record(self, kind: str, row_id: str) -> None:
        """A customer to hand over; each begins with the usual choice."""
        self.customer_id = row_id
        for box in self.parts.values():
            box.setChecked(True)
        self.private.setChecked(False)
        self.password.forget()
        self.refresh()

    def show_example(self) -> None:
        self.show_record("share", customers.fullest(self.context.store) or "")

    # what is done here

    def _chosen_parts(self) -> list[str]:
        return [part for part, box in self.parts.items() if box.isChecked()]

    def _tell(self) -> None:
        """How much would go along."""
        try:
            source = chosen(
                self.context.store,
                self.customer_id,
                self._chosen_parts(),
                private=self.private.isChecked(),
            )
        except UserError:
            return  # the page says so once it is read anew
        number = sum(source.head().tables.values())
        self._count.setText(self.context.words("sharing.count", n=number))

    def write(self) -> None:
        """Asks for a place and writes the file, beside the window."""
        words, store = self.context.words, self.context.store
        if self.stack.currentWidget() is not self._form:
            return
        kinds = {f"{words('sharing.kind')} (*{customer_file.SUFFIX})": customer_file.SUFFIX}
        name = fitting(f"{self._name}{customer_file.SUFFIX}")
        path = ask_where(self.context, self, words("sharing.title"), name, kinds)
        if path is None:
            return
        customer_id, parts = self.customer_id, self._chosen_parts()
        private, password = self.private.isChecked(), self.password.text()

        def work(job: Job) -> int:
            watch = Watch(job.progress, job.cancelled)
            try:
                source = chosen(store, customer_id, parts, private=private)
                return customer_file.write(path, source, password, watch)
            except OSError as error:
                raise unwritten(path, error) from error
            finally:
                store.release()

        beside(self.context, path, work, "sharing.done", "sharing.title", sealed=bool(password))

    def _to_customers(self) -> None:
        self.context.open("customers", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.context.back_wanted.emit()
        else:
            super().keyPressEvent(event)

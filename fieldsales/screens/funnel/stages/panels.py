"""Questions of the page: where deals go that lose their stage, how a new pipeline begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.screens.contract import Context
from fieldsales.services.operations.pipelines import AddPipeline
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import button, column, label, row


class _Question(QWidget):
    """A card with a title, something to fill in, and two buttons; Ctrl+Enter goes, Esc leaves."""

    left = Signal()

    def __init__(self, context: Context, go: str) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.title = label(look, bold=True, wrap=True)
        self._inside = column(look, gap=8)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        self.go = button(look, go, self.submit)
        self.cancel = button(look, words("stages.keep"), self.left.emit, role="quiet")
        buttons = row(look, self.go, self.cancel, None)
        layout = column(look, self.title, self._inside, self._wrong, buttons, gap=10)
        side = look.theme.px(16)
        layout.setContentsMargins(side, look.theme.px(12), side, look.theme.px(12))
        self.setLayout(layout)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMaximumWidth(look.theme.px(640))
        self.hide()

    def submit(self) -> None:
        raise NotImplementedError

    def say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submit()
        else:
            super().keyPressEvent(event)


class WhereTo(_Question):
    """Asks for the stage that takes the deals over."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, context.words("stages.remove_go"))
        self.target = Combo(context.look)
        self.target.setAccessibleName(context.words("stages.where_to"))
        self._inside.addWidget(self.target, 0, Qt.AlignmentFlag.AlignLeft)
        self._act: Callable[[str], object] = str

    def ask(
        self,
        title: str,
        targets: Sequence[tuple[str, str]],
        chosen: str,
        act: Callable[[str], object],
    ) -> None:
        """`targets` are (stage, name) pairs; `act` gets the stage that was chosen."""
        self.title.setText(title)
        self.target.clear()
        for key, name in targets:
            self.target.addItem(name, key)
        self.target.setCurrentIndex(max(0, self.target.findData(chosen)))
        self._act = act
        self.show()
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        self._act(str(self.target.currentData()))


class NewPipeline(_Question):
    """Asks for the name of a pipeline and its stages, one a line."""

    made = Signal(str)

    def __init__(self, context: Context) -> None:
        words, look = context.words, context.look
        super().__init__(context, words("stages.make_pipeline"))
        self.title.setText(words("stages.new_pipeline"))
        self.name = LineEdit(look, calm=False)
        self.name.setPlaceholderText(words("stages.pipeline_name_hint"))
        self.name.setAccessibleName(words("field.pipeline.name"))
        self.stages = QPlainTextEdit()
        self.stages.setFont(look.theme.font())
        self.stages.setTabChangesFocus(True)
        self.stages.setPlaceholderText(words("stages.stages_hint"))
        self.stages.setAccessibleName(words("stages.stages_of"))
        self.stages.setFixedHeight(look.theme.px(130))
        self.name.returnPressed.connect(self.stages.setFocus)
        for text, part in (
            (words("field.pipeline.name"), self.name),
            (words("stages.stages_of"), self.stages),
        ):
            self._inside.addWidget(label(look, text, size="caption", tone="muted"))
            self._inside.addWidget(part)

    def ask(self) -> None:
        self.say("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        lines = (line.strip() for line in self.stages.toPlainText().splitlines())
        operation = AddPipeline(self.name.text(), tuple(filter(None, lines)))
        try:
            self.context.workspace.run(operation)
        except (UserError, EnvironmentProblem) as wrong:
            nameless = not self.name.text().strip()
            key = "stages.needs_name" if nameless else wrong.code
            self.say(self.context.words(key, **wrong.params))
            (self.name if nameless else self.stages).setFocus()
            return
        self.name.clear()
        self.stages.clear()
        self.made.emit(operation.row_id)

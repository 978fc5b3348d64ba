"""Forms made from the declared fields of a noun: labels above, groups, one or two columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.widgets.binder import Binder, Commit, Draft
from fieldsales.widgets.chooser import ChooserLine, Finder, OpenChoiceEditor, ReferenceEditor
from fieldsales.widgets.day_editor import DayEditor, MomentEditor
from fieldsales.widgets.editors import Editor, MoneyEditor, NoteEditor, NumberEditor, TextEditor
from fieldsales.widgets.look import Look
from fieldsales.widgets.pick_editors import ChoiceEditor, FlagEditor, ScaleEditor
from fieldsales.widgets.pieces import IconLabel, column, label, row, set_tone

_TWO_COLUMNS = 520  # px at 100 % from which a group stands in two columns
_TICK = 1_800  # ms that 'saved' stays


@dataclass(frozen=True, slots=True)
class Group:
    """Up to six fields under a plain heading (a words key, or '' for none).

    `wide` names fields that take the whole width; notes always do.
    """

    heading: str
    names: tuple[str, ...]
    wide: tuple[str, ...] = ()


EditorMaker = Callable[[Look, Field], Editor]


def make_editor(
    look: Look,
    field: Field,
    *,
    hint: str = "",
    unit: str = "",
    text: str = "",
    finder: Finder | None = None,
    own_choices: Callable[[], Sequence[str]] | None = None,
    currency: str = "CNY",
    calm: bool = True,
) -> Editor:
    """The editor of a field's kind. `text` is a flag's label; a reference needs its `finder`."""
    if field.kind is Kind.NOTE:
        return NoteEditor(look, field, hint, calm=calm)
    if field.kind is Kind.MONEY:
        return MoneyEditor(look, field, hint, currency, calm=calm)
    if field.kind is Kind.DATE:
        return DayEditor(look, field, hint, calm=calm)
    if field.kind is Kind.MOMENT:
        return MomentEditor(look, field, hint, calm=calm)
    if field.kind is Kind.FLAG:
        return FlagEditor(look, field, text)
    if field.kind is Kind.CHOICE:
        if field.own:
            return OpenChoiceEditor(look, field, hint, own=own_choices, calm=calm)
        return ChoiceEditor(look, field, hint, calm=calm)
    if field.kind is Kind.INTEGER:
        if field.low is not None and field.high is not None and field.high - field.low <= 6:
            return ScaleEditor(look, field)
        return NumberEditor(look, field, hint, unit, calm=calm)
    if field.kind is Kind.REFERENCE:
        if finder is None:
            raise ValueError(f"{field.name} needs a finder")
        return ReferenceEditor(look, field, finder, hint, calm=calm)
    return TextEditor(look, field, hint, calm=calm)


class FieldCell(QWidget):
    """A label above its editor, what is wrong below it, and a tick when it was saved."""

    def __init__(self, look: Look, editor: Editor, text: str) -> None:
        super().__init__()
        self.editor = editor
        self._look = look
        self._message = label(look, size="caption", tone="bad", wrap=True)
        self._message.setVisible(False)
        self._tick = IconLabel(look, "check", "good", 12)
        self._saved = label(look, look.words("common.saved"), size="caption", tone="good")
        self._show_tick(False)
        editor.set_name(text)
        self.label: QLabel | None = None
        theme = look.theme
        if editor.own_label:
            head = row(look, editor, None, self._tick, self._saved, gap=4)
            self._lines = column(look, head, self._message, gap=4)
        else:
            self.label = label(look, text, size="caption", tone="muted")
            self.label.setBuddy(editor.target())
            head = row(look, self.label, None, self._tick, self._saved, gap=4)
            self._lines = column(look, head, editor, self._message, gap=4)
        head.setContentsMargins(theme.px(1), 0, theme.px(1), 0)
        self.setLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=_TICK)
        self._timer.timeout.connect(self._fade)

    def say(self, text: str, kind: str) -> None:
        """Show what is wrong ('wrong'), or why it is not stored yet ('waiting'); '' for nothing."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        set_tone(self._message, "warn" if kind == "waiting" else "bad")
        self.editor.set_wrong(kind == "wrong")
        self.editor.target().setAccessibleDescription(text)
        if text:
            self._show_tick(False)

    def refuse(self, text: str) -> None:
        """Say what is wrong, with the cursor where it is mended."""
        self.say(text, "wrong")
        self.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def message(self) -> str:
        return self._message.text()

    def put_below(self, part: QWidget) -> None:
        """Something that has to do with what stands in the field, wherever it stood before."""
        self._lines.addWidget(part)

    def tick(self) -> None:
        self._show_tick(True)
        self._timer.start()

    def _fade(self) -> None:
        self._show_tick(False)

    def _show_tick(self, shown: bool) -> None:
        self._tick.setVisible(shown)
        self._saved.setVisible(shown)


class FieldGrid(QWidget):
    """Cells in two columns where there is room for them, else in one."""

    def __init__(self, look: Look, cells: Sequence[tuple[QWidget, bool]]) -> None:
        """`cells` are (cell, whether it takes the whole width)."""
        super().__init__()
        self._look = look
        self._cells = cells
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.px(16))
        self._grid.setVerticalSpacing(look.theme.px(12))
        self.setLayout(self._grid)
        self._arrange(1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for cell, _wide in self._cells:
            self._grid.removeWidget(cell)
        line, at = 0, 0
        for cell, wide in self._cells:
            if wide or columns == 1:
                if at:
                    line, at = line + 1, 0
                self._grid.addWidget(cell, line, 0, 1, columns, Qt.AlignmentFlag.AlignTop)
                line += 1
            else:
                self._grid.addWidget(cell, line, at, Qt.AlignmentFlag.AlignTop)
                line, at = (line + 1, 0) if at else (line, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)
        self._grid.setColumnMinimumWidth(1, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= self._look.theme.px(_TWO_COLUMNS) else 1)

    def minimumSizeHint(self) -> QSize:
        # two columns now must not keep the window from being made narrower
        widest = max((cell.minimumSizeHint().width() for cell, _wide in self._cells), default=0)
        return QSize(widest, super().minimumSizeHint().height())


class Form(QWidget):
    """The fields of a noun, edited in place and saved by themselves.

    Labels are `field.<noun>.<name>` in words, examples `hint.<noun>.<name>`, units
    `unit.<noun>.<name>`. `finders` serve the references, `editors` replace the editor of a field.
    """

    committed = Signal(list)
    opened = Signal(str, str)  # field, id: the user wants to see the record a reference names

    def __init__(
        self,
        look: Look,
        noun: str,
        groups: Sequence[Group],
        commit: Commit,
        draft: Draft | None = None,
        *,
        finders: Mapping[str, Finder] | None = None,
        own_choices: Mapping[str, Callable[[], Sequence[str]]] | None = None,
        editors: Mapping[str, EditorMaker] | None = None,
        currency: str = "CNY",
        calm: bool = True,
    ) -> None:
        super().__init__()
        self.binder = Binder(look.words, commit, draft, parent=self)
        self.cells: dict[str, FieldCell] = {}
        self._look = look
        known = fields(NOUNS[noun])
        layout = column(look, gap=24)
        for group in groups:
            made: list[tuple[QWidget, bool]] = []
            for name in group.names:
                field = known[name]
                cell = self._cell(
                    noun,
                    field,
                    maker=(editors or {}).get(name),
                    finder=(finders or {}).get(name),
                    own_choices=(own_choices or {}).get(name),
                    currency=currency,
                    calm=calm,
                )
                made.append((cell, field.kind is Kind.NOTE or name in group.wide))
            grid = FieldGrid(look, made)
            if group.heading:
                heading = label(look, look.words(group.heading), size="title", bold=True)
                layout.addLayout(column(look, heading, grid, gap=12))
            else:
                layout.addWidget(grid)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.binder.trouble.connect(self._say)
        self.binder.committed.connect(self._tick)

    def _cell(
        self,
        noun: str,
        field: Field,
        *,
        maker: EditorMaker | None,
        finder: Finder | None,
        own_choices: Callable[[], Sequence[str]] | None,
        currency: str,
        calm: bool,
    ) -> FieldCell:
        look, words = self._look, self._look.words
        text = words(f"field.{noun}.{field.name}")
        if maker is not None:
            editor = maker(look, field)
        else:
            key = f"{noun}.{field.name}"
            editor = make_editor(
                look,
                field,
                hint=words(f"hint.{key}") if words.has(f"hint.{key}") else "",
                unit=words(f"unit.{key}") if words.has(f"unit.{key}") else "",
                text=text,
                finder=finder,
                own_choices=own_choices,
                currency=currency,
                calm=calm,
            )
        if isinstance(editor, ReferenceEditor):
            editor.opened.connect(self._open)
        editor.setObjectName(field.name)
        cell = FieldCell(look, editor, text)
        self.cells[field.name] = cell
        self.binder.bind(editor)
        editor.target().installEventFilter(self)
        return cell

    def load(self, values: Mapping[str, object], drafts: Mapping[str, str] | None = None) -> None:
        """Show another record; see `Binder.load`."""
        self.binder.load(values, drafts)

    def refresh(self, values: Mapping[str, object]) -> None:
        """Show what changed in the same record; see `Binder.refresh`."""
        self.binder.refresh(values)

    def flush(self) -> bool:
        """Commit what is pending; False if something could not be stored. Call before leaving."""
        return self.binder.flush()

    def focus(self, name: str = "") -> None:
        """Put the cursor into a field, by default the first."""
        cell = self.cells[name] if name else next(iter(self.cells.values()))
        cell.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def wrong(self) -> list[str]:
        """Fields that say something is wrong, in order."""
        return [name for name, cell in self.cells.items() if cell.message()]

    def _say(self, name: str, text: str, kind: str) -> None:
        self.cells[name].say(text, kind)

    def _tick(self, names: list[str]) -> None:
        for name in names:
            self.cells[name].tick()
        self.committed.emit(names)

    def _open(self, key: str) -> None:
        sender = self.sender()
        if isinstance(sender, ReferenceEditor):
            self.opened.emit(sender.field.name, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            if isinstance(watched, ChooserLine) and watched.suggestions.isVisible():
                return False  # the first Esc closes the list
            for name, cell in self.cells.items():
                if cell.editor.target() is watched and self.binder.revert(name):
                    return True
        return super().eventFilter(watched, event)

"""The section: some numbers, what they come to, the curve, the textbook's figures."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldsales.domain.fields import Field, Kind, as_decimal
from fieldsales.drawing.curve import curve
from fieldsales.drawing.shapes import Picture
from fieldsales.errors import FieldError
from fieldsales.methods.calculators import rules
from fieldsales.methods.calculators.rules import CALCULATIONS, Calculation, Numbers
from fieldsales.methods.calculators.told import sentence, spoken
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.money.calculators.into import Into
from fieldsales.screens.sections import SectionPage
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.widgets.card import CardScroll, Section, at_left
from fieldsales.widgets.flow import FlowLayout
from fieldsales.widgets.form import FieldCell, FieldGrid, make_editor
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label

_WIDE = 760  # px at 100 %
_TALL = 240
_KEPT = "calculators/chosen"
_AMOUNTS = ("loss", "yearly", "replacement")
_TEXTBOOK = ("bad_debt", "late_payment")


class CalculatorsPage(SectionPage):
    """Everything is worked out while it is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.kinds = Picks(look, name=words("calculators.title"), clearable=False)
        self.kinds.set_picks([Pick(name, words(f"calculators.{name}")) for name in CALCULATIONS])
        self.kinds.chosen.connect(self.choose)
        self.about = label(look, tone="muted", wrap=True)
        self.cells: dict[tuple[str, str], FieldCell] = {}
        self._grids: dict[str, QWidget] = {}
        grids = column(look, gap=0)
        for name, one in CALCULATIONS.items():
            for part in one.parts:
                places, low = (2, 0) if part in _AMOUNTS else (4, None)
                spec = Field(part, Kind.DECIMAL, places=places, low=low)
                unit = words(f"calculators.unit.{part}")
                editor = make_editor(look, spec, hint=unit, calm=False)
                self.cells[name, part] = FieldCell(
                    look, editor, words(f"calculators.field.{_named(name, part)}")
                )
                editor.edited.connect(self.work_out)
            cells = [(self.cells[name, part], False) for part in one.parts]
            self._grids[name] = FieldGrid(look, cells)
            grids.addWidget(self._grids[name])
            self._fill(one, one.examples[0])
        self.answer = label(look, size="page", bold=True)
        self.picture = PictureBlock(look)
        self.copy = button(look, words("calculators.copy"), self.copy_text, icon="copy")
        self.usual = button(look, words("calculators.usual"), self.keep_usual, icon="pin")
        self.usual.setToolTip(words("calculators.usual_tip"))
        self.into = Into(context, self._sentence)
        self.textbook = Section(look, words("calculators.textbook"), gap=0)
        tools = FlowLayout(look)
        for tool in (self.copy, self.into, self.usual):
            tools.addWidget(tool)
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                self.kinds,
                self.about,
                grids,
                self.answer,
                self.picture,
                tools,
                self.textbook,
                gap=16,
            )
        )
        scroll = CardScroll(look)
        scroll.body.addLayout(at_left(look, inside, _WIDE))
        scroll.body.addStretch(1)
        self.setLayout(column(look, scroll))
        last = str(context.state.value(_KEPT, ""))
        self.choose(last if last in CALCULATIONS else next(iter(CALCULATIONS)))

    # the contract of sections

    def refresh(self) -> None:
        """Nothing here is of the file but what was typed."""

    def show_record(self, kind: str, row_id: str) -> None:
        if row_id in CALCULATIONS:
            self.choose(row_id)
            self._focus()

    def commands_here(self) -> list[Command]:
        words = self.context.words
        found = [
            Command(words(f"calculators.{name}"), "money", partial(self.choose, name))
            for name in CALCULATIONS
        ]
        return [*found, Command(words("calculators.copy"), "copy", self.copy_text)]

    # what is worked out

    @property
    def chosen(self) -> Calculation:
        return CALCULATIONS[self.kinds.key]

    @Slot(str)
    def choose(self, name: str) -> None:
        """Brings a calculator to front, with what was typed there last."""
        self.kinds.set_key(name)
        self.context.state.setValue(_KEPT, name)
        for other, grid in self._grids.items():
            grid.setVisible(other == name)
        self.about.setText(self.context.words(f"calculators.about.{name}"))
        self.usual.setVisible(name == "late_payment")
        self._show_textbook()
        self.work_out()

    def _fill(self, one: Calculation, numbers: Numbers) -> None:
        for part, value in zip(one.parts, numbers, strict=True):
            self.cells[one.name, part].editor.set_value(f"{value:f}")

    def take(self, numbers: Numbers) -> None:
        """Puts numbers in, as if they were typed."""
        self._fill(self.chosen, numbers)
        self.work_out()

    def typed(self) -> Numbers | None:
        """The numbers, None where one is missing or makes no sense; said below it."""
        one = self.chosen
        found = []
        for part in one.parts:
            cell = self.cells[one.name, part]
            cell.say("", "")
            text = cell.editor.typed().strip().rstrip("%％")
            if not text:
                return None
            try:
                found.append(as_decimal(str(cell.editor.field.clean(text))))
            except FieldError as wrong:
                self._complain(wrong)
                return None
        return tuple(found)

    @Slot()
    def work_out(self) -> None:
        one, numbers = self.chosen, self.typed()
        said = ""
        if numbers is not None:
            try:
                said = sentence(one, numbers, self.context.words)
                self.answer.setText(self._short(one.result(*numbers)))
                self.picture.show_picture(said, partial(self._draw, numbers))
            except FieldError as wrong:
                self._complain(wrong)
        for part in (self.answer, self.picture, self.copy, self.into):
            part.setVisible(bool(said))
        self.usual.setEnabled(bool(said))

    def _complain(self, wrong: FieldError) -> None:
        text = self.context.words(wrong.code, **wrong.params)
        self.cells[self.chosen.name, wrong.field].say(text, "wrong")

    def _short(self, result: Decimal) -> str:
        """The number alone, with what it is."""
        name = self.chosen.name
        n = f"{result:+,f}" if name == "discount" else spoken(result)
        return self.context.words(f"calculators.answer.{name}", n=n)

    def _sentence(self) -> str:
        """The whole in a sentence; '' while nothing can be worked out."""
        numbers = self.typed()
        try:
            return sentence(self.chosen, numbers, self.context.words) if numbers else ""
        except FieldError:
            return ""

    def _draw(self, numbers: Numbers, room: float) -> Picture:
        one, words = self.chosen, self.context.words
        points = [(float(x), float(y)) for x, y in rules.curve(one, numbers)]
        result, here = one.result(*numbers), numbers[one.parts.index(one.moved)]
        ends = f"{points[0][0]:.3g}%", f"{points[-1][0]:.3g}%"
        axes = words(f"calculators.axis.{one.moved}"), words(f"calculators.upwards.{one.name}")
        told = f"{here:f}%", spoken(result) + ("%" if one.name == "discount" else "")
        point = float(here), float(result)
        alt = sentence(one, numbers, words)
        return curve(points, point, ends, axes, told, room, _TALL, size=12, alt=alt)

    def _show_textbook(self) -> None:
        one, words = self.chosen, self.context.words
        lines = []
        for numbers in one.examples:
            line = Line(self.context.look)
            result = one.result(*numbers)
            parts = {part: spoken(value) for part, value in zip(one.parts, numbers, strict=True)}
            title = words(f"calculators.row.{one.name}", **parts)
            line.show_face(LineFace(title, title, aside=self._short(result), aside_role="ink"))
            line.clicked.connect(partial(self.take, numbers))
            lines.append(line)
        key = "textbook" if one.name in _TEXTBOOK else "examples"
        self.textbook.title.setText(words(f"calculators.{key}"))
        self.textbook.show_parts(lines)

    # what can be done with it

    def copy_text(self) -> None:
        """Puts the sentence on the clipboard."""
        said = self._sentence()
        if not said:
            return
        QGuiApplication.clipboard().setText(said)
        done = self.context.words("calculators.copied")
        self.context.say(Message(done, "success", key="copied"))

    def keep_usual(self) -> None:
        """What lateness of receivables is worked out with from now on."""
        numbers = self.typed()
        if numbers is None:
            return
        for name, value in zip(("money.margin", "money.rate"), numbers, strict=True):
            if self.context.run(ChangeSetting(name, f"{value:f}")) is None:
                return
        said = self.context.words("calculators.kept")
        self.context.say(Message(said, "success", key="calculators"))

    def _focus(self) -> None:
        one = self.chosen
        target = self.cells[one.name, one.parts[0]].editor.target()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, QLineEdit):
            target.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()


def _named(name: str, part: str) -> str:
    """A discount comes off the gross margin, the others are about the net one."""
    return "gross" if (name, part) == ("discount", "margin") else part

"""The value stack: what the customer gets besides the goods, part by part, against the price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import values_of
from fieldsales.domain.worksheet import ValuePart
from fieldsales.methods.ffab.picture import finding, stack_picture
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.services.operations.worksheets import SetValueStack
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import Section
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.editors import LineEdit, MoneyEditor, TextEditor
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.grip import Grip, Siblings
from fieldsales.widgets.kept_rows import Row, Rows
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, label, row, tool_button
from fieldsales.widgets.saved_field import field_of
from fieldsales.widgets.typed import parse_money

_AMOUNT = 150  # px at 100 %


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as the page shows it, with the currency of the worksheet; `id` is the part's."""

    part: ValuePart
    currency: str

    @property
    def id(self) -> str:
        return self.part.id


class PartLine(Row[Shown]):
    """What they get, and what that is worth."""

    reusable = True
    remove_wanted = Signal()

    def __init__(self, desk: Desk, shown: Shown, lines: Siblings) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._id = shown.id
        self._currency = shown.currency
        self.grip = Grip(look, lines, words("ffab.drag"))
        self.name = TextEditor(look, field_of("value_part", "label"))
        self.name.set_name(words("field.value_part.label"))
        self.amount = MoneyEditor(
            look, field_of("value_part", "amount"), words("ffab.hint.amount"), shown.currency
        )
        self.amount.set_name(words("field.value_part.amount"))
        self.amount.setFixedWidth(look.theme.px(_AMOUNT))
        remove = tool_button(
            look, "close", words("ffab.remove_part"), self.remove_wanted.emit, colour="ink-3"
        )
        line = row(look, self.grip, self.name, self.amount, remove, gap=4)
        line.setStretch(1, 1)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        self.setLayout(column(look, line, self._trouble, gap=2))
        self.binder = Binder(words, self._save, self._keep_draft, parent=self)
        for editor in (self.name, self.amount):
            self.binder.bind(editor)
        self.binder.trouble.connect(self._say)
        self.stand_for(shown)

    def _save(self, values: Mapping[str, object]) -> None:
        self._desk.commit("value_part", self._id)(values)

    def _keep_draft(self, name: str, text: str | None) -> None:
        self._desk.draft("value_part", self._id)(name, text)

    def stand_for(self, thing: Shown) -> None:
        self._id, self._currency = thing.id, thing.currency
        self.binder.load(_values(thing), self._desk.drafts("value_part", thing.id))

    def show_thing(self, thing: Shown) -> None:
        if thing.currency != self._currency:
            self._currency = thing.currency
            self.binder.load(_values(thing))
        else:
            self.binder.refresh(_values(thing))

    def drop(self) -> None:
        self.binder.load({})

    def _say(self, name: str, text: str, kind: str) -> None:
        editor = self.name if name == "label" else self.amount
        editor.set_wrong(kind == "wrong")
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))


def _values(shown: Shown) -> dict[str, object]:
    return {"label": shown.part.label, "amount": shown.part.amount, "currency": shown.currency}


class StackSection(Section):
    """Price and parts at the left, the picture of both at the right; the top of the stack first."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("report.ffab.stack"), gap=12)
        self._desk = desk
        self.form = Form(
            look,
            "worksheet",
            (Group("", ("price", "currency")),),
            desk.save_sheet,
            desk.keep_sheet_draft,
            editors={"currency": currency_editor},
        )
        self.list_price = button(look, "", self._take_price, icon="tag", role="link")
        self.parts: Rows[Shown] = Rows(look, self._make, gap=2)
        self.new = LineEdit(look)
        self.new.setPlaceholderText(words("ffab.new_part"))
        self.new.setAccessibleName(words("ffab.new_part"))
        self.new.returnPressed.connect(self._add)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        left = QWidget()
        price = column(look, self.form, row(look, self.list_price, None), gap=4)
        head = label(look, words("ffab.parts"), size="caption", tone="muted", wrap=True)
        left.setLayout(
            column(
                look, price, column(look, head, self.new, self._wrong, self.parts, gap=4), gap=12
            )
        )
        self.picture = PictureBlock(look)
        self.picture.clicked.connect(self._to_part)
        self.show_parts((Columns(look, left, self.picture, (1, 1)),))
        for keys, act in (("Alt+Up", self._up), ("Alt+Down", self._down)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def lines(self) -> list[PartLine]:
        found = (self.parts.row(key) for key in self.parts.keys())  # noqa: SIM118 - no mapping
        return [line for line in found if isinstance(line, PartLine)]

    # showing

    def load(self) -> None:
        """Another worksheet; its parts follow."""
        self.new.clear()
        self._say("")
        kept = self._desk.drafts("worksheet", self._desk.sheet_id)
        mine = {name: kept[name] for name in kept if name in self.form.cells}
        self.form.load(self._sheet_values(), mine)

    def _sheet_values(self) -> dict[str, object]:
        return {**values_of(self._desk.sheet), "currency": self._desk.currency}

    def show_stack(self) -> None:
        desk, words, facts = self._desk, self._desk.words, self._desk.facts
        currency = desk.currency
        self.form.refresh(self._sheet_values())
        self.parts.show_things([Shown(part, currency) for part in reversed(facts.parts)])
        price = facts.price
        offered = price is not None and price.amount is not None and facts.sheet.price is None
        self.list_price.setVisible(offered)
        if price is not None and price.amount is not None:
            told = words.money(price.amount, price.currency or currency, cents=False)
            self.list_price.setText(words("ffab.take_price", price=told))
        stack = facts.stack
        drawn = None if not facts.parts else (
            lambda room: stack_picture(stack, currency, words, room)
        )  # fmt: skip
        self.picture.show_picture(finding(stack, currency, words), drawn)

    def flush(self) -> None:
        self.form.flush()
        for line in self.lines:
            line.binder.flush()

    # what is done

    def _make(self, shown: Shown) -> PartLine:
        line = PartLine(self._desk, shown, self._widgets)
        line.remove_wanted.connect(self._remove)
        line.grip.dropped.connect(self._dropped)
        return line

    def _widgets(self) -> Sequence[QWidget]:
        return self.lines

    def _stored(self) -> list[tuple[str, int | None]]:
        """The parts as they are listed, everything typed being saved first."""
        self.flush()
        return [(part.label, part.amount) for part in reversed(self._desk.facts.parts)]

    def _set(self, parts: Sequence[tuple[str, int | None]], said: str = "") -> bool:
        return self._desk.run(SetValueStack(self._desk.sheet_id, tuple(reversed(parts))), said)

    def _add(self) -> None:
        """`信任 2` is a part worth 2: an amount may stand at the end."""
        text = self.new.text().strip()
        if not text:
            return
        name, _, last = text.rpartition(" ")
        amount = parse_money(last, self._desk.currency) if name else None
        if amount is None or amount < 0:
            name, amount = text, None
        spec = field_of("value_part", "label")
        if len(name.strip()) > spec.max_length:
            over = self._desk.words("field.too_long", limit=spec.max_length, length=len(name))
            self._say(over)
            return
        self._say("")
        if self._set([(name.strip(), amount), *self._stored()]):
            self.new.clear()

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _remove(self) -> None:
        at = self.lines.index(self.sender())  # type: ignore[arg-type]
        parts = self._stored()
        name, _ = parts.pop(at)
        self._set(parts, self._desk.words("ffab.part_removed", name=name))

    def _dropped(self, place: int) -> None:
        grip = self.sender()
        self._move(next(at for at, one in enumerate(self.lines) if one.grip is grip), place)

    def _up(self) -> None:
        self._move_focused(-1)

    def _down(self) -> None:
        self._move_focused(1)

    def _move_focused(self, by: int) -> None:
        inside = self.focusWidget()
        at = next(
            (at for at, one in enumerate(self.lines) if inside and one.isAncestorOf(inside)), -1
        )
        if at >= 0 and self._move(at, at + by):
            line = self.lines[at + by]
            amount = self.lines[at].amount.isAncestorOf(inside)
            (line.amount if amount else line.name).target().setFocus()

    def _move(self, at: int, place: int) -> bool:
        parts = self._stored()
        if not 0 <= place < len(parts) or place == at:
            return False
        parts.insert(place, parts.pop(at))
        return self._set(parts)

    def _take_price(self) -> None:
        price = self._desk.facts.price
        if price is not None:
            self._desk.edit_sheet(price=price.amount, currency=price.currency)

    def _to_part(self, key: str) -> None:
        self.lines[-1 - int(key)].amount.target().setFocus(Qt.FocusReason.OtherFocusReason)

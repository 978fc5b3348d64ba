"""One worksheet: its head, the opening, the rows, what is said, the value stack, and notes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal

from fieldsales.domain.fields import Field, values_of
from fieldsales.domain.product import Product
from fieldsales.methods.ffab.rules import pitch
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.newcomer import product_finder
from fieldsales.screens.pitch.ffab.rows import RowsSection
from fieldsales.screens.pitch.ffab.speech import WholeSection
from fieldsales.screens.pitch.ffab.stack import StackSection
from fieldsales.screens.pitch.ffab.walk import WalkSection
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import CardScroll, FactFace, FactLine, Section
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.menus import give_menu, passing_menu
from fieldsales.widgets.pieces import button, column, label, row, tool_button
from fieldsales.widgets.saved_field import field_of

_SETTLE = 120  # ms without a key until what is said is composed again


class SheetView(CardScroll):
    """It is built once and shows the worksheet it is told to."""

    adapt_wanted = Signal()
    trash_wanted = Signal()
    paper_wanted = Signal(str)  # kind

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, margin=24, gap=20)
        self.desk = desk
        self._fresh = True
        self.title = TextEditor(look, field_of("worksheet", "title"))
        self.title.line.setFont(look.theme.font("section", bold=True))
        self.title.line.setProperty("role", "bare")
        self.title.set_name(words("field.worksheet.title"))
        self.binder = Binder(words, desk.save_sheet, desk.keep_sheet_draft, parent=self)
        self.binder.bind(self.title)
        self.binder.trouble.connect(self._say)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        self.adapt = button(look, words("ffab.adapt_for"), self.adapt_wanted.emit, icon="copy")
        self.print = button(look, words("common.print"), icon="print")
        give_menu(
            self.print,
            (
                (words("report.ffab.name"), self.print_sheet),
                (words("report.pitch_cards.name"), self.print_cards),
            ),
        )
        self.more = tool_button(look, "more", words("ffab.more"), self._show_menu)
        head = row(look, self.title, self.adapt, self.print, self.more, gap=8)
        head.setStretch(0, 1)
        head.setAlignment(self.title, Qt.AlignmentFlag.AlignTop)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self._fact_pressed)
        self.opening = Form(
            look,
            "worksheet",
            (Group("", ("opening",)),),
            desk.save_sheet,
            desk.keep_sheet_draft,
            editors={"opening": _opening},
        )
        self.rows = RowsSection(desk)
        self.rows.adapt_wanted.connect(self.adapt_wanted)
        self.whole = WholeSection(desk)
        self.walk = WalkSection(desk, self.whole.note)
        self.stack = StackSection(desk)
        self.about = Section(look, words("ffab.about"))
        self.form = Form(
            look,
            "worksheet",
            (Group("", ("product_id", "industry", "note")),),
            self._save_about,
            desk.keep_sheet_draft,
            finders={"product_id": product_finder(desk.context)},
        )
        self.form.opened.connect(self._open_product)
        self.about.show_parts((self.form,))
        top = column(look, head, self._trouble, self.facts, gap=8)
        self.body.addLayout(top)
        for part in (self.opening, self.rows, self.whole, self.walk, self.stack, self.about):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._compose)
        self.rows.typed.connect(self._settle.start)
        self.opening.cells["opening"].editor.edited.connect(self._settle.start)

    # showing

    @property
    def sheet_id(self) -> str:
        return self.desk.sheet_id

    def open(self, sheet_id: str) -> bool:
        """Shows a worksheet; False if it is not there."""
        if sheet_id != self.desk.sheet_id:
            self.flush()
            self._fresh = True
            self.verticalScrollBar().setValue(0)
        if not self.desk.open(sheet_id):
            self._settle.stop()
            self._fresh = True
            return False
        if self._fresh:
            self._load()
        else:
            self._refresh()
        return True

    def _load(self) -> None:
        self._settle.stop()
        self._fresh = False
        desk = self.desk
        kept = desk.drafts("worksheet", desk.sheet_id)
        values = values_of(desk.sheet)
        self.binder.load(values, _only(kept, {"title"}))
        for form in (self.opening, self.form):
            form.load(values, _only(kept, form.cells))
        self.whole.load()
        self.stack.load()
        self._show()

    def _refresh(self) -> None:
        values = values_of(self.desk.sheet)
        self.binder.refresh(values)
        for form in (self.opening, self.form):
            form.refresh(values)
        self.whole.refresh()
        self._show()

    def _show(self) -> None:
        sheet = self.desk.sheet
        self.facts.show_facts(self._facts())
        self.form.cells["industry"].setVisible(sheet.customer_id is None)
        self.rows.show_rows()
        self.stack.show_stack()
        self._compose()
        self.walk.later()

    def _facts(self) -> list[tuple[str, FactFace]]:
        """For which product, and for whom."""
        facts, words = self.desk.facts, self.desk.words
        gone = facts.product is None and bool(facts.product_name)
        marks = (ChipFace(words("ffab.gone_chip"), "warn"),) if gone else ()
        found = [
            ("product" if facts.product or not gone else "",
             FactFace(words("noun.product"), facts.product_name, chips=marks,
                      invite=words("ffab.invite_product"))),
        ]  # fmt: skip
        if facts.customer is not None:
            found.append(("customer", FactFace(words("noun.customer"), facts.customer.name)))
            if facts.deal is not None:
                found.append(("deal", FactFace(words("noun.deal"), facts.deal.title)))
        else:
            whom = words.choice("industry", facts.sheet.industry) or words("ffab.for_anyone")
            found.append(("industry", FactFace(words("ffab.for_whom"), whom)))
        return found

    def _compose(self) -> None:
        """What is said, with what is being typed."""
        desk = self.desk
        self.rows.show_speech()
        opening = self.opening.cells["opening"].editor.typed().strip()
        sheet = replace(desk.sheet, opening=opening, pitch="")
        self.whole.show_composed(pitch(sheet, self.rows.now(), desk.facts.needs, desk.said))

    def flush(self) -> None:
        """Saves what is being typed anywhere on the page."""
        if self._fresh:
            return
        self.binder.flush()
        for form in (self.opening, self.form):
            form.flush()
        self.rows.flush()
        self.whole.binder.flush()
        self.stack.flush()

    def focus_first(self) -> None:
        """Where Enter leads: to the first cell, or to the first row there is to be."""
        lines = self.rows.lines
        if lines:
            lines[0].focus()
        else:
            self.opening.focus()

    # what is done

    def _save_about(self, values: Mapping[str, object]) -> None:
        """A product is kept by its name, too."""
        named = dict(values)
        if "product_id" in named:
            product = self.desk.context.store.record(Product, str(named["product_id"] or ""))
            named["product_name"] = product.name if product is not None else ""
        self.desk.save_sheet(named)

    def _fact_pressed(self, key: str) -> None:
        sheet, facts = self.desk.sheet, self.desk.facts
        if key == "product" and facts.product is not None:
            self.desk.context.open("product", facts.product.id)
        elif key == "product":
            self._go_to("product_id")
        elif key == "industry":
            self._go_to("industry")
        elif key == "customer" and sheet.customer_id:
            self.desk.context.open("customer", sheet.customer_id)
        elif key == "deal" and sheet.deal_id:
            self.desk.context.open("deal", sheet.deal_id)

    def _go_to(self, name: str) -> None:
        self.form.focus(name)
        self.ensureWidgetVisible(self.form)

    def _open_product(self, _name: str, product_id: str) -> None:
        self.desk.context.open("product", product_id)

    def _show_menu(self) -> None:
        words = self.desk.words
        menu = passing_menu(
            self,
            (
                (words("ffab.adapt_for"), self.adapt_wanted.emit),
                (words("ffab.check_it"), self._check),
                (words("ffab.about_method"), self._about),
                None,
                (words("card.trash"), self.trash_wanted.emit),
            ),
        )
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _check(self) -> None:
        self.flush()
        self.desk.context.open("walk_around", f"worksheet:{self.sheet_id}")

    def _about(self) -> None:
        self.desk.context.open("help", "m28")

    def print_sheet(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"ffab:{self.sheet_id}")

    def print_cards(self) -> None:
        self.flush()
        self.desk.context.open("paper", f"pitch_cards:{self.sheet_id}")

    def _say(self, _name: str, text: str, kind: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        self.title.set_wrong(kind == "wrong")


def _opening(look: Look, field: Field) -> CountedNote:
    return CountedNote(look, field, look.words("ffab.hint.opening"), lines=1, most=6)


def _only(kept: Mapping[str, str], names: Container[str]) -> dict[str, str]:
    return {name: text for name, text in kept.items() if name in names}

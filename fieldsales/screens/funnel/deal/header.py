"""The head of the page: what, for whom, where it stands, how much, by when, how likely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from fieldsales.domain.deal import Deal, is_open
from fieldsales.domain.fields import fields, values_of
from fieldsales.domain.forecast import weighted
from fieldsales.domain.pipeline import ENDS, LOST, WON, Stage
from fieldsales.domain.stage_evidence import checklist
from fieldsales.screens.contract import Command
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.screens.funnel.deal.rail import StageRail, Step
from fieldsales.services.operations.deals import TagDeals
from fieldsales.services.stages import stage_name
from fieldsales.store.queries import customers
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import FactFace, FactLine
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.menus import chosen, passing_menu
from fieldsales.widgets.pieces import button, column, label, row, tool_button
from fieldsales.widgets.tags import TagLine

_ONE_LINE = 760  # px at 100 % from which title and buttons stand beside each other
_AGE_ROLES = ("ink", "ink", "warn", "bad")


class DealHeader(QWidget):
    """Everything a seller must know before the call, and the way on to the next stage."""

    closed = Signal()
    fact_pressed = Signal(str)  # amount, close, probability, age, next, group, seller
    paper_wanted = Signal()
    snooze_wanted = Signal()
    tag_wanted = Signal(str)  # the deals with this tag
    trash_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        look, words = desk.look, desk.words
        self.back = tool_button(look, "back", words("deal_page.back"), self.closed.emit)
        self.title = TitleLine(desk)
        self.previous = tool_button(look, "chevron-left", "", self._go_back)
        self.next = button(look, "", self._go_on, icon="forward", role="primary")
        self.paper = button(look, words("deal_page.paper"), self.paper_wanted.emit, icon="document")
        self.more = tool_button(look, "more", words("card.more"), self._open_menu)
        self._ways = QWidget()
        self._ways.setLayout(row(look, self.previous, self.next, self.paper, gap=8))
        self._first = row(look, self.back, self.title, self._ways, self.more)
        self._first.setStretch(1, 1)
        self._below = row(look, gap=0)  # the ways stand here where the title needs its line
        self.customer = QPushButton()
        self.customer.setProperty("role", "link")
        self.customer.setCursor(Qt.CursorShape.PointingHandCursor)
        self.customer.clicked.connect(self._open_customer)
        self.chips = TagLine(look, self._known_tags, words("deal_page.tag_only"))
        self.chips.fact_pressed.connect(self._chip_pressed)
        self.chips.filter_wanted.connect(self.tag_wanted)
        self.chips.added.connect(self._add_tag)
        self.chips.removed.connect(self._remove_tag)
        second = row(look, self.customer, self.chips, gap=12)
        second.setStretch(1, 1)
        self.rail = StageRail(look, words("deal_page.stages"))
        self.facts = FactLine(look)
        self.facts.clicked.connect(self.fact_pressed)
        lines = (self._first, self._below, second, 4, self.rail, 4, self.facts)
        self.setLayout(column(look, *lines, gap=4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.desk.look.theme.px(_ONE_LINE)
        if narrow and self._below.indexOf(self._ways) < 0:
            self._first.removeWidget(self._ways)
            self._below.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignLeft)
        elif not narrow and self._first.indexOf(self._ways) < 0:
            self._below.removeWidget(self._ways)
            self._first.insertWidget(2, self._ways)

    def load(self) -> None:
        """Stand for another deal."""
        self.title.load()
        self.chips.load()

    def flush(self) -> None:
        self.title.binder.flush()

    def show_facts(self) -> None:
        desk = self.desk
        self.title.refresh()
        self.customer.setText(desk.customer.name)
        self.chips.show_chips(tuple(self._chips()), desk.page.tags)
        self.facts.show_facts(tuple(self._facts()))
        self._show_ways()

    # tags

    def _known_tags(self) -> Sequence[str]:
        return customers.tags_in_use(self.desk.context.store)

    def _add_tag(self, name: str) -> None:
        self.desk.run(TagDeals((self.desk.deal_id,), add=(name,)))

    def _remove_tag(self, name: str) -> None:
        said = self.desk.words("card.tag_removed", name=name)
        self.desk.run(TagDeals((self.desk.deal_id,), remove=(name,)), said)

    # where it goes

    def before(self) -> Stage | None:
        """The stage one step back; of a closed deal the one it came from."""
        page, deal = self.desk.page, self.desk.deal
        line = page.row
        if not is_open(deal.stage):
            came = page.changes[-1].from_stage if page.changes else None
            return next((one for one in line if one.id == came), line[-1] if line else None)
        at = next((at for at, one in enumerate(line) if one.id == deal.stage), 0)
        return line[at - 1] if at > 0 else None

    def after(self) -> Stage | None:
        """The stage one step on; None behind the end."""
        page, deal = self.desk.page, self.desk.deal
        if not is_open(deal.stage):
            return None
        line = [one.id for one in page.row]
        at = line.index(deal.stage) if deal.stage in line else -1
        return page.row[at + 1] if at + 1 < len(line) else page.stages[WON]

    def _show_ways(self) -> None:
        words = self.desk.words
        before, after = self.before(), self.after()
        self.previous.setVisible(before is not None)
        if before is not None:
            closed = not is_open(self.desk.deal.stage)
            key = "reopen_at" if closed else "back_to"
            told = words(f"deal_page.{key}", stage=stage_name(words, before))
            style = Qt.ToolButtonStyle
            self.previous.setText(told)
            self.previous.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if closed else style.ToolButtonIconOnly
            )
            self.previous.setToolTip(f"{told} (Ctrl+←)")
            self.previous.setAccessibleName(told)
        self.next.setVisible(after is not None)
        if after is not None:
            won = after.id == WON
            told = words(
                "deal_page.win" if won else "deal_page.on_to", stage=stage_name(words, after)
            )
            self.next.setText(told)
            self.next.setToolTip(f"{told} (Ctrl+→)")

    def _go_back(self) -> None:
        self.go(-1)

    def _go_on(self) -> None:
        self.go(1)

    def go(self, way: int) -> None:
        """Asks for the next stage (1) or the one before (−1), if there is one."""
        wanted = self.after() if way > 0 else self.before()
        if wanted is not None:
            self.desk.move_wanted.emit(wanted.id)

    def commands(self) -> list[Command]:
        """What the palette offers of the deal: its paper, and the moves of the menu."""
        words = self.desk.words
        return [
            Command(words("deal_page.paper"), "document", self.paper_wanted.emit),
            *(
                Command(told, "funnel", partial(self.desk.move_wanted.emit, stage_id))
                for told, stage_id in self._moves()
            ),
            Command(words("deal_page.snooze"), "snooze", self.snooze_wanted.emit),
        ]

    def _moves(self) -> list[tuple[str, str]]:
        """How a move to each other stage is called, and its id."""
        page, words = self.desk.page, self.desk.words
        return [
            (words("deal_page.move_to", stage=stage_name(words, stage)), stage.id)
            for stage in (*page.row, *(page.stages[end] for end in ENDS))
            if stage.id != self.desk.deal.stage
        ]

    def _open_menu(self) -> None:
        words = self.desk.words
        moves = [(told, self._stage_chosen, stage_id) for told, stage_id in self._moves()]
        snooze = (words("deal_page.snooze"), self.snooze_wanted.emit)
        trash = (words("card.trash"), self.trash_wanted.emit)
        passing_menu(self, (*moves, None, snooze, None, trash)).popup(
            self.more.mapToGlobal(QPoint(0, self.more.height()))
        )

    def _stage_chosen(self) -> None:
        self.desk.move_wanted.emit(chosen(self.sender()))

    def _open_customer(self) -> None:
        self.desk.context.open("customer", self.desk.customer.id)

    def _chip_pressed(self, key: str) -> None:
        if key == "snoozed":
            self.snooze_wanted.emit()
        elif key == "complaint":
            self.desk.context.open("feedback", self.desk.page.complaints[0].id)
        else:
            self.fact_pressed.emit(key)

    # what stands there

    def show_rail(self, key: str) -> None:
        """Show the stages, the evidence of `key` being looked at."""
        desk, words = self.desk, self.desk.words
        page, deal = desk.page, desk.deal
        place = self._place()
        steps = []
        for at, stage in enumerate(page.row):
            found = checklist(stage, desk.facts)
            held = sum(piece.holds for piece in found)
            state = "here" if stage.id == deal.stage else "behind" if at < place else "ahead"
            told = words("deal_page.of", n=held, all=len(found)) if found else ""
            steps.append(
                Step(stage.id, stage_name(words, stage), state, told, held == len(found) > 0)
            )
        if not is_open(deal.stage):
            steps.append(Step(deal.stage, stage_name(words, page.stage), deal.stage))
        self.rail.show_steps(steps, key)

    def _place(self) -> int:
        """How many stages it has behind it; one that was removed counts where it stood."""
        page = self.desk.page
        stage, more = page.stage, 0
        if stage.id == WON or (stage.id == LOST and not page.changes):
            return len(page.row)
        if stage.id == LOST:
            stage, more = page.stages[page.changes[-1].from_stage or stage.id], 1
        standing = stage.position or 0
        return sum((one.position or 0) < standing for one in page.row) + more

    def _chips(self) -> Iterable[tuple[str, ChipFace]]:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        if not is_open(deal.stage):
            tone = "good" if deal.stage == WON else "bad"
            yield "ended", ChipFace(stage_name(words, desk.page.stage), tone)
        if desk.page.complaints:
            told = words("card.complaints", n=len(desk.page.complaints))
            yield "complaint", ChipFace(told, "bad", "warning")
        today = desk.look.clock.today().isoformat()
        if deal.snoozed_until and deal.snoozed_until > today:
            told = words("deal_page.snoozed", day=desk.day(deal.snoozed_until))
            yield "snoozed", ChipFace(told, "warn", "snooze", deal.snooze_reason)
        if deal.horizon:
            yield "horizon", ChipFace(words.choice("horizon", deal.horizon), icon="clock")
        if deal.product:
            yield "product", ChipFace(deal.product, icon="cart")
        for rival in deal.rivals:
            yield "competitor", ChipFace(rival, icon="competitor")

    def _facts(self) -> Iterable[tuple[str, FactFace]]:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        yield "amount", self._amount()
        if is_open(deal.stage):
            yield "expected_close", self._close()
            yield "probability", self._probability()
            yield "age", self._age()
        yield "next", self._next()
        sheet = desk.page.buying_group
        told = words("deal_page.of", n=sheet.score, all=4)
        detail = "" if sheet.complete else words("deal_page.gap", n=4 - sheet.score)
        yield "group", FactFace("1+2+1", told, detail, "good" if sheet.complete else "ink")
        invite = words("deal_page.add_seller")
        yield "seller", FactFace(words("field.deal.seller"), sheet.seller, invite=invite)

    def _amount(self) -> FactFace:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        caption = words("field.deal.amount")
        if deal.stage == WON and deal.order_amount is not None:
            text = words.money(deal.order_amount, desk.currency, cents=False)
            return FactFace(words("field.deal.order_amount"), text, role="good")
        if deal.amount is None:
            return FactFace(caption, invite=words("deal_page.add_amount"))
        text = words.money(deal.amount, desk.currency, cents=False)
        detail = ""
        if is_open(deal.stage):
            expected = weighted(deal.amount, desk.page.probability)
            detail = words(
                "deal_page.weighted", amount=words.money(expected, desk.currency, cents=False)
            )
        return FactFace(caption, text, detail)

    def _close(self) -> FactFace:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        caption = words("field.deal.expected_close")
        if not deal.expected_close:
            return FactFace(caption, invite=words("deal_page.add_close"))
        late = deal.expected_close < desk.look.clock.today().isoformat()
        detail = words("deal_page.close_passed") if late else ""
        text = desk.day(deal.expected_close)
        return FactFace(
            caption, text, detail, "bad" if late else "ink", tooltip=deal.expected_close
        )

    def _probability(self) -> FactFace:
        desk, words, deal = self.desk, self.desk.words, self.desk.deal
        pinned = deal.pinned_probability is not None
        detail = words("deal_page.pinned" if pinned else "deal_page.by_stage")
        text = words("deal_page.percent", n=desk.page.probability)
        tip = deal.probability_reason if pinned else words("deal_page.pin_tip")
        return FactFace(words("deal_page.probability_short"), text, detail, tooltip=tip)

    def _age(self) -> FactFace:
        page, words = self.desk.page, self.desk.words
        usual = words("deal_page.usually", n=round(page.usual or 0)) if page.usual else ""
        text = words("deal_page.days", n=page.days)
        return FactFace(words("deal_page.in_stage"), text, usual, _AGE_ROLES[page.level])

    def _next(self) -> FactFace:
        desk, words = self.desk, self.desk.words
        caption, step = words("card.next_step"), desk.around.next_step
        if step is None:
            return FactFace(caption, invite=words("card.no_next"))
        what = step.text or words(f"noun.{step.noun}")
        if step.day is None:
            return FactFace(caption, what)
        late = step.day < desk.look.clock.today().isoformat()
        return FactFace(caption, desk.day(step.day), what, "bad" if late else "ink", tooltip=what)


class TitleLine(QWidget):
    """The title as a calm field of large letters: a click or F2 edits it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.editor = TextEditor(desk.look, fields(Deal)["title"])
        self.editor.line.setFont(desk.look.theme.font("section", bold=True))
        self.editor.line.setProperty("role", "bare")
        self.editor.set_name(desk.words("field.deal.title"))
        self.binder = Binder(
            desk.words,
            desk.commit("deal", self._id),
            desk.draft("deal", self._id),
            parent=self,
        )
        self.binder.bind(self.editor)
        self.binder.trouble.connect(self._say)
        self._wrong = label(desk.look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        self.setLayout(column(desk.look, self.editor, self._wrong, gap=2))

    def _id(self) -> str:
        return self._desk.deal_id

    def load(self) -> None:
        kept = self._desk.drafts("deal", self._desk.deal_id)
        drafted = {"title": kept["title"]} if "title" in kept else {}
        self.binder.load(values_of(self._desk.deal), drafted)

    def refresh(self) -> None:
        self.binder.refresh(values_of(self._desk.deal))
        self.editor.line.setToolTip(self._desk.deal.title)

    def edit(self) -> None:
        self.editor.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.line.selectAll()

    def _say(self, _name: str, text: str, kind: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.editor.set_wrong(kind == "wrong")

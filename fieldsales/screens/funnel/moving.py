"""What a move asks before it is made: one panel for the drag, the keys, the form and the bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.domain.pipeline import Stage
from fieldsales.errors import FieldError, UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.orders import OrderPart
from fieldsales.services.moving import (
    LOSS,
    ORDER,
    REASON,
    Answers,
    DealCheck,
    MoveCheck,
    check_move,
)
from fieldsales.services.operations.deals import DropDeals, MoveDeals
from fieldsales.services.stages import stage_name
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.deals import last_visit, values_in_use
from fieldsales.widgets.card import empty
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.widgets.pieces import ElidedLabel, IconLabel, button, column, label, row

_IN_ONE = 4  # lines of what is missing in one column; more stand in two
_PLACES = {
    "qualified": "customer",
    "explicit_need": "customer",
    "answered": "customer",
    "profile": "visit",
    "shown": "visit",
}  # where evidence is supplied; the rest on the deal's page


class MovePanel(QWidget):
    """`move_deals` moves at once where nothing is asked, else it shows itself and asks.

    `moved` tells the ids and the `Changed` once they stand in the stage; `left` the ids where the
    user thought better of it, and nothing has changed.
    """

    moved = Signal(object, object)
    left = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ids: tuple[str, ...] = ()
        self._check: MoveCheck | None = None
        self._also: Operation | None = None
        self._checking = True  # not while its own move is made
        look, words = context.look, context.words
        self._title = label(look, size="title", bold=True, wrap=True)
        self._who = label(look, tone="muted", wrap=True)
        self._lacking = QGridLayout()
        self._lacking.setHorizontalSpacing(look.theme.px(24))
        self._lacking.setVerticalSpacing(0)
        self.reason = LineEdit(look, calm=False)
        self.reason.setPlaceholderText(words("funnel.reason_hint"))
        self.reason.setAccessibleName(words("funnel.reason_hint"))
        self.reason.returnPressed.connect(self.submit)
        self._loss = self._loss_part()
        self.order = OrderPart(context)
        self.order.done.connect(self.submit)
        self._wrong = label(look, tone="bad", wrap=True)
        self.go = button(look, "", self.submit)
        self.cancel = button(look, words("funnel.cancel"), self.give_up, role="quiet")
        inside = column(
            look,
            column(look, self._title, self._who, gap=2),
            self._lacking,
            self._loss,
            self.order,
            self.reason,
            self._wrong,
            row(look, self.go, self.cancel, None),
            gap=10,
        )
        ground = QWidget()
        ground.setProperty("surface", "card")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = look.theme.px(16)
        inside.setContentsMargins(side, look.theme.px(12), side, look.theme.px(12))
        ground.setLayout(inside)
        ground.setMaximumWidth(look.theme.px(760))
        whole = row(look, ground, None, gap=0)
        whole.setStretch(0, 100)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def _loss_part(self) -> QWidget:
        look, words = self._context.look, self._context.words
        specs = fields(Deal)
        reason = replace(specs["lost_reason"], required=False)
        self.lost_reason = make_editor(look, reason, calm=False)
        self.lost_rival = make_editor(
            look,
            specs["lost_rival"],
            hint=words("funnel.rival_hint"),
            own_choices=self._rivals,
            calm=False,
        )
        cells = [
            FieldCell(look, self.lost_reason, words("field.deal.lost_reason")),
            FieldCell(look, self.lost_rival, words("field.deal.lost_rival")),
        ]
        part = QWidget()
        layout = row(look, *cells, gap=12)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        part.setLayout(layout)
        return part

    # asking

    @property
    def asking(self) -> bool:
        """Whether a move waits for its answers."""
        return self._check is not None

    @property
    def waiting(self) -> tuple[str, ...]:
        """The deals whose move waits."""
        return self._ids if self.asking else ()

    def move_deals(
        self, deal_ids: Sequence[str], stage_id: str, also: Operation | None = None
    ) -> None:
        """Moves deals to a stage, asking what there is to ask; what stands there stays.

        `also` is what changes together with the move.
        """
        self._also = also
        check = self._checked(deal_ids, stage_id)
        if check is None:
            self.close_panel()
            return
        if not check.moving:
            return
        self._ids = tuple(one.deal.id for one in check.moving)
        if check.asks:
            self._ask(check)
        else:
            self._move(check.stage, Answers())

    def _checked(self, deal_ids: Sequence[str], stage_id: str) -> MoveCheck | None:
        """The questions of a move; None, and it is said why, where it cannot be made."""
        try:
            check = check_move(self._context.store, deal_ids, stage_id)
            if check.gone:
                raise UserError("deal.gone", n=len(check.gone))
        except UserError as trouble:
            self._context.tell(trouble)
            return None
        return check

    def _ask(self, check: MoveCheck) -> None:
        self.reason.clear()
        self.lost_reason.set_value("")
        self.lost_rival.set_value("")
        self._show(check)
        if ORDER in check.asks:
            self.order.ask(check)
        self.show()
        self._focus_first(check)

    def _show(self, check: MoveCheck) -> None:
        """What is asked, without touching what was typed."""
        self._check = check
        words = self._context.words
        stage = stage_name(words, check.stage)
        asks = check.asks
        n = len(check.moving)
        kind = LOSS if LOSS in asks else ORDER if ORDER in asks else REASON
        if not asks:
            kind = "ready"
        self._title.setText(words(f"funnel.ask_{kind}", stage=stage))
        who = words("funnel.number", n=n)
        if n == 1:
            deal = check.moving[0].deal
            customer = self._context.store.record(Customer, deal.customer_id)
            who = " · ".join(filter(None, (customer.name if customer else "", deal.title)))
        self._who.setText(who)
        self._show_lacking(check)
        self._loss.setVisible(LOSS in asks)
        self.order.setVisible(ORDER in asks)
        self.reason.setVisible(REASON in asks or LOSS in asks)
        hint = "funnel.reason_hint" if REASON in asks else "funnel.more_hint"
        self.reason.setPlaceholderText(words(hint))
        self.reason.setAccessibleName(words(hint))
        self._wrong.hide()
        self.go.setText(words(f"funnel.go_{kind}"))

    def _show_lacking(self, check: MoveCheck) -> None:
        """What is missing, each with the place where it is supplied."""
        look, words = self._context.look, self._context.words
        empty(self._lacking)
        lacking: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], tuple[Stage, DealCheck]] = {}
        for one in check.moving:
            for stage, piece in one.missing:
                lacking[stage.id, piece.code] += 1
                first.setdefault((stage.id, piece.code), (stage, one))
        rows = len(lacking) if len(lacking) <= _IN_ONE else -(-len(lacking) // 2)
        for at, ((stage_id, code), n) in enumerate(lacking.items()):
            stage, one = first[stage_id, code]
            text = words(
                "funnel.lacks",
                stage=stage_name(words, stage),
                evidence=words(f"evidence.{code}"),
            )
            if len(check.moving) > 1:
                text = words("funnel.lacks_of", text=text, n=n)
            supply = button(look, words("funnel.supply"), self._supply, role="link")
            supply.setObjectName(f"{code}|{one.deal.id}")
            supply.setAccessibleName(f"{words('funnel.supply')} {text}")
            line = row(look, IconLabel(look, "circle", "warn", 14), ElidedLabel(look, text), supply)
            line.addStretch(1)
            self._lacking.addLayout(line, at % rows, at // rows)

    def _focus_first(self, check: MoveCheck) -> None:
        asks = check.asks
        if LOSS in asks:
            target: QWidget = self.lost_reason.target()
        elif ORDER in asks:
            target = self.order.first()
        else:
            target = self.reason
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rivals(self) -> Sequence[str]:
        """Rivals of the deals first, then those others were lost to."""
        moving = self._check.moving if self._check else ()
        own = [name for one in moving[:20] for name in one.deal.rivals]
        used = values_in_use(self._context.store, "lost_rival")
        codes = fields(Deal)["lost_rival"].choices
        return [name for name in dict.fromkeys((*own, *used)) if name not in codes]

    # answering

    def submit(self) -> None:
        """Moves the deals if all is answered, else says what is still open."""
        check = self._check
        if check is None:
            return
        try:
            answers = self._answers(check)
        except FieldError as wrong:
            self._say(self._context.words(wrong.code, **wrong.params))
            return
        open_questions = check.unanswered(answers)
        if open_questions:
            question = open_questions[0]
            self._say(self._context.words(f"deal.move_needs_{question}", n=len(check.moving)))
            self._focus_open(question)
            return
        self._move(check.stage, answers)

    def _answers(self, check: MoveCheck) -> Answers:
        orders = self.order.orders(check) if ORDER in check.asks else None
        lost = LOSS in check.asks
        return Answers(
            self.reason.text().strip(),
            str(self.lost_reason.value() or "") if lost else "",
            str(self.lost_rival.value() or "") if lost else "",
            orders,
        )

    def _focus_open(self, question: str) -> None:
        if question == REASON:
            self.reason.setFocus()
        elif question == LOSS:
            known = bool(self.lost_reason.value())
            (self.lost_rival if known else self.lost_reason).target().setFocus()
        else:
            self.order.first_open().setFocus()

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _move(self, stage: Stage, answers: Answers) -> None:
        words = self._context.words
        name = stage_name(words, stage)
        said = words("funnel.moved_many", n=len(self._ids), stage=name)
        if len(self._ids) == 1:
            deal = self._context.store.record(Deal, self._ids[0])
            said = words("funnel.moved", deal=deal.title if deal else "", stage=name)
        moved = self._ids
        self._checking = False
        move: Operation = MoveDeals(moved, stage.id, answers)
        if self._also is not None:
            move = DropDeals((self._also, move))
        changed = self._context.run(move, undoable=said)
        self._checking = True
        if changed is not None:
            self.close_panel()
            self.moved.emit(moved, changed)
            return
        # something has changed since it was asked
        check = self._checked(moved, stage.id)
        if check is None or not check.moving:
            self.close_panel()
        elif check.asks and not self.asking:
            self._ask(check)

    def give_up(self) -> None:
        """Esc and Cancel: nothing has changed, the cards stand where they stood."""
        ids = self._ids
        self.close_panel()
        self.left.emit(ids)

    def close_panel(self) -> None:
        self._check = None
        self.hide()

    def recheck(self) -> None:
        """Brings the questions in line with what was supplied or changed meanwhile."""
        if self._check is None or not self._checking:
            return
        check = self._checked(self._ids, self._check.stage.id)
        if check is None or not check.moving:
            self.close_panel()
            return
        self._show(check)

    def _supply(self) -> None:
        code, _, deal_id = self.sender().objectName().partition("|")
        self.supply(code, deal_id)

    def supply(self, code: str, deal_id: str) -> None:
        """Leads to where a piece of evidence of a deal is put on record."""
        deal = self._context.store.record(Deal, deal_id)
        if deal is None:
            return
        place = _PLACES.get(code, "deal")
        if place == "visit":
            visit = last_visit(self._context.store, deal_id)
            if visit:
                self._context.open("visit", visit)
                return
            place = "customer"
        self._context.open(place, deal_id if place == "deal" else deal.customer_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submit()
        else:
            super().keyPressEvent(event)

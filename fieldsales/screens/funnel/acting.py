"""What is done with cards: moving, putting off, throwing away; its panels stand above the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fieldsales.domain.deal import Deal
from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.board import BoardView
from fieldsales.screens.funnel.bulk import BulkBar
from fieldsales.screens.funnel.columns import change_of, column_name, lane_name
from fieldsales.screens.funnel.looking import Looking
from fieldsales.screens.funnel.moving import MovePanel
from fieldsales.services.board import STAGE
from fieldsales.services.operations.deals import DropDeals, SnoozeDeals, WakeDeals
from fieldsales.services.operations.records import EditMany, TrashRecords
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Changed
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.snooze import SnoozePanel


class Acting(QWidget):
    """Every change of the board goes by here; drag, keys, menu and bulk all come to `wish`."""

    opened = Signal(str)
    several = Signal(bool)  # whether more than one card is chosen

    def __init__(self, context: Context, board: BoardView, looking: Looking) -> None:
        super().__init__()
        self.context = context
        self._board = board
        self._looking = looking
        self._panel: MovePanel | None = None
        self.snooze: SnoozePanel | None = None
        self._snoozed: list[str] = []  # the deals that are asked about
        self.bulk = BulkBar(context)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        board.move_wanted.connect(self.wish)
        board.delete_wanted.connect(self.trash)
        board.menu_wanted.connect(self.menu)
        board.selection_changed.connect(self.selection_changed)
        self.bulk.move_wanted.connect(self._move_chosen)
        self.bulk.snooze_wanted.connect(self._snooze_chosen)
        self.bulk.trash_wanted.connect(self._trash_chosen)
        self.bulk.clear_wanted.connect(self._unselect)

    @property
    def panel(self) -> MovePanel:
        """What asks before a move; made when it is first wanted."""
        if self._panel is None:
            self._panel = MovePanel(self.context)
            self._panel.moved.connect(self._landed)
            self._panel.left.connect(self._stayed)
            self._put(self._panel)
        return self._panel

    def _put(self, part: QWidget) -> None:
        part.layout().setContentsMargins(0, self.context.look.theme.px(8), 0, 0)
        self.layout().addWidget(part)

    def recheck(self) -> None:
        """Brings a question that waits in line with what has changed."""
        if self._panel is not None:
            self._panel.recheck()

    # moving

    def wish(self, deal_ids: Sequence[str], key: str, lane: str | None = None) -> None:
        """Cards are to go to a column ('' for none): by drag, key, menu or in bulk.

        `lane` is where they were let go; if the first of them stands in another, they change it.
        """
        by = self._looking.view.by
        board = self._board.cards.board
        places = {one: board.place(one) for one in deal_ids}
        going = [one for one in deal_ids if key and not _stands(places[one], key)]
        try:
            crossing = self._crossing(places, lane)
            if going and by == STAGE:
                self.panel.move_deals(going, key, crossing)
                if self.panel.asking:
                    self._board.mark(going, key)
                return
            changes = [crossing] if crossing else []
            if going:
                changes.append(change_of(self.context.store, self.context.words, by, key, going))
        except UserError as trouble:
            self.context.tell(trouble)
            return
        if not changes:
            return  # let go where it stood
        operation = DropDeals(tuple(changes)) if len(changes) > 1 else changes[0]
        name = column_name(self.context.words, board, key) if going else self._lane_name(lane or "")
        changed = self.context.run(operation, undoable=self._said(deal_ids, name))
        if changed is not None:
            self._landed(deal_ids, changed)

    def _crossing(
        self, places: Mapping[str, tuple[str, str, int] | None], lane: str | None
    ) -> Operation | None:
        """What it changes to be let go on a lane; raises UserError where that changes nothing."""
        first = next(iter(places.values()), None)
        if lane is None or first is None or first[1] == lane:
            return None
        by = self._looking.view.lane
        if by == "customer":
            raise UserError("funnel.lane_is_customer")
        return EditMany("deal", tuple(places), {by: lane})

    def _lane_name(self, lane: str) -> str:
        return lane_name(self.context.words, self.context.store, self._looking.view.lane, lane)

    def _said(self, deal_ids: Sequence[str], name: str) -> str:
        words = self.context.words
        if len(deal_ids) == 1:
            deal = self.context.store.record(Deal, deal_ids[0])
            return words("funnel.moved", deal=deal.title if deal else "", stage=name)
        return words("funnel.moved_many", n=len(deal_ids), stage=name)

    def _landed(self, deal_ids: Sequence[str], changed: Changed) -> None:
        """The cards stand where they belong now: the keys go with them."""
        self._board.mark((), "")
        board = self._board.cards.board
        hidden = [one for one in deal_ids if board.place(one) is None]
        if hidden and self._looking.narrowed:
            words = self.context.words
            self._say_done(words("funnel.moved_hidden", n=len(hidden)), changed)
        if not self._board.isVisible():
            return
        seen = [one for one in deal_ids if one not in hidden and not self._board.is_folded(one)]
        if seen:
            self._board.choose(seen)
        else:  # a folded column has taken them and stays folded
            self._board.focus_board()

    def _say_done(self, text: str, changed: Changed) -> None:
        """Says what was done, with its Undo."""
        undo = self.context.words("common.undo")
        self.context.say(
            Message(
                text,
                "success",
                action=undo,
                act=lambda: self.context.undo(changed.op),
                key="undo",
            )
        )

    def _stayed(self, deal_ids: Sequence[str]) -> None:
        self._board.mark((), "")
        self._board.choose(list(deal_ids))

    def _move_chosen(self, key: str) -> None:
        self.wish(self._board.chosen(), key)

    def trash(self, deal_ids: Sequence[str]) -> None:
        """Throws deals away, with an undo."""
        if not deal_ids:
            return
        words = self.context.words
        said = words("funnel.trashed_many", n=len(deal_ids))
        if len(deal_ids) == 1:
            deal = self.context.store.record(Deal, deal_ids[0])
            said = words("funnel.trashed", deal=deal.title if deal else "")
        self.context.run(TrashRecords("deal", tuple(deal_ids)), undoable=said)

    def _trash_chosen(self) -> None:
        self.trash(self._board.chosen())

    # choosing

    def selection_changed(self) -> None:
        """Offers what can be done with several cards."""
        chosen = self._board.chosen()
        if len(chosen) > 1:
            words, board = self.context.words, self._board.cards.board
            targets = [(key, column_name(words, board, key)) for key in self._board.columns]
            self.bulk.show_chosen(len(chosen), self._board.sums(chosen), targets)
        asking = self._panel is not None and self._panel.asking
        self.several.emit(len(chosen) > 1 and not asking)

    def _unselect(self) -> None:
        self._board.clear_selection()
        self._board.focus_board()

    def menu(self, spot: QPoint) -> None:
        """What can be done with the cards that are chosen."""
        words, board = self.context.words, self._board
        deals = board.chosen() or [board.current()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(deals) == 1:
            menu.addAction(words("common.open")).triggered.connect(
                lambda: self.opened.emit(deals[0])
            )
            menu.addAction(words("funnel.open_customer")).triggered.connect(
                lambda: self._open_customer(deals[0])
            )
        to = menu.addMenu(words("funnel.move_to"))
        for key in board.columns:
            name = column_name(words, board.cards.board, key)
            action = to.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, key=key: self.wish(deals, key))
        lane = self._looking.view.lane
        if lane in ("seller", "product"):
            over = menu.addMenu(words(f"funnel.to_lane_{lane}"))
            for one in board.cards.board.lanes:
                action = over.addAction(self._lane_name(one).replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, one=one: self.wish(deals, "", one))
        cards = [board.cards.card(one) for one in deals]
        if any(card and card.snoozed for card in cards):
            menu.addAction(words("funnel.wake")).triggered.connect(lambda: self._wake(deals))
        off = menu.addAction(words("funnel.put_off_action"))
        off.triggered.connect(lambda: self.ask_snooze(deals))
        menu.addSeparator()
        menu.addAction(words("funnel.trash")).triggered.connect(lambda: self.trash(deals))
        menu.popup(spot)

    def _open_customer(self, deal_id: str) -> None:
        deal = self.context.store.record(Deal, deal_id)
        if deal is not None:
            self.context.open("customer", deal.customer_id)

    # putting off

    def ask_snooze(self, deal_ids: Sequence[str]) -> None:
        """Asks until when deals are put off, and why."""
        if self.snooze is None:
            self.snooze = SnoozePanel(self.context.look, self._put_off)
            self.snooze.closed.connect(self._left_snooze)
            self._put(self.snooze)
        self._snoozed = list(deal_ids)
        self.snooze.ask()

    def _snooze_chosen(self) -> None:
        self.ask_snooze(self._board.chosen())

    def _put_off(self, until: date, reason: str) -> None:
        words, deals = self.context.words, tuple(self._snoozed)
        # what is wrong is said in the panel, so the operation is tried before it is told
        changed = self.context.workspace.run(SnoozeDeals(deals, until, reason))
        day = words.date(until, year=False)
        self._say_done(words("funnel.put_off", n=len(deals), day=day), changed)
        self._left_snooze()

    def _left_snooze(self) -> None:
        if self.snooze is not None:
            self.snooze.hide()
        self._board.choose(self._snoozed)

    def _wake(self, deal_ids: Sequence[str]) -> None:
        said = self.context.words("funnel.woken")
        self.context.run(WakeDeals(tuple(deal_ids)), undoable=said)


def _stands(place: tuple[str, str, int] | None, key: str) -> bool:
    return place is not None and place[0] == key

"""The page: strip, filters and panels above; the board, the forecast or one deal below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.domain.deal import Deal
from fieldsales.domain.pipeline import ENDS, FUNNEL
from fieldsales.errors import UserError
from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.funnel import filters
from fieldsales.screens.funnel.board import BoardView
from fieldsales.screens.funnel.bulk import BulkBar
from fieldsales.screens.funnel.columns import change_of, column_name
from fieldsales.screens.funnel.moving import MovePanel
from fieldsales.screens.funnel.newcomer import NewDeal
from fieldsales.screens.funnel.strip import Strip
from fieldsales.services.board import BOARDS, LANES, SORTS, STAGE, View
from fieldsales.services.operations.deals import SnoozeDeals, WakeDeals
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.stages import pipeline_name
from fieldsales.store.journal import Changed
from fieldsales.store.queries import customers
from fieldsales.store.queries.deals import DealFilter, found_ids
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.widgets.chips import FilterRow
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.snooze import SnoozePanel

BOARD, FORECAST, DEAL = "board", "forecast", "deal"


class FunnelScreen(Screen):
    """Enter opens a deal, Esc comes back; every change of the board goes by one door, `wish`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._text = ""  # what is searched for
        self._just_shown = False
        self._from_board = True
        self.shown = BOARD
        self._pages: dict[str, Any] = {}
        self._stale_pages: set[str] = set()
        self.strip = Strip(context)
        self.chips = FilterRow(look)
        self._panel: MovePanel | None = None
        self._newcomer: NewDeal | None = None
        self._snooze: SnoozePanel | None = None
        self._snoozed: list[str] = []  # the deals that are asked about
        self.bulk = BulkBar(context)
        self.board = BoardView(context)
        self.stack = QStackedWidget()
        self._board_page = QStackedWidget()
        self._board_page.addWidget(self.board)
        self.stack.addWidget(self._board_page)
        self.view = self._remembered()
        self._above = QWidget()
        # the filter button's own padding brings its text to the margin
        side, inset = look.theme.px(24), look.theme.px(8)
        above = QVBoxLayout(self._above)
        above.setContentsMargins(side - inset, 0, side, inset)
        above.setSpacing(inset)
        above.addWidget(self.chips)
        self._put_above(self.bulk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._above)
        layout.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        strip, board = self.strip, self.board
        strip.search.asked.connect(self._search)
        strip.search.list_wanted.connect(board.focus_board)
        strip.search.first_wanted.connect(self._open_first)
        strip.pipeline.chosen.connect(self._set_pipeline)
        strip.by.chosen.connect(self.show_by)
        strip.display_chosen.connect(self._set_display)
        strip.view.chosen.connect(self.show_view)
        strip.new.clicked.connect(self.new_record)
        self.chips.menu_wanted.connect(self._fill_filters)
        self.chips.removed.connect(self._remove_filter)
        self.chips.clicked.connect(self._change_filter)
        self.chips.cleared.connect(self._clear_filters)
        board.move_wanted.connect(self.wish)
        board.opened.connect(self._open_deal)
        board.delete_wanted.connect(self.trash)
        board.menu_wanted.connect(self._menu)
        board.selection_changed.connect(self._selection_changed)
        board.folds_changed.connect(self._keep_folds)
        self.bulk.move_wanted.connect(self._move_chosen)
        self.bulk.trash_wanted.connect(self._trash_chosen)
        self.bulk.clear_wanted.connect(self._unselect)

    @property
    def panel(self) -> MovePanel:
        """What asks before a move; made when it is first wanted."""
        if self._panel is None:
            self._panel = MovePanel(self.context)
            self._panel.moved.connect(self._landed)
            self._panel.left.connect(self._stayed)
            self._put_above(self._panel)
        return self._panel

    @property
    def newcomer(self) -> NewDeal:
        """The form of a new deal; made when it is first wanted."""
        if self._newcomer is None:
            self._newcomer = NewDeal(self.context)
            self._newcomer.made.connect(self._made)
            self._newcomer.left.connect(self._left_new)
            self._put_above(self._newcomer)
        return self._newcomer

    def ask_snooze(self, deal_ids: Sequence[str]) -> None:
        """Asks until when deals are put off, and why."""
        if self._snooze is None:
            self._snooze = SnoozePanel(self.context.look, self._put_off)
            self._snooze.closed.connect(self._left_snooze)
            self._put_above(self._snooze)
        self._snoozed = list(deal_ids)
        self._snooze.ask()

    def _put_off(self, until: date, reason: str) -> None:
        words, deals = self.context.words, tuple(self._snoozed)
        # what is wrong is said in the panel, so the operation is tried before it is told
        changed = self.context.workspace.run(SnoozeDeals(deals, until, reason))
        day = words.date(until, year=False)
        self._say_done(words("funnel.put_off", n=len(deals), day=day), changed)
        self._left_snooze()

    def _left_snooze(self) -> None:
        if self._snooze is not None:
            self._snooze.hide()
        self.board.choose(self._snoozed)

    def _wake(self, deal_ids: Sequence[str]) -> None:
        said = self.context.words("funnel.woken")
        self.context.run(WakeDeals(tuple(deal_ids)), undoable=said)

    def _put_above(self, part: QWidget) -> None:
        part.layout().setContentsMargins(self.context.look.theme.px(8), 0, 0, 0)
        self._above.layout().addWidget(part)

    # what is looked at

    def _remembered(self) -> View:
        """The view as it was left."""
        state, known = self.context.state, pipelines(self.context.store)

        def kept(name: str, offered: Sequence[str], usual: str) -> str:
            value = str(state.value(f"funnel/{name}", usual))
            return value if value in offered else usual

        live = [one.id for one in known.live]
        usual = live[0] if live and FUNNEL not in live else FUNNEL
        ends = kept("ends", ("90", "0", ""), "90")
        wanted = DealFilter(
            pipeline_id=kept("pipeline", live, usual),
            closed_days=int(ends) if ends else None,
        )
        self.board.compact = kept("compact", ("", "1"), "") == "1"
        return View(
            wanted, kept("by", BOARDS, STAGE), kept("lane", LANES, ""), kept("sort", SORTS, "close")
        )

    def set_view(self, view: View) -> None:
        """Shows another view of the deals, and remembers it."""
        state = self.context.state
        if view.by != self.view.by or not self.board.columns:
            self.board.folded = self._kept_folds(view.by)
        self.view = view
        ends = view.wanted.closed_days
        for name, value in (
            ("by", view.by),
            ("lane", view.lane),
            ("sort", view.sort),
            ("pipeline", view.wanted.pipeline_id),
            ("ends", "" if ends is None else str(ends)),
        ):
            state.setValue(f"funnel/{name}", value)
        self.refresh()

    def set_wanted(self, wanted: DealFilter) -> None:
        self.set_view(replace(self.view, wanted=wanted))

    def _searched(self) -> View:
        """The view, narrowed to what is searched for."""
        if not self._text:
            return self.view
        ids = found_ids(self.context.store, self._text)
        return replace(self.view, wanted=replace(self.view.wanted, ids=ids))

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves deals out."""
        return bool(self._text) or filters.cleared(self.view.wanted) != self.view.wanted

    # the contract

    def refresh(self) -> None:
        """Reads everything anew."""
        known = pipelines(self.context.store)
        live = [one.id for one in known.live]
        if self.view.wanted.pipeline_id not in live and live:
            gone = replace(self.view.wanted, pipeline_id=live[0])
            self.view = replace(self.view, wanted=gone)
        if not self.board.columns:
            self.board.folded = self._kept_folds(self.view.by)
        self.board.load(self._searched())
        names = [(one.id, pipeline_name(self.context.words, one)) for one in known.live]
        self.strip.pipeline.offer(names, self.view.wanted.pipeline_id)
        self._told()
        self._refresh_pages()

    def follow(self, changed: Changed) -> None:
        if self._text or changed.touches("pipeline"):
            self.refresh()
        else:
            self.board.follow(changed)
            self._told()
            self._refresh_pages()
        if self._panel is not None:
            self._panel.recheck()

    def _told(self) -> None:
        """Brings what stands around the board in line with it."""
        words, view = self.context.words, self.view
        self.strip.show_by(view.by)
        self.strip.show_count(self.board.cards.board.count())
        self.strip.fill_display(
            lane=view.lane,
            sort=view.sort,
            closed_days=view.wanted.closed_days,
            compact=self.board.compact,
            ends=view.by == STAGE,
        )
        chips = filters.chips(words, view.wanted)
        # a chip stands at the margin, the button's text does
        self.chips.setContentsMargins(self.context.look.theme.px(8) if chips else 0, 0, 0, 0)
        self.chips.show_filters(chips)
        self._show_empty()
        self._selection_changed()

    def _refresh_pages(self) -> None:
        for name, page in self._pages.items():
            if self.shown == name:
                page.refresh()
            else:
                self._stale_pages.add(name)

    def show_record(self, kind: str, row_id: str) -> None:
        """The page of a deal."""
        self._from_board = not self._just_shown
        self._show_deal(row_id)

    def show_example(self) -> None:
        if self.shown != BOARD:
            self.show_view(BOARD)
        self.board.focus_board()

    def new_record(self) -> None:
        """Ctrl+N: the form of a new deal."""
        self.show_view(BOARD)
        self.newcomer.start(self.view.wanted.pipeline_id)

    def commands(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("funnel.new"), "add", self._new_from_anywhere),
            Command(words("funnel.show_stuck"), "filter", self._show_stuck),
            Command(words("funnel.show_no_step"), "filter", self._show_no_step),
            Command(words("funnel.view_forecast"), "funnel", self._show_forecast),
        ]

    def go_back(self) -> bool:
        if self.shown == DEAL and self._from_board:
            self.back_to_board()
            return True
        return False

    # board, forecast, deal

    def _page(self, name: str) -> Any:
        """Forecast or deal page, made when it is first wanted; None where there is none."""
        if name not in self._pages:
            module = f"fieldsales.screens.funnel.{'forecast' if name == FORECAST else 'deal_page'}"
            if find_spec(module) is None:
                return None
            if name == FORECAST:
                from fieldsales.screens.funnel.forecast import ForecastView as Page
            else:
                from fieldsales.screens.funnel.deal_page import DealPage as Page
            page = Page(self.context)
            if name == DEAL:
                page.closed.connect(self.back_to_board)
            else:
                page.refresh()
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def show_view(self, name: str) -> None:
        """The board or the forecast."""
        page = self._page(name) if name != BOARD else self._board_page
        if page is None:
            return
        if name in self._stale_pages:
            self._stale_pages.discard(name)
            page.refresh()
        self.shown = name
        self.strip.view.set_key(name)
        self.strip.show()
        self.strip.pipeline.setVisible(name == BOARD)
        self._above.setVisible(name == BOARD)
        self.stack.setCurrentWidget(page)
        self.setFocusProxy(None)
        self._show_empty()

    def _open_deal(self, deal_id: str) -> None:
        self._from_board = True
        self._show_deal(deal_id)

    def _show_deal(self, deal_id: str) -> None:
        page = self._page(DEAL)
        if page is None:
            return
        self._stale_pages.discard(DEAL)
        self.shown = DEAL
        self.strip.hide()
        self._above.hide()
        page.show_deal(deal_id)
        self.stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_to_board(self) -> None:
        """The board again, with the keys where they were."""
        self.show_view(BOARD)
        self.board.focus_board()

    # moving

    def wish(self, deal_ids: Sequence[str], key: str) -> None:
        """Cards are to go to a column: by drag, key, menu or in bulk."""
        board = self.board.cards.board
        places = {one: board.place(one) for one in deal_ids}
        going = [one for one in deal_ids if not _stands(places[one], key)]
        if not going:
            return  # let go where it stood
        if self.view.by == STAGE:
            self.panel.move(going, key)
            if self.panel.asking:
                self.board.mark(going, key)
            return
        try:
            operation = change_of(self.context.store, self.view.by, key, going)
        except UserError as trouble:
            self.context.tell(trouble)
            return
        changed = self.context.run(operation, undoable=self._said(going, key))
        if changed is not None:
            self._landed(going, changed)

    def _said(self, deal_ids: Sequence[str], key: str) -> str:
        words = self.context.words
        name = column_name(words, self.board.cards.board, key)
        if len(deal_ids) == 1:
            deal = self.context.store.record(Deal, deal_ids[0])
            return words("funnel.moved", deal=deal.title if deal else "", stage=name)
        return words("funnel.moved_many", n=len(deal_ids), stage=name)

    def _landed(self, deal_ids: Sequence[str], changed: Changed) -> None:
        """The cards stand where they belong now: the keys go with them."""
        self.board.mark((), "")
        board = self.board.cards.board
        hidden = [one for one in deal_ids if board.place(one) is None]
        if hidden and self.narrowed:
            words = self.context.words
            self._say_done(words("funnel.moved_hidden", n=len(hidden)), changed)
        if self.shown == BOARD:
            self.board.choose([one for one in deal_ids if one not in hidden])

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
        self.board.mark((), "")
        self.board.choose(list(deal_ids))

    def _move_chosen(self, key: str) -> None:
        self.wish(self.board.chosen(), key)

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
        self.trash(self.board.chosen())

    # choosing

    def _selection_changed(self) -> None:
        chosen = self.board.chosen()
        if len(chosen) > 1:
            words, board = self.context.words, self.board.cards.board
            targets = [(key, column_name(words, board, key)) for key in self.board.columns]
            self.bulk.show_chosen(len(chosen), self.board.sums(chosen), targets)
        asking = self._panel is not None and self._panel.asking
        self.bulk.setVisible(len(chosen) > 1 and not asking)

    def _unselect(self) -> None:
        self.board.clear_selection()
        self.board.focus_board()

    def _menu(self, spot: QPoint) -> None:
        words, board = self.context.words, self.board
        deals = board.chosen() or [board.current()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(deals) == 1:
            menu.addAction(words("common.open")).triggered.connect(
                lambda: self._open_deal(deals[0])
            )
            menu.addAction(words("funnel.open_customer")).triggered.connect(
                lambda: self._open_customer(deals[0])
            )
        to = menu.addMenu(words("funnel.move_to"))
        for key in board.columns:
            name = column_name(words, board.cards.board, key)
            action = to.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, key=key: self.wish(deals, key))
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

    def _open_first(self) -> None:
        for column in self.board.columns.values():
            if column.model.rows:
                self._open_deal(next(filter(None, map(column.model.deal_at, range(10))), ""))
                return

    # new deals

    def _made(self, deal_id: str) -> None:
        if self.board.cards.board.place(deal_id) is None:
            self._clear_filters()
        self.board.choose([deal_id])

    def _left_new(self) -> None:
        self.newcomer.hide()
        self.board.focus_board()

    def _new_from_anywhere(self) -> None:
        self.context.open("funnel", "")
        self.new_record()

    # filters, order, view

    def _search(self, text: str) -> None:
        if text.strip() != self._text:
            self._text = text.strip()
            self.refresh()

    def _fill_filters(self, menu: QMenu) -> None:
        context = self.context
        filters.fill_menu(
            menu, context.words, context.store, self.view.wanted, self.set_wanted, self._today()
        )

    def _change_filter(self, key: str) -> None:
        context = self.context
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted, apply = self.view.wanted, self.set_wanted
        filters.fill_condition(
            menu, context.words, context.store, wanted, key, apply, self._today()
        )
        menu.popup(self.chips.chip_position(key))

    def _today(self) -> date:
        return self.context.look.clock.today()

    def _remove_filter(self, key: str) -> None:
        self.set_wanted(filters.without(self.view.wanted, key))

    def _clear_filters(self) -> None:
        self.set_wanted(filters.cleared(self.view.wanted))

    def _show_everything(self) -> None:
        self._text = ""
        self.strip.search.clear_now()
        self._clear_filters()

    def _show_stuck(self) -> None:
        self._show_only(DealFilter(stuck=True))

    def _show_no_step(self) -> None:
        self._show_only(DealFilter(no_next_step=True))

    def _show_only(self, wanted: DealFilter) -> None:
        self.context.open("funnel", "")
        self.show_view(BOARD)
        pipeline_id = self.view.wanted.pipeline_id
        self.set_wanted(replace(wanted, pipeline_id=pipeline_id))

    def _show_forecast(self) -> None:
        self.context.open("funnel", "")
        self.show_view(FORECAST)

    def _set_pipeline(self, pipeline_id: str) -> None:
        self.set_wanted(replace(self.view.wanted, pipeline_id=pipeline_id))

    def show_by(self, by: str) -> None:
        """Another board over the same deals."""
        self.set_view(replace(self.view, by=by))

    def _set_display(self, name: str, value: str) -> None:
        if name == "compact":
            self.context.state.setValue("funnel/compact", value)
            self.board.set_compact(value == "1")
            self._told()
        elif name == "ends":
            closed_days = int(value) if value else None
            self.set_wanted(replace(self.view.wanted, closed_days=closed_days))
        elif name == "lane":
            self.set_view(replace(self.view, lane=value))
        else:
            self.set_view(replace(self.view, sort=value))

    def _kept_folds(self, by: str) -> set[str]:
        kept = self.context.state.value(f"funnel/folded-{by}")
        if kept is None:
            return set(ENDS) if by == STAGE else set()
        return set(str(kept).split("|"))

    def _keep_folds(self) -> None:
        folds = "|".join(sorted(self.board.folded))
        self.context.state.setValue(f"funnel/folded-{self.view.by}", folds)

    # nothing to show

    def _show_empty(self) -> None:
        """In the board's place, where it has no card."""
        wanted = not self.board.cards.board.count()
        while self._board_page.count() > 1:
            old = self._board_page.widget(1)
            self._board_page.removeWidget(old)
            old.deleteLater()
        first = wanted and not self.narrowed
        on_board = self.shown == BOARD
        for part in (self.strip.search, self.strip.by, self.strip.display, self.chips):
            part.setVisible(on_board and not first)  # they are for a board that has cards
        self.strip.new.setVisible(not (on_board and first))
        if wanted:
            made = self._none_pass() if self.narrowed else self._first_start()
            self._board_page.addWidget(made)
            self._board_page.setCurrentIndex(1)

    def _none_pass(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words("funnel.none_pass"),
            icon="filter",
            action=words("funnel.show_everything"),
            act=self._show_everything,
        )

    def _first_start(self) -> EmptyState:
        words = self.context.words
        any_customers = bool(customers.count(self.context.store))
        return EmptyState(
            self.context.look,
            words("funnel.empty"),
            icon="funnel",
            hint=words("funnel.empty_hint"),
            action=words("funnel.new"),
            act=self.new_record,
            action_icon="add",
            second="" if any_customers else words("customers.sample"),
            act_second=self._load_sample,
        )

    def _load_sample(self) -> None:
        self.context.run(LoadSample(), undoable=self.context.words("customers.sample_loaded"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._just_shown = True
        QTimer.singleShot(0, self._shown_before)
        super().showEvent(event)

    def _shown_before(self) -> None:
        self._just_shown = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.shown == DEAL:
            self.back_to_board()
        elif event.key() == Qt.Key.Key_Escape and self.board.chosen():
            self.board.clear_selection()
        elif event.matches(QKeySequence.StandardKey.Find) and self.shown == BOARD:
            self.strip.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.strip.search.selectAll()
        else:
            super().keyPressEvent(event)


def _stands(place: tuple[str, str, int] | None, key: str) -> bool:
    return place is not None and place[0] == key

"""The page: strip, filters and panels above; the board, the forecast or one deal below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from fieldsales.screens.contract import Command, Context, Screen
from fieldsales.screens.funnel.acting import Acting
from fieldsales.screens.funnel.board import BoardView
from fieldsales.screens.funnel.board_place import BoardPlace
from fieldsales.screens.funnel.looking import Looking
from fieldsales.screens.funnel.newcomer import NewDeal
from fieldsales.screens.funnel.strip import Strip
from fieldsales.services.exporting.table import Table
from fieldsales.store.journal import Changed
from fieldsales.store.queries.deals import DealFilter, entries
from fieldsales.store.queries.pipelines import pipelines, usual_days
from fieldsales.widgets.chips import FilterRow

if TYPE_CHECKING:
    from fieldsales.screens.funnel.deal_page import DealPage
    from fieldsales.screens.funnel.forecast import ForecastView
    from fieldsales.screens.funnel.stages.page import StagesPage

BOARD, FORECAST, DEAL, STAGES = "board", "forecast", "deal", "stages"


class FunnelScreen(Screen):
    """Enter opens a deal, Esc comes back; `acting` makes every change of the board."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._just_shown = False
        self._inside = True  # the deal was opened from this tab
        self._before = BOARD  # what a page of its own leads back to
        self.shown = BOARD
        self._forecast: ForecastView | None = None
        self._deal: DealPage | None = None
        self._stages: StagesPage | None = None
        self.strip = Strip(context)
        self.chips = FilterRow(look)
        self._newcomer: NewDeal | None = None
        self.board = BoardView(context)
        self.stack = QStackedWidget()
        self.looking = Looking(context, self.strip, self.chips)
        self.place = BoardPlace(context, self.board, self.looking)
        self.stack.addWidget(self.place)
        self.acting = Acting(context, self.board, self.looking)
        self._above = QWidget()
        # the filter button's own padding brings its text to the margin
        side, inset = look.theme.px(24), look.theme.px(8)
        above = QVBoxLayout(self._above)
        above.setContentsMargins(side - inset, 0, side, inset)
        above.setSpacing(0)
        # what can be done with several cards takes the place of the filters: the board stays put
        self._head = QStackedWidget()
        self._head.addWidget(self.chips)
        self._head.addWidget(self.acting.bulk)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        above.addWidget(self._head)
        self._put_above(self.acting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self._above)
        layout.addWidget(self.stack, 1)
        self._connect()

    def _connect(self) -> None:
        strip, board = self.strip, self.board
        self.looking.changed.connect(self.refresh)
        self.place.new_wanted.connect(self.new_record)
        strip.search.list_wanted.connect(board.focus_board)
        strip.search.first_wanted.connect(self._open_first)
        strip.view.chosen.connect(self.show_view)
        strip.new.clicked.connect(self.new_record)
        strip.export_wanted.connect(self.export)
        strip.pipeline.other_wanted.connect(self.edit_stages)
        board.opened.connect(self._open_deal)
        board.folds_changed.connect(self._keep_folds)
        self.acting.opened.connect(self._open_deal)
        self.acting.several.connect(self._head.setCurrentIndex)

    @property
    def newcomer(self) -> NewDeal:
        """The form of a new deal; made when it is first wanted."""
        if self._newcomer is None:
            self._newcomer = NewDeal(self.context)
            self._newcomer.made.connect(self._made)
            self._newcomer.left.connect(self._left_new)
            self._put_above(self._newcomer)
        return self._newcomer

    def _put_above(self, part: QWidget) -> None:
        inset = self.context.look.theme.px(8)
        part.layout().setContentsMargins(inset, inset if part is not self.acting else 0, 0, 0)
        self._above.layout().addWidget(part)

    # the contract

    def refresh(self) -> None:
        """Reads everything anew."""
        self.board.folded = self.looking.folds()
        self.board.compact = self.looking.compact
        self.board.load(self.looking.searched())
        self._told()
        self._refresh_pages()

    def follow(self, changed: Changed) -> None:
        if self.looking.text or changed.touches("pipeline"):
            self.refresh()
        else:
            self.board.follow(changed)
            self._told()
            if self.shown == FORECAST:
                self.forecast.refresh()
        if self.shown == DEAL:
            self.deal.follow(changed)
        elif self.shown == STAGES:
            self.stages.follow(changed)
        self.acting.recheck()

    def _told(self) -> None:
        """Brings what stands around the board in line with it."""
        self.looking.show()
        self.strip.show_count(self.board.cards.board.count())
        self._show_empty()
        self.acting.selection_changed()

    def _refresh_pages(self) -> None:
        """What stands in the board's place; the rest is read when it is shown."""
        if self.shown == FORECAST:
            self.forecast.show_pipeline(self.looking.view.wanted.pipeline_id)
        elif self.shown == DEAL:
            self.deal.refresh()
        elif self.shown == STAGES:
            self.stages.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """The page of a deal."""
        self._inside = not self._just_shown
        self._show_deal(row_id)

    def show_example(self) -> None:
        if self.shown != BOARD:
            self.show_view(BOARD)
        self.board.focus_board()

    def new_record(self) -> None:
        """Ctrl+N: the form of a new deal."""
        self.show_view(BOARD)
        self.newcomer.start(self.looking.view.wanted.pipeline_id)

    def commands(self) -> list[Command]:
        words = self.context.words
        return [
            Command(words("funnel.show_stuck"), "filter", self._show_stuck),
            Command(words("funnel.show_no_step"), "filter", self._show_no_step),
            Command(words("funnel.view_forecast"), "funnel", self._show_forecast),
            Command(words("stages.edit"), "edit", self._edit_stages_from_anywhere),
        ]

    def commands_here(self) -> list[Command]:
        if self.shown == DEAL and self.deal.deal_id:
            sheet = self.context.words("spin.sheet")
            here = self.deal.header.commands()
            return [*here, Command(sheet, "question", self.deal.spin.open_sheet)]
        if self.shown != BOARD or not self.board.cards.board.count():
            return []
        return [Command(self.context.words("export.deal"), "export", self.export)]

    def record_here(self) -> str:
        return self.deal.deal_id if self.shown == DEAL else ""

    def export(self) -> None:
        """The deals on the board as a table."""
        from fieldsales.screens.exporting import ask_and_export
        from fieldsales.services.exporting import deals

        context, wanted = self.context, self.looking.searched().wanted

        def table() -> Table:
            usual = usual_days(context.store, pipelines(context.store))
            shown = [one.id for one in entries(context.store, wanted, usual)]
            return deals.table(context.store, context.words, shown)

        ask_and_export(context, self, "deal", table)

    def go_back(self) -> bool:
        if self.shown == STAGES or (self.shown == DEAL and self._inside):
            self.back()
            return True
        return False

    # board, forecast, deal

    @property
    def forecast(self) -> ForecastView:
        """What the months may bring; made when it is first wanted."""
        if self._forecast is None:
            from fieldsales.screens.funnel.forecast import ForecastView

            self._forecast = ForecastView(self.context)
            self._forecast.pipeline_chosen.connect(self.looking.set_pipeline)
            self.stack.addWidget(self._forecast)
        return self._forecast

    @property
    def deal(self) -> DealPage:
        """The page of a deal; made when it is first wanted."""
        if self._deal is None:
            from fieldsales.screens.funnel.deal_page import DealPage

            self._deal = DealPage(self.context)
            self._deal.closed.connect(self.back)
            self._deal.tag_wanted.connect(self._show_tag)
            self.stack.addWidget(self._deal)
        return self._deal

    @property
    def stages(self) -> StagesPage:
        """Where pipelines and stages are changed; made when it is first wanted."""
        if self._stages is None:
            from fieldsales.screens.funnel.stages.page import StagesPage

            self._stages = StagesPage(self.context)
            self._stages.closed.connect(self.back)
            self._stages.pipeline_chosen.connect(self.looking.set_pipeline)
            self.stack.addWidget(self._stages)
        return self._stages

    def show_view(self, name: str) -> None:
        """The board or the forecast."""
        if name == FORECAST:
            self.forecast.show_pipeline(self.looking.view.wanted.pipeline_id)
        self.shown = name
        self.strip.view.set_key(name)
        self.strip.show()
        self.strip.pipeline.setVisible(name == BOARD)
        self._above.setVisible(name == BOARD)
        self.acting.selection_changed()
        self.stack.setCurrentWidget(self.forecast if name == FORECAST else self.place)
        self._show_empty()

    def _open_deal(self, deal_id: str) -> None:
        self._inside = True
        self._show_deal(deal_id)

    def edit_stages(self) -> None:
        """The page on which the stages of the pipeline are changed."""
        self._show_whole(STAGES)
        self.stages.show_pipeline(self.looking.view.wanted.pipeline_id)
        self.stack.setCurrentWidget(self.stages)
        self.stages.begin()

    def _edit_stages_from_anywhere(self) -> None:
        self.context.open("funnel", "")
        self.edit_stages()

    def _show_whole(self, name: str) -> None:
        """A page of its own in place of board or forecast and what stands above them."""
        if self.shown in (BOARD, FORECAST):
            self._before = self.shown
        self.shown = name
        self.strip.hide()
        self._above.hide()

    def _show_deal(self, deal_id: str) -> None:
        self._show_whole(DEAL)
        self.deal.show_deal(deal_id)
        self.stack.setCurrentWidget(self.deal)
        self.deal.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """From a page of its own to the board or the forecast, with the keys where they were."""
        self.show_view(self._before)
        if self._before == BOARD:
            self.board.focus_board()
        else:
            (self.forecast.focusWidget() or self.forecast).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        for column in self.board.columns.values():
            if column.model.rows:
                self._open_deal(next(filter(None, map(column.model.deal_at, range(10))), ""))
                return

    # new deals

    def _made(self, deal_id: str) -> None:
        if self.board.cards.board.place(deal_id) is None:
            self.looking.clear_filters()
        self.board.choose([deal_id])

    def _left_new(self) -> None:
        self.newcomer.hide()
        self.board.focus_board()

    # ways to look at it

    def show_by(self, by: str) -> None:
        """Another board over the same deals."""
        self.looking.show_by(by)

    def _show_stuck(self) -> None:
        self._show_only(DealFilter(stuck=True))

    def _show_no_step(self) -> None:
        self._show_only(DealFilter(no_next_step=True))

    def _show_tag(self, name: str) -> None:
        pipeline_id = self.deal.desk.deal.pipeline_id
        self.show_view(BOARD)
        self.looking.set_wanted(DealFilter(pipeline_id=pipeline_id, tags=(name,)))

    def _show_only(self, wanted: DealFilter) -> None:
        self.context.open("funnel", "")
        self.show_view(BOARD)
        pipeline_id = self.looking.view.wanted.pipeline_id
        self.looking.set_wanted(replace(wanted, pipeline_id=pipeline_id))

    def _show_forecast(self) -> None:
        self.context.open("funnel", "")
        self.show_view(FORECAST)

    def _keep_folds(self) -> None:
        self.looking.keep_folds(self.board.folded)

    def _show_empty(self) -> None:
        """What stands around the board is for one that has cards."""
        there_are = self.place.show_cards()
        on_board = self.shown == BOARD
        for part in (self.strip.search, self.strip.by, self.strip.display, self._head):
            part.setVisible(on_board and there_are)
        self.strip.new.setVisible(there_are or not on_board)

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.shown == BOARD:
            self.board.focus_board()

    def showEvent(self, event: QShowEvent) -> None:
        self._just_shown = True
        QTimer.singleShot(0, self._shown_before)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        for page in (self._deal, self._stages):
            if page is not None:
                page.flush()
        super().hideEvent(event)

    def _shown_before(self) -> None:
        self._just_shown = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.shown == DEAL:
            self.back()
        elif event.key() == Qt.Key.Key_Escape and self.board.chosen():
            self.board.clear_selection()
        elif event.matches(QKeySequence.StandardKey.Find) and self.shown == BOARD:
            self.strip.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.strip.search.selectAll()
        else:
            super().keyPressEvent(event)

"""Where the board stands; without a card to show, what is said in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.board import BoardView
from fieldsales.screens.funnel.looking import Looking
from fieldsales.services.operations.sample import LoadSample
from fieldsales.store.queries import customers
from fieldsales.widgets.empty_state import EmptyState


class BoardPlace(QStackedWidget):
    """A filter that nothing passes can be taken away, a file without deals gets its first."""

    new_wanted = Signal()

    def __init__(self, context: Context, board: BoardView, looking: Looking) -> None:
        super().__init__()
        self._context = context
        self._board = board
        self._looking = looking
        self.addWidget(board)

    def show_cards(self) -> bool:
        """The board where it has cards; False if there is no deal at all."""
        while self.count() > 1:
            old = self.widget(1)
            assert old is not None
            self.removeWidget(old)
            old.deleteLater()
        if self._board.cards.board.count():
            return True
        self.addWidget(self._none_pass() if self._looking.narrowed else self._first_start())
        self.setCurrentIndex(1)
        return self._looking.narrowed

    def _none_pass(self) -> EmptyState:
        words = self._context.words
        return EmptyState(
            self._context.look,
            words("funnel.none_pass"),
            icon="filter",
            action=words("funnel.show_everything"),
            act=self._looking.show_everything,
        )

    def _first_start(self) -> EmptyState:
        words = self._context.words
        any_customers = bool(customers.count(self._context.store))
        return EmptyState(
            self._context.look,
            words("funnel.empty"),
            icon="funnel",
            hint=words("funnel.empty_hint"),
            action=words("funnel.new"),
            act=self.new_wanted.emit,
            action_icon="add",
            second="" if any_customers else words("customers.sample"),
            act_second=self._load_sample,
        )

    def _load_sample(self) -> None:
        self._context.run(LoadSample(), undoable=self._context.words("customers.sample_loaded"))

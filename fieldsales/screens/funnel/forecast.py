"""The forecast: what the months may bring against a target, and how the funnel flows."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from fieldsales.domain.pipeline import FUNNEL
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.funnel.forecast_parts.changes import ChangesSection, since_of
from fieldsales.screens.funnel.forecast_parts.months import MonthsSection
from fieldsales.screens.funnel.forecast_parts.outcomes import OutcomesSection
from fieldsales.screens.funnel.forecast_parts.stages import AdvancesSection, FunnelSection
from fieldsales.services.stages import pipeline_name
from fieldsales.store.queries.deals import any_deal
from fieldsales.store.queries.funnel_review import review
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.widgets.card import CardScroll, empty
from fieldsales.widgets.columns import TwoColumns
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column, row
from fieldsales.widgets.segmented import Option, Segmented

_TWO_COLUMNS = 900  # px at 100 % from which the smaller pictures stand beside each other


class ForecastView(QWidget):
    """One pipeline at a time, which the tab chooses; pictures lead to the deals behind them."""

    pipeline_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self._pipeline = FUNNEL
        self._since: date | None = None
        self.months = MonthsSection(context)
        self.funnel = FunnelSection(context)
        self.changes = ChangesSection(context)
        self.outcomes = OutcomesSection(context)
        self.advances = AdvancesSection(context)
        self._sections = (self.months, self.funnel, self.changes, self.outcomes, self.advances)
        self.changes.since_chosen.connect(self._choose_since)
        self._choices = row(look, gap=8)
        self.pipeline: Segmented | None = None
        self.paper = button(look, words("forecast.paper"), self._open_paper, icon="document")
        self.card = CardScroll(look, margin=24, gap=20)
        self._columns = TwoColumns(look, gap=32, wide_from=_TWO_COLUMNS)
        for parts in ((self.funnel, self.advances), (self.changes, self.outcomes)):
            self._columns.addLayout(column(look, *parts, None, gap=24), 1)
        self.card.body.addLayout(row(look, self._choices, None, self.paper))
        self.card.body.addWidget(self.months)
        self.card.body.addLayout(self._columns)
        self.card.body.addStretch(1)
        self._empty = EmptyState(
            look,
            words("forecast.empty"),
            icon="funnel",
            action=words("forecast.add_deal"),
            act=self._add_deal,
            action_icon="add",
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.card)
        self._stack.addWidget(self._empty)
        self.setLayout(self._stack)

    def refresh(self) -> None:
        """Read what is shown anew; what is typed stays."""
        store = self.context.store
        known = pipelines(store)
        live = {pipeline.id: pipeline for pipeline in known.live}
        if self._pipeline not in live:
            self._pipeline = next(iter(live), FUNNEL)
        self._show_pipelines(
            {key: pipeline_name(self.context.words, one) for key, one in live.items()}
        )
        if not any_deal(store):
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self.card)
        since = self._since or since_of("month", store.clock.today())
        found = review(store, self._pipeline, since)
        for section in self._sections:
            section.show_review(found)

    def show_pipeline(self, pipeline_id: str) -> None:
        """Show what a pipeline brings, read anew."""
        if pipeline_id != self._pipeline:
            self._pipeline = pipeline_id
            for part in (self.months, self.funnel, self.changes, self.outcomes):
                part.behind.close_list()
        self.refresh()

    def _show_pipelines(self, names: dict[str, str]) -> None:
        """A switch where there is more than one."""
        told = "|".join((*names, *names.values()))
        if self.pipeline is not None and self.pipeline.objectName() == told:
            self.pipeline.set_key(self._pipeline)
            return
        empty(self._choices)
        self.pipeline = None
        if len(names) > 1:
            self.pipeline = Segmented(
                self.context.look,
                [Option(key, name) for key, name in names.items()],
                name=self.context.words("noun.pipeline"),
            )
            self.pipeline.setObjectName(told)
            self.pipeline.set_key(self._pipeline)
            self.pipeline.chosen.connect(self.pipeline_chosen)
            self._choices.addWidget(self.pipeline)

    def _choose_since(self, day: date) -> None:
        self._since = day
        self.refresh()

    def _add_deal(self) -> None:
        """The tab around this view makes a new deal."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, Screen):
            around = around.parentWidget()
        if around is not None:
            around.new_record()

    def _open_paper(self) -> None:
        since = f"@{self._since.isoformat()}" if self._since else ""
        self.context.open("paper", f"funnel:{self._pipeline}{since}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

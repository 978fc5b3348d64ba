"""Four ways to look at a customer's people; each but the list is made when it is first wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from fieldsales.screens.customers.people.chart import ChartView
from fieldsales.screens.customers.people.climate import ClimateView
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.people.listing import PeopleList
from fieldsales.screens.customers.people.matrix import MatrixView

LIST, CHART, CLIMATE, MATRIX = VIEWS = ("list", "chart", "climate", "matrix")


class Views(QStackedWidget):
    """They show what the desk has read."""

    person_pressed = Signal(str)
    superior_wanted = Signal(str)  # for this person, from the chart
    customer_pressed = Signal()

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        self.list = PeopleList(desk)
        self.addWidget(self.list)
        self._chart: ChartView | None = None
        self._climate: ClimateView | None = None
        self._matrix: MatrixView | None = None

    @property
    def chart(self) -> ChartView:
        if self._chart is None:
            self._chart = ChartView(self._desk)
            self._chart.superior_wanted.connect(self.superior_wanted)
            self._join(self._chart)
        return self._chart

    @property
    def climate(self) -> ClimateView:
        if self._climate is None:
            self._climate = ClimateView(self._desk)
            self._join(self._climate)
        return self._climate

    @property
    def matrix(self) -> MatrixView:
        if self._matrix is None:
            self._matrix = MatrixView(self._desk)
            self._matrix.customer_pressed.connect(self.customer_pressed)
            self._join(self._matrix)
            self._matrix.begin()
        return self._matrix

    def _join(self, part: ChartView | ClimateView | MatrixView) -> None:
        part.person_pressed.connect(self.person_pressed)
        self.addWidget(part)

    def begin(self) -> None:
        """Another customer."""
        for part in (self._chart, self._climate, self._matrix):
            if part is not None:
                part.begin()

    def show_view(self, key: str) -> None:
        """One of VIEWS, in front."""
        part: PeopleList | ChartView | ClimateView | MatrixView = self.list
        if key == CHART:
            part = self.chart
        elif key == CLIMATE:
            part = self.climate
        elif key == MATRIX:
            part = self.matrix
        self.setCurrentWidget(part)
        self.setFocusProxy(part)
        part.show_people()

    def mark(self, contact_id: str) -> None:
        """Somebody is shown beside the views."""
        shown = self.currentWidget()
        if shown is self.list or shown is self._chart:
            shown.select(contact_id)

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._matrix is not None:
            self._matrix.pair.flush()

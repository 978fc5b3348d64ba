"""The forecast by month or quarter: picture, table, targets typed in place, rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldsales.domain.forecast import (
    OVERDUE,
    UNDATED,
    Forecast,
    Outlook,
    converted,
    coverage,
    months,
    quarter_of,
    quarter_target,
)
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.drawing.shapes import Picture
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.reports.funnel_pictures import (
    against_target,
    cover,
    forecast_picture,
    month_name,
    short_money,
)
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.forecast_parts.behind import Behind
from fieldsales.screens.funnel.forecast_parts.planned_line import PlannedLine
from fieldsales.services.operations.forecast import SetRate, SetTarget
from fieldsales.services.workspace import Operation
from fieldsales.store.queries.currencies import rates
from fieldsales.store.queries.funnel import chances
from fieldsales.widgets.card import Section, empty
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, hairline, label, row, set_style
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.typed import parse_money, write_money

_AHEAD = 6
_QUARTERS = 4
_HEIGHT = 132.0
_SIZE = 12.0
_COLUMNS = ("deals", "won", "commit", "best", "weighted", "target", "cover")


class MonthsSection(Section):
    """One currency at a time: sums of different ones are never added up."""

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, words("forecast.by_time"), gap=12)
        self.context = context
        self._review: FunnelReview | None = None
        self._currency = ""
        self.by = Segmented(
            look,
            [Option(key, words(f"forecast.by_{key}")) for key in ("month", "quarter")],
            name=words("forecast.by_time"),
        )
        self.by.chosen.connect(self._choose_by)
        self._money = row(look, gap=4)
        self.currency: Segmented | None = None
        self.block = PictureBlock(look)
        self.block.finding.setFont(look.theme.font("title", bold=True))
        self.block.clicked.connect(self.show_period)
        self.behind = Behind(context)
        self._table = column(look, gap=0)
        self.targets: dict[str, PlannedLine] = {}
        self._cells: dict[tuple[str, str], QLabel] = {}
        self._shown: tuple[object, ...] = ()
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        self._wrong.hide()
        self._rates_row = column(look, gap=4)
        self.rates: dict[str, PlannedLine] = {}
        self._typed_on: dict[str, QLabel] = {}
        choices = row(look, self.by, self._money, None, gap=12)
        for part in (choices, self.block, self.behind, self._table, self._wrong, self._rates_row):
            if isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)

    # showing

    def show_review(self, review: FunnelReview) -> None:
        self._review = review
        self._show_currencies()
        self._show()

    def _show_currencies(self) -> None:
        """A switch where there is more than one; the user's own stands first."""
        review = self._facts()
        found = [code for code in review.forecast.total() if code != review.currency]
        wanted = (review.currency, *sorted(found))
        if self._currency not in wanted:
            self._currency = review.currency
        known = getattr(self.currency, "objectName", str)()
        if known == " ".join(wanted):
            return
        empty(self._money)
        self.currency = None
        if len(wanted) > 1:
            made = Segmented(
                self.context.look,
                [Option(code, code) for code in wanted],
                name=self.context.words("field.deal.currency"),
            )
            made.setObjectName(" ".join(wanted))
            made.set_key(self._currency)
            made.chosen.connect(self._choose_currency)
            self._money.addWidget(made)
            self.currency = made

    def _facts(self) -> FunnelReview:
        assert self._review is not None
        return self._review

    def _choose_by(self, _key: str) -> None:
        self.behind.hide()
        self._show()

    def _choose_currency(self, key: str) -> None:
        self._currency = key
        self.behind.hide()
        self._show()

    def _show(self) -> None:
        self._say("")
        self._show_picture()
        self._show_table()
        self._show_rates()

    @property
    def _quarterly(self) -> bool:
        return self.by.key == "quarter"

    def _plan(self) -> tuple[Forecast, Mapping[str, Mapping[str, int]], tuple[str, ...]]:
        """Outlooks and targets by month or quarter, and the periods to come."""
        review = self._facts()
        ahead = months(review.today, 3 * _QUARTERS)
        if not self._quarterly:
            return review.forecast, review.targets, ahead[:_AHEAD]
        quarters = tuple(dict.fromkeys(map(quarter_of, ahead)))[:_QUARTERS]
        targets: dict[str, dict[str, int]] = {}
        for quarter in {quarter_of(month) for month in review.targets}:
            for code in {code for sums in review.targets.values() for code in sums}:
                found = quarter_target(review.targets, quarter, code)
                if found is not None:
                    targets.setdefault(quarter, {})[code] = found
        deals: dict[str, tuple[str, ...]] = {}
        for month, ids in review.forecast.deals.items():
            deals[quarter_of(month)] = (*deals.get(quarter_of(month), ()), *ids)
        return Forecast(review.forecast.quarters(), deals), targets, quarters

    def _show_picture(self) -> None:
        review, words = self._facts(), self.context.words
        forecast, targets, ahead = self._plan()
        shown = replace(review, forecast=forecast, targets=targets)
        known = (
            self._currency in forecast.months.get(period, {}) or targets.get(period)
            for period in ahead
        )

        def draw(room: float) -> Picture:
            return forecast_picture(shown, words, ahead, self._currency, room, _HEIGHT, _SIZE)

        tips = {
            period: words("forecast.period_tip", period=month_name(words, period), n=count)
            for period, count in ((one, self._deals_in(forecast, one)) for one in ahead)
        }
        self.block.show_picture(self._finding(), draw if any(known) else None, tips)

    def _deals_in(self, forecast: Forecast, period: str) -> int:
        return forecast.months.get(period, {}).get(self._currency, Outlook()).deals

    def _finding(self) -> str:
        """How the first period stands to its target."""
        words, code = self.context.words, self._currency
        forecast, targets, ahead = self._plan()
        outlook = forecast.months.get(ahead[0], {}).get(code, Outlook())
        target = targets.get(ahead[0], {}).get(code)
        if not target:
            period = month_name(words, ahead[0])
            expected = short_money(words, outlook.weighted, code)
            key = "forecast.no_target_quarter" if self._quarterly else "forecast.no_target"
            return words(key, period=period, expected=expected)
        return against_target(words, ahead[0], target, outlook, code)

    # table

    def _periods(self) -> tuple[str, ...]:
        """What is overdue, then the periods with something in them, then what has no day."""
        forecast, _, ahead = self._plan()
        with_money = {period for period, sums in forecast.months.items() if self._currency in sums}
        today = self._facts().today
        first_month = f"{today:%Y}-{(today.month - 1) // 3 * 3 + 1:02}"
        since = f"{today:%Y}-Q1" if self._quarterly else first_month
        rest = {one for one in with_money | set(ahead) if one not in (OVERDUE, UNDATED)}
        rest = {one for one in rest if one >= since}
        first = [OVERDUE] if OVERDUE in with_money else []
        last = [UNDATED] if UNDATED in with_money else []
        return (*first, *sorted(rest), *last)

    def _show_table(self) -> None:
        periods = self._periods()
        shape = (periods, self._currency, self._quarterly)
        if shape != self._shown:
            self._shown = shape
            self._lay_out(periods)
        for period in periods:
            self._show_period(period)

    def _lay_out(self, periods: tuple[str, ...]) -> None:
        look, words = self.context.look, self.context.words
        empty(self._table)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.theme.px(16))
        grid.setVerticalSpacing(look.theme.px(2))
        self._table.addLayout(grid)
        self.targets, self._cells = {}, {}
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, name in enumerate(_COLUMNS, start=1):
            head = label(look, words(f"forecast.column_{name}"), size="caption", tone="muted")
            grid.addWidget(head, 0, at, right)
            grid.setColumnStretch(at, 1)
        grid.addWidget(hairline(look), 1, 0, 1, len(_COLUMNS) + 1)
        for line, period in enumerate(periods, start=2):
            made = button(look, month_name(words, period), self._period_pressed, role="link")
            made.setObjectName(period)
            grid.addWidget(made, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.setRowMinimumHeight(line, look.theme.px(32))
            for at, name in enumerate(_COLUMNS, start=1):
                if name == "target" and not self._quarterly and period not in (OVERDUE, UNDATED):
                    grid.addWidget(self._target_line(period), line, at)
                    continue
                cell = label(look, tone="bad" if period == OVERDUE else "ink")
                self._cells[period, name] = cell
                grid.addWidget(cell, line, at, right)

    def _target_line(self, period: str) -> PlannedLine:
        words = self.context.words
        name = words("forecast.target_of", period=month_name(words, period))
        made = PlannedLine(self.context, name, words("forecast.type_target"))
        made.setObjectName(period)
        made.taken.connect(self._take_target)
        made.setMinimumWidth(self.context.look.theme.px(96))
        self.targets[period] = made
        return made

    def _show_period(self, period: str) -> None:
        words, code = self.context.words, self._currency
        forecast, targets, _ = self._plan()
        outlook = forecast.months.get(period, {}).get(code, Outlook())
        target = targets.get(period, {}).get(code)
        told = {
            "deals": words.number(outlook.deals) if outlook.deals else "",
            "won": self._sum(outlook.won),
            "commit": self._sum(outlook.commit),
            "best": self._sum(outlook.best),
            "weighted": self._sum(outlook.weighted),
            "target": self._sum(target or 0),
            "cover": "",
        }
        if target:
            covered = coverage(target, outlook)
            reached = covered.times is None
            told["cover"] = words("forecast.reached") if reached else cover(words, covered)
        for name, text in told.items():
            if (period, name) in self._cells:
                self._cells[period, name].setText(text)
        if period in self.targets:
            self.targets[period].show_text(write_money(target, code) if target else "")

    def _sum(self, amount: int) -> str:
        return short_money(self.context.words, amount, self._currency) if amount else ""

    # what is typed

    def _take_target(self) -> None:
        line = self.sender()
        assert isinstance(line, PlannedLine)
        text = line.text().strip()
        amount = parse_money(text, self._currency) if text else None
        if text and amount is None:
            set_style(line, "wrong", True)
            self._say(self.context.words("widgets.not_an_amount", value=text))
            return
        wanted = self._facts().pipeline.id
        self._run(line, SetTarget(line.objectName(), self._currency, amount or None, wanted))

    def _take_rate(self) -> None:
        line = self.sender()
        assert isinstance(line, PlannedLine)
        self._run(line, SetRate(line.objectName(), line.text()))

    def _run(self, line: PlannedLine, operation: Operation) -> None:
        try:
            self.context.workspace.run(operation)
        except (UserError, EnvironmentProblem) as error:
            set_style(line, "wrong", True)
            self._say(self.context.words(error.code, **error.params))
            return
        self._say("")
        set_style(line, "wrong", False)

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    # rates

    def _show_rates(self) -> None:
        review, words, look = self._facts(), self.context.words, self.context.look
        total = review.forecast.total()
        others = sorted(code for code in total if code != review.currency)
        if tuple(self.rates) != tuple(others):
            empty(self._rates_row)
            self.rates, self._typed_on = {}, {}
            for code in others:
                name = words("forecast.rate_of", code=code, own=review.currency)
                line = PlannedLine(self.context, name, words("forecast.type_rate"))
                line.setObjectName(code)
                line.setFixedWidth(look.theme.px(110))
                line.taken.connect(self._take_rate)
                self.rates[code] = line
                self._typed_on[code] = label(look, size="caption", tone="faint")
                parts = (label(look, name, tone="muted"), line, self._typed_on[code], None)
                self._rates_row.addLayout(row(look, *parts))
            if others:
                self._whole = label(look, tone="muted", wrap=True)
                self._rates_row.addWidget(self._whole)
        typed = rates(self.context.store)
        for code, line in self.rates.items():
            line.show_text(typed[code].text if code in typed else "")
            day = words.date(date.fromisoformat(typed[code].day)) if code in typed else ""
            self._typed_on[code].setText(words("forecast.rate_typed", day=day) if day else "")
        if others:
            open_sums = {code: outlook.open for code, outlook in total.items()}
            whole = converted(open_sums, review.currency, review.rates)
            ways = {0: "together", len(others): "apart"}
            key = f"forecast.{ways.get(len(whole.left_out), 'together_partly')}"
            amount = short_money(words, whole.amount, whole.currency)
            left_out = words("card.and").join(whole.left_out)
            self._whole.setText(words(key, amount=amount, left_out=left_out))

    # the deals behind

    def _period_pressed(self) -> None:
        self.show_period(self.sender().objectName())

    def show_period(self, period: str) -> None:
        """List the deals of a month or quarter."""
        forecast, _, _ = self._plan()
        name = month_name(self.context.words, period)
        self.behind.show_deals(name, self._of_currency(forecast.deals.get(period, ())))

    def _of_currency(self, deal_ids: Iterable[str]) -> list[str]:
        """Those in the currency that is shown: they alone make up its sums."""
        among = set(deal_ids)
        review = self._facts()
        first = review.today.replace(month=1, day=1)
        return [
            chance.deal_id
            for chance in chances(self.context.store, review.pipeline.id, first)
            if chance.deal_id in among and chance.currency == self._currency
        ]

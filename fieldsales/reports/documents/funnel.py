"""The funnel review 漏斗评审: what stands where, what the months may bring, what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from fieldsales.domain.forecast import (
    OVERDUE,
    UNDATED,
    Outlook,
    converted,
    months,
    quarter_of,
    quarter_target,
)
from fieldsales.domain.funnel import CHANGES, Closed, Difference, Tally, tallied
from fieldsales.domain.funnel_review import FunnelReview
from fieldsales.domain.pipeline import ENDS, FUNNEL, LOST
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Style,
    Table,
    cell,
    prose,
)
from fieldsales.errors import UserError
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.funnel_pictures import (
    against_target,
    forecast_picture,
    funnel_picture,
    money,
    month_name,
    percent,
    short_money,
)
from fieldsales.reports.paper import A4_FILED, SMALL
from fieldsales.services.stages import pipeline_name, stage_name
from fieldsales.store.database import Store
from fieldsales.store.queries.funnel_review import review
from fieldsales.words import Words

KIND = "funnel"
AUDIENCES = INTERNAL
_WIDTH, _HEIGHT = A4_FILED.span(9), 110.0  # of the pictures, in points: fit on every sheet
_MONTHS = 6
_LISTED = 40  # deals of one kind of change


def latest(store: Store) -> str:
    """The pipeline of M25."""
    return FUNNEL


def gather(store: Store, row_id: str) -> FunnelReview:
    """`row_id`: a pipeline's id, and after an `@` the day since which changes are told."""
    pipeline_id, _, day = row_id.partition("@")
    try:
        since = date.fromisoformat(day) if day else None
    except ValueError:
        raise UserError("field.not_a_date", value=day) from None
    return review(store, pipeline_id, since)


def subject(facts: FunnelReview) -> Subject:
    return Subject()


def compose(
    facts: FunnelReview, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The review before it is laid out; it says the same to whoever may read it."""
    sheet = _Review(facts, words)
    sections = (
        sheet.now(),
        sheet.stages(),
        sheet.forecast(),
        sheet.changes(),
        sheet.stuck(),
        sheet.outcomes(),
        sheet.advances(),
    )
    seller = words("report.our_side", name=letterhead.seller) if letterhead.seller else ""
    since = words("report.funnel.since", day=phrases.day(words, facts.since.isoformat()))
    return Document(
        name=words("report.funnel.name"),
        title=pipeline_name(words, facts.pipeline),
        facts=(phrases.joined(words, (since, seller)),),
        sections=tuple(section for section in sections if section is not None),
        reference=words.date(facts.today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
    )


class _Review:
    """The sections of one review."""

    def __init__(self, facts: FunnelReview, words: Words) -> None:
        self.facts = facts
        self.words = words
        self.months = months(facts.today, _MONTHS)

    def _section(self, key: str, blocks: Iterable[Block | None]) -> Section | None:
        return phrases.section(self.words(f"report.funnel.{key}"), blocks)

    def now(self) -> Section | None:
        """All that is open, and how this month and this quarter stand to their targets."""
        words, facts = self.words, self.facts
        total = facts.forecast.total()
        count = sum(totals.count for totals in facts.totals)
        sums = {currency: outlook.open for currency, outlook in total.items()}
        open_weight = {code: outlook.weighted - outlook.won for code, outlook in total.items()}
        told = words("report.funnel.open", n=count, money=money(words, sums) or "0")
        said = [Said(told, "lead")]
        if any(open_weight.values()):
            weight = money(words, open_weight)
            said.append(Said(words("report.funnel.weighted", money=weight), "strong"))
        others = {code: amount for code, amount in sums.items() if amount}
        if len(others) > 1:
            whole = converted(others, facts.currency, facts.rates)
            ways = {0: "converted", len(others.keys() - {facts.currency}): "unconverted"}
            key = f"report.funnel.{ways.get(len(whole.left_out), 'converted_partly')}"
            amount = short_money(words, whole.amount, whole.currency)
            left_out = phrases.listed(words, whole.left_out)
            said.append(Said(words(key, money=amount, left_out=left_out), "quiet"))
        month = self.months[0]
        quarter = quarter_of(month)
        for name, target, outlook in (
            (month, self._target(month), self._outlook(month)),
            (
                quarter,
                quarter_target(facts.targets, quarter, facts.currency),
                facts.forecast.quarters().get(quarter, {}).get(facts.currency, Outlook()),
            ),
        ):
            if target:
                told = against_target(words, name, target, outlook, facts.currency)
                said.append(Said(told))
        return self._section("now", (Prose(tuple(said)),))

    def _target(self, month: str) -> int | None:
        return self.facts.targets.get(month, {}).get(self.facts.currency)

    def _outlook(self, period: str) -> Outlook:
        return self.facts.forecast.months.get(period, {}).get(self.facts.currency, Outlook())

    def stages(self) -> Section | None:
        """The picture, and how many of those that came went on."""
        words, facts = self.words, self.facts
        finding = words("report.funnel.finding_none")
        weakest = min(
            (flow for flow in facts.flows if flow.lost),
            key=lambda flow: flow.conversion or 0,
            default=None,
        )
        if weakest is not None:
            finding = words(
                "report.funnel.finding",
                stage=stage_name(words, weakest.stage),
                share=percent(weakest.conversion or 0),
            )
        picture = funnel_picture(facts, words, _WIDTH, SMALL)
        return self._section("stages", (Figure(finding, picture),))

    def forecast(self) -> Section | None:
        """Months in the user's own currency as a picture; every currency in the table."""
        words, facts = self.words, self.facts
        blocks: list[Block] = []
        if any(facts.currency in facts.forecast.months.get(month, {}) for month in self.months):
            picture = forecast_picture(
                facts, words, self.months, facts.currency, _WIDTH, _HEIGHT, SMALL
            )
            most = max(self.months, key=lambda month: self._outlook(month).weighted)
            sum_of_most = short_money(words, self._outlook(most).weighted, facts.currency)
            told = words("report.funnel.by_month", month=month_name(words, most), money=sum_of_most)
            blocks.append(Figure(told, picture))
        rows: list[tuple[Cell, ...]] = []
        for period in (OVERDUE, *self.months, *self._later(), UNDATED):
            for currency, outlook in facts.forecast.months.get(period, {}).items():
                rows.append(self._row(period, currency, outlook))
        if rows:
            titles = ("won", "commit", "best", "weighted")
            heads = [Column(words(f"funnel.{title}"), 2.2, "end") for title in titles]
            first = Column(words("report.funnel.period"), 2)
            blocks.append(Table((first, *heads), tuple(rows)))
        return self._section("forecast", blocks)

    def _later(self) -> list[str]:
        return [
            period
            for period in self.facts.forecast.months
            if period not in (OVERDUE, UNDATED) and period > self.months[-1]
        ]

    def _row(self, period: str, currency: str, outlook: Outlook) -> tuple[Cell, ...]:
        words = self.words
        amounts = (outlook.won, outlook.commit, outlook.best, outlook.weighted)
        style: Style = "late" if period == OVERDUE else "body"
        return (
            cell(month_name(words, period), style, words("funnel.deals", n=outlook.deals)),
            *(cell(short_money(words, amount, currency) if amount else "") for amount in amounts),
        )

    def changes(self) -> Section | None:
        """What is other than on the day since which it is told, kind by kind."""
        words = self.words
        blocks: list[Block] = []
        for kind in CHANGES:
            found = [one for one in self.facts.changes if one.kind == kind]
            if not found:
                continue
            found.sort(key=lambda one: -(one.after.amount or 0))
            points = [self._change(one) for one in found[:_LISTED]]
            if len(found) > _LISTED:
                points.append(Point(Said(words("report.more", n=len(found) - _LISTED), "quiet")))
            heading = words("funnel.change_counted", kind=words(f"change.{kind}"), n=len(found))
            blocks.append(Points(tuple(points), heading=heading))
        return self._section("changes", blocks)

    def _change(self, one: Difference) -> Point:
        title, customer = self.facts.names[one.deal_id]
        return Point(Said(phrases.joined(self.words, (customer, title))), aside=self._told(one))

    def _told(self, one: Difference) -> str:
        words, before, after = self.words, one.before, one.after
        currency = after.currency or self.facts.currency
        if one.kind in ("forward", "back", "reopened") and before is not None:
            stages = self.facts.stages
            return words(
                "report.deal.moved",
                come=stage_name(words, stages[before.stage]),
                to=stage_name(words, stages[after.stage]),
            )
        if one.kind in ("grown", "shrunk") and before is not None:
            change = (after.amount or 0) - (before.amount or 0)
            sign = "+" if change > 0 else "−"
            return f"{sign}{short_money(words, abs(change), currency)}"
        if one.kind in ("slipped", "sooner"):
            return after.expected_close or words("report.no_day")
        return short_money(words, after.amount, currency) if after.amount else ""

    def stuck(self) -> Section | None:
        words = self.words
        rows = tuple(
            (
                cell(one.title, "strong", one.customer),
                cell(stage_name(words, one.stage)),
                cell(
                    words("funnel.days", n=one.days),
                    "late",
                    words("funnel.usual_days", n=round(one.usual)),
                ),
                cell(short_money(words, one.amount, one.currency) if one.amount else ""),
            )
            for one in self.facts.stuck[:_LISTED]
        )
        columns = (
            Column(words("noun.deal"), 3.6),
            Column(words("noun.stage"), 2),
            Column(words("report.funnel.stands"), 2, "end"),
            Column(words("field.deal.amount"), 2, "end"),
        )
        more = len(self.facts.stuck) - _LISTED
        rest = prose(words("report.more", n=more), "quiet") if more > 0 else None
        return self._section("stuck", (Table(columns, rows) if rows else None, rest))

    def outcomes(self) -> Section | None:
        """Won and lost by source, lost by reason and by rival (M05, M36)."""
        words, closed = self.words, self.facts.closed
        lost = [one for one in closed if one.end == LOST]
        tables = (
            self._tallies(closed, lambda one: words.choice("source", one.source), "source", ENDS),
            self._tallies(lost, lambda one: words.choice("loss_reason", one.reason), "reason"),
            self._tallies(lost, lambda one: words.choice("lost_rival", one.rival), "rival"),
        )
        return self._section("outcomes", tables)

    def _tallies(
        self,
        closed: Sequence[Closed],
        key: Callable[[Closed], str],
        what: str,
        ends: Sequence[str] = (LOST,),
    ) -> Table | None:
        words = self.words
        rows = []
        for name, tally in tallied(closed, key).items():
            known = cell(name) if name else cell(words("report.funnel.not_known"), "quiet")
            rows.append((known, *(self._count(tally, end) for end in ends)))
        ended = (Column(words.choice("stage", end), 2.4, "end") for end in ends)
        columns = (Column(words(f"report.funnel.by_{what}"), 3), *ended)
        return Table(columns, tuple(rows)) if rows else None

    def _count(self, tally: Tally, end: str) -> Cell:
        count, sums = tally.of(end)
        if not count:
            return cell("")
        return cell(self.words("funnel.deals", n=count), below=money(self.words, sums))

    def advances(self) -> Section | None:
        words, facts = self.words, self.facts
        rows = []
        for flow in facts.flows:
            rate = facts.advances.get(flow.stage.id)
            if rate is None or rate.share is None:
                continue
            rows.append(
                (
                    cell(stage_name(words, flow.stage)),
                    cell(words.number(rate.visits)),
                    cell(words.number(rate.successes)),
                    cell(percent(rate.share)),
                )
            )
        columns = (
            Column(words("noun.stage"), 3),
            Column(words("report.funnel.visits"), 2, "end"),
            Column(words("report.funnel.successes"), 3, "end"),
            Column(words("report.funnel.share"), 1.6, "end"),
        )
        return self._section("advances", (Table(columns, tuple(rows)) if rows else None,))

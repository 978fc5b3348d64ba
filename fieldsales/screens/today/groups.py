"""What waits today, in groups of lines: read from the file, without what is put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.relationship import FADES_AFTER
from fieldsales.domain.verdict import Verdict
from fieldsales.domain.visit import Visit
from fieldsales.screens.contract import Context
from fieldsales.screens.today.care import (
    birthday_entry,
    campaign_entry,
    day_entry,
    festival_entry,
    unseen_entry,
)
from fieldsales.screens.today.desk import Desk
from fieldsales.screens.today.line import Entry
from fieldsales.services.birthdays import soon
from fieldsales.services.festivals import AHEAD, near
from fieldsales.services.special_days import kept_from
from fieldsales.services.stages import stage_name
from fieldsales.store.queries import campaigns, debts
from fieldsales.store.queries.care import unseen
from fieldsales.store.queries.deal_cards import DealCard, stuck_cards
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.store.queries.snoozed import PutOff, asleep, put_off
from fieldsales.store.queries.today import Cold, DueTask, DueVisit, OpenComplaint, today
from fieldsales.widgets.chips import ChipFace

_BIRTHDAYS = 14  # days ahead
_STUCK = 2  # level of age from which a deal is here; above it, it is more than that
_MOST = 100  # lines of a group
_VISITS, _COMING = 20, 7  # of a day, and of the week to come, before 'show all'
_OPENS = {
    "deal": "deal",
    "money": "receivable",
    "complaint": "feedback",
    "birthday": "contact",
    "day": "special_day",
    "unseen": "contact",
}
_TONES = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a kind. `fixed`: so many are shown at first, whatever a day holds; `nothing`: key
    said of none.
    """

    name: str
    entries: Sequence[Entry]
    side: int  # 0 the left column, 1 the right
    fixed: int = 0
    nothing: str = ""


class Groups:
    """Reads the groups of a day, the most pressing first."""

    def __init__(self, context: Context, desk: Desk, day: date) -> None:
        self._context = context
        self._desk = desk
        self._day = day
        self._asleep = asleep(context.store, day)

    def read(self) -> list[Group]:
        store, words = self._context.store, self._context.words
        day = today(store)
        since = self._day - timedelta(days=FADES_AFTER)
        born = soon(store, _BIRTHDAYS)[:_MOST]
        birthdays = self._awake(
            "birthday", [birthday_entry(words, self._day, *one) for one in born]
        )
        days = self._awake("day", self._days())
        unmet = self._awake(
            "unseen", [unseen_entry(words, self._day, one) for one in unseen(store, since)]
        )
        tasks = [self._task(task) for task in (*day.overdue, *day.due)]
        complaints = self._awake("complaint", [self._complaint(one) for one in day.complaints])
        cold = self._awake("cold", [self._cold(one) for one in day.cold])
        return [
            Group("visits", self._visits(day.visits), 0, fixed=_VISITS, nothing="today.no_visits"),
            Group("unfinished", self._visits(day.unfinished), 0),
            Group("tasks", tasks, 0, nothing="today.no_tasks"),
            Group("complaints", complaints, 1),
            Group("promised", [self._task(task) for task in day.promised], 0),
            Group("money", self._awake("money", self._money()), 1),
            Group("greetings", self._greetings(), 1),
            Group("birthdays", birthdays, 1),
            Group("days", days, 1),
            Group("stuck", [self._stuck(card) for card in stuck_cards(store)], 1),
            Group("unseen", unmet, 1),
            Group("cold", cold, 1, nothing="today.no_cold"),
            Group("coming", self._visits(day.coming), 1, fixed=_COMING, nothing="today.no_coming"),
        ]

    def put_off(self) -> list[Entry]:
        """What is out of sight until another day, with its reasons."""
        return [self._put_off(one) for one in put_off(self._context.store, self._day, _MOST)]

    def _awake(self, line: str, entries: Sequence[Entry]) -> list[Entry]:
        """Entries that are not put off, each with the way to put it off."""
        return [
            replace(entry, snooze=partial(self._desk.snooze, line, entry.about))
            for entry in entries
            if (line, entry.about) not in self._asleep
        ]

    # the lines

    def _visits(self, found: Sequence[DueVisit]) -> list[Entry]:
        return [self._visit(due) for due in found]

    def _visit(self, due: DueVisit) -> Entry:
        words, visit = self._context.words, due.visit
        moment = from_stamp(visit.starts_at)
        day = local_day(visit.starts_at)
        when = words.time(moment)
        if day != self._day:
            when = f"{words.days_from(day, self._day)} {when}"
        parts = [words.choice("advance", visit.wanted_advance), visit.objective, visit.place]
        planned = visit.state == "planned"
        return Entry(
            kind="visit",
            row_id=visit.id,
            icon="visit",
            title=due.customer,
            subtitle=" · ".join(filter(None, parts)),
            when=when,
            when_tone="ink",
            when_tooltip=words.moment(moment),
            chip=self._state_chip(visit),
            move=partial(self._desk.move_visit, visit) if planned else None,
        )

    def _state_chip(self, visit: Visit) -> ChipFace | None:
        words = self._context.words
        judgement = visit.judgement
        if judgement is not None:
            verdict = judgement.verdict
            return ChipFace(words.choice("verdict", verdict), _TONES[verdict])
        if visit.state == "running":
            return ChipFace(words.choice("visit_state", "running"), "accent")
        return None

    def _task(self, due: DueTask) -> Entry:
        words, task = self._context.words, due.task
        day = date.fromisoformat(task.day or "")
        reason = words("today.snoozed", reason=task.snooze_reason) if task.snooze_reason else ""
        theirs = task.party == "them"
        late = (self._day - day).days
        return Entry(
            kind="customer",
            row_id=task.customer_id or "",
            subject=task.id,
            icon="task",
            title=task.title,
            subtitle=" · ".join(filter(None, (due.customer, reason))),
            when=words("days.overdue", n=late) if late > 0 else words.days_from(day, self._day),
            when_tone="bad" if late > 0 and not theirs else "muted",
            when_tooltip=words.date(day),
            ticks=True,
            done=partial(self._desk.complete, task),
            done_name=words("today.done"),
            snooze=partial(self._desk.snooze, "task", task.id),
        )

    def _greetings(self) -> list[Entry]:
        """Festivals of the week, whose greetings a press begins, and campaigns to be finished."""
        store, words, desk = self._context.store, self._context.words, self._desk
        new = near(store, words, self._day)
        n = len(desk.greeted()) if new else 0
        found = [
            replace(
                festival_entry(words, self._day, one, n),
                done=partial(desk.pass_over, one.code, one.day),
            )
            for one in new
        ]
        for one in campaigns.due(store, self._day + timedelta(days=AHEAD)):
            figures = campaigns.figures(store, one.id)
            if figures.left:
                entry = campaign_entry(words, self._day, one, figures)
                found.append(replace(entry, done=partial(desk.close_campaign, one)))
        return found

    def _days(self) -> list[Entry]:
        """Days kept with people, and with houses, where who decides is greeted."""
        store, words = self._context.store, self._context.words
        found = kept_from(store, self._day, _BIRTHDAYS)[:_MOST]
        houses = [one.record.customer_id for one, _ in found if not one.record.contact_id]
        heads = dict(campaigns.whom(store, houses))
        return [
            day_entry(
                words,
                self._day,
                one,
                coming,
                one.record.contact_id or heads.get(one.record.customer_id),
            )
            for one, coming in found
        ]

    def _cold(self, one: Cold) -> Entry:
        words, customer = self._context.words, one.customer
        if customer.last_contact:
            last = local_day(customer.last_contact)
            ago = words("today.last_seen", when=words.days_from(last, self._day))
            tooltip = words.date(last)
        else:
            ago, tooltip = words("today.never_seen"), ""
        late = (self._day - one.due).days
        why = words.choice("horizon", customer.horizon)
        if one.importance:
            named = words.choice("importance", one.importance)
            why = words("today.rhythm", name=named, n=one.days)
        name = customer.short_name or customer.name
        return Entry(
            kind="customer",
            row_id=customer.id,
            icon="clock",
            title=name,
            subtitle=f"{why} · {ago}",
            when=words("today.late", n=late) if late else words("days.today"),
            when_tone="warn",
            when_tooltip=tooltip,
            done=partial(self._desk.been_in_touch, customer.id, name),
            done_name=words("today.touch"),
            actions=(("visit", words("today.log_visit"), "log"),),
        )

    def _stuck(self, card: DealCard) -> Entry:
        words, deal = self._context.words, card.deal
        found = pipelines(self._context.store).stage(deal.stage)
        stage = stage_name(words, found) if found else ""
        step = card.next_step.text if card.next_step else words("today.no_next_step")
        return Entry(
            kind="deal",
            row_id=deal.id,
            icon="funnel",
            title=f"{card.customer} · {deal.title}",
            subtitle=" · ".join(filter(None, (stage, step))),
            when=words("today.stuck_days", n=card.days),
            when_tone="bad" if card.level > _STUCK else "warn",
            snooze=partial(self._desk.snooze, "deal", deal.id),
        )

    def _money(self) -> list[Entry]:
        """Debts to call about: promises of today and those not kept, what is overdue."""
        store, words = self._context.store, self._context.words
        owed = debts.calls(store)
        found = []
        for one, debt in zip(owed, debts.rows(store, owed), strict=True):
            if debt is None:
                continue
            late = one.days_late(self._day)
            reason = words(f"receivables.reason.{one.reason(self._day)}")
            name = debt.receivable.number or debt.receivable.title
            found.append(
                Entry(
                    kind="receivable",
                    row_id=one.id,
                    icon="money",
                    title=f"{debt.customer} · {words.money(one.open, one.currency, cents=False)}",
                    subtitle=" · ".join(filter(None, (reason, name))),
                    when=words("days.overdue", n=late) if late > 0 else words("days.today"),
                    when_tone="bad" if late > 0 else "warn",
                    when_tooltip=one.due or "",
                )
            )
        return found

    def _complaint(self, found: OpenComplaint) -> Entry:
        words, record = self._context.words, found.complaint
        day = local_day(record.at)
        return Entry(
            kind="feedback",
            row_id=record.id,
            icon="warning",
            title=found.customer,
            subtitle=record.text.splitlines()[0] if record.text else "",
            when=words.days_from(day, self._day),
            when_tone="bad",
            when_tooltip=words.date(day),
            done=partial(self._desk.settle, record, found.customer),
            done_name=words("today.settled"),
        )

    def _put_off(self, one: PutOff) -> Entry:
        words = self._context.words
        day = date.fromisoformat(one.until)
        kind = _OPENS.get(one.line, "customer")
        named = words(f"today.line.{one.line}")
        return Entry(
            kind=kind,
            row_id=one.row_id if kind != "customer" else one.customer_id or "",
            icon="snooze",
            title=" · ".join(filter(None, (one.customer, one.title))),
            subtitle=f"{named} · {one.reason}" if one.reason else named,
            when=words("today.back_on", day=words.days_from(day, self._day)),
            when_tooltip=words.dated(day),
            done=partial(self._desk.wake, one),
            done_name=words("today.wake"),
            done_icon="restore",
        )

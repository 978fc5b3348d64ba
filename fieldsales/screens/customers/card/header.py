"""The card's header: who, of which class, last met, what next, who decides, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.customer import Customer, serving_channel
from fieldsales.domain.fields import fields
from fieldsales.domain.together import years_together
from fieldsales.domain.verdict import Verdict
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.deals import amount_of, stage_chip
from fieldsales.screens.customers.card.name_line import NameLine
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.roles import role_told
from fieldsales.services.operations.tags import TagCustomers
from fieldsales.store.queries import customers
from fieldsales.store.queries.card import Card
from fieldsales.store.queries.care import first_order
from fieldsales.widgets.card import FactFace, FactLine
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.pieces import (
    IconLabel,
    button,
    column,
    label,
    row,
    tool_button,
)
from fieldsales.widgets.tags import TagLine

VERDICT_TONES = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}
_MOST_INVITED = 4  # missing fields named before they are counted
_WEEK = 6  # days within which a weekday says enough


class _Step(NamedTuple):
    """Something that is to be done on a day; `at` is the moment of a visit."""

    day: date
    at: str
    title: str
    kind: str
    row_id: str


def _steps(card: Card) -> list[_Step]:
    visits = [
        _Step(local_day(visit.starts_at), visit.starts_at, visit.objective, "visit", visit.id)
        for visit in card.planned
    ]
    tasks = [
        _Step(date.fromisoformat(task.day), "", task.title, "task", task.id)
        for task in card.tasks
        if task.day
    ]
    return visits + tasks


class CardHeader(QWidget):
    """Everything a rep needs in the lobby, without a click; what is missing invites."""

    back_wanted = Signal()
    plan_wanted = Signal()
    log_wanted = Signal()
    menu_wanted = Signal(QPoint)
    fact_pressed = Signal(str)  # last, next, overdue, deciders, deals, complaint
    field_wanted = Signal(str)  # a field that is missing, or the one a chip shows

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.leads: dict[str, tuple[str, str]] = {}  # fact -> the record it is about
        self.name = NameLine(context)
        self.back = tool_button(look, "back", words("common.back"), self.back_wanted.emit)
        self.back.hide()
        self.first = button(look, words("card.plan"), self.plan_wanted.emit, icon="calendar")
        self.log = button(look, words("card.log"), self.log_wanted.emit, icon="visit")
        self._more = tool_button(look, "more", words("card.more"), self._open_menu)
        title = row(look, self.back, self.name, self.first, self.log, self._more)
        title.setStretch(1, 1)
        self._customer_id = ""
        self._known: PeopleDesk
        self._classes: Sequence[tuple[str, ChipFace]] = ()
        self.tags = TagLine(look, self._known_tags, words("card.tag_only"))
        self.tags.added.connect(self._add_tag)
        self.tags.removed.connect(self._remove_tag)
        self.tags.fact_pressed.connect(self.field_wanted)
        self.facts = FactLine(look)
        self.facts.clicked.connect(self.fact_pressed)
        self._complete = label(look, size="caption", tone="muted")
        self.missing = ChipLine(look)
        self.missing.clicked.connect(self.field_wanted)
        self._advice = label(look, size="caption", tone="muted", wrap=True)
        self._advice_icon = IconLabel(look, "info", "ink-3", 14)
        self._complete_line = row(look, self._complete, self.missing, gap=8)
        self._complete_line.setStretch(1, 1)
        self._complete_line.setAlignment(self._complete, Qt.AlignmentFlag.AlignVCenter)
        advice = row(look, self._advice_icon, self._advice, gap=6)
        advice.setStretch(1, 1)
        advice.setAlignment(self._advice_icon, Qt.AlignmentFlag.AlignTop)
        layout: QVBoxLayout = column(look, title, self.tags, 4, self.facts, gap=8)
        layout.addLayout(self._complete_line)
        layout.addLayout(advice)
        self.setLayout(layout)

    def _open_menu(self) -> None:
        self.menu_wanted.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        """Stand for another customer; its card follows."""
        self._customer_id = customer_id
        self.name.load(customer_id, kept.get("name"))
        self.tags.load()

    def _known_tags(self) -> Sequence[str]:
        return customers.tags_in_use(self.context.store)

    def _add_tag(self, name: str) -> None:
        self.context.run(TagCustomers((self._customer_id,), add=(name,)))

    def _remove_tag(self, name: str) -> None:
        said = self.context.words("card.tag_removed", name=name)
        self.context.run(TagCustomers((self._customer_id,), remove=(name,)), undoable=said)

    def show_card(
        self, card: Card, known: PeopleDesk, classes: Sequence[tuple[str, ChipFace]] = ()
    ) -> None:
        """Show a customer; `classes` are the chips of what it is worth, by method."""
        self._known = known
        self._classes = classes
        self.name.show_name(card.customer.name)
        self.tags.show_chips(tuple(self._chips(card)), card.row.tags)
        self.facts.show_facts(self._facts(card))
        self._show_missing(card)
        self._show_advice(card.customer)

    def flush(self) -> None:
        self.name.flush()

    # what stands there

    def _chips(self, card: Card) -> Iterable[tuple[str, ChipFace]]:
        words, customer = self.context.words, card.customer
        found = []
        if card.complaints:
            text = words("card.complaints", n=len(card.complaints))
            found.append(("complaint", ChipFace(text, "bad", "warning")))
        if (quiet := self._quiet(card)) is not None:
            found.append(("quiet", quiet))
        store, today = self.context.store, self.context.look.clock.today()
        if years := years_together(first_order(store, customer.id), today):
            found.append(("together", ChipFace(words("card.together", n=years), "good", "gift")))
        found += [("relation", face) for face in self._known.relation_chips()]
        if card.row.size_class:
            text = words.choice("size_class", card.row.size_class)
            found.append(("employees", ChipFace(text)))
        found += self._classes
        if customer.importance and not self._classes:
            text = words.choice("importance", customer.importance)
            found.append(("importance", ChipFace(text, "accent", "star")))
        if customer.horizon:
            text = words.choice("horizon", customer.horizon)
            tone = "warn" if customer.horizon == "now" else "plain"
            found.append(("horizon", ChipFace(text, tone, "clock")))
        for name in ("kind", "industry", "ownership"):
            code = getattr(customer, name)
            if code and code != "organisation":
                spec = fields(Customer)[name]
                found.append((name, ChipFace(words.choice(spec.list, code))))
        if customer.region:
            found.append(("region", ChipFace(customer.region, icon="location")))
        return found

    def _quiet(self, card: Card) -> ChipFace | None:
        """For how long nobody was in touch, where the rhythm asks for more (M04, M44)."""
        words, today, row = self.context.words, self.context.look.clock.today(), card.row
        due = date.fromisoformat(row.contact_due) if row.contact_due else today
        if due >= today:
            return None
        if row.last_contact is None:
            why = words("card.quiet_never_why", due=words.date(due))
            return ChipFace(words("card.quiet_never"), "warn", "clock", why)
        last = local_day(row.last_contact)
        why = words("card.quiet_why", last=words.date(last), due=words.date(due))
        return ChipFace(words("card.quiet", n=(today - last).days), "warn", "clock", why)

    def _facts(self, card: Card) -> Iterable[tuple[str, FactFace]]:
        self.leads = {}
        facts = [("last", self._last(card)), ("next", self._next(card))]
        overdue = self._overdue(card)
        if overdue is not None:
            facts.append(("overdue", overdue))
        facts += [("deciders", self._deciders(card)), ("deals", self._deals(card))]
        if card.complaints:
            self.leads["complaint"] = ("interaction", card.complaints[0].id)
        return facts

    def _last(self, card: Card) -> FactFace:
        words, visit = self.context.words, card.last_visit
        caption = words("card.last_met")
        if card.row.visits:
            caption = f"{caption} · {words('card.visits_so_far', n=card.row.visits)}"
        if visit is None:
            return FactFace(caption, invite=words("card.never_met"))
        self.leads["last"] = ("visit", visit.id)
        day = self._day(local_day(visit.starts_at))
        text = " ".join(filter(None, (day, words("card.and").join(card.last_met))))
        judgement = visit.judgement
        if judgement is None:
            detail, role = words.choice("visit_state", visit.state), "ink"
        else:
            verdict = words.choice("verdict", judgement.verdict)
            what = visit.their_action or visit.our_action
            detail = words("card.verdict", verdict=verdict, what=what) if what else verdict
            role = VERDICT_TONES[judgement.verdict]
        tip = f"{words.moment(from_stamp(visit.starts_at))}\n{detail}"
        return FactFace(caption, text, detail, role if role != "warn" else "ink", tooltip=tip)

    def _next(self, card: Card) -> FactFace:
        """The first thing that lies ahead; what is overdue is a fact of its own."""
        words, today = self.context.words, self.context.look.clock.today()
        caption = words("card.next_step")
        ahead = [step for step in _steps(card) if step.day >= today]
        if not ahead:
            return FactFace(caption, invite=words("card.no_next"))
        step = min(ahead, key=lambda one: (one.day, not one.at, one.at))  # a visit before tasks
        self.leads["next"] = (step.kind, step.row_id)
        what = step.title
        if step.kind == "visit":
            what = words("card.visit_for", what=what) if what else words("noun.visit")
        at = words.time(from_stamp(step.at)) if step.at else ""
        text = " ".join(filter(None, (self._day(step.day), at)))
        when = " ".join(filter(None, (words.date(step.day), at)))
        return FactFace(caption, text, what, tooltip=f"{when}\n{what}")

    def _overdue(self, card: Card) -> FactFace | None:
        words, today = self.context.words, self.context.look.clock.today()
        late = sorted(step for step in _steps(card) if step.day < today)
        if not late:
            return None
        self.leads["overdue"] = (late[0].kind, late[0].row_id)
        told = "\n".join(f"{words.date(step.day)} {step.title}" for step in late)
        title = late[0].title or words("noun.visit")
        text = words("card.overdue_count", n=len(late))
        return FactFace(words("card.overdue"), text, title, "bad", tooltip=told)

    def _deciders(self, card: Card) -> FactFace:
        words, makers = self.context.words, card.decision_makers
        caption = words("choice.buying_role.decision_maker")
        if not makers:
            return FactFace(caption, invite=words("card.no_decider"))
        self.leads["deciders"] = ("contact", makers[0].contact.id)
        known = self._known
        thinks = {one.contact.id: known.letters(known.row(one.contact.id)) for one in makers}
        named = [one.contact.name for one in makers]
        if len(makers) > 1:  # who is which of them, the letters say
            letters = ("".join(chip.text for chip in thinks[one.contact.id]) for one in makers)
            named = [f"{name} {held}".strip() for name, held in zip(named, letters, strict=True)]
        names = words("card.and").join(named)
        told = [
            f"{person.contact.name} · {role_told(words, role)}"
            for person in makers
            for role in person.roles
            if role.role == "decision_maker"
        ]
        chips = thinks[makers[0].contact.id] if len(makers) == 1 else ()
        told += [chip.tooltip for chip in chips[:1]]
        title = makers[0].contact.title
        return FactFace(caption, names, title, tooltip="\n".join(told), chips=chips)

    def _deals(self, card: Card) -> FactFace:
        words, deals = self.context.words, card.open_deals
        caption = words("card.open_deals")
        if not deals:
            return FactFace(caption, invite=words("card.no_deal"))
        self.leads["deals"] = ("deal", deals[0].id)
        told = "\n".join(
            " ".join(filter(None, (deal.title, amount_of(words, deal, card)))) for deal in deals
        )
        if len(deals) == 1:
            deal = deals[0]
            stage = stage_chip(words, deal, card).text
            detail = " · ".join(filter(None, (amount_of(words, deal, card), stage)))
            return FactFace(caption, deal.title, detail, tooltip=told)
        sums: dict[str, int] = {}
        for deal in deals:
            if deal.amount is not None:
                code = deal.currency or card.currency
                sums[code] = sums.get(code, 0) + deal.amount
        amounts = " + ".join(
            words.money(amount, code, cents=False) for code, amount in sums.items()
        )
        return FactFace(caption, words("card.deals_count", n=len(deals)), amounts, tooltip=told)

    def _day(self, day: date) -> str:
        words, today = self.context.words, self.context.look.clock.today()
        if 2 <= (day - today).days <= _WEEK:
            return words.weekday(day)
        text = words.days_from(day, today)
        return text[:1].upper() + text[1:]

    def _show_missing(self, card: Card) -> None:
        words = self.context.words
        percent = card.row.completeness
        self._complete.setText(words("card.complete", n=percent))
        known = fields(Customer)
        named = [
            (name, words(f"field.customer.{name}" if name in known else f"missing.{name}"))
            for name in card.missing
        ]
        chips = [
            (name, ChipFace(text, icon="add", tooltip=words("card.fill_in", name=text)))
            for name, text in named[:_MOST_INVITED]
        ]
        rest = named[_MOST_INVITED:]
        if rest:
            tip = words("card.and").join(text for _, text in rest)
            text = words("card.more_missing", n=len(rest))
            chips.append((rest[0][0], ChipFace(text, tooltip=tip)))
        self.missing.show_chips(chips)

    def _show_advice(self, customer: Customer) -> None:
        words = self.context.words
        lines = []
        channel = serving_channel(customer.employees, customer.ownership)
        if channel:
            lines.append(words("card.channel", name=words.choice("serving_channel", channel)))
        if customer.horizon:
            lines.append(words(f"horizon_advice.{customer.horizon}"))
        self._advice.setText("\n".join(lines))
        self._advice.setVisible(bool(lines))
        self._advice_icon.setVisible(bool(lines))

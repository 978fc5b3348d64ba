"""The deal sheet 商机表: where a deal stands, what it lacks; for the customer what was agreed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fieldsales.domain.buying_group import COMPLETE, ROLES_NEEDED
from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BuyingRole
from fieldsales.domain.deal import worth
from fieldsales.domain.deal_page import DealPage
from fieldsales.domain.need import ORGANISATION_NEEDS
from fieldsales.domain.purchase_factors import factors
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
from fieldsales.methods.purchase_factors.picture import finding, radar
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.reports.paper import BODY
from fieldsales.services.stages import evidence_name, pipeline_name, stage_actions, stage_name
from fieldsales.store.queries.deal_facts import deal_page, latest_deal
from fieldsales.words import Words

KIND = "deal"
AUDIENCES = EVERYBODY
latest = latest_deal
gather = deal_page
_RADAR = 300.0  # points it is wide at most
_CANDIDATES = 3  # named for a gap


def subject(facts: DealPage) -> Subject:
    return Subject(customer_id=facts.customer.id, deal_id=facts.deal.id)


def compose(
    facts: DealPage, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The sheet before it is laid out."""
    sheet = _Sheet(facts, words, today, internal=audience == "internal")
    if sheet.internal:
        sections = [
            sheet.now(),
            sheet.steps(),
            sheet.evidence(),
            sheet.buying_group(),
            sheet.people(),
            sheet.needs(),
            sheet.factors(),
            sheet.visits(),
            sheet.team(),
            sheet.history(),
            sheet.notes(),
        ]
    else:
        sections = [sheet.steps(), sheet.needs(), sheet.visits(), sheet.team()]
    found = tuple(section for section in sections if section is not None)
    if not found:
        nothing = prose(words("report.deal.empty"), "quiet")
        found = (Section(words("report.deal.steps"), (nothing,)),)
    return Document(
        name=words("report.deal.name" if sheet.internal else "report.deal.customer_name"),
        # what we call a deal among ourselves is not for the customer
        title=facts.deal.title if sheet.internal else facts.customer.name,
        facts=sheet.facts_lines(),
        sources=(words("field.deal.title"),) if sheet.internal else (words("noun.customer"),),
        sections=found,
        reference=facts.customer.name if sheet.internal else words.date(today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
    )


class _Sheet:
    """The sections of one sheet."""

    def __init__(self, facts: DealPage, words: Words, today: date, *, internal: bool) -> None:
        self.facts = facts
        self.words = words
        self.today = today
        self.internal = internal
        self.names = {person.id: person.name for person in facts.facts.people}

    def _section(self, key: str, blocks: Iterable[Block | None]) -> Section | None:
        return phrases.section(self.words(f"report.deal.{key}"), blocks)

    def _money(self, amount: int | None) -> str:
        if amount is None:
            return ""
        return phrases.money(self.words, amount, self.facts.currency)

    def facts_lines(self) -> tuple[str, ...]:
        facts, words = self.facts, self.words
        if not self.internal:
            who = facts.buying_group.seller
            ours = words("report.our_side", name=who) if who else ""
            return tuple(line for line in (facts.deal.product, ours) if line)
        expected = phrases.day(words, facts.deal.expected_close)
        parts = (
            pipeline_name(words, facts.pipeline),
            words("report.expected", day=expected) if expected else "",
            facts.deal.product,
            facts.buying_group.seller,
        )
        return facts.customer.name, phrases.joined(words, parts)

    def now(self) -> Section | None:
        """Stage, amount, probability; what opens the gate; what was put off and why."""
        facts, words, deal = self.facts, self.words, self.facts.deal
        chance = words("report.deal.chance", n=facts.probability)
        said = [
            Said(stage_name(words, facts.stage), "result"),
            Said(phrases.joined(words, (self._money(worth(deal)), chance)), "strong"),
        ]
        if deal.pinned_probability is not None and facts.usual is not None:
            said.append(Said(words("report.deal.pinned", why=deal.probability_reason), "quiet"))
        if facts.usual is not None:
            style: Style = "late" if facts.level >= 2 else "quiet"
            days = words("report.deal.days", n=facts.days, usual=round(facts.usual))
            said.append(Said(days, style))
        if deal.snoozed_until and deal.snoozed_until > self.today.isoformat():
            until = phrases.day(words, deal.snoozed_until)
            said.append(
                Said(words("report.deal.snoozed", day=until, why=deal.snooze_reason), "quiet")
            )
        if deal.stage == "lost":
            why = words.choice("loss_reason", deal.lost_reason)
            rival = words.choice("lost_rival", deal.lost_rival)
            said.append(Said(phrases.joined(words, (why, rival)), "strong"))
        elif deal.rivals:
            rivals = phrases.listed(words, deal.rivals)
            said.append(Said(words("report.deal.rivals", names=rivals), "quiet"))
        actions = tuple(Point(Said(line)) for line in stage_actions(words, facts.stage))
        todo = Points(actions, heading=words("report.deal.actions")) if actions else None
        return self._section("now", (Prose(tuple(said)), todo))

    def steps(self) -> Section | None:
        """Open tasks and planned visits by day; for the customer promises of both sides alone."""
        words, facts = self.words, self.facts
        ours = facts.buying_group.seller or words.choice("party", "us")
        theirs = facts.customer.short_name or facts.customer.name
        found: list[tuple[str, str, str]] = []
        for task in facts.tasks:
            if not self.internal and task.kind != "promise":
                continue
            who = theirs if task.party == "them" else task.assignee or ours
            due = task.day or ""
            found.append((due, who, task.title))
        for visit in facts.visits:
            if visit.state == "planned":
                what = words("report.deal.visit_planned")
                if visit.objective and self.internal:
                    what = phrases.joined(words, (what, visit.objective))
                found.append((local_day(visit.starts_at).isoformat(), ours, what))
        if not found:
            nothing = prose(words("report.deal.no_step"), "late") if self._wants_step() else None
            return self._section("steps", (nothing,))
        found.sort(key=lambda step: (not step[0], step[0]))
        rows = tuple(self._step(*step) for step in found)
        columns = (
            Column(words("report.column.who"), 2.2),
            Column(words("report.column.what"), 4.6),
            Column(words("report.column.when"), 2.2, "end"),
        )
        return self._section("steps", (Table(columns, rows),))

    def _step(self, day: str, who: str, what: str) -> tuple[Cell, ...]:
        late = self.internal and bool(day) and day < self.today.isoformat()
        style: Style = "late" if late else "body"
        when = phrases.day(self.words, day) or self.words("report.no_day")
        return cell(who), cell(what), cell(when, style if day else "quiet")

    def _wants_step(self) -> bool:
        return self.internal and self.facts.stage.is_open

    def evidence(self) -> Section | None:
        """The checklist of each stage up to the one in which the deal stands, and the next."""
        words = self.words
        row = [stage.id for stage in self.facts.row]
        standing = self.facts.stage.id
        last = row.index(standing) + 1 if standing in row else len(row)
        blocks = []
        for stage, pieces in self.facts.evidence[: last + 1]:
            points = tuple(
                Point(
                    Said(words(f"evidence.{piece.code}"), "body" if piece.holds else "strong"),
                    aside="" if piece.needed == 1 else f"{piece.found}/{piece.needed}",
                    mark="ticked" if piece.holds else "box",
                )
                for piece in pieces
            )
            if points:
                blocks.append(Points(points, heading=stage_name(words, stage)))
        return self._section("evidence", blocks)

    def buying_group(self) -> Section | None:
        """M17: what fills each part, what is only assumed, and who could fill a gap."""
        words, group = self.words, self.facts.buying_group
        score = words("report.deal.score", n=group.score, of=COMPLETE, confirmed=group.confirmed)
        lines: list[tuple[Cell, ...]] = [
            self._part(words.choice("buying_role", "guide"), [group.guide] if group.guide else [])
        ]
        lines += [self._part(words.choice("buying_role", one.role), [one]) for one in group.roles]
        lines += [
            self._part(words("report.deal.role_missing"), [])
            for _ in range(ROLES_NEEDED - len(group.roles))
        ]
        seller = cell(group.seller) if group.seller else cell(words("report.deal.gap"), "late")
        lines.append((cell(words("report.deal.seller")), seller, cell("")))
        columns = (
            Column(words("report.deal.part"), 2.6),
            Column(words("report.column.who"), 3.2),
            Column(words("report.column.standing"), 3.2),
        )
        blocks: list[Block] = [prose(score, "strong"), Table(columns, tuple(lines))]
        for part in ("guide", "roles"):
            likely = [one for one in group.candidates if one.part == part and one.why != "against"]
            if likely:
                names = phrases.listed(
                    words,
                    (
                        words(
                            "report.deal.candidate",
                            name=self.names.get(one.contact_id, ""),
                            why=words(f"chance.{one.why}"),
                        )
                        for one in likely[:_CANDIDATES]
                    ),
                )
                blocks.append(prose(words(f"report.deal.could_fill_{part}", names=names), "quiet"))
        return self._section("one_plus_two_plus_one", blocks)

    def _part(self, name: str, held: list[BuyingRole]) -> tuple[Cell, ...]:
        words = self.words
        if not held:
            return cell(name), cell(words("report.deal.gap"), "late"), cell("")
        role = held[0]
        sure = words("report.deal.confirmed" if role.confirmed else "report.deal.assumed")
        standing = self._standing(role)
        return (
            cell(name),
            cell(self.names.get(role.contact_id, ""), "strong", role.evidence),
            cell(phrases.listed(words, (part for part in (standing, sure) if part))),
        )

    def _standing(self, role: BuyingRole) -> str:
        words, parts = self.words, []
        if role.influence is not None:
            parts.append(words("report.influence", n=role.influence))
        if role.attitude is not None:
            parts.append(words(f"scale.attitude.{role.attitude + 2}"))
        return phrases.listed(words, parts)

    def people(self) -> Section | None:
        words, rows = self.words, []
        for person in self.facts.facts.people:
            roles = [role for role in self.facts.facts.roles if role.contact_id == person.id]
            met = self.facts.met.get(person.id)
            last = words("report.last_met", day=met) if met else words("report.never_met")
            position = phrases.joined(words, (person.department, person.title))
            named = dict.fromkeys(words.choice("buying_role", role.role) for role in roles)
            standing = next(filter(None, (self._standing(role) for role in roles)), "")
            rows.append(
                (
                    cell(person.name, "strong", position),
                    cell(phrases.listed(words, named)),
                    cell(standing, "body", last) if standing else cell(last, "small"),
                )
            )
        columns = (
            Column(words("report.column.name"), 3.4),
            Column(words("report.column.role"), 2.6),
            Column(words("report.column.standing"), 3),
        )
        return self._section("people", (Table(columns, tuple(rows)) if rows else None,))

    def needs(self) -> Section | None:
        words, reader = self.words, "internal" if self.internal else "customer"
        blocks = []
        for statement in ("implied", "explicit"):
            points = tuple(
                Point(
                    Said(need.text, "strong" if statement == "explicit" else "body"),
                    aside=phrases.joined(
                        words,
                        (
                            self.names.get(need.contact_id or "", ""),
                            words("report.deal.answered") if need.answered else "",
                        ),
                    )
                    if self.internal
                    else "",
                )
                for need in self.facts.facts.needs
                if need.statement == statement
                # one that was not sorted yet may be personal
                and (self.internal or need.category in ORGANISATION_NEEDS)
            )
            if points:
                heading = words(f"report.needs_{statement}.{reader}")
                blocks.append(Points(points, heading=heading))
        return self._section("needs" if self.internal else "topics", blocks)

    def factors(self) -> Section | None:
        """M24: we against rivals, and what each rating rests on; never for the customer's eyes."""
        words, found = self.words, factors(self.facts.ratings)
        if all(one.ours is None and one.theirs is None for one in found):
            return None
        rows = tuple(
            (
                cell(words.choice("purchase_factor", one.code)),
                cell("–" if one.ours is None else str(one.ours)),
                cell("–" if one.theirs is None else str(one.theirs), "body", one.rival),
                cell("\n".join(one.evidence)),
            )
            for one in found
        )
        columns = (
            Column(words("field.factor_rating.factor"), 2),
            Column(words("field.factor_rating.ours"), 1.2),
            Column(words("report.deal.rival"), 1.8),
            Column(words("field.factor_rating.evidence"), 4),
        )
        shown = Figure(finding(found, words), radar(found, words, _RADAR, size=BODY))
        return self._section("factors", (shown, Table(columns, rows)))

    def visits(self) -> Section | None:
        """Those held, newest first, with their verdicts; for the customer what they agreed to."""
        words = self.words
        held = [visit for visit in self.facts.visits if visit.state == "concluded"]
        points = []
        for visit in held:
            day = phrases.day(words, local_day(visit.starts_at).isoformat())
            agreed = tuple(
                Said(text) for text in (visit.their_action, visit.our_action) if text.strip()
            )
            if self.internal:
                points.append(
                    Point(Said(phrases.verdict(words, visit), "strong"), agreed, aside=day)
                )
            elif visit.their_action.strip() and visit.their_date:
                points.append(Point(Said(visit.their_action), aside=day))
        return self._section("visits", (Points(tuple(points)) if points else None,))

    def team(self) -> Section | None:
        words = self.words
        points = tuple(
            Point(
                Said(member.name, "strong"),
                below=(Said(member.duty),) if member.duty and self.internal else (),
                aside=words.choice("member_role", member.role),
            )
            for member in self.facts.facts.members
        )
        return self._section("team", (Points(points) if points else None,))

    def history(self) -> Section | None:
        """The stages it has passed, the newest change first; why it passed without evidence."""
        words, stages, points = self.words, self.facts.stages, []
        for change in reversed(self.facts.changes):
            to = stage_name(words, stages[change.to_stage])
            told = to
            if change.from_stage:
                come = stage_name(words, stages[change.from_stage])
                told = words("report.deal.moved", come=come, to=to)
            below = [Said(change.reason)] if change.reason else []
            lacking = [evidence_name(words, code) for _, code in change.missing_codes]
            if lacking:
                what = phrases.listed(words, lacking)
                below.append(Said(words("report.deal.was_missing", what=what), "quiet"))
            day = words.date(local_day(change.at))
            points.append(Point(Said(told), tuple(below), aside=day))
        return self._section("history", (Points(tuple(points)) if points else None,))

    def notes(self) -> Section | None:
        note = self.facts.deal.note
        return self._section("notes", (prose(note) if note else None,))

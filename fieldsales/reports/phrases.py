"""How facts of a visit are said on paper: days, people, tasks, needs, money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.deal import Deal
from fieldsales.domain.need import ORGANISATION_NEEDS, Need
from fieldsales.domain.visit import Letterhead, PersonFacts, Visit, VisitFacts, VisitItem
from fieldsales.drawing.blocks import Block, Point, Points, Said, Section
from fieldsales.words import Words


def joined(words: Words, parts: Iterable[str]) -> str:
    """Parts that belong together in one line; empty ones are left out."""
    return words("report.separator").join(part for part in parts if part)


def listed(words: Words, parts: Iterable[str]) -> str:
    return words("report.list_separator").join(part for part in parts if part)


def labelled(words: Words, code: str, text: str, listed: str = "need_category") -> str:
    """A need or another record behind the name of its kind, if it has one."""
    name = words.choice(listed, code)
    return words("report.labelled", label=name, text=text) if name else text


def day(words: Words, iso: str | None) -> str:
    """`2026-11-16 周一`, `Mon 2026-11-16`; '' where no day is set."""
    if not iso:
        return ""
    given = date.fromisoformat(iso)
    return words.dated(given)


def visit_facts(
    facts: VisitFacts, words: Words, letterhead: Letterhead, **shown: bool
) -> list[str]:
    """The lines below the title: when and where, then how, how long and from whom."""
    visit = facts.visit
    when = f"{day(words, local_day(visit.starts_at).isoformat())} "
    when += words.time(from_stamp(visit.starts_at))
    second = [words.choice("visit_kind", visit.kind)]
    if visit.minutes:
        second.append(words("report.minutes", n=visit.minutes))
    if shown.get("number") and facts.visit_number > 1:
        second.append(words("report.visit_number", n=words.nth(facts.visit_number)))
    if letterhead.seller:
        second.append(words("report.our_side", name=letterhead.seller))
    return [joined(words, (when, visit.place)), joined(words, second)]


def visit_sources(words: Words) -> tuple[str, ...]:
    """Where what is typed in a paper's title and in its `visit_facts` comes from."""
    return (words("field.customer.name"), words("field.visit.place"), words("report.letterhead"))


def position(words: Words, person: PersonFacts) -> str:
    return joined(words, (person.contact.department, person.contact.title))


def roles(words: Words, person: PersonFacts) -> str:
    return listed(words, (words.choice("buying_role", role) for role in person.roles))


def standing(words: Words, person: PersonFacts) -> str:
    """Influence and attitude of a person (M16); never for the customer's eyes."""
    parts = []
    if person.influence is not None:
        parts.append(words("report.influence", n=person.influence))
    if person.attitude is not None:
        parts.append(words(f"scale.attitude.{person.attitude + 2}"))
    return listed(words, parts)


def party(words: Words, code: str, facts: VisitFacts, letterhead: Letterhead) -> str:
    """Who is to act: the customer's short name, or ours."""
    if code == "them":
        return facts.customer.short_name or facts.customer.name
    return letterhead.seller or letterhead.company or words.choice("party", "us")


def for_customer(needs: Iterable[Need], facts: VisitFacts) -> list[Need]:
    """The needs a customer may read: of the organisation (M18), not of a person (M19), and said by
    somebody who is at the meeting, or at its table without a name.

    A need that was not sorted yet may be personal, so it stays internal.
    """
    there = {person.contact.id for person in attendees(facts)}
    return [
        need
        for need in needs
        if need.category in ORGANISATION_NEEDS
        and (need.contact_id in there if need.contact_id else need in facts.needs)
    ]


def attendees(facts: VisitFacts) -> list[PersonFacts]:
    """Who was met, or before a visit is over and nobody is marked yet, who is expected."""
    met = [person for person in facts.people if person.met]
    return met if met or facts.visit.state == "concluded" else list(facts.people)


def need_points(
    needs: Sequence[Need], facts: VisitFacts, words: Words, *, internal: bool, deep: bool = False
) -> tuple[Points, ...]:
    """Implied needs, then the explicit ones (M27); `deep`: with what lies below them (M37), which
    never leaves the house.
    """
    names = {person.contact.id: person.contact.name for person in facts.people}
    groups = []
    for statement in ("explicit", "implied"):
        points = tuple(
            Point(
                Said(need.text, "strong" if statement == "explicit" else "body"),
                below=_deeper(need, words) if deep else (),
                aside=joined(
                    words,
                    (
                        names.get(need.contact_id or "", ""),
                        words.choice("need_category", need.category) if internal else "",
                    ),
                ),
            )
            for need in needs
            if need.statement == statement
        )
        if points:
            reader = "internal" if internal else "customer"
            groups.append(Points(points, heading=words(f"report.needs_{statement}.{reader}")))
    return tuple(groups)


def _deeper(need: Need, words: Words) -> tuple[Said, ...]:
    """What a need is about, and what lies behind it."""
    return tuple(
        Said(words("report.labelled", label=words(f"field.need.{name}"), text=text), "quiet")
        for name, text in (("actual", need.actual), ("behind", need.behind))
        if text
    )


def item_points(
    items: Iterable[VisitItem], words: Words, *, answer: str = "", heading: str = ""
) -> Block | None:
    """Lines prepared or captured, each with what came back below it, and at its end whether that
    worked; None without any.
    """
    points = tuple(
        Point(
            Said(item.text),
            below=(
                (Said(words(answer, text=item.answer) if answer else item.answer, "quiet"),)
                if item.answer
                else ()
            ),
            aside=words.choice("signal_kind", item.code)
            if item.kind == "signal"
            else words.choice("worked", item.worked),
        )
        for item in items
    )
    return Points(points, heading) if points else None


def money(words: Words, minor: int, currency: str) -> str:
    """An amount as on screen: cents only where there are some."""
    return words.money(minor, currency or "CNY", cents=False)


def size(words: Words, count: int) -> str:
    """The size of a file of so many bytes."""
    if count >= 1_000_000:
        return words("report.megabytes", n=f"{count / 1_000_000:,.1f}")
    return words("report.kilobytes", n=max(1, round(count / 1_000)))


def deal_line(words: Words, deal: Deal, facts: VisitFacts) -> str:
    """Stage, amount and expected day of a deal."""
    amount = money(words, deal.amount, deal.currency) if deal.amount is not None else ""
    expected = day(words, deal.expected_close)
    return joined(
        words,
        (
            words.choice("stage", facts.stages.get(deal.stage, deal.stage)),
            amount,
            words("report.expected", day=expected) if expected else "",
        ),
    )


def verdict(words: Words, visit: Visit) -> str:
    """Name of the verdict of a concluded visit, else its state."""
    judged = visit.judgement
    if judged is None:
        return words.choice("visit_state", visit.state)
    return words.choice("verdict", judged.verdict)


def section(title: str, blocks: Iterable[Block | None]) -> Section | None:
    """A section of the blocks there are; None without any."""
    present = tuple(block for block in blocks if block is not None)
    return Section(title, present) if present else None

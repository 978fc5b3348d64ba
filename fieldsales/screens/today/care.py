"""The lines of people to care for: a birthday that is near, somebody long not met (M44)."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.campaign import Campaign, Figures
from fieldsales.domain.clock import local_day
from fieldsales.screens.today.line import Entry
from fieldsales.services.birthdays import NextTime
from fieldsales.services.festivals import Festival
from fieldsales.services.special_days import OCCASIONS, coming_told
from fieldsales.services.special_days import said as day_said
from fieldsales.store.queries.care import Somebody
from fieldsales.store.queries.special_days import Dated
from fieldsales.words import Words

FESTIVAL = "festival"  # kind of a line whose greetings are not begun yet


def birthday_entry(words: Words, today: date, one: Somebody, birthday: NextTime) -> Entry:
    """Whose birthday it is, what age they turn, and why on another day than it is written."""
    contact = one.contact
    said = [one.customer, contact.title]
    if birthday.age:
        said.append(words("people.turns", n=birthday.age))
    if contact.birthday_calendar == "lunar":
        said.append(words("choice.calendar.lunar"))
    said += [words(f"people.moved_birthday.{why}") for why in birthday.moved]
    return Entry(
        kind="contact",
        row_id=contact.id,
        icon="gift",
        title=contact.name,
        subtitle=" · ".join(filter(None, said)),
        when=words.days_from(birthday.day, today),
        when_tone="accent" if (birthday.day - today).days <= 1 else "muted",
        when_tooltip=words.dated(birthday.day),
        greets=(contact.id, "birthday"),
    )


def day_entry(
    words: Words, today: date, one: Dated, coming: NextTime, contact_id: str | None
) -> Entry:
    """A day that is kept with somebody, `contact_id`, or with a house."""
    record = one.record
    house = one.customer if one.person else ""
    lunar = words("choice.calendar.lunar") if record.calendar == "lunar" else ""
    said = (house, *coming_told(words, record, coming), lunar, record.note)
    return Entry(
        kind="special_day",
        row_id=record.id,
        icon="star",
        title=day_said(words, one),
        subtitle=" · ".join(filter(None, said)),
        when=words.days_from(coming.day, today),
        when_tone="accent" if (coming.day - today).days <= 1 else "muted",
        when_tooltip=words.dated(coming.day),
        greets=(contact_id, OCCASIONS.get(record.kind, "")) if contact_id else None,
    )


def festival_entry(words: Words, today: date, one: Festival, customers: int) -> Entry:
    """A festival that is near, with so many customers to greet."""
    return Entry(
        kind=FESTIVAL,
        row_id=one.code,
        icon="calendar",
        title=words(f"calendar.festival.{one.code}"),
        subtitle=words("festival.to_greet", n=customers),
        when=words.days_from(one.day, today),
        when_tone="accent" if (one.day - today).days <= 1 else "muted",
        when_tooltip=words.dated(one.day),
        done_name=words("festival.pass_over"),
        done_icon="close",
    )


def campaign_entry(words: Words, today: date, one: Campaign, figures: Figures) -> Entry:
    """A campaign that is to be done soon, or was to be, and how far it is."""
    due = date.fromisoformat(one.due or "")
    late = (today - due).days
    return Entry(
        kind="campaign",
        row_id=one.id,
        icon="message",
        title=one.name,
        subtitle=words(
            "campaign.progress",
            reached=figures.reached,
            all=figures.people,
            share=figures.reached_share,
            left=figures.left,
        ),
        when=words("days.overdue", n=late) if late > 0 else words.days_from(due, today),
        when_tone="bad" if late > 0 else "accent" if late >= -1 else "muted",
        when_tooltip=words.dated(due),
        done_name=words("campaign.close_key"),
    )


def unseen_entry(words: Words, today: date, one: Somebody) -> Entry:
    """Who has not been met for how many days."""
    contact, last = one.contact, local_day(one.last_met or "")
    return Entry(
        kind="contact",
        row_id=contact.id,
        icon="person",
        title=contact.name,
        subtitle=" · ".join(filter(None, (one.customer, contact.title))),
        when=words("today.unseen_days", n=(today - last).days),
        when_tone="warn",
        when_tooltip=words.date(last),
        greets=(contact.id, "unseen"),
    )

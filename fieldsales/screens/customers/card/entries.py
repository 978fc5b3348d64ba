"""How what happened reads on the timeline."""

from __future__ import annotations

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens.customers.card.header import VERDICT_TONES
from fieldsales.store.queries.card import Entry
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.timeline import TimelineEntry
from fieldsales.words import Words

INTERACTION_ICONS = {
    "call": "phone",
    "message": "message",
    "email": "mail",
    "feedback": "signal",
    "complaint": "warning",
    "note": "note",
}


def entry_face(words: Words, entry: Entry) -> TimelineEntry:
    """One thing that happened, as the timeline shows it; its key is `kind:id`."""
    record = entry.record
    if isinstance(record, Visit):
        return _visit(words, entry, record)
    if isinstance(record, Interaction):
        return _interaction(words, entry, record)
    if isinstance(record, Task):
        title, icon, role, text = words("card.done_task", title=record.title), "check", "good", ""
    else:
        title, icon, role, text = _file(words, record)
    return TimelineEntry(
        kind=entry.kind,
        at=from_stamp(entry.at),
        title=_with_people(words, title, entry),
        text=text,
        icon=icon,
        key=f"{entry.kind}:{entry.row_id}",
        role=role,
    )


def _file(words: Words, kept: Attachment) -> tuple[str, str, str, str]:
    icon = {"photo": "camera", "file": "attach"}.get(kept.kind, "document")
    told = words.choice("attachment_kind", "report") if kept.kind == "report" else ""
    return kept.name, icon, "ink-2", told


def _with_people(words: Words, title: str, entry: Entry) -> str:
    people = words("card.and").join(entry.who)
    return f"{title} · {people}" if people else title


def _visit(words: Words, entry: Entry, visit: Visit) -> TimelineEntry:
    judgement = visit.judgement
    lines = []
    if visit.state in ("planned", "running") and visit.objective:
        lines.append(visit.objective)
    if visit.their_action:
        lines.append(words("card.they_do", what=visit.their_action))
    if visit.our_action:
        lines.append(words("card.we_do", what=visit.our_action))
    if not lines and visit.note:
        lines.append(visit.note)
    if judgement is not None:
        name = words.choice("verdict", judgement.verdict)
        badge = ChipFace(name, VERDICT_TONES[judgement.verdict])
    else:
        tone = "accent" if visit.state in ("planned", "running") else "plain"
        badge = ChipFace(words.choice("visit_state", visit.state), tone)
    title = words("noun.visit")
    if visit.kind != "field":
        title = words.choice("visit_kind", visit.kind)
    return TimelineEntry(
        kind="visit",
        at=from_stamp(entry.at),
        title=_with_people(words, title, entry),
        text="\n".join(lines),
        icon="visit",
        key=f"visit:{visit.id}",
        badge=badge,
        role="ink-3" if visit.state == "cancelled" else "accent",
    )


def _interaction(words: Words, entry: Entry, record: Interaction) -> TimelineEntry:
    badge = None
    if record.kind == "complaint":
        closed = record.closed_at is not None
        text = words("card.complaint_closed" if closed else "card.complaint_open")
        badge = ChipFace(text, "good" if closed else "bad")
    return TimelineEntry(
        kind="interaction",
        at=from_stamp(record.at),
        title=_with_people(words, words.choice("interaction_kind", record.kind), entry),
        text=record.text,
        icon=INTERACTION_ICONS.get(record.kind, "note"),
        key=f"interaction:{record.id}",
        badge=badge,
        role="bad" if record.kind == "complaint" else "ink-2",
    )

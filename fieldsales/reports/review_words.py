"""How a review is said, on screen and on paper: why somebody is on its list, what was decided."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.review import (
    ACCEPTED,
    CORRECTED,
    ENDS,
    KINDS,
    NOTED,
    RULE,
    STALE,
    TASK,
    ReviewItem,
    Tally,
)
from fieldsales.reports.class_words import named
from fieldsales.reports.portfolio.portrait import short
from fieldsales.store.queries.reviews import Reviewed
from fieldsales.words import Words


def headline(words: Words, item: ReviewItem, held_on: date) -> str:
    """Why a customer is on the list: `重要性：VIP 客户 → 主要客户`."""
    if item.kind == STALE:
        seen = words("review.never_seen")
        if item.seen_on:
            days = (held_on - date.fromisoformat(item.seen_on)).days
            seen = words("review.seen_days", n=days)
        return words("review.stale", seen=seen, percent=item.completeness or 0)
    method = words.choice("class_method", item.method)
    before, now = named(words, item.method, item.was), named(words, item.method, item.proposed)
    if item.kind == ENDS and item.until:
        day = words.date(date.fromisoformat(item.until))
        return words("review.ends", method=method, before=before, now=now, day=day)
    key = "review.rule" if item.kind == RULE else "review.move"
    return words(key, method=method, before=before, now=now)


def further(words: Words, item: ReviewItem) -> list[str]:
    """The other moves of the customer."""
    return [
        words(
            "review.move",
            method=words.choice("class_method", method),
            before=named(words, method, before),
            now=named(words, method, now),
        )
        for method, before, now in item.moves
    ]


def sold(words: Words, item: ReviewItem) -> str:
    """Sales of the twelve months before the review, and before those; '' where there were none."""
    if not (item.sales or item.sales_before):
        return ""
    now = short(words, item.sales or 0, item.currency)
    return words("review.sold", now=now, before=short(words, item.sales_before or 0, item.currency))


def accepting(words: Words, item: ReviewItem) -> str:
    """What accepting an item means, as a verb."""
    return words(f"review.accept.{item.kind}")


def decided(words: Words, one: Reviewed) -> str:
    """What was decided and what came of it: `定了任务“补样品”，还没做`; '' while it is open."""
    item = one.item
    if item.decision == ACCEPTED:
        return words(f"review.accepted.{item.kind}")
    if item.decision == CORRECTED:
        return words("review.corrected" if one.pin_holds else "review.corrected_no_more")
    if item.decision == NOTED:
        return words("review.noted", note=" ".join(item.note.split()))
    if item.decision == TASK:
        if not one.task:
            return words("review.task_gone")
        return words("review.task_done" if one.task_done else "review.task_open", title=one.task)
    return words.choice("review_decision", item.decision) if item.decision else ""


def kinds(words: Words, found: Tally) -> str:
    """How many of each kind: `5 家变差，3 家变好`."""
    parts = [
        words(f"review.count.{kind}", n=found.kinds[kind])
        for kind in KINDS
        if found.kinds.get(kind)
    ]
    return words("report.list_separator").join(parts)


def finding(words: Words, found: Tally) -> str:
    """The review in a line."""
    done = found.total - found.undecided
    told = words("review.finding", kinds=kinds(words, found), done=done, total=found.total)
    if found.tasks:
        told += words("review.finding_tasks", done=found.tasks_done, total=found.tasks)
    return told


def compared(words: Words, now: Tally, before: Tally, day: date) -> str:
    """Against the review before it: who fell and rose then, whether its tasks were done."""
    told = words(
        "review.compared",
        day=words.date(day),
        fell=before.kinds.get("fell", 0),
        rose=before.kinds.get("rose", 0),
        fell_now=now.kinds.get("fell", 0),
        rose_now=now.kinds.get("rose", 0),
    )
    if before.tasks:
        told += words("review.compared_tasks", done=before.tasks_done, total=before.tasks)
    return told

"""What visits taught: which answers and techniques work, own entries, corrections (M29a, M29b)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.ranking import Tally, Told, ranked
from fieldsales.domain.tag_rule import TagRule
from fieldsales.store.database import Store

_PARTED = re.compile(r"[、，,；;/／]")  # a deal may name several rivals in one line
# the stage of the visit's deal at that time, before its first move the one it was made in
_STOOD_AT = (
    "coalesce((SELECT c.to_stage FROM stage_change c WHERE c.deal_id = v.deal_id"
    " AND c.trashed_at IS NULL AND c.at <= v.starts_at ORDER BY c.at DESC, c.id DESC LIMIT 1),"
    " (SELECT c.from_stage FROM stage_change c WHERE c.deal_id = v.deal_id"
    " AND c.trashed_at IS NULL AND c.at > v.starts_at ORDER BY c.at, c.id LIMIT 1),"
    " (SELECT d.stage FROM deal d WHERE d.id = v.deal_id), '')"
)
_LIVE = "i.trashed_at IS NULL AND v.trashed_at IS NULL"


def answers(store: Store) -> dict[str, list[Told]]:
    """Objection code -> what it was answered and how that worked, the latest first.

    Answers that nobody judged yet are left out.
    """
    found: dict[str, list[Told]] = defaultdict(list)
    for code, *told in store.rows(
        "SELECT i.code, i.style, i.answer, sum(i.worked = 'yes'), count(*)"
        " FROM visit_item i JOIN visit v ON v.id = i.visit_id"
        f" WHERE i.kind = 'objection' AND i.code <> '' AND i.worked <> '' AND {_LIVE}"
        " AND (i.style <> '' OR i.answer <> '')"
        " GROUP BY i.code, i.style, i.answer ORDER BY max(v.starts_at) DESC"
    ):
        found[code].append(Told(*told))
    return dict(found)


def heard(store: Store) -> dict[str, int]:
    """Objection code -> how often it was heard."""
    return dict(
        store.rows(
            "SELECT i.code, count(*) FROM visit_item i JOIN visit v ON v.id = i.visit_id"
            f" WHERE i.kind = 'objection' AND i.code <> '' AND {_LIVE} GROUP BY i.code"
        )
    )


@dataclass(frozen=True, slots=True)
class NewObjection:
    """An objection of a visit that no entry speaks of yet; `at` is when the visit began."""

    id: str  # of the visit's line
    text: str
    answer: str
    customer: str
    at: str


def new_objections(store: Store, limit: int = 50) -> list[NewObjection]:
    """What was heard and is not in the library, the newest first."""
    return [
        NewObjection(*row)
        for row in store.rows(
            "SELECT i.id, i.text, i.answer, c.name, v.starts_at FROM visit_item i"
            " JOIN visit v ON v.id = i.visit_id JOIN customer c ON c.id = v.customer_id"
            f" WHERE i.kind = 'objection' AND i.code = '' AND {_LIVE}"
            " ORDER BY v.starts_at DESC, i.id DESC LIMIT ?",
            [limit],
        )
    ]


def techniques(store: Store, stage: str = "") -> list[Tally]:
    """Closing techniques by how they worked, of all deals or of those that stood at a stage."""
    return ranked(
        Tally(*row)
        for row in store.rows(
            "SELECT i.code, sum(i.worked = 'yes'), count(*) FROM visit_item i"
            " JOIN visit v ON v.id = i.visit_id"
            f" WHERE i.kind = 'closing' AND i.worked <> '' AND {_LIVE}"
            f" AND (?1 = '' OR {_STOOD_AT} = ?1) GROUP BY i.code ORDER BY max(v.starts_at) DESC",
            [stage],
        )
    )


@dataclass(frozen=True, slots=True)
class TechniqueTry:
    """A technique as it was tried in a visit, and what came of it; `at` is when that began."""

    visit_id: str
    text: str
    answer: str
    worked: str
    customer: str
    at: str


def technique_tries(store: Store, code: str, limit: int = 10) -> list[TechniqueTry]:
    """How a technique was put lately, the newest first."""
    return [
        TechniqueTry(*row)
        for row in store.rows(
            "SELECT v.id, i.text, i.answer, i.worked, c.name, v.starts_at FROM visit_item i"
            " JOIN visit v ON v.id = i.visit_id JOIN customer c ON c.id = v.customer_id"
            f" WHERE i.kind = 'closing' AND i.code = ? AND {_LIVE}"
            " ORDER BY v.starts_at DESC, i.id DESC LIMIT ?",
            [code, limit],
        )
    ]


def closing_stages(store: Store) -> list[str]:
    """Stages at which techniques were tried and judged, in the order of their pipelines."""
    rows = store.rows(
        f"SELECT DISTINCT {_STOOD_AT} AS at FROM visit_item i JOIN visit v ON v.id = i.visit_id"
        f" WHERE i.kind = 'closing' AND i.worked <> '' AND {_LIVE} AND at <> ''"
    )
    reached = {stage for (stage,) in rows}
    ordered = store.rows(
        "SELECT s.id FROM stage s JOIN pipeline p ON p.id = s.pipeline_id"
        " ORDER BY p.position, p.id, s.position, s.id"
    )
    return [stage for (stage,) in ordered if stage in reached]


def own_entries(store: Store, kind: str) -> list[OwnEntry]:
    """The rep's own objections, questions or phrases, the newest first."""
    return store.records(
        OwnEntry,
        "SELECT * FROM own_entry WHERE kind = ? AND trashed_at IS NULL"
        " ORDER BY created_at DESC, id DESC",
        [kind],
    )


def rivals(store: Store) -> list[str]:
    """Names of all rivals that deals know."""
    told = store.rows(
        "SELECT DISTINCT competitor FROM deal WHERE competitor <> '' AND trashed_at IS NULL"
    )
    names = (name.strip() for (line,) in told for name in _PARTED.split(line))
    return sorted({name for name in names if name})


def tag_rules(store: Store) -> list[TagRule]:
    """Corrections of the walk-around check, oldest first: a later one outdoes those before."""
    return store.records(
        TagRule, "SELECT * FROM tag_rule WHERE trashed_at IS NULL ORDER BY created_at, id"
    )

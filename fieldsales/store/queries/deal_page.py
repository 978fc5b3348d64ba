"""What the page of a deal shows: its evidence, what is to be done, and what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldsales.domain.deal import probability
from fieldsales.domain.funnel import age_level
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.pipeline import Pipelines, Stage, StageChange
from fieldsales.domain.stage_evidence import EvidenceFacts
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.database import Store, table_of
from fieldsales.store.queries.card import Entry, Person, people_of
from fieldsales.store.queries.deal_cards import NextStep, next_steps
from fieldsales.store.queries.deal_facts import evidence_facts
from fieldsales.store.queries.deals import days_since
from fieldsales.store.queries.pipelines import entered, history, pipelines, usual_days


@dataclass(frozen=True, slots=True)
class DealPage:
    """Everything on the page of a deal.

    `days` it has stood in its stage, `usual` such days there (None at an end); `planned` visits are
    of this deal, `facts.visits` those that prove something; `files` came with its visits or are
    kept with the customer; `met` names by visit whom we saw there; `complaints` the open ones.
    """

    facts: EvidenceFacts
    known: Pipelines
    stage: Stage
    probability: int
    days: int
    usual: float | None
    history: tuple[StageChange, ...]
    people: tuple[Person, ...]
    tasks: tuple[Task, ...]  # open ones, by due day
    planned: tuple[Visit, ...]
    happenings: tuple[Entry, ...]  # newest first
    files: tuple[Attachment, ...]
    met: dict[str, tuple[str, ...]]
    next_step: NextStep | None
    tags: tuple[str, ...]
    complaints: int

    @property
    def level(self) -> int:
        """The age in its stage from 0 to 3 (M25)."""
        return age_level(self.days, self.usual) if self.usual else 0

    @property
    def row(self) -> tuple[Stage, ...]:
        """The open stages of its pipeline."""
        return self.known.open_stages(self.facts.deal.pipeline_id)


def deal_page(store: Store, deal_id: str) -> DealPage | None:
    """The page; None if the deal, or its customer, is unknown or in the trash."""
    facts = evidence_facts(store, [deal_id]).get(deal_id)
    if facts is None:
        return None
    deal, customer_id = facts.deal, facts.customer.id
    known = pipelines(store)
    stage = known.stage(deal.stage)
    assert stage is not None
    ours = [deal_id]
    planned = store.records(
        Visit,
        "SELECT * FROM visit WHERE deal_id = ? AND trashed_at IS NULL AND state = 'planned'"
        " ORDER BY starts_at, id",
        ours,
    )
    tasks = store.records(
        Task,
        "SELECT * FROM task WHERE deal_id = ? AND trashed_at IS NULL AND done_at IS NULL"
        " ORDER BY due IS NULL, due, id",
        ours,
    )
    met = _met(store, customer_id)
    return DealPage(
        facts=facts,
        known=known,
        stage=stage,
        probability=probability(deal.stage, stage.probability, deal.pinned_probability),
        days=int(days_since(entered(store, ours)[deal_id], store.clock.now())),
        usual=usual_days(store, known).get(deal.stage),
        history=tuple(history(store, deal_id)),
        people=tuple(people_of(store, customer_id)),
        tasks=tuple(tasks),
        planned=tuple(planned),
        happenings=tuple(_happenings(store, deal_id, met)),
        files=tuple(_files(store, deal_id, customer_id)),
        met=met,
        next_step=next_steps(store, json.dumps(ours)).get(deal_id),
        tags=_tags(store, deal_id),
        complaints=int(
            store.value(
                "SELECT complaints FROM customer_facts WHERE customer_id = ?", [customer_id]
            )
        ),
    )


_OURS = "deal_id = ? AND trashed_at IS NULL"


def _happenings(store: Store, deal_id: str, met: dict[str, tuple[str, ...]]) -> list[Entry]:
    ours = [deal_id]
    found = [
        _entry(visit, visit.starts_at, met.get(visit.id, ()))
        for visit in store.records(
            Visit, f"SELECT * FROM visit WHERE {_OURS} AND state <> 'planned'", ours
        )
    ]
    names = dict(
        store.rows(
            "SELECT p.id, p.name FROM contact p JOIN deal d ON d.customer_id = p.customer_id"
            " WHERE d.id = ?",
            ours,
        )
    )
    spoken: list[Interaction | Task] = [
        *store.records(Interaction, f"SELECT * FROM interaction WHERE {_OURS}", ours),
        *store.records(Task, f"SELECT * FROM task WHERE {_OURS} AND done_at IS NOT NULL", ours),
    ]
    for record in spoken:
        at = record.at if isinstance(record, Interaction) else record.done_at
        who = (names[record.contact_id],) if record.contact_id in names else ()
        found.append(_entry(record, at or "", who))
    return sorted(found, key=lambda entry: (entry.at, entry.row_id), reverse=True)


def _entry(record: Visit | Interaction | Task, at: str, who: tuple[str, ...]) -> Entry:
    return Entry(table_of(type(record)), record.id, at, record, who)


def _files(store: Store, deal_id: str, customer_id: str) -> list[Attachment]:
    return store.records(
        Attachment,
        "SELECT * FROM attachment WHERE trashed_at IS NULL AND (visit_id IN"
        " (SELECT id FROM visit WHERE deal_id = ? AND trashed_at IS NULL)"
        " OR (customer_id = ? AND visit_id IS NULL))"
        " ORDER BY visit_id IS NULL, created_at DESC, id",
        [deal_id, customer_id],
    )


def _met(store: Store, customer_id: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for visit, name in store.rows(
        "SELECT v.id, c.name FROM visit v JOIN visit_person p ON p.visit_id = v.id"
        " JOIN contact c ON c.id = p.contact_id WHERE v.customer_id = ?"
        " AND p.trashed_at IS NULL AND (p.met = 1 OR v.state = 'planned')"
        " ORDER BY p.created_at, p.id",
        [customer_id],
    ):
        found.setdefault(visit, []).append(name)
    return {visit: tuple(names) for visit, names in found.items()}


def _tags(store: Store, deal_id: str) -> tuple[str, ...]:
    return tuple(
        name
        for (name,) in store.rows(
            "SELECT t.name FROM deal_tagging g JOIN tag t ON t.id = g.tag_id"
            " WHERE g.deal_id = ? AND g.trashed_at IS NULL AND t.trashed_at IS NULL"
            " ORDER BY t.name",
            [deal_id],
        )
    )

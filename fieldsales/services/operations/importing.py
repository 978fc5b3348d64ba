"""The import: everything a file brings, as one change that undoes whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.importing import plan
from fieldsales.services.importing.conversion import Entry, Value
from fieldsales.services.importing.plan import Plan, Question
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.deals import move, remember_entry
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.links import setting_id, tag_id
from fieldsales.store.queries.pipelines import pipelines

_T = TypeVar("_T")

_BATCH = 1000
_PLANNED, _WRITTEN = 0.1, 0.35  # shares of the time after which this is done


@dataclass(frozen=True)
class ImportRecords(Operation):
    """Adds and changes what the entries say. `done` is the plan that was carried out.

    `remember` is kept as the setting `memory_name`, so that the next file like this is understood.
    """

    question: Question
    entries: Sequence[Entry]
    remember: Mapping[str, str] = field(default_factory=dict)
    memory_name: str = ""
    whole: bool = False
    watch: Watch = field(default_factory=Watch)
    done: list[Plan] = field(default_factory=list)

    def apply(self, writer: Writer) -> None:
        writer.watch = self.watch.part(_WRITTEN, 1)
        found = plan.make(writer.store, self.question, self.entries, self.watch.part(0, _PLANNED))
        if self.whole and found.problems:
            raise UserError("import.error.all_or_nothing", n=len(found.problems))
        half = (_PLANNED + _WRITTEN) / 2
        self._insert(writer, "customer", found.customers, self.watch.part(_PLANNED, half))
        self._insert(writer, "contact", found.contacts, self.watch.part(half, _WRITTEN))
        self._insert(writer, "deal", _begun(writer, found.deals), Watch())
        for noun, changes in (
            ("customer", found.customer_changes),
            ("contact", found.contact_changes),
            ("deal", found.deal_changes),
        ):
            for row_id, values in changes.items():
                writer.update(noun, row_id, values)
        remember_entry(writer, found.deals)
        self._move(writer, found.stages)
        self._tag(writer, "tagging", "customer_id", found.taggings)
        self._tag(writer, "deal_tagging", "deal_id", found.deal_taggings)
        self._remember(writer)
        self.done.append(found)

    def _insert(
        self, writer: Writer, noun: str, added: Mapping[str, Mapping[str, Value]], watch: Watch
    ) -> None:
        """Adds records in batches; each batch names the same fields."""
        empty = NOUNS[noun]()
        names = {name for values in added.values() for name in values}
        used = {name: getattr(empty, name) for name in fields(NOUNS[noun]) if name in names}
        for done, batch in _batches(list(added.items())):
            watch(done, len(added))
            writer.insert_many(noun, [{**used, **values, "id": row_id} for row_id, values in batch])

    def _move(self, writer: Writer, stages: Mapping[str, str]) -> None:
        """Takes known deals to the stages the file names, by the rule of every move."""
        known = pipelines(writer.store)
        for deal_id, stage in stages.items():
            deal = writer.require(Deal, deal_id)
            order = Order(deal.order_amount, deal.ordered_on)
            answers = Answers("", deal.lost_reason, deal.lost_rival, {deal_id: order})
            move(writer, known, (deal_id,), stage, answers, cause="import")

    def _tag(
        self, writer: Writer, noun: str, column: str, taggings: Mapping[str, Sequence[str]]
    ) -> None:
        ids: dict[str, str] = {}
        rows = []
        for row_id, tags in taggings.items():
            for tag in tags:
                if tag not in ids:
                    known = tag_id(writer.store, tag)
                    ids[tag] = known or writer.insert("tag", {"name": tag})
                rows.append({"id": new_id(), "tag_id": ids[tag], column: row_id})
        for _, batch in _batches(rows):
            writer.insert_many(noun, batch)

    def _remember(self, writer: Writer) -> None:
        if not self.memory_name:
            return
        text = json.dumps(self.remember, ensure_ascii=False)
        row_id = setting_id(writer.store, self.memory_name)
        if row_id is None:
            writer.insert("setting", {"name": self.memory_name, "value": text})
        else:
            writer.update("setting", row_id, {"value": text})


def _begun(writer: Writer, deals: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[str, Value]]:
    """New deals with their stage, the first one where the file names none, and its pipeline."""
    if not deals:
        return {}
    known = pipelines(writer.store)
    first = known.open_stages(known.live[0].id)[0].id
    begun = {}
    for row_id, values in deals.items():
        stage = str(values.get("stage") or first)
        row = known.stage(stage)
        pipeline_id = (row.pipeline_id if row else None) or known.live[0].id
        begun[row_id] = {**values, "stage": stage, "pipeline_id": pipeline_id}
    return begun


def _batches(items: Sequence[_T]) -> Iterator[tuple[int, Sequence[_T]]]:
    for start in range(0, len(items), _BATCH):
        yield start, items[start : start + _BATCH]

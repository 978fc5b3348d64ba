"""The import: everything a file brings, as one change that undoes whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.domain.portfolio import IMPORTANCE
from fieldsales.errors import UserError
from fieldsales.services.importing import plan
from fieldsales.services.importing.conversion import Entry
from fieldsales.services.importing.planner import Plan, Question, Tally
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.moving import Answers, Order
from fieldsales.services.operations.care import leave_out_noted, note_likes
from fieldsales.services.operations.deals import move
from fieldsales.services.operations.portfolio import PinClass
from fieldsales.services.operations.products import SetPrice
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.links import setting_id, tag_id
from fieldsales.store.queries.pipelines import pipelines

_BATCH = 1000
WRITTEN = 0.4  # share of the time after which all is written and the caches follow


@dataclass(frozen=True)
class ImportRecords(Operation):
    """Adds and changes what the entries say, while they go by. `done` is what came of it.

    `remember` is kept as the setting `memory_name`, so that the next file like this is understood.
    With `whole` nothing is imported if a row fits several records, or one was `refused` on the way
    to becoming an entry.
    """

    question: Question
    entries: Iterable[Entry]
    remember: Mapping[str, str] = field(default_factory=dict)
    memory_name: str = ""
    whole: bool = False
    refused: Callable[[], int] = lambda: 0
    watch: Watch = field(default_factory=Watch)
    done: list[Tally] = field(default_factory=list)

    def apply(self, writer: Writer) -> None:
        writer.watch = self.watch.part(WRITTEN, 1)
        found = plan.make(writer.store, self.question, self.entries, writer.insert_many)
        bad = len(found.problems) + self.refused()
        if self.whole and bad:
            raise UserError("import.error.all_or_nothing", n=bad)
        leave_out_noted(writer.store, found.contact_changes)
        for noun, changes in (
            ("customer", found.customer_changes),
            ("contact", found.contact_changes),
            ("deal", found.deal_changes),
            ("product", found.product_changes),
            ("receivable", found.receivable_changes),
        ):
            for done, (row_id, values) in enumerate(changes.items()):
                if done % _BATCH == 0:
                    writer.watch(0, 1)
                writer.update(noun, row_id, values)
        note_likes(writer)
        for product_id, price in found.prices.items():
            SetPrice(product_id, **price).apply(writer)  # type: ignore[arg-type]
        self._pin(writer, found)
        self._move(writer, found.stages)
        self._tag(writer, "tagging", "customer_id", found.taggings)
        self._tag(writer, "deal_tagging", "deal_id", found.deal_taggings)
        self._remember(writer)
        self.done.append(found.tally())

    def _move(self, writer: Writer, stages: Mapping[str, str]) -> None:
        """Takes known deals to the stages the file names, by the rule of every move."""
        known = pipelines(writer.store)
        for deal_id, stage in stages.items():
            deal = writer.require(Deal, deal_id)
            order = Order(deal.order_amount, deal.ordered_on)
            answers = Answers("", deal.lost_reason, deal.lost_rival, {deal_id: order})
            move(writer, known, (deal_id,), stage, answers, cause="import")

    def _pin(self, writer: Writer, found: Plan) -> None:
        """Holds the importance that the file names, of customers there and new ones."""
        because = self.question.because
        new = []
        for customer_id, code in found.pins.items():
            if customer_id not in found.customers:
                PinClass(customer_id, IMPORTANCE, code, because).apply(writer)
                continue
            pin = {"customer_id": customer_id, "method": IMPORTANCE, "code": code}
            since = writer.store.clock.today().isoformat()
            new.append({**pin, "id": new_id(), "reason": because, "since": since})
        for start in range(0, len(new), _BATCH):
            writer.insert_many("class_pin", new[start : start + _BATCH])

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
        for start in range(0, len(rows), _BATCH):
            writer.insert_many(noun, rows[start : start + _BATCH])

    def _remember(self, writer: Writer) -> None:
        if not self.memory_name:
            return
        text = json.dumps(self.remember, ensure_ascii=False)
        row_id = setting_id(writer.store, self.memory_name)
        if row_id is None:
            writer.insert("setting", {"name": self.memory_name, "value": text})
        else:
            writer.update("setting", row_id, {"value": text})

"""Decides what a list of deals does: which rows add a deal, which change or move one."""

from __future__ import annotations

from fieldsales.domain.deal import Deal
from fieldsales.domain.ids import new_id
from fieldsales.services.importing.conversion import Entry, Problem
from fieldsales.services.importing.converters import Value
from fieldsales.services.importing.planner import (
    Index,
    Insert,
    Known,
    Planner,
    Question,
    customers_by_name,
    name_key,
)
from fieldsales.store.database import Store
from fieldsales.store.queries import existing
from fieldsales.store.queries.pipelines import pipelines


class Deals(Planner):
    """Rows that are deals, each of a customer that is known or comes with it."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._deals = Known(store, Deal, self.plan.deals, self.plan.deal_changes)
        self._begun: list[dict[str, Value]] = []  # history of deals that begin further down
        self._pipelines = pipelines(store)
        self._now = store.clock.stamp()
        self._firms = customers_by_name(store)
        self._index: Index[str] = Index()
        if self._match is not None:
            for row_id, customer_id, title in existing.deals(store):
                self._index.add(f"{customer_id} {name_key(title)}", row_id)

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        if insert is not None and self._deals.pending:
            deals = self._deals.pending.items()
            insert("deal", [{**values, "id": row_id} for row_id, values in deals])
            insert("stage_change", self._begun)
        self._deals.pending.clear()
        self._begun.clear()

    def take(self, entry: Entry) -> None:
        firm, title = name_key(entry.customer["name"]), name_key(entry.deal["title"])
        firms = self._firms.get(firm)
        found = [row_id for one in firms for row_id in self._index.get(f"{one} {title}")]
        if len(found) > 1 or (len(firms) > 1 and not found):
            self._several(entry)
        elif found:
            if self._meet(found[0], self.plan.deals) and self._brought(entry):
                changed = self._change(found[0], entry)
                changed |= self._tag(found[0], entry.tags)
                self.plan.unchanged += not changed
        elif self._brought(entry):
            firms = self._firms.get(firm)  # who brought it may be who buys
            customer_id = firms[0] if firms else self._customers.add(entry.customer)
            if not firms:
                self._firms.add(firm, customer_id)
            row_id = self._begin(customer_id, entry)
            self._tag(row_id, entry.tags)
            if self._match is not None:
                self._index.add(f"{customer_id} {title}", row_id)

    def _brought(self, entry: Entry) -> bool:
        """Finds the partner a row names, or adds it; False where several are called so."""
        name = name_key(entry.partner.get("name") or "")
        if not name:
            return True
        found = self._firms.get(name)
        if len(found) > 1:
            column = self._question.column("partner")
            self.plan.problems.append(Problem(entry.row, column, "import.reason.several"))
            return False
        if not found:
            found = [self._customers.add({**entry.partner, "kind": "distributor"})]
            self._firms.add(name, found[0])
        entry.deal["partner_id"] = found[0]
        return True

    def _begin(self, customer_id: str, entry: Entry) -> str:
        """Adds a deal at the stage the row names, or at the beginning of the first pipeline."""
        first = self._pipelines.live[0].id
        named = self._pipelines.stage(str(entry.deal.get("stage") or ""))
        stage = named or self._pipelines.open_stages(first)[0]
        place = {"stage": stage.id, "pipeline_id": stage.pipeline_id or first}
        values = {**entry.usual, **entry.deal, **place, "customer_id": customer_id}
        row_id = self._deals.add(values)
        self._met.add(row_id)
        if named is not None:
            change = {"deal_id": row_id, "to_stage": stage.id, "at": self._now, "cause": "import"}
            self._begun.append({**change, "id": new_id()})
        return row_id

    def _change(self, row_id: str, entry: Entry) -> bool:
        """Sets what differs; a stage is not set, but moved to."""
        known = {name: self._deals.value(row_id, name) for name in entry.usual}
        new = {name: entry.usual[name] for name, value in known.items() if not value}
        stage = entry.deal.pop("stage", None)
        moves = bool(stage) and stage != self._deals.value(row_id, "stage")
        if moves:
            self.plan.stages[row_id] = str(stage)
        return self._deals.change(row_id, {**new, **entry.deal}) or moves

    def _tag(self, row_id: str, tags: list[str]) -> bool:
        there = self.plan.deal_taggings.get(row_id, [])
        known = set(there)
        if tags and row_id not in self.plan.deals:
            known |= existing.tags_of_deal(self._store, row_id)
        new = [tag for tag in tags if tag not in known]
        if new:
            self.plan.deal_taggings[row_id] = there + new
        return bool(new)

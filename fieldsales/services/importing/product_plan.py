"""Decides what a list of products does: which rows add one, change one, or tell a new price."""

from __future__ import annotations

from fieldsales.domain.product import Product
from fieldsales.services.importing.conversion import Entry
from fieldsales.services.importing.planner import Index, Insert, Known, Planner, Question, name_key
from fieldsales.store.database import Store
from fieldsales.store.queries.products import products


class Products(Planner):
    """Rows that are products, each perhaps with what it costs today by the usual list."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._products = Known(store, Product, self.plan.products, self.plan.product_changes)
        self._index: Index[str] = Index()
        self._costs: dict[str, tuple[object, ...]] = {}
        for row in products(store):
            if row.price is not None:
                told = (row.price.amount, row.price.currency, row.price.tax_percent)
                self._costs[row.product.id] = told
            if self._match and getattr(row.product, self._match):
                self._index.add(name_key(getattr(row.product, self._match)), row.product.id)

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        pending = self._products.pending
        if insert is not None and pending:
            insert("product", [{**values, "id": row_id} for row_id, values in pending.items()])
        pending.clear()

    def take(self, entry: Entry) -> None:
        key = name_key(entry.product.get(self._match) or "") if self._match else ""
        found = self._index.get(key) if key else []
        if len(found) > 1:
            self._several(entry)
            return
        if not found:
            row_id = self._products.add(entry.product)
            self._met.add(row_id)
            self._price(row_id, entry)
            if key:
                self._index.add(key, row_id)
        elif self._meet(found[0], self.plan.products):
            changed = self._products.change(found[0], entry.product)
            changed |= self._price(found[0], entry)
            self.plan.unchanged += not changed

    def _price(self, row_id: str, entry: Entry) -> bool:
        """Notes what a row says of the price, if that is another one."""
        if "amount" not in entry.price:
            return False
        amount, currency, percent = self._costs.get(row_id, (None, None, None))
        told = entry.price.get("tax_percent", percent)
        if (entry.price["amount"], entry.price["currency"], told) == (amount, currency, percent):
            return False
        self._costs[row_id] = entry.price["amount"], entry.price["currency"], told
        self.plan.prices[row_id] = {**entry.price, "tax_percent": told}  # type: ignore[dict-item]
        return True

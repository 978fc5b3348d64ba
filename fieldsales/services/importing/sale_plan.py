"""Decides what a sales history does: each row a sale, or the total of a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.portfolio import Sale
from fieldsales.services.importing.conversion import Entry
from fieldsales.services.importing.converters import Value
from fieldsales.services.importing.mapping import MARGIN
from fieldsales.services.importing.money_plan import Owned
from fieldsales.services.importing.planner import Insert, Question, name_key
from fieldsales.store.database import Store
from fieldsales.store.queries import existing

_NONE: Counter[Hashable] = Counter()  # of customers to whom nothing was sold before
_KEY = ("dated", "product_name", "quantity", "amount", "currency")


class Sales(Owned):
    """Rows that are sales; one that is there already is not added again."""

    amount = fields(Sale)["amount"]

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._products = {name_key(name): row_id for row_id, name in existing.product_names(store)}
        self._there: dict[str, Counter[Hashable]] = {}  # by customer, each met by one row
        self._pending: list[dict[str, Value]] = []

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        if insert is not None and self._pending:
            insert("sale", self._pending)
        self._pending.clear()

    def _take(self, entry: Entry) -> None:
        owner, values = self._owner(entry), entry.sale
        currency = self._currency(entry, values.get("currency"), ())
        values |= {"currency": currency, "amount": self._minor(entry, "amount", currency)}
        if "cost" in entry.amounts:
            values["cost"] = self._minor(entry, "cost", currency)
        elif MARGIN in entry.amounts:
            margin = self._minor(entry, MARGIN, currency)
            values["cost"] = int(str(values["amount"])) - margin
        if values.get("monthly") and str(values["dated"])[:7] == self._today[:7]:
            values["dated"] = min(str(values["dated"]), self._today)  # so far
        if owner and self._match and self._is_there(owner, values):
            self.plan.unchanged += 1
            return
        if str(values["dated"]) > self._today:
            self._tell(entry, "dated", "import.reason.future_sale", {}, kept=True)
        product = name_key(values.get("product_name") or "")
        if product in self._products:
            values["product_id"] = self._products[product]
        values |= {"id": new_id(), "customer_id": owner or self._made(entry)}
        self.plan.sales += 1
        self._pending.append(values)

    def _is_there(self, owner: str, values: dict[str, Value]) -> bool:
        """Whether the file knows the sale from before; two alike in the table are two."""
        if owner not in self._there:
            known = () if owner in self.plan.customers else existing.sales(self._store, owner)
            self._there[owner] = Counter(known) if known else _NONE
        there = self._there[owner]
        if there is _NONE:
            return False
        key = tuple(values.get(name, "") for name in _KEY)
        if not there[key]:
            return False
        there[key] -= 1
        return True

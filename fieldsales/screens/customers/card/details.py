"""All fields of the customer, in groups, saved as they are typed (M01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import values_of
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import customers_finder
from fieldsales.screens.keeping import drafter, saver
from fieldsales.store.queries import customers
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Form, Group

GROUPS = (
    Group("card.group_who", ("name", "short_name", "own_id", "kind", "industry", "ownership")),
    Group("card.group_where", ("employees", "region", "phone", "email", "website", "address")),
    Group(
        "card.group_selling",
        ("source", "horizon", "seller", "credit_grade", "standing"),
    ),
    Group("card.group_more", ("parent_id", "note"), wide=("parent_id",)),
)


class DetailsSection(Section):
    """The form. It is made when the card is shown for the first time, after what is read first."""

    parent_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, context.words("card.details"), gap=0)
        self.context = context
        self._customer_id = ""
        self.form = Form(
            context.look,
            "customer",
            GROUPS,
            saver(context, "customer", self._id),
            drafter(context, "customer", self._id),
            finders={"parent_id": customers_finder(context, self._id)},
            own_choices={"industry": self._industries, "source": self._sources},
        )
        self.form.opened.connect(self._open)
        self.body.addWidget(self.form)

    def _id(self) -> str:
        return self._customer_id

    def _industries(self) -> Sequence[str]:
        return self._own("industry")

    def _sources(self) -> Sequence[str]:
        return self._own("source")

    def _own(self, field: str) -> Sequence[str]:
        """Entries that the user has added to an open list."""
        used = customers.values_in_use(self.context.store, field)
        known = self.form.cells[field].editor.field.choices
        return [value for value in used if value not in known]

    def load(self, customer: Customer, kept: Mapping[str, str]) -> None:
        self._customer_id = customer.id
        self.form.load(values_of(customer), kept)

    def refresh(self, customer: Customer) -> None:
        self.form.refresh(values_of(customer))

    def _open(self, _field: str, row_id: str) -> None:
        self.parent_wanted.emit(row_id)

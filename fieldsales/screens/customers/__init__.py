"""Customers: the list, and the card that answers who, when, what next."""

from __future__ import annotations

from fieldsales.screens.contract import Context, Screen, Tab

TAB = Tab(
    order=20,
    icon="customers",
    title="customers.title",
    new="customers.new",
    opens=(
        "customer",
        "contact",
        "people",
        "need",
        "preference",
        "special_day",
        "task",
        "interaction",
        "imported",
    ),
)


def build(context: Context) -> Screen:
    from fieldsales.screens.customers.page import CustomersScreen

    return CustomersScreen(context)

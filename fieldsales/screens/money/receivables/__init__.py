"""What customers owe: who to call today, invoices, payments, promises, and how old it is (M42)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=20, title="receivables.title", opens=("receivable",))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.money.receivables.page import ReceivablesPage

    return ReceivablesPage(context)

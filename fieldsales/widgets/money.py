"""Which currency an amount is in: one of those offered by name, or any by its three letters."""

from __future__ import annotations

from dataclasses import replace

from fieldsales.domain.deal import CURRENCIES
from fieldsales.domain.fields import Field, Kind
from fieldsales.widgets.chooser import OpenChoiceEditor
from fieldsales.widgets.look import Look


def currency_editor(look: Look, field: Field) -> OpenChoiceEditor:
    """An editor of a currency field for a form."""
    offered = replace(field, kind=Kind.CHOICE, list="currency", choices=CURRENCIES, own=True)
    return OpenChoiceEditor(look, offered)

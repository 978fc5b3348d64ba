"""Sales in the trash are found by their customer, too, and added up from the index alone."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
DROP INDEX sale_customer_id;
CREATE INDEX sale_customer_id ON sale (customer_id, dated, amount, cost, currency, trashed_at);
"""


def up(connection: Connection) -> None:
    """Makes the index anew over all sales."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)

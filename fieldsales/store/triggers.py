"""Generates the triggers that write the journal: a JSON image of what each write changed."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

# Tables that are bookkeeping or derived from others; every other table is journaled.
UNJOURNALED = {"op", "change", "current_op", "draft"}
DERIVED_PREFIXES = ("customer_facts", "customer_worth", "open_debt", "search_", "sqlite_")


def all_tables(connection: Connection) -> dict[str, list[str]]:
    """Name -> columns of every table, found by walking the schema."""
    tables: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table' ORDER BY t.name, c.cid"
    ):
        tables.setdefault(table, []).append(column)
    return tables


def journaled_tables(connection: Connection) -> dict[str, list[str]]:
    """Those of `all_tables` whose writes are journaled."""
    return {
        name: columns
        for name, columns in all_tables(connection).items()
        if name not in UNJOURNALED and not name.startswith(DERIVED_PREFIXES)
    }


def rebuild_triggers(connection: Connection) -> None:
    """Makes the triggers of all journaled tables anew; to be called after a change of schema."""
    old = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in old:
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in expected_triggers(connection).values():
        connection.execute(statement)


def expected_triggers(connection: Connection) -> dict[str, str]:
    """Name -> statement of every trigger that there should be."""
    return {
        name: statement
        for table, columns in journaled_tables(connection).items()
        for name, statement in _triggers(
            table, [name for name in columns if name != "id"], _never_left_out(connection, table)
        )
    }


def _never_left_out(connection: Connection, table: str) -> set[str]:
    """Columns in which an empty text must be told, as an empty row holds another there.

    References are not among them: nothing has the id ''.
    """
    return {
        name
        for (name,) in connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND \"notnull\""
            " AND dflt_value <> ?"
            ' AND name NOT IN (SELECT "from" FROM pragma_foreign_key_list(?))',
            [table, "''", table],
        )
    }


def _triggers(table: str, columns: list[str], told: set[str]) -> list[tuple[str, str]]:
    guard = (
        "SELECT RAISE(ABORT, 'write outside an operation')"
        " WHERE NOT EXISTS (SELECT 1 FROM current_op);"
    )

    def log(row: str, before: str, after: str) -> str:
        return (
            "INSERT INTO change (op, tbl, row_id, before, after)"
            f" SELECT seq, '{table}', {row}.id, {before}, {after} FROM current_op;"
        )

    def whole(row: str) -> str:
        # empty texts and NULLs are left out: an image is read back over an empty row
        pairs = ", ".join(
            f"'{name}', {row}.{name}" if name in told else f"'{name}', nullif({row}.{name}, '')"
            for name in columns
        )
        return f"json_patch('{{}}', json_object({pairs}))"

    def changed(row: str) -> str:
        arms = " UNION ALL ".join(
            f"SELECT '{name}' AS k, {row}.{name} AS v WHERE OLD.{name} IS NOT NEW.{name}"
            for name in columns
        )
        return f"(SELECT json_group_object(k, v) FROM ({arms}))"

    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)

    def trigger(name: str, when: str, body: str) -> tuple[str, str]:
        name = f"{table}_{name}"
        return name, f"CREATE TRIGGER {name} {when} BEGIN {body} END"

    return [
        trigger(
            "inserted",
            f"AFTER INSERT ON {table}",
            f"{guard} {log('NEW', 'NULL', whole('NEW'))}",
        ),
        trigger(
            "updated",
            f"AFTER UPDATE ON {table} WHEN {differs}",
            f"{guard} {log('NEW', changed('OLD'), changed('NEW'))}",
        ),
        trigger(
            "renamed",
            f"BEFORE UPDATE OF id ON {table} WHEN OLD.id IS NOT NEW.id",
            "SELECT RAISE(ABORT, 'an id never changes');",
        ),
        trigger(
            "deleted",
            f"AFTER DELETE ON {table}",
            f"{guard} {log('OLD', whole('OLD'), 'NULL')}",
        ),
    ]

"""Tables that people read and this program reads back: names above the columns, choices in words,
amounts with their decimals, what is technical at the end.

A table of its own, `INDEX`, says which sheet and column is what, so that neither language nor order
matters when they are read, and holds what is too long for a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from fieldsales import __version__
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services.exchange.package import LOT, Batch, Head, Source
from fieldsales.services.exporting.table import Value
from fieldsales.services.importing.sheet import MAX_CELLS, Watch
from fieldsales.store import exchange
from fieldsales.store.exchange import CHANGED, Row
from fieldsales.store.queries.currencies import base_currency
from fieldsales.words import Words, minor_digits

INDEX = "fieldsales"
INDEX_HEADS = ("fieldsales", "1", "2", "3")

_LONGEST = 16_000  # characters in a cell, which may count as two each; a spreadsheet holds 32 767
_MOST_ROWS = 1_048_575  # below a head
_LAST = ("created_at", "trashed_at", CHANGED, "id")
_DAYS_FROM = date(1900, 3, 1)  # before it spreadsheets count days that never were
_AS_IT_IS = "'"  # before a text of one's own that reads like the name of a choice

Cells = tuple[Value, ...]


@dataclass(slots=True)
class Written:
    """What the sheets of a source hold, and after the last one the rows of the index."""

    source: Source
    words: Words
    watch: Watch
    head: Head = field(init=False)
    index: list[tuple[str, ...]] = field(init=False)
    done: int = 0
    _base: str = field(init=False)
    _lists: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.head = self.source.head()
        self._base = base_currency(self.source.store)
        self.index = [
            ("program", __version__, "", ""),
            ("schema", str(self.head.schema), "", ""),
            ("made_at", self.head.made_at, "", ""),
            ("seen", self.head.seen, "", ""),
            ("currency", self._base, "", ""),
        ]

    def sheets(self) -> Iterator[tuple[str, list[str], Iterator[Cells]]]:
        """(name, heads, rows) of each sheet; the rows are to be gone through before the next."""
        for table, count in self.head.tables.items():
            columns = self._columns(table)
            most = min(_MOST_ROWS, MAX_CELLS // len(columns) - 1)  # as much as can be read back
            rows = self._rows(table, columns)
            for number in range((count + most - 1) // most):
                name = self.words(f"noun.{table}")[:28] + (f" {number + 1}" if number else "")
                self.index.append(("sheet", name, table, str(min(most, count - number * most))))
                yield name, [head for head, _, _ in columns], islice(rows, most)

    def _columns(self, table: str) -> list[tuple[str, str, Callable[[Row], Value]]]:
        """(head, code or '' of what is only for the reader, the cell of a row) of each column."""
        words, source = self.words, self.source
        codes = source.columns(table)
        specs = fields(NOUNS[table])
        named = exchange.referred(source.store, table)
        found: list[tuple[str, str, Callable[[Row], Value]]] = []
        technical: list[tuple[str, str, Callable[[Row], Value]]] = []
        heads: set[str] = set()

        def add(to: list[Any], head: str, code: str, cell: Callable[[Row], Value]) -> None:
            head = head if head not in heads else f"{head} ({code})"
            heads.add(head)
            to.append((head, code, cell))
            if code:
                self.index.append(("column", table, head, code))

        for name, spec in specs.items():
            key = f"field.{table}.{name}"  # what nobody ever sees may have no name
            label = words(key) if words.has(key) else name
            if name in named:
                add(found, label, "", _plain(len(codes) + named.index(name)))
                add(technical, f"{label} ID", name, _plain(codes.index(name)))
            else:
                cell = self._cell(table, spec, codes)
                add(technical if spec.kind is Kind.REFERENCE else found, label, name, cell)
        for code in _LAST:
            at = codes.index(code)
            cell = _unless(at, codes.index("created_at")) if code == CHANGED else _plain(at)
            add(technical, words(f"exchange.column.{code}"), code, cell)
        return found + technical

    def _cell(self, table: str, spec: Field, codes: Sequence[str]) -> Callable[[Row], Value]:
        at = codes.index(spec.name)
        if spec.kind is Kind.MONEY:
            return _money(at, codes.index("currency") if "currency" in codes else -1, self._base)
        if spec.kind is Kind.DATE:
            return _day(at)
        if spec.kind is Kind.CHOICE:
            return self._choice(at, spec)
        if spec.kind is Kind.FLAG:
            return _ticked(at)
        if spec.kind is Kind.INTEGER:
            return _plain(at)
        return self._text(at, codes.index("id"), table, spec)

    def _choice(self, at: int, spec: Field) -> Callable[[Row], Value]:
        told = {code: self.words.choice(spec.list, code) for code in spec.choices}
        meant = {word: code for code, word in told.items()}
        told = {code: word if meant[word] == code else code for code, word in told.items()}
        if spec.list not in self._lists:
            self._lists.add(spec.list)
            self.index += [
                ("choice", spec.list, word, code) for code, word in told.items() if word != code
            ]

        def cell(row: Row) -> Value:
            value = row[at]
            if value in told:
                return told[value]
            return f"{_AS_IT_IS}{value}" if value in meant or value[:1] == _AS_IT_IS else value

        return cell

    def _text(self, at: int, row_id: int, table: str, spec: Field) -> Callable[[Row], Value]:
        if spec.max_length <= _LONGEST:
            return _plain(at)

        def cell(row: Row) -> Value:
            value: str = row[at]
            if len(value) <= _LONGEST:
                return value
            pieces = [value[i : i + _LONGEST] for i in range(0, len(value), _LONGEST)]
            self.index += [("text", table, f"{row[row_id]} {spec.name}", one) for one in pieces]
            return pieces[0]

        return cell

    def _rows(
        self, table: str, columns: list[tuple[str, str, Callable[[Row], Value]]]
    ) -> Iterator[Cells]:
        cells = [cell for _, _, cell in columns]
        total = sum(self.head.tables.values())
        for row in self.source.rows(table, named=True):
            if self.done % LOT == 0:
                self.watch(self.done, total)
            self.done += 1
            yield tuple([cell(row) for cell in cells])


def _plain(at: int) -> Callable[[Row], Value]:
    def cell(row: Row) -> Value:
        value: str | int | None = row[at]
        return "" if value is None else value

    return cell


def _ticked(at: int) -> Callable[[Row], Value]:
    """1, or nothing: most flags are not set."""
    return lambda row: row[at] or ""


def _unless(at: int, other: int) -> Callable[[Row], Value]:
    """A value, unless it is that of another column, for which it then stands."""
    return lambda row: "" if row[at] in (None, row[other]) else row[at]


def _money(at: int, currency: int, base: str) -> Callable[[Row], Value]:
    def cell(row: Row) -> Value:
        if row[at] is None:
            return ""
        digits = minor_digits((row[currency] if currency >= 0 else "") or base)
        return Decimal(row[at]).scaleb(-digits)

    return cell


def _day(at: int) -> Callable[[Row], Value]:
    def cell(row: Row) -> Value:
        if row[at] is None:
            return ""
        day = date.fromisoformat(row[at])
        return day if day >= _DAYS_FROM else str(row[at])

    return cell


@dataclass(frozen=True, slots=True)
class Layout:
    """What an index says: the file's head, the table of each sheet, codes by the heads of a table's
    columns and by the words of a list's choices, and the pieces of long texts by table, and id and
    column.
    """

    name: str
    head: Head
    currency: str
    sheets: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    texts: Mapping[tuple[str, str], str]

    def batches(
        self, sheets: Iterable[tuple[str, Iterable[Sequence[object]]]], watch: Watch
    ) -> Iterator[Batch]:
        """The rows of each of these sheets, its head among them, as they are stored."""
        done, total = 0, sum(self.head.tables.values())
        for sheet, rows in sheets:
            for batch in self._batches(sheet, rows):
                done += len(batch.rows)
                watch(done, total)
                yield batch

    def _batches(self, sheet: str, rows: Iterable[Sequence[object]]) -> Iterator[Batch]:
        table = self.sheets[sheet]
        if table not in NOUNS:
            raise UserError("exchange.unknown", name=self.name)
        known, rest = self.columns.get(table, {}), iter(rows)
        heads = [known.get(str(head), "") for head in next(rest, ())]
        places = {code: at for at, code in enumerate(heads) if code}
        if "id" not in places:
            raise UserError("exchange.unknown", name=self.name)
        first = 2
        while lot := list(islice(rest, LOT)):
            filled = [row for row in lot if any(cell not in ("", None) for cell in row)]
            if filled:
                read = [self._row(table, places, row) for row in filled]
                yield Batch(table, tuple(places), read, sheet, first)
            first += len(lot)

    def _row(self, table: str, places: Mapping[str, int], cells: Sequence[object]) -> Row:
        specs = fields(NOUNS[table])
        found = {code: cells[at] if at < len(cells) else "" for code, at in places.items()}
        currency = str(found.get("currency") or self.currency)
        row_id = str(found["id"])
        return tuple(
            self._value(table, specs.get(code), cell, currency, row_id)
            for code, cell in found.items()
        )

    def _value(
        self, table: str, spec: Field | None, cell: object, currency: str, row_id: str
    ) -> Any:
        if cell in ("", None):
            return None
        kind = spec.kind if spec is not None else Kind.TEXT
        if isinstance(cell, datetime):
            cell = cell.date() if kind is Kind.DATE else cell
        if isinstance(cell, date):
            return cell.isoformat()
        if kind is Kind.MONEY:
            try:
                minor = Decimal(str(cell)).scaleb(minor_digits(currency))
                return int(minor) if minor == int(minor) else str(cell)
            except (InvalidOperation, ValueError, OverflowError):
                return str(cell)
        if isinstance(cell, float):
            whole = int(cell) if cell.is_integer() else cell
            return (
                whole
                if isinstance(whole, int) and kind in (Kind.INTEGER, Kind.FLAG)
                else str(whole)
            )
        text = str(cell)
        if spec is None:
            return text
        if kind is Kind.CHOICE:
            if text.startswith(_AS_IT_IS):
                return text.removeprefix(_AS_IT_IS)
            return self.choices.get(spec.list, {}).get(text, text)
        if len(text) == _LONGEST:
            return self.texts.get((table, f"{row_id} {spec.name}"), text)
        return text


def layout(name: str, rows: Iterable[Sequence[object]]) -> Layout:
    """The layout that an index tells; raises UserError where it is not whole."""
    facts: dict[str, str] = {}
    sheets: dict[str, str] = {}
    counts: dict[str, int] = {}
    columns: dict[str, dict[str, str]] = {}
    choices: dict[str, dict[str, str]] = {}
    texts: dict[tuple[str, str], str] = {}
    try:
        for row in rows:
            what, *rest = map(str, row[:4])
            first, second, third = rest
            if what == "sheet":
                sheets[first] = second
                counts[second] = counts.get(second, 0) + int(float(third))
            elif what == "column":
                columns.setdefault(first, {})[second] = third
            elif what == "choice":
                choices.setdefault(first, {})[second] = third
            elif what == "text":
                texts[first, second] = texts.get((first, second), "") + third
            else:
                facts[what] = first
        head = Head(
            int(float(facts["schema"])),
            facts["made_at"],
            counts,
            seen=exchange.moment(facts.get("seen")),
        )
        return Layout(name, head, facts["currency"], sheets, columns, choices, texts)
    except (KeyError, ValueError, OverflowError) as problem:
        raise UserError("exchange.damaged", name=name) from problem

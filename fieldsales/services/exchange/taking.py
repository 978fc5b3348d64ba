"""What a package would change here, and the change itself: new rows come in, of two one stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from typing import Literal

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.services.exchange.customer import PRIVATE_FIELDS
from fieldsales.services.exchange.package import EVERYTHING, LOT, Batch, Package
from fieldsales.services.importing.sheet import Watch
from fieldsales.store import erasure, exchange
from fieldsales.store.database import Store
from fieldsales.store.exchange import Row, Trace
from fieldsales.store.journal import Writer
from fieldsales.words import Words

Prefer = Literal["newer", "theirs", "ours"]  # which of two that differ stays
PREFERENCES: tuple[Prefer, ...] = ("newer", "theirs", "ours")

_OF_THE_ROW = ("created_at", "trashed_at", "merged_into_id")  # they tell of it as a whole


@dataclass(frozen=True, slots=True)
class Wish:
    """How to take a package over; `same` are ids of rows here by those they have in the package."""

    prefer: Prefer = "newer"
    same: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of a table: that are new here, are changed, are left as they are here although the
    package has them otherwise, and are the same in both.
    """

    new: int = 0
    changed: int = 0
    left: int = 0
    same: int = 0

    def told(self) -> dict[str, int]:
        """The figures by name, as sentences take them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Survey:
    """What taking a package over does, by table; `missing` files are named but not in it. `erased`
    customers and people were erased here for good and come back. `op` is the operation that did it,
    None if nothing was done.
    """

    counts: Mapping[str, Counts]
    missing: int
    erased: int = 0
    op: int | None = None

    @property
    def changes(self) -> int:
        return self.total.new + self.total.changed

    @property
    def total(self) -> Counts:
        whole: Counter[str] = Counter()
        for one in self.counts.values():
            whole.update(one.told())
        return Counts(**whole)

    def remarks(self, words: Words) -> list[str]:
        """What else somebody should know of it."""
        found = {"exchange.missing": self.missing, "exchange.erased": self.erased}
        return [words(code, n=n) for code, n in found.items() if n]


def survey(store: Store, package: Package, wish: Wish, watch: Watch) -> Survey:
    """What `take` would do; changes nothing. Raises UserError as it does."""
    with store.reading():
        return _Merge(store, package, wish, watch).run()


class _Merge:
    """Goes through a package; without a writer it only counts."""

    def __init__(
        self,
        store: Store,
        package: Package,
        wish: Wish,
        watch: Watch,
        writer: Writer | None = None,
    ) -> None:
        self._store, self._package, self._wish, self._watch = store, package, wish, watch
        self._writer = writer
        self._counts: dict[str, Counter[str]] = {}
        self._erased = 0
        self._named: set[str] = set()  # hashes of files
        self._meant = set(wish.same.values())
        self._whole = package.head.kind == EVERYTHING

    def run(self) -> Survey:
        for batch in self._package.batches(self._watch):
            # of settings one of a name is alive: each sees those before it
            step = 1 if batch.table == "setting" else LOT
            rows = self._rows(batch)
            for start in range(0, len(rows), step):
                self._take(batch.table, rows[start : start + step], {*batch.columns})
        if self._writer is not None and exchange.circles(self._store):
            raise UserError("exchange.damaged", name=self._package.name)
        lacking = {sha256 for sha256 in self._named if not self._store.kept.has(sha256)}
        missing = self._take_files(lacking)
        counts = {table: Counts(**found) for table, found in self._counts.items()}
        return Survey(counts, missing, self._erased)

    def _rows(self, batch: Batch) -> list[tuple[Row, str]]:
        """The rows as they are stored, all columns, each with when it was last changed."""
        known = self._store.columns.get(batch.table) if batch.table in NOUNS else None
        given = batch.columns
        strange = known is None or set(given) - {*known, exchange.CHANGED}
        if strange or len(set(given)) < len(given) or "id" not in given:
            raise UserError("exchange.unknown", name=self._package.name)
        columns = self._store.columns[batch.table]
        usual = {**self._store.empty_row(batch.table), "id": None}
        lacking = [name for name in columns if name not in given]  # they came with a later schema
        padding = tuple(usual[name] for name in lacking)
        pick = itemgetter(*map([*given, *lacking].index, columns))
        whole: list[Row] = [pick(row + padding) for row in batch.rows]
        moments = [""] * len(whole)
        if exchange.CHANGED in given:
            place = given.index(exchange.CHANGED)
            # where it is not told the row's beginning stands for it
            moments = [exchange.moment(row[place]) for row in batch.rows]
        return list(zip(self._cleaned(batch, columns, whole), moments, strict=True))

    def _cleaned(self, batch: Batch, columns: Sequence[str], rows: list[Row]) -> list[Row]:
        try:
            clean = exchange.clean_rows(batch.table, columns, rows)
        except (FieldError, ValueError, OverflowError) as problem:
            name = self._package.name
            if batch.place:
                name = f"{name} · {batch.place}"
            row = batch.first + self._first_bad(batch.table, columns, rows)
            raise UserError("exchange.bad_row", name=name, row=row) from problem
        same = self._wish.same
        return clean if not same else [self._mapped(batch.table, columns, row) for row in clean]

    def _first_bad(self, table: str, columns: Sequence[str], rows: list[Row]) -> int:
        for number, row in enumerate(rows):
            try:
                exchange.clean_rows(table, columns, [row])
            except (FieldError, ValueError, OverflowError):
                return number
        return 0

    def _mapped(self, table: str, columns: Sequence[str], row: Row) -> Row:
        """A row that refers to what is here in place of what it was the same as."""
        known, same = fields(NOUNS[table]), self._wish.same
        return tuple(
            same.get(value, value)
            if name == "id" or (name in known and known[name].kind is Kind.REFERENCE)
            else value
            for name, value in zip(columns, row, strict=True)
        )

    def _take(self, table: str, given: Sequence[tuple[Row, str]], told: Set[str]) -> None:
        columns = self._store.columns[table]
        at, created = columns.index("id"), columns.index("created_at")
        rows = {row[at]: (row, moment or row[created]) for row, moment in given}
        here = exchange.standing(self._store, table, columns, rows)
        for row_id, ours in here.items():
            row, moment = rows[row_id]
            rows[row_id] = self._with_ours(table, row, ours, told), moment
        differing = [row_id for row_id, row in here.items() if row != rows[row_id][0]]
        traces = exchange.traces(self._store, table, differing)
        counts = self._counts.setdefault(table, Counter())
        counts["same"] += len(here) - len(differing)
        if table == "attachment":
            hashes = columns.index("sha256")
            self._named.update(row[hashes] for row, _ in rows.values())
        new = []
        for row_id, (row, moment) in rows.items():
            if row_id in here:
                continue
            if table != "setting" or self._outlives(columns, row, moment):
                new.append(row)
            else:
                counts["left"] += 1
        counts["new"] += len(new)
        if table in erasure.ERASED:
            self._erased += len(erasure.were_erased(self._store, (row[at] for row in new)))
        if self._writer is not None:
            exchange.add(self._writer, table, columns, new)
        for row_id in differing:
            row, moment = rows[row_id]
            news = self._news(table, row, here[row_id], moment, traces[row_id])
            if table == "setting" and news and not self._outlives(columns, row, moment):
                news = {}
            joined = row_id in self._meant  # it is the same as one that has nothing to add
            counts["changed" if news else "same" if joined else "left"] += 1
            if self._writer is not None and news:
                exchange.change(self._writer, table, row_id, news)

    def _with_ours(self, table: str, theirs: Row, ours: Row, told: Set[str]) -> Row:
        """Their row with what is here wherever it tells nothing: columns that came with a later
        schema, and what a customer's file leaves empty, as it need not hold all there is.
        """
        columns = self._store.columns[table]
        if self._whole and told >= {*columns}:
            return theirs

        def tells(name: str, value: object) -> bool:
            if name not in told:
                return False
            if self._whole or name == "trashed_at":
                return True
            return not self._says_nothing(table, name, value)

        return tuple(
            value if tells(name, value) else old
            for name, value, old in zip(columns, theirs, ours, strict=True)
        )

    def _says_nothing(self, table: str, name: str, value: object) -> bool:
        """Whether a column of a customer's file may have been left empty on purpose."""
        private = name in PRIVATE_FIELDS.get(table, ())
        return value in (None, "") or (private and value == self._store.empty_row(table)[name])

    def _news(
        self, table: str, theirs: Row, ours: Row, moment: str, trace: Trace
    ) -> dict[str, object]:
        """What a row here gets of theirs. Where it only was the same as theirs, by another id, what
        it has not filled.
        """
        columns = self._store.columns[table]
        pairs = list(zip(columns, theirs, ours, strict=True))
        row_id = theirs[columns.index("id")]
        if row_id in self._meant:
            return {
                name: value
                for name, value, old in pairs
                if old in (None, "") and value not in (None, "") and name != "trashed_at"
            }
        differing = {name: value for name, value, old in pairs if value != old}
        if self._wish.prefer != "newer":
            news = differing if self._wish.prefer == "theirs" else {}
        elif table == "setting" or "currency" in differing:  # what belongs together
            news = differing if moment > trace.last else {}
        else:
            news = {
                name: value
                for name, value in differing.items()
                if self._is_newer(name, value, moment, trace)
            }
        if self._whole:
            return news
        left = {name: value for name, value in differing.items() if name not in news}
        return {**news, **self._late(table, left, {name: old for name, _, old in pairs}, trace)}

    def _is_newer(self, name: str, value: object, moment: str, trace: Trace) -> bool:
        """Whether a value of a row that was last changed at a moment is newer than what is here: of
        two who each changed something else neither loses it. What stood here before somebody
        changed it is no news, however new the rest of the row, unless they knew of the change.
        """
        if name in _OF_THE_ROW:
            return moment > trace.last
        at = trace.at(name)
        stale = value in trace.former.get(name, ()) and at > self._package.head.seen
        return moment > at and not stale

    def _late(
        self, table: str, left: Mapping[str, object], ours: Mapping[str, object], trace: Trace
    ) -> dict[str, object]:
        """Of what stays as it is here, what an earlier file had to leave out: what refers to parts
        that come only now, and opinions. What somebody emptied here stays so.
        """
        known, private = fields(NOUNS[table]), PRIVATE_FIELDS.get(table, ())
        return {
            name: value
            for name, value in left.items()
            if name in private or (name in known and known[name].kind is Kind.REFERENCE)
            if self._says_nothing(table, name, ours[name]) and name not in trace.held
        }

    def _wins(self, theirs: str, ours: str) -> bool:
        if self._wish.prefer == "newer":
            return theirs > ours
        return self._wish.prefer == "theirs"

    def _outlives(self, columns: Sequence[str], row: Row, moment: str) -> bool:
        """Whether a setting has a place here: of a name one is alive, the other is driven out."""
        told = dict(zip(columns, row, strict=True))
        rival = exchange.setting_named(self._store, told["name"])
        if told["trashed_at"] is not None or rival in (None, told["id"]):
            return True
        if not self._wins(moment, exchange.changed_at(self._store, "setting", [rival])[rival]):
            return False
        if self._writer is not None:
            self._writer.delete("setting", rival)
        return True

    def _take_files(self, lacking: set[str]) -> int:
        """Keeps the contents that are named and not here; how many are not to be had."""
        if not lacking or not self._package.files_in or self._writer is None:
            return 0 if self._package.files_in else len(lacking)
        for sha256, content in self._package.files(lacking, self._watch):
            if self._store.kept.keep(content) != sha256:
                raise UserError("exchange.damaged", name=self._package.name)
            lacking.discard(sha256)
        return len(lacking)


def merge(writer: Writer, package: Package, wish: Wish, watch: Watch) -> Survey:
    """Takes a package over, within an operation."""
    return _Merge(writer.store, package, wish, watch, writer).run()

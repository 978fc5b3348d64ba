"""Imports a sheet: proposes how, rehearses it, does it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from fieldsales.errors import UserError
from fieldsales.services.importing import deal_rows, guessing, kinds, mapping, plan
from fieldsales.services.importing.conversion import MONEY, SALES, Converter, Entry, Problem
from fieldsales.services.importing.mapping import ColumnMap
from fieldsales.services.importing.planner import Question, Tally
from fieldsales.services.importing.sheet import Sheet, Watch
from fieldsales.services.operations.importing import WRITTEN, ImportRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting

_STEP = 500
# records that come with those of a kind
_OTHERS = {
    "customers": "contacts",
    "contacts": "customers",
    "deals": "customers",
    "receivables": "customers",
    "payments": "customers",
    "sales": "customers",
}
_CHANGING = ("customers", "contacts")  # with which others that are there may be changed


@dataclass(frozen=True, slots=True)
class Request:
    """How to import: the kind, one of `KINDS`, which column fills which field, by what rows are
    recognised (one of `MATCHES[kind]`, None to add every row), whether one bad row stops all,
    whether records that are there already are changed or left as they are, and whether a row called
    a total comes in like any other. Of money: whether what is paid too much is kept as the
    customer's balance, and whether customers that are not known are added. `because` is why an
    importance that the file names is held by hand, its name unless told otherwise.
    """

    kind: str
    columns: ColumnMap
    match: str | None
    whole: bool = False
    update: bool = True
    totals: bool = False
    keep_rest: bool = False
    newcomers: bool = True
    because: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did or would do, in records; `skipped` are rows, with the reasons in
    `problems`. `others` are people added with customers, or customers added for people, and
    `others_updated` those of them that were changed; `paid` are payments noted for receivables;
    `repeated` rows speak of a record of which an earlier row of the file spoke. `op` is the
    operation that did it, None if nothing was done.
    """

    added: int
    updated: int
    unchanged: int
    skipped: int
    others: int
    repeated: int
    others_updated: int
    problems: tuple[Problem, ...]
    paid: int = 0
    op: int | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is added or changed."""
        return bool(self.added or self.updated or self.others or self.others_updated)


def propose(store: Store, sheet: Sheet, kind: str | None = None) -> Request:
    """The likely way to import a sheet, by what was chosen for one like it before."""
    rows = [cells for _, cells in sheet.head]
    chosen = kind or kinds.guess_kind(sheet.columns, rows)
    memory: Mapping[str, str] = setting(store, _memory(chosen), {})
    columns = guessing.guess(sheet.columns, rows, chosen, memory)
    there = columns.fields | {mapping.MAIN[chosen]}
    match = next((one for one in plan.MATCHES[chosen] if one in there), None)
    return Request(chosen, columns, match)


def rehearse(store: Store, sheet: Sheet, request: Request, watch: Watch | None = None) -> Outcome:
    """What importing would do; changes nothing. Raises as `run` does, but for `whole`."""
    rows = _Rows(store, sheet, request, watch or Watch())
    with _uncollected():
        found = plan.make(store, _question(sheet, request), rows.entries())
    return _outcome(request, found.tally(), rows.problems)


def run(
    workspace: Workspace,
    sheet: Sheet,
    request: Request,
    watch: Watch | None = None,
    *,
    wait: float = 30.0,
) -> Outcome:
    """Imports the sheet as one operation; bad rows are left out.

    Raises UserError if the file cannot be read, no column holds the name or the values to recognise
    rows by, or, with `request.whole`, if any row is bad; Cancelled if stopped. Nothing is changed
    then.
    """
    watch = watch or Watch()
    rows = _Rows(workspace.store, sheet, request, watch.part(0, WRITTEN))
    operation = ImportRecords(
        _question(sheet, request),
        rows.entries(),
        _remembered(workspace.store, sheet, request),
        _memory(request.kind),
        request.whole,
        rows.refused,
        watch,
    )
    with _uncollected():
        changed = workspace.run(operation, wait=wait)
    outcome = _outcome(request, operation.done[0], rows.problems)
    return replace(outcome, op=changed.op) if changed.rows else outcome


def _memory(kind: str) -> str:
    return f"import.columns.{kind}"


def _remembered(store: Store, sheet: Sheet, request: Request) -> dict[str, str]:
    """What to keep for the next file: what was chosen otherwise than it would be guessed.

    A guess is right for its file alone: `手机` is the firm's where no person stands beside it.
    """
    rows = [cells for _, cells in sheet.head]
    guessed = guessing.guess(sheet.columns, rows, request.kind).remembered(sheet.columns)
    chosen = request.columns.remembered(sheet.columns)
    memory: Mapping[str, str] = setting(store, _memory(request.kind), {})
    kept = {name: target for name, target in memory.items() if name not in chosen}
    return kept | {name: to for name, to in chosen.items() if to != guessed[name]}


class _Rows:
    """The rows of a sheet on their way to becoming entries, and what was wrong with some."""

    def __init__(self, store: Store, sheet: Sheet, request: Request, watch: Watch) -> None:
        _check(request)
        self._sheet, self._watch = sheet, watch
        self._converter = Converter(
            request.kind,
            sheet.columns,
            request.columns,
            sheet.head,
            deal_rows.terms(store),
            totals=request.totals,
        )
        self.problems: Sequence[Problem] = self._converter.problems

    def entries(self) -> Iterator[Entry]:
        for done, (number, cells) in enumerate(self._sheet):
            if done % _STEP == 0:
                self._watch(done, len(self._sheet))
            entry = self._converter.entry(number, cells)
            if entry is not None:
                yield entry

    def refused(self) -> int:
        """How many problems kept a row from becoming an entry."""
        return sum(not problem.kept for problem in self.problems)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spares Python the search for cycles, of which rows make none: a tenth of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _check(request: Request) -> None:
    filled = request.columns.fields
    if request.kind == "deals":
        if not {"title", "customer"} <= filled:
            raise UserError("import.error.no_deal_columns")
        return
    if request.kind == SALES:
        if not {"customer", "dated", "amount"} <= filled:
            raise UserError("import.error.no_sales_columns")
    elif request.kind in MONEY:
        owners = {"customer"} if request.kind == "receivables" else {"customer", "number"}
        if "amount" not in filled or not owners & filled:
            raise UserError(f"import.error.no_{request.kind}_columns")
    elif "name" not in filled:
        raise UserError("import.error.no_name_column")
    wanted = {request.match, "mobile"} if request.match == "phone" else {request.match}
    if request.match is not None and not wanted & filled:
        raise UserError("import.error.match_not_there")


def _question(sheet: Sheet, request: Request) -> Question:
    columns = {
        name: sheet.columns[index]
        for name in request.columns.fields
        if (index := request.columns.column(name)) is not None
    }
    return Question(
        request.kind,
        request.match,
        columns,
        update=request.update,
        keep_rest=request.keep_rest,
        newcomers=request.newcomers,
        because=request.because or sheet.path.name,
    )


def _outcome(request: Request, found: Tally, problems: Sequence[Problem]) -> Outcome:
    everything = sorted([*problems, *found.problems], key=lambda problem: problem.row)
    other = _OTHERS.get(request.kind, "")
    return Outcome(
        added=found.added[request.kind],
        updated=found.changed[request.kind],
        unchanged=found.unchanged,
        skipped=len({problem.row for problem in everything if not problem.kept}),
        others=found.added.get(other, 0),
        repeated=found.repeated,
        others_updated=found.changed.get(other, 0) if request.kind in _CHANGING else 0,
        paid=found.added["payments"] if request.kind == "receivables" else 0,
        problems=tuple(everything),
    )

"""Imports a sheet: proposes how, rehearses it, does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldsales.errors import UserError
from fieldsales.services.importing import deal_rows, mapping, plan
from fieldsales.services.importing.conversion import Converter, Entry, Problem
from fieldsales.services.importing.mapping import ColumnMap
from fieldsales.services.importing.plan import Plan, Question
from fieldsales.services.importing.sheet import Sheet, Watch
from fieldsales.services.operations.importing import ImportRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting

_STEP = 500
_CONVERTED = 0.1  # share of the time after which all rows are converted


@dataclass(frozen=True, slots=True)
class Request:
    """How to import: the kind, one of `KINDS`, which column fills which field, by what rows are
    recognised (one of `MATCHES[kind]`, None to add every row), whether one bad row stops all, and
    whether records that are there already are changed or left as they are.
    """

    kind: str
    columns: ColumnMap
    match: str | None
    whole: bool = False
    update: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did or would do, in records; `skipped` are rows, with the reasons in
    `problems`. `others` are people added with customers, or customers added for people, and
    `others_updated` those of them that were changed; `repeated` rows speak of a record of which an
    earlier row of the file spoke. `op` is the operation that did it, None if nothing was done.
    """

    added: int
    updated: int
    unchanged: int
    skipped: int
    others: int
    repeated: int
    others_updated: int
    problems: tuple[Problem, ...]
    op: int | None = None

    @property
    def changes(self) -> bool:
        """Whether anything is added or changed."""
        return bool(self.added or self.updated or self.others or self.others_updated)


def propose(store: Store, sheet: Sheet, kind: str | None = None) -> Request:
    """The likely way to import a sheet, by what was chosen for one like it before."""
    rows = [cells for _, cells in sheet.head]
    chosen = kind or mapping.guess_kind(sheet.columns, rows)
    memory: Mapping[str, str] = setting(store, _memory(chosen), {})
    columns = mapping.guess(sheet.columns, rows, chosen, memory)
    return Request(chosen, columns, mapping.MAIN[chosen])


def rehearse(store: Store, sheet: Sheet, request: Request, watch: Watch | None = None) -> Outcome:
    """What importing would do; changes nothing. Raises as `run` does, but for `whole`."""
    watch = watch or Watch()
    entries, problems = _converted(store, sheet, request, watch.part(0, 0.6))
    found = plan.make(store, _question(sheet, request), entries, watch.part(0.6, 1))
    return _outcome(request, found, problems)


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
    entries, problems = _converted(workspace.store, sheet, request, watch.part(0, _CONVERTED))
    bad = sum(not problem.kept for problem in problems)
    if request.whole and bad:
        raise UserError("import.error.all_or_nothing", n=bad)
    operation = ImportRecords(
        _question(sheet, request),
        entries,
        _remembered(workspace.store, sheet, request),
        _memory(request.kind),
        request.whole,
        watch.part(_CONVERTED, 1),
    )
    changed = workspace.run(operation, wait=wait)
    outcome = _outcome(request, operation.done[0], problems)
    return replace(outcome, op=changed.op) if changed.rows else outcome


def _memory(kind: str) -> str:
    return f"import.columns.{kind}"


def _remembered(store: Store, sheet: Sheet, request: Request) -> dict[str, str]:
    """What to keep for the next file: what was chosen otherwise than it would be guessed.

    A guess is right for its file alone: `手机` is the firm's where no person stands beside it.
    """
    rows = [cells for _, cells in sheet.head]
    guessed = mapping.guess(sheet.columns, rows, request.kind).remembered(sheet.columns)
    chosen = request.columns.remembered(sheet.columns)
    memory: Mapping[str, str] = setting(store, _memory(request.kind), {})
    kept = {name: target for name, target in memory.items() if name not in chosen}
    return kept | {name: to for name, to in chosen.items() if to != guessed[name]}


def _converted(
    store: Store, sheet: Sheet, request: Request, watch: Watch
) -> tuple[list[Entry], list[Problem]]:
    _check(request)
    terms = deal_rows.terms(store)
    converter = Converter(request.kind, sheet.columns, request.columns, sheet.head, terms)
    entries = []
    for done, (number, cells) in enumerate(sheet):
        if done % _STEP == 0:
            watch(done, len(sheet))
        entry = converter.entry(number, cells)
        if entry is not None:
            entries.append(entry)
    return entries, converter.problems


def _check(request: Request) -> None:
    filled = request.columns.fields
    if request.kind == "deals":
        if not {"title", "customer"} <= filled:
            raise UserError("import.error.no_deal_columns")
        return
    if "name" not in filled:
        raise UserError("import.error.no_name_column")
    wanted = {request.match, "mobile"} if request.match == "phone" else {request.match}
    if request.match is not None and not wanted & filled:
        raise UserError("import.error.match_not_there")


def _question(sheet: Sheet, request: Request) -> Question:
    index = request.columns.column(request.match or mapping.MAIN[request.kind])
    column = "" if index is None else sheet.columns[index]
    return Question(request.kind, request.match, column, update=request.update)


def _outcome(request: Request, found: Plan, problems: list[Problem]) -> Outcome:
    everything = sorted([*problems, *found.problems], key=lambda problem: problem.row)
    added, others = len(found.customers), len(found.contacts)
    updated, others_updated = found.changed_customers, len(found.contact_changes)
    if request.kind == "contacts":
        added, others = others, added
        updated, others_updated = others_updated, updated
    elif request.kind == "deals":
        others, added = added, len(found.deals)
        updated, others_updated = found.changed_deals, 0
    return Outcome(
        added=added,
        updated=updated,
        unchanged=found.unchanged,
        skipped=len({problem.row for problem in everything if not problem.kept}),
        others=others,
        repeated=found.repeated,
        others_updated=others_updated,
        problems=tuple(everything),
    )

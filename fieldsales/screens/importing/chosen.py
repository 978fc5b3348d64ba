"""The file at hand and how the user wants it imported, whatever of it was guessed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from fieldsales.services.importing import guessing, importer, mapping, plan
from fieldsales.services.importing.importer import Request
from fieldsales.services.importing.mapping import ColumnMap
from fieldsales.services.importing.sheet import Options, Sheet
from fieldsales.store.database import Store

# where a column's target comes from; one that fills nothing is "unused" unless the user said so
Mark = Literal["guess", "before", "chosen", "unused"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read with some options, and how it would likely be imported."""

    options: Options
    sheet: Sheet
    request: Request
    marks: tuple[Mark, ...]


def understand(store: Store, sheet: Sheet, options: Options, kind: str | None = None) -> Reading:
    """The likely import of a sheet; a target that only memory knows is marked `before`."""
    request = importer.propose(store, sheet, kind)
    rows = [cells for _, cells in sheet.head]
    guessed = guessing.guess(sheet.columns, rows, request.kind).targets
    marks = tuple(
        _mark(target, guess) for target, guess in zip(request.columns.targets, guessed, strict=True)
    )
    return Reading(options, sheet, request, marks)


def _mark(target: str | None, guess: str | None) -> Mark:
    if target is None:
        return "unused"
    return "guess" if target == guess else "before"


@dataclass(slots=True)
class Chosen:
    """What is on the page: a reading, changed by what the user picked."""

    reading: Reading
    targets: list[str | None] = field(init=False)
    marks: list[Mark] = field(init=False)
    match: str | None = None
    update: bool = True
    whole: bool = False
    totals: bool = False
    keep_rest: bool = False
    newcomers: bool = True

    def __post_init__(self) -> None:
        self.match = self.reading.request.match
        self._take(self.reading)

    @property
    def sheet(self) -> Sheet:
        return self.reading.sheet

    @property
    def kind(self) -> str:
        return self.reading.request.kind

    def read_again(self, reading: Reading) -> None:
        """Takes another reading of the file; columns chosen by hand stay where they still fit."""
        fits = len(reading.marks) == len(self.marks) and reading.request.kind == self.kind
        kept = {
            at: self.targets[at] for at, mark in enumerate(self.marks) if fits and mark == "chosen"
        }
        if reading.request.kind != self.kind:
            self.match = reading.request.match
        self.reading = reading
        self._take(reading)
        for at, target in kept.items():
            self.set_target(at, target)

    def set_target(self, column: int, target: str | None) -> None:
        """Fills a field from a column; a field that takes one column only leaves its old one."""
        if target is not None and not mapping.takes_several(target):
            for at, other in enumerate(self.targets):
                if other == target and at != column:
                    self.targets[at], self.marks[at] = None, "unused"
        self.targets[column] = target
        self.marks[column] = "chosen"
        self._keep_matching()

    def matches(self) -> list[str | None]:
        """By what known records can be recognised, given the columns; None is not to."""
        # without the main one nothing comes in
        filled = ColumnMap(tuple(self.targets)).fields | {mapping.MAIN[self.kind]}
        also = {"phone": {"phone", "mobile"}}
        found: list[str | None] = [
            match for match in plan.MATCHES[self.kind] if also.get(match, {match}) & filled
        ]
        return [*found, None]

    def request(self) -> Request:
        columns = ColumnMap(tuple(self.targets))
        return replace(
            self.reading.request,
            columns=columns,
            match=self.match,
            whole=self.whole,
            update=self.update,
            totals=self.totals,
            keep_rest=self.keep_rest,
            newcomers=self.newcomers,
        )

    def _take(self, reading: Reading) -> None:
        self.targets = list(reading.request.columns.targets)
        self.marks = list(reading.marks)
        self._keep_matching()

    def _keep_matching(self) -> None:
        """Rows are recognised by what a column fills."""
        if self.match not in (found := self.matches()):
            self.match = found[0]

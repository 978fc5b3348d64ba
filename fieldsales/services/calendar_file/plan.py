"""What an event becomes here: whose it is, and whether it is new, moved or known as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.customer import Customer
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.services.calendar_file.events import Event, is_kept
from fieldsales.services.calendar_file.reading import Contents, read
from fieldsales.store.database import Store
from fieldsales.store.queries.agenda import names_of_customers

State = Literal["new", "moved", "cancelled", "same", "gone", "done"]
_SHORTEST, _LONGEST = 2, 60  # characters of a name that is looked for


@dataclass(frozen=True, slots=True)
class Planned:
    """An event with its customer ('' if none is known) and what is there of it already.

    `moved`: known under another time or place; `cancelled`: known, and called off in the file;
    `gone`: in the trash here; `done`: begun, concluded or done here, and left alone.
    """

    event: Event
    state: State
    customer_id: str = ""
    customer: str = ""

    @property
    def useful(self) -> bool:
        """Whether taking it over changes anything."""
        return self.state in ("new", "moved", "cancelled")

    @property
    def noun(self) -> str:
        """A visit where somebody is visited at an hour; else a task of its day."""
        return "visit" if self.customer_id and self.event.begins is not None else "task"

    def of_customer(self, customer_id: str, name: str) -> Planned:
        return replace(self, customer_id=customer_id, customer=name)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file would bring: `planned` all it holds from today on, `contents` what else."""

    contents: Contents
    planned: tuple[Planned, ...]


def incoming(store: Store, path: Path, today: date) -> Incoming:
    """Reads a file and looks up what is known of it; raises as `read` does."""
    contents = read(path, today)
    return Incoming(contents, tuple(plan(store, contents.events)))


def plan(store: Store, events: Iterable[Event]) -> list[Planned]:
    """Each event as it would be taken over.

    What was called off and is not known is left out, and so are birthdays that we wrote.
    """
    every = [event for event in events if not is_kept(event.uid)]
    customers = _customers_in(store, every)
    found = []
    for event in every:
        customer_id, name = customers.get(event.uid, ("", ""))
        known = _known(store, event, customer_id, name)
        if known is not None:
            found.append(known)
    return found


def _known(store: Store, event: Event, customer_id: str, name: str) -> Planned | None:
    record = store.record(Visit, event.row_id) or store.record(Task, event.row_id)
    if record is None:
        return None if event.cancelled else Planned(event, "new", customer_id, name)
    whose = store.record(Customer, record.customer_id) if record.customer_id else None
    one = Planned(event, "same", whose.id if whose else "", whose.name if whose else "")
    if record.trashed_at:
        return replace(one, state="gone")
    if isinstance(record, Visit):
        if record.state != "planned":
            return replace(one, state="done")
        same = event.begins is not None and to_stamp(event.begins) == record.starts_at
        same = same and event.minutes in (None, record.minutes, record.minutes or 60)
    else:
        if record.done_at:
            return replace(one, state="done")
        same = event.day.isoformat() == record.day
    if event.cancelled:
        return replace(one, state="cancelled")
    return one if same else replace(one, state="moved")


def _customers_in(store: Store, events: list[Event]) -> dict[str, tuple[str, str]]:
    """UID -> customer whose name stands in title or place, the longest name; none where two do."""
    named: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for row_id, name, short in names_of_customers(store):
        titles[row_id] = name
        for one in {_folded(name), _folded(short)}:
            if _SHORTEST <= len(one) <= _LONGEST:
                named[one].add(row_id)
    lengths = sorted({len(name) for name in named}, reverse=True)
    found = {}
    for event in events:
        text = _folded(f"{event.title}\n{event.place}")
        for length in lengths:
            here = {text[at : at + length] for at in range(len(text) - length + 1)}
            meant = {row_id for part in here for row_id in named.get(part, ())}
            if meant:
                if len(meant) == 1:
                    row_id = meant.pop()
                    found[event.uid] = row_id, titles[row_id]
                break
    return found


def _folded(text: str) -> str:
    return text.casefold().strip()

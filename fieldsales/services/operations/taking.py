"""Taking over what another file of this program holds, as one change that undoes whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from fieldsales.errors import UserError
from fieldsales.services.exchange.package import Package
from fieldsales.services.exchange.taking import Survey, Wish, merge
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer

_WRITTEN = 0.5  # share of the time after which all is written and the caches follow


@dataclass(frozen=True)
class TakeRecords(Operation):
    """Adds and changes what a package brings; `done` is what came of it."""

    package: Package
    wish: Wish = field(default_factory=Wish)
    watch: Watch = field(default_factory=Watch)
    done: list[Survey] = field(default_factory=list)

    @property
    def merge_key(self) -> str:
        """As of when the rows are that it brings; `store.exchange` reads it."""
        return self.package.head.made_at

    def apply(self, writer: Writer) -> None:
        writer.watch = self.watch.part(_WRITTEN, 1)
        self.done.append(merge(writer, self.package, self.wish, self.watch.part(0, _WRITTEN)))


def take(
    workspace: Workspace,
    package: Package,
    wish: Wish | None = None,
    watch: Watch | None = None,
    *,
    wait: float = 30.0,
) -> Survey:
    """Takes a package over as one operation, whole or not at all.

    Raises UserError where it is broken, refers to what is not there, or is of a newer program;
    Cancelled if stopped. Nothing is changed then.
    """
    operation = TakeRecords(package, wish or Wish(), watch or Watch())
    try:
        changed = workspace.run(operation, wait=wait)
    except UserError as trouble:
        if trouble.code != "store.still_needed":
            raise
        raise UserError("exchange.dangling", name=package.name) from trouble
    [found] = operation.done
    return replace(found, op=changed.op) if changed.rows else found

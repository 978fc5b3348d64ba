"""Everything on the command line: `export FILE`, and `import FILE` of what was exported so."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldsales.cli._open import opened, tell_of_copy
from fieldsales.cli._output import DONE, Output
from fieldsales.cli._writing import refuse_place, told, written

if TYPE_CHECKING:
    from fieldsales.services.exchange.package import Package
    from fieldsales.store.database import Store


def knows(path: Path) -> bool:
    """Whether the name asks for everything."""
    from fieldsales.services.exchange.files import known

    return path.suffix.lower() in known()


def export(args: argparse.Namespace, out: Output) -> int:
    """Writes all records, and the contents of kept files where the format has room for them."""
    from fieldsales.services.exchange import files

    refuse_place(args.file)
    with opened(args, make=False, reading=True) as workspace, written(args.file):
        number = files.export(workspace.store, args.file, out.words)
    told(out, args.file, number, workspace.store)
    if not files.format_of(args.file).FILES:
        out.note(out.words("exchange.no_files"))
    return DONE


def take_over(args: argparse.Namespace, package: Package, out: Output) -> int:
    """Takes over what such a file brings; with `--dry-run` says what that would do."""
    from fieldsales.services.exchange.taking import Wish, survey
    from fieldsales.services.importing.sheet import Watch
    from fieldsales.services.operations.taking import take

    words = out.words
    with opened(args) as workspace:
        tell_of_copy(workspace, out)
        wish = Wish(args.prefer, _same(workspace.store, package, out))
        if args.dry_run:
            found = survey(workspace.store, package, wish, Watch())
        else:
            found = take(workspace, package, wish, wait=workspace.patience)
    total = found.total
    out.result(
        {
            "added": total.new,
            "updated": total.changed,
            "skipped": total.left,
            "errors": [],
            "unchanged": total.same,
            "missing_files": found.missing,
            "erased_before": found.erased,
        }
    )
    for noun, one in found.counts.items():
        if one.new or one.changed or one.left:
            out.say(words("exchange.told", noun=words(f"noun.{noun}"), **one.told()))
    for remark in found.remarks(words):
        out.note(remark)
    code = "exchange.would_take" if args.dry_run else "exchange.taken"
    out.say(words(code, **total.told()))
    return DONE


def _same(store: Store, package: Package, out: Output) -> dict[str, str]:
    """Of a colleague's customer, what is here already under other ids; said, as it is a guess."""
    from fieldsales.services.exchange.package import EVERYTHING
    from fieldsales.services.exchange.twins import Brought, same, twins

    if package.head.kind == EVERYTHING:
        return {}
    brought = Brought.of(package)
    found = {one for one in twins(store, brought) if one.sure}
    for one in found:
        out.note(out.words("exchange.joined", name=one.name, here=one.name_here))
    return same(store, brought, {one.id: one.here for one in found})

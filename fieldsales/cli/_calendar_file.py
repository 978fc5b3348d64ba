"""Calendar files on the command line: `export FILE.ics`, `import FILE.ics`."""

from __future__ import annotations

import argparse

from fieldsales import places
from fieldsales.cli._open import opened
from fieldsales.cli._output import DONE, Output
from fieldsales.cli._writing import refuse_place, told, written

SUFFIX = ".ics"


def export(args: argparse.Namespace, out: Output) -> int:
    """Writes visits, tasks and birthdays."""
    from fieldsales.services.calendar_file.writing import calendar

    refuse_place(args.file)
    with opened(args, make=False, reading=True) as workspace:
        content, number = calendar(workspace.store, out.words)
    with written(args.file):
        places.write_whole(args.file, content)
    return told(out, args.file, number, workspace.store)


def take_over(args: argparse.Namespace, out: Output) -> int:
    """Visits where a customer's name stands in title or place, tasks of the rest.

    With `--known-customers` the rest is left out.
    """
    from fieldsales.services.calendar_file.plan import incoming
    from fieldsales.services.operations.calendar_file import ImportCalendar

    with opened(args) as workspace:
        found = incoming(workspace.store, args.file, workspace.clock.today())
        chosen = tuple(
            one
            for one in found.planned
            if one.useful and (one.customer_id or not args.known_customers)
        )
        if chosen and not args.dry_run:
            workspace.run(ImportCalendar(chosen), wait=workspace.patience)
    left_out = found.contents.past + found.contents.unreadable
    added = sum(one.state == "new" for one in chosen)
    counts = {
        "added": added,
        "updated": len(chosen) - added,
        "skipped": len(found.planned) - len(chosen) + left_out,
    }
    out.result({**counts, "errors": []})
    for one in chosen:
        day = out.words.dated(one.event.day)
        out.note(" · ".join(filter(None, (day, one.event.title, one.customer))))
    out.say(out.words("cli.import.calendar_done", **counts))
    return DONE

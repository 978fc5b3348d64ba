"""`duplicates`: what may be there twice, the likeliest first."""

from __future__ import annotations

import argparse

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.store.queries.duplicates import standing

HELP = "cli.duplicates.help"

_NOUNS = {"customers": "customer", "contacts": "contact"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind",
        choices=tuple(_NOUNS),
        metavar="KIND",
        default="customers",
        help="cli.duplicates.kind",
    )
    parser.add_argument("--limit", type=int, metavar="N", default=200, help="cli.duplicates.limit")


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.services.duplicates import scan

    words = out.words
    with opened(args, make=False, reading=True) as workspace:
        noun = _NOUNS[args.kind]
        pairs = scan(workspace.store, noun)[: max(1, args.limit)]
        ids = {end for pair in pairs for end in (pair.one, pair.other)}
        names = {
            row_id: name for row_id, (_, name, _) in standing(workspace.store, noun, ids).items()
        }
    out.result(
        {
            "pairs": [
                {
                    "kind": noun,
                    "score": pair.score,
                    "reasons": list(pair.reasons),
                    "one": {"id": pair.one, "name": names[pair.one]},
                    "other": {"id": pair.other, "name": names[pair.other]},
                }
                for pair in pairs
            ]
        }
    )
    for pair in pairs:
        why = words("duplicates.comma").join(
            words(f"duplicates.why.{code}") for code in pair.reasons
        )
        out.say(f"{pair.score}%  {names[pair.one]}  {names[pair.other]}  {why}")
    if not pairs:
        out.say(words("duplicates.none"))
    return DONE

"""`search TEXT`: what Ctrl+K finds, ranked."""

from __future__ import annotations

import argparse

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.store.queries.hits import hits

HELP = "cli.search.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="cli.search.text")
    parser.add_argument("--limit", type=int, default=20, help="cli.search.limit")


def run(args: argparse.Namespace, out: Output) -> int:
    with opened(args) as workspace:
        found = hits(workspace.store, args.text, max(1, args.limit))
    out.result(
        {
            "hits": [
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "title": hit.title,
                    "subtitle": " · ".join(filter(None, (hit.context, hit.detail))),
                }
                for hit in found
            ]
        }
    )
    for hit in found:
        kind = out.words(f"noun.{hit.kind}")
        detail = " · ".join(filter(None, (hit.context, hit.detail)))
        out.say(f"{kind}  {hit.title}  {detail}  {hit.id}")
    if not found:
        out.say(out.words("cli.search.nothing", text=args.text))
    return DONE

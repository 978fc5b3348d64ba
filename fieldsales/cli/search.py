"""`search TEXT`: what Ctrl+K finds, ranked."""

from __future__ import annotations

import argparse

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.store.queries.hits import Hit, hits
from fieldsales.words import Words

HELP = "cli.search.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="cli.search.text")
    parser.add_argument("--limit", type=int, metavar="N", default=20, help="cli.search.limit")


def run(args: argparse.Namespace, out: Output) -> int:
    with opened(args, reading=True) as workspace:
        found = hits(workspace.store, args.text, max(1, args.limit))
    told = [(hit, subtitle(hit, out.words)) for hit in found]
    out.result(
        {
            "hits": [
                {"kind": hit.kind, "id": hit.id, "title": hit.title, "subtitle": below}
                for hit, below in told
            ]
        }
    )
    for hit, below in told:
        kind = out.words(f"noun.{hit.kind}")
        out.say(f"{kind}  {hit.title}  {below}  {hit.id}")
    if not found:
        out.say(out.words("cli.search.nothing", text=args.text))
    return DONE


def subtitle(hit: Hit, words: Words) -> str:
    """What tells two things of the same name apart."""
    detail = words.choice("stage", hit.detail) if hit.kind == "deal" else hit.detail
    return " · ".join(filter(None, (hit.context, detail)))

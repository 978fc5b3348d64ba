"""`deal move ID … --to STAGE`: the change of stage that the board makes, asked the same."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fieldsales.cli import DONE, Output
from fieldsales.cli._open import opened
from fieldsales.domain.deal import LOSS_REASONS, Deal
from fieldsales.errors import UserError
from fieldsales.words import minor_digits

if TYPE_CHECKING:
    from fieldsales.domain.pipeline import Pipelines, Stage
    from fieldsales.services.moving import MoveRefused, Order
    from fieldsales.words import Words

HELP = "cli.deal.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("move",), metavar="move", help="cli.deal.action")
    parser.add_argument("ids", nargs="+", metavar="ID", help="cli.deal.id")
    parser.add_argument("--to", required=True, metavar="STAGE", help="cli.deal.to")
    parser.add_argument("--reason", default="", metavar="TEXT", help="cli.deal.reason")
    parser.add_argument(
        "--lost", choices=LOSS_REASONS, default="", metavar="WHY", help="cli.deal.lost_because"
    )
    parser.add_argument("--rival", default="", metavar="NAME", help="cli.deal.rival")
    parser.add_argument("--amount", metavar="AMOUNT", help="cli.deal.amount")
    parser.add_argument(
        "--ordered", type=date.fromisoformat, metavar="YYYY-MM-DD", help="cli.deal.ordered"
    )


def run(args: argparse.Namespace, out: Output) -> int:
    from fieldsales.services.moving import Answers, MoveRefused
    from fieldsales.services.operations.deals import MoveDeals
    from fieldsales.services.stages import stage_name
    from fieldsales.store.queries.currencies import base_currency
    from fieldsales.store.queries.pipelines import pipelines

    with opened(args, make=False) as workspace:
        store = workspace.store
        stage = _stage(pipelines(store), args.to, out.words)
        day = (args.ordered or workspace.clock.today()).isoformat()
        orders = {}
        for row_id in args.ids:
            deal = store.record(Deal, row_id)
            if deal is not None:
                currency = deal.currency or base_currency(store)
                orders[row_id] = _order(args.amount, currency, day)
        answers = Answers(args.reason, args.lost, args.rival, orders)
        try:
            changed = workspace.run(MoveDeals(tuple(args.ids), stage.id, answers))
        except MoveRefused as refused:
            _say_missing(refused, out)
            raise
    moved = sorted(changed.rows.get("deal", ()))
    out.result({"stage": stage.id, "moved": moved})
    out.say(out.words("cli.deal.done", n=len(moved), stage=stage_name(out.words, stage)))
    return DONE


def _stage(known: Pipelines, wanted: str, words: Words) -> Stage:
    """The stage of a code or of a name in any language, of the pipelines in their order."""
    from fieldsales.services.stages import stage_name
    from fieldsales.words import LANGUAGES, Words

    stages = [stage for one in known.live for stage in known.open_stages(one.id)]
    stages += [stage for stage in known.stages if not stage.is_open]
    for stage in stages:
        names = {stage_name(Words(language), stage).casefold() for language in LANGUAGES}
        if wanted == stage.id or wanted.casefold() in names:
            return stage
    named = words("report.list_separator").join(stage_name(words, stage) for stage in stages)
    raise UserError("cli.deal.no_stage", stage=wanted, stages=named)


def _order(text: str | None, currency: str, day: str) -> Order:
    from fieldsales.services.moving import Order

    if text is None:
        return Order(None, day)
    try:
        amount = Decimal(text.replace(",", "").strip()).scaleb(minor_digits(currency))
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise UserError("cli.deal.no_amount", text=text) from None
    if whole != amount:
        raise UserError("cli.deal.no_amount", text=text)
    return Order(whole, day)


def _say_missing(refused: MoveRefused, out: Output) -> None:
    from fieldsales.services.stages import stage_name

    for one in refused.check.moving:
        for stage, lacking in one.missing:
            told = out.words(
                "cli.deal.missing",
                deal=one.deal.title,
                stage=stage_name(out.words, stage),
                evidence=out.words(f"evidence.{lacking.code}"),
            )
            out.note(told)

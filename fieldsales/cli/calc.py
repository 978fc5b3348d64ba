"""`calc`: what a bad debt, late payment or a discount costs (M40, M41, M30)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal

from fieldsales.cli import DONE, Output
from fieldsales.domain.fields import Field, Kind, as_decimal
from fieldsales.domain.money import late_payment
from fieldsales.domain.money.discount import volume
from fieldsales.errors import UserError
from fieldsales.methods.calculators.rules import CALCULATIONS

HELP = "cli.calc.help"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_CALCULATIONS), metavar="WHAT", help="cli.calc.what")
    parser.add_argument("values", nargs="*", metavar="NUMBER", help="cli.calc.values")


def run(args: argparse.Namespace, out: Output) -> int:
    calculate, textbook = _CALCULATIONS[args.what]
    if args.values and len(args.values) != 2:
        raise UserError("cli.calc.two")
    rows = [tuple(map(_number, args.values))] if args.values else list(textbook)
    found = [calculate(first, second) for first, second in rows]
    out.result({"calculation": args.what, "rows": found})
    for row in found:
        out.say(out.words(f"cli.calc.said.{args.what.replace('-', '_')}", **row))
    return DONE


def _number(typed: str) -> Decimal:
    return as_decimal(str(_NUMBER.clean(typed.removesuffix("%").removesuffix("％"))))


_NUMBER = Field("number", Kind.DECIMAL, places=4)


def _lost(loss: Decimal, margin: Decimal) -> dict[str, str]:
    extra = CALCULATIONS["bad_debt"].result(loss, margin)
    return {"loss": f"{loss:f}", "margin": f"{margin:f}", "extra_sales": f"{extra:f}"}


def _late(margin: Decimal, rate: Decimal) -> dict[str, str]:
    months = late_payment.months_until_eaten(margin, rate)
    return {"margin": f"{margin:f}", "rate": f"{rate:f}", "months": str(months)}


def _discount(margin: Decimal, discount: Decimal) -> dict[str, str]:
    found = volume(margin, discount)
    return {
        "margin": f"{margin:f}",
        "discount": f"{discount:f}",
        "more": str(found.more),
        "margin_after": str(found.margin),
    }


_Calculate = Callable[[Decimal, Decimal], dict[str, str]]
_CALCULATIONS: dict[str, tuple[_Calculate, tuple[tuple[Decimal, Decimal], ...]]] = {
    "bad-debt": (_lost, CALCULATIONS["bad_debt"].textbook),
    "late-payment": (_late, CALCULATIONS["late_payment"].textbook),
    "discount": (_discount, CALCULATIONS["discount"].textbook),
}

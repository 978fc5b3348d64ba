"""`calc`: what a bad debt, late payment or a discount costs (M40, M41, M30)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal

from fieldsales.cli import DONE, Output
from fieldsales.domain.fields import Field, Kind, as_decimal
from fieldsales.domain.money import bad_debt, late_payment
from fieldsales.domain.money.discount import volume
from fieldsales.errors import UserError

HELP = "cli.calc.help"
_TEXTBOOK_DISCOUNTS = ((25, 5), (25, 10), (10, 2), (30, -10))


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
    places = max(0, -int(loss.normalize().as_tuple().exponent))  # as exact as it was told
    extra = Decimal(bad_debt.extra_sales(int(loss.scaleb(places)), margin)).scaleb(-places)
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
    "bad-debt": (_lost, tuple((Decimal(loss), margin) for loss, margin in bad_debt.TEXTBOOK)),
    "late-payment": (_late, late_payment.TEXTBOOK),
    "discount": (_discount, tuple((Decimal(a), Decimal(b)) for a, b in _TEXTBOOK_DISCOUNTS)),
}

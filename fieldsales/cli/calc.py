"""`calc`: what a bad debt, late payment, a discount or losing a customer costs (M40, M41, M30)."""

from __future__ import annotations

import argparse
from decimal import Decimal

from fieldsales.cli import DONE, Output
from fieldsales.domain.fields import Field, Kind, as_decimal
from fieldsales.errors import UserError
from fieldsales.methods.calculators.rules import CALCULATIONS, Calculation, Numbers
from fieldsales.methods.calculators.told import sentence

HELP = "cli.calc.help"

_NAMES = {name.replace("_", "-"): one for name, one in CALCULATIONS.items()}
_PARTS = tuple(dict.fromkeys(part for one in CALCULATIONS.values() for part in one.parts))
_NUMBER = Field("number", Kind.DECIMAL, places=4)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=tuple(_NAMES), metavar="WHAT", help="cli.calc.what")
    for part in _PARTS:
        parser.add_argument(f"--{part}", metavar="NUMBER", help=f"cli.calc.part.{part}")


def run(args: argparse.Namespace, out: Output) -> int:
    asked = _NAMES[args.what]
    given = {part: getattr(args, part) for part in _PARTS if getattr(args, part) is not None}
    if given:
        numbers = _numbers(asked, given)
        out.result({"calculation": args.what, **_result(asked, numbers)})
        out.say(sentence(asked, numbers, out.words))
        return DONE
    rows = [_result(asked, numbers) for numbers in asked.examples]
    out.result({"calculation": args.what, "rows": rows})
    for numbers in asked.examples:
        out.say(sentence(asked, numbers, out.words))
    return DONE


def _numbers(asked: Calculation, given: dict[str, str]) -> Numbers:
    """What was typed, in order; raises UserError where a part is missing or another's."""
    missing = [part for part in asked.parts if part not in given and part not in asked.usual]
    if missing or not given.keys() <= set(asked.parts):
        needed = " ".join(
            f"[--{part}]" if part in asked.usual else f"--{part}" for part in asked.parts
        )
        raise UserError("cli.calc.needed", options=needed)
    return tuple(
        _number(given[part]) if part in given else asked.usual[part] for part in asked.parts
    )


def _number(typed: str) -> Decimal:
    return as_decimal(str(_NUMBER.clean(typed.removesuffix("%").removesuffix("％"))))


def _result(asked: Calculation, numbers: Numbers) -> dict[str, object]:
    result = asked.result(*numbers)
    told = {part: _plain(number) for part, number in zip(asked.parts, numbers, strict=True)}
    return {**told, "value": _plain(result), "unit": asked.unit}


def _plain(number: Decimal) -> int | float:
    """A number of JSON: whole ones without a point."""
    return int(number) if number == number.to_integral_value() else float(number)

"""What a calculation says: its numbers and what they come to, in one sentence."""

from __future__ import annotations

from decimal import Decimal

from fieldsales.domain.money.discount import volume
from fieldsales.methods.calculators.rules import Calculation, Numbers
from fieldsales.words import Words


def spoken(number: Decimal) -> str:
    """`41667` as `41,667`, `24.0` as it is."""
    return f"{number:,f}"


def sentence(asked: Calculation, numbers: Numbers, words: Words) -> str:
    """The whole, for reading, copying and the command line; raises FieldError as `result` does."""
    result = asked.result(*numbers)
    told = {part: spoken(number) for part, number in zip(asked.parts, numbers, strict=True)}
    key = asked.name
    if key == "discount":
        margin, discount = numbers
        told |= {"discount": spoken(abs(discount)), "after": str(volume(margin, discount).margin)}
        key = "discount" if discount >= 0 else "rise"
    return words(f"calculators.said.{key}", result=spoken(abs(result)), **told)

"""How one text of a file becomes the value of a field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fieldsales.domain.fields import Field, Kind
from fieldsales.errors import FieldError
from fieldsales.services.importing import choices, values
from fieldsales.services.importing.deal_rows import Terms
from fieldsales.services.importing.joining import close_up

Value = str | int | None
LUNAR = re.compile(r"^\s*[（(]?(?:农历|農曆|阴历|陰曆|旧历|舊曆)[）)]?\s*")
LEAP = re.compile("[闰閏]")  # before a month: the moon's second one of that number


class Unfit(Exception):
    """A text that is no value of its field, yet worth keeping in the note."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def converter(spec: Field, month_first: bool | None, terms: Terms) -> Callable[[str], Any]:
    """How texts become values of a field; the function raises FieldError or Unfit.

    An amount stays what `values.amount` reads until the whole row tells its currency.
    """

    def choice(text: str) -> Value:
        code = choices.code(spec.list, text)
        if code is None and not spec.own:
            raise Unfit("field.unknown_choice", value=text)
        return code or spec.clean(values.half_width(text))

    def number(text: str) -> Value:
        found = values.whole_number(text.rstrip("%％") if spec.name == "tax_percent" else text)
        if found is None:
            raise Unfit("field.not_a_number", value=text)
        return spec.clean(found)

    def birthday(text: str) -> Value:
        plain = LEAP.sub("", LUNAR.sub("", text)) if LUNAR.match(text) else text
        found = values.birthday(plain, month_first=month_first)
        if found is None:
            raise FieldError("field.not_a_date", spec.name, value=text)
        return found

    def sold_on(text: str) -> Value | values.Month:
        return values.month(text) or day(text)

    def day(text: str) -> Value:
        found = values.day(text, month_first=month_first)
        if found is None:
            raise Unfit("field.not_a_date", value=text)
        return found

    def amount(text: str) -> values.Amount:
        found = values.amount(text)
        if found is None:
            raise Unfit("import.reason.no_amount", value=text)
        return found

    def currency(text: str) -> Value:
        found = values.currency(text)
        if found is None:
            raise Unfit("import.reason.no_currency", value=text)
        return found

    def stage(text: str) -> Value:
        found = terms.stage(text)
        if found is None:
            raise Unfit("import.reason.no_stage", value=text)
        return found

    def name(text: str) -> Value:
        return spec.clean(close_up(values.half_width(text)))

    def exact(text: str) -> Value:
        return spec.clean(values.plain(text).removesuffix("%"))

    def phone(text: str) -> Value:
        if not values.EXPONENT.fullmatch(text):
            return spec.clean(values.half_width(text))
        digits = values.written_out(text)
        if digits is None:
            raise Unfit("import.reason.shortened", value=text)
        return spec.clean(digits)

    def technical(text: str) -> Value:
        return spec.clean(values.plain(text))

    def text(text: str) -> Value:
        return spec.clean(values.half_width(text))

    def payment_terms(text: str) -> values.Terms:
        found = values.payment_terms(text)
        if found is None:
            code = choices.code(spec.list, text)
            if code is None:
                raise Unfit("field.unknown_choice", value=text)
            return values.Terms(code, None)
        return found

    if spec.name == "terms":
        return payment_terms
    if spec.name == "dated":
        return sold_on
    if spec.kind is Kind.CHOICE:
        return choice
    by_kind = {
        Kind.INTEGER: number,
        Kind.MONEY: amount,
        Kind.DECIMAL: exact,
        Kind.DATE: day,
        Kind.PHONE: phone,
    }
    if spec.kind in by_kind:
        return by_kind[spec.kind]
    special = {
        "birthday": birthday,
        "name": name,
        "email": technical,
        "website": technical,
        "currency": currency,
        "stage": stage,
    }
    return special.get(spec.name, text)

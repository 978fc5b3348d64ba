"""What a field of a record is: one declaration that forms, imports, checks and history all read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from fieldsales.errors import FieldError


class Kind(StrEnum):
    """How a field is stored, checked and edited."""

    TEXT = "text"  # one line
    NOTE = "note"  # several lines
    PHONE = "phone"  # text, kept as typed
    INTEGER = "integer"
    MONEY = "money"  # integer minor units; the currency stands in a field of its own
    DECIMAL = "decimal"  # an exact number as text, without needless zeros; '' for none
    DATE = "date"  # ISO day, the laptop's calendar
    MOMENT = "moment"  # ISO-8601 UTC with seconds and `Z`
    CHOICE = "choice"  # a code, or free text where the list is open
    FLAG = "flag"  # 0 or 1
    REFERENCE = "reference"  # id of another record


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a noun. `choices` are codes named in words as `choice.<list>.<code>`."""

    name: str
    kind: Kind
    required: bool = False
    max_length: int = 200
    low: int | None = None
    high: int | None = None
    places: int = 0  # decimals at most
    choices: tuple[str, ...] = ()
    list: str = ""  # name of the list of choices
    own: bool = False  # the user may add own entries to the list
    noun: str = ""  # what a reference points to
    owner: bool = False  # the record is about what it points to, and goes for good when that does
    shown: bool = True  # appears in forms, import targets and history
    sealed: bool = False  # changed by operations of its own, never by a plain edit

    def clean(self, value: object) -> str | int | None:
        """The value as it is stored; raises FieldError when it cannot be."""
        if self.kind in _TEXTS:
            return self._clean_text("" if value is None else str(value))
        if self.kind is Kind.DECIMAL:
            return self._clean_decimal("" if value is None else str(value))
        if value is None or value == "":
            if self.required:
                raise FieldError("field.required", self.name)
            return 0 if self.kind is Kind.FLAG else None
        if self.kind in _NUMBERS:
            return self._clean_integer(value)
        if self.kind is Kind.DATE:
            return self._clean_day(str(value))
        if self.kind is Kind.MOMENT:
            return self._clean_moment(str(value))
        return self._clean_id(str(value))

    def _clean_text(self, value: str) -> str:
        text = clean_text(value, lines=self.kind is Kind.NOTE)
        if self.required and not _visible(text):
            raise FieldError("field.required", self.name)
        if len(text) > self.max_length:
            raise FieldError("field.too_long", self.name, limit=self.max_length, length=len(text))
        if self.kind is Kind.CHOICE and text and not self.own and text not in self.choices:
            raise FieldError("field.unknown_choice", self.name, value=_shown(text))
        return text

    def _clean_integer(self, value: object) -> int:
        if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            number = int(value)  # True of a flag, 3.0 of a spreadsheet
        else:
            digits = str(value).replace(",", "").replace("，", "")
            try:
                number = int(digits.replace("_", "?"))  # 1_000 is a number to Python, not to people
            except ValueError:
                shown = _shown(str(value))
                raise FieldError("field.not_a_number", self.name, value=shown) from None
        low = 0 if self.kind is Kind.FLAG else -_FURTHEST if self.low is None else self.low
        high = 1 if self.kind is Kind.FLAG else _FURTHEST if self.high is None else self.high
        if number < low:
            raise FieldError("field.too_small", self.name, limit=low)
        if number > high and self.kind is Kind.MONEY:
            raise FieldError("field.amount_too_large", self.name)
        if number > high:
            raise FieldError("field.too_large", self.name, limit=high)
        return number

    def _clean_decimal(self, value: str) -> str:
        typed = clean_text(value).replace(",", "").replace("，", "").replace("．", ".")
        if not typed:
            if self.required:
                raise FieldError("field.required", self.name)
            return ""
        if not _DECIMAL.fullmatch(typed):  # no exponents, no "Infinity"
            raise FieldError("field.not_a_decimal", self.name, value=_shown(value))
        number = Decimal(typed)
        if self.low is not None and number < self.low:
            raise FieldError("field.too_small", self.name, limit=self.low)
        if number > (MONEY_LIMIT if self.high is None else self.high):
            raise FieldError("field.too_large", self.name, limit=self.high or MONEY_LIMIT)
        text = f"{number:f}" if number else "0"  # "-0" is nothing to people
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if len(text.partition(".")[2]) > self.places:
            raise FieldError("field.too_precise", self.name, limit=self.places)
        return text

    def _clean_day(self, value: str) -> str:
        wrong = FieldError("field.not_a_date", self.name, value=_shown(value))
        try:
            found = date.fromisoformat(value.strip())
        except ValueError:
            raise wrong from None
        if found.year not in YEARS:
            raise wrong
        return found.isoformat()

    def _clean_moment(self, value: str) -> str:
        wrong = FieldError("field.not_a_moment", self.name, value=_shown(value))
        if not _MOMENT.fullmatch(value):
            raise wrong
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise wrong from None
        if found.year not in YEARS:
            raise wrong
        return value

    def _clean_id(self, value: str) -> str | None:
        row_id = clean_text(value)
        if self.required and not row_id:
            raise FieldError("field.required", self.name)
        return row_id or None


_TEXTS = frozenset((Kind.TEXT, Kind.NOTE, Kind.PHONE, Kind.CHOICE))
_NUMBERS = frozenset((Kind.INTEGER, Kind.MONEY, Kind.FLAG))
YEARS = range(1900, 2200)  # others are slips of the finger, and no time zone knows them
MONEY_LIMIT = 10**14  # minor units: of 90 000 such amounts SQLite still makes a sum
_DECIMAL = re.compile(r"[+-]?(\d{1,20}\.?\d{0,20}|\.\d{1,20})")
_FURTHEST = 2**53 - 1  # survives JSON images and spreadsheets unrounded
_UNREADABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff]")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def as_decimal(text: str) -> Decimal:
    """A decimal field as the number it is; 0 where it is empty."""
    return Decimal(text or 0)


def clean_text(value: str, *, lines: bool = False) -> str:
    """Text without control characters and what is no character; one line unless `lines`."""
    if not value.isprintable():
        value = _UNREADABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value.strip() if lines else " ".join(value.split())


def _visible(text: str) -> bool:
    """Whether there is anything to read: a name of zero-width characters is none."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _shown(value: str) -> str:
    """A refused value as a message can hold it."""
    return value if len(value) <= 60 else f"{value[:59]}…"


def text(
    *, required: bool = False, max_length: int = 200, shown: bool = True, sealed: bool = False
) -> Any:
    return _field(
        Kind.TEXT, "", required=required, max_length=max_length, shown=shown, sealed=sealed
    )


def note(max_length: int = 20_000) -> Any:
    return _field(Kind.NOTE, "", max_length=max_length)


def phone() -> Any:
    return _field(Kind.PHONE, "", max_length=60)


def integer(
    low: int | None = None, high: int | None = None, *, shown: bool = True, sealed: bool = False
) -> Any:
    return _field(Kind.INTEGER, None, low=low, high=high, shown=shown, sealed=sealed)


def money(low: int = 0) -> Any:
    return _field(Kind.MONEY, None, low=low, high=MONEY_LIMIT)


def decimal(*, places: int, low: int | None = None, high: int | None = None) -> Any:
    return _field(Kind.DECIMAL, "", places=places, low=low, high=high)


def day(*, required: bool = False, sealed: bool = False) -> Any:
    return _field(Kind.DATE, None, required=required, sealed=sealed)


def moment(*, required: bool = False, shown: bool = True) -> Any:
    return _field(Kind.MOMENT, None, required=required, shown=shown)


def choice(
    listed: str,
    codes: Iterable[str],
    *,
    default: str = "",
    own: bool = False,
    shown: bool = True,
    sealed: bool = False,
) -> Any:
    spec = {"list": listed, "choices": tuple(codes), "own": own, "shown": shown, "sealed": sealed}
    return _field(Kind.CHOICE, default, **spec)


def flag(*, shown: bool = True) -> Any:
    return _field(Kind.FLAG, 0, shown=shown)


def reference(
    noun: str,
    *,
    required: bool = False,
    default: str | None = None,
    shown: bool = True,
    sealed: bool = False,
    owner: bool = False,
) -> Any:
    spec = {"noun": noun, "required": required, "shown": shown, "sealed": sealed, "owner": owner}
    return _field(Kind.REFERENCE, default, **spec)


def _field(kind: Kind, default: object, **spec: object) -> Any:
    return dataclasses.field(default=default, metadata={"kind": kind, "spec": spec})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has; `trashed_at` is set while it lies in the trash."""

    # what tells one record from another: of those alike in all of it a merge leaves one
    ALONE_BY: ClassVar[tuple[str, ...]] = ()

    id: str = ""
    created_at: str = ""
    trashed_at: str | None = None

    def check(self, changed: Collection[str]) -> None:
        """Raises FieldError where a changed field does not go with the others."""


_known: dict[type[Record], Mapping[str, Field]] = {}


def fields(noun: type[Record]) -> Mapping[str, Field]:
    """The declared fields of a noun by name, in the order they stand in the class."""
    if noun not in _known:
        _known[noun] = {
            declared.name: Field(
                name=declared.name, kind=declared.metadata["kind"], **declared.metadata["spec"]
            )
            for declared in dataclasses.fields(noun)
            if "kind" in declared.metadata
        }
    return _known[noun]


def values_of(record: Record) -> dict[str, object]:
    """All fields of a record by name, id and moments among them."""
    return {one.name: getattr(record, one.name) for one in dataclasses.fields(record)}


def clean(noun: type[Record], values: Mapping[str, object]) -> dict[str, str | int | None]:
    """The given values as they are stored; raises FieldError, or KeyError on an unknown field."""
    known = fields(noun)
    return {name: known[name].clean(value) for name, value in values.items()}

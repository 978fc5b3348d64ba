"""What the user types for a quarter's indicators: targets, and figures no record tells (M34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldsales.domain.classes.indicators import BY_CODE, COUNT, DAYS, PERCENT, SCORE
from fieldsales.domain.fields import Field, Kind
from fieldsales.domain.quarters import Quarter
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.indicators import Typed, setting_name

_BOUNDS: Mapping[str, tuple[int, int, int]] = {  # lowest, highest, decimals
    PERCENT: (-1_000, 1_000, 1),
    COUNT: (-1_000_000, 1_000_000, 0),
    SCORE: (1, 5, 1),
    DAYS: (0, 1_000, 1),
}


TARGET, ACTUAL = "target", "actual"


def checked(figures: Mapping[str, Typed]) -> dict[str, list[str]]:
    """What was typed as it is kept; FieldError names `<indicator>.target` or `.actual`."""
    found: dict[str, list[str]] = {}
    for code, typed in figures.items():
        low, high, places = _BOUNDS[BY_CODE[code].unit]
        texts = [
            str(Field(f"{code}.{name}", Kind.DECIMAL, low=low, high=high, places=places).clean(one))
            for name, one in zip((TARGET, ACTUAL), typed, strict=True)
        ]
        if any(texts):
            found[code] = texts
    return found


@dataclass(frozen=True)
class SetIndicators(Operation):
    """Sets all that is typed for a quarter, in each indicator's unit; '' is nothing.

    FieldError as `checked` raises it.
    """

    quarter: Quarter
    figures: Mapping[str, Typed]

    def apply(self, writer: Writer) -> None:
        ChangeSetting(setting_name(self.quarter), checked(self.figures)).apply(writer)

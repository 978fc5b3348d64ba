"""What the filters of lists have in common: how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Conditions:
    """A filter; all its fields have a default, the usual."""

    def to_json(self) -> dict[str, object]:
        """The conditions that are not as usual."""
        usual = asdict(type(self)())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def changed(self, name: str, value: object) -> Self:
        """The same with one condition set to another value."""
        change: dict[str, Any] = {name: value}
        return replace(self, **change)

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Self:
        """What `to_json` gave; unknown conditions of a newer version are left out."""
        names = {field.name for field in fields(cls)}
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
            if name in names
        }
        return cls(**kept)

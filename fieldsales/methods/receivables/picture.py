"""How old debts are, as columns, for screen and paper (M42)."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.money.ageing import BUCKETS
from fieldsales.drawing.charts import Bar, columns
from fieldsales.drawing.shapes import Picture
from fieldsales.words import Words

_ROLES = {"not_due": "ink-3", "to_30": "warn", "to_60": "warn", "to_90": "bad", "over_90": "bad"}


def ageing(
    words: Words,
    buckets: Mapping[str, int],
    currency: str,
    width: float,
    *,
    height: float = 56,
    size: float = 11,
    chosen: str = "",
    pressable: bool = False,
) -> Picture:
    """Bucket -> sum in minor units, as five columns; where one is `chosen` the others are pale."""
    bars = [
        Bar(
            words(f"receivables.bucket.{name}"),
            ((_ROLES[name] if chosen in ("", name) else "line", float(buckets[name])),),
            words.money(buckets[name], currency, cents=False) if buckets[name] else "",
            key=name if pressable else None,
        )
        for name in BUCKETS
    ]
    told = ", ".join(f"{bar.label} {bar.top or '0'}" for bar in bars)
    return columns(bars, (), width, height, size=size, alt=told)

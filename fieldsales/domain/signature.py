"""A signature drawn by hand, as it is kept: strokes of points."""

from __future__ import annotations

import json
import math


def strokes(signature: str) -> list[list[tuple[float, float]]]:
    """The strokes of a signature drawn by hand; raises ValueError if it is none."""
    try:
        drawn = [[(float(x), float(y)) for x, y in stroke] for stroke in json.loads(signature)]
    except (TypeError, RecursionError) as error:
        raise ValueError(signature[:20]) from error
    if not all(math.isfinite(x) and math.isfinite(y) for stroke in drawn for x, y in stroke):
        raise ValueError(signature[:20])
    return drawn

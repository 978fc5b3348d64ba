"""How much of what waits stands on a day's list, so that the list can be done (M46)."""

from __future__ import annotations

from collections.abc import Sequence

FITS = 12  # things besides the visits that a day holds, unless the settings say otherwise


def shares(counts: Sequence[int], limit: int) -> list[int]:
    """How many lines of each group are shown, the most pressing group first.

    No group is silent while there is room for it; what is left goes to the groups in their order.
    A limit of 0 is none.
    """
    if limit <= 0:
        return list(counts)
    shown = [0] * len(counts)
    for at, count in enumerate(counts):
        if count and limit:
            shown[at] = 1
            limit -= 1
    for at, count in enumerate(counts):
        more = min(count - shown[at], limit)
        shown[at] += more
        limit -= more
    return shown

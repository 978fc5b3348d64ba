"""The negotiation partner (M23): which of four animals two scales make of somebody."""

from __future__ import annotations

EAGLE, SHEEP, FOX, DONKEY = "eagle", "sheep", "fox", "donkey"
PARTNERS = (EAGLE, SHEEP, FOX, DONKEY)


def partner(sees_long_term: int | None, plays_fair: int | None) -> str:
    """Who sits across the table, by two scales of −2 … +2; '' while one is unknown or undecided.

    Long-term and fair is an eagle, fair but short-sighted a sheep, long-term but crooked a fox,
    neither a donkey.
    """
    if not sees_long_term or not plays_fair:
        return ""
    if sees_long_term > 0:
        return EAGLE if plays_fair > 0 else FOX
    return SHEEP if plays_fair > 0 else DONKEY

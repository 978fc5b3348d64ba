"""Whether a customer buys, prepares to, might, or was lost (M03)."""

from __future__ import annotations

STATUSES = ("existing", "target", "potential", "lost")


def purchase_status(*, orders: int, open_deals: int, lost_deals: int, pinned: str = "") -> str:
    """M03, derived from deals and orders unless the user pinned it.

    `orders`: deals won and visits that brought an order. Who has bought is existing; else who has
    an open deal prepares to buy; else who only ever said no is lost; the rest are potential.
    """
    if pinned:
        return pinned
    if orders:
        return "existing"
    if open_deals:
        return "target"
    return "lost" if lost_deals else "potential"

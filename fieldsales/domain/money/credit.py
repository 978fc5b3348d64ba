"""What a customer may owe, and what counts against it (M42)."""

from __future__ import annotations

from dataclasses import dataclass

COUNTED = ("receivables", "orders", "proposals")  # each adds the one before it


@dataclass(frozen=True, slots=True)
class Credit:
    """A customer's limit and what stands against it, in minor units; `limit` None for no limit.

    `overdue` is part of `owed`. `orders` are accepted proposals that are not invoiced yet,
    `proposals` those the customer is deciding on.
    """

    limit: int | None
    owed: int
    overdue: int
    orders: int = 0
    proposals: int = 0
    balance: int = 0  # paid and not set against anything

    def used(self, counted: str) -> int:
        """What counts against the limit by the rule chosen: one of COUNTED."""
        extra = {"receivables": 0, "orders": self.orders, "proposals": self.orders + self.proposals}
        return self.owed - self.balance + extra[counted]

    def free(self, counted: str) -> int | None:
        """What may still be sold on credit, negative where it is broken; None without a limit."""
        return None if self.limit is None else self.limit - self.used(counted)

    def breaks(self, more: int, counted: str) -> int:
        """By how much an order of so much more would break the limit, 0 if it would not."""
        free = self.free(counted)
        return 0 if free is None else max(0, more - max(free, 0))

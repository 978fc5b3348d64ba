"""Ids made on the laptop: UUIDv7 text, ordered by time, unique without a server (RFC 9562)."""

from __future__ import annotations

import os
import time

_last = [0]


def new_id() -> str:
    """A new UUIDv7; ids made by one process never go back, even if the clock does."""
    # 48 bits of milliseconds, then 12 bits of a sub-millisecond count keep the order
    ticks = time.time_ns() * 4096 // 1_000_000
    _last[0] = max(ticks, _last[0] + 1)
    milliseconds, count = divmod(_last[0], 4096)
    number = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | count << 64
    number |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

"""Identifiers: time-ordered for events, derived where two writers must arrive at the same one."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID, uuid5

_SPACE = UUID("6b756d65-0000-5000-8000-000000000001")
_lock = threading.Lock()
_last = [0]


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, 12 bits of order within them, 62 random bits.

    Strictly increasing within one process, also when the clock is set back.
    """
    with _lock:
        nanoseconds = time.time_ns()
        tick = ((nanoseconds // 1_000_000) << 12) | (nanoseconds % 1_000_000 * 4096 // 1_000_000)
        tick = max(tick, _last[0] + 1)
        _last[0] = tick
    high = (tick >> 12) << 80
    low = (tick & 0xFFF) << 64
    return UUID(int=high | 0x7 << 76 | low | 0b10 << 62 | secrets.randbits(62))


def new_id() -> str:
    """A new identifier as text."""
    return str(uuid7())


def derived_id(*parts: str | int) -> str:
    """The identifier that everybody who knows `parts` arrives at.

    >>> derived_id("area", "A1") == derived_id("area", "A1")
    True
    """
    return str(uuid5(_SPACE, "\x1f".join(str(part) for part in parts)))

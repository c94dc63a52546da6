"""Numbers as people type them into the method page."""

from __future__ import annotations

import math

from kume_desktop import texts

_DIGITS = 4


def read(typed: str) -> float | None:
    """A number with decimal comma or point; None for anything else.

    >>> read("1,5"), read("1.5"), read(" 2 "), read("1,5,2"), read("bir"), read("1e3")
    (1.5, 1.5, 2.0, None, None, None)
    """
    plain = typed.strip().replace(",", ".", 1)
    if not plain or any(sign not in "0123456789.-" for sign in plain):
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def shown(value: float, least: int = 1) -> str:
    """A number with as many decimals as it needs, `least` at least and four at most."""
    digits = next((n for n in range(least, _DIGITS) if math.isclose(round(value, n), value, abs_tol=1e-9)), _DIGITS)
    return texts.number(value, digits)

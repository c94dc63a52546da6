"""The order of size classes."""

from __future__ import annotations

UNNUMBERED = 1_000_000_000


def size_order(size_class: str) -> tuple[int, str]:
    """Size classes by their lower limit, those without a number last.

    >>> sorted(["250+", "50-249", "1-9", "unknown", "10-24"], key=size_order)
    ['1-9', '10-24', '50-249', '250+', 'unknown']
    """
    digits = "".join(sign if sign.isdecimal() else " " for sign in size_class).split()
    return (int(digits[0]) if digits else UNNUMBERED, size_class)

"""Numbers of employees, and the class of the frame that a firm falls in."""

from __future__ import annotations

import re

LIMITS = ((9, "1-9"), (24, "10-24"), (49, "25-49"), (249, "50-249"))
LARGEST = "250+"
_MOST = 1_000_000
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})*")
_CLASSES = frozenset({*(name for _most, name in LIMITS), LARGEST})
_WORDS = re.compile(r"(?i)\s*(?:kişi|çalışan|işçi|personel|employees?|adet)\s*$")


def size_class(cell: str) -> str | None:
    """The class of a number or of a span of numbers; '' where the cell is blank, None where it says no number.

    A span counts by its ends where both fall in one class.

    >>> [size_class(cell) for cell in ("12", "1.250", "10 - 24", "250+", "1-5", "5-30", "yok", "")]
    ['10-24', '250+', '10-24', '250+', '1-9', None, None, '']
    """
    plain = _WORDS.sub("", cell.strip()).replace("–", "-").replace(" ", "")
    if not plain:
        return ""
    if plain in _CLASSES:
        return plain
    found = [int(re.sub(r"[.,]", "", one)) for one in _NUMBER.findall(plain)]
    rest = _NUMBER.sub("", plain)
    if not found or len(found) > 2 or rest not in {"", "-", "+", ".0"} or max(found) > _MOST:
        return None
    classes = {class_of(number) for number in found}
    return classes.pop() if len(classes) == 1 else None


def class_of(staff: int) -> str:
    """The class of a number; nobody employed counts as the smallest."""
    return next((name for most, name in LIMITS if staff <= most), LARGEST)

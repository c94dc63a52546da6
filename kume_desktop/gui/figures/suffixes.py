"""Numbers with what follows them in a sentence: 22'si, 61'ini, 77'sinde in Turkish, the bare number in English."""

from __future__ import annotations

from kume_desktop import texts, turkish


def possessed(number: int) -> str:
    """So many of a whole: 8'i, 22'si, 30'u in Turkish, the bare number in English.

    >>> possessed(22)
    "22'si"
    """
    return turkish.possessed(number) if texts.language() == "tr" else str(number)


def possessed_object(number: int) -> str:
    """So many of a whole as an object (the firms employ so many of them): 61'ini, 22'sini, 30'unu.

    >>> possessed_object(61)
    "61'ini"
    """
    return turkish.possessed_object(number) if texts.language() == "tr" else str(number)


def possessed_place(number: int) -> str:
    """In so many of a whole: 77'sinde, 23'ünde, 68'inde, 30'unda.

    >>> possessed_place(23)
    "23'ünde"
    """
    return turkish.possessed_place(number) if texts.language() == "tr" else str(number)


def of_percent(share: float) -> str:
    """A share 0..1 as so many per cent of a whole: %58'i; 58% in English.

    >>> of_percent(0.58), of_percent(0.09)
    ("%58'i", "%9'u")
    """
    return f"%{possessed(_whole(share))}" if texts.language() == "tr" else texts.percent(share)


def of_percent_object(share: float) -> str:
    """A share 0..1 as so many per cent of a whole, as an object: %61'ini; 61% in English.

    >>> of_percent_object(0.61)
    "%61'ini"
    """
    return f"%{possessed_object(_whole(share))}" if texts.language() == "tr" else texts.percent(share)


def _whole(share: float) -> int:
    """The per cent as they are printed."""
    return int("".join(filter(str.isdigit, texts.percent(share))))

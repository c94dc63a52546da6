"""Turkish endings of numbers: 22'si, 61'ini, 77'sinde follow the last word of the number as it is read aloud."""

from __future__ import annotations

from kume_desktop import texts

# The vowel or syllable of "so many of them" by the last word of the number.
_ENDINGS = {
    1: "i", 2: "si", 3: "ü", 4: "ü", 5: "i", 6: "sı", 7: "si", 8: "i", 9: "u", 10: "u", 20: "si", 30: "u", 40: "ı",
    50: "si", 60: "ı", 70: "i", 80: "i", 90: "ı", 100: "ü", 1000: "i",
}  # fmt: skip
_ZERO = "ı"
_MILLION = "u"


def possessed(number: int) -> str:
    """So many of a whole: 8'i, 22'si, 30'u in Turkish, the bare number in English.

    >>> [possessed(number) for number in (0, 8, 22, 30, 100, 640, 2_000_000)]
    ["0'ı", "8'i", "22'si", "30'u", "100'ü", "640'ı", "2000000'u"]
    """
    return f"{number}'{_ending(number)}" if texts.language() == "tr" else str(number)


def possessed_object(number: int) -> str:
    """So many of a whole as an object (the firms employ so many of them): 61'ini, 22'sini, 30'unu.

    >>> [possessed_object(number) for number in (61, 22, 30, 100)]
    ["61'ini", "22'sini", "30'unu", "100'ünü"]
    """
    ending = _ending(number)
    return f"{number}'{ending}n{ending[-1]}" if texts.language() == "tr" else str(number)


def possessed_place(number: int) -> str:
    """In so many of a whole: 77'sinde, 23'ünde, 68'inde, 30'unda.

    >>> [possessed_place(number) for number in (77, 23, 68, 30, 40)]
    ["77'sinde", "23'ünde", "68'inde", "30'unda", "40'ında"]
    """
    ending = _ending(number)
    after = "nde" if ending[-1] in "iü" else "nda"
    return f"{number}'{ending}{after}" if texts.language() == "tr" else str(number)


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


def _ending(number: int) -> str:
    """The ending of the last word: of the last digit that is no zero, or of hundred, thousand, million."""
    if not number:
        return _ZERO
    for place in (1, 10):
        digit = number // place % 10
        if digit:
            return _ENDINGS[digit * place]
    if number % 1000:
        return _ENDINGS[100]
    return _ENDINGS[1000] if number % 1_000_000 else _MILLION

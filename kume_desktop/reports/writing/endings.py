"""Turkish endings of numbers: 22'si, 61'ini, 77'sinde follow the last word of the number as it is read aloud."""

from __future__ import annotations

# The vowel or syllable of "so many of them" by the last word of the number.
_ENDINGS = {
    0: "ı", 1: "i", 2: "si", 3: "ü", 4: "ü", 5: "i", 6: "sı", 7: "si", 8: "i", 9: "u", 10: "u", 20: "si", 30: "u",
    40: "ı", 50: "si", 60: "ı", 70: "i", 80: "i", 90: "ı", 100: "ü", 1000: "i", 1_000_000: "u",
}  # fmt: skip


def _last_word(number: int) -> int:
    """The value of the last word: 7 of 77, 10 of 110, 100 of 300, 1000 of 2000."""
    for place in (1, 10):
        digit = number // place % 10
        if digit:
            return digit * place
    if not number:
        return 0
    if number % 1000:
        return 100
    return 1000 if number % 1_000_000 else 1_000_000


def possessed(number: int) -> str:
    """So many of a whole.

    >>> [possessed(number) for number in (0, 8, 22, 30, 100, 640, 2_000_000)]
    ["0'ı", "8'i", "22'si", "30'u", "100'ü", "640'ı", "2000000'u"]
    """
    return f"{number}'{_ENDINGS[_last_word(number)]}"


def possessed_object(number: int) -> str:
    """So many of a whole as an object.

    >>> [possessed_object(number) for number in (61, 22, 30, 100)]
    ["61'ini", "22'sini", "30'unu", "100'ünü"]
    """
    told = possessed(number)
    return f"{told}n{told[-1]}"


def possessed_place(number: int) -> str:
    """In so many of a whole.

    >>> [possessed_place(number) for number in (77, 23, 68, 30, 40)]
    ["77'sinde", "23'ünde", "68'inde", "30'unda", "40'ında"]
    """
    told = possessed(number)
    return f"{told}nde" if told[-1] in "iü" else f"{told}nda"

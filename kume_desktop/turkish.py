"""Turkish letters: casing, folding for search, and the order people expect.

Never for codes or identifiers: those are compared as they are.
"""

from __future__ import annotations

import unicodedata

_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_FOLD = str.maketrans("çğıöşüâîû", "cgiosuaiu")
_ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_RANK = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_BASE = str.maketrans("âîû", "aiu")


def lower(text: str) -> str:
    """Lower case by Turkish rules.

    >>> lower("ISPARTA İZMİR")
    'ısparta izmir'
    """
    return text.translate(_LOWER).lower()


def upper(text: str) -> str:
    """Upper case by Turkish rules.

    >>> upper("istanbul ığdır")
    'İSTANBUL IĞDIR'
    """
    return text.translate(_UPPER).upper()


def title(text: str) -> str:
    """The first letter in upper case by Turkish rules, the rest untouched.

    >>> title("iç pazarda etkinlik düzeyi")
    'İç pazarda etkinlik düzeyi'
    """
    return upper(text[:1]) + text[1:]


def fold(text: str) -> str:
    """A form for searching: case and Turkish marks do not matter.

    >>> fold("İğdeli ILGIN") == fold("igdeli ılgın")
    True
    """
    return unicodedata.normalize("NFC", lower(text)).translate(_FOLD)


def sort_key(text: str) -> str:
    """A string whose code-point order is the Turkish alphabetical order of `text`.

    >>> sorted(["Zile", "Çorum", "Iğdır", "İzmir", "Cide"], key=sort_key)
    ['Cide', 'Çorum', 'Iğdır', 'İzmir', 'Zile']
    """
    plain = unicodedata.normalize("NFC", lower(text)).translate(_BASE)
    return "".join(_RANK.get(letter, letter) for letter in plain)

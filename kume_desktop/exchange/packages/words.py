"""Six words that stand for a computer's keys, to be read out on the telephone.

A word is two syllables and a closing letter, the same in every language and easy to say in Turkish; the few that would
be no words for the telephone get a vowel that no other word has. Each word holds 13 bits, six of them 78: who wanted
other keys with the same words would have to try about 2 to the 78th pairs.
"""

from __future__ import annotations

import hashlib

WORDS = 6
_BITS = 13
_FIRST = "bdfghklmnprstvyz"
_VOWELS = "aeiu"
_MIDDLE = "bdlmnprz"
_LAST = "lnrt"
_NEVER = frozenset({"gebe", "lane", "melu", "meme", "nale", "nipi", "pipi", "rezi", "seme", "zeli"})
"""Beginnings that mean something one does not read out in an office."""


def six_words(device_id: str, signing_key: bytes, encryption_key: bytes) -> tuple[str, ...]:
    """The words of a computer's public keys."""
    said = b"|".join((b"kume-words-1", device_id.encode(), signing_key, encryption_key))
    number = int.from_bytes(hashlib.sha256(said).digest(), "big")
    return tuple(word_of(number >> (_BITS * place) & (1 << _BITS) - 1) for place in range(WORDS))


def word_of(bits: int) -> str:
    """The word of 13 bits; no two of the 8,192 are the same.

    >>> word_of(0), word_of(8191)
    ('babal', 'zuzut')
    """
    begin = _FIRST[bits & 15] + _VOWELS[bits >> 4 & 3] + _MIDDLE[bits >> 6 & 7] + _VOWELS[bits >> 9 & 3]
    if begin in _NEVER:
        begin = f"{begin[0]}o{begin[2:]}"
    return begin + _LAST[bits >> 11]

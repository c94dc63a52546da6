"""Tax numbers, telephone numbers and e-mail addresses as lists have them, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMPANY_DIGITS, PERSON_DIGITS = 10, 11
_FEWEST = 8
"""With fewer digits left, too many numbers pass the check by chance."""
_DECORATION = re.compile(r"(?i)^(?:vkn|tckn|tc|t\.c\.|no|vergi no)[\s.:]*|[\s.\-'’/]")
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[A-Za-z]{2,24}")
_FRACTION = re.compile(r"[.,]0+$")
"""What programs that keep numbers as fractions leave at the end."""
_SPOILT = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_NATIONAL, _SPECIAL = 10, 7


@dataclass(frozen=True, slots=True)
class TaxNumber:
    """A number as it counts: '' where it is none. `is_person`: it names a natural person.

    `wrong` is the code of what is wrong ('' where nothing is), `restored` whether lost leading zeros were put back.
    """

    number: str = ""
    is_person: bool = False
    wrong: str = ""
    restored: bool = False


def is_company_number(digits: str) -> bool:
    """Whether ten digits are a VKN: the tenth follows from the nine before it.

    Each digit plus its place from the right (9..1), modulo 10, times 2 to that place, modulo 9 (9 where a digit that
    is not 0 gives 0); the last digit fills the sum up to a multiple of ten.

    >>> is_company_number("1234567890"), is_company_number("1234567891")
    (True, False)
    """
    if len(digits) != COMPANY_DIGITS or not _are_digits(digits):
        return False
    total = 0
    for place, digit in enumerate(digits[:9]):
        weight = 9 - place
        shifted = (int(digit) + weight) % 10
        total += (shifted * 2**weight) % 9 or (9 if shifted else 0)
    return (10 - total % 10) % 10 == int(digits[9])


def is_person_number(digits: str) -> bool:
    """Whether eleven digits are a Turkish identity number: the last two follow from the nine before them.

    >>> is_person_number("10000000146"), is_person_number("10000000147")
    (True, False)
    """
    if len(digits) != PERSON_DIGITS or not _are_digits(digits) or digits[0] == "0":
        return False
    each = [int(digit) for digit in digits]
    odd, even = sum(each[0:9:2]), sum(each[1:8:2])
    return (odd * 7 - even) % 10 == each[9] and sum(each[:10]) % 10 == each[10]


def read_tax_number(cell: str) -> TaxNumber:
    """A cell as a tax number; zeros that Excel took from its front come back only where the check digit proves it.

    >>> read_tax_number("123456789").restored, read_tax_number("12345678,9").wrong
    (True, 'list.tax-not-digits')
    """
    digits = _DECORATION.sub("", _FRACTION.sub("", cell.strip()))
    if not digits or not digits.strip("0"):
        return TaxNumber()
    if not _are_digits(digits):
        spoilt = _SPOILT.fullmatch(cell.strip()) is not None
        return TaxNumber(wrong="list.tax-spoilt" if spoilt else "list.tax-not-digits")
    if len(digits) == PERSON_DIGITS and digits[0] == "0" and is_company_number(digits[1:]):
        return TaxNumber(digits[1:])
    if len(digits) == PERSON_DIGITS:
        right = is_person_number(digits)
        return TaxNumber(digits if right else "", is_person=True, wrong="" if right else "list.tax-check")
    if len(digits) == COMPANY_DIGITS:
        right = is_company_number(digits)
        return TaxNumber(digits if right else "", wrong="" if right else "list.tax-check")
    padded = digits.zfill(COMPANY_DIGITS)
    if _FEWEST <= len(digits) < COMPANY_DIGITS and is_company_number(padded):
        return TaxNumber(padded, restored=True)
    return TaxNumber(wrong="list.tax-length")


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def is_phone(cell: str) -> bool:
    """Whether a cell holds telephone numbers of Turkey: ten digits, with or without 0 or +90, or 444 and four more.

    >>> [is_phone(cell) for cell in ("0 (232) 463 00 00", "+90 532 000 0000 / 4440444", "12345")]
    [True, True, False]
    """
    numbers = [re.sub(r"\D", "", part) for part in re.split(r"[/,;|]|\s-\s", cell) if part.strip()]
    return bool(numbers) and all(_is_number(one) for one in numbers)


def _is_number(digits: str) -> bool:
    bare = digits.removeprefix("00").removeprefix("90") if len(digits) > _NATIONAL + 1 else digits
    bare = bare.removeprefix("0")
    return (len(bare) == _NATIONAL and bare[0] in "234589") or (len(bare) == _SPECIAL and bare.startswith("444"))


def is_email(cell: str) -> bool:
    """Whether a cell holds e-mail addresses.

    >>> is_email("bilgi@firma.com.tr; satis@firma.com.tr"), is_email("www.firma.com")
    (True, False)
    """
    parts = [part for part in re.split(r"[;,\s/]+", cell.strip()) if part]
    return bool(parts) and all(_EMAIL.fullmatch(part) for part in parts)

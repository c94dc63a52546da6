"""What a column of a firm list can say, and how chambers call it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from kume_desktop import turkish


class ListField(StrEnum):
    """What a column says about a firm."""

    NAME = "name"
    TAX_NUMBER = "tax_number"
    PERSON_NUMBER = "person_number"
    NACE = "nace"
    AREA = "area"
    PROVINCE = "province"
    DISTRICT = "district"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"
    STAFF = "staff"
    REGISTER = "register"


OF_FIRMS = frozenset(
    {
        ListField.NAME, ListField.TAX_NUMBER, ListField.NACE, ListField.AREA, ListField.PROVINCE, ListField.DISTRICT,
        ListField.STAFF, ListField.REGISTER,
    }
)  # fmt: skip
"""Columns that say nothing of a person; any other that is filled, also one that nobody named, is sealed in the log."""

_WORDS: Mapping[ListField, tuple[str, ...]] = MappingProxyType(
    {
        ListField.NAME: (
            "unvan", "unvani", "firma adi", "firma unvani", "ticaret unvani", "ticari unvan", "isletme adi",
            "isyeri unvani", "isyeri adi", "uye adi", "uye unvani", "firma", "sirket adi", "sirket unvani",
            "kurulus adi", "firma ismi", "adi unvani", "adi soyadi unvani", "ad soyad unvan", "mukellef unvani",
            "tacir unvani", "company name", "trade name", "firm name", "company", "firm", "title", "name",
        ),
        ListField.TAX_NUMBER: (
            "vergi no", "vergi numarasi", "vkn", "vergi kimlik no", "vergi kimlik numarasi", "vergi sicil no",
            "vergi hesap no", "vergi nosu", "vkn tckn", "vergi no tc kimlik no", "v no", "tax number", "tax no",
            "tax id", "vergi dairesi no",
        ),
        ListField.PERSON_NUMBER: (
            "tc kimlik", "tc kimlik no", "tc kimlik numarasi", "tckn", "tc no", "kimlik no", "tc",
            "national id", "sahis tc no",
        ),
        ListField.NACE: (
            "nace", "nace kodu", "nace kod", "faaliyet kodu", "nace faaliyet kodu", "ana faaliyet kodu",
            "altili nace", "6 li nace kodu", "nace rev 2", "nace 6", "is kolu kodu", "sektor kodu", "ana nace kodu",
            "faaliyet nace", "nace code", "activity code", "nace rev2",
        ),
        ListField.AREA: (
            "faaliyet alani", "alan", "kume", "sektor", "calisma alani", "alan kodu", "kume adi", "activity area",
            "sector", "cluster", "area",
        ),
        ListField.PROVINCE: ("il", "ili", "sehir", "il adi", "vilayet", "province", "city", "merkez il"),
        ListField.DISTRICT: ("ilce", "ilcesi", "ilce adi", "semt ilce", "district", "town", "bulundugu ilce"),
        ListField.ADDRESS: (
            "adres", "adresi", "isyeri adresi", "acik adres", "firma adresi", "ticari adres", "is adresi",
            "tebligat adresi", "merkez adresi", "address", "merkez adres",
        ),
        ListField.PHONE: (
            "telefon", "tel", "telefon no", "telefon numarasi", "is telefonu", "cep telefonu", "gsm", "cep",
            "sabit telefon", "telefon 1", "tel no", "firma telefonu", "cep tel", "is tel", "phone", "telephone",
        ),
        ListField.EMAIL: (
            "e posta", "eposta", "email", "e mail", "mail", "elektronik posta", "e posta adresi", "email adresi",
            "mail adresi", "eposta adresi", "kep adresi",
        ),
        ListField.CONTACT: (
            "yetkili", "yetkili kisi", "yetkili adi", "yetkili adi soyadi", "ilgili kisi", "sorumlu", "firma yetkilisi",
            "irtibat kisisi", "temsilci", "yonetici", "sahibi", "firma sahibi", "ortak adi", "contact person",
            "contact", "yetkili ad soyad", "iletisim kisisi",
        ),
        ListField.STAFF: (
            "calisan sayisi", "calisan", "personel sayisi", "isci sayisi", "istihdam", "sigortali sayisi",
            "toplam calisan", "calisan sayisi toplam", "personel", "employees", "staff", "headcount",
            "number of employees", "isci adedi", "calisan kisi sayisi", "istihdam sayisi", "sgk calisan sayisi",
        ),
        ListField.REGISTER: (
            "oda sicil no", "sicil no", "uye no", "uye sicil no", "ticaret sicil no", "oda no", "uyelik no",
            "ticaret sicil numarasi", "oda sicil numarasi", "register number", "mersis no", "uye numarasi", "sicil",
            "oda kayit no",
        ),
    }
)  # fmt: skip
_CERTAIN, _LIKELY = 100, 86
_NO_WORD = re.compile(r"[^a-z0-9]+")
_INNER = re.compile(r"[(\[]([^)\]]+)[)\]]")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")


def head_key(head: str) -> str:
    """A head folded: case, marks, points and what stands in brackets do not matter.

    >>> head_key("T.C. Kimlik No.:")
    'tc kimlik no'
    """
    folded = turkish.fold(_BRACKETS.sub(" ", head)).replace("t.c.", "tc ").replace("v.k.n", "vkn")
    return " ".join(_NO_WORD.sub(" ", folded).split())


def likeness(head: str, field: ListField) -> int:
    """How sure a head names a field: 100 for a known word, 0 below what can be guessed.

    What stands in brackets counts only where the rest says nothing: "Faaliyet (NACE)".
    """
    key = head_key(head)
    if (inner := _INNER.findall(head)) and not any(_likeness(key, one) for one in ListField):
        return min(max(_likeness(head_key(text), field) for text in inner), _LIKELY - 1)
    return _likeness(key, field)


def _likeness(key: str, field: ListField) -> int:
    from rapidfuzz import fuzz

    if not key:
        return 0
    words = _WORDS[field]
    if key in words:
        return _CERTAIN
    # Very short words ("il", "tc", "tel") are like too many others to be guessed.
    best = max((int(fuzz.token_sort_ratio(key, word)) for word in words if len(word) > 3), default=0)
    return min(best, _CERTAIN - 1) if best >= _LIKELY else _contained(key, words)


def _contained(key: str, words: Sequence[str]) -> int:
    """A longer head that holds a known one of two words or more: "firmanın vergi kimlik no bilgisi"."""
    held = [word for word in words if " " in word and f" {word} " in f" {key} "]
    return _LIKELY - 1 if held else 0


def guess(heads: Sequence[str]) -> Mapping[int, ListField]:
    """Which column says what, by place; each field once, the surest first, the left one of two that are as sure."""
    found = sorted(
        (-score, place, field)
        for place, head in enumerate(heads)
        for field in ListField
        if (score := likeness(head, field))
    )
    guessed: dict[int, ListField] = {}
    for _score, place, field in found:
        if place not in guessed and field not in guessed.values():
            guessed[place] = field
    return dict(sorted(guessed.items()))


def fingerprint(heads: Sequence[str]) -> str:
    """What stays the same when the same source sends its list again: its heads, in any order."""
    import hashlib

    keys = sorted(key for head in heads if (key := head_key(head)))
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]

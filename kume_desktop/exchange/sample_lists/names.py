"""Names of firms so that two spellings of one firm are equal: legal forms, abbreviations and common words folded."""

from __future__ import annotations

import re
from functools import lru_cache

from kume_desktop import turkish

_NO_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['’`´]")  # noqa: RUF001
_ABBREVIATIONS = {
    "san": "sanayi", "sn": "sanayi", "snyi": "sanayi", "tic": "ticaret", "tc": "ticaret", "ltd": "limited",
    "lti": "limited", "sti": "sirketi", "st": "sirketi", "sirket": "sirketi", "as": "anonim", "aş": "anonim",
    "ith": "ithalat", "ihr": "ihracat", "paz": "pazarlama", "ins": "insaat", "mak": "makina", "makine": "makina",
    "kim": "kimya", "tur": "turizm", "nak": "nakliyat", "nakl": "nakliyat", "oto": "otomotiv", "muh": "muhendislik",
    "tekst": "tekstil", "tks": "tekstil", "end": "endustri", "mlz": "malzeme", "malz": "malzeme", "gid": "gida",
    "urn": "urunleri", "hizm": "hizmetleri", "hiz": "hizmetleri", "koop": "kooperatifi", "ort": "ortakligi",
    "imal": "imalat", "tas": "tasimacilik", "loj": "lojistik", "amb": "ambalaj", "plst": "plastik", "plas": "plastik",
    "muhend": "muhendislik", "elk": "elektrik", "elekt": "elektrik", "elektr": "elektronik", "kol": "kollektif",
    "kom": "komandit", "isl": "isletmesi",
}  # fmt: skip
_FORMS = frozenset(
    {
        "ve", "sanayi", "ticaret", "limited", "sirketi", "anonim", "a", "s", "t", "ithalat", "ihracat", "kollektif",
        "komandit", "adi", "ortakligi", "kooperatifi", "isletmesi", "sahis", "firmasi", "subesi", "sube", "holding",
        "the", "co", "inc", "ltd", "dis",
    }
)  # fmt: skip


_LEGAL = frozenset({"limited", "anonim", "kooperatifi", "kollektif", "komandit"})


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """What is left of a name when the words that every firm has are taken away; the folded name where nothing is.

    >>> name_key("ŞİŞLİ KİMYA SAN. VE TİC. LTD. ŞTİ."), name_key("Şişli Kimya Sanayi ve Ticaret Limited Şirketi")
    ('sisli kimya', 'sisli kimya')
    """
    words = full_key(name).split()
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)


@lru_cache(maxsize=200_000)
def full_key(name: str) -> str:
    """A name folded with its abbreviations written out.

    >>> full_key("Ege Mak. San. A.Ş.")
    'ege makina sanayi a s'
    """
    plain = _APOSTROPHE.sub("", turkish.fold(name))
    words = _NO_WORD.sub(" ", plain).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def legal_forms(name: str) -> frozenset[str]:
    """The legal forms that a name tells; empty where it tells none.

    >>> sorted(legal_forms("Ege Kimya San. A.Ş.")), sorted(legal_forms("Ege Kimya Ltd. Şti.")), legal_forms("Ege")
    (['anonim'], ['limited'], frozenset())
    """
    full = full_key(name)
    found = _LEGAL & set(full.split())
    return found | {"anonim"} if f" {full}".endswith(" a s") else found


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ in spelling only: case, marks, abbreviations, a legal form that only one of them tells.

    >>> is_same_name("EGE KİMYA LTD. ŞTİ.", "Ege Kimya"), is_same_name("Ege Kimya Ltd. Şti.", "Ege Kimya A.Ş.")
    (True, False)
    """
    forms, others = legal_forms(one), legal_forms(other)
    return name_key(one) == name_key(other) and (not forms or not others or forms == others)

"""What files of packages are called: the one rule. Names are for people who look at a stick; nothing reads them."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop.exchange.packages.format import SUFFIX, Kind
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Mapping[Kind, str] = {
    Kind.INTRODUCTION: N_("introduction"),
    Kind.ASSIGNMENT: N_("assignment"),
    Kind.INTERVIEWS: N_("interviews"),
    Kind.RETURN: N_("return"),
    Kind.RECEIPT: N_("receipt"),
}
_LONGEST, _END = 40, 6
_LETTERS = str.maketrans("çğıöşüâîûÇĞİÖŞÜÂÎÛ", "cgiosuaiuCGIOSUAIU")


def introduction(computer: str, device_id: str) -> str:
    """The file by which a computer introduces itself; two computers of one name share no file on a stick.

    >>> introduction("Dizüstü 07", "0192-…-c0ffee")
    'Dizustu-07-tanitim-c0ffee.kume-package'
    """
    return _joined((plain(computer), _word(Kind.INTRODUCTION), plain(device_id[-_END:])))


def package(computer: str, kind: Kind, at: datetime, package_id: str, parts: int = 1) -> tuple[str, ...]:
    """The files of a package: whose laptop it is about, what it is, when it was made, and its part."""
    begin = (plain(computer), _word(kind), f"{at:%Y%m%d-%H%M%S}", plain(package_id[-_END:]))
    if parts == 1:
        return (_joined(begin),)
    return tuple(_joined((*begin, f"{plain(_(N_('part')))}-{number}-{parts}")) for number in range(1, parts + 1))


def plain(words: str) -> str:
    r"""Words of a file name that every system, stick and post office carries: short, of ASCII letters and figures.

    >>> plain("Ağrı Işık’ın dizüstü: C\\07"), plain("Ноутбук")
    ('Agri-Isik-in-dizustu-C-07', 'Bilgisayar')
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", words).translate(_LETTERS))
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in bare)
    return "-".join(kept.split())[:_LONGEST].strip("-") or _bare_computer()


def _bare_computer() -> str:
    return "".join(sign for sign in _(N_("Computer")) if sign.isascii() and sign.isalnum())


def _word(kind: Kind) -> str:
    return plain(_(_WORDS[kind])).lower()


def _joined(words: tuple[str, ...]) -> str:
    return "-".join(words) + SUFFIX

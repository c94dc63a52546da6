"""Provinces and districts: names as lists write them become the official ones.

The 81 provinces and 973 districts stand in `resources/places.csv`, with other spellings of a district.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kume_desktop import paths, turkish

CENTRE = "merkez"
_LIKE = 84
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_SPELLINGS = {
    "afyon": "Afyonkarahisar", "icel": "Mersin", "urfa": "Şanlıurfa", "s urfa": "Şanlıurfa", "antep": "Gaziantep",
    "g antep": "Gaziantep", "maras": "Kahramanmaraş", "k maras": "Kahramanmaraş", "kmaras": "Kahramanmaraş",
    "adapazari": "Sakarya", "izmit": "Kocaeli", "antakya": "Hatay", "ist": "İstanbul", "hakkari": "Hakkari",
    "izm": "İzmir", "ank": "Ankara",
}  # fmt: skip
"""What people call provinces besides their names; the district of İzmit stands for Kocaeli, Antakya for Hatay."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their folded form."""

    provinces: Mapping[str, str]
    plates: Mapping[str, str]
    districts: Mapping[str, Mapping[str, str]]
    everywhere: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Official names, '' where none; `wrong` is the code of what is wrong, `nearest` a suggestion."""

    province: str = ""
    district: str = ""
    wrong: str = ""
    nearest: str = ""
    is_guess: bool = False


def place_key(text: str) -> str:
    """A name folded, without points and without what stands for "district" and "province" behind it.

    >>> place_key("KEMALPAŞA İlçesi"), place_key("K.Maraş")
    ('kemalpasa', 'k maras')
    """
    words = _NO_LETTER.sub(" ", turkish.fold(text)).split()
    while len(words) > 1 and words[-1] in {"ilce", "ilcesi", "ili", "il", "belediyesi"}:
        words.pop()
    return " ".join(words)


@cache
def gazetteer() -> Gazetteer:
    """The places of the country, read once."""
    provinces: dict[str, str] = {}
    plates: dict[str, str] = {}
    districts: dict[str, dict[str, str]] = defaultdict(dict)
    everywhere: dict[str, list[str]] = defaultdict(list)
    with (paths.resources() / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            province, district = row["province"], row["district"]
            provinces[place_key(province)] = province
            plates[row["plate"].zfill(2)] = province
            for spelling in (district, *filter(None, row["also"].split("|"))):
                districts[province][place_key(spelling)] = district
                if place_key(spelling) != CENTRE:
                    everywhere[place_key(spelling)].append(province)
    return Gazetteer(
        MappingProxyType(provinces | _SPELLINGS),
        MappingProxyType(plates),
        MappingProxyType(districts),
        MappingProxyType({key: tuple(found) for key, found in everywhere.items()}),
    )


def home_of(cells: Iterable[str]) -> str:
    """The province that most districts of a list lie in: what a list without a column of provinces is about."""
    known = gazetteer().everywhere
    counts = Counter(province for key in {place_key(cell) for cell in cells} for province in known.get(key, ()))
    best = max(counts.values(), default=0)
    return min((province for province, count in counts.items() if count == best), default="")


def read_place(province: str, district: str, home: str = "") -> Place:
    """The cells of a row as a place; `home` is the province where the list names none.

    >>> read_place("İZMİR", "KEMALPASA"), read_place("", "Kemalpaşa", "İzmir").province
    (Place(province='İzmir', district='Kemalpaşa', wrong='', nearest='', is_guess=False), 'İzmir')
    """
    if not district.strip():
        return _only_province(province)
    if not province.strip() and "/" in district:
        # "Kemalpaşa / İzmir" in one column
        first, _slash, second = district.partition("/")
        if place_key(second) in gazetteer().provinces:
            return read_place(second, first, home)
    if province.strip():
        found = _province(province)
        return Place(wrong="list.province-unknown") if not found else _district(found, district)
    return _district(_nearby(district, home), district)


@cache
def _province(cell: str) -> str:
    known = gazetteer()
    key = place_key(cell)
    return known.provinces.get(key, "") or known.plates.get(key.zfill(2) if key.isdecimal() else "", "")


def _only_province(province: str) -> Place:
    if not province.strip():
        return Place()
    found = _province(province)
    return Place(found, wrong="" if found else "list.province-unknown")


def _nearby(district: str, home: str) -> str:
    """The province of a district where the row names none: `home` if it has one of that name, else the only one."""
    where = gazetteer().everywhere.get(place_key(district), ())
    if not where or home in where:
        return home
    return where[0] if len(where) == 1 else home


@cache
def _district(province: str, district: str) -> Place:
    """A district of a province; of a name that is nearly one, the nearest is told and taken as a guess."""
    from rapidfuzz import fuzz, process

    key = place_key(district)
    own = gazetteer().districts.get(province, {})
    if key in own:
        return Place(province, own[key])
    if not own:
        return Place(wrong="list.district-unknown")
    if key in (CENTRE, place_key(province)) and CENTRE in own:
        return Place(province, own[CENTRE])
    near = process.extract(key, list(own), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=2)
    if len(near) == 1 or (near and near[0][1] > near[1][1]):
        return Place(province, own[near[0][0]], is_guess=True, nearest=own[near[0][0]])
    elsewhere = gazetteer().everywhere.get(key, ())
    if elsewhere:
        return Place(province, wrong="list.district-elsewhere", nearest=", ".join(elsewhere))
    return Place(province, wrong="list.district-unknown")

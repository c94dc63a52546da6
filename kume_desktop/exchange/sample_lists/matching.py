"""Which rows of a list, and which firms of a study, are the same firm: surely, perhaps, or not.

Nothing is compared with everything: only firms that share a tax number, a name, or in one district the beginning of a
word that is rare there. Twenty thousand rows against twenty thousand firms are some hundred thousand comparisons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.exchange.sample_lists.names import full_key, legal_forms, name_key
from kume_desktop.exchange.sample_lists.places import place_key

_LIKE, _LIKE_SHORT = 88, 94
_SHORT = 8
_ADDRESS_LIKE = 70
_LARGEST_BLOCK = 80
_BEGIN = 4


class Alike(StrEnum):
    """Whether two are one firm."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


class Why(StrEnum):
    """What makes a person look at two of them."""

    TAX = "tax"
    NAME = "name"
    BRANCH = "branch"
    NO_DISTRICT = "no-district"
    FORM = "form"
    ADDRESS = "address"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells firms apart, folded once."""

    names: tuple[str, ...]
    forms: frozenset[str]
    district: str
    tax_number: str
    address: str
    register: str


@dataclass(frozen=True, slots=True)
class Match:
    """Two that were compared, by their places; `score` is the likeness of their names."""

    one: int
    other: int
    alike: Alike
    why: Why
    score: int = 100


def identity(
    names: Sequence[str], district: str, tax_number: str = "", address: str = "", register: str = ""
) -> Identity:
    """Fold what tells a firm apart; `names` are all names it is known by."""
    keys = tuple(dict.fromkeys(name_key(name) for name in names if name))
    return Identity(
        keys,
        frozenset(form for name in names for form in legal_forms(name)),
        place_key(district),
        tax_number,
        full_key(address),
        "".join(full_key(register).split()),
    )


def compare(one: Identity, other: Identity) -> tuple[Alike, Why, int]:
    """Whether two are one firm, what says so, and how like their names are (0-100)."""
    if one.tax_number and other.tax_number:
        if one.tax_number != other.tax_number:
            return Alike.OTHER, Why.TAX, 0
        is_here = one.district == other.district or not (one.district and other.district)
        return (Alike.SAME, Why.TAX, 100) if is_here else (Alike.UNSURE, Why.BRANCH, 100)
    if one.district and other.district and one.district != other.district:
        return Alike.OTHER, Why.NAME, 0
    if set(one.names) & set(other.names):
        return (*_same_name(one, other), 100)
    score = _likeness(one, other)
    is_short = min((len(name) for name in (*one.names, *other.names)), default=0) < _SHORT
    like = score >= (_LIKE_SHORT if is_short else _LIKE) and bool(one.district) and bool(other.district)
    return (Alike.UNSURE if like else Alike.OTHER), Why.SPELLING, score


def _same_name(one: Identity, other: Identity) -> tuple[Alike, Why]:
    if not (one.district and other.district):
        return (Alike.SAME, Why.NAME) if one.district == other.district else (Alike.UNSURE, Why.NO_DISTRICT)
    if one.forms and other.forms and one.forms != other.forms:
        return Alike.UNSURE, Why.FORM
    if one.register and one.register == other.register:
        return Alike.SAME, Why.NAME
    if one.register and other.register:
        return Alike.UNSURE, Why.ADDRESS
    if one.address and other.address and not _is_near(one.address, other.address):
        return Alike.UNSURE, Why.ADDRESS
    return Alike.SAME, Why.NAME


def _is_near(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return one == other or fuzz.token_set_ratio(one, other) >= _ADDRESS_LIKE


def _likeness(one: Identity, other: Identity) -> int:
    from rapidfuzz import fuzz

    best = 0.0
    for mine in one.names:
        for theirs in other.names:
            if _digits(mine) == _digits(theirs):
                joined = fuzz.ratio(mine.replace(" ", ""), theirs.replace(" ", ""))
                best = max(best, joined, fuzz.token_sort_ratio(mine, theirs))
    return int(best)


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdecimal())


def matches(identities: Sequence[Identity], known: int = 0) -> Iterator[Match]:
    """Every two that are or may be one firm; the last `known` of them are not compared with each other."""
    first_known = len(identities) - known
    for one, other in _candidates(identities, first_known):
        alike, why, score = compare(identities[one], identities[other])
        if alike is not Alike.OTHER:
            yield Match(one, other, alike, why, score)


def _candidates(identities: Sequence[Identity], first_known: int) -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    for block, is_sure in _blocks(identities):
        if len(block) > _LARGEST_BLOCK and not is_sure:
            continue
        for place, one in enumerate(block):
            if one >= first_known:
                break
            # In a block of equal names or numbers each is compared with its neighbours: equality is passed on.
            for other in block[place + 1 :] if len(block) <= _LARGEST_BLOCK else _near(block, place, first_known):
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def _near(block: Sequence[int], place: int, first_known: int) -> list[int]:
    known = [other for other in block[place + 1 :] if other >= first_known]
    return [*block[place + 1 : place + 6], *known[:20]]


def _blocks(identities: Sequence[Identity]) -> Iterator[tuple[list[int], bool]]:
    """Firms that share something, in rising order of their places; True for what makes them equal."""
    equal: Mapping[object, list[int]] = defaultdict(list)
    alike: Mapping[object, list[int]] = defaultdict(list)
    for place, one in enumerate(identities):
        if one.tax_number:
            equal["tax", one.tax_number].append(place)
        for name in one.names:
            equal["name", name, one.district].append(place)
            equal["name", name].append(place)
        if one.district:
            for key in _word_keys(one):
                alike[key].append(place)
    for block in equal.values():
        if len(block) > 1:
            yield block, True
    for block in alike.values():
        if len(block) > 1:
            yield block, False


def _word_keys(one: Identity) -> set[tuple[str, ...]]:
    """The beginnings of the words of a name, alone and in twos, within the district."""
    keys: set[tuple[str, ...]] = set()
    for name in one.names:
        words = [word for word in name.split() if len(word) > 1]
        begins = sorted({word[:_BEGIN] for word in words})
        keys |= {(one.district, begin) for begin in begins}
        keys |= {(one.district, first, second) for first in begins for second in begins if first < second}
        keys.add((one.district, "", name.replace(" ", "")[-_BEGIN - 2 :]))
        keys.add((one.district, " ", name.replace(" ", "")[: _BEGIN + 2]))
    return keys


def groups(count: int, equal: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Places 0..count-1 put together where they are said to be equal, in the order of their first."""
    leads = list(range(count))

    def lead(place: int) -> int:
        while leads[place] != place:
            leads[place] = leads[leads[place]]
            place = leads[place]
        return place

    for one, other in equal:
        first, second = sorted((lead(one), lead(other)))
        leads[second] = first
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(count):
        found[lead(place)].append(place)
    return list(found.values())

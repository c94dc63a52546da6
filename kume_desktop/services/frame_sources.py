"""The lists on which a firm stands: what each said about it, and where they do not agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kume_desktop import turkish
from kume_desktop.problems import Problem, warning
from kume_desktop.services.views import FrameSource

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study

__all__ = ("FrameSource", "attributes", "differences", "disagreements", "sources", "value")

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "name", "unvan", "ticaret unvani", "firma", "firma adi", "firma unvani", "isyeri adi", "isyeri unvani",
        "uye adi", "uye unvani", "company",
    ),
    "nace": (
        "nace", "nace kodu", "nace rev", "nace rev 2", "faaliyet kodu", "ana faaliyet kodu", "nace code",
        "alti haneli nace",
    ),
    "district": ("district", "ilce", "ilcesi", "ilce adi"),
    "address": ("address", "adres", "adresi", "isyeri adresi", "acik adres"),
    "phone": ("phone", "telefon", "tel", "telefon no", "cep telefonu", "cep"),
    "email": ("email", "e posta", "eposta", "e mail"),
    "contact": ("contact", "yetkili", "yetkili kisi", "ilgili kisi"),
}  # fmt: skip
"""What columns are called in lists of which nobody said what their heads mean, folded; our own names come first."""
_FORMS = frozenset(
    {"as", "a", "s", "ltd", "limited", "sti", "sirketi", "anonim", "san", "sanayi", "tic", "ticaret", "ve"}
)
"""Words of a trade name that lists shorten each in its own way."""


def sources(study: Study, unit_id: str) -> tuple[FrameSource, ...]:
    """What each list said about a firm, the newest first."""
    from kume_desktop.store import field_rows

    return tuple(
        FrameSource(one.frame_id, one.name, one.source, one.imported_at, one.cells, one.fields)
        for one in field_rows.sources(study.database, unit_id)
    )


def disagreements(study: Study, unit_id: str) -> tuple[Problem, ...]:
    """Where the lists differ about a firm: its name, activity or district, each with what the lists say."""
    return differences(sources(study, unit_id))


def differences(lists: Iterable[FrameSource]) -> tuple[Problem, ...]:
    """Where lists differ about one firm; empty cells differ from nothing."""
    read, found = tuple(lists), []
    for attribute, (code, same) in _SAME.items():
        said = [(one.name, text) for one in read if (text := value(one, attribute))]
        if any(not same(text, said[0][1]) for _, text in said[1:]):
            listed = "; ".join(f"{name}: {text}" for name, text in reversed(said))
            found.append(warning(code, said=listed))
    return tuple(found)


def value(of: FrameSource, attribute: str) -> str:
    """The cell of a list that holds an attribute: where its heads say so, else by usual heads; '' where none does."""
    if of.fields:
        heads = [head for head, name in of.fields.items() if name == attribute]
        return next((text for head in heads if (text := str(of.cells.get(head) or "").strip())), "")
    by_name = {_plain(head): str(cell or "").strip() for head, cell in of.cells.items()}
    return next((by_name[name] for name in HEADERS.get(attribute, (attribute,)) if by_name.get(name)), "")


def heads_of(of: FrameSource, attribute: str) -> tuple[str, ...]:
    """The heads of a list under which an attribute stands: those that were said, else the usual ones."""
    if of.fields:
        return tuple(head for head, name in of.fields.items() if name == attribute)
    usual = HEADERS.get(attribute, (attribute,))
    return tuple(head for head in of.cells if _plain(head) in usual)


def attributes(study: Study, unit_id: str) -> Mapping[str, str]:
    """What is known of a firm by the name of each attribute (address, phone, contact…).

    What somebody entered goes before what the newest list says. Erased values are gone.
    """
    from kume_desktop.store import reading

    lists = sources(study, unit_id)
    said = {name: next((text for one in lists if (text := value(one, name))), "") for name in _OF_LISTS}
    heads = reading.heads(study.database, unit_id)
    made = json.loads(next((row.value for row in heads.get("", ()) if row.value), None) or "{}")
    entered = {name: text for name, text in made.items() if isinstance(text, str)}
    return {name: text for name, text in {**said, **entered, **reading.facts(study.database, unit_id)}.items() if text}


_OF_LISTS = ("address", "phone", "email", "contact", "name", "district", "nace", "province", "register", "staff")


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in turkish.fold(text)).split())


def _same_name(one: str, other: str) -> bool:
    first, second = ([word for word in _plain(text).split() if word not in _FORMS] for text in (one, other))
    return first == second


def _same_nace(one: str, other: str) -> bool:
    """A shorter code agrees with the longer ones that it begins."""
    first, second = ("".join(sign for sign in text if sign.isdecimal()) for text in (one, other))
    return first.startswith(second) or second.startswith(first)


def _same_district(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


_SAME: Mapping[str, tuple[str, Callable[[str, str], bool]]] = {
    "name": ("sources.name", _same_name),
    "nace": ("sources.nace", _same_nace),
    "district": ("sources.district", _same_district),
}

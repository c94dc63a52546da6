"""Entities: what finished interviews add to a list or change in it, by the declarations of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.instruments.model import EntityDeclaration

_ROWS = re.compile(r"\[[^\]]*\]")
_YES = frozenset({"1", "true", "true()"})
NAME, LABEL = "name", "label"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntityChange:
    """A row that one interview makes (`creates`) or changes (`updates`); what it left blank is not in `fields`."""

    list_name: str
    identity: str
    creates: bool
    updates: bool
    fields: Row


def changes(declarations: Iterable[EntityDeclaration], values: Mapping[str, str]) -> Iterator[EntityChange]:
    """What an interview does to the lists; `values` maps concrete paths of relevant nodes to stored texts."""
    for declared in declarations:
        suffix = declared.path.rpartition("/")[2]
        for path in values:
            if path.endswith(f"/{suffix}/@id") and _ROWS.sub("", path) == f"{declared.path}/@id":
                found = _change(declared, path.removesuffix("/@id"), values)
                if found.identity and (found.creates or found.updates):
                    yield found


def _change(declared: EntityDeclaration, place: str, values: Mapping[str, str]) -> EntityChange:
    owner = place.removesuffix("/meta/entity")
    generic = declared.path.removesuffix("/meta/entity")
    fields = {each.property: values.get(owner + each.path.removeprefix(generic), "") for each in declared.saves}
    fields[LABEL] = values.get(f"{place}/label", "")
    return EntityChange(
        declared.list_name,
        values[f"{place}/@id"],
        values.get(f"{place}/@create", "") in _YES,
        values.get(f"{place}/@update", "") in _YES,
        {name: text for name, text in fields.items() if text},
    )


def merged(rows: Sequence[Row], done: Iterable[EntityChange]) -> tuple[Row, ...]:
    """A list after these changes, the earliest first: known rows change in their place, new ones come at the end.

    A change of a row that nobody made and the list does not hold is left out. All rows have the same columns.
    """
    by_name = {row.get(NAME, str(place)): dict(row) for place, row in enumerate(rows)}
    for each in done:
        if each.identity in by_name:
            if each.updates or not each.creates:
                by_name[each.identity].update(each.fields)
        elif each.creates:
            by_name[each.identity] = {NAME: each.identity, **each.fields}
    columns = dict.fromkeys([NAME, LABEL, *(name for row in by_name.values() for name in row)])
    return tuple({name: row.get(name, "") for name in columns} for row in by_name.values())

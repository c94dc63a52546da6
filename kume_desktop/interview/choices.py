"""The choices of a select at present: filtered, in the order shown, with their labels.

A file may hold labels of other languages in columns like `label_en`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.instruments.model import SELECTS, Choice, Itemset, Kind
from kume_desktop.interview.labels import bare, fill, said
from kume_desktop.interview.lists import Entry
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground
from kume_desktop.problems import Problem, problem
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.source import Node


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with its label in the interview's language; `retired` where only another version offers it."""

    name: str
    label: str
    missing: str
    retired: bool = False


def options(ground: Ground, spot: Spot) -> tuple[Option, ...]:
    """The choices of the select at `spot`, none for other questions."""
    itemset = spot.item.node.itemset
    if itemset is None:
        return ()
    return tuple(_option(ground, itemset, node) for node in nodes_of(ground, spot, itemset))


def option(ground: Ground, spot: Spot, name: str) -> Option:
    """One choice by its name, also when the filter leaves it out; its name is its label if the list lacks it."""
    itemset = spot.item.node.itemset
    if itemset is not None and itemset.instance:
        found = ground.view.lookup(itemset.instance, itemset.value, name)
        if found:
            return _option(ground.at(spot), itemset, found[0])
        return _retired(ground, spot, name)
    return next((each for each in options(ground, spot) if each.name == name), Option(name, name, ""))


def _retired(ground: Ground, spot: Spot, name: str) -> Option:
    """A choice that only another version of the form offers; its name is its label where none does."""
    instrument = ground.view.form.instrument
    found = instrument.retired.get(spot.item.path, {}).get(name)
    if found is None:
        return Option(name, name, "")
    label = bare(fill(found.label, ground.at(spot), instrument.default_language))
    return Option(name, label or name, found.missing, retired=True)


def lacking(ground: Ground, spot: Spot, value: str) -> tuple[str, ...]:
    """Those names of a stored value that are no choice at present."""
    itemset = spot.item.node.itemset
    if itemset is None:
        return ()
    names = [value] if spot.item.node.kind is Kind.SELECT_ONE else value.split()
    known = _known(ground, spot, itemset, names)
    return tuple(name for name in names if name not in known)


def chosen(ground: Ground, spot: Spot, stored: str) -> str | Problem:
    """What a question stores for names that were chosen; a problem where one is no choice or a rank is not whole."""
    kind = spot.item.node.kind
    if kind not in SELECTS or not stored:
        return stored
    missing = lacking(ground, spot, stored)
    if missing:
        return problem("interview.no-such-choice", question=spot.item.name, value=", ".join(missing))
    if kind is Kind.SELECT_ONE:
        return stored
    if kind is Kind.SELECT_MULTIPLE:
        return in_list_order(ground, spot, stored.split())
    return _ranked(ground, spot, stored.split())


def _ranked(ground: Ground, spot: Spot, names: Sequence[str]) -> str | Problem:
    offered = [each.name for each in options(ground, spot)]
    if len(names) != len(set(names)) or set(names) != set(offered):
        return problem("interview.rank-incomplete", question=spot.item.name, given=len(set(names)), all=len(offered))
    return " ".join(names)


def in_list_order(ground: Ground, spot: Spot, names: Sequence[str]) -> str:
    """The names as a select_multiple stores them: each once, in the order of the list."""
    itemset = spot.item.node.itemset
    if itemset is None or len(names) < 2:
        return " ".join(names)
    if itemset.instance:
        place = ground.view.lists.places(itemset.instance, itemset.value)
        return " ".join(sorted(dict.fromkeys(names), key=lambda name: place.get(name, len(place))))
    return " ".join(dict.fromkeys(names))


def _known(ground: Ground, spot: Spot, itemset: Itemset, names: Iterable[str]) -> set[str]:
    if itemset.instance and "[" not in itemset.nodeset:
        return {name for name in names if ground.view.lookup(itemset.instance, itemset.value, name)}
    return {_field(ground, node, itemset.value) for node in nodes_of(ground, spot, itemset)}


def nodes_of(ground: Ground, spot: Spot, itemset: Itemset) -> Sequence[Node]:
    """The nodes that are the choices of a select at present."""
    return compile_expression(itemset.nodeset).nodes(ground.at(spot))


Listed = Node | Choice | Mapping[str, str]
"""A choice as a node, or as the row of a list or file that a node would be made of."""


def names_of(ground: Ground, itemset: Itemset, listed: Iterable[Listed]) -> Iterator[str]:
    """The names of choices."""
    value = itemset.value
    for each in listed:
        choice = each.choice if isinstance(each, Entry) else each
        yield choice.name if isinstance(choice, Choice) and value == "name" else _field(ground, each, value)


def labels_of(ground: Ground, itemset: Itemset, listed: Iterable[Listed]) -> Iterator[str]:
    """The labels of choices in the ground's language, '' where one has none."""
    default = ground.view.form.instrument.default_language
    headers = tuple(dict.fromkeys((f"{itemset.label}_{ground.language}", itemset.label, f"{itemset.label}_{default}")))
    for each in listed:
        choice = each.choice if isinstance(each, Entry) else each
        if isinstance(choice, Choice):
            yield said(choice.label, ground, default)
        else:
            yield next((text for header in headers if (text := _field(ground, each, header))), "")


def reserve_of(listed: Listed) -> str:
    """'na', 'dk' or 'nr' for a reserve answer, '' for every other choice."""
    row = (listed.choice or listed.fields) if isinstance(listed, Entry) else listed
    if isinstance(row, Choice):
        return row.missing
    return row.get("missing", "") if isinstance(row, Mapping) else ""


def _option(ground: Ground, itemset: Itemset, node: Node) -> Option:
    (name,), (label,) = names_of(ground, itemset, [node]), labels_of(ground, itemset, [node])
    return Option(name, label or name, reserve_of(node))


def _field(ground: Ground, listed: Listed, name: str) -> str:
    row = listed.fields if isinstance(listed, Entry) else listed
    if isinstance(row, Choice):
        return row.name if name == "name" else row.fields.get(name, "")
    if isinstance(row, Mapping):
        return str(row.get(name, ""))
    found = ground.view.children(row, name)
    return ground.view.text(found[0]) if found else ""

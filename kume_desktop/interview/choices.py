"""The choices of a select at present: filtered, in the order shown, with their labels.

A file may hold labels of other languages in columns like `label_en`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kume_desktop.instruments.model import Itemset, Kind
from kume_desktop.interview.labels import bare, fill
from kume_desktop.interview.lists import Entry
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground
from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.source import Node


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with its label in the interview's language."""

    name: str
    label: str
    missing: str


def options(ground: Ground, spot: Spot) -> tuple[Option, ...]:
    """The choices of the select at `spot`, none for other questions."""
    itemset = spot.item.node.itemset
    if itemset is None:
        return ()
    return tuple(_option(ground, itemset, node) for node in _nodes(ground, spot, itemset))


def option(ground: Ground, spot: Spot, name: str) -> Option:
    """One choice by its name, also when the filter leaves it out; its name is its label if the list lacks it."""
    itemset = spot.item.node.itemset
    if itemset is not None and itemset.instance:
        found = ground.view.lookup(itemset.instance, itemset.value, name)
        if found:
            return _option(ground.at(spot), itemset, found[0])
        return Option(name, name, "")
    return next((each for each in options(ground, spot) if each.name == name), Option(name, name, ""))


def lacking(ground: Ground, spot: Spot, value: str) -> tuple[str, ...]:
    """Those names of a stored value that are no choice at present."""
    itemset = spot.item.node.itemset
    if itemset is None:
        return ()
    names = value.split() if spot.item.node.kind is Kind.SELECT_MULTIPLE else [value]
    known = _known(ground, spot, itemset, names)
    return tuple(name for name in names if name not in known)


def in_list_order(ground: Ground, spot: Spot, names: Sequence[str]) -> str:
    """The names as a select_multiple stores them: each once, in the order of the list."""
    itemset = spot.item.node.itemset
    if itemset is None or len(names) < 2:
        return " ".join(names)
    if itemset.instance:
        listed = ground.view.lists.names(itemset.instance, itemset.value)
        place = {name: at for at, name in enumerate(listed)}
        return " ".join(sorted(dict.fromkeys(names), key=lambda name: place.get(name, len(place))))
    return " ".join(dict.fromkeys(names))


def _known(ground: Ground, spot: Spot, itemset: Itemset, names: Iterable[str]) -> set[str]:
    if itemset.instance and "[" not in itemset.nodeset:
        return {name for name in names if ground.view.lookup(itemset.instance, itemset.value, name)}
    return {_field(ground, node, itemset.value) for node in _nodes(ground, spot, itemset)}


def _nodes(ground: Ground, spot: Spot, itemset: Itemset) -> Sequence[Node]:
    return compile_expression(itemset.nodeset).nodes(ground.at(spot))


def _option(ground: Ground, itemset: Itemset, node: Node) -> Option:
    name = _field(ground, node, itemset.value)
    if isinstance(node, Entry) and node.choice is not None:
        label = bare(fill(node.choice.label, ground, ground.view.form.instrument.default_language))
        return Option(name, label or name, node.choice.missing)
    missing = node.fields.get("missing", "") if isinstance(node, Entry) else ""
    own = _field(ground, node, f"{itemset.label}_{ground.language}")
    return Option(name, own or _field(ground, node, itemset.label) or name, missing)


def _field(ground: Ground, node: Node, name: str) -> str:
    if isinstance(node, Entry):
        return node.fields.get(name, "")
    found = ground.view.children(node, name)
    return ground.view.text(found[0]) if found else ""

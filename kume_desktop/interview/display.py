"""Stored values as people read them: labels of choices, decimal comma or point, dates in the order of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kume_desktop.instruments.model import SELECTS, Kind, Node
from kume_desktop.interview.choices import option
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import Ground


def display(ground: Ground, spot: Spot, value: str) -> str:
    """A stored value as people read it in the ground's language; '' stays ''."""
    kind = spot.item.node.kind
    if not value:
        return ""
    if kind in SELECTS:
        return _chosen(ground, spot, value)
    written = _WRITTEN.get(kind)
    return written(spot.item.node, value, ground.language == "tr") if written is not None else value


def _chosen(ground: Ground, spot: Spot, value: str) -> str:
    names = [value] if spot.item.node.kind is Kind.SELECT_ONE else value.split()
    labels = [option(ground, spot, name).label for name in names]
    if spot.item.node.kind is Kind.RANK:
        labels = [f"{place}. {label}" for place, label in enumerate(labels, start=1)]
    return ", ".join(labels)


def _figure(node: Node, value: str, turkish: bool) -> str:
    return figure(value, turkish, grouped="thousands-sep" in node.appearance)


def figure(value: str, turkish: bool, *, grouped: bool) -> str:
    """A number as people read it: decimal comma or point, thousands set apart where the form asks for it.

    >>> figure("-1234567.5", True, grouped=True), figure("1234", False, grouped=True)
    ('-1.234.567,5', '1,234')
    """
    whole, point, part = value.partition(".")
    digits = f"{int(whole):,}" if grouped and whole.lstrip("-").isdecimal() else whole
    if not turkish:
        return digits + point + part
    return digits.replace(",", ".") + point.replace(".", ",") + part


def _date(node: Node, value: str, turkish: bool) -> str:
    if "year" in node.appearance:
        return value[:4]
    if "month-year" in node.appearance:
        return f"{value[5:7]}.{value[:4]}" if turkish else value[:7]
    return _day(value, turkish)


def _day(iso: str, turkish: bool) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if turkish and day else iso


def _moment(_node: Node, value: str, turkish: bool) -> str:
    return f"{_day(value[:10], turkish)} {value[11:16]}"


_WRITTEN: Mapping[Kind, Callable[[Node, str, bool], str]] = {
    Kind.ACKNOWLEDGE: lambda _node, _value, _turkish: "✓",
    Kind.INTEGER: _figure,
    Kind.DECIMAL: _figure,
    Kind.RANGE: _figure,
    Kind.DATE: _date,
    Kind.TIME: lambda _node, value, _turkish: value[:5],
    Kind.DATETIME: _moment,
    Kind.START: _moment,
    Kind.END: _moment,
}

"""An answer as another type of question would store it."""

from __future__ import annotations

from kume_desktop.instruments.model import ATTACHMENTS, SELECTS, Kind, Node
from kume_desktop.interview.choices import option
from kume_desktop.interview.coerce import coerce_answer
from kume_desktop.interview.form import Form
from kume_desktop.interview.labels import bare, plain
from kume_desktop.interview.state import Interview
from kume_desktop.interview.tree import Spot
from kume_desktop.interview.view import ground_of
from kume_desktop.problems import Problem

_TEXTS = frozenset({Kind.TEXT, Kind.BARCODE})
_PRELOADS = frozenset(
    {Kind.CALCULATE, Kind.START, Kind.END, Kind.TODAY, Kind.DEVICE, Kind.USERNAME, Kind.PROPERTY, Kind.NOTE}
)


def fitted(before: Interview, spot: Spot, target: Node, form: Form, value: str) -> str | None:
    """A stored value of the question at `spot` as `target` (of `form`) stores it; None where it does not fit.

    Codes of choices are no numbers; a choice becomes a text by its label, a text a choice by its name or label. A
    choice that the newer list lacks is kept: it stays readable and is open.
    """
    kind, old = target.kind, spot.item.node.kind
    if kind is old or kind in _PRELOADS:
        return value
    if kind in _TEXTS:
        return _said(before, spot, value)
    if kind in SELECTS or old in SELECTS:
        return _chosen(old, target, form, value)
    if kind in ATTACHMENTS or old in ATTACHMENTS:
        return value if {kind, old} <= ATTACHMENTS else None
    if old is Kind.DATETIME and kind is Kind.DATE:
        return value[:10]
    stored = coerce_answer(target, value, before.setting.now().tzinfo)
    return None if isinstance(stored, Problem) else stored


def _said(before: Interview, spot: Spot, value: str) -> str:
    kind = spot.item.node.kind
    if kind not in SELECTS:
        return value
    ground = ground_of(before).at(spot)
    names = [value] if kind is Kind.SELECT_ONE else value.split()
    return ", ".join(option(ground, spot, name).label for name in names)


def _chosen(old: Kind, target: Node, form: Form, value: str) -> str | None:
    """One choice as another select keeps it; several only in a select_multiple."""
    if target.kind not in SELECTS:
        return None
    if old in SELECTS:
        several = len(value.split()) > 1
        fits = target.kind is Kind.SELECT_MULTIPLE or (target.kind is Kind.SELECT_ONE and not several)
        return value if fits else None
    if old not in _TEXTS or target.kind is Kind.RANK:
        return None
    wanted, default = value.casefold().strip(), form.instrument.default_language
    for choice in form.instrument.lists.get(target.choices, ()):
        labels = {bare(plain({code: choice.label[code]}, code, default)).casefold() for code in choice.label}
        if wanted in labels | {choice.name.casefold()}:
            return choice.name
    return None

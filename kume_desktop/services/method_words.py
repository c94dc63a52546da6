"""What changed between two methods, said in a language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.parts import Change

FIRST = N_("first version")
UNCHANGED = N_("nothing changed yet")
_DIGITS = 3
_RULES: Mapping[str, str] = {
    "weight": N_("weight of {code}: {before} → {after}"),
    "heading_weight": N_("weight of heading {code}: {before} → {after}"),
    "weight_source": N_("source of the weights: {before} → {after}"),
    "cut": N_("cut {code}: {before} → {after}"),
    "min_scored": N_("least number of scored indicators: {before} → {after}"),
    "missing_rule": N_("missing indicators: {before} → {after}"),
    "aggregation": N_("aggregation: {before} → {after}"),
    "collapse": N_("level {code} becomes: {before} → {after}"),
    "scale": N_("scale, {code}: {before} → {after}"),
    "decimals": N_("decimals before rounding: {before} → {after}"),
    "need": N_("limit of needs {code}: {before} → {after}"),
    "level_source": N_("order of the sources of levels: {before} → {after}"),
    "name": N_("name: {before} → {after}"),
}
_TEXTS: Mapping[str, str] = {
    "basis": N_("basis of the weights ({code})"),
    "heading": N_("heading {code}"),
    "indicator": N_("indicator {code}"),
    "category": N_("name of category {code}"),
    "policy": N_("policy text {code}"),
    "idea": N_("policy idea {code}"),
}
_CODES: Mapping[str, str] = {
    "equal": N_("equal weights"),
    "entered": N_("typed in"),
    "budget": N_("budget allocation"),
    "ahp": N_("pairwise comparison (AHP)"),
    "leave_out": N_("left out of the index"),
    "lowest": N_("count as the lowest level"),
    "arithmetic": N_("arithmetic mean"),
    "geometric": N_("geometric mean"),
    "min": N_("lowest value"),
    "max": N_("highest value"),
}


def summary(changes: Sequence[Change] | None, lang: str) -> str:
    """Every change in one line; "first version" for None, where there is no version before it."""
    if changes is None:
        return tr(FIRST, lang)
    return "; ".join(say(change, lang) for change in changes) or tr(UNCHANGED, lang)


def say(change: Change, lang: str) -> str:
    """One change in words."""
    if change.kind in _TEXTS:
        return tr(_TEXTS[change.kind], lang, code=change.code)
    return tr(
        _RULES[change.kind],
        lang,
        code=_word(change.code, lang),
        before=_word(change.before, lang),
        after=_word(change.after, lang),
    )


def _word(value: str | float | None, lang: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return tr(_CODES[value], lang) if value in _CODES else value
    digits = next((n for n in range(_DIGITS) if math.isclose(round(value, n), value, abs_tol=1e-9)), _DIGITS)
    return texts.number(value, digits, lang)

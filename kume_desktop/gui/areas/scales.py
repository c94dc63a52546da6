"""The headings of an area's indicators as scales, and answers that look careless: description, never a gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.cover import of_coefficients
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.scoring.uncertainty import known_gaps
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.scoring.analysis import CarelessFlag, Reliability

Opened = Callable[[str], object]
_SIGNALS = {
    "longstring": N_("the same answer many times in a row"),
    "no-variation": N_("all answers the same"),
    "person-fit": N_("answers against the pattern of the others"),
}


def reliability(portrait: Portrait) -> Section:
    """The coefficients of each heading over all firms that were scored."""
    section = Section(
        _(N_("Headings as scales")),
        _(N_("over all firms of the study; a description, not a condition: a heading may hold unlike indicators")),
    )
    found = portrait.analysis.reliability if portrait.analysis is not None else ()
    if not found:
        section.say(reason(portrait.skipped("reliability") or "few"))
        return section
    heads = (_(N_("Heading")), "n", _(N_("coefficient")), _(N_("interval")), _(N_("item–rest")))
    section.add(FactGrid(section.title, heads, [_scale_row(one, portrait) for one in found], left=(2,)))
    if any(each.interval.low is not None for one in found for each in (one.alpha, one.omega, one.spearman_brown)):
        section.say(of_coefficients(known_gaps.ALPHA_AT_END))
    return section


def _scale_row(one: Reliability, portrait: Portrait) -> GridRow:
    named = next((heading for heading in portrait.method.headings if heading.code == one.scale), None)
    functions, _resources = words.names(portrait.method)
    name = words.said(named.text) if named is not None else functions.get(one.scale, one.scale)
    told = tr(N_("{name} ({count} items)"), name=name, count=len(one.items))
    shown = [
        (word, estimate)
        for word, estimate in (
            (_(N_("alpha")), one.alpha),
            (_(N_("omega")), one.omega),
            ("Spearman-Brown", one.spearman_brown),
        )
        if estimate.value is not None
    ]
    coefficients = " · ".join(f"{word} {texts.number(estimate.value or 0.0, 2)}" for word, estimate in shown)
    spans = [words.fine_span(estimate.interval) for _word, estimate in shown]
    rest = "  ".join(words.figure(value, 2) for value in one.item_rest)
    why = reason(one.alpha.reason or one.spearman_brown.reason) if not shown else ""
    return GridRow(one.scale, (told, str(one.n), coefficients or why, next(filter(None, spans), ""), rest))


def careless(portrait: Portrait, firms: Mapping[str, str], opened: Opened) -> Section:
    """Firms whose need answers look careless, and what the needs would be without them; nothing is deleted."""
    section = Section(_(N_("Answers that look careless")), _(N_("a signal, no proof; nothing is left out")))
    analysis = portrait.analysis
    if analysis is None or portrait.skipped("careless"):
        section.say(reason(portrait.skipped("careless")))
        return section
    found, effects = portrait.own(analysis.careless), portrait.own(analysis.careless_effect)
    if not found:
        section.say(_(N_("No interview of this area gives such a signal.")))
        return section
    for effect in effects:
        if effect.overall is not None and effect.overall_without is not None:
            section.say(
                tr(
                    N_("Mean of the ten need cells {overall}; without the {count} firms {without}."),
                    overall=texts.number(effect.overall, 2),
                    count=effect.flagged,
                    without=texts.number(effect.overall_without, 2),
                )
            )
    heads = (_(N_("Firm")), _(N_("signal")), _(N_("value")), _(N_("limit")))
    grid = FactGrid(section.title, heads, [_flag_row(one, firms) for one in found], left=(1,))
    grid.opened.connect(opened)
    section.add(grid)
    return section


def _flag_row(one: CarelessFlag, firms: Mapping[str, str]) -> GridRow:
    signal = _(_SIGNALS.get(one.signal, one.signal))
    return GridRow(one.firm, (firms.get(one.firm, one.firm), signal, _number(one.value), _number(one.limit)))


def _number(value: float) -> str:
    return texts.number(value, 0 if value == int(value) else 2)

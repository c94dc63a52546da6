"""How far an area's index hangs on single indicators, firms, raters and choices; and which places it can have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.figures import cover, sentences, words
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.scoring.analysis import AreaSensitivity, LeftOut

Opened = Callable[[str], object]
KINDS = {"indicator": N_("without the indicator"), "firm": N_("without the firm"), "rater": N_("without the rater")}
FACTORS = {
    "weights": N_("weights"),
    "aggregation": N_("aggregation rule"),
    "missing": N_("missing data"),
    "collapse": N_("when levels are collapsed"),
}


def extremes(found: tuple[LeftOut, ...]) -> tuple[LeftOut, ...]:
    """Of each kind the one that lifts the index most when left out, and the one that lowers it most."""
    kept: list[LeftOut] = []
    for kind in KINDS:
        known = [
            (one.change, place, one) for place, one in enumerate(found) if one.kind == kind and one.change is not None
        ]
        if not known:
            continue
        highest, lowest = max(known), min(known)
        kept += [highest[2]] if highest[1] == lowest[1] else [highest[2], lowest[2]]
    return tuple(kept)


def leaving_out(portrait: Portrait, firms: Mapping[str, str], opened: Opened) -> Section:
    """The extremes of leaving one out; `firms` names firms by unit id."""
    section = Section(
        _(N_("Leaving one out")), _(N_("which indicator, firm and rater the index hangs on most, either way"))
    )
    found = extremes(portrait.own(portrait.analysis.left_out) if portrait.analysis is not None else ())
    if not found:
        section.say(reason(portrait.skipped("left_out") or "few"))
        return section
    heads = (_(N_("Without")), _(N_("Index")), _(N_("change")), _(N_("Category")), _(N_("published form")))
    grid = FactGrid(section.title, heads, [_left_out_row(one, portrait, firms) for one in found])
    grid.opened.connect(opened)
    section.add(grid)
    moved = [one for one in found if one.category != portrait.area.category]
    if not moved:
        section.say(_(N_("None of them changes the category.")))
    return section


def _left_out_row(one: LeftOut, portrait: Portrait, firms: Mapping[str, str]) -> GridRow:
    what = firms.get(one.what, one.what)
    name = portrait.indicator_name(one.what) if one.kind == "indicator" else what
    category = words.NOTHING if one.category is None else words.short_category(one.category)
    cells = (
        f"{_(KINDS.get(one.kind, one.kind))}: {name}",
        words.figure(one.score, 1),
        words.NOTHING if one.change is None else words.signed(one.change),
        category,
        words.NOTHING if one.published_index is None else str(one.published_index),
    )
    return GridRow(one.what, cells, strong=one.category != portrait.area.category)


def sensitivity(portrait: Portrait) -> Section:
    """How much each choice of the method moves the index."""
    section = Section(
        _(N_("What the choices of the method do")),
        _(N_("every combination of the choices computed; share of the variance a choice explains")),
    )
    found = portrait.own(portrait.analysis.sensitivity) if portrait.analysis is not None else ()
    if not found:
        section.say(reason(portrait.skipped("sensitivity") or "few"))
        return section
    section.say(*choices(found[0]), sentences.joint(portrait.uncertainty), _joint_range(portrait))
    if found[0].shares:
        heads = (_(N_("Choice")), _(N_("alone")), _(N_("with interactions")))
        rows = [
            GridRow(
                share.factor,
                (
                    words.capital(_(FACTORS.get(share.factor, share.factor))),
                    texts.percent(share.first_order),
                    texts.percent(share.total),
                ),
            )
            for share in found[0].shares
        ]
        section.add(FactGrid(section.title, heads, rows))
    return section


def _joint_range(portrait: Portrait) -> str:
    found = portrait.uncertainty
    return sentences.joint_range(found.joint_interval) if found is not None else ""


def choices(found: AreaSensitivity) -> tuple[str, ...]:
    """The range of the index over the choices, and how often each category comes out."""
    scores = [one.score for one in found.choices if one.score is not None]
    if not scores:
        return ()
    told = tr(
        N_("Over {count} combinations the index lies between {low} and {high}."),
        count=len(found.choices),
        low=texts.number(min(scores), 1),
        high=texts.number(max(scores), 1),
    )
    if not found.shares:
        return told, _(N_("None of the choices moves the index."))
    counted = Counter(one.category for one in found.choices if one.category is not None)
    named = ", ".join(
        tr(N_("{category} in {count}"), category=words.short_category(number), count=count)
        for number, count in sorted(counted.items())
    )
    return told, f"{named}."


def places(portrait: Portrait) -> Section:
    """The three named bands of places."""
    section = Section(_(N_("Place among the areas")), _(N_("1 is the highest index; a band, never a bare rank")))
    found = portrait.uncertainty
    bands = sentences.bands(found)
    if found is None or not bands:
        section.say(reason((found.reason if found is not None else "") or portrait.skipped("uncertainty") or "few"))
        return section
    section.say(sentences.place_sentence(found.by_both or found.by_sampling))
    rows = [GridRow(name, (words.capital(name), span)) for name, span in bands]
    section.add(FactGrid(section.title, ("", _(N_("place"))), rows))
    return section


def covering(portrait: Portrait) -> Section:
    """How often the intervals hold what they promise, where the simulations say otherwise."""
    section = Section(
        _(N_("Cover of the intervals")), _(N_("how often the truth lay inside in simulations; 95% are promised"))
    )
    told = cover.sentences_of(portrait.area, portrait.uncertainty)
    section.say(*told or (_(N_("Between 93% and 97% for every interval of this area.")),))
    return section

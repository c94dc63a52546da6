"""What lies behind an area's index: strengths, next steps, claims, profile by size class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.groups import group_figure, group_name, group_order, suppression_notes
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.scoring.analysis import Claim, GroupScore, NextStep, Strength

Opened = Callable[[str], object]
_KINDS = {"strength": N_("strength"), "weakness": N_("weakness")}


def strengths(portrait: Portrait, opened: Opened) -> Section:
    """Indicators that lie apart from the mean of the area by more than half an interval."""
    section = Section(
        _(N_("Strengths and weaknesses")),
        _(N_("distance from the mean of the area's own indicators, in levels and in half widths of the interval")),
    )
    found = portrait.own(portrait.analysis.strengths) if portrait.analysis is not None else ()
    if not found:
        section.say(reason(portrait.skipped("strengths") or "few"))
        return section
    apart = sorted((one for one in found if one.kind), key=lambda one: -one.distance)
    if apart:
        heads = (_(N_("Indicator")), "", _(N_("levels")), _(N_("half widths")))
        grid = FactGrid(section.title, heads, [_strength_row(one, portrait) for one in apart])
        grid.opened.connect(opened)
        section.add(grid)
    rest = len(found) - len(apart)
    if rest:
        section.say(tr(N_("{count} indicators cannot be told from the mean of the area."), count=rest))
    return section


def _strength_row(one: Strength, portrait: Portrait) -> GridRow:
    widths = words.NOTHING if one.widths is None else words.signed(one.widths)
    kind = _(_KINDS.get(one.kind, N_("strength")))
    return GridRow(one.indicator, (portrait.indicator_name(one.indicator), kind, words.signed(one.distance, 2), widths))


def next_steps(portrait: Portrait, opened: Opened) -> Section:
    """Which indicators are nearest to their next published level, and what the index would be then."""
    section = Section(
        _(N_("What would take the area up")),
        _(N_("each line alone: so many firms rise by one level of the scale, the indicator rounds up")),
    )
    found = portrait.own(portrait.analysis.next_steps) if portrait.analysis is not None else ()
    if not found:
        section.say(reason(portrait.skipped("next_steps") or "nobody"))
        return section
    heads = (
        _(N_("Indicator")), _(N_("lacks")), _(N_("firms at least")), _(N_("index then")), _(N_("its category")),
        _(N_("published then")), _(N_("its category")),
    )  # fmt: skip
    grid = FactGrid(section.title, heads, [_step_row(one, portrait) for one in found])
    grid.opened.connect(opened)
    section.add(grid)
    if not any(_rises(one, portrait) for one in found):
        section.say(_(N_("No single step changes a category.")))
    return section


def _rises(one: NextStep, portrait: Portrait) -> bool:
    area = portrait.area
    return one.category != area.category or one.published_category != area.published_category


def _step_row(one: NextStep, portrait: Portrait) -> GridRow:
    cells = (
        portrait.indicator_name(one.indicator),
        texts.number(one.missing, 2),
        str(one.firms),
        texts.number(one.score, 1),
        words.short_category(one.category),
        str(one.published_index),
        words.short_category(one.published_category),
    )
    return GridRow(one.indicator, cells, strong=_rises(one, portrait))


def claims(portrait: Portrait, opened: Opened) -> Section:
    """How many of the levels 4 and 5 rest on a document that was seen."""
    section = Section(_(N_("What levels 4 and 5 rest on")), _(N_("a level without a document is based on a claim")))
    found = portrait.own(portrait.analysis.claims) if portrait.analysis is not None else ()
    whole = next((one for one in found if not one.indicator), None)
    if whole is None or not whole.high:
        section.say(reason(portrait.skipped("claims")) if portrait.skipped("claims") else _no_high())
        return section
    section.say(
        tr(
            N_(
                "{documented} of the {high} levels 4 and 5 rest on a document ({share}); {stated} are based on a claim."
            ),
            documented=whole.documented,
            high=whole.high,
            share=texts.percent(whole.documented / whole.high),
            stated=whole.stated,
        )
    )
    heads = (_(N_("Indicator")), _(N_("levels 4–5")), _(N_("document seen")), _(N_("claim")), _(N_("nobody said")))
    rows = [_claim_row(one, portrait) for one in found if one.indicator and one.high]
    if rows:
        grid = FactGrid(section.title, heads, rows)
        grid.opened.connect(opened)
        section.add(grid)
    return section


def _no_high() -> str:
    return _(N_("No firm stands at level 4 or 5."))


def _claim_row(one: Claim, portrait: Portrait) -> GridRow:
    figures = (one.high, one.documented, one.stated, one.unsaid)
    return GridRow(one.indicator, (portrait.indicator_name(one.indicator), *map(str, figures)))


def by_size(portrait: Portrait, opened: Opened) -> Section:
    """The index and the indicators by size class, with what must not be shown."""
    section = Section(_(N_("Profile by size class")), _(N_("employees; index and means on the scale of the method")))
    every = portrait.own(portrait.analysis.groups) if portrait.analysis is not None else ()
    codes = ("", *portrait.method.indicator_codes)
    found = [one for one in every if one.by == "size_class" and one.what in codes]
    groups = sorted({one.group for one in found}, key=group_order)
    if not groups:
        section.say(reason(portrait.skipped("groups") or "one-group"))
        return section
    cells = {(one.what, one.group): one for one in found}
    heads = ("", *map(group_name, groups))
    rows = [GridRow("n", ("n", *(_count(cells.get(("", group))) for group in groups)))]
    for code in codes:
        if not any((code, group) in cells for group in groups):
            continue
        name = portrait.indicator_name(code) if code else _(N_("Index"))
        shown = (group_figure(cells.get((code, group)), 2 if code else 1) for group in groups)
        rows.append(GridRow(code, (name, *shown), strong=not code))
    grid = FactGrid(section.title, heads, rows)
    grid.opened.connect(opened)
    section.add(grid)
    section.say(*suppression_notes(found))
    return section


def _count(one: GroupScore | None) -> str:
    return words.NOTHING if one is None or one.n is None else str(one.n)

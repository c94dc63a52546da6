"""The places an area can have, as three named bands: by the choices of method, by the choice of firms, by both."""

from __future__ import annotations

from collections.abc import Callable

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, nothing, swatches, ticks
from kume_desktop.reports.figures.lettering import SECOND, STRONG, wrapped
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.analysis import AreaUncertainty, RankBand
from kume_desktop.scoring.results import AreaScore
from kume_desktop.texts import N_

_BANDS = (N_("method band"), N_("choice-of-firms band"), N_("both together"))
_STEP = 12.0
_WIDE = 60.0
"""The width of a column of numbers."""


def title(view: View) -> str:
    """The title of the figure."""
    return view.tr(N_("Rank bands of the areas"))


def draw(board: Board, view: View) -> float:
    """Draw three bands for each area that has them."""
    found = _found(view)
    if not found:
        return nothing(board, view, title(view), why_empty(view), view.provenance())
    places = max(band.high for one in found.values() for band in _bands(one) if band is not None)
    note = view.tr(N_("The places that the data leave open, 1 is the highest index; nothing more exact can be said."))
    top = begin(board, view, title(view), note)
    top = swatches(board, top, [(_mark(board, kind), view.tr(name)) for kind, name in enumerate(_BANDS)]) + 4
    names = max(130.0, (board.right - board.left) * 0.3)
    scale = Scale(0.5, places + 0.5, board.left + names + 14, board.right - 3 * _WIDE)
    words = [
        Head(board.right - (2 - place) * _WIDE, view.tr(name), _WIDE - 6, Align.RIGHT)
        for place, name in enumerate(_BANDS)
    ]
    top = heads(board, top, [Head(board.left, view.tr(N_("Activity area")), names), *words])
    bottom = top
    for area in view.areas:
        bottom = _row(board, view, area, scale, names, bottom)
    step = max(1, (places + 11) // 12)
    marks = [(float(place), str(place)) for place in range(1, places + 1) if place == 1 or place % step == 0]
    ticks(board, scale, bottom + 11, marks)
    return end(board, bottom + 14, view.provenance(), remarks(view))


def remarks(view: View) -> tuple[str, ...]:
    """What each band is."""
    return (
        view.tr(N_("Method band: 5–95% over weights, aggregation and missing data. Choice-of-firms band: pairwise confidence sets.")),  # noqa: E501
    )  # fmt: skip


def why_empty(view: View) -> str:
    """Why there are no bands."""
    if view.results.route != "firma":
        return view.tr(N_("Panel route: there is no choice of firms, so there are no bands."))
    return view.tr(N_("No bands were computed: too few areas have ten firms or more."))


def _found(view: View) -> dict[str, AreaUncertainty]:
    """The areas with a band that may be shown."""
    every = view.analysis.uncertainty if view.analysis is not None else ()
    shown = {area.code for area in view.areas if not view.is_hidden(area)}
    return {one.area: one for one in every if one.area in shown and any(_bands(one))}


def _bands(one: AreaUncertainty) -> tuple[RankBand | None, ...]:
    return one.by_method, one.by_sampling, one.by_both


def _row(board: Board, view: View, area: AreaScore, scale: Scale, names: float, top: float) -> float:
    lines = [(text, STRONG, palette.TEXT) for text in wrapped(view.name(area), names, STRONG)]
    height = max(3 * _STEP + 10, len(lines) * STRONG.leading + 10)
    middle, one = top + height / 2, _found(view).get(area.code)
    board.middle(board.left, middle, lines)
    if one is None:
        why = view.why_nothing(area) or view.tr(N_("n < 10: no band"))
        board.hatch(scale.left, middle - 8, scale.right - scale.left, 16)
        board.middle(board.right, middle, [(why, SECOND, palette.TEXT2)], Align.RIGHT)
    else:
        for place, band in enumerate(_bands(one)):
            text = shown(band)
            board.middle(board.right - (2 - place) * _WIDE, middle, [(text, SECOND, palette.TEXT)], Align.RIGHT)
            if band is not None:
                _band(board, scale, band, middle + (place - 1) * _STEP, place)
    board.rule((board.left, top + height), (board.right, top + height))
    return top + height


def _band(board: Board, scale: Scale, band: RankBand, middle: float, kind: int) -> None:
    left, right = scale.at(band.low - 0.36), scale.at(band.high + 0.36)
    _bar(board, left, right - left, middle, kind)


def _bar(board: Board, x: float, width: float, middle: float, kind: int) -> None:
    """The three kinds differ in fill and outline, and always stand in the same order."""
    fills = (palette.SEQUENTIAL[2][0], palette.ACCENT, palette.SURFACE)
    board.box(x, middle - 3.5, width, 7, fills[kind], palette.ACCENT, 1.0)


def _mark(board: Board, kind: int) -> Callable[[float, float], None]:
    return lambda x, middle: _bar(board, x, 12, middle, kind)


def shown(band: RankBand | None) -> str:
    """1–3; 2 where the place is certain."""
    if band is None:
        return NOTHING
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def spoken(view: View) -> str:
    """The figure in words: the three bands of every area."""
    found = _found(view)
    if not found:
        return f"{title(view)}. {why_empty(view)}"
    told = []
    for area in view.areas:
        one = found.get(area.code)
        bands = zip(_BANDS, _bands(one), strict=True) if one is not None else ()
        words = ", ".join(f"{view.tr(name)} {shown(band)}" for name, band in bands)
        told.append(f"{view.name(area)}: {words or view.why_nothing(area) or view.tr(N_('n < 10: no band'))}.")
    return " ".join([f"{title(view)}.", *told])

"""The needs matrix of an area as a heat map: two functions by five resources, a number in every cell."""

from __future__ import annotations

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, begin, end, heads, mark, nothing, swatches
from kume_desktop.reports.figures.lettering import (
    BODY,
    CAPTION,
    NUMBER,
    SECOND,
    STRONG,
    Style,
    Weight,
    wrapped,
)
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import View, cell_name
from kume_desktop.scoring.results import AreaScore, NeedMargins, NeedScore
from kume_desktop.texts import N_

_CELL = Style(15, Weight.SEMIBOLD)
_HEIGHT = 56.0
_GAP = 2.0


def title(view: View, area: AreaScore) -> str:
    """The title of the figure."""
    return view.tr(N_("Needs matrix: {area}"), area=view.name(area))


def draw(board: Board, view: View, area: AreaScore) -> float:
    """Draw the cells with mean, share inadequate and limits, the margins, and the legend of the bands."""
    needs = view.needs(area)
    if not any(need.n for need in needs.values()):
        return nothing(board, view, title(view, area), why_empty(view), view.provenance(area))
    note = view.tr(N_("1 definitely inadequate – 5 definitely adequate; mean, interval, and share of those who said inadequate"))  # noqa: E501 # fmt: skip
    top = begin(board, view, title(view, area), note)
    functions, resources = view.method.needs.functions, view.method.needs.resources
    left, right = board.left + 62, board.right - 56
    step = (right - left) / max(len(resources), 1)
    names = [Head(left + (place + 0.5) * step, view.say(one.text), step - 8, Align.CENTER) for place, one in enumerate(resources)]  # noqa: E501 # fmt: skip
    names.append(Head(right + 30, view.tr(N_("Mean")), 50, Align.CENTER))
    top = heads(board, top, names) + _GAP
    margins = next((one for one in view.results.margins if one.area == area.code), None)
    for function in functions:
        lines = [(text, STRONG, palette.TEXT) for text in wrapped(view.say(function.text), 58, STRONG)]
        board.middle(board.left, top + _HEIGHT / 2, lines)
        for place, resource in enumerate(resources):
            need = needs.get((function.code, resource.code))
            _cell(board, view, need, (left + place * step, top, step - _GAP, _HEIGHT - _GAP))
        value = _margin(view, needs, margins, function=function.code)
        board.middle(right + 30, top + _HEIGHT / 2, [(value, NUMBER, palette.TEXT2)], Align.CENTER)
        top += _HEIGHT
    board.middle(board.left, top + 11, [(view.tr(N_("Mean")), SECOND, palette.TEXT2)])
    for place, resource in enumerate(resources):
        value = _margin(view, needs, margins, resource=resource.code)
        board.middle(left + (place + 0.5) * step, top + 11, [(value, STRONG, palette.TEXT2)], Align.CENTER)
    board.middle(right + 30, top + 11, [(_margin(view, needs, margins), STRONG, palette.TEXT)], Align.CENTER)
    return end(board, _legend(board, view, top + 24), view.provenance(area), remarks(view, needs))


def why_empty(view: View) -> str:
    """Why there is no matrix: no form asks, or nobody answered."""
    if not view.method.needs.cells:
        return view.tr(N_("No form of this study asks for needs."))
    return view.tr(N_("No firm of this area has answered on needs."))


def remarks(view: View, needs: dict[tuple[str, str], NeedScore]) -> tuple[str, ...]:
    """What the flags mean; how many cells are not shown."""
    rules = view.method.needs
    told = [
        view.tr(
            N_("Flag: critical, mean ≤ {mean} or inadequate ≥ {share}; hollow where the interval does not make it certain."),  # noqa: E501
            mean=view.number(rules.critical_mean, 2),
            share=view.percent(rules.critical_share),
        )
    ]  # fmt: skip
    hidden = sum(view.too_few(need) for need in needs.values())
    if hidden:
        told.append(view.tr(N_("Confidentiality: fewer than 3 firms in {count} cells; their margins are not shown."), count=hidden))  # noqa: E501 # fmt: skip
    return tuple(told)


def _cell(board: Board, view: View, need: NeedScore | None, place: tuple[float, float, float, float]) -> None:
    x, y, width, height = place
    centre, middle = x + width / 2, y + height / 2
    if need is None or need.mean is None or need.band is None:
        board.box(*place, palette.SURFACE, palette.LINE)
        board.middle(centre, middle, [(NOTHING, BODY, palette.TEXT2)], Align.CENTER)
        return
    if view.too_few(need):
        board.hatch(*place)
        board.box(centre - 18, middle - 8, 36, 16, palette.SURFACE)
        board.middle(centre, middle, [("n < 3", SECOND, palette.TEXT2)], Align.CENTER)
        return
    fill, ink = palette.ADEQUACY[need.band - 1]
    board.box(*place, fill)
    lines = [(view.number(need.mean, 2), _CELL, ink), (inadequate(view, need), CAPTION, ink)]
    below = "" if need.interval.low is None else view.limits(need.interval, 1)
    lines.append((" · ".join(part for part in (below, f"n {need.n}") if part), CAPTION, ink))
    board.middle(centre, middle, lines, Align.CENTER)
    if need.is_critical:
        board.flag(x + 7, y + 10, ink, need.critical_sure)


def inadequate(view: View, need: NeedScore) -> str:
    """%57 yetersiz."""
    return view.tr(N_("{share} inadequate"), share=view.percent(need.inadequate_share))


def _margin(
    view: View,
    needs: dict[tuple[str, str], NeedScore],
    margins: NeedMargins | None,
    function: str = "",
    resource: str = "",
) -> str:
    """A margin; a dash where it would give a hidden cell away."""
    own = [need for key, need in needs.items() if function in ("", key[0]) and resource in ("", key[1])]
    if margins is None or any(view.too_few(need) for need in own):
        return NOTHING
    if function:
        return view.number(margins.functions.get(function), 2)
    return view.number(margins.resources.get(resource) if resource else margins.overall, 2)


def _legend(board: Board, view: View, top: float) -> float:
    """The bands with their limits."""
    limits = (1.0, *view.method.needs.bands, 5.0)
    found = []
    for band, (fill, _ink) in enumerate(palette.ADEQUACY):
        low = view.number(limits[band] + (0.01 if band else 0), 2 if band else 0)
        high = view.number(limits[band + 1], 2 if band < len(palette.ADEQUACY) - 1 else 0)
        found.append((mark(board, fill), f"{low}–{high}"))
    return swatches(board, top, found)


def spoken(view: View, area: AreaScore) -> str:
    """The figure in words: every cell with mean, share inadequate and n."""
    needs = view.needs(area)
    if not any(need.n for need in needs.values()):
        return f"{title(view, area)}. {why_empty(view)}"
    return " ".join([f"{title(view, area)}.", *(cell_sentence(view, need) for need in needs.values())])


def cell_sentence(view: View, need: NeedScore) -> str:
    """One cell with its figures and base."""
    name = cell_name(view, need)
    if need.mean is None:
        return f"{name}: {NOTHING}."
    if view.too_few(need):
        return f"{name}: n < 3."
    mark = f", {view.tr(N_('critical'))}" if need.is_critical else ""
    return f"{name}: {view.number(need.mean, 2)}, {inadequate(view, need)}, n {need.n}{mark}."

"""The profile of an area: ten indicators by heading as intervals on the preset's scale, a ring for all areas.

Dots on a common scale, not a radar. On a radar the order of the spokes decides the shape, the area of the polygon
grows with the square of the levels, an interval cannot be drawn along a spoke that narrows towards the middle, and
the eye compares angles and areas worse than positions on one axis (Cleveland and McGill 1984, Graphical perception,
JASA 79). Here every indicator keeps its interval, its n, and the lines at which rounding changes the published level.
"""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, nothing, number_columns
from kume_desktop.reports.figures.lettering import (
    BODY,
    CAPTION,
    SECOND,
    SECOND_STRONG,
    STRONG,
    wrapped,
)
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.method import Heading
from kume_desktop.scoring.results import AreaScore, IndicatorScore
from kume_desktop.texts import N_


@dataclass(frozen=True, slots=True)
class _Columns:
    names: float
    names_width: float
    scale: Scale
    mean: float
    n: float
    published: float
    contribution: float


def title(view: View, area: AreaScore) -> str:
    """The title of the figure."""
    return view.tr(N_("Profile of the indicators: {area}"), area=view.name(area))


def draw(board: Board, view: View, area: AreaScore) -> float:
    """Draw a row for each indicator under its heading, and the sum that makes the index."""
    why = view.why_nothing(area)
    if why:
        return nothing(board, view, title(view, area), sentence_for_nothing(view, area), view.provenance(area))
    note = view.tr(
        N_("{low}–{high}; dot: mean of the area, line: its interval, dotted uprights: where rounding changes, ring: mean of {areas} areas"),  # noqa: E501
        low=view.method.scale_min,
        high=view.method.scale_max,
        areas=len(view.compared),
    )  # fmt: skip
    top = begin(board, view, title(view, area), note)
    columns = _columns(board, view)
    top = heads(board, top, _heads(view, columns))
    bottom = top
    for heading in view.method.headings:
        bottom = _heading(board, view, columns, area, heading, bottom)
    for step in range(view.method.scale_min, view.method.scale_max):
        board.dotted(columns.scale.at(step + 0.5), top, bottom)
    return end(board, _sum(board, view, columns, area, bottom), view.provenance(area))


def sentence_for_nothing(view: View, area: AreaScore) -> str:
    """Why there is no figure of an area, as a sentence."""
    if view.is_hidden(area):
        return view.tr(N_("Confidentiality: fewer than 3 firms."))
    return view.tr(N_("This area has no scored firm."))


def _columns(board: Board, view: View) -> _Columns:
    names = max(150.0, (board.right - board.left) * 0.36)
    mean, n, published, points = number_columns(board.right, _words(view))
    scale = Scale(view.method.scale_min, view.method.scale_max, board.left + names + 18, mean - 48)
    return _Columns(board.left, names, scale, mean, n, published, points)


def _words(view: View) -> tuple[str, str, str, str]:
    """The heads of the columns of numbers."""
    return view.tr(N_("mean")), "n", view.tr(N_("published")), view.tr(N_("points"))


def _heads(view: View, columns: _Columns) -> tuple[Head, ...]:
    steps = range(view.method.scale_min, view.method.scale_max + 1)
    edges = (columns.mean, columns.n, columns.published, columns.contribution)
    return (
        Head(columns.names, view.tr(N_("Indicator")), columns.names_width),
        *(Head(columns.scale.at(step), str(step), 20, Align.CENTER) for step in steps),
        *(Head(x, word, 60, Align.RIGHT) for x, word in zip(edges, _words(view), strict=True)),
    )


def _heading(board: Board, view: View, columns: _Columns, area: AreaScore, heading: Heading, top: float) -> float:
    """The name of a heading, then its indicators."""
    board.text(board.left, top + 12, view.say(heading.text), SECOND_STRONG, palette.TEXT2)
    top += 15
    for one in area.indicators:
        if one.code in heading.indicators:
            top = _row(board, view, columns, area, one, top)
    board.rule((board.left, top + 3), (board.right, top + 3))
    return top + 3


def _row(board: Board, view: View, columns: _Columns, area: AreaScore, one: IndicatorScore, top: float) -> float:
    names = wrapped(view.indicator(one.code), columns.names_width - 8, BODY)
    height = max(18.0, len(names) * BODY.leading + 5)
    middle = top + height / 2
    board.middle(columns.names + 8, middle, [(text, BODY, palette.TEXT) for text in names])
    hidden = one.code in view.hidden_indicators(area)
    _marks(board, view, columns.scale, one, middle, hidden)
    mean, published, points = (None, None, None) if hidden else (one.mean, one.published, one.contribution)
    board.middle(columns.mean, middle, [(_mean(view, one, mean), STRONG, palette.TEXT)], Align.RIGHT)
    few = NOTHING if hidden else str(one.n)
    board.middle(columns.n, middle, [(few, SECOND, palette.TEXT2)], Align.RIGHT)
    shown = NOTHING if published is None else str(published)
    board.middle(columns.published, middle, [(shown, SECOND, palette.TEXT2)], Align.RIGHT)
    board.middle(columns.contribution, middle, [(view.number(points), SECOND, palette.TEXT2)], Align.RIGHT)
    return top + height


def _mean(view: View, one: IndicatorScore, mean: float | None) -> str:
    return "n < 3" if mean is None and one.n else view.number(mean, 2)


def _marks(board: Board, view: View, scale: Scale, one: IndicatorScore, middle: float, hidden: bool) -> None:
    if hidden:
        board.hatch(scale.left, middle - 6, scale.right - scale.left, 12)
        return
    board.rule((scale.left, middle), (scale.right, middle))
    low, high, overall = one.interval.low, one.interval.high, view.overall(one.code)
    if low is not None and high is not None:
        board.interval(scale.at(low), scale.at(high), middle)
    if overall is not None:
        board.ring(scale.at(overall), middle)
    if one.mean is not None:
        board.dot(scale.at(one.mean), middle)


def _sum(board: Board, view: View, columns: _Columns, area: AreaScore, top: float) -> float:
    """The sum of the means and the index it gives; 100 x points / maximum."""
    points = sum(heading.points for heading in area.headings if heading.points is not None)
    maximum = sum(heading.maximum for heading in area.headings)
    middle = top + 12
    board.middle(columns.names + 8, middle, [(view.tr(N_("Sum")), STRONG, palette.TEXT)])
    formula = f"100 × {view.number(points, 2)} / {view.number(maximum, 0)} = {view.number(area.score)}"
    board.middle(columns.scale.left, middle, [(formula, SECOND, palette.TEXT2)])
    board.middle(columns.mean, middle, [(view.number(points, 2), STRONG, palette.TEXT)], Align.RIGHT)
    board.middle(columns.published, middle, [(str(area.published_sum), SECOND, palette.TEXT2)], Align.RIGHT)
    board.middle(columns.contribution, middle, [(view.number(area.score), STRONG, palette.TEXT)], Align.RIGHT)
    board.rule((board.left, top + 24), (board.right, top + 24), palette.LINE_STRONG)
    told = view.tr(
        N_("Index {index} ({limits}); published {published} ({sum}/{max})"),
        index=view.number(area.score),
        limits=view.limits(area.interval),
        published=area.published_index,
        sum=area.published_sum,
        max=area.published_max,
    )
    return board.paragraph(board.left, top + 26, board.right - board.left, told, CAPTION)


def spoken(view: View, area: AreaScore) -> str:
    """The figure in words: every indicator with mean, limits and n."""
    why = view.why_nothing(area)
    if why:
        return f"{title(view, area)}. {why}."
    return " ".join([f"{title(view, area)}.", *(_sentence(view, area, one) for one in area.indicators)])


def _sentence(view: View, area: AreaScore, one: IndicatorScore) -> str:
    name = view.indicator(one.code)
    if one.code in view.hidden_indicators(area):
        return f"{name}: n < 3."
    if one.mean is None:
        return f"{name}: {NOTHING}."
    limits = view.limits(one.interval, 2)
    overall = view.tr(N_("mean of the areas {mean}"), mean=view.number(view.overall(one.code), 2))
    return f"{name}: {view.number(one.mean, 2)} ({limits}), n {one.n}, {overall}."

"""What each indicator adds to the difference between an area and another one, or the mean of the areas.

The parts are exact: contributions are index points that sum to the index, so their differences sum to the difference
of the two indices. They stand in the order of their size, what adds first, what takes away last.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, nothing, ticks
from kume_desktop.reports.figures.lettering import BODY, SECOND, STRONG, wrapped
from kume_desktop.reports.figures.profile import sentence_for_nothing
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.results import AreaScore
from kume_desktop.texts import N_

_ROW = 20.0


@dataclass(frozen=True, slots=True)
class Steps:
    """From the index of the other (`start`) to that of the area (`goal`): indicator codes with their points."""

    other: str
    start: float
    goal: float
    parts: tuple[tuple[str, float], ...]
    interval: Interval | None = None


def title(view: View, area: AreaScore, other: AreaScore | None) -> str:
    """The title of the figure."""
    if other is None:
        return view.tr(N_("What sets {area} apart from the mean of the areas"), area=view.name(area))
    return view.tr(N_("What sets {area} apart from {other}"), area=view.name(area), other=view.name(other))


def draw(board: Board, view: View, area: AreaScore, other: AreaScore | None = None) -> float:
    """Draw the steps from the other index to that of the area."""
    steps = steps_of(view, area, other)
    shown = [one for one in (area, other) if one is not None]
    if isinstance(steps, str):
        return nothing(board, view, title(view, area, other), steps, view.provenance(*shown))
    top = begin(board, view, title(view, area, other), _note(view, steps))
    names = max(150.0, (board.right - board.left) * 0.38)
    running = list(accumulate((points for _code, points in steps.parts), initial=steps.start))
    low, high = min(running), max(running)
    room = max(high - low, 1.0) * 0.04
    scale = Scale(low - room, high + room, board.left + names + 14, board.right - 54)
    found = (
        Head(board.left, view.tr(N_("Indicator")), names),
        Head(board.right, view.tr(N_("points")), 52, Align.RIGHT),
    )
    first = top = heads(board, top, found)
    top = _total(board, view, steps.other, steps.start, scale, names, top)
    for (code, points), before in zip(steps.parts, running, strict=False):
        top = _step(board, view, (code, points), before, scale, names, top)
    bottom = _total(board, view, view.name(area), steps.goal, scale, names, top)
    _grid(board, view, scale, first, bottom)
    return end(board, bottom + 12, view.provenance(*shown), remarks(view, steps))


def _grid(board: Board, view: View, scale: Scale, top: float, bottom: float) -> None:
    """Light uprights at round values of the index, with their labels below."""
    step = next(one for one in (1, 2, 5, 10, 20, 50) if (scale.high - scale.low) / one <= 8)
    values = [value for value in range(0, 101, step) if scale.low <= value <= scale.high]
    for value in values:
        board.rule((scale.at(value), top), (scale.at(value), bottom), behind=True)
    ticks(board, scale, bottom + 11, [(float(value), view.number(value, 0)) for value in values])


def steps_of(view: View, area: AreaScore, other: AreaScore | None) -> Steps | str:
    """The steps, or why there are none."""
    for one in (area, other):
        if one is not None and view.why_nothing(one):
            return f"{view.name(one)}: {sentence_for_nothing(view, one)}"
    if any(view.hidden_indicators(one) for one in (area, other, *view.compared) if one is not None):
        return view.tr(N_("Confidentiality: an indicator rests on fewer than 3 firms, and the parts would tell it."))
    own, start, against = _points(area), *_start(view, other)
    if area.score is None or start is None or None in own.values() or None in against.values():
        return view.tr(N_("The contributions of the indicators were not computed."))
    parts = [(code, (own[code] or 0.0) - (against[code] or 0.0)) for code in view.method.indicator_codes]
    parts.sort(key=lambda part: -part[1])
    name = view.name(other) if other is not None else view.tr(N_("Mean of {areas} areas"), areas=len(view.compared))
    return Steps(name, start, area.score, tuple(parts), _interval(view, area, other))


def _points(area: AreaScore) -> dict[str, float | None]:
    """Indicator code -> index points; an indicator that nobody scored adds none."""
    return {one.code: one.contribution if one.n else 0.0 for one in area.indicators}


def _start(view: View, other: AreaScore | None) -> tuple[float | None, dict[str, float | None]]:
    """The index where the steps begin, and what each indicator adds to it."""
    if other is not None:
        return other.score, _points(other)
    scores = [area.score for area in view.compared if area.score is not None]
    every = [_points(area) for area in view.compared]
    found: dict[str, float | None] = {}
    for code in view.method.indicator_codes:
        values = [points[code] for points in every]
        found[code] = None if None in values or not values else fmean(value or 0.0 for value in values)
    return (fmean(scores) if scores else None), found


def _interval(view: View, area: AreaScore, other: AreaScore | None) -> Interval | None:
    """The limits of the difference, seen from `area`."""
    if other is None or view.analysis is None:
        return None
    for one in view.analysis.differences:
        if (one.first, one.second) == (area.code, other.code):
            return one.interval
        if (one.second, one.first) == (area.code, other.code):
            low, high = one.interval.low, one.interval.high
            if low is None or high is None:
                return one.interval
            return Interval(-high, -low, one.interval.confidence, "", one.interval.how, one.interval.corrected)
    return None


def _note(view: View, steps: Steps) -> str:
    total = view.signed(steps.goal - steps.start)
    if steps.interval is None or steps.interval.low is None or steps.interval.high is None:
        return view.tr(
            N_("Difference {points} index points; each bar is what an indicator adds or takes."), points=total
        )
    return view.tr(
        N_("Difference {points} index points ({low} to {high}); each bar is what an indicator adds or takes."),
        points=total,
        low=view.signed(steps.interval.low),
        high=view.signed(steps.interval.high),
    )


def remarks(view: View, steps: Steps) -> tuple[str, ...]:
    """Whether the difference can be told from none."""
    limits = steps.interval
    if limits is None or limits.low is None or limits.high is None or limits.low * limits.high > 0:
        return ()
    return (view.tr(N_("The interval holds 0: the data do not tell the two indices apart.")),)


def _total(board: Board, view: View, name: str, value: float, scale: Scale, names: float, top: float) -> float:
    """A row for an index: a dot, no bar from zero."""
    lines = [(text, STRONG, palette.TEXT) for text in wrapped(name, names, STRONG)]
    height = max(_ROW + 4, len(lines) * STRONG.leading + 8)
    middle = top + height / 2
    board.middle(board.left, middle, lines)
    board.middle(board.right, middle, [(view.number(value), STRONG, palette.TEXT)], Align.RIGHT)
    board.dot(scale.at(value), middle)
    board.rule((board.left, top + height), (board.right, top + height))
    return top + height


def _step(
    board: Board, view: View, part: tuple[str, float], before: float, scale: Scale, names: float, top: float
) -> float:
    """A floating bar from the index before to the index after, with an upright to the row above."""
    code, points = part
    lines = [(text, BODY, palette.TEXT) for text in wrapped(view.indicator(code), names - 8, BODY)]
    height = max(_ROW, len(lines) * BODY.leading + 6)
    middle, left, right = (
        top + height / 2,
        scale.at(min(before, before + points)),
        scale.at(max(before, before + points)),
    )
    colour = palette.MORE if points > 0 else palette.LESS
    board.middle(board.left + 8, middle, lines)
    board.rule((scale.at(before), top - 6), (scale.at(before), middle), palette.LINE_STRONG)
    board.box(left, middle - 5.5, max(right - left, 0.8), 11, colour)
    board.rule((scale.at(before + points), middle), (scale.at(before + points), top + height), palette.LINE_STRONG)
    board.middle(board.right, middle, [(view.signed(points), SECOND, palette.TEXT)], Align.RIGHT)
    return top + height


def spoken(view: View, area: AreaScore, other: AreaScore | None) -> str:
    """The figure in words: both indices and what each indicator adds."""
    steps = steps_of(view, area, other)
    if isinstance(steps, str):
        return f"{title(view, area, other)}. {steps}"
    parts = ", ".join(f"{view.indicator(code)} {view.signed(points)}" for code, points in steps.parts)
    return (
        f"{title(view, area, other)}. {steps.other} {view.number(steps.start)}; {parts}; "
        f"{view.name(area)} {view.number(steps.goal)}."
    )

"""The areas side by side: index with its interval on one axis with the cuts, published-style number, category."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, nothing, ticks
from kume_desktop.reports.figures.lettering import (
    BODY,
    CAPTION,
    NUMBER,
    SECOND,
    SECOND_STRONG,
    STRONG,
    Style,
    width_of,
    wrapped,
)
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.results import AreaScore
from kume_desktop.texts import N_

Line = tuple[str, Style, str]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns stand; numbers are right-aligned at their x."""

    name_width: float
    base: float
    index: float
    published: float
    scale: Scale
    badge: float
    badge_width: float


def title(view: View) -> str:
    """The title of the figure."""
    return view.tr(N_("Cluster scorecard"))


def draw(board: Board, view: View) -> float:
    """Draw a row for each area; order only, no rank numbers."""
    shown = [area for area in view.areas if area.score is not None]
    if not shown:
        sentence = view.tr(N_("No area has an index: none has a level."))
        return nothing(board, view, title(view), sentence, view.provenance())
    note = view.tr(
        N_("Dot: unrounded index, line: {share} interval, dotted uprights: cuts, ◇: published form elsewhere."),
        share=view.percent(shown[0].interval.confidence),
    )
    top = begin(board, view, title(view), note)
    columns = _columns(board, view)
    _category_names(board, view, columns.scale, top)
    top = heads(board, top, _heads(board, view, columns))
    bottom = top
    for area in view.areas:
        bottom = _row(board, view, columns, area, bottom)
    for cut in view.method.cut_points:
        board.dotted(columns.scale.at(cut), top, bottom)
    marks = [(value, view.number(value)) for value in view.method.cut_points]
    marks += [(view.method.lowest, view.number(view.method.lowest)), (100.0, view.number(100.0, 0))]
    ticks(board, columns.scale, bottom + 11, marks)
    return end(board, bottom + 14, view.provenance(), remarks(view))


def remarks(view: View) -> tuple[str, ...]:
    """What the share of a category means, where one is shown."""
    if not any(view.probabilities(area) for area in view.areas):
        return ()
    return (
        view.tr(N_("Percentage: probability of this category if other firms had been chosen.")),
        view.tr(
            N_("This share shows only the uncertainty from the choice of firms; it covers neither differences between raters nor firms that declined an interview.")  # noqa: E501
        ),
    )  # fmt: skip


def _columns(board: Board, view: View) -> _Columns:
    room = board.right - board.left
    name, badge = max(100.0, room * 0.235), max(104.0, room * 0.218)
    base = board.left + name + 44
    index, published = base + 46, base + 82
    left, badge_left = published + 12, board.right - badge
    scale = Scale(view.method.lowest, 100.0, left, badge_left - 11)
    return _Columns(name, base, index, published, scale, badge_left, badge)


def _heads(board: Board, view: View, columns: _Columns) -> tuple[Head, ...]:
    return (
        Head(board.left, view.tr(N_("Activity area")), columns.name_width),
        Head(columns.base, "n / N", 46, Align.RIGHT),
        Head(columns.index, view.tr(N_("Index")), 46, Align.RIGHT),
        Head(columns.published, view.tr(N_("published form")), 36, Align.RIGHT),
        Head(columns.badge, view.tr(N_("Category")), columns.badge_width),
    )


def _category_names(board: Board, view: View, scale: Scale, top: float) -> None:
    """The names of the categories over their parts of the axis, where there is room for them."""
    parts = list(enumerate(pairwise([100.0, *view.method.cut_points, view.method.lowest]), start=1))
    rooms = [scale.at(high) - scale.at(low) for _number, (high, low) in parts]
    words = [[view.short_category(number) for number, _part in parts], [f"{number}." for number, _part in parts]]
    for texts in words:
        if all(width_of(text, CAPTION) + 2 <= room for text, room in zip(texts, rooms, strict=True)):
            for text, (_number, (high, low)) in zip(texts, parts, strict=True):
                middle = scale.at((high + low) / 2)
                board.text(middle, top + 2 * CAPTION.leading - 3, text, CAPTION, palette.TEXT2, Align.CENTER)
            return


def _row(board: Board, view: View, columns: _Columns, area: AreaScore, top: float) -> float:
    name = [(text, STRONG, palette.TEXT) for text in wrapped(view.name(area), columns.name_width, STRONG)]
    badge = _badge(view, area, columns.badge_width - 12)
    height = (
        max(sum(style.leading for _text, style, _colour in lines) for lines in (name, badge, _index(view, area))) + 10
    )
    height = max(height, 36.0)
    middle = top + height / 2
    board.middle(board.left, middle, name)
    board.middle(columns.base, middle, [(view.base(area), SECOND, palette.TEXT2)], Align.RIGHT)
    why = view.why_nothing(area)
    if why:
        _empty(board, columns, why, top, height)
    else:
        _figures(board, view, columns, area, middle)
        board.middle(columns.badge + 12, middle, badge)
        _swatch(board, view, area, columns.badge, middle - sum(s.leading for _t, s, _c in badge) / 2)
    board.rule((board.left, top + height), (board.right, top + height))
    return top + height


def _empty(board: Board, columns: _Columns, why: str, top: float, height: float) -> None:
    board.hatch(columns.scale.left, top + 6, columns.scale.right - columns.scale.left, height - 12)
    board.middle(columns.badge, top + height / 2, [(why, SECOND, palette.TEXT2)])


def _figures(board: Board, view: View, columns: _Columns, area: AreaScore, middle: float) -> None:
    board.middle(columns.index, middle, _index(view, area), Align.RIGHT)
    colour = palette.WARN if area.rounding_decides else palette.TEXT2
    published = NOTHING if area.published_index is None else str(area.published_index)
    board.middle(columns.published, middle, [(published, BODY, colour)], Align.RIGHT)
    low, high = area.interval.low, area.interval.high
    if low is not None and high is not None:
        board.interval(columns.scale.at(low), columns.scale.at(high), middle)
    if area.published_index is not None and area.rounding_decides:
        board.diamond(columns.scale.at(area.published_index), middle)
    board.dot(columns.scale.at(area.score or 0.0), middle)


def _index(view: View, area: AreaScore) -> list[Line]:
    """The index and its limits, or why there are none."""
    if view.why_nothing(area):
        return []
    limits = wrapped(view.limits(area.interval), 46, CAPTION)
    return [(view.number(area.score), NUMBER, palette.TEXT), *((text, CAPTION, palette.TEXT2) for text in limits)]


def _badge(view: View, area: AreaScore, width: float) -> list[Line]:
    """The full name of the category, its probability, and why it is not certain."""
    if view.why_nothing(area):
        return []
    doubt, share = view.doubt(area), view.probability(area)
    weight, colour = (SECOND, palette.TEXT2) if doubt else (SECOND_STRONG, palette.TEXT)
    lines: list[Line] = [(text, weight, colour) for text in wrapped(view.category(area.category), width, weight)]
    below = " · ".join(part for part in ("" if share is None else view.chance(share), doubt) if part)
    colour = palette.WARN if doubt else palette.TEXT2
    return lines + [(text, CAPTION, colour) for text in wrapped(below, width, CAPTION) if text]


def _swatch(board: Board, view: View, area: AreaScore, x: float, top: float) -> None:
    """The colour of the category; one that is not certain is a dashed outline."""
    if area.category is None:
        return
    fill = palette.CATEGORIES[min(area.category, len(palette.CATEGORIES)) - 1][0]
    board.pill(x, top + 2, 8, 8, fill, dashed=bool(view.doubt(area)))


def spoken(view: View) -> str:
    """The figure in words: every area with its figures."""
    return " ".join([f"{title(view)}.", *(sentence(view, area) for area in view.areas)])


def sentence(view: View, area: AreaScore) -> str:
    """One area: index, interval, n and N, published form, category and its probability."""
    why, share, limits = view.why_nothing(area), view.probability(area), view.limits(area.interval)
    if why:
        return f"{view.name(area)}: {why}."
    parts = (
        view.tr(N_("index {index}"), index=view.number(area.score)),
        limits if area.interval.low is None else view.tr(N_("interval {limits}"), limits=limits),
        f"n / N {view.base(area)}",
        view.tr(N_("published {index}"), index=area.published_index),
        view.category(area.category),
        "" if share is None else view.chance(share),
        view.doubt(area),
    )
    return f"{view.name(area)}: {', '.join(part for part in parts if part)}."

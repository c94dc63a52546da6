"""How answers and levels are spread: a stacked bar for each need cell, and for each indicator.

The bars of needs diverge from the middle of "neither", so that what is inadequate lies left of the line and what is
adequate right of it (Heiberger and Robbins 2014, Design of diverging stacked bar charts, J. Stat. Softw. 57(5)).
Levels have no middle: their bars begin at one edge, from light to dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, mark, nothing, number_columns, swatches
from kume_desktop.reports.figures.lettering import BODY, CAPTION, SECOND, SECOND_STRONG, width_of, wrapped
from kume_desktop.reports.figures.needs_map import why_empty
from kume_desktop.reports.figures.palette import Pair
from kume_desktop.reports.figures.profile import sentence_for_nothing
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import View, cell_name
from kume_desktop.scoring.results import AreaScore, IndicatorScore, NeedScore
from kume_desktop.texts import N_

_NUMBER = 44.0
_BAR = 15.0


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: counts of 1..5, and the numbers in the columns behind it; `hidden` where fewer than 3 firms answered."""

    name: str
    counts: tuple[int, ...]
    numbers: tuple[str, ...]
    hidden: bool

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of 1..5; empty where nobody answered."""
        whole = sum(self.counts)
        return tuple(count / whole for count in self.counts) if whole else ()


@dataclass(frozen=True, slots=True)
class _Columns:
    names_width: float
    scale: Scale
    numbers: tuple[float, ...]


def need_title(view: View, area: AreaScore) -> str:
    """The title of the figure of needs."""
    return view.tr(N_("Answers on the needs: {area}"), area=view.name(area))


def level_title(view: View, area: AreaScore) -> str:
    """The title of the figure of levels."""
    return view.tr(N_("Levels of the firms: {area}"), area=view.name(area))


def draw_needs(board: Board, view: View, area: AreaScore) -> float:
    """Draw the ten cells, function by function."""
    groups = _need_groups(view, area)
    shown = [row.shares for _name, rows in groups for row in rows if row.shares and not row.hidden]
    if not shown:
        empty = any(row.hidden for _name, rows in groups for row in rows)
        why = view.tr(N_("Confidentiality: fewer than 3 firms.")) if empty else why_empty(view)
        return nothing(board, view, need_title(view, area), why, view.provenance(area))
    note = view.tr(N_("Left of the line inadequate, right of it adequate; “neither” lies on it, half on each side."))
    top = begin(board, view, need_title(view, area), note)
    top = _legend(board, top, palette.ADEQUACY, [view.say(one.text) for one in view.method.needs.likert]) + 4
    below = max(share[0] + share[1] + share[2] / 2 for share in shown)
    above = max(share[4] + share[3] + share[2] / 2 for share in shown)
    words = [view.tr(N_("inadequate")), view.tr(N_("adequate")), "n", view.tr(N_("other"))]
    columns = _columns(board, (-below, above), words)
    top = heads(board, top, _heads(board, columns, view.tr(N_("Resource")), words))
    bottom = _groups(board, view, columns, groups, top, palette.ADEQUACY, diverging=True)
    board.rule((columns.scale.at(0), top), (columns.scale.at(0), bottom), palette.TEXT2, behind=True)
    other = view.tr(N_("Other: not applicable, does not know, declined, in conflict; counted apart, in no share."))
    return end(board, bottom + 2, view.provenance(area), (other,))


def draw_levels(board: Board, view: View, area: AreaScore) -> float:
    """Draw the indicators, heading by heading."""
    why = view.why_nothing(area)
    if why:
        return nothing(board, view, level_title(view, area), sentence_for_nothing(view, area), view.provenance(area))
    note = view.tr(N_("Share of the firms at each level, as given, from the lowest at the left to the highest."))
    top = begin(board, view, level_title(view, area), note)
    steps = _steps(view, area)
    colours = palette.SEQUENTIAL if len(steps) == len(palette.SEQUENTIAL) else palette.SEQUENTIAL[::2]
    top = _legend(board, top, colours, [view.tr(N_("Level {level}"), level=step) for step in steps]) + 4
    words = [view.tr(N_("mean")), "n"]
    columns = _columns(board, (0.0, 1.0), words)
    top = heads(board, top, _heads(board, columns, view.tr(N_("Indicator")), words))
    bottom = _groups(board, view, columns, _level_groups(view, area), top, colours)
    return end(board, bottom + 2, view.provenance(area))


def _steps(view: View, area: AreaScore) -> range:
    """The levels as they are given: of firms those of the anchors, of a panel those of the preset."""
    most = max((place for one in area.indicators for place, count in enumerate(one.counts, 1) if count), default=1)
    highest = max(view.method.scale_max if area.route != "firma" else max(view.method.collapse, default=5), most)
    return range(1, highest + 1)


def _need_groups(view: View, area: AreaScore) -> list[tuple[str, list[Row]]]:
    needs = view.needs(area)
    resources = {one.code: view.say(one.text) for one in view.method.needs.resources}
    return [
        (
            view.say(function.text),
            [_need_row(view, need, resources[key[1]]) for key, need in needs.items() if key[0] == function.code],
        )
        for function in view.method.needs.functions
    ]


def _need_row(view: View, need: NeedScore, name: str) -> Row:
    other = need.not_applicable + need.does_not_know + need.declined + need.in_conflict
    hidden = view.too_few(need)
    shares = (view.percent(need.inadequate_share), view.percent(need.adequate_share), str(need.n), str(other))
    return Row(name, need.counts, (NOTHING, NOTHING, "n < 3", NOTHING) if hidden else shares, hidden)


def _level_groups(view: View, area: AreaScore) -> list[tuple[str, list[Row]]]:
    hidden, size = view.hidden_indicators(area), len(_steps(view, area))
    return [
        (
            view.say(heading.text),
            [
                _level_row(view, one, one.code in hidden, size)
                for one in area.indicators
                if one.code in heading.indicators
            ],
        )
        for heading in view.method.headings
    ]


def _level_row(view: View, one: IndicatorScore, hidden: bool, size: int) -> Row:
    numbers = (NOTHING, "n < 3" if one.n < 3 else NOTHING) if hidden else (view.number(one.mean5, 2), str(one.n))
    return Row(view.indicator(one.code), one.counts[:size], numbers, hidden)


def _columns(board: Board, limits: tuple[float, float], words: Sequence[str]) -> _Columns:
    names = max(130.0, (board.right - board.left) * 0.32)
    numbers = number_columns(board.right, words)
    return _Columns(names, Scale(*limits, board.left + names + 10, numbers[0] - _NUMBER), numbers)


def _heads(board: Board, columns: _Columns, first: str, words: Sequence[str]) -> list[Head]:
    found = [Head(board.left, first, columns.names_width)]
    numbers = zip(columns.numbers, words, strict=True)
    return found + [Head(x, word, 60, Align.RIGHT) for x, word in numbers]


def _legend(board: Board, top: float, colours: Sequence[Pair], words: Sequence[str]) -> float:
    """The words of the steps, in the order of the bars."""
    return swatches(board, top, [(mark(board, fill), word) for (fill, _ink), word in zip(colours, words, strict=False)])


def _groups(
    board: Board,
    view: View,
    columns: _Columns,
    groups: Sequence[tuple[str, list[Row]]],
    top: float,
    colours: Sequence[Pair],
    *,
    diverging: bool = False,
) -> float:
    """Draw every group under its name; returns the bottom."""
    for name, rows in groups:
        board.text(board.left, top + 13, name, SECOND_STRONG, palette.TEXT2)
        top += 17
        for row in rows:
            top = _row(board, view, columns, row, top, colours, diverging)
        board.rule((board.left, top + 3), (board.right, top + 3))
        top += 3
    return top


def _row(
    board: Board, view: View, columns: _Columns, row: Row, top: float, colours: Sequence[Pair], diverging: bool
) -> float:
    names = wrapped(row.name, columns.names_width - 8, BODY)
    height = max(_BAR + 5, len(names) * BODY.leading + 5)
    middle = top + height / 2
    board.middle(board.left + 8, middle, [(text, BODY, palette.TEXT) for text in names])
    for x, number in zip(columns.numbers, row.numbers, strict=True):
        board.middle(x, middle, [(number, SECOND, palette.TEXT2)], Align.RIGHT)
    if row.hidden:
        board.hatch(columns.scale.left, middle - _BAR / 2, columns.scale.right - columns.scale.left, _BAR)
    elif row.shares:
        start = -(row.shares[0] + row.shares[1] + row.shares[2] / 2) if diverging else 0.0
        _bar(board, view, columns.scale, row.shares, start, middle, colours)
    return top + height


def _bar(
    board: Board,
    view: View,
    scale: Scale,
    shares: Sequence[float],
    start: float,
    middle: float,
    colours: Sequence[Pair],
) -> None:
    """The segments with their shares in them, where there is room."""
    edges = [start, *(start + edge for edge in accumulate(shares))]
    for low, high, share, (fill, ink) in zip(edges, edges[1:], shares, colours, strict=False):
        left, right = scale.at(low), scale.at(high)
        if share:
            board.box(left, middle - _BAR / 2, right - left, _BAR, fill, palette.SURFACE, 0.8)
            shown = view.percent(share)
            if width_of(shown, CAPTION) + 4 <= right - left:
                board.middle((left + right) / 2, middle, [(shown, CAPTION, ink)], Align.CENTER)


def spoken_needs(view: View, area: AreaScore) -> str:
    """The figure in words: the answers 1..5 of every cell."""
    needs = view.needs(area)
    if not any(need.n for need in needs.values()):
        return f"{need_title(view, area)}. {why_empty(view)}"
    told = (
        f"{cell_name(view, need)}: {'n < 3' if view.too_few(need) else _spread(view, need.counts)}."
        for need in needs.values()
    )
    return " ".join([f"{need_title(view, area)}.", *told])


def spoken_levels(view: View, area: AreaScore) -> str:
    """The figure in words: the firms at each level of every indicator."""
    why = view.why_nothing(area)
    if why:
        return f"{level_title(view, area)}. {why}."
    rows = (row for _name, group in _level_groups(view, area) for row in group)
    told = (f"{row.name}: {'n < 3' if row.hidden else _spread(view, row.counts)}." for row in rows)
    return " ".join([f"{level_title(view, area)}.", *told])


def _spread(view: View, counts: Sequence[int]) -> str:
    whole = sum(counts)
    if not whole:
        return NOTHING
    return f"n {whole}, " + ", ".join(
        f"{step}: {view.percent(count / whole)}" for step, count in enumerate(counts, start=1)
    )

"""The probability of each category of each area: from the choice of firms alone, and with the method varied too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from kume_desktop.reports.figures import palette
from kume_desktop.reports.figures.artists import Align
from kume_desktop.reports.figures.drawing import Board
from kume_desktop.reports.figures.frame import Head, Scale, begin, end, heads, mark, nothing, swatches
from kume_desktop.reports.figures.lettering import (
    CAPTION,
    CAPTION_STRONG,
    SECOND,
    STRONG,
    width_of,
    wrapped,
)
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.results import AreaScore
from kume_desktop.texts import N_

_BAR = 16.0


def title(view: View) -> str:
    """The title of the figure."""
    return view.tr(N_("Probability of the categories"))


def draw(board: Board, view: View) -> float:
    """Draw two bars for each area: sampling above, sampling and method below."""
    if not any(view.probabilities(area) for area in view.areas):
        return nothing(board, view, title(view), why_empty(view), view.provenance())
    note = view.tr(N_("Of 100 choices of firms, so many would give the category. Above: choice of firms alone; below: with weights, aggregation and missing data varied too."))  # noqa: E501 # fmt: skip
    top = begin(board, view, title(view), note)
    numbers = range(1, len(view.method.cut_points) + 2)
    top = swatches(board, top, [(mark(board, _pair(n)[0]), view.category(n)) for n in numbers]) + 4
    names = max(130.0, (board.right - board.left) * 0.3)
    scale = Scale(0.0, 1.0, board.left + names + 86, board.right)
    found = [Head(board.left, view.tr(N_("Activity area")), names), Head(scale.left, view.tr(N_("Probability")), 200)]
    top = heads(board, top, found)
    for area in view.areas:
        top = _row(board, view, area, scale, names, top)
    return end(board, top, view.provenance(), remarks(view))


def remarks(view: View) -> tuple[str, ...]:
    """What the shares cover, and how often the dice were thrown."""
    told = [
        view.tr(N_("This share shows only the uncertainty from the choice of firms; it covers neither differences between raters nor firms that declined an interview."))  # noqa: E501
    ]  # fmt: skip
    if view.analysis is not None:
        run = view.analysis.run
        told.append(
            view.tr(
                N_("{count} replicates, seed {seed}."),
                count=view.number(run.replicates, 0),
                seed=run.seed,
            )
        )
    return tuple(told)


def why_empty(view: View) -> str:
    """Why there are no probabilities."""
    if view.results.route != "firma":
        return view.tr(N_("Panel route: there is no choice of firms, so there are no probabilities."))
    return view.tr(N_("No probabilities were computed: no area has ten firms or more."))


def _pair(number: int) -> palette.Pair:
    return palette.CATEGORIES[min(number, len(palette.CATEGORIES)) - 1]


def _row(board: Board, view: View, area: AreaScore, scale: Scale, names: float, top: float) -> float:
    lines = [(text, STRONG, palette.TEXT) for text in wrapped(view.name(area), names, STRONG)]
    height = max(2 * _BAR + 14, len(lines) * STRONG.leading + 10)
    middle = top + height / 2
    board.middle(board.left, middle, lines)
    shares = view.probabilities(area)
    if shares:
        words = (view.tr(N_("choice of firms")), view.tr(N_("both together")))
        both = (shares, view.probabilities(area, joint=True))
        for place, (word, own) in enumerate(zip(words, both, strict=True)):
            at = middle + (place - 0.5) * (_BAR + 2)
            board.middle(scale.left - 6, at, [(word, CAPTION, palette.TEXT2)], Align.RIGHT)
            _bar(board, view, scale, own, at)
    else:
        why = view.why_nothing(area) or view.tr(N_("n < 10: no probability"))
        board.hatch(scale.left, middle - 8, scale.right - scale.left - 120, 16)
        board.middle(board.right, middle, [(why, SECOND, palette.TEXT2)], Align.RIGHT)
    board.rule((board.left, top + height), (board.right, top + height))
    return top + height


def _bar(board: Board, view: View, scale: Scale, shares: Sequence[float], middle: float) -> None:
    """The categories from the lowest at the left to the first at the right, as on the axis of the index."""
    ordered = list(enumerate(shares, start=1))[::-1]
    edges = [0.0, *accumulate(share for _number, share in ordered)]
    for (number, share), (low, high) in zip(ordered, pairwise(edges), strict=True):
        left, right = scale.at(low), scale.at(high)
        if right - left >= 0.4:
            fill, ink = _pair(number)
            board.box(left, middle - _BAR / 2, right - left, _BAR, fill, palette.LINE_STRONG, 0.5)
            text = view.chance(share)
            if width_of(text, CAPTION_STRONG) + 4 <= right - left:
                board.middle((left + right) / 2, middle, [(text, CAPTION_STRONG, ink)], Align.CENTER)


def spoken(view: View) -> str:
    """The figure in words: the probabilities of every area."""
    if not any(view.probabilities(area) for area in view.areas):
        return f"{title(view)}. {why_empty(view)}"
    told = []
    for area in view.areas:
        shares = view.probabilities(area)
        words = ", ".join(f"{view.short_category(n)} {view.chance(share)}" for n, share in enumerate(shares, start=1))
        told.append(f"{view.name(area)}: {words or view.why_nothing(area) or view.tr(N_('n < 10: no probability'))}.")
    return " ".join([f"{title(view)}.", *told])

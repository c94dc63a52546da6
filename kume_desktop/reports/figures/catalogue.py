"""The figures by name: which there are, the figure itself, and the same in words for those who cannot see it.

A figure is 8 inches wide and as high as its content asks unless a size is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kume_desktop.reports.figures import (
    distributions,
    interval_plot,
    needs_map,
    probabilities,
    profile,
    rank_bands,
    waterfall,
)
from kume_desktop.reports.figures.content import FigureContent, FigureName, Name
from kume_desktop.reports.figures.drawing import POINTS, Board, Draw, drawn
from kume_desktop.reports.figures.view import View
from kume_desktop.scoring.results import AreaScore

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 8.0
"""Inches."""

OF_ALL = (Name.SCORECARD, Name.PROBABILITIES, Name.RANKS)
OF_AN_AREA = (Name.PROFILE, Name.LEVELS, Name.WATERFALL, Name.NEEDS, Name.NEED_ANSWERS)
_NOT_IN_FILES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A figure with its content filled in."""

    title: Callable[[], str]
    draw: Draw
    spoken: Callable[[], str]


def catalogue(content: FigureContent, lang: str) -> tuple[FigureName, ...]:
    """The figures that can be made, those of all areas first; the difference of a pair is asked for by name."""
    return tuple(_names(View(content, lang)))


def _names(view: View) -> Iterator[FigureName]:
    for name in OF_ALL:
        yield FigureName(str(name), "", _picture(name, view, None, None).title())
    for area in view.areas:
        for name in OF_AN_AREA:
            if view.method.needs.cells or name not in (Name.NEEDS, Name.NEED_ANSWERS):
                yield FigureName(str(name), area.code, _picture(name, view, area, None).title())


def make(
    name: str,
    content: FigureContent,
    lang: str,
    area: str = "",
    against: str = "",
    size: tuple[float, float] | None = None,
) -> Figure:
    """The figure `name` (a value of `Name`) of `area`, against another area for a difference; `size` in inches.

    Its label is its alternative text. Raises KeyError for a name or an area that is not there.
    """
    picture = _asked(name, content, lang, area, against)
    figure = drawn(picture.draw, WIDTH * POINTS, size)
    figure.set_label(picture.spoken())
    return figure


def title(name: str, content: FigureContent, lang: str, area: str = "", against: str = "") -> str:
    """The title of a figure."""
    return _asked(name, content, lang, area, against).title()


def file_name(name: str, area: str = "", against: str = "") -> str:
    """A name for the file of a figure without its ending.

    >>> file_name("profile", "a/b")
    'profile-a_b'
    """
    return _NOT_IN_FILES.sub("_", "-".join(part for part in (name, area, against) if part))


def _asked(name: str, content: FigureContent, lang: str, area: str, against: str) -> _Picture:
    view = View(content, lang)
    if name not in list(Name):
        raise KeyError(name)
    return _picture(Name(name), view, _area(view, area), _area(view, against))


def _area(view: View, code: str) -> AreaScore | None:
    found = view.area(code) if code else None
    if code and found is None:
        raise KeyError(code)
    return found


def _picture(name: Name, view: View, area: AreaScore | None, other: AreaScore | None) -> _Picture:
    match name:
        case Name.SCORECARD:
            return _of_all(interval_plot.title, interval_plot.draw, interval_plot.spoken, view)
        case Name.PROBABILITIES:
            return _of_all(probabilities.title, probabilities.draw, probabilities.spoken, view)
        case Name.RANKS:
            return _of_all(rank_bands.title, rank_bands.draw, rank_bands.spoken, view)
        case _ if area is None:
            raise KeyError(f"{name} needs an area")
        case Name.PROFILE:
            return _of_area(profile.title, profile.draw, profile.spoken, view, area)
        case Name.NEEDS:
            return _of_area(needs_map.title, needs_map.draw, needs_map.spoken, view, area)
        case Name.NEED_ANSWERS:
            draw, spoken = distributions.draw_needs, distributions.spoken_needs
            return _of_area(distributions.need_title, draw, spoken, view, area)
        case Name.LEVELS:
            draw, spoken = distributions.draw_levels, distributions.spoken_levels
            return _of_area(distributions.level_title, draw, spoken, view, area)
        case Name.WATERFALL | Name.DIFFERENCE:
            return _Picture(
                partial(waterfall.title, view, area, other),
                lambda board: waterfall.draw(board, view, area, other),
                partial(waterfall.spoken, view, area, other),
            )


def _of_all(
    title: Callable[[View], str], draw: Callable[[Board, View], float], spoken: Callable[[View], str], view: View
) -> _Picture:
    return _Picture(partial(title, view), lambda board: draw(board, view), partial(spoken, view))


def _of_area(
    title: Callable[[View, AreaScore], str],
    draw: Callable[[Board, View, AreaScore], float],
    spoken: Callable[[View, AreaScore], str],
    view: View,
    area: AreaScore,
) -> _Picture:
    return _Picture(partial(title, view, area), lambda board: draw(board, view, area), partial(spoken, view, area))

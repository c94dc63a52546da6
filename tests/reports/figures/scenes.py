"""Contents for figures, scored by the real scoring from what a test gives; and what a figure says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kume_desktop.reports.figures import catalogue
from kume_desktop.reports.figures.content import FigureContent
from kume_desktop.reports.figures.drawing import POINTS, to_svg
from kume_desktop.scoring import run
from kume_desktop.scoring.analysis import AreaUncertainty, RankBand
from kume_desktop.scoring.inputs import Areas, Around, Levels, Needs
from kume_desktop.scoring.limits import NOT_COMPUTED
from kume_desktop.scoring.method import FIRM_ROUTE, PANEL_ROUTE, Method
from kume_desktop.scoring.results import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONG = "Endüstriyel Havalandırma, İklimlendirme ve Soğutma"
Rows = Sequence[Sequence[float | None]]


def scored(
    method: Method,
    levels: Mapping[str, Rows],
    needs: Mapping[str, Sequence[Sequence[int]]] | None = None,
    frame: Mapping[str, int] | None = None,
    route: str = FIRM_ROUTE,
    codes: Sequence[str] = (),
) -> Results:
    """Score areas (the keys are their names, their codes `a0`, `a1`...) from firms' levels and need answers."""
    names = tuple(levels)
    table = [(place, row) for place, name in enumerate(names) for row in levels[name]]
    asked = [(place, row) for place, name in enumerate(names) for row in (needs or {}).get(name, ())]
    cells = tuple(cell.code for cell in method.needs.cells)
    answers = np.array([row for _area, row in asked], dtype=np.int64).reshape(len(asked), len(cells))
    given = [[np.nan if level is None else level for level in row] for _area, row in table]
    return run.score(
        Areas(
            tuple(codes) or tuple(f"a{place}" for place in range(len(names))),
            names,
            ("",) * len(names),
            np.array([(frame or {}).get(name, -1) for name in names], dtype=np.int64),
        ),
        Levels(
            route,
            tuple(f"F{place:03}" for place in range(len(table))),
            np.array([area for area, _row in table], dtype=np.int64),
            method.indicator_codes,
            np.array(given, dtype=np.float64).reshape(len(table), len(method.indicators)),
        ),
        Needs(
            tuple(f"F{place:03}" for place in range(len(asked))),
            np.array([area for area, _row in asked], dtype=np.int64),
            cells,
            answers,
            np.zeros_like(answers),
        ),
        method,
        around=Around(),
        computed_at=datetime(2026, 12, 18, 11, 2, 51, tzinfo=UTC).isoformat(),
    )


def firms(count: int, shift: int = 0) -> list[list[float | None]]:
    """Firms with levels all over the scale, the same ones each time."""
    return [[float(1 + (firm * 7 + item * 3 + shift) % 5) for item in range(10)] for firm in range(count)]


def answers(count: int) -> list[list[int]]:
    """Need answers all over the scale, the same ones each time."""
    return [[1 + (firm * firm + 2 * cell) % 5 for cell in range(10)] for firm in range(count)]


def content_of(method: Method, results: Results, study: str = "Düzey Analizi 2026") -> FigureContent:
    """The content of figures."""
    return FigureContent(study, "2026", method, results)


def with_bands(results: Results) -> Results:
    """Results whose areas have probabilities and rank bands as a test can foresee them: 0.64, 0.30, 0.06; 1-2, 1-3."""
    assert results.analysis is not None
    bands = RankBand(1, 1), RankBand(1, 2), RankBand(1, 3)
    found = tuple(
        AreaUncertainty(area.code, 2.0, (0.06, 0.64, 0.30), (0.10, 0.55, 0.35), NOT_COMPUTED, *bands)
        for area in results.areas
        if area.n >= 10
    )
    return replace(results, analysis=replace(results.analysis, uncertainty=found))


def six_areas(method: Method) -> FigureContent:
    """Long and short names; many firms, seven firms, two firms, none; the last is a census."""
    names = (LONG, "Kimya", "Yedi", "Saklı", "Boş", "Sayım")
    counts = (24, 21, 7, 2, 0, 12)
    levels = {name: firms(count, place) for place, (name, count) in enumerate(zip(names, counts, strict=True))}
    needs = {name: answers(count) for name, count in zip(names, counts, strict=True)}
    return content_of(method, with_bands(scored(method, levels, needs, {LONG: 64, "Kimya": 96, "Sayım": 12})))


def panel_of(method: Method) -> FigureContent:
    """Two areas that a panel scored."""
    rows: dict[str, Rows] = {"Kimya": [[3, 2, 3, 2, 3, 2, 1, 2, 3, 1]], "Lojistik": [[1, 2, 1, 2, 2, 2, 1, 2, 1, 1]]}
    return content_of(method, scored(method, rows, route=PANEL_ROUTE))


def figure_of(content: FigureContent, name: str, area: str = "", lang: str = "tr", **more: str) -> Figure:
    """A figure of the catalogue."""
    return catalogue.make(name, content, lang, area, more.get("against", ""))


def words_of(figure: Figure) -> list[str]:
    """The texts of a figure, read back from its SVG, in the order in which they were drawn."""
    svg = to_svg(figure).decode("utf-8")
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def said(figure: Figure) -> str:
    """All texts of a figure in one line."""
    return " | ".join(words_of(figure))


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """The texts that are drawn, each with its extent in points, measured without hinting as they are drawn."""
    figure.set_dpi(POINTS)
    renderer = FigureCanvasAgg(figure).get_renderer()
    shown = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text()]
    with mpl.rc_context({"text.hinting": "no_hinting"}):
        return [(one.get_text(), one.get_window_extent(renderer)) for one in shown]

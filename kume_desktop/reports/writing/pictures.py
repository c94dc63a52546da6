"""The figures of the report as pictures on its sheets: drawn once, with what they show in words."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kume_desktop.reports.contents import chosen
from kume_desktop.reports.redaction import without_hidden
from kume_desktop.reports.writing.styles import ROW_HEIGHT

if TYPE_CHECKING:
    from kume_desktop.reports.figures.content import FigureContent
    from kume_desktop.reports.writing.job import Job
    from kume_desktop.reports.writing.sheet import Sheet

POINTS = 72
KEY = "pictures"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure: PNG, height in points, and the figure in words."""

    png: bytes
    height: float
    told: str


class Pictures:
    """The figures of one workbook, drawn when they are asked for; in the publication edition from what it shows."""

    def __init__(self, job: Job) -> None:
        content = job.content
        self._lang = job.lang
        self.are_wanted = KEY in chosen(content.edition.kind, content.parts)
        self._drawn: dict[tuple[str, str], Picture] = {}
        self._content = _figure_content(job) if self.are_wanted else None

    def names(self) -> list[tuple[str, str, str]]:
        """Name, area code ('' for all areas side by side) and title of every figure that can be drawn."""
        from kume_desktop.reports.figures.catalogue import catalogue

        if self._content is None or not self._content.results.areas:
            return []
        return [(one.name, one.area, one.title) for one in catalogue(self._content, self._lang)]

    def picture(self, name: str, area: str = "") -> Picture | None:
        """A figure; None where pictures are not wanted or its area is not shown."""
        if self._content is None or not self._shows(area):
            return None
        if (name, area) not in self._drawn:
            self._drawn[name, area] = self._draw(self._content, name, area)
        return self._drawn[name, area]

    def _shows(self, area: str) -> bool:
        areas = () if self._content is None else self._content.results.areas
        return bool(areas) and (not area or any(one.code == area for one in areas))

    def _draw(self, content: FigureContent, name: str, area: str) -> Picture:
        from kume_desktop.reports.figures.catalogue import make
        from kume_desktop.reports.figures.drawing import to_png

        figure = make(name, content, self._lang, area)
        return Picture(to_png(figure), float(figure.get_size_inches()[1]) * POINTS, str(figure.get_label()))


def _figure_content(job: Job) -> FigureContent:
    from kume_desktop.reports.figures.content import FigureContent

    content = job.content
    results = without_hidden(content.results, job.hidden) if job.is_public else content.results
    return FigureContent(content.study, content.wave, content.method, results)


def place_figure(job: Job, sheet: Sheet, row: int, col: int, name: str, area: str = "") -> int:
    """Put a figure with its upper left corner into a cell; returns the row after it (`row` where there is none)."""
    picture = job.pictures.picture(name, area)
    if picture is None:
        return row
    options = {"image_data": io.BytesIO(picture.png), "description": picture.told, "object_position": 2}
    sheet.raw.insert_image(row, col, f"{name}.png", options)
    return row + math.ceil(picture.height / ROW_HEIGHT) + 1


def write_pictures(job: Job, sheet: Sheet) -> None:
    """Write the sheet with every figure of the report, one below the other, each with its title."""
    note = job.tr("The same figures as in the window. What each shows is in its alternative text.")
    job.begin(sheet, job.tr("Pictures"), (120,), note)
    row, breaks = 5, []
    for name, area, title in job.pictures.names():
        sheet.text(row, 0, title if not area else f"{job.area_names[area]} · {title}", "section")
        row = place_figure(job, sheet, row + 1, 0, name, area) + 1
        breaks.append(row)
    sheet.raw.set_h_pagebreaks(breaks[:-1])
    sheet.raw.set_portrait()
    sheet.raw.set_print_scale(85)

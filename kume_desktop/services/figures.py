"""The figures of a study as pictures: for the window (through the worker), the command line, and files.

What rests on fewer than three firms is shown in no figure, whoever asks: pictures travel.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import paths, texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services import releases
from kume_desktop.services.studies import Progress, Study, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.figures.content import FigureContent, FigureName
    from kume_desktop.reports.figures.drawing import Drawing

DRAWING = N_("Drawing the figures")
PNG, SVG = "png", "svg"
KINDS = (PNG, SVG)
_FIGURES = "figures"


def catalogue(study: Study, lang: str = "") -> tuple[FigureName, ...]:
    """The figures that the study can show, with their titles: those of all areas first, then area by area."""
    prepare()
    from kume_desktop.reports.figures import catalogue as figures

    return figures.catalogue(content(study), lang or texts.language())


def render(
    study: Study,
    name: str,
    area: str = "",
    lang: str = "",
    width: float = 0,
    height: float = 0,
    dpi: float = 144,
    kind: str = PNG,
    against: str = "",
) -> bytes:
    """A figure as PNG or SVG. `width` and `height` in inches, 0 for the figure's own measures.

    Raises:
        Refused: `figure.unknown`: there is no such figure or area; `study.no-method`.
    """
    return picture(draw(content(study), name, area, lang, against, (width, height)), kind, dpi)


def draw(
    given: FigureContent, name: str, area: str, lang: str, against: str = "", size: tuple[float, float] = (0, 0)
) -> Drawing:
    """A figure of results that were read already; its label is its text for those who cannot see it."""
    prepare()
    from kume_desktop.reports.figures import catalogue as figures

    wanted = size if size[0] > 0 and size[1] > 0 else None
    try:
        return figures.make(name, given, lang or texts.language(), area, against, wanted)
    except KeyError as error:
        raise Refused(problem("figure.unknown", name=str(error.args[0]))) from error


def picture(figure: Drawing, kind: str = PNG, dpi: float = 144, serial: str = "") -> bytes:
    """A figure as the bytes of a file; one that leaves the study carries the serial number of its writing."""
    from kume_desktop.reports.figures.drawing import to_png, to_svg

    return to_svg(figure, serial) if kind == SVG else to_png(figure, dpi, serial)


def content(study: Study, areas: Sequence[str] = ()) -> FigureContent:
    """The results that hold now, as figures want them; `areas` narrows them (empty: all)."""
    from kume_desktop.reports.figures.content import FigureContent
    from kume_desktop.services import results

    return FigureContent(
        study=study.record.name,
        wave=study.wave.name,
        method=results.method(study),
        results=results.current(study),
        areas=tuple(areas),
    )


def export(
    study: Study,
    folder: Path,
    lang: str = "",
    kind: str = PNG,
    wanted: Iterable[tuple[str, str, str]] = (),
    progress: Progress = no_progress,
    *,
    areas: Sequence[str] = (),
    dpi: float = 200,
) -> tuple[Path, ...]:
    """Write figures (name, area, against) into a folder, all of the catalogue where none is named; returns the files.

    The folder is made where it is not there; each file carries a serial number, which the log remembers.

    Raises:
        Refused: `report.*`: the folder cannot be written, the disk is full...
    """
    prepare()
    from kume_desktop.reports.figures import catalogue as figures
    from kume_desktop.reports.writing.disk import made_folder

    made_folder(folder)
    given, lang = content(study, areas), lang or texts.language()
    named = tuple(wanted) or [(one.name, one.area, one.against) for one in figures.catalogue(given, lang)]
    serial = releases.begin(study, _FIGURES).serial
    drawn = _drawn(given, named, lang, progress)
    return tuple(write(folder / f"{name}.{kind}", picture(figure, kind, dpi, serial)) for name, figure in drawn)


def export_one(study: Study, target: Path, name: str, area: str, lang: str, against: str = "") -> Path:
    """Write one figure into a file (by its ending PNG or SVG), with a serial number that the log remembers.

    Raises:
        Refused: `figure.unknown`, `study.no-method`, `report.*`.
    """
    drawn = draw(content(study), name, area, lang, against)
    serial = releases.begin(study, f"{_FIGURES} {name}").serial
    return write(target, picture(drawn, target.suffix.lower().removeprefix("."), serial=serial))


def _drawn(
    given: FigureContent, wanted: Sequence[tuple[str, str, str]], lang: str, progress: Progress
) -> Iterator[tuple[str, Drawing]]:
    """Each figure with the name of its file."""
    from kume_desktop.reports.figures.catalogue import file_name

    for place, (name, area, against) in enumerate(wanted):
        progress(place, len(wanted), DRAWING)
        yield file_name(name, area, against), draw(given, name, area, lang, against)
    progress(len(wanted), len(wanted), DRAWING)


def write(target: Path, data: bytes) -> Path:
    """Put a picture on the disk whole or not at all; Refused (`report.*`) says why not."""
    from kume_desktop.reports.writing.disk import refusal, to_disk

    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        to_disk(temporary)
        temporary.replace(target)
    except OSError as error:
        raise Refused(refusal(error, target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def prepare() -> None:
    """Before Matplotlib is loaded: its cache of fonts belongs into the profile, not into the person's home."""
    os.environ.setdefault("MPLCONFIGDIR", str(paths.cache() / "matplotlib"))

"""Activity areas as lines of text: code; Turkish name; English name; NACE; number of firms in the frame."""

from __future__ import annotations

from kume_desktop import turkish
from kume_desktop.problems import Problem, Refused, problem
from kume_desktop.services.views import Area
from kume_desktop.texts import N_

AREA_EXAMPLE = N_("kimya; Kimya; Chemicals; 20; 35")
REVISION = "NACE Rev. 2"
_PARTS = 5


def read_areas(text: str) -> tuple[Area, ...]:
    r"""Give the areas of `text`, one a line; a line may be the name alone, its code is then made from the name.

    >>> [area.code for area in read_areas("kimya; Kimya\nGelinlik ve Abiye")]
    ['kimya', 'gelinlik_ve_abiye']
    """
    areas: list[Area] = []
    found: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        area = _area(line)
        if area is None:
            found.append(problem("window.area-line", line=number, text=line.strip()))
        elif area.code in {known.code for known in areas}:
            found.append(problem("window.area-twice", line=number, code=area.code))
        else:
            areas.append(area)
    if found:
        raise Refused(*found)
    return tuple(areas)


def write_areas(areas: tuple[Area, ...]) -> str:
    """The lines of areas, as `read_areas` reads them."""
    return "\n".join(
        "; ".join((area.code, area.name_tr, area.name_en, area.nace, "" if area.frame_n is None else str(area.frame_n)))
        for area in areas
    )


def _area(line: str) -> Area | None:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) == 1:
        parts = ["", *parts]
    code, name_tr, name_en, nace, frame = (*parts, "", "", "", "", "")[:_PARTS]
    if not name_tr or len(parts) > _PARTS or (frame and not frame.isdecimal()):
        return None
    return Area(
        code=code or _code(name_tr),
        name_tr=name_tr,
        name_en=name_en or name_tr,
        nace=nace,
        nace_revision=REVISION if nace else "",
        frame_n=int(frame) if frame else None,
    )


def _code(name: str) -> str:
    plain = turkish.fold(name).replace("ı", "i")
    return "_".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain).split())

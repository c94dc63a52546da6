"""The two other ways to a figure: a panel scores an area directly, an expert rates the needs of an area or a firm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services import rating_material
from kume_desktop.services.rating_desk import RatingDesk, blank_given, level_in_force, live_score, opinion
from kume_desktop.services.rating_queue import AREA, BLIND_ROUND, EXPERT, RATING, UNIT
from kume_desktop.services.rating_views import AnchorView, NeedItem, NeedSheet, Opinion, PanelItem, PanelSheet

if TYPE_CHECKING:
    from kume_desktop.scoring.parts import Named
    from kume_desktop.store.records import AreaRecord, RatingRecord

PANEL = "panel"
"""Who rates where no panel of another name has begun: everybody who writes for the panel changes the same level."""

_NEED_SCALE = "1-5"


def panel_sheet(desk: RatingDesk, area_id: str) -> PanelSheet:
    """A panel's levels of an area."""
    area, known = _area(desk, area_id), _panel_ratings(desk, area_id)
    record = rating_material.rubric(desk.study)
    indicators = desk.study.instrument(record.version_id).indicators if record is not None else ()
    items = tuple(
        PanelItem(
            rating_material.blank_subject(one, desk.method, on_scale=True),
            opinion(known[one.code]) if one.code in known else Opinion(),
        )
        for one in sorted(indicators, key=lambda one: one.number)
        if one.code in desk.board.codes
    )
    met = max((one for one in known.values() if one.held_on or one.members), key=lambda one: one.at, default=None)
    return PanelSheet(
        target_id=area_id,
        code=area.code,
        name=_name(area),
        items=items,
        held_on=met.held_on if met is not None else "",
        members=met.members if met is not None else "",
        score=live_score([level_in_force(one.given) for one in items], desk.method, on_scale=True),
    )


def give_panel(
    desk: RatingDesk, area_id: str, indicator: str, answer: str, *, reason: str | None = None,
    held_on: str | None = None, members: str | None = None,
) -> None:  # fmt: skip
    """Give an area a level on the method's scale; a draft until it has its reason, its day and its members.

    Raises:
        Refused: `rating.bad-day`; the database cannot be written.
    """
    before = _panel_ratings(desk, area_id).get(indicator)
    known = opinion(before) if before is not None else Opinion()
    sheet = panel_sheet(desk, area_id)
    said = known.reason if reason is None else reason.strip()
    day = _day(known.held_on or sheet.held_on if held_on is None else held_on)
    present = known.members or sheet.members if members is None else members.strip()
    is_draft = not (said and day and present)
    scale = f"{desk.method.scale_min}-{desk.method.scale_max}"
    given = blank_given(desk.study, AREA, area_id, indicator, answer, is_draft=is_draft, scale=scale)
    rater = before.rater if before is not None else _panel_name(desk, area_id)
    desk.write(replace(given, rater=rater, reason=said, held_on=day, members=present), before)


def _panel_ratings(desk: RatingDesk, area_id: str) -> dict[str, RatingRecord]:
    """Indicator -> the panel's level; where several panels spoke, the one that is changed here is the last."""
    from kume_desktop.store import reading

    known = reading.ratings(desk.study.database, desk.study.wave.wave_id, area_id)
    return {one.indicator: one for one in known if one.basis == RATING and one.round == BLIND_ROUND}


def _panel_name(desk: RatingDesk, area_id: str) -> str:
    names = {one.rater for one in _panel_ratings(desk, area_id).values()}
    return names.pop() if len(names) == 1 else PANEL


def _day(text: str) -> str:
    """A day as ISO text; 20.11.2026 is taken too."""
    typed = text.strip()
    if not typed:
        return ""
    parts = typed.split(".")
    try:
        found = date(*map(int, reversed(parts))) if len(parts) == 3 else date.fromisoformat(typed)
    except ValueError as error:
        raise Refused(problem("rating.bad-day", text=typed)) from error
    if found > date.today():  # noqa: DTZ011 - the day on the wall where people sit
        raise Refused(problem("rating.day-to-come", text=typed))
    return found.isoformat()


def need_sheet(desk: RatingDesk, target_id: str) -> NeedSheet:
    """This person's rating of the needs of an area or a firm."""
    areas = {area.area_id: area for area in desk.board.areas}
    kind = AREA if target_id in areas else UNIT
    name = _name(areas[target_id]) if kind == AREA else desk.board.units[target_id].name
    known = desk.own(target_id, EXPERT)
    needs, lang = desk.method.needs, texts.language()
    functions = {one.code: one.text.say(lang) for one in needs.functions}
    resources = {one.code: one.text.say(lang) for one in needs.resources}
    answers = tuple(_answers(needs.likert))
    items = tuple(
        NeedItem(
            cell.code,
            functions[cell.function],
            resources[cell.resource],
            answers,
            opinion(known[cell.code]) if cell.code in known else Opinion(),
        )
        for cell in needs.cells
    )
    return NeedSheet(target_id, kind, name, items)


def _answers(likert: Sequence[Named]) -> Iterator[AnchorView]:
    for level, named in enumerate(likert, start=1):
        yield AnchorView(level, named.text.say(texts.language()), level, len(likert))


def give_need(desk: RatingDesk, target_id: str, cell: str, answer: str, *, note: str | None = None) -> None:
    """Rate a need cell from 1 to 5, or say that it does not apply; the note says what the expert goes by."""
    known = desk.own(target_id, EXPERT).get(cell)
    kind = AREA if any(area.area_id == target_id for area in desk.board.areas) else UNIT
    said = (known.reason if known is not None else "") if note is None else note.strip()
    given = blank_given(desk.study, kind, target_id, cell, answer, is_draft=False, scale=_NEED_SCALE)
    desk.write(replace(given, basis=EXPERT, reason=said), known)


def _area(desk: RatingDesk, area_id: str) -> AreaRecord:
    return next(area for area in desk.board.areas if area.area_id == area_id)


def _name(area: AreaRecord) -> str:
    return area.name_en if texts.language() == "en" and area.name_en else area.name_tr

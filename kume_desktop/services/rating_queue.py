"""Which firms wait for whom: one's own, the blind second ratings, and those on which two raters differ.

A firm's first rater is whoever begins it. Second raters are drawn at random for a share of the firms and rate without
seeing the first; what two of them say is compared only when both sheets are final.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services import rating_material
from kume_desktop.services.rating_views import Drawn, QueueRow, RatingSettings, SheetState, Tab

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.rating_rows import InterviewedFirm, RatedMark
    from kume_desktop.store.records import AreaRecord, InterviewRecord

UNIT, AREA = "unit", "area"
RATING, EXPERT = "rating", "expert"
BLIND_ROUND, DRAWN_ROUND, AGREED_ROUND = 1, 0, 2
DRAWN, OPEN, FINAL = "drawn", "open", "final"
THIRD_FROM = 2
"""Levels of difference from which a third person decides."""

_RATERS = {"staff", "scorer"}
_SETTINGS = {"blind": "rating_blind", "share": "rating_second_share", "seed": "rating_seed"}
_YES = "yes"


def settings(study: Study) -> RatingSettings:
    """How this study rates."""
    from kume_desktop.store import reading

    kept = reading.facts(study.database, study.record.study_id)
    usual = RatingSettings()
    return RatingSettings(
        blind=kept.get(_SETTINGS["blind"], _YES) == _YES,
        share=int(kept.get(_SETTINGS["share"], round(usual.share * 100))) / 100,
        seed=int(kept.get(_SETTINGS["seed"], usual.seed)),
    )


def change_settings(study: Study, wanted: RatingSettings) -> None:
    """Rate otherwise from now on; levels that were given keep how they were given.

    Raises:
        Refused: `rating.bad-share`.
    """
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    if not 0 <= wanted.share <= 1:
        raise Refused(problem("rating.bad-share", share=round(wanted.share * 100)))
    values = {
        "blind": _YES if wanted.blind else "no",
        "share": str(round(wanted.share * 100)),
        "seed": str(wanted.seed),
    }
    with study.act() as act:
        for name, value in values.items():
            writing.set_fact(act, SubjectKind.STUDY, study.record.study_id, _SETTINGS[name], value)


@dataclass(slots=True)
class Standing:
    """Who rated what of one target, in one wave. Answers are '1'..'5', 'na', 'dk'; drafts are apart."""

    blind: dict[str, dict[str, RatedMark]] = field(default_factory=dict)  # rater -> indicator -> mark
    agreed: dict[str, RatedMark] = field(default_factory=dict)  # indicator -> mark of the last round
    needs: dict[str, dict[str, RatedMark]] = field(default_factory=dict)  # expert -> cell -> mark
    sheets: dict[str, str] = field(default_factory=dict)  # rater -> state
    drawn: set[str] = field(default_factory=set)

    def add(self, mark: RatedMark) -> None:
        """Take in what somebody gave."""
        if mark.basis == EXPERT:
            self.needs.setdefault(mark.rater, {})[mark.indicator] = mark
        elif mark.round <= BLIND_ROUND:
            self.blind.setdefault(mark.rater, {})[mark.indicator] = mark
        elif mark.answer and not (mark.is_draft and mark.indicator in self.agreed):
            self.agreed[mark.indicator] = mark

    def raters(self) -> list[str]:
        """Who gave a level blind, in alphabetical order."""
        return sorted(rater for rater, given in self.blind.items() if any(mark.answer for mark in given.values()))

    def done(self, rater: str, codes: Iterable[str]) -> int:
        """How many indicators a rater has settled."""
        given = self.blind.get(rater, {})
        return sum(code in given and bool(given[code].answer) and not given[code].is_draft for code in codes)

    def state(self, rater: str, codes: Sequence[str]) -> SheetState:
        """Where a rater stands; a sheet that was never marked (levels from a file) is final when it is whole."""
        known = self.sheets.get(rater)
        if known in {OPEN, FINAL}:
            return SheetState(known)
        done = self.done(rater, codes)
        if known is None and done == len(codes):
            return SheetState.FINAL
        return (
            SheetState.OPEN if any(mark.answer for mark in self.blind.get(rater, {}).values()) else SheetState.WAITING
        )

    def final_raters(self, codes: Sequence[str]) -> list[str]:
        """The raters whose sheets are final."""
        return [rater for rater in self.raters() if self.state(rater, codes) is SheetState.FINAL]

    def differing(self, codes: Sequence[str]) -> dict[str, int | None]:
        """Indicator -> distance in levels (None: one of them is no level), where final raters differ."""
        raters = self.final_raters(codes)
        found: dict[str, int | None] = {}
        for code in codes:
            answers = {self.blind[rater][code].answer for rater in raters if code in self.blind[rater]} - {""}
            if len(answers) > 1:
                found[code] = distance(answers)
        return found

    def is_settled(self, code: str) -> bool:
        """Whether a further round has decided an indicator."""
        return code in self.agreed and not self.agreed[code].is_draft


def distance(answers: Iterable[str]) -> int | None:
    """Levels between the lowest and the highest answer, None where one is no level.

    >>> distance({"2", "4"}), distance({"2", "na"})
    (2, None)
    """
    given = set(answers)
    if not all(answer.isdecimal() for answer in given):
        return None
    return max(map(int, given)) - min(map(int, given))


def needs_third(far: int | None) -> bool:
    """Whether a third person decides."""
    return far is not None and far >= THIRD_FROM


class Board:
    """Everything a queue needs, read once; `refresh` reads one target again after an act."""

    def __init__(self, study: Study, codes: Sequence[str], cells: Sequence[str]) -> None:
        from kume_desktop.store import rating_rows, reading

        self.study = study
        self.codes = tuple(codes)
        self.cells = tuple(cells)
        self.units: dict[str, InterviewedFirm] = {
            firm.unit_id: firm for firm in rating_rows.firms(study.database, study.wave.wave_id)
        }
        self.areas: tuple[AreaRecord, ...] = reading.areas(study.database)
        people = rating_rows.people(study.database, study.wave.wave_id)
        self._people = {one.name for one in people if one.role in _RATERS} | {study.person}
        self._standings: dict[str, Standing] = {}
        self._read(None)
        self._since = rating_rows.rated_since(study.database, study.wave.wave_id, study.person)
        self.interviews: dict[str, InterviewRecord] = {
            unit_id: record
            for unit_id, record in _interviews(study, self.units).items()
            if record.state == "completed" or self.standing(unit_id).raters()
        }

    @property
    def person(self) -> str:
        """Whose queue it is."""
        return self.study.person

    @property
    def people(self) -> list[str]:
        """Everybody who may rate: staff of the wave, and whoever has rated."""
        firms = [self.standing(unit_id) for unit_id in self.interviews]
        return sorted(self._people.union(*(one.raters() for one in firms), *(one.sheets for one in firms)))

    def standing(self, target_id: str) -> Standing:
        """Who rated what of a target."""
        return self._standings.get(target_id) or Standing()

    def refresh(self, target_id: str) -> None:
        """Read one target again."""
        from kume_desktop.store import rating_rows

        self._standings.pop(target_id, None)
        self._read(target_id)
        self._since = rating_rows.rated_since(self.study.database, self.study.wave.wave_id, self.person)

    def _read(self, target_id: str | None) -> None:
        from kume_desktop.store import rating_rows, reading

        for mark in rating_rows.marks(self.study.database, self.study.wave.wave_id, target_id):
            self._standings.setdefault(mark.target_id, Standing()).add(mark)
        for sheet in reading.sheets(self.study.database, self.study.wave.wave_id):
            if target_id in {None, sheet.target_id}:
                here = self._standings.setdefault(sheet.target_id, Standing())
                if sheet.round == DRAWN_ROUND:
                    here.drawn |= {sheet.rater} if sheet.state == DRAWN else set()
                else:
                    here.sheets[sheet.rater] = sheet.state

    def tab_of(self, unit_id: str) -> Tab | None:
        """In which of the two lists a firm stands for this person, None where another rater has it."""
        here = self.standing(unit_id)
        if self.person in here.drawn:
            return Tab.BLIND
        others = set(here.raters()) - {self.person} - here.drawn
        return Tab.MINE if self.person in here.raters() or self.person in here.sheets or not others else None

    def is_rater(self, unit_id: str) -> bool:
        """Whether this person rates a firm, or was drawn to."""
        here = self.standing(unit_id)
        return self.person in here.drawn or self.person in here.raters() or self.person in here.sheets

    def may_compare(self, unit_id: str) -> bool:
        """Whether this person may see what others gave: not before the own sheet is final."""
        here = self.standing(unit_id)
        return not self.is_rater(unit_id) or here.state(self.person, self.codes) is SheetState.FINAL

    def may_settle(self, unit_id: str, far: int | None) -> bool:
        """Whether this person can agree a level: a third one from two levels on, where staffing has a third."""
        if not needs_third(far):
            return True
        raters = set(self.standing(unit_id).raters())
        return self.person not in raters or not set(self.people) - raters

    def rows(self, tab: Tab, area: str = "") -> tuple[QueueRow, ...]:
        """The lines of a list, of an area or of all ('')."""
        match tab:
            case Tab.MINE | Tab.BLIND:
                found = (self._firm_row(unit_id) for unit_id in self.interviews if self.tab_of(unit_id) is tab)
            case Tab.DIFFERING:
                found = (row for unit_id in self.interviews if (row := self._differing_row(unit_id)) is not None)
            case Tab.PANEL:
                found = (self._panel_row(one) for one in self.areas)
            case Tab.NEEDS:
                found = (row for row in self._need_rows(area))
        return tuple(row for row in found if area in {"", row.area})

    def counts(self, area: str = "") -> Mapping[Tab, int]:
        """How many lines each list has."""
        return {tab: len(self.rows(tab, area)) for tab in Tab}

    def _firm_row(self, unit_id: str) -> QueueRow:
        unit, record, here = self.units[unit_id], self.interviews[unit_id], self.standing(unit_id)
        since = self._since.get(unit_id)
        return QueueRow(
            target_id=unit_id,
            kind=UNIT,
            code=unit.code,
            name=unit.name,
            area=unit.area,
            place=unit.district,
            done=here.done(self.person, self.codes),
            total=len(self.codes),
            state=here.state(self.person, self.codes),
            own_interview=record.interviewer == self.person,
            reopened=record.state != "completed",
            changed=since is not None and record.completed_at is not None and since < record.completed_at,
        )

    def _differing_row(self, unit_id: str) -> QueueRow | None:
        unit, here = self.units[unit_id], self.standing(unit_id)
        differing = here.differing(self.codes)
        if not differing or not self.may_compare(unit_id):
            return None
        waiting = [code for code in differing if not here.is_settled(code)]
        third = any(needs_third(differing[code]) for code in waiting)
        if waiting and not third and not self.is_rater(unit_id):
            return None
        done = len(differing) - len(waiting)
        state = SheetState.FINAL if not waiting else SheetState.OPEN if done else SheetState.WAITING
        return QueueRow(
            unit_id, UNIT, unit.code, unit.name, unit.area, unit.district, done, len(differing), state,
            own_interview=self.interviews[unit_id].interviewer == self.person, needs_third=third,
        )  # fmt: skip

    def _panel_row(self, area: AreaRecord) -> QueueRow:
        here = self.standing(area.area_id)
        settled = {
            code for given in here.blind.values() for code, mark in given.items() if mark.answer and not mark.is_draft
        }
        return self._area_row(area, len(settled & set(self.codes)), len(self.codes))

    def _need_rows(self, area: str) -> Iterable[QueueRow]:
        yield from (self._area_row(one, self._cells_done(one.area_id), len(self.cells)) for one in self.areas)
        for unit_id in self.interviews if area else ():
            unit, done = self.units[unit_id], self._cells_done(unit_id)
            yield QueueRow(
                unit_id, UNIT, unit.code, unit.name, unit.area, unit.district, done, len(self.cells),
                _state(done, len(self.cells)), own_interview=self.interviews[unit_id].interviewer == self.person,
            )  # fmt: skip

    def _cells_done(self, target_id: str) -> int:
        given = self.standing(target_id).needs.get(self.person, {})
        return sum(bool(mark.answer) and not mark.is_draft for mark in given.values())

    def _area_row(self, area: AreaRecord, done: int, total: int) -> QueueRow:
        name = area.name_en if texts.language() == "en" and area.name_en else area.name_tr
        return QueueRow(area.area_id, AREA, area.code, name, area.code, "", done, total, _state(done, total))


def _state(done: int, total: int) -> SheetState:
    if not done:
        return SheetState.WAITING
    return SheetState.FINAL if done == total else SheetState.OPEN


def _interviews(study: Study, units: Iterable[str]) -> dict[str, InterviewRecord]:
    """Firm -> its one interview with a rubric, in the order of the firms; firms with several are a conflict."""
    from kume_desktop.store import reading

    wanted = rating_material.rubric(study)
    by_unit: dict[str, list[InterviewRecord]] = {}
    for each in reading.interviews(study.database, wave_id=study.wave.wave_id):
        if wanted is not None and each.instrument_id == wanted.instrument_id and each.counts:
            by_unit.setdefault(each.unit_id, []).append(each)
    return {unit_id: by_unit[unit_id][0] for unit_id in units if len(by_unit.get(unit_id, ())) == 1}


def draw_second(study: Study, board: Board) -> tuple[Drawn, ...]:
    """Draw a second rater for the share of each area's firms that the study wants; those drawn before stay.

    Seeded: the same study, share and seed draw the same. Never the first rater; somebody who interviewed the firm only
    where nobody else is left.

    Raises:
        Refused: `rating.nobody-second` (only one person rates in this study).
    """
    from kume_desktop.store import writing

    wanted = settings(study)
    people = board.people
    if len(people) < 2:
        raise Refused(problem("rating.nobody-second"))
    drawn: list[Drawn] = []
    load = dict.fromkeys(people, 0)
    for area in board.areas:
        drawn += _draw_area(board, area.code, wanted, load)
    with study.act() as act:
        for one in drawn:
            writing.mark_sheet(
                act,
                writing.SheetMarked(study.wave.wave_id, UNIT, one.target_id, one.rater, DRAWN, round=DRAWN_ROUND),
            )
    for one in drawn:
        board.refresh(one.target_id)
    return tuple(drawn)


def _draw_area(board: Board, area: str, wanted: RatingSettings, load: dict[str, int]) -> list[Drawn]:
    firms = sorted((unit_id for unit_id in board.interviews if board.units[unit_id].area == area), key=_code_in(board))
    twice = [one for one in firms if board.standing(one).drawn or len(board.standing(one).raters()) > 1]
    missing = int(wanted.share * len(firms) + 0.5) - len(twice)
    chance = random.Random(f"{wanted.seed}/{area}/{len(twice)}")  # noqa: S311 - a draw, no secret
    left = [one for one in firms if one not in twice]
    found: list[Drawn] = []
    for unit_id in sorted(chance.sample(left, max(0, min(missing, len(left)))), key=_code_in(board)):
        asked = board.interviews[unit_id].interviewer
        free = [one for one in load if one not in board.standing(unit_id).raters()]
        others = [one for one in free if one != asked] or free
        if others:
            fewest = min(load[one] for one in others)
            rater = chance.choice([one for one in others if load[one] == fewest])
            load[rater] += 1
            found.append(Drawn(unit_id, rater, rater == asked))
    return found


def _code_in(board: Board) -> Callable[[str], tuple[str, str]]:
    return lambda unit_id: (board.units[unit_id].code, unit_id)

"""Giving levels: a rater's sheet of a firm, agreeing where two differ, a panel's levels, an expert's needs.

Each press is one unit of work. A level that still lacks its reason or its kind of evidence is kept as a draft that
counts nowhere. What another rater gave cannot be read here before one's own sheet is final.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import rating_material, rating_queue, results
from kume_desktop.services.rating_queue import BLIND_ROUND, FINAL, OPEN, RATING, UNIT, Board
from kume_desktop.services.rating_views import (
    NOT_APPLICABLE,
    NOT_ENOUGH,
    Difference,
    DifferenceSheet,
    IndicatorView,
    LiveScore,
    Mark,
    Opinion,
    SheetState,
    SheetView,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kume_desktop.scoring.method import Method
    from kume_desktop.services.rating_material import Material
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import RatingRecord
    from kume_desktop.store.unit_of_work import Act
    from kume_desktop.store.writing import RatingGiven

EVIDENCE_FROM = 4
"""The level from which the kind of evidence is required."""
SCALE = "1-5"
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Undoable:
    """What an act changed: a rating as it was before (None: there was none), or a sheet that was finished."""

    target_id: str
    indicator: str
    given: RatingGiven | None = None
    before: RatingRecord | None = None


class RatingDesk:
    """Everything a person does on the rating page; `saved_at` is the moment of the last commit."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.method: Method = results.method(study)
        self.settings = rating_queue.settings(study)
        self.board = Board(study, self.method.indicator_codes, [cell.code for cell in self.method.needs.cells])
        self.saved_at: datetime | None = None
        self._material: dict[str, Material] = {}
        self._undoable: list[Undoable] = []

    # --- a rater's own sheet ---

    def sheet(self, unit_id: str) -> SheetView:
        """This person's sheet of a firm; nobody else's levels are in it."""
        material, own = self.material(unit_id), self.own(unit_id)
        views = tuple(self._view(material, code, own.get(code)) for code in self.codes(material))
        return SheetView(
            firm=material.head,
            state=self.board.standing(unit_id).state(self.study.person, self.board.codes),
            is_second=self.study.person in self.board.standing(unit_id).drawn,
            indicators=views,
            score=live_score([level_in_force(one.given) for one in views], self.method),
        )

    def give(
        self, unit_id: str, indicator: str, answer: str, *, evidence_kind: str | None = None, reason: str | None = None
    ) -> IndicatorView:
        """Give '1'..'5', 'na' or 'dk' for an indicator; evidence and reason left None stay as they are.

        Raises:
            Refused: `rating.interview-open`, `rating.sheet-final`, `rating.not-yours`, or the database cannot be
                written.
        """
        self._check_open(unit_id)
        material, before = self.material(unit_id), self.own(unit_id).get(indicator)
        suggested = material.suggested.get(indicator)
        known = opinion(before) if before is not None else Opinion()
        kind = known.evidence_kind if evidence_kind is None else evidence_kind
        said = known.reason if reason is None else reason.strip()
        is_draft = not is_complete(answer, suggested, kind, said)
        given = self._given(UNIT, unit_id, indicator, answer, is_draft=is_draft, scale=SCALE)
        given = replace(
            given,
            suggestion=suggested,
            reason=said,
            evidence=material.evidence.get(indicator, ()),
            evidence_kind=kind,
            seen=self._seen(suggested, before, answer),
            rubric_version=self.board.interviews[unit_id].version_id,
            facts_hash=material.hashes.get(indicator, ""),
        )
        self.write(given, before, sheet=OPEN)
        return self._view(material, indicator, self.own(unit_id)[indicator])

    def finish(self, unit_id: str) -> None:
        """Say that one's sheet is final; from now on it can be compared with the other rater's.

        Where there is another rater this stands: neither it nor a level of the sheet can be taken back.

        Raises:
            Refused: `rating.sheet-open` (some indicators still wait), `rating.interview-open`.
        """
        self._check_open(unit_id)
        waiting = len(self.board.codes) - self.board.standing(unit_id).done(self.study.person, self.board.codes)
        if waiting:
            raise Refused(problem("rating.sheet-open", waiting=waiting))
        self._mark(unit_id, FINAL)
        self._undoable.append(Undoable(unit_id, ""))
        if not self.may_reopen(unit_id):
            self._forget(unit_id)

    def _forget(self, target_id: str) -> None:
        """What stands cannot be taken back; what was done before it elsewhere still can."""
        self._undoable = [one for one in self._undoable if one.target_id != target_id]

    def reopen(self, unit_id: str) -> None:
        """Change one's final sheet again, as long as there is no other rater whose levels one may have seen.

        Raises:
            Refused: `rating.compared-already`.
        """
        if not self.may_reopen(unit_id):
            self._forget(unit_id)
            raise Refused(problem("rating.compared-already"))
        self._mark(unit_id, OPEN)
        self._undoable = [one for one in self._undoable if one != Undoable(unit_id, "")]

    def may_reopen(self, unit_id: str) -> bool:
        """Whether a final sheet can be changed: nobody else has rated this firm or was drawn to."""
        here = self.board.standing(unit_id)
        return not (set(here.raters()) | here.drawn) - {self.study.person}

    def undo(self) -> tuple[str, str] | None:
        """Take the last act back by a new event; returns its target and indicator, None where there is none."""
        if not self._undoable:
            return None
        last = self._undoable[-1]
        if last.given is None:
            self.reopen(last.target_id)
        else:
            self._restore(last.given, last.before)
            self._undoable.pop()
        return last.target_id, last.indicator

    # --- where raters differ ---

    def differences(self, unit_id: str) -> DifferenceSheet:
        """What the raters of a firm gave where they differ, and what was agreed.

        Raises:
            Refused: `rating.still-blind` (one's own sheet of this firm is not final yet).
        """
        if not self.board.may_compare(unit_id):
            raise Refused(problem("rating.still-blind"))
        material, here = self.material(unit_id), self.board.standing(unit_id)
        known = self._ratings(unit_id)
        found = []
        for code, far in here.differing(self.board.codes).items():
            blind = [one for one in known if one.indicator == code and one.round == BLIND_ROUND]
            agreed = [one for one in known if one.indicator == code and one.round > BLIND_ROUND]
            found.append(
                Difference(
                    subject=material.subjects[code],
                    opinions=tuple(opinion(one) for one in blind if opinion(one).answer),
                    agreed=opinion(agreed[-1]) if agreed else Opinion(),
                    suggestion=material.suggested.get(code),
                    distance=far,
                    needs_third=rating_queue.needs_third(far),
                    may_settle=self.board.may_settle(unit_id, far),
                )
            )
        return DifferenceSheet(material.head, tuple(found))

    def settle(
        self, unit_id: str, indicator: str, answer: str, *, evidence_kind: str | None = None, reason: str | None = None
    ) -> None:
        """Agree a level: a further round that names both; the blind levels stay as they were given.

        Raises:
            Refused: `rating.still-blind`, `rating.third-decides`.
        """
        if not self.board.may_compare(unit_id):
            raise Refused(problem("rating.still-blind"))
        if not self.board.may_settle(unit_id, self.board.standing(unit_id).differing(self.board.codes)[indicator]):
            raise Refused(problem("rating.third-decides"))
        known = [one for one in self._ratings(unit_id) if one.indicator == indicator]
        agreed = [one for one in known if one.round > BLIND_ROUND]
        mine = next((one for one in agreed if one.rater == self.study.person), None)
        before = opinion(mine) if mine is not None else Opinion()
        kind = before.evidence_kind if evidence_kind is None else evidence_kind
        said = before.reason if reason is None else reason.strip()
        last = max((one.round for one in known), default=BLIND_ROUND)
        material = self.material(unit_id)
        given = self._given(UNIT, unit_id, indicator, answer, is_draft=not said, scale=SCALE)
        given = replace(
            given,
            round=mine.round if mine is not None and mine.round == last else last + 1,
            suggestion=material.suggested.get(indicator),
            reason=said,
            evidence=material.evidence.get(indicator, ()),
            evidence_kind=kind,
            settles=tuple(one.rating_id for one in known if one is not mine and opinion(one).answer),
            seen=BEFORE if material.suggested.get(indicator) is not None else "",
            rubric_version=self.board.interviews[unit_id].version_id,
            facts_hash=material.hashes.get(indicator, ""),
        )
        self.write(given, mine if mine is not None and mine.round == given.round else None)

    # --- what all routes share ---

    def write(self, given: RatingGiven, before: RatingRecord | None, *, sheet: str = "") -> None:
        """Store what was given in one unit of work, with the state of the sheet where that changes; undoable."""
        from kume_desktop.store import writing

        known = self.board.standing(given.target_id).sheets.get(self.study.person)
        with self.study.act(wait=False) as act:
            if sheet and known != sheet:
                self._write_sheet(act, given.target_id, sheet)
            writing.rate(act, given, replaces=before)
        self._stored(act, given.target_id)
        self._undoable.append(Undoable(given.target_id, given.indicator, given, before))

    def own(self, target_id: str, basis: str = RATING, round_: int = BLIND_ROUND) -> dict[str, RatingRecord]:
        """What this person gave for a target, by indicator."""
        return {
            one.indicator: one
            for one in self._ratings(target_id, basis)
            if one.rater == self.study.person and one.round == round_
        }

    def material(self, unit_id: str) -> Material:
        """The interview of a firm as it is read for rating; read once."""
        if unit_id not in self._material:
            self._material[unit_id] = rating_material.read(self.study, self.board.interviews[unit_id], self.method)
        return self._material[unit_id]

    def codes(self, material: Material) -> list[str]:
        """The indicators of the method that the rubric of an interview knows, in order."""
        return [code for code in self.board.codes if code in material.subjects]

    def _ratings(self, target_id: str, basis: str = RATING) -> list[RatingRecord]:
        from kume_desktop.store import reading

        known = reading.ratings(self.study.database, self.study.wave.wave_id, target_id)
        return [one for one in known if one.basis == basis]

    def _check_open(self, unit_id: str) -> None:
        if self.board.interviews[unit_id].state != "completed":
            raise Refused(problem("rating.interview-open"))
        if self.board.tab_of(unit_id) is None:
            raise Refused(problem("rating.not-yours"))
        if self.board.standing(unit_id).state(self.study.person, self.board.codes) is SheetState.FINAL:
            raise Refused(problem("rating.sheet-final"))

    def _seen(self, suggested: int | None, before: RatingRecord | None, answer: str) -> str:
        """Whether the suggestion was in sight when this answer was given; '' where there is none."""
        if suggested is None:
            return ""
        if before is None:
            return AFTER if self.settings.blind else BEFORE
        return before.seen if opinion(before).answer == answer else BEFORE

    def _view(self, material: Material, code: str, record: RatingRecord | None) -> IndicatorView:
        suggested = material.suggested.get(code)
        given = opinion(record) if record is not None else Opinion()
        hidden = self.settings.blind and record is None and suggested is not None
        was = record.facts_hash if record is not None else ""
        return IndicatorView(
            subject=material.subjects[code],
            given=given,
            suggestion=None if hidden else suggested,
            is_hidden=hidden,
            differs=bool(given.answer) and suggested is not None and given.answer != str(suggested),
            needs_reason=bool(given.answer) and not given.reason and given.answer != str(suggested),
            needs_evidence=needs_evidence(given.answer, given.evidence_kind),
            is_stale=bool(given.answer) and was not in {"", material.hashes[code]},
        )

    def _given(
        self, kind: str, target_id: str, indicator: str, answer: str, *, is_draft: bool, scale: str
    ) -> RatingGiven:
        return blank_given(self.study, kind, target_id, indicator, answer, is_draft=is_draft, scale=scale)

    def _restore(self, given: RatingGiven, before: RatingRecord | None) -> None:
        """Write what stood there before; where nothing did, an empty level that remembers what was in sight."""
        from kume_desktop.store import writing

        if before is None:
            former = replace(
                given, level=None, missing="", draft="", reason="", evidence_kind="", settles=(), held_on="",
                members="", seen=BEFORE if given.seen else "",
            )  # fmt: skip
        else:
            former = replace(
                given, level=before.level, missing=before.missing, draft=before.draft, reason=before.reason,
                evidence=before.evidence, evidence_kind=before.evidence_kind, settles=before.settles, seen=before.seen,
                suggestion=before.suggestion, rubric_version=before.rubric_version, facts_hash=before.facts_hash,
                held_on=before.held_on, members=before.members,
            )  # fmt: skip
        now = next(one for one in self._ratings(given.target_id, given.basis) if one.rating_id == given.rating_id)
        with self.study.act(wait=False) as act:
            writing.rate(act, former, replaces=now)
        self._stored(act, given.target_id)

    def _mark(self, unit_id: str, state: str) -> None:
        with self.study.act(wait=False) as act:
            self._write_sheet(act, unit_id, state)
        self._stored(act, unit_id)

    def _write_sheet(self, act: Act, unit_id: str, state: str) -> None:
        from kume_desktop.store import writing

        wave, person = self.study.wave.wave_id, self.study.person
        writing.mark_sheet(act, writing.SheetMarked(wave, UNIT, unit_id, person, state, BLIND_ROUND))

    def _stored(self, act: Act, target_id: str) -> None:
        self.saved_at = act.at
        self.board.refresh(target_id)


def is_complete(answer: str, suggested: int | None, evidence_kind: str, reason: str) -> bool:
    """Whether an answer needs nothing more.

    A reason where it is not what the rubric suggests (or where that suggests nothing), a kind of evidence from level 4.

    >>> is_complete("3", 3, "", ""), is_complete("4", 4, "", ""), is_complete("3", None, "", "")
    (True, False, False)
    """
    agrees = suggested is not None and answer == str(suggested)
    return (agrees or bool(reason)) and not needs_evidence(answer, evidence_kind)


def needs_evidence(answer: str, evidence_kind: str) -> bool:
    """Whether the kind of evidence is missing: it is required from level 4."""
    return answer.isdecimal() and int(answer) >= EVIDENCE_FROM and not evidence_kind


def opinion(record: RatingRecord) -> Opinion:
    """A rating as the window shows it."""
    answer = record.draft or record.missing or ("" if record.level is None else str(record.level))
    return Opinion(
        rating_id=record.rating_id,
        rater=record.rater,
        round=record.round,
        answer=answer,
        mark=Mark.DRAFT if record.draft else Mark.DONE if answer else Mark.WAITING,
        evidence_kind=record.evidence_kind,
        reason=record.reason,
        suggestion=record.suggestion,
        seen=record.seen,
        held_on=record.held_on,
        members=record.members,
        at=record.at,
    )


def level_in_force(given: Opinion) -> int | None:
    """The level that counts: none while it is a draft."""
    return given.level if given.mark is Mark.DONE else None


def blank_given(
    study: Study, kind: str, target_id: str, indicator: str, answer: str, *, is_draft: bool, scale: str
) -> RatingGiven:
    """A level (or the reason why there is none, or a draft) as it is stored, without what it rests on."""
    from kume_desktop.store.writing import RatingGiven

    is_level = answer.isdecimal()
    if not is_level and answer not in {NOT_APPLICABLE, NOT_ENOUGH}:
        raise ValueError(answer)
    return RatingGiven(
        wave_id=study.wave.wave_id,
        target_kind=kind,
        target_id=target_id,
        indicator=indicator,
        level=int(answer) if is_level and not is_draft else None,
        rater=study.person,
        scale=scale,
        missing="" if is_level or is_draft else answer,
        draft=answer if is_draft else "",
    )


def live_score(levels: Sequence[int | None], method: Method, *, on_scale: bool = False) -> LiveScore | None:
    """The score of the levels so far, with its bounds over those that are missing; None where there is no indicator."""
    import numpy as np

    from kume_desktop.scoring.explanation import bounds

    if not levels or len(levels) != len(method.indicator_codes):
        return None
    row = np.array([np.nan if level is None else float(level) for level in levels])
    found = bounds.bounds(row, method, results.PANEL_ROUTE if on_scale else results.FIRM_ROUTE)
    return LiveScore(found.so_far, found.low, found.high, int((~np.isnan(row)).sum()), len(levels))

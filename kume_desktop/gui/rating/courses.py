"""How one goes through a firm, its differences, an area of a panel, the needs of an expert: the same steps each time.

A course knows the services of its list and turns what they return into what the page shows.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kume_desktop.gui.figures import live_score
from kume_desktop.gui.figures.words import capital
from kume_desktop.gui.rating import words
from kume_desktop.gui.rating.asks import Ask, Choice, Goes, Meeting, Said, Step, Summary
from kume_desktop.services import rating_routes
from kume_desktop.services.rating_views import NOT_APPLICABLE, NOT_ENOUGH, Mark, SheetState, Tab
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kume_desktop.services.rating_desk import RatingDesk
    from kume_desktop.services.rating_views import (
        Difference,
        DifferenceSheet,
        FirmHead,
        IndicatorView,
        NeedSheet,
        Opinion,
        PanelSheet,
        SheetView,
        Subject,
    )


class Primary(StrEnum):
    """What the primary button does now."""

    NEXT = "next"
    FINISH = "finish"
    NEXT_TARGET = "next_target"


class Course(Protocol):
    """One target of a list, from its first indicator to its last."""

    def open(self, target_id: str) -> None:
        """Begin with another target."""

    def refresh(self) -> None:
        """Read the target again."""

    def steps(self) -> tuple[Step, ...]:
        """The lines at the right."""
        ...

    def summary(self) -> Summary:
        """Head and foot of the list at the right."""
        ...

    def ask(self, code: str) -> Ask:
        """What the middle shows for an indicator."""
        ...

    def give(
        self, code: str, answer: str, *, evidence: str | None = None, reason: str | None = None,
        meeting: Meeting | None = None,
    ) -> Goes:  # fmt: skip
        """Store what was given; returns where the focus goes.

        Raises:
            Refused: it cannot be given, or cannot be stored.
        """
        ...

    def primary(self) -> Primary:
        """What the primary button does now."""
        ...


def make(tab: Tab, desk: RatingDesk) -> Course:
    """The course of a list."""
    match tab:
        case Tab.MINE | Tab.BLIND:
            return FirmCourse(desk)
        case Tab.DIFFERING:
            return DifferenceCourse(desk)
        case Tab.PANEL:
            return PanelCourse(desk)
        case Tab.NEEDS:
            return NeedsCourse(desk)


def goes_after(given: Opinion, *, needs_reason: bool, needs_evidence: bool) -> Goes:
    """On where nothing is missing, else to the reason, else to the evidence."""
    if needs_reason:
        return Goes.REASON
    if needs_evidence:
        return Goes.EVIDENCE
    return Goes.ON if given.mark is Mark.DONE else Goes.STAYS


def _skips() -> tuple[tuple[str, str], ...]:
    return ((NOT_ENOUGH, words.not_enough()), (NOT_APPLICABLE, words.cannot_rate()))


def _lines(subject: Subject) -> tuple[tuple[str, str], ...]:
    return tuple((fact.label, fact.value) for fact in subject.facts)


def _notes(subject: Subject) -> tuple[str, ...]:
    found = []
    for note in subject.notes:
        said = N_("“{text}” reason for a warning at {number}") if note.is_reason else N_("“{text}” note at {number}")
        found.append(tr(said, text=note.text, number=note.number))
    return tuple(found)


def _closing(head: FirmHead) -> tuple[str, ...]:
    """What the interviewer wrote at the end, once for each firm."""
    note = head.closing_note
    return (tr(N_("“{text}” interviewer's closing note"), text=note),) if note else ()


def _about(head: FirmHead, *, first: bool) -> tuple[str, ...]:
    """What holds for the whole interview; what one knows from the list only on the first indicator."""
    found = []
    if head.own_interview and first:
        found.append(_(N_("You interviewed this firm yourself; the rating is marked so.")))
    if head.contested:
        text = N_("{count} answers of this interview are in conflict and stand here nowhere.")
        found.append(tr(text, count=head.contested))
    return tuple(found)


class FirmCourse:
    """One's own sheet of a firm."""

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        self._target = ""
        self.sheet: SheetView

    def open(self, target_id: str) -> None:
        """Begin with another firm."""
        self._target = target_id
        self.refresh()

    def refresh(self) -> None:
        """Read the sheet again."""
        self.sheet = self._desk.sheet(self._target)

    def steps(self) -> tuple[Step, ...]:
        """The indicators with their levels."""
        return tuple(_step(one) for one in self.sheet.indicators)

    def summary(self) -> Summary:
        """Firm, version of the form, and the score so far."""
        sheet, score = self.sheet, self.sheet.score
        flagged = any(one.differs and one.given.reason for one in sheet.indicators)
        return Summary(
            title=tr(N_("{count} indicators"), count=len(sheet.indicators)),
            facts=tr(N_("{firm} · version {version}"), firm=sheet.firm.name, version=sheet.firm.version),
            score=live_score.so_far(score) if score else "",
            bounds=live_score.bounds(score) if score else "",
            legend=_(N_("differs from the suggestion, with its reason")) if flagged else "",
        )

    def ask(self, code: str) -> Ask:
        """An indicator with the answers behind it."""
        view = self._view(code)
        head, subject = self.sheet.firm, view.subject
        return Ask(
            code=code,
            caption=f"{head.name} · {subject.heading}",
            place=_place(subject.number, len(self.sheet.indicators)),
            title=subject.title,
            choices=tuple(words.choice(anchor, view.suggestion) for anchor in subject.anchors),
            given=view.given,
            facts=_lines(subject),
            notes=(*_notes(subject), *(_closing(head) if subject.number == 1 else ())),
            kinds=words.kinds(self._desk.method),
            about_evidence=_evidence(subject, head),
            evidence_missing=view.needs_evidence,
            reason_word=_(N_("Reason")),
            required=words.required(view),
            notices=(*_stale(view), *_about(head, first=subject.number == 1)),
            lock=self._lock(),
            skips=_skips(),
        )

    def give(
        self, code: str, answer: str, *, evidence: str | None = None, reason: str | None = None,
        meeting: Meeting | None = None,  # noqa: ARG002 - only a panel meets
    ) -> Goes:  # fmt: skip
        """Give a level, or say why there is none."""
        view = self._desk.give(self._target, code, answer, evidence_kind=evidence, reason=reason)
        self.refresh()
        return goes_after(view.given, needs_reason=view.needs_reason, needs_evidence=view.needs_evidence)

    def primary(self) -> Primary:
        """Finish once nothing is open."""
        if self.sheet.state is SheetState.FINAL or self.sheet.firm.is_open:
            return Primary.NEXT_TARGET
        return Primary.FINISH if self.sheet.done == len(self.sheet.indicators) else Primary.NEXT

    @property
    def may_reopen(self) -> bool:
        """Whether the finished sheet can be changed again."""
        return self.sheet.state is SheetState.FINAL and self._desk.may_reopen(self._target)

    def _view(self, code: str) -> IndicatorView:
        return next(one for one in self.sheet.indicators if one.subject.code == code)

    def _lock(self) -> str:
        if self.sheet.firm.is_open:
            return _(N_("The interview was opened again. The levels stay; rate when it is completed."))
        if self.sheet.state is not SheetState.FINAL:
            return ""
        if self.may_reopen:
            return _(N_("You have finished rating this firm."))
        return _(N_("You have finished rating this firm; another person rates it too, so your levels stay."))


def _step(view: IndicatorView) -> Step:
    given = view.given
    under = [_(N_("based on a statement"))] if view.rests_on_statement else []
    if view.is_stale:
        under.append(_(N_("answers changed since")))
    if given.mark is Mark.DRAFT:
        under.append(_(N_("reason is missing")) if view.needs_reason else _(N_("kind of evidence is missing")))
    return Step(
        code=view.subject.code,
        number=str(view.subject.number),
        title=view.subject.title,
        heading=view.subject.heading,
        mark=words.answer(given),
        done=given.mark is Mark.DONE,
        draft=given.mark is Mark.DRAFT,
        flagged=view.differs and bool(given.reason),
        under=" · ".join(under),
    )


def _stale(view: IndicatorView) -> tuple[str, ...]:
    said = N_("The answers behind this level have changed since it was given. Press the level again if it still holds.")
    return (_(said),) if view.is_stale else ()


def _evidence(subject: Subject, head: FirmHead) -> str:
    """What the rubric wants to see, and what the interviewer saw."""
    asked, seen = subject.evidence_asked, head.documents_seen
    parts = [tr(N_("asked for: {evidence}"), evidence=asked) if asked else ""]
    parts.append(tr(N_("the interviewer saw: {documents}"), documents=seen) if seen else "")
    return " · ".join(part for part in parts if part)


def _place(number: int, total: int) -> str:
    return f"{number} / {total}"


class DifferenceCourse:
    """The indicators on which the raters of a firm differ: both stay, an agreed level is added."""

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        self._target = ""
        self.sheet: DifferenceSheet

    def open(self, target_id: str) -> None:
        """Begin with another firm."""
        self._target = target_id
        self.refresh()

    def refresh(self) -> None:
        """Read the differences again."""
        self.sheet = self._desk.differences(self._target)

    def steps(self) -> tuple[Step, ...]:
        """The indicators that differ, with the levels that were given and the agreed one."""
        return tuple(self._step(one) for one in self.sheet.differences)

    def summary(self) -> Summary:
        """How many differ."""
        count = len(self.sheet.differences)
        said = N_("{count} difference") if count == 1 else N_("{count} differences")
        return Summary(tr(said, count=count), self.sheet.firm.name)

    def ask(self, code: str) -> Ask:
        """Both levels with evidence and reason; then the anchors to agree on one."""
        one = next(each for each in self.sheet.differences if each.subject.code == code)
        head, subject = self.sheet.firm, one.subject
        place = [each.subject.code for each in self.sheet.differences].index(code) + 1
        return Ask(
            code=code,
            caption=f"{head.name} · {subject.heading}",
            place=_place(place, len(self.sheet.differences)),
            title=subject.title,
            choices=tuple(words.choice(anchor, one.suggestion) for anchor in subject.anchors),
            given=one.agreed,
            facts=_lines(subject),
            notes=_notes(subject),
            said=tuple(self._said(each, subject) for each in one.opinions),
            kinds=words.kinds(self._desk.method),
            about_evidence=_evidence(subject, head),
            reason_word=_(N_("Reason for the agreed level")),
            required=words.reason_required() if not one.agreed.reason else "",
            notices=_about(head, first=place == 1),
            lock=_lock_of(one),
            skips=_skips(),
        )

    def give(
        self, code: str, answer: str, *, evidence: str | None = None, reason: str | None = None,
        meeting: Meeting | None = None,  # noqa: ARG002 - only a panel meets
    ) -> Goes:  # fmt: skip
        """Agree a level."""
        self._desk.settle(self._target, code, answer, evidence_kind=evidence, reason=reason)
        self.refresh()
        agreed = next(one.agreed for one in self.sheet.differences if one.subject.code == code)
        return goes_after(agreed, needs_reason=not agreed.reason, needs_evidence=False)

    def primary(self) -> Primary:
        """On until all are agreed."""
        open_now = [one for one in self.sheet.differences if one.agreed.mark is not Mark.DONE]
        return Primary.NEXT if open_now else Primary.NEXT_TARGET

    def _step(self, one: Difference) -> Step:
        given = " – ".join(words.answer(each) for each in one.opinions)
        under = tr(N_("given: {levels}"), levels=given)
        if one.needs_third and one.agreed.mark is not Mark.DONE:
            under = f"{under} · {_(N_('a third person decides'))}"
        agreed = one.agreed
        return Step(
            one.subject.code, str(one.subject.number), one.subject.title, one.subject.heading, words.answer(agreed),
            done=agreed.mark is Mark.DONE, draft=agreed.mark is Mark.DRAFT, under=under,
        )  # fmt: skip

    def _said(self, given: Opinion, subject: Subject) -> Said:
        return Said(
            rater=given.rater,
            level=words.answer_words(given, subject.anchors),
            evidence=words.kind_word(self._desk.method, given.evidence_kind),
            reason=given.reason,
        )


def _lock_of(one: Difference) -> str:
    if one.may_settle:
        return ""
    return _(N_("The levels are two or more apart: a third person decides, not one of the two raters."))


class PanelCourse:
    """An area as a panel scores it: the level, the reason, the day and who was there."""

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        self._target = ""
        self.sheet: PanelSheet

    def open(self, target_id: str) -> None:
        """Begin with another area."""
        self._target = target_id
        self.refresh()

    def refresh(self) -> None:
        """Read the panel's levels again."""
        self.sheet = rating_routes.panel_sheet(self._desk, self._target)

    def steps(self) -> tuple[Step, ...]:
        """The indicators with the panel's levels."""
        return tuple(
            _plain_step(one.subject.code, str(one.subject.number), one.subject.title, one.subject.heading, one.given)
            for one in self.sheet.items
        )

    def summary(self) -> Summary:
        """The area and its score so far."""
        score = self.sheet.score
        return Summary(
            title=tr(N_("{count} indicators"), count=len(self.sheet.items)),
            facts=self.sheet.name,
            score=live_score.so_far(score) if score else "",
            bounds=live_score.bounds(score) if score else "",
        )

    def ask(self, code: str) -> Ask:
        """An indicator on the method's scale."""
        item = next(one for one in self.sheet.items if one.subject.code == code)
        given = item.given
        return Ask(
            code=code,
            caption=f"{self.sheet.name} · {item.subject.heading}",
            place=_place(item.subject.number, len(self.sheet.items)),
            title=item.subject.title,
            choices=tuple(words.choice(anchor) for anchor in item.subject.anchors),
            given=given,
            reason_word=_(N_("Reason")),
            required="" if given.reason or not given.answer else words.reason_required(),
            meeting=Meeting(words.day(given.held_on or self.sheet.held_on), given.members or self.sheet.members),
        )

    def give(
        self, code: str, answer: str, *, evidence: str | None = None,  # noqa: ARG002 - a panel states its reason
        reason: str | None = None, meeting: Meeting | None = None,
    ) -> Goes:  # fmt: skip
        """Give the area a level."""
        held_on = meeting.held_on if meeting is not None else None
        members = meeting.members if meeting is not None else None
        rating_routes.give_panel(
            self._desk, self._target, code, answer, reason=reason, held_on=held_on, members=members
        )
        self.refresh()
        given = next(one.given for one in self.sheet.items if one.subject.code == code)
        if given.reason and not (given.held_on and given.members):
            return Goes.MEETING
        return goes_after(given, needs_reason=not given.reason, needs_evidence=False)

    def primary(self) -> Primary:
        """On until every indicator has a level."""
        return _primary(one.given for one in self.sheet.items)


class NeedsCourse:
    """The ten need cells of an area or a firm as an expert rates them."""

    def __init__(self, desk: RatingDesk) -> None:
        self._desk = desk
        self._target = ""
        self.sheet: NeedSheet

    def open(self, target_id: str) -> None:
        """Begin with another area or firm."""
        self._target = target_id
        self.refresh()

    def refresh(self) -> None:
        """Read the expert's ratings again."""
        self.sheet = rating_routes.need_sheet(self._desk, self._target)

    def steps(self) -> tuple[Step, ...]:
        """The cells with their levels."""
        return tuple(
            _plain_step(one.code, str(number), capital(one.resource), capital(one.function), one.given)
            for number, one in enumerate(self.sheet.items, start=1)
        )

    def summary(self) -> Summary:
        """Whose needs."""
        return Summary(tr(N_("{count} need cells"), count=len(self.sheet.items)), self.sheet.name)

    def ask(self, code: str) -> Ask:
        """A cell with the words of the scale."""
        number, item = next((n, one) for n, one in enumerate(self.sheet.items, start=1) if one.code == code)
        return Ask(
            code=code,
            caption=f"{self.sheet.name} · {capital(item.function)}",
            place=_place(number, len(self.sheet.items)),
            title=capital(item.resource),
            choices=tuple(Choice(str(anchor.level), anchor.text) for anchor in item.answers),
            given=item.given,
            reason_word=_(N_("What you go by")),
            skips=((NOT_APPLICABLE, _(N_("Not applicable"))),),
        )

    def give(
        self, code: str, answer: str, *, evidence: str | None = None,  # noqa: ARG002 - the note says it
        reason: str | None = None, meeting: Meeting | None = None,  # noqa: ARG002 - only a panel meets
    ) -> Goes:  # fmt: skip
        """Rate a cell."""
        rating_routes.give_need(self._desk, self._target, code, answer, note=reason)
        self.refresh()
        return Goes.ON

    def primary(self) -> Primary:
        """On until every cell is rated."""
        return _primary(one.given for one in self.sheet.items)


def _plain_step(code: str, number: str, title: str, heading: str, given: Opinion) -> Step:
    missing = _(N_("reason, day or members are missing")) if given.mark is Mark.DRAFT else ""
    return Step(
        code, number, title, heading, words.answer(given), done=given.mark is Mark.DONE,
        draft=given.mark is Mark.DRAFT, under=missing,
    )  # fmt: skip


def _primary(given: Iterable[Opinion]) -> Primary:
    return Primary.NEXT_TARGET if all(one.mark is Mark.DONE for one in given) else Primary.NEXT

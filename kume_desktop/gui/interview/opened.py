"""The facts around an opened interview, in words: whose it is, since when, how far, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.interview.sections import Standing, warnings_word
from kume_desktop.gui.page import OpenWork
from kume_desktop.interview import page as model
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.interview.course import Course
    from kume_desktop.services.interviewing import Session

RESPONDENT = "gorev"
"""The question that says whom one talks to, where a form asks it."""


def facts_of(session: Session) -> str:
    """The line under the firm: form, version, district."""
    instrument = session.interview.form.instrument
    title = instrument.title.get(texts.language()) or next(iter(instrument.title.values()), instrument.id)
    return " · ".join(part for part in (title, f"v{instrument.version}", session.firm.district) if part)


def heading_facts(session: Session, minutes: int, standing: Standing, *, listed: bool, present: int = 0) -> list[str]:
    """The facts under the title, the most needed first.

    `minutes` is the active time of the interview; `listed` tells that the section list shows firm and progress;
    `present` counts those who joined the first respondent and are there now.
    """
    compact = theme.is_compact()
    locked = _(N_("Completed; open it again to change it")) if session.is_completed else ""
    whose = () if listed else (session.firm.name,)
    which = (form_of(session),) if compact or not listed else ()
    far = () if listed else (standing.words(), warnings_word(standing.warnings))
    took = "" if session.paper is not None or session.is_completed else tr(N_("{minutes} min"), minutes=minutes)
    return [locked, *whose, *which, *far, took, _respondent(session, present), _begun(session)]


def form_of(session: Session) -> str:
    """Title and version of the form."""
    instrument = session.interview.form.instrument
    title = instrument.title.get(texts.language()) or next(iter(instrument.title.values()), instrument.id)
    return f"{title} v{instrument.version}"


def paper_mark(session: Session) -> str:
    """That the interview is typed from paper: when it was asked, and who asked."""
    if session.paper is None:
        return ""
    day = texts.short_date(session.paper.asked_on)
    return tr(N_("Typed from paper · {day}, asked by {who}"), day=day, who=session.paper.asked_by)


def _begun(session: Session) -> str:
    if session.paper is not None:
        return ""
    started = session.started_at.astimezone()
    when = texts.clock(started)
    if started.date() != datetime.now().astimezone().date():
        when = f"{texts.short_date(started.date())} {when}"
    return tr(N_("begun {when}"), when=when)


def respondent(session: Session) -> str:
    """The position of the one whom the form asks about, '' while it is not answered."""
    interview = session.interview
    if RESPONDENT not in interview.form.by_name:
        return ""
    path = interview.path_of(RESPONDENT)
    return model.row(interview, path).display if interview.value(path) else ""


def _respondent(session: Session, present: int) -> str:
    said = respondent(session)
    more = tr(N_("{count} more present"), count=present) if present else ""
    first = tr(N_("Talking to: {who}"), who=said) if said else ""
    return ", ".join(part for part in (first, more) if part)


def standing_of(course: Course, sections: Sequence[model.SectionView], skipped: int = 0) -> Standing:
    """Progress and what is open, refused values included."""
    asked = [section for section in sections if section.relevant]
    return Standing(
        answered=sum(section.answered for section in asked),
        asked=sum(section.asked for section in asked),
        warnings=sum(section.open_warnings for section in asked),
        errors=sum(section.open_errors for section in asked),
        unstored=len(course.refusals),
        skipped=skipped,
        drafts=len(course.extras.left),
    )


def open_work(standing: Standing) -> OpenWork | None:
    """What the bottom bar says about open problems."""
    parts = [
        tr(N_("{count} not stored"), count=standing.unstored) if standing.unstored else "",
        tr(N_("{count} to be answered again"), count=standing.errors) if standing.errors else "",
        warnings_word(standing.warnings),
        tr(N_("{count} passed by"), count=standing.skipped) if standing.skipped else "",
        tr(N_("{count} texts not stored"), count=standing.drafts) if standing.drafts else "",
    ]
    text = ", ".join(part for part in parts if part)
    icon = "circle-alert" if standing.unstored or standing.errors else "triangle-alert"
    return OpenWork(text, icon) if text else None

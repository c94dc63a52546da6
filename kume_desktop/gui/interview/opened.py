"""The facts around an opened interview, in words: whose it is, since when, how far, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import texts
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


def heading_facts(session: Session, opened: datetime, standing: Standing | None = None) -> str:
    """The line under the title: respondent, start, minutes since the page was opened.

    With `standing` also how far one is: for the time that the section list stands aside.
    """
    started = session.started_at.astimezone()
    when = texts.clock(started)
    if started.date() != opened.date():
        when = f"{texts.short_date(started.date())} {when}"
    minutes = int((datetime.now().astimezone() - opened).total_seconds() // 60)
    far = (standing.words(), warnings_word(standing.warnings)) if standing is not None else ()
    since = (tr(N_("begun {when}"), when=when), tr(N_("open for {minutes} min"), minutes=minutes))
    locked = _(N_("Completed; open it again to change it")) if session.is_completed else ""
    parts = (locked, *far, _respondent(session), *since)
    return " · ".join(part for part in parts if part)


def _respondent(session: Session) -> str:
    interview = session.interview
    if RESPONDENT not in interview.form.by_name:
        return ""
    path = interview.path_of(RESPONDENT)
    said = model.row(interview, path).display if interview.value(path) else ""
    return tr(N_("Talking to: {who}"), who=said) if said else ""


def standing_of(course: Course, sections: Sequence[model.SectionView]) -> Standing:
    """Progress and what is open, refused values included."""
    asked = [section for section in sections if section.relevant]
    return Standing(
        answered=sum(section.answered for section in asked),
        asked=sum(section.asked for section in asked),
        warnings=sum(section.open_warnings for section in asked),
        errors=sum(section.open_errors for section in asked),
        unstored=len(course.refusals),
    )


def open_work(standing: Standing) -> OpenWork | None:
    """What the bottom bar says about open problems."""
    parts = [
        tr(N_("{count} not stored"), count=standing.unstored) if standing.unstored else "",
        tr(N_("{count} to be answered again"), count=standing.errors) if standing.errors else "",
        warnings_word(standing.warnings),
    ]
    text = ", ".join(part for part in parts if part)
    icon = "circle-alert" if standing.unstored or standing.errors else "triangle-alert"
    return OpenWork(text, icon) if text else None

"""What came of practice, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.practice import Attempt, Form
    from kume_desktop.services.practice_keys import Marked


def titled(one: Attempt | Form) -> str:
    """The title of a questionnaire in the language in force."""
    return (one.title_en if texts.language() == "en" else "") or one.title_tr or one.instrument_id


def key_of(one: Form) -> str:
    """Whether the form is marked, and by whose key."""
    if not one.questions:
        return _(N_("no key: it is not marked"))
    whose = _(N_("key of this study")) if one.is_of_staff else _(N_("key of the program"))
    return f"{tr(N_('{count} questions marked'), count=one.questions)} · {whose}"


def when(one: Attempt) -> str:
    """Day and time."""
    here = one.at.astimezone()
    return f"{texts.short_date(here.date())} {texts.clock(here)}"


def verdict(one: Attempt) -> str:
    """Passed, not passed, not marked."""
    if one.is_passed is None:
        return _(N_("not marked"))
    return _(N_("passed")) if one.is_passed else _(N_("not passed yet"))


def share(one: Attempt) -> str:
    """The right answers, "30/34 (88 %)"."""
    return "–" if one.share is None else f"{one.right}/{one.asked} ({texts.percent(one.share)})"


def duration(one: Attempt) -> str:
    """The minutes at the keys."""
    return "–" if one.minutes is None else tr(N_("{count} min"), count=texts.number(max(one.minutes, 1), 0))


def headline(one: Attempt) -> str:
    """Everything about an attempt in a line."""
    if one.share is None:
        return f"{titled(one)}: {_(N_('completed; without a key nothing is marked'))} · {duration(one)}"
    passing = tr(N_("pass mark {share}"), share=texts.percent(one.pass_mark / 100))
    return f"{titled(one)}: {share(one)} · {verdict(one)} ({passing}) · {duration(one)}"


def correction(one: Marked) -> str:
    """A wrong answer: what was entered, what is right, and why it matters."""
    given, wanted = (each or _(N_("blank")) for each in (one.given, one.wanted))
    told = tr(N_("Entered: {given} · Right: {wanted}"), given=given, wanted=wanted)
    why = (one.why_en if texts.language() == "en" else one.why_tr) or ""
    return f"{told}. {why}" if why else told

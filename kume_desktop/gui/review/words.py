"""What was noticed about an interview and where it stands, in few words that inform and accuse nobody."""

from __future__ import annotations

from kume_desktop import texts
from kume_desktop.services.review.inbox import Noticed, Tab, Waiting
from kume_desktop.services.review.reading import Sieve
from kume_desktop.services.review.states import Stand
from kume_desktop.texts import N_, _, tr

TABS = {
    Tab.NEW: N_("New"),
    Tab.RETURNED: N_("Returned"),
    Tab.ANSWERED: N_("Answered"),
    Tab.APPROVED: N_("Approved"),
    Tab.EXCLUDED: N_("Excluded"),
    Tab.RUNNING: N_("Running"),
}
STANDS = {
    Stand.IN_PROGRESS: N_("still with the interviewer"),
    Stand.FINISHED: N_("not reviewed yet"),
    Stand.RETURNED: N_("returned to the interviewer"),
    Stand.ANSWERED: N_("came back answered"),
    Stand.FIRST_APPROVAL: N_("approved once, a second person has to approve"),
    Stand.APPROVED: N_("approved"),
    Stand.EXCLUDED: N_("excluded, counts nowhere"),
    Stand.DISPUTED: N_("two reviewers decided differently"),
}
SIEVES = {
    Sieve.WARNED: N_("With a warning"),
    Sieve.NOTED: N_("With a note"),
    Sieve.OPEN: N_("Empty"),
    Sieve.CHANGED: N_("Changed"),
    Sieve.ASKED: N_("Asked"),
}
_SAID = {
    "run": N_("{count} equal answers"),
    "straight": N_("{questions}: one answer in {count} rows"),
    "all-same": N_("all {count} rows equal"),
    "short-questions": N_("{count} of {of} questions short"),
    "pause": N_("pause of {minutes}"),
    "revisits": N_("{count} questions returned to"),
    "changes": N_("{count} answers changed after completion"),
    "reserve": N_("{share} reserve answers"),
    "night": N_("at {clock}"),
}


def minutes(value: float) -> str:
    """Minutes, rounded, "11 min"."""
    return tr(N_("{count} min"), count=texts.number(max(value, 0.0), 0) if value >= 1 or value <= 0 else "< 1")


def signal(one: Noticed) -> str:
    """One signal in few words."""
    if one.kind not in _SAID:
        return minutes(one.value)
    return tr(
        _SAID[one.kind],
        count=texts.number(one.value, 0),
        of=texts.number(one.of, 0),
        minutes=minutes(one.value),
        share=texts.percent(one.value),
        questions="–".join(dict.fromkeys((*one.questions[:1], *one.questions[-1:]))),
        clock=f"{int(one.value):02d}:{round(one.value % 1 * 60) % 60:02d}",
    )


def noticed(one: Waiting) -> str:
    """All that is to be looked at, in a line of the list."""
    parts = [signal(each) for each in one.signals[:2]]
    if one.warnings:
        parts.append(tr(N_("{count} warnings"), count=one.warnings))
    if one.is_double:
        parts.insert(0, _(N_("interviewed twice")))
    return " · ".join(parts) or _(N_("no signal"))


def duration(one: Waiting) -> str:
    """The active time, always with what is usual; '' where none was kept."""
    if one.minutes is None:
        return ""
    if one.usual is None:
        return tr(N_("{minutes} (not comparable yet)"), minutes=minutes(one.minutes))
    low, high = (texts.number(each, 0) for each in one.usual)
    span = low if low == high else f"{low}–{high}"
    return f"{minutes(one.minutes)} {tr(N_('(usual {span})'), span=span)}"

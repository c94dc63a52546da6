"""The change of an area since the earlier wave: how large, how sure, and whether the two waves can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.areas.portrait import Portrait
    from kume_desktop.scoring.analysis import WaveChange

_UNLIKE = {
    "other-method": N_("The earlier wave had another method of its own; both are computed here by the method of now."),
    "other-rubrics": N_(
        "Other rubrics: the levels of the two waves were given by different anchors; the change may be one of the form."
    ),
    "not-nearest": N_("Between the two lies a wave without levels."),
}


def changes(portrait: Portrait) -> Section:
    """The change since the earlier wave, with what could have been seen at all."""
    section = Section(_(N_("Change since the earlier wave")))
    found = shown(portrait)
    for one in found:
        section.say(*change_sentences(one), tone=Tone.TEXT)
        section.say(*unlike_sentences(one, portrait), tone=Tone.WARN)
    if not found:
        section.say(missing(portrait))
    return section


def shown(portrait: Portrait) -> tuple[WaveChange, ...]:
    """The change of the area where neither wave rests on one or two firms."""
    found = portrait.own(portrait.analysis.changes) if portrait.analysis is not None else ()
    return tuple(one for one in found if portrait.is_shown and not _too_few_then(one))


def _too_few_then(one: WaveChange) -> bool:
    return 0 < one.paired + one.only_before < words.FEWEST_SHOWN


def missing(portrait: Portrait) -> str:
    """Why the area shows no change."""
    analysis = portrait.analysis
    if analysis is not None and portrait.own(analysis.changes):
        return words.suppression()
    if analysis is not None and analysis.changes:
        return _(N_("The area has no index in one of the two waves."))
    return reason(portrait.skipped("changes") or "one-wave")


def change_sentences(one: WaveChange) -> tuple[str, ...]:
    """The change with its interval and the firms it rests on."""
    told = tr(
        N_("{earlier}: {before}, now {after}; change {change} points."),
        earlier=one.earlier,
        before=texts.number(one.before, 1),
        after=texts.number(one.after, 1),
        change=words.signed(one.change),
    )
    firms = tr(
        N_("{paired} firms in both waves, {before} only in the earlier, {after} only in this one."),
        paired=one.paired,
        before=one.only_before,
        after=one.only_after,
    )
    least = one.detectable
    smallest = (
        ""
        if not least
        else tr(N_("A change below {points} points would hardly be seen."), points=texts.number(least, 1))
    )
    rests_on_firms = one.paired + one.only_before + one.only_after > 0
    return tuple(part for part in (told, _sure(one), firms if rests_on_firms else "", smallest) if part)


def _sure(one: WaveChange) -> str:
    """The interval of the change and whether it holds 0, or why there is none."""
    span, limits = words.signed_span(one.interval), one.interval
    if not span or limits.low is None or limits.high is None:
        return reason(limits.reason)
    told = tr(N_("Interval of the change: {span} points."), span=span)
    if limits.how == "census":
        return told
    alone = N_("The choice of firms alone can explain this change.")
    more = N_("The choice of firms alone cannot explain this change.")
    return f"{told} {_(alone if limits.low <= 0 <= limits.high else more)}"


def unlike_sentences(one: WaveChange, portrait: Portrait) -> tuple[str, ...]:
    """Why the two waves may not be comparable; nothing where they are."""
    told = [_(_UNLIKE[code]) for code in one.unlike if code in _UNLIKE]
    for codes, sentence in (
        (one.only_then, N_("Scored in the earlier wave only: {indicators}. The two indices rest on other indicators.")),
        (one.only_now, N_("Scored in this wave only: {indicators}. The two indices rest on other indicators.")),
    ):
        if codes:
            told.append(tr(sentence, indicators=", ".join(portrait.indicator_name(code) for code in codes)))
    return tuple(told)

"""Unfinished interviews of older versions, and what each would be in the newest one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui.components.empty_state import EmptyState
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.forms.reading_list import EVERY, ReadingList, Sieve, paint_word
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.questionnaires import DraftView

WAITS, STAYS, MOVED = "waits", "stays", "moved"
_FACES = {
    WAITS: ("circle", Tone.TEXT2, N_("Can be moved")),
    STAYS: ("circle-slash", Tone.WARN, N_("Stays")),
    MOVED: ("circle-check", Tone.OK, N_("Moved")),
}
_ORDER = tuple(_FACES)
_FATES = {
    "asked": N_("Must be answered ({count}): {names}"),
    "failing": N_("Break a rule now ({count}): {names}"),
    "retired": N_("Hold a choice that is retired ({count}): {names}"),
    "hidden": N_("Are not asked any more ({count}): {names}"),
    "not_shown": N_("Kept but not shown any more ({count}): {names}"),
    "unfit": N_("Do not fit the new type and are asked again ({count}): {names}"),
    "converted": N_("Converted ({count}): {names}"),
    "kept": N_("Kept as they are ({count}): {names}"),
}
_MOST = 40
"""More names than these nobody reads; the count says how many there are."""


def state_of(one: DraftView) -> str:
    """Whether a draft can be moved, stays, or was moved and can be brought back."""
    if one.problems:
        return STAYS
    return WAITS if one.fates else MOVED


class DraftsList(ReadingList):
    """Those that can be moved come first."""

    def __init__(self) -> None:
        how = N_("Every unfinished interview is in the newest version.")
        nothing = EmptyState(_(N_("No drafts in an older version.")), _(how))
        sieves = (
            Sieve(EVERY, _(N_("All")), lambda _one: True),
            *(Sieve(key, _(word), _in_state(key)) for key, (_icon, _tone, word) in _FACES.items()),
        )
        super().__init__(_columns(), _(N_("Drafts")), sieves, detail, nothing)


def _in_state(state: str) -> Callable[[Any], bool]:
    return lambda one: state_of(one) == state


def _columns() -> tuple[Column[DraftView], ...]:
    return (
        Column("firm", _(N_("Firm")), lambda one: one.firm or "–", first=True),
        Column("interviewer", _(N_("Interviewer")), lambda one: one.interviewer, width=88),
        Column("begun", _(N_("Begun")), _begun, lambda one: one.opened_at, width=96),
        Column("version", _(N_("Version")), lambda one: one.version, width=60),
        _count("kept", _(N_("Kept")), 64),
        _count("converted", _(N_("Converted")), 84),
        _count("asked", _(N_("Asked")), 76),
        _count("failing", _(N_("Break a rule")), 92),
        _count("retired", _(N_("Retired")), 80),
        Column("state", _(N_("State")), _said, lambda one: _ORDER.index(state_of(one)), width=136, paint=_paint),
    )


def _count(fate: str, title: str, width: int) -> Column[DraftView]:
    def told(one: DraftView) -> str:
        return str(one.count(fate)) if one.fates else "–"

    return Column(fate, title, told, lambda one: one.count(fate), width, right=True)


def _begun(one: DraftView) -> str:
    moment = one.opened_at.astimezone()
    return f"{texts.short_date(moment)} {moment.year}"


def _said(one: DraftView) -> str:
    return _(_FACES[state_of(one)][2])


def _paint(painter: QPainter, box: QRect, one: DraftView) -> None:
    icon, tone, word = _FACES[state_of(one)]
    paint_word(icon, tone, _(word))(painter, box.adjusted(12, 0, 0, 0))


def detail(one: DraftView) -> tuple[str, ...]:
    """What becomes of a draft, the gravest first, or why it stays."""
    return tuple(_paragraphs(one))


def _paragraphs(one: DraftView) -> Iterator[str]:
    who = tr(N_("{firm}, begun by {interviewer}"), firm=one.firm or "–", interviewer=one.interviewer)
    yield who
    if one.moved_from:
        yield tr(N_("It was moved from version {version} and can be brought back."), version=one.moved_from)
    if one.late:
        told = N_("Answered on another computer in the older version ({count}), to be given again if right: {names}")
        yield _named(told, one.late)
    yield from map(texts.say, one.problems)
    for fate, sentence in _FATES.items():
        names = one.fates.get(fate, ())
        if names:
            yield _named(sentence, names)


def _named(sentence: str, names: tuple[str, ...]) -> str:
    more = " …" if len(names) > _MOST else ""
    return tr(sentence, count=len(names), names="; ".join(names[:_MOST]) + more)

"""The columns of the list of backups."""

from __future__ import annotations

from datetime import datetime

from kume_desktop import texts
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.theme import Tone
from kume_desktop.services import backups
from kume_desktop.services.backups import Card
from kume_desktop.texts import N_, _, tr

_REASONS = {
    backups.OPENED: N_("study opened"),
    backups.INTERVIEW: N_("after an interview"),
    "upgrade": N_("before a newer version of the program"),
    backups.IMPORT: N_("before an import"),
    backups.RESTORE: N_("before a backup was brought back"),
    backups.ASKED: N_("asked for"),
}


def columns() -> tuple[Column[Card], ...]:
    """When, what for, entries, interviews, size, place."""
    return (
        Column("when", _(N_("Made")), _when, lambda card: -_seconds(card), 178, first=True),
        Column("reason", _(N_("Occasion")), _reason, tone=Tone.TEXT2),
        Column("interviews", _(N_("Interviews")), lambda card: _count(card, card.interviews), width=84, right=True),
        Column("events", _(N_("Entries")), lambda card: _count(card, card.events), width=84, right=True),
        Column("size", _(N_("Size")), size, lambda card: card.size, 84, right=True),
        Column("place", _(N_("Place")), place, width=120),
    )


def when(moment: datetime) -> str:
    """Day and time: 22 Kasım 2026 14:02."""
    return f"{texts.long_date(moment.date())} {texts.clock(moment)}"


def size(card: Card) -> str:
    """In megabytes."""
    return tr(N_("{size} MB"), size=texts.number(card.size / 1_000_000, 1))


def place(card: Card) -> str:
    """On this computer or at the second place."""
    return _(N_("second place")) if card.is_second else _(N_("this computer"))


def _when(card: Card) -> str:
    return card.path.name if card.made_at is None else when(card.made_at)


def _reason(card: Card) -> str:
    if card.problem is not None:
        return _(N_("cannot be read"))
    return _(_REASONS[card.reason]) if card.reason in _REASONS else card.reason


def _seconds(card: Card) -> float:
    return card.made_at.timestamp() if card.made_at is not None else 0.0


def _count(card: Card, number: int) -> str:
    return "–" if card.problem is not None else texts.number(number, 0)

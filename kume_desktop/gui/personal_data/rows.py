"""The columns of the tables of the page."""

from __future__ import annotations

from dataclasses import dataclass

from kume_desktop import texts
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.theme import Tone
from kume_desktop.services import access_log
from kume_desktop.services.access_log import Access
from kume_desktop.services.personal_data import finding
from kume_desktop.services.personal_data.devices import DeviceRecord
from kume_desktop.services.personal_data.finding import Found, Hit
from kume_desktop.services.personal_data.inventory import Line
from kume_desktop.services.personal_data.retention import Due
from kume_desktop.texts import N_, _


@dataclass(frozen=True, slots=True)
class HitRow:
    """A place with the firm it belongs to."""

    firm: Found
    hit: Hit


def hits() -> tuple[Column[HitRow], ...]:
    """Firm, place, what, the text."""
    return (
        Column("firm", _(N_("Firm")), lambda row: f"{row.firm.code} {row.firm.name}".strip(), first=True),
        Column("place", _(N_("Place")), lambda row: _(finding.WORDS[row.hit.place]), width=158, tone=Tone.TEXT2),
        Column("what", _(N_("What")), lambda row: row.hit.what, width=104, tone=Tone.TEXT2),
        Column("value", _(N_("Text")), lambda row: " ".join(row.hit.value.split()), width=230),
    )


def accesses() -> tuple[Column[Access], ...]:
    """When, who, deed, what, why."""
    return (
        Column("at", _(N_("When")), _when, lambda row: -row.at.timestamp(), 160, first=True),
        Column("who", _(N_("Who")), lambda row: row.person, width=150),
        Column("deed", _(N_("Deed")), lambda row: _(access_log.WORDS[row.deed]), width=240),
        Column("what", _(N_("What")), lambda row: row.what, width=200),
        Column("reason", _(N_("Reason")), lambda row: row.reason, tone=Tone.TEXT2),
    )


def _when(row: Access) -> str:
    return f"{texts.short_date(row.at.date())} {texts.clock(row.at)}"


def dues() -> tuple[Column[Due], ...]:
    """Firm, since when, what goes."""
    return (
        Column("firm", _(N_("Firm")), lambda row: f"{row.code} {row.firm}".strip(), first=True),
        Column("since", _(N_("Due since")), lambda row: texts.short_date(row.since), lambda row: row.since, 130),
        Column("what", _(N_("What goes")), _goes, width=380),
    )


def _goes(row: Due) -> str:
    if row.withdrawn:
        return _(N_("Contact data that came back after consent was withdrawn"))
    whole = N_("Everything personal of the interview")
    return _(N_("Contact data")) if row.contact_only else _(whole)


def lines() -> tuple[Column[Line], ...]:
    """What the registry asks for."""
    return (
        Column("category", _(N_("Category")), lambda row: row.category, first=True),
        Column("purpose", _(N_("Purpose")), lambda row: row.purpose, width=130),
        Column("ground", _(N_("Ground")), lambda row: row.ground, width=130),
        Column("persons", _(N_("Persons")), lambda row: row.persons, width=210),
        Column("recipients", _(N_("Recipients")), lambda row: row.recipients, width=140),
        Column("kept", _(N_("Kept for")), lambda row: row.kept, width=100),
        Column("abroad", _(N_("Transfer abroad")), lambda row: row.abroad, width=100),
        Column("origin", _(N_("Origin")), lambda row: row.origin, width=150, tone=Tone.TEXT2),
    )


def computers() -> tuple[Column[DeviceRecord], ...]:
    """The computer, its last entry, its interviews, who wrote on it."""
    here = _(N_("this computer"))
    return (
        Column("name", _(N_("Computer")), lambda row: f"{row.name} ({here})" if row.is_this else row.name, first=True),
        Column("last", _(N_("Last entry")), _last, width=200),
        Column("interviews", _(N_("Interviews")), lambda row: str(len(row.interviews)), width=100, right=True),
        Column("people", _(N_("Written by")), lambda row: ", ".join(row.authors), width=260),
    )


def _last(row: DeviceRecord) -> str:
    if row.last_at is None:
        return ""
    there = row.last_at.astimezone()
    return f"{row.last_seq} · {texts.short_date(there.date())} {texts.clock(there)}"

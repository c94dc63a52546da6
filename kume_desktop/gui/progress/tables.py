"""The tables of the page: computers, areas, interviewers, days, firms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui import theme
from kume_desktop.gui.components.progress import paint_bar
from kume_desktop.gui.components.state_chip import word
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.theme import Tone
from kume_desktop.services import devices
from kume_desktop.services.progress import ComputerLine, Day, FirmLine, Slice
from kume_desktop.texts import N_, _, tr

_STATES = {"enrolled": N_("let in"), "revoked": N_("shut out")}
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_BAR = 96


def when(at: datetime | None) -> str:
    """A day and a clock, a dash for never."""
    if at is None:
        return "–"
    here = at.astimezone()
    return f"{texts.short_date(here.date())} {texts.clock(here)}"


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0


def computer_columns() -> tuple[Column[ComputerLine], ...]:
    """Computer, people, state, interviews, entries here, missing, confirmed, last."""
    return (
        Column("name", _(N_("Computer")), _computer, first=True),
        Column("people", _(N_("Whose")), lambda one: ", ".join(one.people), width=150),
        Column("state", _(N_("State")), _state, width=130),
        Column(
            "interviews",
            _(N_("Interviews")),
            lambda one: f"{one.completed}/{one.opened}",
            lambda one: one.opened,
            92,
            True,
        ),
        Column("held", _(N_("Entries here")), lambda one: texts.number(one.held, 0), lambda one: one.held, 104, True),
        Column("missing", _(N_("Missing")), _missing, lambda one: one.missing, 84, True),
        Column("confirmed", _(N_("Receipt up to")), _confirmed, lambda one: one.confirmed, 112, True),
        Column("last", _(N_("Last written")), lambda one: when(one.last), lambda one: _seconds(one.last), 116, True),
    )


def _computer(one: ComputerLine) -> str:
    return tr(N_("{name} (this computer)"), name=one.name) if one.is_this else devices.called(one.device_id, one.name)


def _state(one: ComputerLine) -> str:
    if one.never_sent:
        return _(N_("nothing came yet"))
    return _(_STATES[one.state]) if one.state in _STATES else one.state or "–"


def _missing(one: ComputerLine) -> str:
    return texts.number(one.missing, 0) if one.missing else "–"


def _confirmed(one: ComputerLine) -> str:
    return texts.number(one.confirmed, 0) if one.confirmed else "–"


def slice_columns(title: str, names: Mapping[str, str]) -> tuple[Column[Slice], ...]:
    """Area or interviewer: expected, received with a bar, running, lost, approved, excluded."""
    return (
        Column("name", title, lambda one: names.get(one.key, one.name) or _(N_("nobody")), first=True),
        Column("expected", _(N_("Expected")), lambda one: str(one.expected), lambda one: one.expected, 88, True),
        Column(
            "received", _(N_("Received")), _received, lambda one: one.share, 220, paint=partial(_paint_share),
        ),
        Column("running", _(N_("Running")), lambda one: str(one.running), lambda one: one.running, 84, True),
        Column("lost", _(N_("Not interviewed")), lambda one: str(one.refused), lambda one: one.refused, 124, True),
        Column("approved", _(N_("Approved")), lambda one: str(one.approved), lambda one: one.approved, 92, True),
        Column("excluded", _(N_("Excluded")), lambda one: str(one.excluded), lambda one: one.excluded, 92, True),
    )  # fmt: skip


def _received(one: Slice) -> str:
    return tr(N_("{count} of {total}"), count=one.received, total=one.expected)


def _paint_share(painter: QPainter, box: QRect, one: Slice) -> None:
    """A bar with its numbers behind it."""
    wide = theme.px(_BAR)
    paint_bar(painter, QRectF(box.left(), box.center().y() - 3, wide, 6), one.share, Tone.ACCENT)
    painter.setPen(theme.colour(Tone.TEXT))
    painter.drawText(box.adjusted(wide + 12, 0, 0, 0), _MIDDLE, f"{_received(one)} · {texts.percent(one.share)}")


def day_columns() -> tuple[Column[Day], ...]:
    """Day, completed, by then, by interviewer."""
    return (
        Column(
            "day", _(N_("Day")), lambda one: texts.long_date(one.day), lambda one: one.day.toordinal(), 180, first=True
        ),
        Column("completed", _(N_("Completed")), lambda one: str(one.completed), lambda one: one.completed, 110, True),
        Column("total", _(N_("By then")), lambda one: str(one.total), lambda one: one.total, 110, True),
        Column("by", _(N_("By interviewer")), lambda one: ", ".join(f"{name} {count}" for name, count in one.by)),
    )


def firm_columns(areas: Mapping[str, str]) -> tuple[Column[FirmLine], ...]:
    """Firm, area, interviewer, state, computer, interviews."""
    return (
        Column("name", _(N_("Firm")), lambda one: one.name, first=True),
        Column("area", _(N_("Area")), lambda one: areas.get(one.area, one.area), width=190),
        Column("interviewer", _(N_("Interviewer")), lambda one: one.interviewer or _(N_("nobody")), width=130),
        Column("state", _(N_("State")), lambda one: word(one.state), width=130),
        Column("computer", _(N_("Computer")), lambda one: ", ".join(one.computers) or "–", width=150),
        Column(
            "interviews",
            _(N_("Interviews")),
            lambda one: f"{one.completed}/{one.interviews}",
            lambda one: one.completed,
            92,
            True,
        ),
    )

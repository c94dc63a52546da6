"""The columns of the list of computers, and what is said of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from kume_desktop import texts
from kume_desktop.gui import fonts, icons, theme
from kume_desktop.gui.components.table import Column
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.services import devices
from kume_desktop.services.devices import Listed
from kume_desktop.texts import N_, _, tr

STATES = {"enrolled": N_("enrolled"), "revoked": N_("revoked"), "": N_("not enrolled")}
_ICONS = {
    "enrolled": ("shield-check", Tone.OK),
    "revoked": ("circle-slash", Tone.ERR),
    "": ("triangle-alert", Tone.WARN),
}
KINDS = {"agency": N_("agency"), "laptop": N_("laptop"), "": "–"}


def columns() -> tuple[Column[Listed], ...]:
    """Name, person, kind, state, last package."""
    return (
        Column("name", _(N_("Computer")), _name, first=True),
        Column("person", _(N_("Person")), lambda one: one.person or "–", width=180),
        Column("kind", _(N_("Kind")), lambda one: _(KINDS[one.role]), width=90),
        Column("state", _(N_("State")), lambda one: _(STATES[one.state]), width=140, paint=_paint_state),
        Column("last", _(N_("Last package")), lambda one: when(one.last_package), _last, 150),
    )


def when(moment: datetime | None) -> str:
    """Day and time in short, – where there is none."""
    return "–" if moment is None else f"{texts.short_date(moment.date())} {texts.clock(moment)}"


def told(one: Listed) -> Iterator[str]:
    """What there is to say of a computer, line by line."""
    kind = _(KINDS[one.role]) if one.role else ""
    yield " · ".join(part for part in (one.person, kind, _(STATES[one.state])) if part)
    if one.state == "enrolled" and one.at is not None:
        day = texts.long_date(one.at.date())
        if one.compared_by:
            yield tr(
                N_("{author} enrolled it on {day}; {other} read the words out."),
                author=one.author, day=day, other=one.compared_by,
            )  # fmt: skip
        else:
            yield tr(N_("It enrolled itself on {day}: a computer of the agency."), day=day)
    if one.state == "revoked" and one.at is not None:
        reason = _(devices.REASONS[one.reason]) if one.reason in devices.REASONS else one.reason
        day = texts.long_date(one.at.date())
        yield tr(N_("{author} revoked it on {day}: {reason}."), author=one.author, day=day, reason=reason)
        yield _(N_("No package of it is taken any more, and none is written to it. What it sent before stays."))
    if not one.state:
        yield _(N_("It wrote into this study, and nobody enrolled it: no package of it is taken."))
    last = N_("Last package: {when}")
    yield tr(last, when=when(one.last_package)) if one.last_package else _(N_("No package of it was taken yet."))


def _name(one: Listed) -> str:
    return f"{one.called} ({_(N_('this computer'))})" if one.is_this else one.called


def _last(one: Listed) -> float:
    return -one.last_package.timestamp() if one.last_package is not None else 0.0


def _paint_state(painter: QPainter, box: QRect, one: Listed) -> None:
    name, tone = _ICONS[one.state]
    icons.paint(painter, QPoint(box.left(), box.center().y() - icons.ROW // 2 + 1), name, icons.ROW, tone)
    painter.setPen(theme.colour(Tone.TEXT))
    painter.setFont(fonts.font(Role.BODY))
    rest = box.adjusted(icons.ROW + 8, 0, 0, 0)
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _(STATES[one.state]))

"""Roller: what each role may see and do, from the one table that the program itself asks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kume_desktop.gui import icons, theme
from kume_desktop.gui import roles as role_words
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.page_header import PageHeader
from kume_desktop.gui.components.table import Column, RowsModel, Table
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint, Page
from kume_desktop.gui.routes import SettingsRoute
from kume_desktop.gui.theme import Tone
from kume_desktop.services import roles
from kume_desktop.services.roles import Line
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import RolesRoute


class RolesPage(Page):
    """A table to read; roles are given in the settings."""

    def __init__(self, desk: Desk, route: RolesRoute) -> None:
        super().__init__(desk)
        self._route = route
        mine = desk.study.role
        facts = tr(N_("Your role: {role}"), role=role_words.word(mine))
        model: RowsModel[Line] = RowsModel(_columns())
        self.table = Table(model, _(N_("Roles")))
        model.set_rows(roles.table())
        model.sorted_by = (-1, Qt.SortOrder.AscendingOrder)
        self.table.select(lambda line: mine in line.roles)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(_(N_("Roles")), facts))
        column.addWidget(Rule())
        held = QWidget()
        inner = QVBoxLayout(held)
        margin = theme.metrics().margin
        inner.setContentsMargins(margin, 8, margin, 12)
        inner.setSpacing(8)
        inner.addWidget(self.table, 1)
        words = N_("Roles decide which pages are there. They are no encryption: whoever has a passphrase has the file.")
        inner.addWidget(Label(_(words), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addWidget(held, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _(N_("Roles"))

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Walk the rows, go to where roles are given."""
        return (KeyHint("Up Down", _(N_("Row"))), KeyHint("Ctrl+P", _(N_("People"))), KeyHint("Esc", _(N_("Back"))))

    def actions_here(self) -> tuple[Action, ...]:
        """Where roles are given."""
        return (Action("people", _(N_("People")), self.go_to_people, "Ctrl+P"),)

    def go_to_people(self) -> None:
        """Go to the settings, where people are let in."""
        self.navigate.emit(SettingsRoute())

    def on_shown(self) -> None:
        """The table has the focus."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns() -> tuple[Column[Line], ...]:
    order = {line.right: place for place, line in enumerate(roles.table())}
    first: Column[Line] = Column(
        "right", _(N_("May")), lambda line: _(line.word), lambda line: order[line.right], first=True
    )
    return (first, *(_of_role(role) for role in roles.ROLES))


def _of_role(role: str) -> Column[Line]:
    width = 104 if theme.is_compact() else 132
    return Column(
        role, role_words.word(role), partial(_said, role), lambda line: role not in line.roles, width,
        paint=partial(_paint, role),
    )  # fmt: skip


def _said(role: str, line: Line) -> str:
    return _(N_("yes")) if role in line.roles else _(N_("no"))


def _paint(role: str, painter: QPainter, box: QRect, line: Line) -> None:
    """A check mark with its word; a dash where the role may not."""
    may = role in line.roles
    painter.setPen(theme.colour(Tone.TEXT if may else Tone.TEXT3))
    left = box.left()
    if may:
        icons.paint(painter, QPoint(left, box.center().y() - 7), "check", icons.ROW, Tone.OK)
        left += 22
    painter.drawText(
        QRect(left, box.top(), box.right() - left, box.height()), int(_MIDDLE), _said(role, line) if may else "–"
    )


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

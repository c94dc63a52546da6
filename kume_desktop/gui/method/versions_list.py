"""The versions of the method: what each changed, who published it and when; the draft first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts
from kume_desktop.gui.components.labels import IconLabel, Label
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.theme import Tone
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.services.method_versions import MethodVersion

_STATES = {"draft": N_("draft"), "published": N_("in force"), "archived": N_("archive")}
_TOP = Qt.AlignmentFlag.AlignTop


class VersionsList(QWidget):
    """One line a version; its note stands under what it changed."""

    def __init__(self, versions: Sequence[MethodVersion]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(3, 1)
        for row, version in enumerate(versions):
            is_draft = version.state == "draft"
            icon = IconLabel("pencil" if is_draft else "lock", tone=Tone.ACCENT if is_draft else Tone.TEXT2)
            name = tr(N_("Version {number}"), number=version.number)
            grid.addWidget(icon, row, 0, _TOP)
            grid.addWidget(Label(name, Role.BODY, weight=fonts.SEMIBOLD), row, 1, _TOP)
            grid.addWidget(Label(_(_STATES[version.state]), Role.BODY, Tone.TEXT2), row, 2, _TOP)
            grid.addWidget(Label(_told(version), Role.BODY, wrap=True), row, 3, _TOP)
            grid.addWidget(Label(version.author, Role.BODY, Tone.TEXT2), row, 4, _TOP)
            grid.addWidget(Label(texts.short_date(version.at.astimezone().date()), Role.BODY, Tone.TEXT2), row, 5, _TOP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        promise = N_("A published version never changes; older results stay with their own version.")
        column.addWidget(Label(_(promise), Role.SECOND, Tone.TEXT2, wrap=True))


def _told(version: MethodVersion) -> str:
    summary = version.summary_en if texts.language() == "en" else version.summary_tr
    return f"{summary}\n“{version.note}”" if version.note else summary

"""Where a file leads that cannot be taken in as it is: a computer that is enrolled, or got to know, first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop.gui.device_routes import EnrolRoute, KnowAgencyRoute
from kume_desktop.texts import N_, _

if TYPE_CHECKING:
    from kume_desktop.gui.routes import Route
    from kume_desktop.problems import Problem


def way_on(file: Path | None, problems: Sequence[Problem], *, is_laptop: bool) -> tuple[str, Route] | None:
    """What a button says and where it leads; None where a file was refused for good."""
    codes = {one.code for one in problems}
    if file is None:
        return None
    if "package.introduction" in codes and not is_laptop:
        return _(N_("Enrol a computer")), EnrolRoute(file)
    if "package.unknown-sender" in codes and is_laptop:
        return _(N_("Compare its six words")), KnowAgencyRoute(file)
    return None

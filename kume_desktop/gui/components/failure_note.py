"""The offer of the first page after a failure: there is a report, and it can be read."""

from __future__ import annotations

from collections.abc import Callable

from kume_desktop.gui.components.problem_note import NoteAction, ProblemNote
from kume_desktop.gui.routes import FailuresRoute, Route
from kume_desktop.texts import N_, _


def failure_note(go: Callable[[Route], object]) -> ProblemNote | None:
    """A note where a report waits; None where nothing failed."""
    from kume_desktop.services import crash_reports

    if not crash_reports.waiting():
        return None
    said = N_("The program failed when it was used last. What it had shown as saved is saved.")
    return ProblemNote(_(said), actions=(NoteAction(_(N_("Read the report")), lambda: go(FailuresRoute())),))

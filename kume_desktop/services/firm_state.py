"""Where a firm stands; a module of its own, because the window needs it before anything else of the services."""

from __future__ import annotations

from enum import StrEnum


class FirmState(StrEnum):
    """Where a firm stands in the field; the window has an icon and a word for each."""

    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    APPOINTED = "appointed"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NOT_REACHED = "not_reached"
    NOT_INTERVIEWED = "not_interviewed"

"""How the interviews of a wave stand, and nothing else of them: lists of many thousands are read for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from kume_desktop.store.tables import instrument_version, interview

if TYPE_CHECKING:
    from kume_desktop.store.reading import Source


class Standing(NamedTuple):
    """An interview: `counts` as somebody said, `state` as `records.InterviewRecord` has it."""

    interview_id: str
    unit_id: str
    instrument_id: str
    state: str
    counts: bool
    version_id: str


def standings(source: Source, wave_id: str) -> tuple[Standing, ...]:
    """The interviews of a wave, the oldest first; in the order of `reading.interviews`."""
    statement = (
        select(
            interview.c.id, interview.c.unit, instrument_version.c.instrument, interview.c.state, interview.c.counts,
            interview.c.instrument_version,
        )
        .outerjoin(instrument_version, instrument_version.c.id == interview.c.instrument_version)
        .where(interview.c.wave == wave_id)
        .order_by(interview.c.opened_at, interview.c.id)
    )  # fmt: skip
    rows: list[Any] = source.rows(statement)
    return tuple(Standing(one, unit, form or "", *rest) for one, unit, form, *rest in rows)

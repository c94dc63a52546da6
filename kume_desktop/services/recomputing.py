"""What the interview engine worked out and the study keeps, brought up to date where another engine wrote it.

Lists and results read the kept states. A state of an older engine is worked out anew: when its interview is opened, and
before results are computed. Each interview is one unit of work of its own, so that stopping in between harms nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kume_desktop.services import recording
from kume_desktop.services.studies import Progress, no_progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import InterviewRecord

RENEWING = N_("Working out interviews of an older version of the program")


def is_waiting(study: Study) -> bool:
    """Whether any interview of the wave is kept as another engine worked it out; one small question."""
    from kume_desktop.store import news

    return bool(news.engines(study.database, study.wave.wave_id) - {"", recording.ENGINE_VERSION})


def old(study: Study) -> tuple[InterviewRecord, ...]:
    """The interviews of the wave whose kept state another engine worked out."""
    from kume_desktop.store import reading

    held = reading.interviews(study.database, wave_id=study.wave.wave_id) if is_waiting(study) else ()
    return tuple(record for record in held if recording.is_old(record))


def renew(study: Study, progress: Progress = no_progress) -> int:
    """Work out every old state of the wave anew, one unit of work each; how many there were.

    Raises:
        Refused: the study cannot be written. What was worked out until then stays.
    """
    from kume_desktop.services import interviewing

    waiting = old(study)
    for done, record in enumerate(waiting):
        progress(done, len(waiting), RENEWING)
        interview = interviewing.restore(study, record)
        with study.act(corrects=False) as act:
            recording.write_state(act, record, interview)
    return len(waiting)

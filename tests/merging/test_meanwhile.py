"""An answer that is given while the worker takes a package in waits for it and is not lost."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from kume_desktop.services import interviewing, worker
from kume_desktop.services.packages import making, merging, reading, work
from kume_desktop.store import reading as stored
from kume_desktop.store import rebuild
from tests.merging.offices import bad_lines, send
from tests.services.interviewed import GIVEN, interview

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from kume_desktop.services.views import Saved


def test_that_an_answer_waits_while_a_package_is_taken_in_and_is_not_lost(
    pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    office, field = pair
    with field.open() as study:
        interview(study, stored.units(study.database)[0].unit_id)
        file = send(study, making.interviews(study), tmp_path)
    with office.open() as study:
        other = next(one.unit_id for one in stored.units(study.database) if one.name == "Iğdır Nakliyat")
        session = interviewing.open_interview(study, other, "is_ihtiyac")
        first, second = (session.interview.path_of(name) for name in ("gorusme_bicimi", "aydinlatma_okundu"))
        assert session.answer(first, GIVEN["gorusme_bicimi"]).at is not None
        given: list[Saved] = []
        real = merging._note

        def meanwhile(*told: Any) -> None:
            """In the middle of the worker's transaction."""
            given.append(session.answer(second, "1"))
            real(*told)

        monkeypatch.setattr(merging, "_note", meanwhile)
        asked = worker.request(study, work.TAKE, examined=reading.record_of(reading.examine(study, file)))
        answers = io.StringIO()
        assert worker.serve(io.StringIO(json.dumps(asked, default=str) + "\n"), answers) == 0, answers.getvalue()
        (busy,) = given
        assert (busy.at, [one.code for one in busy.problems]) == (None, ["study.busy"])
        assert session.interview.value(second) == ""
        assert session.answer(second, "1").at is not None
        held = {one.interview_id: one for one in stored.interviews(study.database)}
        assert len(held) == 2
        assert stored.answers(study.database, session.record.interview_id)[second] == "1"
        assert stored.conflicts(study.database) == ()
        assert bad_lines(study) == ()
        assert not [one for one in rebuild.verify(study.database) if one.is_error]

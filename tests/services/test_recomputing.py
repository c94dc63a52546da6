"""States that an older engine worked out: brought up to date before anybody reads figures from them."""

from __future__ import annotations

import pytest

from kume_desktop.services import fieldwork, interviewing, recomputing, recording, results
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from kume_desktop.store.engine import open_database

NEEDS = "is_ihtiyac"


def begun(study: Study, place: int = 0) -> interviewing.Session:
    unit_id = fieldwork.firms(study)[place].unit_id
    session = interviewing.open_interview(study, unit_id, NEEDS)
    for name, value in {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1"}.items():
        assert session.answer(session.interview.path_of(name), value).at is not None
    return session


def age(study: Study) -> None:
    """What a former version of the program left behind: its version, and a state that it worked out otherwise."""
    with study.database.act("", "staff") as act:
        act._ledger.run("UPDATE interview_state SET engine_version = '1', answered = 99", ())
        act._ledger.run("UPDATE state SET relevant = 0", ())


def engines(study: Study) -> set[str]:
    return {one.summary.engine_version for one in reading.interviews(study.database)}


def test_that_a_state_of_the_engine_in_force_is_left_alone(study: Study) -> None:
    session = begun(study)
    assert engines(study) == {recording.ENGINE_VERSION}
    assert not recomputing.is_waiting(study)
    assert recomputing.renew(study) == 0
    assert not recording.is_old(session.record)


def test_that_opening_an_interview_of_an_older_engine_works_its_state_out_anew(study: Study) -> None:
    session = begun(study)
    before = reading.state_of(study.database, session.interview_id)
    events = reading.counts(study.database).events
    age(study)
    assert recomputing.is_waiting(study)
    again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert engines(study) == {recording.ENGINE_VERSION}
    assert reading.state_of(study.database, session.interview_id) == before
    assert again.position == session.position
    assert reading.counts(study.database).events == events, "nothing that a person gave is written again"


def test_that_every_old_state_of_the_wave_is_worked_out_before_results_are_computed(study: Study) -> None:
    begun(study)
    begun(study, 1)
    computed = results.compute(study)
    age(study)
    assert results.known_to_be_stale(study, computed) is True
    told: list[tuple[int, int]] = []
    assert recomputing.renew(study, lambda done, total, _text: told.append((done, total))) == 2
    assert told == [(0, 2), (1, 2)]
    assert engines(study) == {recording.ENGINE_VERSION}
    assert results.known_to_be_stale(study, computed) is not True


def test_that_renewing_stopped_halfway_leaves_whole_states_and_goes_on_later(study: Study) -> None:
    begun(study)
    begun(study, 1)
    age(study)

    class StoppedError(RuntimeError):
        pass

    def stop(done: int, _total: int, _text: str) -> None:
        if done:
            raise StoppedError

    with pytest.raises(StoppedError):
        recomputing.renew(study, stop)
    assert len(recomputing.old(study)) == 1
    assert recomputing.renew(study) == 1
    assert not recomputing.is_waiting(study)


def test_that_a_study_too_busy_to_write_is_still_opened(study: Study) -> None:
    session = begun(study)
    age(study)
    blocker = open_database(study.path, study.key)
    try:
        with blocker.act("x", "staff"):
            again = interviewing.open_interview(study, session.record.unit_id, NEEDS)
            assert again.interview.value(again.interview.path_of("katilim")) == "1"
            assert recomputing.is_waiting(study)
    finally:
        blocker.close()
    interviewing.open_interview(study, session.record.unit_id, NEEDS)
    assert not recomputing.is_waiting(study)

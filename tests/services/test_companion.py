"""The worker that stays: many questions to one open study, and what is known without reading everything."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Iterator
from typing import Any

from kume_desktop.services import companion, firm_scores, knowledge, policies, results, worker
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing
from kume_desktop.store.events import EventKind, SubjectKind
from tests.services.test_results import firm, rate

pytest_plugins = ["tests.services.rating_studies"]


def served(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    """What the worker answers to several requests, one a line."""
    answers = io.StringIO()
    worker.serve(io.StringIO("".join(json.dumps(one) + "\n" for one in requests)), answers)
    return [told for line in answers.getvalue().splitlines() if "progress" not in (told := json.loads(line))]


def test_that_one_worker_answers_one_question_after_the_other_as_the_services_do(rated: Study) -> None:
    cell = results.method(rated).needs.cells[0].code
    asked = [
        worker.request(rated, companion.LEVELS, area="kimya", indicator="g1"),
        worker.request(rated, companion.FIRMS),
        worker.request(rated, companion.ANSWERS, area="kimya", cell=cell),
        worker.request(rated, companion.LEFT_OUT),
        worker.request(rated, companion.POLICIES),
        worker.request(rated, companion.HASHES),
    ]
    levels, firms, answers, left_out, texts, hashes = [one["result"] for one in served(*asked)]
    assert companion.levels(levels) == results.evidence_behind(rated, "kimya", "g1") != ()
    assert companion.firms(firms) == firm_scores.firm_scores(rated)
    assert companion.answers(answers) == results.answers_behind(rated, "kimya", cell)
    assert left_out["left_out"] == results.left_out(rated)
    assert companion.policies_of(texts)["2"] == policies.texts(rated, "2") != ()
    assert companion.hashes(hashes) == (results.newest_event(rated), results.hashes(rated))


def test_that_a_refusal_does_not_end_the_worker(rated: Study) -> None:
    draft = results.method(rated).with_changes(cuts=(0.2, 0.9))
    wrong = worker.request(rated, companion.PREVIEW, method=draft.to_json())
    first, second = served(wrong, worker.request(rated, companion.LEFT_OUT))
    assert first["problems"] and "left_out" in second["result"]


def test_that_what_a_companion_keeps_is_not_searched_for_garbage_in_its_next_answers(rated: Study) -> None:
    line = json.dumps(worker.request(rated, companion.LEFT_OUT)) + "\n"
    kept = []

    def asked() -> Iterator[str]:
        yield line
        kept.append(gc.get_freeze_count())
        yield line
        kept.append(gc.get_freeze_count())

    assert worker.serve(asked(), io.StringIO()) == 0  # type: ignore[arg-type]
    assert kept[0] > 1000 and kept[0] >= kept[1] > 0, "only a verb that is new brings anything new"
    assert gc.get_freeze_count() == 0


def note(study: Study) -> None:
    with study.act() as act:
        act.append(EventKind.NOTE, SubjectKind.STUDY, study.record.study_id, "any", "bir not")


def test_that_what_no_computation_reads_leaves_results_fresh_without_reading_anything(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    computed = results.compute(study)
    given = results.inputs(study)
    note(study)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.WAVE, study.wave.wave_id, "method_draft", "{}")
    assert results.known_to_be_stale(study, computed) is False
    assert results.inputs(study) is given
    with study.act() as act:
        writing.set_fact(act, SubjectKind.WAVE, study.wave.wave_id, "anything_else", "1")
    assert results.known_to_be_stale(study, computed) is None
    assert results.inputs(study) is not given


def test_that_harmless_kinds_are_kinds_of_the_log() -> None:
    assert {str(kind) for kind in EventKind} >= knowledge.HARMLESS


def test_that_results_are_never_told_to_be_fresh_after_a_level_before_anybody_looked(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    computed = results.compute(study)
    rate(study, unit, [4] * 10)
    assert results.known_to_be_stale(study, computed) is None
    assert results.is_stale(study, computed)
    assert results.known_to_be_stale(study, computed) is True


def test_that_hashes_that_were_outrun_are_not_held(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    computed = results.compute(study)
    newest, found = results.newest_event(study), results.hashes(study)
    rate(study, unit, [5] * 10)
    assert not results.hold(study, newest, found)
    assert results.known_to_be_stale(study, computed) is None
    newest, found = results.newest_event(study), results.hashes(study)
    note(study)
    assert results.hold(study, newest, found)
    assert results.known_to_be_stale(study, computed) is True


def test_that_a_newer_level_of_another_program_is_seen(study: Study) -> None:
    unit = firm(study, "kimya")
    rate(study, unit, [3] * 10)
    computed = results.compute(study)
    assert results.known_to_be_stale(study, computed) is False
    assert reading.latest_result(study.database, study.wave.wave_id) is not None
    assert knowledge.is_untouched(study, results.newest_event(study))
    before = results.newest_event(study)
    rate(study, unit, [1] * 10)
    assert not knowledge.is_untouched(study, before)


def test_that_a_method_published_while_inputs_are_read_is_not_missed(study: Study, monkeypatch) -> None:
    read = results._in_force

    def overtaken(read_in: Study) -> Any:
        """Somebody publishes a method right after the one before was read."""
        found = read(read_in)
        monkeypatch.setattr(results, "_in_force", read)
        kept = reading.latest_method(read_in.database, read_in.wave.wave_id)
        assert kept is not None
        with read_in.act() as act:
            writing.save_method(act, read_in.wave.wave_id, kept.number + 1, "Yeni", "2", "h" * 64, kept.payload)
        return found

    monkeypatch.setattr(results, "_in_force", overtaken)
    before = results.inputs(study).method_id
    assert results.inputs(study).method_id != before

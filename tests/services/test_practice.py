"""Practice: the made-up firms can be interviewed, are marked by their keys, and never reach the study itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, interviewing, people, practice, practice_keys, results, studies, worker
from kume_desktop.services.interviewing import Session
from kume_desktop.services.practice import Attempt
from kume_desktop.services.practice_keys import Expected, Key, Saying
from kume_desktop.services.studies import Study
from kume_desktop.store import reading

FORMS = ("is_ihtiyac", "kumelenme_duzeyi")


@pytest.fixture
def practising(study: Study) -> Iterator[Study]:
    """The practice study of `study`, open."""
    practice.make(study)
    with practice.open_practice(study) as opened:
        yield opened


def started(practising: Study, form: str) -> Session:
    return interviewing.open_interview(practising, practice.begin(practising, form), form)


def fill(session: Session, answers: dict[str, str]) -> None:
    for name, value in answers.items():
        saved = session.answer(session.interview.path_of(name), value)
        assert saved.at is not None, (name, value, saved.problems)


def right(form: str) -> dict[str, str]:
    """The answers of the key, as a good interviewer enters them."""
    key = practice_keys.bundled(form)
    assert key is not None
    return {one.name: one.values[0] for one in key.answers if one.values[0]}


def complete(session: Session) -> None:
    for path, reason in session.interview.warnings.items():
        if not reason:
            assert session.override(path, "firma söyledi").at is not None
    saved = session.complete()
    assert saved.at is not None, saved.problems


def newest(practising: Study) -> Attempt:
    return practice.attempts(practising)[0]


@pytest.mark.parametrize("form", FORMS)
def test_that_who_enters_what_the_firm_says_has_everything_right(practising: Study, form: str) -> None:
    session = started(practising, form)
    fill(session, right(form))
    complete(session)
    attempt = newest(practising)
    assert [one for one in attempt.marked if not one.is_right] == []
    assert attempt.share == 1.0 and attempt.is_passed is True
    assert attempt.asked == len(practice_keys.bundled(form).answers)  # type: ignore[union-attr]


@pytest.mark.parametrize("form", FORMS)
def test_that_every_question_a_person_must_answer_is_spoken_of(practising: Study, form: str) -> None:
    says = dict(practice.says(practising, form, "tr"))
    session = started(practising, form)
    sections = {section.path.rpartition("/")[2] for section in session.interview.form.outline.sections}
    assert set(says) == sections
    assert all(practice.says(practising, form, "en"))
    assert "{year}" not in "".join(says.values())


@pytest.mark.parametrize("form", FORMS)
def test_that_the_key_has_a_refusal_a_not_knowing_a_correction_and_a_decimal_number(form: str) -> None:
    key = practice_keys.bundled(form)
    assert key is not None
    values = {value for one in key.answers for value in one.values}
    assert {"nr", "dk", ""} <= values
    words = " ".join(one.text_tr for one in key.says)
    assert "pardon" in words and ("38,4" in words or "buçuk" in words)
    assert all(one.text_en for one in key.says)


def test_that_wrong_answers_are_named_with_what_is_right_and_why(practising: Study) -> None:
    session = started(practising, "is_ihtiyac")
    fill(session, right("is_ihtiyac") | {"calisan_sayisi": "42", "pazarlama_finansman": "dk"})
    complete(session)
    attempt = newest(practising)
    wrong = [(one.given, one.wanted) for one in attempt.marked if not one.is_right]
    assert wrong == [("42", "38"), ("Bilmiyor", "Yanıt vermek istemedi")]
    assert all(one.why_tr and one.why_en for one in attempt.marked if not one.is_right)
    assert attempt.is_passed is True


def test_that_an_answer_that_was_hidden_by_a_skip_counts_as_wrong(practising: Study) -> None:
    session = started(practising, "is_ihtiyac")
    fill(session, {"gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "3", "sonuc": "4", "ret_nedeni": "1"})
    complete(session)
    attempt = newest(practising)
    assert attempt.is_passed is False
    assert 0 < attempt.right < 10 < attempt.asked


def test_that_the_pass_mark_of_the_study_decides_and_old_attempts_keep_theirs(study: Study) -> None:
    practice.make(study)
    with practice.open_practice(study) as opened:
        session = started(opened, "is_ihtiyac")
        fill(session, right("is_ihtiyac") | {"calisan_sayisi": "42"})
        complete(session)
        assert newest(opened).is_passed is True
    practice.save_pass_mark(study, 100)
    practice.make(study)
    with practice.open_practice(study) as opened:
        session = started(opened, "is_ihtiyac")
        fill(session, right("is_ihtiyac") | {"calisan_sayisi": "42"})
        complete(session)
        assert [one.is_passed for one in practice.attempts(opened)] == [False, True]
    with pytest.raises(Refused):
        practice.save_pass_mark(study, 0)


def test_that_practice_can_be_left_and_repeated(practising: Study) -> None:
    first = practice.begin(practising, "is_ihtiyac")
    session = interviewing.open_interview(practising, first, "is_ihtiyac")
    fill(session, {"gorusme_bicimi": "1"})
    assert practice.begin(practising, "is_ihtiyac") == first
    assert practice.begin(practising, "kumelenme_duzeyi") != first
    fill(session, right("is_ihtiyac"))
    complete(session)
    assert practice.begin(practising, "is_ihtiyac") != first


def test_that_practice_leaves_the_study_itself_untouched(study: Study) -> None:
    before = reading.lines(study.database)
    practice.make(study)
    with practice.open_practice(study) as opened:
        session = started(opened, "is_ihtiyac")
        fill(session, right("is_ihtiyac"))
        complete(session)
        newest(opened)
        assert opened.head().practice and opened.head().demonstration
    assert reading.lines(study.database) == before
    assert reading.counts(study.database).interviews == 0
    assert {row.name for row in fieldwork.firms(study)} == {"Şişli Kimya", "Iğdır Nakliyat"}
    assert not study.head().practice


def test_that_practice_cannot_be_merged_into_a_study(study: Study, practising: Study) -> None:
    session = started(practising, "is_ihtiyac")
    fill(session, right("is_ihtiyac"))
    complete(session)
    before = reading.counts(study.database)
    with pytest.raises(Refused) as refused:
        study.database.import_events(reading.lines(practising.database))
    assert refused.value.problems[0].code == "study.another-study"
    assert reading.counts(study.database) == before


def test_that_even_smuggled_practice_counts_nowhere(study: Study, practising: Study) -> None:
    session = started(practising, "is_ihtiyac")
    fill(session, right("is_ihtiyac"))
    complete(session)
    firms, hashes = fieldwork.firms(study), results.hashes(study)
    lines = [line for line in reading.lines(practising.database) if '"interview"' in line]
    study.database.import_events(lines)
    assert reading.interviews(study.database, wave_id=study.wave.wave_id) == ()
    assert fieldwork.firms(study) == firms
    assert results.hashes(study) == hashes


def test_that_nothing_leaves_a_practice_study(practising: Study) -> None:
    assert practising.role == people.INTERVIEWER
    with pytest.raises(Refused):
        studies.only_staff(practising)
    assert people.role_of(practising, practising.person) == people.INTERVIEWER


def test_that_practice_is_not_among_the_recent_studies(practising: Study) -> None:
    assert practising.path not in [card.path for card in studies.recent_studies()]


def test_that_staff_make_a_key_of_their_own_attempt(study: Study) -> None:
    practice.make(study)
    with practice.open_practice(study) as opened:
        session = started(opened, "is_ihtiyac")
        fill(session, right("is_ihtiyac") | {"gorev": "1"})
        with pytest.raises(Refused):
            practice.key_from_attempt(study, opened, session.record.unit_id, "Ben ortağım.")
        complete(session)
        with pytest.raises(Refused):
            practice.key_from_attempt(study, opened, session.record.unit_id, "  ")
        key = practice.key_from_attempt(study, opened, session.record.unit_id, "Ben ortağım.")
    assert key.is_of_staff
    practice.make(study)
    with practice.open_practice(study) as opened:
        assert practice.says(opened, "is_ihtiyac", "en") == (("", "Ben ortağım."),)
        session = started(opened, "is_ihtiyac")
        fill(session, right("is_ihtiyac"))
        complete(session)
        assert [one.given for one in newest(opened).marked if not one.is_right] == ["Üretim sorumlusu"]
    practice.drop_key(study, "is_ihtiyac")
    assert practice.key_of(study, "is_ihtiyac") == practice_keys.bundled("is_ihtiyac")


def test_that_interviewers_change_neither_key_nor_pass_mark(study: Study) -> None:
    study.role = people.INTERVIEWER
    key = Key("is_ihtiyac", (Saying("", "a", ""),), (Expected("gorev", ("1",)),))
    for act in (
        lambda: practice.save_key(study, key),
        lambda: practice.save_pass_mark(study, 10),
        lambda: practice.drop_key(study, "is_ihtiyac"),
    ):
        with pytest.raises(Refused):
            act()


def test_that_a_form_without_a_key_is_practised_without_marks(
    practising: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice_keys, "bundled", lambda _instrument: None)
    assert [one.questions for one in practice.forms(practising)] == [0, 0]
    assert practice.says(practising, "is_ihtiyac", "tr") == ()
    session = started(practising, "is_ihtiyac")
    fill(session, right_of_file())
    complete(session)
    assert (newest(practising).share, newest(practising).is_passed) == (None, None)


def right_of_file() -> dict[str, str]:
    from kume_desktop import paths

    text = (paths.resources() / "practice" / "is_ihtiyac.json").read_text(encoding="utf-8")
    return {one.name: one.values[0] for one in Key.from_json(text).answers if one.values[0]}


def test_that_a_key_survives_the_way_through_a_fact() -> None:
    key = Key("f", (Saying("a", "söz", "word"),), (Expected("x", ("1", ""), "contains", "neden", "why"),))
    assert Key.from_json(key.to_json()) == key


def test_that_the_worker_makes_the_practice_and_the_companion_reads_the_attempts(study: Study) -> None:
    import io
    import json

    answers = io.StringIO()
    asked = [worker.request(study, "practice"), worker.request(study, practice.OVERVIEW)]
    worker.serve(io.StringIO("".join(json.dumps(one) + "\n" for one in asked)), answers)
    told = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert told[-2]["result"]["path"] == str(practice.file_of(study))
    assert practice.overview_of(told[-1]["result"]) == ()

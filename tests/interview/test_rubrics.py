"""The indicators behind a question, as the interviewer may see them."""

from __future__ import annotations

import dataclasses

from kume_desktop.interview import engine
from kume_desktop.interview.page_model import RubricView
from kume_desktop.interview.rubrics import rubrics
from tests.interview.test_real_forms import form, setting

FORM = "kumelenme_duzeyi"


def test_that_a_question_names_the_indicators_it_feeds_with_anchors_and_evidence():
    interview = engine.begin(form(FORM), setting(), {"firma_kodu": "F1"}).interview
    found = rubrics(interview, interview.path_of("ihracat_pay"))
    assert found
    assert [level for level, _text in found[0].levels] == [1, 2, 3, 4, 5]
    assert all(text for _level, text in found[0].levels) and found[0].evidence
    assert rubrics(interview, interview.path_of("sonuc_notu")) == ()


def test_that_questions_behind_calculated_values_count_too():
    interview = engine.begin(form(FORM), setting(), {"firma_kodu": "F1"}).interview
    assert rubrics(interview, interview.path_of("belge")), "the rule looks at a count of the certificates"


def test_that_what_an_answer_would_give_is_nowhere_in_it():
    interview = engine.begin(form(FORM), setting(), {"firma_kodu": "F1"}).interview
    path = interview.path_of("ihracat_yol")
    before = rubrics(interview, path)
    for question in ("aydinlatma_okundu", "katilim", "alan_uygun", "ihracat_yol"):
        interview = engine.answer(interview, interview.path_of(question), "1").interview
    assert rubrics(interview, path) == before, "the same whatever was answered"
    assert {field.name for field in dataclasses.fields(RubricView)} == {"code", "heading", "text", "levels", "evidence"}

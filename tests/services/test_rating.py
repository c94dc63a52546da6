"""Levels given by raters: stored at each press, blind to each other, agreed beside what was given."""

from __future__ import annotations

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import rating_queue, rating_routes
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.rating_queue import RatingSettings
from kume_desktop.services.rating_views import Mark, SheetState, Tab
from kume_desktop.store import frames, reading
from tests.services.rating_studies import as_person, firm_of, rate_all, rated, rating_template, reopened

__all__ = ("rated", "rating_template")
FIRM, OWN = "Çınaraltı Konserve", "Şafakbükü Gıda"


@pytest.fixture
def desk(rated) -> RatingDesk:
    return RatingDesk(rated)


def code_of(refused) -> str:
    return refused.value.problems[0].code


def suggested(desk: RatingDesk, unit_id: str, code: str) -> int:
    return desk.material(unit_id).suggested[code]


def other_level(desk: RatingDesk, unit_id: str, code: str) -> str:
    """A level below 4 that is not the suggested one: it needs a reason and no evidence."""
    return "1" if suggested(desk, unit_id, code) != 1 else "2"


def stored(desk: RatingDesk, unit_id: str, code: str):
    return next(one for one in reading.ratings(desk.study.database, target_id=unit_id)
                if one.indicator == code and one.basis == "rating" and one.rater == desk.study.person)  # fmt: skip


def test_that_every_completed_interview_waits_in_the_order_of_the_names(desk):
    rows = desk.board.rows(Tab.MINE)
    assert [row.name for row in rows] == [
        "Çınaraltı Konserve", "Ilıcabaşı Salça", "Nardanesi Meyve Suyu", "Şafakbükü Gıda", "Üzümdalı Turşu",
    ]  # fmt: skip
    assert {row.state for row in rows} == {SheetState.WAITING}
    assert [row.name for row in rows if row.own_interview] == [OWN]
    assert desk.board.rows(Tab.MINE, "lojistik") == ()


def test_that_a_sheet_holds_the_answers_behind_each_indicator_and_the_anchors(desk):
    sheet = desk.sheet(firm_of(desk.study, FIRM))
    assert [one.subject.number for one in sheet.indicators] == list(range(1, 11))
    arge = sheet.indicators[4].subject
    assert arge.title == "AR-GE ve tasarım düzeyi" and arge.heading == "Üretim Etkinliği"
    assert [fact.number for fact in arge.facts][:2] == ["6.1", "6.2"]
    assert [anchor.band for anchor in arge.anchors] == [1, 1, 2, 3, 3]
    assert arge.evidence_asked == "Proje onayı, tescil, merkez belgesi"
    assert sheet.indicators[0].subject.title.startswith("İç pazarda")


def test_that_the_interviewers_notes_stand_with_the_facts(desk):
    unit_id = firm_of(desk.study, FIRM)
    path = desk.material(unit_id).evidence["g5"][0][1]
    with reopened(desk.study, unit_id) as session:
        session.comment(path, "Tasarımcılardan biri denetim dosyalarını da tutuyor.")
    (note,) = RatingDesk(desk.study).material(unit_id).subjects["g5"].notes
    assert (note.number, note.is_reason) == ("6.1", False)
    assert note.text.startswith("Tasarımcılardan")


def test_that_the_suggestion_is_hidden_until_a_level_was_given_and_this_is_kept(desk):
    unit_id = firm_of(desk.study, FIRM)
    before = desk.sheet(unit_id).indicators[1]
    assert before.is_hidden and before.suggestion is None
    after = desk.give(unit_id, "g2", str(suggested(desk, unit_id, "g2")), evidence_kind="2")
    assert after.suggestion == suggested(desk, unit_id, "g2") and not after.differs
    assert (after.given.mark, stored(desk, unit_id, "g2").seen) == (Mark.DONE, "after")


def test_that_changing_a_level_with_the_suggestion_in_sight_is_kept_as_such(desk):
    unit_id = firm_of(desk.study, FIRM)
    desk.give(unit_id, "g2", other_level(desk, unit_id, "g2"))
    assert stored(desk, unit_id, "g2").seen == "after"
    desk.give(unit_id, "g2", other_level(desk, unit_id, "g2"), reason="kayıt eksik")
    assert stored(desk, unit_id, "g2").seen == "after"
    desk.give(unit_id, "g2", str(suggested(desk, unit_id, "g2")))
    assert stored(desk, unit_id, "g2").seen == "before"


def test_that_a_study_that_shows_the_suggestion_first_says_so(desk):
    rating_queue.change_settings(desk.study, RatingSettings(blind=False, share=0.4, seed=7))
    open_desk = RatingDesk(desk.study)
    assert open_desk.settings == RatingSettings(blind=False, share=0.4, seed=7)
    unit_id = firm_of(desk.study, FIRM)
    view = open_desk.sheet(unit_id).indicators[1]
    assert not view.is_hidden and view.suggestion == suggested(desk, unit_id, "g2")
    open_desk.give(unit_id, "g2", "1", reason="x")
    assert stored(open_desk, unit_id, "g2").seen == "before"


def test_that_a_level_without_its_required_reason_is_a_draft_that_counts_nowhere(desk):
    unit_id = firm_of(desk.study, FIRM)
    level = other_level(desk, unit_id, "g7")
    view = desk.give(unit_id, "g7", level)
    assert view.differs and view.needs_reason and view.given.mark is Mark.DRAFT
    record = stored(desk, unit_id, "g7")
    assert (record.level, record.draft) == (None, level)
    method = desk.method
    levels = frames.levels(desk.study.database, desk.study.wave.wave_id, "firma", ("g7",), method.level_source)
    place = levels.targets.index(unit_id)
    assert levels.levels[place, 0] == suggested(desk, unit_id, "g7"), "the suggestion counts until the draft is done"
    assert desk.board.rows(Tab.MINE)[0].done == 0
    done = desk.give(unit_id, "g7", level, reason="  bordro incelendi ")
    assert (done.given.mark, done.given.reason) == (Mark.DONE, "bordro incelendi")
    levels = frames.levels(desk.study.database, desk.study.wave.wave_id, "firma", ("g7",), method.level_source)
    assert levels.levels[place, 0] == int(level)


@pytest.mark.parametrize("level", ["4", "5"])
def test_that_the_kind_of_evidence_is_required_from_level_four(desk, level):
    unit_id = firm_of(desk.study, FIRM)
    view = desk.give(unit_id, "g2", level, reason="görüldü")
    assert view.needs_evidence and view.given.mark is Mark.DRAFT
    view = desk.give(unit_id, "g2", level, evidence_kind="2")
    assert view.given.mark is Mark.DONE and view.rests_on_statement
    assert not desk.give(unit_id, "g2", level, evidence_kind="1").rests_on_statement


@pytest.mark.parametrize("answer", ["na", "dk"])
def test_that_not_rating_an_indicator_needs_a_reason_too(desk, answer):
    unit_id = firm_of(desk.study, FIRM)
    assert desk.give(unit_id, "g1", answer).given.mark is Mark.DRAFT
    desk.give(unit_id, "g1", answer, reason="ihracatçı firma")
    record = stored(desk, unit_id, "g1")
    assert (record.level, record.missing, record.draft) == (None, answer, "")


def test_that_a_rating_keeps_what_it_rests_on(desk):
    unit_id = firm_of(desk.study, FIRM)
    desk.give(unit_id, "g5", "3", reason="x", evidence_kind="3")
    record = stored(desk, unit_id, "g5")
    interview = desk.board.interviews[unit_id]
    assert record.rubric_version == interview.version_id and record.facts_hash
    assert {where for where, _path in record.evidence} == {interview.interview_id}
    assert (record.scale, record.suggestion) == ("1-5", suggested(desk, unit_id, "g5"))


def test_that_undo_brings_back_what_stood_there_and_stays_in_the_log(desk):
    unit_id = firm_of(desk.study, FIRM)
    desk.give(unit_id, "g7", "1", reason="bir")
    desk.give(unit_id, "g7", "2", reason="iki")
    events = reading.counts(desk.study.database).events
    assert desk.undo() == (unit_id, "g7")
    assert (stored(desk, unit_id, "g7").level, stored(desk, unit_id, "g7").reason) == (1, "bir")
    assert reading.counts(desk.study.database).events > events
    assert desk.undo() == (unit_id, "g7")
    view = desk.sheet(unit_id).indicators[6]
    assert (view.given.answer, view.given.reason, view.given.mark) == ("", "", Mark.WAITING)
    assert not view.is_hidden, "the suggestion was seen; taking the level back does not unsee it"
    assert desk.undo() is None


def test_that_a_sheet_is_finished_only_when_nothing_is_open(desk):
    unit_id = firm_of(desk.study, FIRM)
    desk.give(unit_id, "g1", "1")
    with pytest.raises(Refused) as refused:
        desk.finish(unit_id)
    assert code_of(refused) == "rating.sheet-open" and refused.value.problems[0].params["waiting"] in {9, 10}
    rate_all(desk, unit_id)
    assert desk.sheet(unit_id).state is SheetState.FINAL
    with pytest.raises(Refused) as refused:
        desk.give(unit_id, "g1", "2")
    assert code_of(refused) == "rating.sheet-final"
    assert desk.undo() == (unit_id, "")
    assert desk.sheet(unit_id).state is SheetState.OPEN


def test_that_a_firm_somebody_else_has_begun_is_in_nobody_elses_list(desk):
    unit_id = firm_of(desk.study, FIRM)
    desk.give(unit_id, "g7", "1", reason="x")
    other = as_person(desk.study, "Can")
    assert FIRM not in [row.name for row in other.board.rows(Tab.MINE)]
    with pytest.raises(Refused) as refused:
        other.give(unit_id, "g7", "1", reason="x")
    assert code_of(refused) == "rating.not-yours"


def test_that_the_score_so_far_is_bounded_by_what_is_not_rated_yet(desk):
    unit_id = firm_of(desk.study, FIRM)
    score = desk.sheet(unit_id).score
    assert score is not None and score.so_far is None
    assert (round(score.low, 1), score.high) == (33.3, 100.0)
    for code in desk.board.codes[:5]:
        desk.give(unit_id, code, "3", reason="x")
    score = desk.sheet(unit_id).score
    assert score is not None and score.rated == 5
    assert (round(score.so_far or 0, 1), round(score.low, 1), round(score.high, 1)) == (66.7, 50.0, 83.3)
    desk.give(unit_id, "g6", "5", reason="x")
    again = desk.sheet(unit_id).score
    assert again is not None and again.rated == 5, "a draft is in no score"


# --- the second rater ---


def test_that_a_share_of_the_firms_is_drawn_for_people_who_rate_them_not_already(desk):
    unit_id = firm_of(desk.study, FIRM)
    rate_all(desk, unit_id)
    rating_queue.change_settings(desk.study, RatingSettings(share=1.0))
    drawn = rating_queue.draw_second(desk.study, desk.board)
    assert len(drawn) == 5
    assert all(one.rater != "Elif" for one in drawn if one.target_id == unit_id)
    interviewers = {unit_id: record.interviewer for unit_id, record in desk.board.interviews.items()}
    assert all(interviewers[one.target_id] != one.rater and not one.own_interview for one in drawn)


def test_that_the_draw_is_the_same_for_the_same_seed_and_keeps_what_was_drawn(rated):
    rating_queue.change_settings(rated, RatingSettings(share=0.4))
    first = rating_queue.draw_second(rated, RatingDesk(rated).board)
    assert len(first) == 2
    assert rating_queue.draw_second(rated, RatingDesk(rated).board) == ()
    rating_queue.change_settings(rated, RatingSettings(share=0.6))
    more = rating_queue.draw_second(rated, RatingDesk(rated).board)
    assert len(more) == 1 and not {one.target_id for one in more} & {one.target_id for one in first}


def test_that_the_same_seed_draws_the_same_in_another_copy(rated, rating_template, tmp_path_factory):
    from kume_desktop.services import studies
    from tests.studies import PASSPHRASE, copied

    rating_queue.change_settings(rated, RatingSettings(share=0.4))
    here = rating_queue.draw_second(rated, RatingDesk(rated).board)
    with studies.open_study(copied(rating_template, tmp_path_factory.mktemp("other")), PASSPHRASE) as twin:
        rating_queue.change_settings(twin, RatingSettings(share=0.4))
        assert rating_queue.draw_second(twin, RatingDesk(twin).board) == here


def test_that_an_interviewer_is_drawn_only_where_nobody_else_is_left_and_it_is_marked(desk):
    """Çınaraltı was interviewed by Can; Derya and Elif have both rated it already."""
    unit_id = firm_of(desk.study, FIRM)
    rating_queue.change_settings(desk.study, RatingSettings(share=1.0))
    board = desk.board
    board._people = {"Can", "Elif"}
    rate_all(desk, unit_id)
    drawn = {one.target_id: one for one in rating_queue.draw_second(desk.study, board)}
    assert (drawn[unit_id].rater, drawn[unit_id].own_interview) == ("Can", True)
    row = next(row for row in as_person(desk.study, "Can").board.rows(Tab.BLIND) if row.target_id == unit_id)
    assert row.own_interview


def test_that_nobody_is_drawn_where_only_one_person_rates(study):
    desk = RatingDesk(study)
    with pytest.raises(Refused) as refused:
        rating_queue.draw_second(study, desk.board)
    assert code_of(refused) == "rating.nobody-second"


def drawn_for(desk: RatingDesk, unit_id: str, rater: str) -> RatingDesk:
    """Draw one firm for one rater, and be that rater."""
    from kume_desktop.store import writing

    with desk.study.act() as act:
        marked = writing.SheetMarked(desk.study.wave.wave_id, "unit", unit_id, rater, rating_queue.DRAWN, round=0)
        writing.mark_sheet(act, marked)
    desk.board.refresh(unit_id)
    return as_person(desk.study, rater)


def test_that_a_second_rater_sees_nothing_of_the_first_before_the_own_sheet_is_final(desk):
    unit_id = firm_of(desk.study, FIRM)
    rate_all(desk, unit_id, {"g7": "1"})
    second = drawn_for(desk, unit_id, "Derya")
    assert [row.name for row in second.board.rows(Tab.BLIND)] == [FIRM]
    assert FIRM not in [row.name for row in second.board.rows(Tab.MINE)]
    sheet = second.sheet(unit_id)
    assert sheet.is_second and all(one.given.answer == "" and one.is_hidden for one in sheet.indicators)
    with pytest.raises(Refused) as refused:
        second.differences(unit_id)
    assert code_of(refused) == "rating.still-blind"
    with pytest.raises(Refused) as refused:
        second.settle(unit_id, "g7", "2", reason="x")
    assert code_of(refused) == "rating.still-blind"
    assert second.board.rows(Tab.DIFFERING) == ()


def both_rated(desk: RatingDesk, mine: dict[str, str], theirs: dict[str, str]) -> tuple[str, RatingDesk]:
    unit_id = firm_of(desk.study, FIRM)
    rate_all(desk, unit_id, mine)
    second = drawn_for(desk, unit_id, "Derya")
    rate_all(second, unit_id, theirs)
    desk.board.refresh(unit_id)
    return unit_id, second


def test_that_a_difference_of_one_level_is_agreed_by_the_raters_and_all_three_levels_stay(desk):
    unit_id, second = both_rated(desk, {"g7": "2"}, {"g7": "3"})
    (row,) = second.board.rows(Tab.DIFFERING)
    assert (row.done, row.total, row.needs_third) == (0, 1, False)
    (difference,) = second.differences(unit_id).differences
    assert [(one.rater, one.answer) for one in difference.opinions] == [("Derya", "3"), ("Elif", "2")]
    assert (difference.distance, difference.may_settle) == (1, True)
    levels = frames.levels(desk.study.database, desk.study.wave.wave_id, "firma", ("g7",))
    assert unit_id not in levels.targets or str(levels.levels[levels.targets.index(unit_id), 0]) == "nan"
    second.settle(unit_id, "g7", "3")
    assert second.differences(unit_id).differences[0].agreed.mark is Mark.DRAFT, "an agreed level needs its reason"
    second.settle(unit_id, "g7", "3", reason="bordroda 26 kişi")
    agreed = second.differences(unit_id).differences[0].agreed
    assert (agreed.answer, agreed.round, agreed.mark) == ("3", 2, Mark.DONE)
    kept = [one for one in reading.ratings(desk.study.database, target_id=unit_id) if one.indicator == "g7"]
    blind = {one.rating_id for one in kept if one.round == 1}
    assert len(kept) == 4 and set(next(one for one in kept if one.round == 2).settles) == blind
    levels = frames.levels(desk.study.database, desk.study.wave.wave_id, "firma", ("g7",))
    assert levels.levels[levels.targets.index(unit_id), 0] == 3
    (row,) = second.board.rows(Tab.DIFFERING)
    assert row.state is SheetState.FINAL


def test_that_two_levels_apart_a_third_person_decides(desk):
    unit_id, second = both_rated(desk, {"g7": "1"}, {"g7": "4"})
    (difference,) = second.differences(unit_id).differences
    assert difference.needs_third and not difference.may_settle
    with pytest.raises(Refused) as refused:
        second.settle(unit_id, "g7", "2", reason="x")
    assert code_of(refused) == "rating.third-decides"
    third = as_person(desk.study, "Can")
    (row,) = third.board.rows(Tab.DIFFERING)
    assert row.needs_third and row.own_interview
    third.settle(unit_id, "g7", "2", reason="kayıtlar arada", evidence_kind="1")
    assert third.differences(unit_id).differences[0].agreed.rater == "Can"
    assert third.undo() == (unit_id, "g7")
    assert third.differences(unit_id).differences[0].agreed.answer == ""


def test_that_a_level_and_no_level_differ_and_the_raters_agree(desk):
    unit_id, second = both_rated(desk, {"g7": "na"}, {"g7": "4"})
    (difference,) = second.differences(unit_id).differences
    assert (difference.distance, difference.needs_third, difference.may_settle) == (None, False, True)


def test_that_a_final_sheet_stays_once_another_rater_has_the_firm(desk):
    unit_id, _second = both_rated(desk, {}, {})
    assert not desk.may_reopen(unit_id)
    with pytest.raises(Refused) as refused:
        desk.reopen(unit_id)
    assert code_of(refused) == "rating.compared-already"
    assert desk.undo() is None
    assert desk.sheet(unit_id).state is SheetState.FINAL


def test_that_a_finished_second_sheet_leaves_earlier_acts_on_other_firms_to_be_taken_back(desk):
    unit_id, second = both_rated(desk, {}, {})
    other = next(one for one in second.board.interviews if one != unit_id)
    assert second.undo() is None
    second.give(other, "g1", "3", reason="belgeye göre")
    assert second.undo() == (other, "g1")


# --- an interview that is opened again ---


def test_that_levels_stay_and_are_marked_when_the_answers_change(desk):
    unit_id = firm_of(desk.study, FIRM)
    rate_all(desk, unit_id)
    path = desk.material(unit_id).evidence["g7"][0][1]
    with reopened(desk.study, unit_id) as session:
        waiting = RatingDesk(desk.study)
        (row,) = [row for row in waiting.board.rows(Tab.MINE) if row.target_id == unit_id]
        assert row.reopened and row.done == 10
        assert waiting.sheet(unit_id).firm.is_open
        with pytest.raises(Refused) as refused:
            waiting.give(unit_id, "g7", "1")
        assert code_of(refused) == "rating.interview-open"
        assert session.answer(path, "9").at is not None
    again = RatingDesk(desk.study)
    stale = [one.subject.code for one in again.sheet(unit_id).indicators if one.is_stale]
    assert stale == ["g6", "g7"], "both rest on the head-count"
    (row,) = [row for row in again.board.rows(Tab.MINE) if row.target_id == unit_id]
    assert row.changed and row.done == 10


# --- panel and experts ---


def test_that_a_panels_level_needs_reason_day_and_members(desk):
    area = desk.board.areas[0].area_id
    rating_routes.give_panel(desk, area, "g1", "3")
    assert rating_routes.panel_sheet(desk, area).items[0].given.mark is Mark.DRAFT
    rating_routes.give_panel(desk, area, "g1", "3", reason="oy birliği")
    rating_routes.give_panel(desk, area, "g1", "3", held_on="20.11.2026", members="A. Kaya\nB. Demir")
    sheet = rating_routes.panel_sheet(desk, area)
    assert sheet.items[0].given.mark is Mark.DONE
    assert (sheet.held_on, sheet.members) == ("2026-11-20", "A. Kaya\nB. Demir")
    assert [anchor.text for anchor in sheet.items[6].subject.anchors] == [
        "<10 çalışan", "25-49 çalışan", "≥250 çalışan",
    ]  # fmt: skip
    rating_routes.give_panel(desk, area, "g2", "2", reason="oy çokluğu")
    second = rating_routes.panel_sheet(desk, area).items[1].given
    assert (second.mark, second.members) == (Mark.DONE, "A. Kaya\nB. Demir"), "day and members hold for the meeting"
    assert desk.board.rows(Tab.PANEL)[0].done == 2
    assert desk.undo() == (area, "g2")
    assert rating_routes.panel_sheet(desk, area).items[1].given.answer == ""


@pytest.mark.parametrize(("day", "code"), [("31.02.2026", "rating.bad-day"), ("01.01.2999", "rating.day-to-come")])
def test_that_a_panels_day_is_a_day_that_was(desk, day, code):
    with pytest.raises(Refused) as refused:
        rating_routes.give_panel(desk, desk.board.areas[0].area_id, "g1", "3", held_on=day)
    assert code_of(refused) == code


def test_that_a_panel_of_another_name_goes_on_under_its_name(scorecard):
    desk = RatingDesk(scorecard)
    area = desk.board.areas[0].area_id
    rating_routes.give_panel(desk, area, "g1", "1", reason="düzeltme", held_on="2026-11-20", members="A")
    raters = {one.rater for one in reading.ratings(scorecard.database, target_id=area)}
    assert raters == {"İZKA 2010"}


def test_that_an_expert_rates_the_need_cells_of_an_area_or_a_firm_apart_from_all_levels(desk):
    area, unit_id = desk.board.areas[0].area_id, firm_of(desk.study, FIRM)
    cell = desk.board.cells[0]
    rating_routes.give_need(desk, area, cell, "2", note="Sektör raporu, s. 12")
    rating_routes.give_need(desk, unit_id, cell, "4")
    (item, *_rest) = rating_routes.need_sheet(desk, area).items
    assert (item.given.level, item.given.reason) == (2, "Sektör raporu, s. 12")
    assert len(rating_routes.need_sheet(desk, unit_id).items) == 10
    assert [anchor.level for anchor in item.answers] == [1, 2, 3, 4, 5]
    bases = {one.basis for one in reading.ratings(desk.study.database) if one.indicator == cell}
    assert bases == {"expert"}
    rows = desk.board.rows(Tab.NEEDS, "kimya")
    assert [row.kind for row in rows] == ["area"] + ["unit"] * 5
    assert [row.done for row in rows] == [1, 1, 0, 0, 0, 0]
    assert desk.board.rows(Tab.MINE)[0].done == 0

"""The reserve: not seen, not visited, not opened until its batch is released with a reason."""

from __future__ import annotations

import pytest

from kume_desktop.services import field_rates, fieldwork, frame_totals, interviewing, reserve, sample_plan, visits
from kume_desktop.services.sample_plan import PlanSettings
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import field_rows, reading, writing
from tests.services.field_studies import acting, refused

SETTINGS = PlanSettings(half_width=12, deviation=18.6, eligibility=0.9, response=0.9, reserve=1.0, batches=2, seed=7)
FIRMS = 60


@pytest.fixture
def drawn(study: Study) -> Study:
    """Lojistik holds 60 firms, of which a sample was drawn with two batches of reserve; Kimya was not drawn."""
    with study.act() as act:
        for number in range(FIRMS - 1):
            attributes = {
                "code": f"L{number:02}",
                "name": f"Firma {number:02}",
                "area": "lojistik",
                "size_class": "1-9",
            }
            writing.add_unit(act, attributes)
    frame_totals.enter(study, "lojistik", frame_totals.from_list(study, "lojistik"))
    sample_plan.draw(study, "lojistik", SETTINGS)
    return study


def waiting(study: Study, batch: int = 1) -> str:
    return next(one.unit_id for one in sample_plan.sample(study, "lojistik") if one.batch == batch)


def issued(study: Study) -> str:
    return waiting(study, 0)


def not_drawn(study: Study) -> str:
    drawn = field_rows.batches(study.database, study.wave.wave_id)
    units = [one for one in reading.units(study.database) if one.area == "lojistik"]
    return next(one.unit_id for one in units if one.unit_id not in drawn)


def test_that_interviewers_do_not_see_firms_of_the_reserve(drawn: Study) -> None:
    every = fieldwork.firms(drawn)
    assert len(every) == FIRMS + 1 and sum(not row.is_issued for row in every) > 0
    with acting(drawn, "Can"):
        seen = fieldwork.firms(drawn)
        assert all(row.is_issued for row in seen)
        assert {row.unit_id for row in seen} == {row.unit_id for row in every if row.is_issued}
        assert refused(fieldwork.firm, drawn, waiting(drawn)) == ["reserve.waiting"]
    assert not fieldwork.firm(drawn, waiting(drawn)).row.is_issued, "staff see it"


def test_that_nobody_visits_plans_or_opens_a_firm_of_the_reserve(drawn: Study) -> None:
    unit = waiting(drawn, 2)
    assert refused(visits.record, drawn, unit, "10") == ["reserve.waiting"]
    assert refused(visits.plan, drawn, unit, None) == ["reserve.waiting"]
    assert refused(visits.close, drawn, unit) == ["reserve.waiting"]
    assert refused(visits.assign, drawn, [unit], "Elif") == ["reserve.not-assigned"]
    assert refused(visits.assign, drawn, [issued(drawn), not_drawn(drawn)], "Elif") == ["reserve.not-assigned"]
    assert visits.assign(drawn, [issued(drawn)], "Elif") == {issued(drawn): ""}
    assert refused(interviewing.open_interview, drawn, unit, "is_ihtiyac") == ["reserve.waiting"]
    assert reading.interviews(drawn.database, unit_id=unit) == ()
    assert reserve.may_open(drawn, issued(drawn)) is None
    interviewing.open_interview(drawn, issued(drawn), "is_ihtiyac")


def test_that_a_firm_outside_the_sample_is_opened_by_staff_alone(drawn: Study) -> None:
    unit = not_drawn(drawn)
    with acting(drawn, "Can"):
        assert refused(interviewing.open_interview, drawn, unit, "is_ihtiyac") == ["reserve.not-drawn"]
        added = NewFirm("Yeni Nakliyat", "lojistik", "Konak")
        assert refused(fieldwork.add_firm, drawn, added) == ["reserve.not-added"]
        fieldwork.add_firm(drawn, NewFirm("Yeni Boya", "kimya", "Konak"))
    visits.record(drawn, unit, "10")
    with acting(drawn, "Can"):
        assert reserve.may_open(drawn, unit) is None, "somebody was there"
        assert unit in {row.unit_id for row in fieldwork.firms(drawn)}


def test_that_a_release_needs_staff_and_a_reason_which_the_log_keeps(drawn: Study) -> None:
    unit = waiting(drawn)
    assert refused(reserve.release, drawn, "lojistik", "  ") == ["reserve.no-reason"]
    with acting(drawn, "Can"):
        assert refused(reserve.release, drawn, "lojistik", "az yanıt") == ["study.only-staff"]
    assert reserve.release(drawn, "lojistik", "az  yanıt") == 1
    assert reserve.may_open(drawn, unit) is None
    assert reserve.may_open(drawn, waiting(drawn, 2)) is not None
    assert fieldwork.firm_row(drawn, unit).replaces == "1"
    assert fieldwork.firm_row(drawn, issued(drawn)).replaces == ""
    reserve.release(drawn, "lojistik", "hâlâ az")
    assert refused(reserve.release, drawn, "lojistik", "daha") == ["sample.nothing-to-release"]
    (area,) = reserve.state(drawn)
    told = [(one.number, one.is_released, one.reason, one.released_by) for one in area.batches]
    assert told == [(0, True, "", ""), (1, True, "az yanıt", "Elif"), (2, True, "hâlâ az", "Elif")]
    lines = "".join(reading.lines(drawn.database))
    assert "az yanıt" not in lines, "a free text is sealed in the log"


def test_that_the_supervisor_is_told_what_was_lost_against_what_was_released(drawn: Study) -> None:
    before = reserve.state(drawn)[0]
    size = before.batches[0].firms
    assert (before.area, before.issued, before.released, before.lost, before.open) == ("lojistik", size, 0, 0, size)
    assert before.waiting == sum(one.firms for one in before.batches[1:]) and before.next_batch == 1
    units = [one.unit_id for one in sample_plan.sample(drawn, "lojistik") if one.batch == 0]
    for unit, outcome in zip(units, ["4", "5", "7", "9", "10"], strict=False):
        visits.record(drawn, unit, outcome)
    reserve.release(drawn, "lojistik", "dört firma kaybedildi")
    now = reserve.state(drawn)[0]
    assert (now.ineligible, now.refused, now.not_reached, now.lost) == (2, 2, 0, 4)
    assert now.released == now.batches[1].firms and now.issued == size + now.released
    assert now.open == now.issued - 4, "who was not reached is not lost before the firm is closed"


def test_that_a_study_without_a_sample_has_no_reserve(study: Study) -> None:
    assert reserve.state(study) == ()
    unit = fieldwork.firms(study)[0].unit_id
    assert reserve.may_open(study, unit) is None
    with acting(study, "Can"):
        assert len(fieldwork.firms(study)) == 2


def test_that_rates_and_reserve_are_shown_to_staff_alone(drawn: Study) -> None:
    with acting(drawn, "Can"):
        assert refused(field_rates.field_rates, drawn) == ["study.only-staff"]
        assert refused(reserve.state, drawn) == ["study.only-staff"]

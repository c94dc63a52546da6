"""What became of the firms: counts by area and size class, and AAPOR's rates of them."""

from __future__ import annotations

import pytest

from kume_desktop.scoring.analysis import StratumResponse
from kume_desktop.scoring.response import rates as existing
from kume_desktop.services import field_rates, field_rules, fieldwork, interviewing, visits
from kume_desktop.services.field_rates import TOTAL, UNKNOWN
from kume_desktop.services.field_rules import FieldRules
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from tests.services.field_studies import ago

OUTCOMES = ("4", "5", "6", "9", "10", "10", "11", "3", "")


@pytest.fixture
def tried(study: Study) -> Study:
    """Kimya: one firm of each end, one of them closed; one interview is open; sizes differ."""
    field_rules.save_rules(study, FieldRules(min_attempts=1, min_days=1, min_dayparts=1))
    for number, outcome in enumerate(OUTCOMES):
        size = "" if outcome == "9" else "10-24" if number % 2 else "50-249"
        unit = fieldwork.add_firm(study, NewFirm(f"Firma {number}", "kimya", "Konak", "20.30", size))
        if outcome:
            visits.record(study, unit, outcome, at=ago(1), next_at=ago(-1) if outcome == "3" else None)
        if number == OUTCOMES.index("10"):
            visits.close(study, unit)
    open_one = next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")
    interviewing.open_interview(study, open_one, "is_ihtiyac")
    return study


def by_place(study: Study) -> dict[tuple[str, str], field_rates.AreaRates]:
    return {(one.area, one.size_class): one for one in field_rates.field_rates(study)}


def test_that_every_issued_firm_has_one_end(tried: Study) -> None:
    found = by_place(tried)["kimya", TOTAL].tally
    assert (found.completed, found.partial, found.refused, found.refused_soft) == (0, 1, 2, 1)
    assert (found.ineligible, found.duplicate, found.not_reached) == (1, 1, 1)
    assert (found.tried, found.waiting, found.open) == (2, 2, 5)
    ends = (found.completed, found.refused, found.ineligible, found.duplicate, found.not_reached, found.open)
    assert sum(ends) == found.issued == len(OUTCOMES) + 1


def test_that_size_classes_add_up_to_their_area_and_areas_to_the_study(tried: Study) -> None:
    found = by_place(tried)
    assert [size for area, size in found if area == "kimya"] == ["10-24", "50-249", UNKNOWN, TOTAL]
    parts = [one.tally.issued for (area, size), one in found.items() if area == "kimya" and size != TOTAL]
    assert sum(parts) == found["kimya", TOTAL].tally.issued
    areas = [one.tally.issued for (area, size), one in found.items() if area and size == TOTAL]
    assert sum(areas) == found[TOTAL, TOTAL].tally.issued == 11


def test_that_the_rates_are_those_of_the_response_page(tried: Study) -> None:
    one = by_place(tried)["kimya", TOTAL]
    tally = one.tally
    same = existing.rates(
        StratumResponse(
            "", None, tally.issued, tally.completed, tally.partial, tally.refused, tally.not_reached + tally.tried,
            tally.ineligible, tally.duplicate, tally.waiting,
        )
    )  # fmt: skip
    assert (one.rates.rr1, one.rates.con1, one.rates.coop1, one.rates.ref1) == (
        same.response, same.contact, same.cooperation, same.refusal,
    )  # fmt: skip
    assert one.rates.ref1 == 2 / 8
    assert one.rates.e == 3 / 5, "three firms known to be eligible, two known not to be"
    assert one.rates.ref2 == 2 / (3 + 3 / 5 * 5)


def test_that_an_area_nobody_was_in_has_rates_without_e(study: Study) -> None:
    one = by_place(study)["lojistik", TOTAL]
    assert (one.tally.issued, one.tally.waiting) == (1, 1)
    assert (one.rates.rr1, one.rates.e, one.rates.rr3, one.rates.coop1) == (0, None, None, None)

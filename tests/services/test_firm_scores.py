"""The firms behind an index, each with its own."""

from __future__ import annotations

from statistics import fmean

import pytest

from kume_desktop.services import results
from kume_desktop.services.firm_scores import firm_scores
from kume_desktop.services.studies import Study

pytestmark = pytest.mark.change


def test_that_the_firms_of_an_area_average_to_its_index(demonstration: Study):
    computed = results.current(demonstration)
    found = firm_scores(demonstration)
    assert [len(found[area.code]) for area in computed.areas] == [area.n for area in computed.areas]
    whole = [area for area in computed.areas if all(firm.scored == 10 for firm in found[area.code])]
    assert whole
    for area in whole:
        assert fmean(firm.score or 0 for firm in found[area.code]) == pytest.approx(area.score)


def test_that_a_study_nobody_has_scored_has_no_firms(study: Study):
    assert firm_scores(study) == {}

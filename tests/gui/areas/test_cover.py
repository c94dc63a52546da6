"""The known gaps of the intervals are said where they apply."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.gui.figures import cover
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.uncertainty import known_gaps
from kume_desktop.services import results


@pytest.fixture(scope="module")
def found(demonstration_template):
    from kume_desktop.services import studies
    from kume_desktop.services.demonstration import create

    with studies.open_study(demonstration_template, create.PASSPHRASE) as study:
        return results.current(study)


@pytest.mark.change
def test_that_only_the_gaps_that_apply_are_said(found):
    area = next(one for one in found.areas if one.code == "meyve_sebze")
    uncertainty = found.analysis.uncertainty_of(area.code)
    codes = cover.codes_of(area, uncertainty)
    assert known_gaps.JOINT_RANGE in codes and known_gaps.WIDE_PLACES in codes
    assert known_gaps.HIGH_INDEX not in codes and known_gaps.WIDE_MEAN not in codes
    high = replace(area, score=96.0, interval=Interval(93.0, 98.0, 0.95, "", "logit-t"))
    assert known_gaps.HIGH_INDEX in cover.codes_of(high, None)
    few = replace(area, n=12, indicators=tuple(replace(one, n=12) for one in area.indicators))
    assert {known_gaps.WIDE_MEAN, known_gaps.WIDE_REPLICATES} <= set(cover.codes_of(few, uncertainty))


@pytest.mark.change
def test_that_every_known_gap_has_its_sentence_with_both_covers(found):
    area = replace(found.areas[0], score=96.0, n=12, interval=Interval(93.0, 98.0, 0.95, "", "logit-t"))
    told = cover.sentences_of(area, found.analysis.uncertainty_of(area.code))
    gaps = (*known_gaps.KNOWN_GAPS, *known_gaps.COEFFICIENT_GAPS)
    assert set(cover._SENTENCES) == {gap.code for gap in gaps}
    assert "%83" in cover.of_coefficients(known_gaps.AGREEMENT_AT_END)
    assert "%95" in cover.of_coefficients(known_gaps.ALPHA_AT_END)
    assert any("%93" in sentence and "%95" in sentence for sentence in told)

"""The season calendar: months to avoid and to prefer, per area and from wave to wave."""

from __future__ import annotations

from datetime import date

import pytest

from kume_desktop.services import seasons
from kume_desktop.services.seasons import AVOID, PREFER, Season
from kume_desktop.services.studies import Study
from tests.services.field_studies import acting, refused

HARVEST = Season("kimya", frozenset({8, 9}), "hasat")
CALM = Season("kimya", frozenset({2}), "sakin ay", PREFER)


def test_that_seasons_are_kept_per_area_and_can_be_taken_away(study: Study) -> None:
    assert seasons.seasons(study) == ()
    seasons.save(study, "kimya", [HARVEST, CALM])
    assert seasons.seasons(study) == (HARVEST, CALM)
    seasons.save(study, "lojistik", [Season("lojistik", frozenset({12}))])
    assert {one.area for one in seasons.seasons(study)} == {"kimya", "lojistik"}
    seasons.save(study, "kimya", [])
    assert {one.area for one in seasons.seasons(study)} == {"lojistik"}


def test_that_seasons_that_cannot_be_are_refused(study: Study) -> None:
    seasons.save(study, "kimya", [HARVEST])
    assert refused(seasons.save, study, "yok", [HARVEST]) == ["study.unknown-area"]
    assert refused(seasons.save, study, "kimya", [Season("kimya", frozenset())]) == ["season.no-months"]
    assert refused(seasons.save, study, "kimya", [Season("kimya", frozenset({13}))]) == ["season.no-months"]
    twice = [HARVEST, Season("kimya", frozenset({9, 10}), "", PREFER)]
    assert refused(seasons.save, study, "kimya", twice) == ["season.month-twice"]
    with acting(study, "Can"):
        assert refused(seasons.save, study, "kimya", []) == ["study.only-staff"]
    assert seasons.seasons(study) == (HARVEST,)


def test_that_only_a_month_to_avoid_warns() -> None:
    told = seasons.told((HARVEST, CALM), "kimya", date(2026, 9, 3))
    assert told is not None and not told.is_error
    assert dict(told.params) == {"day": "03.09.2026", "note": "hasat"}
    assert seasons.told((HARVEST, CALM), "kimya", date(2026, 2, 3)) is None
    assert seasons.told((HARVEST,), "lojistik", date(2026, 9, 3)) is None
    assert {one.kind for one in seasons.of_month((HARVEST, CALM), 8).values()} == {AVOID}


def test_that_a_note_with_signs_that_cannot_be_kept_and_an_unknown_kind_change_nothing(study: Study) -> None:
    seasons.save(study, "kimya", [HARVEST])
    for sign in ("\x00", "\x07", "\ud800"):
        wrong = Season("kimya", frozenset({8}), f"ha{sign}sat")
        assert refused(seasons.save, study, "kimya", [wrong]) == ["study.text-not-storable"]
    with pytest.raises(ValueError, match="belki"):
        seasons.save(study, "kimya", [Season("kimya", frozenset({8}), "", "belki")])
    assert seasons.seasons(study) == (HARVEST,)

"""A study with two waves of ratings, as people make them through the services; made once per run, copied per test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kume_desktop.services import fieldwork, frame_totals, studies, waves
from kume_desktop.services.studies import Study
from kume_desktop.services.views import NewFirm
from kume_desktop.store import reading, writing
from tests.studies import AREAS, FACTS, PASSPHRASE, _profile, copied

INDICATORS = [f"g{number}" for number in range(1, 11)]
NEXT = waves.NextWave("2026", date(2026, 3, 15), 2026)
FIRMS = 12
JOINED = 2
"""Firms of Kimya that took part in the first wave only, and as many in the second only."""


def rate(study: Study, target: str, levels: Iterable[int | None], rater: str = "Elif", **more: object) -> list[str]:
    """Give levels to a firm or an area in the wave in which the study works."""
    kind = "area" if any(area.area_id == target for area in reading.areas(study.database)) else "unit"
    with study.act() as act:
        return [
            writing.rate(
                act,
                writing.RatingGiven(study.wave.wave_id, kind, target, indicator, level, rater, **more),  # type: ignore[arg-type]
            )
            for indicator, level in zip(INDICATORS, levels, strict=False)
        ]


def firms_of(study: Study, area: str) -> list[str]:
    return [unit.unit_id for unit in reading.units(study.database) if unit.area == area]


def levels_of(number: int, more: int) -> list[int]:
    """Levels 1-5 that differ from firm to firm and from indicator to indicator, `more` levels higher in all."""
    return [min(5, 1 + (number + 2 * place) % 4 + more) for place in range(len(INDICATORS))]


@pytest.fixture(scope="session")
def waves_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed: Kimya was rated in both waves (ten firms in both), Lojistik in the first one only."""
    folder = tmp_path_factory.mktemp("waves")
    with (
        _profile(folder / "profile"),
        studies.create_study(
            folder / "dalga.kume", "Düzey Analizi", FACTS, PASSPHRASE, "Elif", AREAS, demonstration=True
        ) as study,
    ):
        ids = [
            fieldwork.add_firm(study, NewFirm(f"Kimya {number}", "kimya", "Kemalpaşa", "20.30", "10-24"))
            for number in range(FIRMS + JOINED)
        ]
        haulier = fieldwork.add_firm(study, NewFirm("Iğdır Nakliyat", "lojistik", "Konak", "49.41", "1-9"))
        for number, unit_id in enumerate(ids[:FIRMS]):
            rate(study, unit_id, levels_of(number, 0), evidence_kind="1", reason="belge görüldü")
        rate(study, haulier, levels_of(3, 0))
        fieldwork.record_visit(study, ids[0], "10")
        waves.open_next(study, NEXT)
        frame_totals.enter(study, "kimya", frame_totals.AreaTotals("kimya", 120))
        for number, unit_id in enumerate(ids[JOINED:], start=JOINED):
            rate(study, unit_id, levels_of(number, number % 3), evidence_kind="1", reason="belge görüldü")
    return folder / "dalga.kume"


@pytest.fixture
def two_waves(waves_template: Path, tmp_path: Path) -> Iterator[Study]:
    """That study, open in its newest wave, a copy of its own."""
    with studies.open_study(copied(waves_template, tmp_path), PASSPHRASE) as opened:
        yield opened

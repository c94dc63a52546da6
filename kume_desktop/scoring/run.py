"""One run over everything: arrays and a method in, `Results` with their provenance out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import cattrs
import numpy as np

from kume_desktop.scoring.analyse import Analysed, Material, Steps, analyse, no_steps
from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Around, Firms, Frame, Levels, Needs, Ratings
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.needs import score_needs
from kume_desktop.scoring.results import Results
from kume_desktop.scoring.uncertainty.settings import RunSettings

ENGINE_VERSION = "3"
"""Goes up whenever the same inputs and method would give other numbers."""


def score(
    areas: Areas,
    levels: Levels,
    needs: Needs,
    method: Method,
    *,
    around: Around | None = None,
    settings: RunSettings | None = None,
    progress: Steps = no_steps,
    instrument_hashes: tuple[str, ...] = (),
    computed_at: str = "",
    demonstration: bool = False,
) -> Results:
    """Compute areas, needs and margins and, with `around`, the analysis and the intervals.

    `computed_at` is an ISO time given by the caller (this room has no clock). Without `around` there are scores only:
    `analysis` is None and every interval says that it was not computed.
    """
    if around is None:
        cells, margins = score_needs(areas, needs, method)
        found = Analysed(score_areas(areas, levels, method), cells, margins, (), None)
    else:
        given = Material(areas, levels, needs, method, around, settings or RunSettings())
        found = analyse(given, progress)
    return Results(
        route=levels.route,
        areas=found.areas,
        needs=found.needs,
        margins=found.margins,
        method_name=method.name.tr,
        method_version=method.version,
        method_hash=method.hash,
        inputs_hash=inputs_hash(areas, levels, needs, around),
        engine_version=ENGINE_VERSION,
        instrument_hashes=instrument_hashes,
        computed_at=computed_at,
        demonstration=demonstration,
        analysis=found.analysis,
        expert_needs=found.expert_needs,
    )


def inputs_hash(areas: Areas, levels: Levels, needs: Needs, around: Around | None = None) -> str:
    """SHA-256 over the arrays; the order of the firms does not matter, their identity does."""
    digest = hashlib.sha256(_names({"areas": areas.codes, "frame_n": areas.frame_n.tolist()}))
    given = around or Around()
    for part in (_levels(levels), _needs(needs), _firms(given.firms, areas), _frame(given.frame)):
        for entry in part:
            digest.update(entry)
    for ratings in _ratings(given.ratings):
        digest.update(ratings)
    for entry in _needs(given.expert_needs):
        digest.update(entry)
    if given.earlier is not None:
        told = {"earlier": given.earlier.name, "frame_n": given.earlier.frame_n.tolist()}
        digest.update(_names(told | ({"unlike": given.earlier.unlike} if given.earlier.unlike else {})))
        for entry in _levels(given.earlier.levels):
            digest.update(entry)
    return digest.hexdigest()


def _names(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode()


def _numbers(array: np.ndarray[Any, Any]) -> bytes:
    return np.ascontiguousarray(np.nan_to_num(array.astype("<f8"), nan=-1.0)).tobytes()


def _order(names: tuple[str, ...]) -> np.ndarray[Any, Any]:
    return np.argsort(np.asarray(names, dtype=np.str_), kind="stable")


def _levels(levels: Levels) -> Iterator[bytes]:
    order = _order(levels.targets)
    yield _names({"route": levels.route, "targets": sorted(levels.targets), "indicators": levels.indicators})
    yield _numbers(levels.area[order])
    yield _numbers(levels.levels[order])
    if levels.evidence is not None:
        yield _numbers(levels.evidence[order])


def _needs(needs: Needs | None) -> Iterator[bytes]:
    if needs is None:
        return
    order = _order(needs.firms)
    yield _names({"firms": sorted(needs.firms), "cells": needs.cells})
    for array in (needs.area, needs.answers, needs.reserve):
        yield _numbers(array[order])


def _firms(firms: Firms | None, areas: Areas) -> Iterator[bytes]:
    """One line a firm, in the order of their ids."""
    if firms is None:
        return
    for at in _order(firms.ids).tolist():
        told = (
            firms.ids[at], areas.codes[firms.area[at]], firms.size_class[at], firms.district[at], firms.nace[at],
            firms.sources[at], firms.interviewer[at], firms.disposition[at].value, str(firms.staff[at]),
            str(firms.probability[at]),
        )  # fmt: skip
        yield _names({"firm": told})


def _frame(frame: Frame | None) -> Iterator[bytes]:
    if frame is None:
        return
    yield _names({"sizes": frame.size_classes, "districts": frame.districts, "origin": frame.origin})
    for array in (frame.size_n, frame.district_n, frame.eligible_n, frame.employment):
        yield _numbers(array)


def _ratings(ratings: Ratings | None) -> Iterator[bytes]:
    """The rows in their order of time, by name."""
    if ratings is None:
        return
    rows = zip(
        ratings.target.tolist(), ratings.indicator.tolist(), ratings.rater.tolist(), ratings.round.tolist(),
        ratings.is_agreed.tolist(), ratings.evidence.tolist(), ratings.interviewed.tolist(), strict=True,
    )  # fmt: skip
    yield _names({
        "rows": [
            (ratings.targets[target], ratings.indicators[indicator], ratings.raters[rater], *rest)
            for target, indicator, rater, *rest in rows
        ]
    })  # fmt: skip
    yield _numbers(ratings.level)
    yield _numbers(ratings.suggestion)


def results_to_json(results: Results) -> str:
    """The results as JSON with sorted keys; `results_from_json` gives them back unchanged."""
    return json.dumps(asdict(results), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def results_from_json(text: str) -> Results:
    """Read what `results_to_json` wrote."""
    return cattrs.structure(json.loads(text), Results)

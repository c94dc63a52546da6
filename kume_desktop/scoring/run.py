"""One run over everything: arrays and a method in, `Results` with their provenance out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

import numpy as np

from kume_desktop.scoring.index import score_areas
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.needs import score_needs
from kume_desktop.scoring.results import (
    AreaScore,
    HeadingScore,
    IndicatorScore,
    Interval,
    NeedMargins,
    NeedScore,
    Results,
)

ENGINE_VERSION = "1"
"""Goes up whenever the same inputs and method would give other numbers."""


def score(
    areas: Areas,
    levels: Levels,
    needs: Needs,
    method: Method,
    *,
    instrument_hashes: tuple[str, ...] = (),
    computed_at: str = "",
    demonstration: bool = False,
) -> Results:
    """Compute areas, needs and margins. `computed_at` is an ISO time given by the caller (this room has no clock)."""
    cells, margins = score_needs(areas, needs, method)
    return Results(
        route=levels.route,
        areas=score_areas(areas, levels, method),
        needs=cells,
        margins=margins,
        method_name=method.name.tr,
        method_version=method.version,
        method_hash=method.hash,
        inputs_hash=inputs_hash(areas, levels, needs),
        engine_version=ENGINE_VERSION,
        instrument_hashes=instrument_hashes,
        computed_at=computed_at,
        demonstration=demonstration,
    )


def inputs_hash(areas: Areas, levels: Levels, needs: Needs) -> str:
    """SHA-256 over the arrays; the order of the firms does not matter, their identity does."""
    by_target = np.argsort(np.asarray(levels.targets, dtype=np.str_), kind="stable")
    by_firm = np.argsort(np.asarray(needs.firms, dtype=np.str_), kind="stable")
    names = {
        "areas": areas.codes,
        "frame_n": [int(n) for n in areas.frame_n],
        "route": levels.route,
        "targets": sorted(levels.targets),
        "indicators": levels.indicators,
        "firms": sorted(needs.firms),
        "cells": needs.cells,
    }
    digest = hashlib.sha256(json.dumps(names, ensure_ascii=False, sort_keys=True).encode())
    for array in (
        levels.area[by_target],
        np.nan_to_num(levels.levels[by_target], nan=-1.0),
        needs.area[by_firm],
        needs.answers[by_firm],
        needs.reserve[by_firm],
    ):
        digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()


def results_to_json(results: Results) -> str:
    """The results as JSON with sorted keys; `results_from_json` gives them back unchanged."""
    return json.dumps(asdict(results), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def results_from_json(text: str) -> Results:
    """Read what `results_to_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    data["areas"] = tuple(_area(entry) for entry in data["areas"])
    data["needs"] = tuple(NeedScore(**{**entry, "counts": tuple(entry["counts"])}) for entry in data["needs"])
    data["margins"] = tuple(NeedMargins(**entry) for entry in data["margins"])
    data["instrument_hashes"] = tuple(data["instrument_hashes"])
    return Results(**data)


def _area(data: dict[str, Any]) -> AreaScore:
    data["interval"] = Interval(**data["interval"])
    data["indicators"] = tuple(
        IndicatorScore(**{**entry, "counts": tuple(entry["counts"])}) for entry in data["indicators"]
    )
    data["headings"] = tuple(HeadingScore(**entry) for entry in data["headings"])
    return AreaScore(**data)

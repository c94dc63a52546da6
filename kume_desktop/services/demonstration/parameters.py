"""The invented figures of the demonstration study, read from `resources/demo_parameters.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kume_desktop import paths

LEVELS = 5
GENERAL = "all"


@dataclass(frozen=True, slots=True)
class AreaParameters:
    """The figures of one activity area; every mix is a sequence of shares.

    `outcomes`: final fieldwork outcome -> number of issued firms. `levels`: indicator -> shares of the levels 1..5.
    `needs`: need cell -> shares of the answers 1..5.
    """

    code: str
    name_tr: str
    name_en: str
    frame_n: int
    outcomes: Mapping[str, int]
    sizes: Sequence[float]
    frame_sizes: Sequence[float]
    districts: Mapping[str, float]
    interviewers: Mapping[str, float]
    levels: Mapping[str, Sequence[float]]
    needs: Mapping[str, Sequence[float]]

    @property
    def completed(self) -> int:
        """Firms with a completed interview."""
        return self.outcomes["completed"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """All areas and what holds for all of them."""

    areas: tuple[AreaParameters, ...]
    raters: Mapping[str, float]
    firm_correlation: float
    size_correlation: float
    does_not_know: float
    no_answer: float
    seed: int
    straight_liners: int
    conflicts: int


def quota(shares: Sequence[float], n: int) -> list[int]:
    """Whole numbers that add up to n, by the largest remainder (ties: the earlier one).

    >>> quota([0.03, 0.09, 0.15, 0.43, 0.3], 24)
    [1, 2, 4, 10, 7]
    """
    exact = [share * n for share in shares]
    whole = [int(value) for value in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: n - sum(whole)]:
        whole[place] += 1
    return whole


def load(file: Path | None = None) -> Parameters:
    """Read the figures; the file is part of the program, so a broken one is a bug and raises."""
    source = file or paths.resources() / "demo_parameters.csv"
    with source.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    codes = list(dict.fromkeys(row["area"] for row in rows if row["area"] != GENERAL))
    general = {row["key"]: row["value"] for row in rows if row["area"] == GENERAL and row["section"] == "generator"}
    return Parameters(
        areas=tuple(_area(code, [row for row in rows if row["area"] == code]) for code in codes),
        raters={row["key"]: float(row["value"]) for row in rows if row["section"] == "rater"},
        firm_correlation=float(general["firm_latent_corr"]),
        size_correlation=float(general["size_latent_corr"]),
        does_not_know=float(general["dont_know_share"]),
        no_answer=float(general["no_answer_share"]),
        seed=int(general["seed"]),
        straight_liners=int(general["straightlining_firms"]),
        conflicts=int(general["conflicts"]),
    )


def _area(code: str, rows: Sequence[Mapping[str, str]]) -> AreaParameters:
    facts = _section(rows, "area")
    return AreaParameters(
        code=code,
        name_tr=facts["name_tr"],
        name_en=facts["name_en"],
        frame_n=int(facts["frame_n"]),
        outcomes={key: int(value) for key, value in _section(rows, "fieldwork").items() if key != "issued"},
        sizes=_shares(rows, "size")["completed_mix"],
        frame_sizes=_shares(rows, "size")["frame_mix"],
        districts={key: float(value) for key, value in _section(rows, "district").items()},
        interviewers={key: float(value) for key, value in _section(rows, "interviewer").items()},
        levels={key: mix for key, mix in _shares(rows, "level").items() if mix},
        needs=_shares(rows, "need"),
    )


def _section(rows: Iterable[Mapping[str, str]], section: str) -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows if row["section"] == section}


def _shares(rows: Iterable[Mapping[str, str]], section: str) -> dict[str, list[float]]:
    return {
        row["key"]: [float(row[f"p{level}"]) for level in range(1, LEVELS + 1)] if row["p1"] else []
        for row in rows
        if row["section"] == section
    }

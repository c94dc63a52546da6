"""The blind levels of all raters as one cube: firms x indicators x raters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kume_desktop.scoring.inputs import FloatArray, Ratings


@dataclass(frozen=True, slots=True)
class LevelCube:
    """Levels of shape (T, K, R), NaN where a rater gave none; firms, indicators and raters in the order of their names.

    The order of names, not of rows: resampling by seed then never depends on who was rated first.
    """

    firms: tuple[str, ...]
    indicators: tuple[str, ...]
    raters: tuple[str, ...]
    levels: FloatArray

    def of(self, indicator: str) -> FloatArray:
        """The levels on one indicator, shape (T, 1, R)."""
        place = self.indicators.index(indicator)
        return self.levels[:, place : place + 1, :]


def blind_levels(ratings: Ratings) -> LevelCube:
    """The levels that raters gave without knowing another's: reconciled ones are left out.

    Of several rounds of one rater on the same firm and indicator the first counts (the later ones knew it), within a
    round the last row.
    """
    firms, indicators, raters = (_ranks(names) for names in (ratings.targets, ratings.indicators, ratings.raters))
    levels = np.full((len(firms), len(indicators), len(raters)), np.nan)
    counts = np.flatnonzero(~ratings.is_agreed & ~np.isnan(ratings.level))
    rows = counts[np.lexsort((counts, -ratings.round[counts]))]
    levels[firms[ratings.target[rows]], indicators[ratings.indicator[rows]], raters[ratings.rater[rows]]] = (
        ratings.level[rows]
    )
    return LevelCube(_ordered(ratings.targets), _ordered(ratings.indicators), _ordered(ratings.raters), levels)


def _ordered(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _ranks(names: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The place of each name among the ordered ones."""
    places = {name: place for place, name in enumerate(sorted(names))}
    return np.array([places[name] for name in names], dtype=np.int64)

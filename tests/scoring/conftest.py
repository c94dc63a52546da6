"""Methods and arrays for the tests of scoring, from the rows of `rules`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from kume_desktop.instruments.model import IndexRow, Indicator
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from tests.scoring.rules import INDICATORS, index_rows, the_indicators


@pytest.fixture(scope="session")
def rows() -> list[IndexRow]:
    return index_rows()


@pytest.fixture(scope="session")
def indicators() -> tuple[Indicator, ...]:
    return the_indicators()


@pytest.fixture(scope="session")
def method(rows: list[IndexRow], indicators: tuple[Indicator, ...]) -> Method:
    return Method.from_rows(rows, indicators)


@pytest.fixture
def areas() -> Callable[..., Areas]:
    def make(*codes: str, frame_n: int = 50) -> Areas:
        return Areas(codes, codes, codes, np.full(len(codes), frame_n, dtype=np.int64))

    return make


@pytest.fixture
def levels() -> Callable[..., Levels]:
    """Levels from rows (area number, ten levels); None is not scored."""

    def make(table: Sequence[tuple[int, Sequence[float | None]]], route: str = FIRM_ROUTE) -> Levels:
        values = [[np.nan if v is None else v for v in given] for _, given in table]
        return Levels(
            route,
            tuple(f"F{place:03d}" for place in range(len(table))),
            np.array([area for area, _ in table], dtype=np.int64),
            INDICATORS,
            np.array(values, dtype=np.float64).reshape(len(table), len(INDICATORS)),
        )

    return make


@pytest.fixture
def needs(method: Method) -> Callable[..., Needs]:
    """Answers from rows (area number, ten answers); texts are reserve answers."""
    reserves = {"na": 1, "dk": 2, "nr": 3, "conflict": 4}

    def make(table: Sequence[tuple[int, Sequence[int | str]]]) -> Needs:
        cells = tuple(cell.code for cell in method.needs.cells)
        shape = (len(table), len(cells))
        answers = [[0 if isinstance(v, str) else v for v in given] for _, given in table]
        reserve = [[reserves.get(v, 0) if isinstance(v, str) else 0 for v in given] for _, given in table]
        return Needs(
            tuple(f"F{place:03d}" for place in range(len(table))),
            np.array([area for area, _ in table], dtype=np.int64),
            cells,
            np.array(answers, dtype=np.int64).reshape(shape),
            np.array(reserve, dtype=np.int64).reshape(shape),
        )

    return make

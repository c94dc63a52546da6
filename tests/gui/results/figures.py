"""Results made by the real scoring from levels and answers that a test gives, kept in a real study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from kume_desktop.scoring import run
from kume_desktop.scoring.inputs import Areas, Levels, Needs
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.results import AreaScore, Interval, NeedScore, Results
from kume_desktop.services import results as service

if TYPE_CHECKING:
    from kume_desktop.scoring.analysis import Analysis
    from kume_desktop.services.studies import Study

NAMES = {"kimya": "Kimya", "lojistik": "Lojistik"}
Row = Sequence[float | None]
ROUNDED_UP = [[3, 4, 4, 4, 3, 3, 4, 3, 4, 3], [3, 4, 4, 4, 3, 3, 4, 3, 4, 3], [2, 3, 3, 3, 2, 3, 3, 3, 3, 3]]
"""Three firms whose index is 73.3 and whose published form is 83: rounding changes the category."""


def scored(
    method: Method,
    levels: Mapping[str, Sequence[Row]],
    needs: Mapping[str, Sequence[Sequence[int]]] | None = None,
    route: str = FIRM_ROUTE,
) -> Results:
    """Score firms (rows of ten levels, None where nobody scored) and their need answers (rows of ten, 0 for none)."""
    codes = tuple(NAMES)
    table = [(codes.index(area), row) for area, rows in levels.items() for row in rows]
    asked = [(codes.index(area), row) for area, rows in (needs or {}).items() for row in rows]
    cells = tuple(cell.code for cell in method.needs.cells)
    answers = np.array([row for _area, row in asked], dtype=np.int64).reshape(len(asked), len(cells))
    given = [[np.nan if level is None else level for level in row] for _area, row in table]
    return run.score(
        Areas(codes, tuple(NAMES.values()), ("Chemicals", "Logistics"), np.array([58, -1], dtype=np.int64)),
        Levels(
            route,
            tuple(f"F{place}" for place in range(len(table))),
            np.array([area for area, _row in table], dtype=np.int64),
            method.indicator_codes,
            np.array(given, dtype=np.float64).reshape(len(table), len(method.indicators)),
        ),
        Needs(
            tuple(f"F{place}" for place in range(len(asked))),
            np.array([area for area, _row in asked], dtype=np.int64),
            cells,
            answers,
            np.zeros_like(answers),
        ),
        method,
        instrument_hashes=("a" * 64,),
        computed_at=datetime(2026, 12, 18, 11, 2, 51, tzinfo=UTC).isoformat(),
    )


def kept(study: Study, made: Results) -> Results:
    """Keep results in a study, as if they had been computed from its answers."""
    return service.keep(study, run.results_to_json(made))


def area(made: Results, code: str) -> AreaScore:
    """The score of an area."""
    return next(one for one in made.areas if one.code == code)


def score_of(**changed: object) -> AreaScore:
    """The area of the worked example of the method: index 76.1, published form 83."""
    facts: dict[str, object] = {
        "code": "meyve", "name_tr": "İşlenmiş Meyve - Sebze", "name_en": "Processed fruit", "route": FIRM_ROUTE,
        "n": 22, "frame_n": 58, "scored": 10, "score": 76.0606, "category": 2, "published_index": 83,
        "published_category": 1, "published_sum": 25, "published_max": 30, "few_indicators": False,
        "interval": Interval(None, None, 0.95, "not-computed"), "indicators": (), "headings": (),
    }  # fmt: skip
    return AreaScore(**{**facts, **changed})


def need_of(**changed: object) -> NeedScore:
    """The cell of the worked example of the method: 2.4 of 21 firms."""
    facts: dict[str, object] = {
        "area": "meyve", "function": "uretim", "resource": "insan", "cell": "uretim_insan", "n": 21, "mean": 2.4,
        "inadequate_share": 0.58, "adequate_share": 0.18, "gap": 2.6, "need_index": 65.0, "counts": (4, 8, 5, 3, 1),
        "not_applicable": 1, "does_not_know": 1, "declined": 0, "in_conflict": 0, "rank": 1, "band": 2,
        "is_need": True, "is_critical": False,
    }  # fmt: skip
    return NeedScore(**{**facts, **changed})


def results_of(areas: Sequence[AreaScore], analysis: Analysis | None = None, route: str = FIRM_ROUTE) -> Results:
    """Results that hold these areas."""
    at = datetime(2026, 12, 18, 11, 2, 51, tzinfo=UTC).isoformat()
    return Results(
        route, tuple(areas), (), (), "İZKA-2010", "1", "m" * 64, "i" * 64, "2", ("a" * 64,), at, demonstration=False,
        analysis=analysis,
    )  # fmt: skip

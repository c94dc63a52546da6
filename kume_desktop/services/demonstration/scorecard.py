"""The published scorecard of 2010 by the panel route.

Published are six names and six index values. They give the sums of ten scores (97 is 29 of 30); how a sum falls on
the ten indicators was never published, so it is spread evenly here and every rating says so.
"""

from __future__ import annotations

import csv
from pathlib import Path

from kume_desktop import paths, turkish
from kume_desktop.services.studies import Study, create_study
from kume_desktop.services.views import Area, StudyFacts

YEAR = 2010
PANEL = "İZKA 2010"
REASON = (
    "Yayımlanan endeksten türetilen toplam; göstergelere dağılımı yayımlanmadı, eşit dağıtıldı. / "
    "Sum derived from the published index; its split over the indicators was not published and is spread evenly."
)
_LEVELS = 3
_INDICATORS = 10


def spread(total: int) -> list[int]:
    """Ten levels 1..3 with the given sum, the higher ones spread evenly.

    >>> spread(14)
    [1, 1, 2, 1, 2, 1, 1, 2, 1, 2]
    """
    base, rest = divmod(total, _INDICATORS)
    return [base + (place * rest % _INDICATORS + rest >= _INDICATORS) for place in range(_INDICATORS)]


def published() -> tuple[tuple[Area, int], ...]:
    """The six areas with the sum behind their published index, in published order."""
    with (paths.resources() / "scorecard_2010.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple((_area(row["name_display"]), _sum(int(row["index"]))) for row in rows)


def _area(name: str) -> Area:
    from kume_desktop.services.demonstration import parameters

    known = {area.name_tr: area for area in parameters.load().areas}
    code = known[name].code if name in known else turkish.fold(name.partition(" ")[0])
    return Area(code, name, known[name].name_en if name in known else "", "", "", None)


def _sum(index: int) -> int:
    """The one sum of ten scores whose index rounds to the published value."""
    return next(total for total in range(10, 31) if int(100 * total / 30 + 0.5) == index)


def create(path: Path, passphrase: str) -> Study:
    """Make the small study `karne2010.kume`."""
    from kume_desktop.store import reading, writing

    cards = published()
    facts = StudyFacts("İzmir Kalkınma Ajansı", YEAR, "", "", "", "")
    study = create_study(
        path,
        "Küme Karnesi 2010",
        facts,
        passphrase,
        "Gösterim",
        [area for area, _total in cards],
        demonstration=True,
        instruments=("kumelenme_duzeyi",),
    )
    ids = {area.code: area.area_id for area in reading.areas(study.database)}
    with study.act() as act:
        for area, total in cards:
            for number, level in enumerate(spread(total), start=1):
                writing.rate(
                    act,
                    writing.RatingGiven(
                        wave_id=study.wave.wave_id,
                        target_kind="area",
                        target_id=ids[area.code],
                        indicator=f"g{number}",
                        level=level,
                        rater=PANEL,
                        scale=f"1-{_LEVELS}",
                        reason=REASON,
                    ),
                )
    return study

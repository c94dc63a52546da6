"""Levels from a file: a panel's and a rater's are both ways into the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, level_import, reporting, results
from kume_desktop.services.studies import Study
from kume_desktop.store import reading

HEAD = "target,indicator,level,rater,reason\n"


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "düzeyler.csv"
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def panel(area: str, levels: str) -> list[str]:
    return [f"{area},g{number},{level},Komite,Toplantı" for number, level in enumerate(levels, start=1)]


def test_that_a_panels_levels_give_the_published_index(study: Study, tmp_path: Path) -> None:
    taken = level_import.import_levels(
        study, written(tmp_path, *panel("kimya", "3333333332"), *panel("lojistik", "1" * 10))
    )
    computed = results.compute(study)
    assert taken == 20 and computed.route == "panel"
    assert [(area.code, area.published_index, area.category) for area in computed.areas] == [
        ("kimya", 97, 1),
        ("lojistik", 33, 3),
    ]


def test_that_a_raters_levels_go_by_the_firm_route_and_are_collapsed(study: Study, tmp_path: Path) -> None:
    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya")
    rows = [f"{firm.code},g{number},4,r1,Görüşme notu" for number in range(1, 11)]
    level_import.import_levels(study, written(tmp_path, *rows))
    kimya = results.compute(study).areas[0]
    assert (kimya.route, kimya.n, kimya.score, kimya.published_sum) == ("firma", 1, 100.0, 30)


def test_that_a_panels_levels_beside_those_of_firms_are_left_out_by_name(study: Study, tmp_path: Path) -> None:
    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya")
    level_import.import_levels(study, written(tmp_path, f"{firm.code},g1,3,r1,not", *panel("lojistik", "2" * 10)))
    assert results.left_out(study) == [{"firm": "lojistik", "what": "panel", "reason": "other-route"}]


def test_that_two_panels_that_differ_count_nowhere_and_the_report_says_the_same(study: Study, tmp_path: Path) -> None:
    level_import.import_levels(study, written(tmp_path, *panel("kimya", "2" * 10), "kimya,g1,3,Başka komite,Toplantı"))
    kimya = results.compute(study).areas[0]
    assert (kimya.scored, kimya.published_index) == (9, 67)
    assert [(one["what"], one["reason"]) for one in results.left_out(study)] == [("g1", "raters-differ")]
    assert reporting.write_report(study, tmp_path / "rapor.xlsx", "tr").formulas > 0


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("yok,g1,2,Komite,x", "rating.unknown-target"),
        ("kimya,g11,2,Komite,x", "rating.unknown-indicator"),
        ("kimya,g1,4,Komite,x", "rating.level-out-of-range"),
        ("kimya,g1,²,Komite,x", "rating.level-out-of-range"),
        ("kimya,g1,2,,x", "rating.no-rater"),
        ("kimya,g1,2,Komite,", "rating.no-reason"),
    ],
)
def test_that_a_row_that_cannot_be_right_is_named_and_nothing_is_taken(
    study: Study, tmp_path: Path, row: str, code: str
) -> None:
    with pytest.raises(Refused) as call:
        level_import.import_levels(study, written(tmp_path, "kimya,g2,2,Komite,tamam", row))
    (wrong,) = call.value.problems
    assert (wrong.code, wrong.where.row) == (code, 3)
    assert reading.ratings(study.database) == ()


def test_that_missing_columns_are_named(study: Study, tmp_path: Path) -> None:
    with pytest.raises(Refused) as call:
        level_import.import_levels(study, written(tmp_path, "kimya,g1,2", head="target,indicator,level\n"))
    assert call.value.problems[0].params["columns"] == "rater, reason"

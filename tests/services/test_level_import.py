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


def test_that_evidence_and_an_agreed_round_come_from_the_file_too(study: Study, tmp_path: Path) -> None:
    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya")
    head = "target,indicator,level,rater,reason,evidence,round\n"
    rows = [f"{firm.code},g1,3,r1,a,1,1", f"{firm.code},g1,4,r2,b,,", f"{firm.code},g1,4,r1+r2,uzlaşıldı,2,2"]
    assert level_import.import_levels(study, written(tmp_path, *rows, head=head)) == 3
    found = {one.rater: one for one in reading.ratings(study.database, target_id=firm.unit_id)}
    assert [(found[r].evidence_kind, found[r].round) for r in ("r1", "r2", "r1+r2")] == [("1", 1), ("", 1), ("2", 2)]
    assert set(found["r1+r2"].settles) == {found["r1"].rating_id, found["r2"].rating_id}
    assert results.compute(study).areas[0].indicators[0].mean5 == 4


def test_that_a_reason_goes_when_the_level_is_given_anew_without_one(study: Study, tmp_path: Path) -> None:
    from kume_desktop.store import writing

    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya")
    with study.act() as act:
        suggested = writing.RatingGiven(study.wave.wave_id, "unit", firm.unit_id, "g1", 4, "rubric", 0,
                                        basis="suggestion")  # fmt: skip
        writing.rate(act, suggested)
    level_import.import_levels(study, written(tmp_path, f"{firm.code},g1,3,r1,öneriden farklı"))
    level_import.import_levels(study, written(tmp_path, f"{firm.code},g1,4,r1,"))
    (kept,) = (one for one in reading.ratings(study.database, target_id=firm.unit_id) if one.rater == "r1")
    assert (kept.level, kept.reason) == (4, "")


@pytest.mark.parametrize(("more", "code"), [("5,1", "rating.bad-evidence"), ("1,x", "rating.bad-round")])
def test_that_a_kind_of_evidence_or_round_that_is_none_is_refused(
    study: Study, tmp_path: Path, more: str, code: str
) -> None:
    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya")
    head = "target,indicator,level,rater,reason,evidence,round\n"
    with pytest.raises(Refused) as refused:
        level_import.import_levels(study, written(tmp_path, f"{firm.code},g1,3,r1,a,{more}", head=head))
    assert [one.code for one in refused.value.problems] == [code]


def test_that_a_level_that_is_given_twice_is_refused_with_both_rows(study: Study, tmp_path: Path) -> None:
    firm = next(row for row in fieldwork.firms(study) if row.area == "kimya").code
    rows = [f"{firm},g1,3,r1,not", f"{firm},g1,3,r2,not", f"{firm},g1,5,r1,not", f"{firm},g1,3,r1,not"]
    with pytest.raises(Refused) as caught:
        level_import.import_levels(study, written(tmp_path, *rows))
    told = [(one.code, one.where.row, one.params["first"]) for one in caught.value.problems]
    assert told == [("rating.row-twice", 4, 2), ("rating.row-twice", 5, 2)]
    assert not reading.ratings(study.database, study.wave.wave_id)
    assert level_import.import_levels(study, written(tmp_path, *rows[:2])) == 2

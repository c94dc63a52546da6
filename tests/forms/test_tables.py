"""The files beside the workbooks and in `resources`."""

from __future__ import annotations

import datetime

from kume_desktop.instruments.check import check
from kume_desktop.instruments.checking.tables import OF_STUDY
from kume_desktop.services import tables as study_tables
from kume_desktop.services.views import StudyFacts
from kume_desktop.store.records import UnitRecord
from tests.forms.books import CLUSTERING, resource, table, workbook
from tests.interview import scenario


def test_that_the_study_file_has_every_value_the_forms_look_up() -> None:
    values = {row["ad"]: row["deger"] for row in table("calisma")}
    needed = {"kurum", "referans_yili", "hukuki_sebep", "alicilar", "saklama_suresi", "basvuru", "iliski_modulu"}
    assert values.keys() == needed
    assert values["referans_yili"] == "2025"
    assert values["iliski_modulu"] == "0"
    assert all(values.values())


def test_that_the_sample_rows_of_the_frame_are_marked_and_fit_the_form() -> None:
    rows = table("firmalar")
    head = "name,label,alan_kodu,alan_adi,alan_adi_en,unvan,nace,nace_sur,ilce,sinif"
    districts = workbook(CLUSTERING).codes("ilce").split()
    assert rows
    for row in rows:
        assert ",".join(row) == head
        assert "örnek" in row["label"]
        assert row["ilce"] in districts
        assert row["sinif"] in {"1", "2", "3", "4", "5"}


def test_that_lists_from_files_have_unique_names_and_both_languages() -> None:
    for name in ("nace", "kurumlar"):
        rows = table(name)
        assert len({row["name"] for row in rows}) == len(rows)
        assert not any(" " in row["name"] for row in rows)
        assert all(row["label"] and row["label_en"] for row in rows)
    assert len(table("nace")) > 50
    assert all(row["label"].startswith(row["name"]) for row in table("nace") if row["name"] != "96")


def test_that_the_size_limits_rise_with_their_dates() -> None:
    rows = table("kobi")
    dates = [datetime.datetime.strptime(row["gecerli"], "%Y%m%d").date() for row in rows]  # noqa: DTZ007
    assert dates == sorted(set(dates))
    assert all(float(row["mikro"]) < float(row["kucuk"]) < float(row["orta"]) for row in rows)
    in_force = {row["gecerli"][:4]: (row["mikro"], row["kucuk"], row["orta"]) for row in rows}
    assert in_force["2005"] == ("1", "5", "25")
    assert in_force["2018"] == ("3", "25", "125")
    assert in_force["2022"] == ("5", "50", "250")
    assert in_force["2023"] == ("10", "100", "500")
    assert in_force["2025"] == ("10", "100", "1000")


def test_that_the_published_scorecard_is_the_one_of_2010() -> None:
    rows = resource("scorecard_2010")
    assert [row["index"] for row in rows] == ["97", "83", "73", "60", "50", "47"]
    assert {"name_published", "name_display", "index"} == rows[0].keys()


def test_that_the_demonstration_parameters_are_marked_as_invented_and_sum_up() -> None:
    rows = resource("demo_parameters")
    assert rows[0]["value"] == "invented"
    sums = [row["value"] for row in rows if row["key"] == "sum_3_level"]
    assert sums == ["29", "25", "22", "18", "15", "14"]
    levels = [row for row in rows if row["section"] == "level" and row["key"] != "sum_3_level"]
    assert len(levels) == 60
    assert all(abs(sum(float(row[f"p{level}"]) for level in range(1, 6)) - 1) < 1e-9 for row in levels)


def test_that_a_file_under_the_name_of_a_study_list_is_told_before_it_is_not_read() -> None:
    survey = "| type | name | label |\n| select_one_from_file firmalar.csv | f | Firma |"
    register = ({"name": "1", "label": "Bir A.Ş.", "il": "izmir"},)
    (found,) = check("form.xlsx", scenario.workbook(survey=survey), {"firmalar": register})
    assert (found.code, found.where.row, found.where.column, found.is_error) == ("form.list-of-study", 2, "type", True)
    assert check("form.xlsx", scenario.workbook(survey=survey), {"firmalar": ({"name": "1", "label": "Bir"},)}) == ()


def test_that_the_lists_of_a_study_have_the_columns_that_the_check_knows() -> None:
    unit = UnitRecord("u", "firm", "F1", "Bir", "kimya", "Konak", "20.30", "2", "", "1-9", "", False, "", False)
    assert frozenset(study_tables.firm_row(unit, None)) == OF_STUDY[study_tables.FIRMS]
    assert frozenset(study_tables.facts_table(StudyFacts("", 2025, "", "", "", ""))[0]) == OF_STUDY["calisma"]

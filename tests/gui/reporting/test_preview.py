"""What the preview shows of each sheet: numbers with their base, suppressed as the sheet is, in the file's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kume_desktop.scoring import run
from kume_desktop.scoring.analysis import WaveChange
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import Method
from kume_desktop.scoring.results import Results
from kume_desktop.services import committee, report_contents, report_preview, results
from kume_desktop.services.committee import Decision
from kume_desktop.services.report_preview import Asked, Table
from kume_desktop.services.studies import Study
from tests.reports.figures.scenes import answers, firms, scored, with_bands

NAMES = ("Kimya", "Lojistik")


@pytest.fixture
def method(study: Study) -> Method:
    return results.method(study)


@pytest.fixture
def found(method: Method) -> Results:
    levels = {"Kimya": firms(12), "Lojistik": firms(2, 1)}
    needs = {"Kimya": answers(12), "Lojistik": answers(2)}
    return with_bands(scored(method, levels, needs, {"Kimya": 96}, codes=("kimya", "lojistik")))


def table(study: Study, method: Method, found: Results, key: str, lang: str = "tr", area: str = "") -> Table:
    return report_preview.table(study, method, found, Asked(key, "publication", lang, area))


def test_that_the_index_shows_limits_and_both_statistics_and_hides_two_firms(study, method, found):
    made = table(study, method, found, "index")
    assert [column.head for column in made.columns] == [
        "Faaliyet alanı", "n / N", "Endeks", "%95 aralık", "yayın biçimi", "Kategori",
    ]  # fmt: skip
    (kimya, lojistik) = made.rows
    assert kimya[:3] == ("Kimya", "12 / 96", "66,7")
    assert "–" in kimya[3]
    assert kimya[4] == "67 (20/30)"
    assert lojistik[2:] == ("–", "–", "–", "n < 3, gösterilmez")
    assert table(study, method, found, "index", "en").rows[0][2] == "66.7"


def test_that_headings_and_indicators_leave_two_firms_out(study, method, found):
    headings = table(study, method, found, "headings")
    assert headings.rows[1] == ("Lojistik", "–", "–", "–", "–")
    assert headings.rows[0][1] == "65,3"
    indicators = table(study, method, found, "indicators")
    assert [column.head for column in indicators.columns] == ["Gösterge", "Kimya"]
    assert len(indicators.rows) == 10


def test_that_need_cells_show_their_area(study, method, found):
    kimya, lojistik = (table(study, method, found, "cells", area=area) for area in ("kimya", "lojistik"))
    assert kimya.rows[0][0] == "Üretim, İnsan Kaynağı"
    assert all(row[3] == "12" for row in kimya.rows)
    assert all(row[1:] == ("n < 3", "–", "–", "–", "–") for row in lojistik.rows)
    facts = report_preview.facts(method, found, Asked("cells", "publication", "tr", "kimya"))
    assert facts.startswith("Kimya · 12 / 96 firma")


def test_that_the_executive_page_shows_category_and_probability(study, method, found):
    rows = table(study, method, found, "executive").rows
    assert rows[0][3:] == ("%64", "2. Kategori – Gelişmekte olan yoğunlaşma")
    assert rows[1][1:] == ("–", "–", "–", "n < 3, gösterilmez")


def test_that_policies_are_those_of_the_category_and_of_nobody_with_two_firms(study, method, found):
    rows = table(study, method, found, "policy").rows
    assert [row[0] for row in rows] == ["Kimya"]
    assert "Kümelenme yaklaşımını yaygınlaştırmaya yönelik programlar geliştirilmeli" in rows[0][2].splitlines()


def test_that_the_cover_names_study_edition_and_hashes(study, method, found):
    rows = dict(table(study, method, found, "cover").rows)
    assert rows["Çalışma"] == "Deneme"
    assert rows["Baskı"] == "Yayımlanacak baskı"
    assert rows["Yol"] == "firma yolu"
    assert rows["Girdilerin özet değeri"] == found.inputs_hash[:16]
    audit = report_preview.table(study, method, found, Asked("cover", "audit", "en"))
    assert dict(audit.rows)["Edition"] == "Audit edition"


def test_that_the_method_shows_weights_and_cuts(study, method, found):
    made = table(study, method, found, "method")
    assert made.rows[0] == ("İç pazarda etkinlik düzeyi", "1,00", "Pazarlama Etkinliği")
    assert made.note == "Kesme noktaları: 77,8, 55,6"


def test_that_sensitivity_shows_the_lowest_and_the_highest_of_the_choices(study, method, found):
    rows = table(study, method, found, "sensitivity").rows
    assert [row[0] for row in rows] == ["Kimya"]
    low, score, high = (float(rows[0][place].replace(",", ".")) for place in (2, 1, 3))
    assert low <= score <= high


def test_that_decisions_of_the_committee_are_shown_with_date_and_reason(study, method, found):
    results.keep(study, run.results_to_json(found))
    committee.decide(study, Decision("kimya", 1, date(2025, 1, 12), ("A. B.",), reason="İhracat artıyor"))
    rows = table(study, method, found, "decisions").rows
    assert rows == (("Kimya", "1. Kategori – Olgun yoğunlaşma", "12 Ocak 2025", "İhracat artıyor"),)
    offered = {part.key for part in report_contents.parts(study, "publication", method, found)}
    assert "decisions" in offered


def test_that_changes_between_waves_are_shown_where_there_are_two(study, method, found):
    assert found.analysis is not None
    limits = Interval(1.0, 5.0, 0.95, "", "paired")
    change = WaveChange("kimya", "2024", 60.0, 66.7, 6.7, limits, 8, 4, 4, None, None)
    two = replace(found, analysis=replace(found.analysis, changes=(change,)))
    assert table(study, method, two, "changes").rows == (("Kimya", "60,0", "66,7", "+6,7", "+1,0 … +5,0"),)
    offered = {part.key for part in report_contents.parts(study, "publication", method, two)}
    assert "changes" in offered
    assert "changes" not in {part.key for part in report_contents.parts(study, "publication", method, found)}
    other = replace(change, unlike=("other-method",), interval=replace(limits, low=-1.0))
    told = table(study, method, replace(found, analysis=replace(found.analysis, changes=(other,))), "changes")
    assert told.rows[0][-1] == "−1,0 … +5,0" and told.note == "Kimya: iki dalga benzer değil."
    few = replace(found, analysis=replace(found.analysis, changes=(replace(change, paired=1, only_before=1),)))
    assert table(study, method, few, "changes").rows == ()


def test_that_sheets_of_rows_are_not_previewed_and_say_so(study, method, found):
    for key in ("levels", "ratings", "answers", "dictionary", "log"):
        made = table(study, method, found, key)
        assert (made.rows, made.note) == ((), "Bu sayfa kayıtları satır satır içerir; yazılan dosyada okunur.")


def test_that_an_empty_sheet_says_that_there_is_nothing(study, method, found):
    assert table(study, method, found, "changes").note == "Burada gösterilecek bir şey yok."


def test_that_sheets_of_pictures_have_no_table(study, method, found):
    for key in report_contents.FIGURES:
        assert table(study, method, found, key) == Table()


def test_that_the_list_of_pictures_is_that_of_the_catalogue(study, method, found):
    from kume_desktop.reports.figures import catalogue
    from tests.reports.figures.scenes import content_of

    titles = {row[0] for row in table(study, method, found, "pictures").rows}
    assert titles == {one.title for one in catalogue.catalogue(content_of(method, found), "tr")}


def test_that_hidden_figures_are_counted(method, found):
    hidden = report_preview.hidden_cells(found)
    assert found.analysis is not None
    suppressed = sum(bool(group.suppressed) for group in found.analysis.groups)
    assert hidden == 10 + 1 + suppressed


def test_that_one_area_narrows_every_table(study, method, found):
    asked = Asked("index", "publication", "tr", "kimya", ("kimya",))
    assert [row[0] for row in report_preview.table(study, method, found, asked).rows] == ["Kimya"]

"""The executive page, the page of a firm, and the pictures."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from kume_desktop import texts
from kume_desktop.problems import Refused
from kume_desktop.reports.firm_report import write_firm_page
from kume_desktop.reports.selection import only_areas
from kume_desktop.reports.writing.sentences import Sentences
from kume_desktop.scoring.analysis import RankBand
from tests.reports.conftest import write
from tests.reports.degenerate import SHAPES, edition_of, study_of
from tests.reports.full import as_publication


def lines(page) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_that_the_executive_page_has_a_print_page_for_each_area(full_book, public_book, full):
    for book in (full_book, public_book):
        page = book.formulas["Yönetici sayfası"]
        assert len(page.row_breaks.brk) == len(full.areas) - 1
        assert not page.sheet_properties.pageSetUpPr or not page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.orientation == "portrait"
        assert page.print_area


def test_that_it_says_index_form_category_decision_cells_policies_and_step(full_book, full):
    told = "\n".join(lines(full_book.values["Yönetici sayfası"]))
    area = next(one for one in full.results.areas if one.code == "kimya")
    score = texts.number(area.score, 1, "tr")
    assert f"Endeks {score}. Alandaki listede bulunan bütün firmalarla görüşülseydi" in told
    assert f"Yayın biçimi: {area.published_index}. Her gösterge 1, 2 ya da 3'e yuvarlanarak toplanır" in told
    assert re.search(r"yaklaşık 100 seçimin \d+'\w+ 1\. Kategori", told)
    assert "Bu oran yalnız firma seçiminden gelen belirsizliği gösterir" in told
    assert "Komite kararı: 1. Kategori – Olgun yoğunlaşma (30 Ağustos 2026)." in told
    assert "Yalnız 2 firma: tek tek yanıtlar gösterilir, aralık hesaplanmaz." in told
    assert "Bu alanda puanlanmış firma yok." in told
    assert "ortalamanın eksiği" in told
    assert "öneri 1.1" in told


def test_that_the_executive_page_tells_the_change_since_the_earlier_wave(full_book, public_book, full):
    change = next(one for one in full.results.analysis.changes if one.area == "kimya")
    moved = f"2024: {texts.number(change.before, 1, 'tr')}, şimdi {texts.number(change.after, 1, 'tr')}; değişim "
    for book in (full_book, public_book):
        told = lines(book.values["Yönetici sayfası"])
        assert "Önceki dalgadan bu yana değişim" in told
        assert any(moved in line and "Değişimin aralığı" in line for line in told)


def test_that_an_area_without_an_earlier_wave_tells_of_no_change(book):
    assert "Önceki dalgadan bu yana değişim" not in lines(book.values["Yönetici sayfası"])


def test_that_the_note_beside_a_panels_category_says_that_there_is_no_probability(panel, full_book, tmp_path):
    for key in ("index", "scorecard"):
        rows = [row for row in panel.rows(key) if row["category_name"]]
        assert rows
        assert all("panel yolu, olasılık hesaplanmaz" in str(row["note"]) for row in rows)
    one_rater = write(replace(edition_of(study_of(SHAPES["one rater"]), "audit"), parts=("index",)), tmp_path)
    rows = (*one_rater.rows("index"), *full_book.rows("index"))
    few = [row for row in rows if row["category_name"] and row["n"] < 10]
    for row in few:
        agreed = row["category_name"] == row["published_name"]
        assert ("n < 10, olasılık hesaplanmaz" if agreed else "Yuvarlama kategoriyi değiştiriyor") in row["note"]
    assert few
    sure = next(row for row in full_book.rows("index") if row["area"] == "kimya")
    assert "hesaplanmaz" not in str(sure["note"])


def test_that_the_method_sheet_names_the_limits_of_groups_as_ours(full_book):
    rows = {row["code"]: row for row in full_book.rows("method") if str(row["code"]).startswith("groups.")}
    assert {code: row["value"] for code, row in rows.items()} == {
        "groups.fewest": 3, "groups.width": 0.25, "groups.part": 0.5, "groups.programs": 60,
    }  # fmt: skip
    assert {row["origin"] for code, row in rows.items() if code != "groups.fewest"} == {"Ours"}


def test_that_members_are_named_in_the_audit_edition_alone(full_book, public_book):
    assert any("Ayşe Yılmaz" in line for line in lines(full_book.values["Yönetici sayfası"]))
    assert not any("Ayşe Yılmaz" in line for line in lines(public_book.values["Yönetici sayfası"]))


def test_that_the_figures_of_the_executive_page_are_live_in_the_audit_edition(full_book):
    live = [c for row in full_book.formulas["Yönetici sayfası"].iter_rows() for c in row if c.data_type == "f"]
    assert len(live) == 3 * 5


def test_that_sentences_follow_the_last_word_of_their_numbers():
    said = Sentences("tr")
    assert said.rank(RankBand(1, 3)) == "Sırası 1 ile 3 arasında; verilerle daha kesin söylenemez."
    assert said.rank(RankBand(2, 2)) == "Sırası 2."
    assert said._times((0.23, 0.77, 0.004)) == "77'sinde 2. Kategori, 23'ünde 1. Kategori"


@pytest.fixture
def public(full):
    return as_publication(full)


def test_that_a_firm_sees_its_own_profile_beside_its_area(public, tmp_path):
    firm = next(one for one in public.firms if one.area == "kimya")
    target = write_firm_page(public, firm.unit_id, tmp_path / "firma.xlsx", "tr")
    page = openpyxl.load_workbook(target)["Firma raporu"]
    told = lines(page)
    assert page["A1"].value == firm.name
    area = next(one for one in public.results.areas if one.code == "kimya")
    assert area.indicators[0].mean in [cell.value for row in page.iter_rows() for cell in row]
    used = {row.indicator: row.level for row in public.ratings if row.firm == firm.code and row.used}
    own = {row[0].value: row[1].value for row in page.iter_rows(min_row=8, max_row=24) if row[0].value}
    assert {f"gösterge {code}": level for code, level in used.items()}.items() <= own.items()
    others = [one for one in public.firms if one.code != firm.code]
    assert not any(other.name in line or other.code in line for other in others for line in told)


def test_that_no_rater_is_named_on_the_page_of_a_firm(public, tmp_path):
    target = write_firm_page(public, "unit-KI001", tmp_path / "firma.xlsx", "en")
    with zipfile.ZipFile(target) as archive:
        told = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert not any(name in told for name in ("Selin Kaya", "Ozan Er", "gerekçe"))


def test_that_figures_of_fewer_than_ten_firms_are_left_out(public, tmp_path):
    firm = next(one for one in public.firms if one.area == "lojistik")
    target = write_firm_page(public, firm.unit_id, tmp_path / "firma.xlsx", "tr")
    page = openpyxl.load_workbook(target)["Firma raporu"]
    row = next(row for row in page.iter_rows() if row[0].value == "gösterge g9")
    assert row[3].value == "10’dan az firma"
    assert [cell.value for cell in row[4:7]] == [None, None, None]


@pytest.mark.parametrize(
    ("unit", "code"), [("unit-GI001", "report.firm-area-small"), ("nobody", "report.firm-unknown")]
)
def test_that_a_small_area_and_an_unknown_firm_are_refused(unit, code, public, tmp_path):
    with pytest.raises(Refused) as caught:
        write_firm_page(public, unit, tmp_path / "firma.xlsx", "tr")
    assert caught.value.problems[0].code == code
    assert list(tmp_path.iterdir()) == []


def test_that_a_firm_without_levels_is_refused(public, tmp_path):
    silent = replace(public, ratings=tuple(row for row in public.ratings if row.firm != "KI002"))
    with pytest.raises(Refused) as caught:
        write_firm_page(silent, "unit-KI002", tmp_path / "firma.xlsx", "tr")
    assert caught.value.problems[0].code == "report.firm-not-scored"


def test_that_pictures_and_charts_say_what_they_show(full, tmp_path):
    content = replace(only_areas(full, ["kimya"]), parts=("scorecard", "areas", "needs", "explanation", "pictures"))
    read = write(content, tmp_path)
    with zipfile.ZipFile(read.report.path) as archive:
        drawings = [
            archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/drawings/drawing")
        ]
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]
    shapes = re.findall(r"<xdr:cNvPr [^>]*>", "".join(drawings))
    assert len(pictures) >= 6
    assert len(shapes) > len(pictures)
    assert all(re.search(r'descr="[^"]{20,}"', shape) for shape in shapes)
    assert "Resimler" in read.values.sheetnames


def test_that_a_report_on_some_areas_holds_nothing_of_the_others(full, tmp_path):
    read = write(only_areas(full, ["makine"]), tmp_path)
    with zipfile.ZipFile(read.report.path) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert not re.search(r"KI\d{3}|LO\d{3}|Alan kimya|Alan lojistik", strings)
    assert read.rows("index")[0]["score"] == next(a.score for a in full.results.areas if a.code == "makine")
    assert "5 alanın 1 tanesi" in read.values["Endeks"]["A2"].value
    assert read.report.rows_in == read.report.rows_out


def test_that_an_area_that_is_not_there_is_refused(full):
    with pytest.raises(Refused) as caught:
        only_areas(full, ["makine", "yok"])
    assert caught.value.problems[0].code == "study.unknown-area"

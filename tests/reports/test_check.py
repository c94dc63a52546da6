"""The check of a finished workbook: whatever is changed in it is found, what is right is left alone."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kume_desktop import texts
from kume_desktop.problems import Refused
from kume_desktop.reports.check import check
from kume_desktop.reports.checking.computing import Sheets
from kume_desktop.reports.checking.formulas import FormulaError
from kume_desktop.reports.checking.reading import Page, Pages, read_pages
from kume_desktop.reports.redaction import NOTHING_HIDDEN
from kume_desktop.reports.selection import only_areas
from tests.reports.conftest import write
from tests.reports.full import as_publication
from tests.reports.making import a_panel_study


def resaved(book, folder: Path, change) -> Path:
    """The workbook with one change, saved by another program together with the values it had."""
    target = folder / "changed.xlsx"
    swap(book.report.path, target, change)
    return target


def swap(source: Path, target: Path, change) -> None:
    """Copy a workbook; `change(name, xml)` gives the new text of each part."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith(".xml"):
                data = change(name, data.decode("utf-8")).encode("utf-8")
            new.writestr(name, data)


def part(book, sheet: str) -> str:
    """The part of the package that holds a sheet."""
    return f"xl/worksheets/sheet{book.values.sheetnames.index(sheet) + 1}.xml"


def cell_changed(book, sheet: str, place: str, made):
    """A change of one cell: `made` gives its XML from the old one."""
    wanted = part(book, sheet)

    def change(name: str, xml: str) -> str:
        if name != wanted:
            return xml
        start = xml.index(f'<c r="{place}"')
        closed = xml.index(">", start)
        end = closed + 1 if xml[closed - 1] == "/" else xml.index("</c>", start) + 4
        return xml[:start] + made(xml[start:end]) + xml[end:]

    return change


def number_in(xml: str, value: float) -> str:
    head = xml[: xml.index(">")].replace(' t="s"', "").replace(' t="str"', "").rstrip("/")
    return f"{head}><v>{value}</v></c>"


def found_in(file: Path) -> dict[str, object]:
    return {one.where.sheet: one for one in check(file).problems}


def test_that_nothing_is_found_in_what_was_just_written(book, english, panel, full_book, public_book):
    for read in (book, english, panel, full_book, public_book):
        checked = check(read.report.path)
        assert checked.problems == ()
        assert checked.formulas == read.report.formulas
        assert checked.sheets == len(read.report.sheets)


@pytest.mark.parametrize("parts", [("levels",), ("ratings", "claims"), ("scorecard", "breakdowns"), ("pictures",)])
def test_that_nothing_is_found_in_a_report_of_some_parts_and_areas(parts, full, tmp_path):
    content = replace(only_areas(full, ["makine", "gida"]), parts=parts)
    assert check(write(content, tmp_path).report.path).problems == ()


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_that_the_one_level_of_a_panel_is_no_figure_of_one_firm(lang, tmp_path):
    content = a_panel_study()
    public = replace(content, edition=replace(content.edition, kind="publication"))
    assert check(write(public, tmp_path, lang).report.path).problems == ()


def test_that_a_publication_edition_with_a_figure_of_two_firms_is_found(full, tmp_path, monkeypatch):
    monkeypatch.setattr("kume_desktop.reports.writing.job.hidden_figures", lambda _content: NOTHING_HIDDEN)
    found = found_in(write(as_publication(full), tmp_path).report.path)
    assert found["Göstergeler"].code == "report.check-few"
    assert found["Göstergeler"].params["found"] == 2


@pytest.mark.parametrize("seed", range(12))
def test_that_a_changed_number_is_found_wherever_it_stands(seed, full_book, tmp_path):
    chance = random.Random(seed)
    numbers = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in full_book.values
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and sheet.title != "Özet değerler"
    ]
    sheet, place, value = chance.choice(numbers)
    change = cell_changed(full_book, sheet, place, lambda xml: number_in(xml, value + 1))
    found = found_in(resaved(full_book, tmp_path, change))
    assert sheet in found
    row = int("".join(filter(str.isdigit, place)))
    assert found[sheet].where.row <= row  # what is computed from it may stand above it
    if found[sheet].code == "report.check-cell":
        assert found[sheet].params["cell"] == place


@pytest.mark.parametrize("seed", range(8))
def test_that_a_formula_that_was_replaced_by_its_value_is_found(seed, full_book, tmp_path):
    chance = random.Random(100 + seed)
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in full_book.formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(full_book.values[sheet.title][cell.coordinate].value, int | float)
    ]
    sheet, place = chance.choice(formulas)
    value = full_book.values[sheet][place].value
    found = found_in(resaved(full_book, tmp_path, cell_changed(full_book, sheet, place, lambda x: number_in(x, value))))
    assert found[sheet].params["cell"] == place
    assert found[sheet].code == "report.check-formula-gone"


def test_that_a_changed_cached_value_is_told_with_what_should_stand_there(full_book, tmp_path):
    name, first, _last, columns = full_book.place("index")
    place = f"{columns['score']}{first}"
    score = full_book.values[name][place].value
    change = cell_changed(full_book, name, place, lambda xml: xml.replace(f"<v>{score!r}</v>", "<v>99.5</v>"))
    problem = found_in(resaved(full_book, tmp_path, change))[name]
    assert problem.code == "report.check-value"
    assert (problem.params["cell"], problem.params["found"]) == (place, 99.5)
    assert problem.params["expected"] == pytest.approx(score)
    assert place in texts.say(problem, "tr")


def test_that_a_changed_level_is_told_with_the_level_of_the_record(full_book, tmp_path):
    name, first, _last, columns = full_book.place("levels")
    place = f"{columns['level:g4']}{first + 2}"
    level = full_book.values[name][place].value
    other = 1 if level != 1 else 5
    found = found_in(resaved(full_book, tmp_path, cell_changed(full_book, name, place, lambda x: number_in(x, other))))
    assert (found[name].params["expected"], found[name].params["found"]) == (level, other)
    assert "Göstergeler" in found or other == level


def test_that_a_changed_weight_is_told_with_the_weight_of_the_method(full_book, tmp_path):
    name, first, last, columns = full_book.place("method")
    page = full_book.values[name]
    row = next(r for r in range(first, last + 1) if page[f"{columns['code']}{r}"].value == "weight.g3")
    place = f"{columns['value']}{row}"
    found = found_in(resaved(full_book, tmp_path, cell_changed(full_book, name, place, lambda xml: number_in(xml, 7))))
    assert (found[name].params["cell"], found[name].params["expected"]) == (place, 1)
    assert {"Göstergeler", "Başlıklar", "Endeks"} <= set(found)


def test_that_a_formula_with_the_same_value_is_found_too(full_book, tmp_path):
    name, first, _last, columns = full_book.place("index")
    place = f"{columns['n']}{first}"
    change = cell_changed(full_book, name, place, lambda xml: xml.replace("<f>COUNTIFS", "<f>0+COUNTIFS"))
    assert found_in(resaved(full_book, tmp_path, change))[name].code == "report.check-formula"


def test_that_formula_and_values_changed_together_do_not_deceive(full_book, tmp_path):
    """All formulas of the index in agreement with each other, and not with the levels."""
    name, first, _last, columns = full_book.place("indicators")
    place = f"{columns['mean']}{first}"

    def made(xml: str) -> str:
        return f"{xml[: xml.index('>') + 1]}<f>1+1</f><v>2</v></c>"

    found = found_in(resaved(full_book, tmp_path, cell_changed(full_book, name, place, made)))
    assert found[name].params["cell"] == place
    assert found[name].params["expected"] == pytest.approx(full_book.values[name][place].value)


def test_that_a_changed_text_is_found_in_its_row(full_book, tmp_path):
    page = full_book.values["Yanıtlar ihtiyac"]
    place = next(
        c.coordinate for row in page.iter_rows(min_row=10) for c in row if c.value == "seçenek 9001; seçenek 14001"
    )
    change = cell_changed(
        full_book, "Yanıtlar ihtiyac", place, lambda x: f'{x[: x.index(" t=")]} t="inlineStr"><is><t>başka</t></is></c>'
    )
    found = found_in(resaved(full_book, tmp_path, change))
    assert set(found) == {"Yanıtlar ihtiyac"}
    assert (found["Yanıtlar ihtiyac"].params["cell"], found["Yanıtlar ihtiyac"].params["found"]) == (place, "başka")


def test_that_a_row_that_was_taken_out_is_found(full_book, tmp_path):
    name, first, _last, _columns = full_book.place("answers:duzey:")
    wanted = part(full_book, name)

    def change(member: str, xml: str) -> str:
        if member != wanted:
            return xml
        start = xml.index(f'<row r="{first + 3}"')
        return xml[:start] + xml[xml.index("</row>", start) + 6 :]

    found = found_in(resaved(full_book, tmp_path, change))
    assert found[name].where.row == first + 3
    assert "Kapak" in found


def test_that_a_sheet_taken_out_or_put_in_is_named(book, tmp_path):
    other = openpyxl.load_workbook(book.report.path)
    del other["Seçenekler"]
    other.create_sheet("Notlarım")["A1"] = "merhaba"
    other.save(tmp_path / "changed.xlsx")
    codes = {(one.code, one.where.sheet) for one in check(tmp_path / "changed.xlsx").problems}
    assert ("report.check-sheet-missing", "Seçenekler") in codes
    assert ("report.check-sheet-added", "Notlarım") in codes


def test_that_the_method_as_data_cannot_be_changed_alone(full_book, tmp_path):
    def change(name: str, xml: str) -> str:
        return xml.replace('"g1":1.0', '"g1":2.0') if name == "xl/sharedStrings.xml" else xml

    assert "Yöntem" in found_in(resaved(full_book, tmp_path, change))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_that_what_is_no_workbook_is_refused_in_words(content, tmp_path):
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    with pytest.raises(Refused) as caught:
        check(file)
    assert [one.code for one in caught.value.problems] == ["report.check-not-a-workbook"]


def test_that_a_workbook_of_others_is_refused_in_words(tmp_path):
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(Refused) as caught:
        check(tmp_path / "x.xlsx")
    assert caught.value.problems[0].code == "report.check-not-ours"
    assert "Küme Desktop raporu değil" in texts.say(caught.value.problems[0], "tr")


def test_that_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(Refused) as caught:
        check(tmp_path / "yok.xlsx")
    assert caught.value.problems[0].code == "report.check-not-read"


def test_that_a_report_of_another_format_is_refused(book, tmp_path):
    def change(_name: str, xml: str) -> str:
        return xml.replace("kume-report 2", "kume-report 9")

    with pytest.raises(Refused) as caught:
        check(resaved(book, tmp_path, change))
    assert caught.value.problems[0].code == "report.check-other-format"


def test_that_a_document_type_is_refused_before_anything_is_read(book, tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'

    def change(name: str, xml: str) -> str:
        return xml.replace("?>", f"?>{bomb}", 1) if name == "xl/sharedStrings.xml" else xml

    with pytest.raises(Refused) as caught:
        check(resaved(book, tmp_path, change))
    assert caught.value.problems[0].code == "report.check-harmful"


def computed(formulas: dict[str, str], values: dict[str, object] | None = None, wanted: str = "A1"):
    from kume_desktop.reports.checking.reading import place_of

    page = Page("S", {place_of(k): v for k, v in (values or {}).items()}, {place_of(k): f for k, f in formulas.items()})
    return Sheets(Pages({"S": page})).value("S", *place_of(wanted))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3^2", 19.0),
        ("-2^2", 4.0),
        ('"a"&1&"b"', "a1b"),
        ("ROUND(2.5,0)+ROUND(-2.5,0)+ROUND(0.285*100,0)", 29.0),
        ('IF(B1="","boş",B1)', "boş"),
        ("IF(N(B1)=0,1,2)", 1.0),
        ("SUM(B2:B4)/COUNT(B2:B4)", 2.0),
        ('COUNTIFS(B2:B4,">=2",C2:C4,"y")', 1.0),
        ('COUNTIFS(C2:C4,"x*")', 2.0),
        ('SUMIFS(B2:B4,C2:C4,"x")', 1.0 + 0),
        ('AVERAGEIFS(B2:B4,C2:C4,"y")', 3.0),
        ("SUMPRODUCT((B2:B4>1)*(B2:B4<3))", 1.0),
        ("SUMPRODUCT(ABS(B2:B4))", 6.0),
        ("VLOOKUP(2,B2:C4,2,0)", "x2"),
        ("INDEX(C2:C4,3)", "y"),
        ("MIN(1,B4/2)", 1.0),
        ("SQRT(B4+1)", 2.0),
        ("AND(B2=1,OR(B3=9,B4=3))", 1.0),
        ("1+(B2<B3)+(B3<B2)", 2.0),
    ],
)
def test_that_formulas_are_computed_as_a_spreadsheet_does(formula, value):
    cells = {"B2": 1.0, "B3": 2.0, "B4": 3.0, "C2": "x", "C3": "x2", "C4": "y"}
    assert computed({"A1": formula}, cells) == value


@pytest.mark.parametrize(
    "formula", ["1/0", "A1+1", "OFFSET(B1,1,1)", "SUM(", "'Yok'!A1", 'WEBSERVICE("http://x")', "B1 B2"]
)
def test_that_a_formula_without_a_value_is_no_accident(formula):
    with pytest.raises(FormulaError):
        computed({"A1": formula})


def test_that_shared_formulas_and_escaped_texts_are_read(tmp_path):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><f t="shared" si="0"/><v>8</v></c>'
        '<c r="C2" t="inlineStr"><is><t>a_x000D_b</t></is></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>'
        )
        relation = '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="x/worksheet"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")
    page = read_pages(tmp_path / "x.xlsx").pages["S"]
    assert page.formulas == {(0, 1): "A1*2", (1, 1): "A2*2"}
    assert page.values[1, 2] == "a\rb"

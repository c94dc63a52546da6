"""Texts that are formulas or links elsewhere: refused at the field, or the same text to the end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from kume_desktop.instruments.model import Kind
from kume_desktop.services import fieldwork, interviewing, reporting, studies
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm
from tests.studies import FACTS, PASSPHRASE

pytestmark = pytest.mark.cases("R16 leads of formulas")

LEADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","tık")',
    "=WEBSERVICE(A1)", "=A1", "==", "=", "+", "-", "@", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", " =1+1",
    "\u00a0=1+1", "\u3000=1+1", "\u2028=1+1", "\u200b=1+1", "\ufeff=1+1", "\u202e=1+1", "\uff1d1+1", "\uff0b1",
    "\uff0d1", "\uff20x", "{=1+1}", "'=1+1", '"=1+1"', ";=1+1", ",=1+1", "|=1+1", "%0A=1+1", "http://x.example",
    "mailto:a@x.example", "internal:'Kapak'!A1", "a\n=1+1", "a\t=1+1", "_x003D_1+1", "_x000D_", "0012", "1e5",
    "1/2", "TRUE", "#REF!", "\U0001f600",
)  # fmt: skip
QUESTIONS = ("ana_urun", "gorev_diger", "uretim_acil", "pazarlama_acil", "sonuc_notu")
"""One that is not personal and four that are: they leave by different columns."""
REFUSED = ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ud800", "\udfff"]


def kept(text: str) -> str:
    """What a field keeps of a typed text: composed, its ends without blanks."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).replace("\u00a0", " ").strip()


def started(study: Study, unit_id: str) -> Session:
    session = interviewing.open_interview(study, unit_id, "is_ihtiyac")
    for name, value in {
        "gorusme_bicimi": "1", "aydinlatma_okundu": "1", "katilim": "1", "alan_uygun": "1", "gorev": "96",
    }.items():  # fmt: skip
        assert session.answer(session.interview.path_of(name), value).at is not None
    return session


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of a study in which every text that people may type is one of the leads, persons named."""
    folder = tmp_path_factory.mktemp("leads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUME_PROFILE", str(folder / "profile"))
        areas = (Area("=kimya", "=1+1", "@SUM(A1)", "=20", "2", 96),)
        with studies.create_study(folder / "a.kume", "=2+2", FACTS, PASSPHRASE, "=Elif", areas) as study:
            for number, lead in enumerate(LEADS):
                firm = NewFirm(f"{lead} {number}", "=kimya", lead.strip() or "=", "=20.30")
                session = started(study, fieldwork.add_firm(study, firm))
                for name in QUESTIONS:
                    assert session.answer(session.interview.path_of(name), lead).at is not None, (name, lead)
            reporting.write_report(study, folder / "rapor.xlsx", "tr", reason="=3+3", personal=True)
    return openpyxl.load_workbook(folder / "rapor.xlsx")


def cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell) and cell.value is not None)


def column(book: Workbook, name: str) -> list[Cell]:
    """The cells of a question on the sheet of answers, below its code."""
    sheet = book["Yanıtlar is_ihtiyac"]
    for row in sheet.iter_rows(max_row=12):
        for head in row:
            if head.value == name:
                below = [sheet.cell(r, head.column) for r in range(head.row + 2, sheet.max_row + 1)]
                return [cell for cell in below if isinstance(cell, Cell) and cell.value is not None]
    raise LookupError(name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_that_every_lead_is_a_text_cell_that_reads_as_it_was_typed(name: str, book: Workbook) -> None:
    found = column(book, name)
    assert sorted(str(cell.value) for cell in found) == sorted(kept(lead) for lead in LEADS)
    assert {cell.data_type for cell in found} == {"s"}
    assert not [cell.coordinate for cell in found if cell.hyperlink]


def test_that_no_typed_text_became_a_formula_or_a_link_anywhere(book: Workbook) -> None:
    typed = {kept(lead) for lead in LEADS} | {"=2+2", "=3+3", "=Elif", "=kimya", "=20.30", "=20"}
    assert [cell.coordinate for cell in cells(book) if cell.data_type == "f" and str(cell.value) in typed] == []
    assert [cell.coordinate for cell in cells(book) if cell.hyperlink and cell.hyperlink.target] == []
    shown = {str(cell.value) for cell in cells(book) if cell.data_type == "s"}
    assert {"=2+2", "=1+1", "=kimya", "=Elif"} <= shown


def test_that_firms_keep_their_names(book: Workbook) -> None:
    names = {f"{lead} {number}".strip() for number, lead in enumerate(LEADS)}
    shown = {str(cell.value).replace("\r", "\n") for cell in cells(book) if cell.data_type == "s"}
    assert {name.replace("\r\n", "\n").replace("\r", "\n") for name in names if "_x" not in name} <= shown


@pytest.mark.parametrize("sign", REFUSED, ids=lambda sign: f"U+{ord(sign):04X}")
def test_that_a_character_that_cannot_be_stored_is_refused_at_the_field(sign: str, study: Study) -> None:
    session = started(study, fieldwork.firms(study)[0].unit_id)
    texts = [node for node in session.interview.form.instrument.nodes() if node.kind is Kind.TEXT]
    tried = 0
    for node in texts:
        if not session.interview.is_relevant(node.path) or node.name == "gorusmeci_kodu":
            continue
        assert session.answer(node.path, "önce").at is not None
        saved = session.answer(node.path, f"Bo{sign}ya")
        assert saved.at is None and [one.code for one in saved.problems] == ["interview.control-character"]
        assert session.interview.value(node.path) == "önce"
        tried += 1
    assert tried >= 4


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\ud800"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_that_a_comment_with_such_a_character_is_refused_and_the_one_before_stays(sign: str, study: Study) -> None:
    session = started(study, fieldwork.firms(study)[0].unit_id)
    question = session.interview.path_of("ana_urun")
    assert session.comment(question, "ilk not").at is not None
    saved = session.comment(question, f"ikinci{sign} not")
    assert saved.at is None and [one.code for one in saved.problems] == ["study.text-not-storable"]
    assert session.comments[question] == "ilk not"
    assert session.answer(question, "Boya").at is not None


@pytest.mark.parametrize("sign", ["\x7f", "\ud800"], ids=lambda sign: f"U+{ord(sign):04X}")
def test_that_a_firm_is_not_added_under_a_name_that_cannot_be_stored(sign: str, study: Study) -> None:
    before = {row.name for row in fieldwork.firms(study)}
    with pytest.raises(studies.Refused) as caught:
        fieldwork.add_firm(study, NewFirm(f"Kim{sign}ya", "kimya", "Konak"))
    assert [one.code for one in caught.value.problems] == ["study.text-not-storable"]
    assert {row.name for row in fieldwork.firms(study)} == before


def test_that_a_report_in_the_place_of_a_folder_or_open_elsewhere_is_refused(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "rapor.xlsx"
    folder.mkdir()
    with pytest.raises(studies.Refused) as caught:
        reporting.write_report(study, folder, "tr")
    assert [one.code for one in caught.value.problems] == ["report.target-is-a-folder"]
    assert [file for file in tmp_path.iterdir() if file.name.startswith(".rapor")] == []


@pytest.mark.parametrize("name", ["deneme.kume", "deneme.kume-key", "rapor.txt"])
def test_that_a_report_never_takes_the_place_of_a_study_or_its_key(name: str, study: Study) -> None:
    target = study.path.with_name(name)
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(studies.Refused) as caught:
        reporting.write_report(study, target, "tr")
    assert caught.value.problems[0].code.startswith("report.")
    assert (target.read_bytes() if target.exists() else None) == before

"""What is printed for the field: what stands on it, who may print it, and what the log keeps."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from kume_desktop import texts
from kume_desktop.problems import Refused
from kume_desktop.reports.paper.document import Frontmatter
from kume_desktop.reports.paper.drawing import write_batch
from kume_desktop.reports.paper.matters import Batch, Day, DayRow
from kume_desktop.services import assigning, field_texts, fieldwork, printed_matter, printing, studies, visits
from kume_desktop.services.printing import PrintedMatter
from kume_desktop.services.studies import Study
from kume_desktop.store import reading, writing
from kume_desktop.store.events import EventKind
from tests.reports.paper.reading import outside, overlaps, pages_of, text_of
from tests.services.interviewed import answered, answered_template  # noqa: F401 - fixtures

DAY = date(2026, 11, 23)
SERIAL = re.compile(r"\d{6}-[2-9A-Z]{6}")


def unit(study: Study, name: str = "Şişli Kimya") -> str:
    """The id of a firm by its name."""
    return next(row.unit_id for row in fieldwork.firms(study) if row.name == name)


def printed(study: Study, matter: PrintedMatter, folder: Path, **wanted: object) -> Path:
    """The file that was written."""
    target = folder / f"{matter}.pdf"
    printing.print_to(study, matter, target, **{"day": DAY, **wanted})  # type: ignore[arg-type]
    return target


def give(study: Study, name: str, interviewer: str, at: datetime) -> None:
    """Assign a firm to somebody, with an appointment."""
    with study.act() as act:
        writing.add_person(act, interviewer, study.wave.wave_id, "interviewer")
    assigning.assign(study, [unit(study, name)], interviewer)
    visits.record(study, unit(study, name), "3", next_at=at)


def noted(study: Study) -> list[str | None]:
    """What the log says of files that were written; the last in words."""
    found = reading.events(study.database)
    return [event.value for event in found if event.kind == EventKind.NOTE and event.path == "export#note"]


def refused(study: Study, matter: PrintedMatter, folder: Path, **wanted: object) -> str:
    """The code of the refusal; nothing was written and nothing noted."""
    with pytest.raises(Refused) as refusal:
        printed(study, matter, folder, **wanted)
    assert not list(folder.glob(f"{matter}.pdf*"))
    return refusal.value.problems[0].code


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_that_a_letter_says_who_asks_and_on_what_ground(study: Study, tmp_path: Path, lang: str):
    text = text_of(printed(study, PrintedMatter.LETTER, tmp_path, unit_ids=[unit(study)], lang=lang))
    for wanted in ("Deneme Ajansı", "Şişli Kimya", "m.5", "ajans çalışanları", "iki yıl", "kvkk@ajans.example"):
        assert wanted in text
    assert texts.long_date(DAY, lang) in text
    assert "{" not in text


def test_that_each_firm_has_its_own_letter(study: Study, tmp_path: Path):
    wanted = [unit(study), unit(study, "Iğdır Nakliyat")]
    pages = pages_of(printed(study, PrintedMatter.LETTER, tmp_path, unit_ids=wanted))
    assert len(pages) == 2
    assert "Şişli Kimya" in pages[0]
    assert "Iğdır Nakliyat" in pages[1]
    assert "Şişli Kimya" not in pages[1]


def test_that_the_words_of_the_study_are_printed(study: Study, tmp_path: Path):
    field_texts.save(study, "letter_body", "tr", "Sayın {firma}, {kurum} sizi arayacak.")
    text = text_of(printed(study, PrintedMatter.LETTER, tmp_path, unit_ids=[unit(study)]))
    assert "Sayın Şişli Kimya, Deneme Ajansı sizi arayacak." in text


def test_that_a_letter_without_a_firm_has_blanks_and_is_not_noted(study: Study, tmp_path: Path):
    assert "……… yetkilisinin dikkatine" in text_of(printed(study, PrintedMatter.LETTER, tmp_path))
    assert noted(study) == []


def test_that_a_call_script_has_objections_and_the_outcome_codes_of_the_form(study: Study, tmp_path: Path):
    text = text_of(printed(study, PrintedMatter.CALL_SCRIPT, tmp_path, unit_ids=[unit(study)]))
    for wanted in ("Zamanım yok.", "Yirmi dakika yeterli.", "Randevu", "Ulaşılamadı", "Uygun yetkili yok"):
        assert wanted in text


def test_that_cards_show_the_scale_in_big_letters_without_reserve_answers(study: Study, tmp_path: Path):
    file = printed(study, PrintedMatter.ANSWER_CARDS, tmp_path, instrument_id="is_ihtiyac")
    pages = PdfReader(file).pages
    assert float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
    first = " ".join(pages[0].extract_text().split())
    assert "5 Kesinlikle Yeterli Düzeyde" in first
    assert "4.1, 4.2, 4.3, 4.4, 4.5, 5.1" in first
    assert "Bilmiyor" not in text_of(file)
    assert "Yanıt vermek istemedi" not in text_of(file)


def test_that_a_paper_form_carries_firm_and_study(study: Study, tmp_path: Path):
    wanted = {"unit_ids": [unit(study)], "instrument_id": "is_ihtiyac"}
    pages = pages_of(printed(study, PrintedMatter.PAPER_FORM, tmp_path, **wanted))
    code = fieldwork.firm_row(study, unit(study)).code
    assert all(f"Firma kodu: {code}" in page for page in pages)
    assert 'firmanızın adı "Şişli Kimya"' in " ".join(pages)
    assert "Deneme Ajansı" in pages[0]
    assert "kimseye bırakmayın" in pages[0]
    assert "Iğdır Nakliyat" not in " ".join(pages)


def test_that_a_blank_paper_form_names_no_firm_and_writes_nothing_into_the_study(study: Study, tmp_path: Path):
    before = len(list(reading.events(study.database)))
    text = text_of(printed(study, PrintedMatter.PAPER_FORM, tmp_path))
    assert "Şişli Kimya" not in text
    assert len(list(reading.events(study.database))) == before
    assert reading.interviews(study.database) == ()


def test_that_a_day_list_shows_appointments_of_the_day(study: Study, tmp_path: Path):
    at = datetime.now().astimezone().replace(hour=14, minute=30) + timedelta(days=1)
    visits.record(study, unit(study), "3", "Sahibi öğleden sonra orada", at)
    text = text_of(printed(study, PrintedMatter.DAY_LIST, tmp_path, day=at.date()))
    for wanted in ("14:30", "Şişli Kimya", "Kemalpaşa", "randevu", "Sahibi öğleden sonra orada"):
        assert wanted in text


def test_that_staff_get_a_list_for_each_interviewer(study: Study, tmp_path: Path):
    at = datetime.now().astimezone().replace(hour=9, minute=0) + timedelta(days=1)
    for name, interviewer in (("Şişli Kimya", "Zeynep"), ("Iğdır Nakliyat", "Çağla")):
        give(study, name, interviewer, at)
    pages = pages_of(printed(study, PrintedMatter.DAY_LIST, tmp_path, day=at.date()))
    assert len(pages) == 2
    assert "Çağla" in pages[0]
    assert "Iğdır Nakliyat" in pages[0]
    assert "Şişli Kimya" not in pages[0]
    assert "Zeynep" in pages[1]


def test_that_an_interviewer_sees_the_own_day_only(study: Study, tmp_path: Path):
    at = datetime.now().astimezone().replace(hour=9, minute=0) + timedelta(days=1)
    for name, interviewer in (("Şişli Kimya", study.person), ("Iğdır Nakliyat", "Çağla")):
        give(study, name, interviewer, at)
    study.role = "interviewer"
    text = text_of(printed(study, PrintedMatter.DAY_LIST, tmp_path, day=at.date()))
    assert "Şişli Kimya" in text
    assert "Iğdır Nakliyat" not in text


def test_that_a_day_without_visits_says_so(study: Study, tmp_path: Path):
    assert "Bu gün için planlanmış ziyaret yok." in text_of(printed(study, PrintedMatter.DAY_LIST, tmp_path))


def test_that_a_courtesy_copy_holds_what_the_firm_said_and_nothing_else(answered: Study, tmp_path: Path):  # noqa: F811
    wanted = {"unit_ids": [unit(answered)], "instrument_id": "is_ihtiyac"}
    text = text_of(printed(answered, PrintedMatter.COURTESY_COPY, tmp_path, **wanted))
    for there in ("Boya üretimi", "Yeterli Düzeyde", "Üretim sorumlusu", "kişisel veri içerir", "Şişli Kimya"):
        assert there in text
    for absent in ("Gizli not", "Görüşmenin sonucu", "Görüşmeci karar verir", "Doğru unvan", "Endeks"):
        assert absent not in text


def test_that_a_courtesy_copy_can_be_had_in_the_other_language(answered: Study, tmp_path: Path):  # noqa: F811
    wanted = {"unit_ids": [unit(answered)], "instrument_id": "is_ihtiyac", "lang": "en"}
    text = text_of(printed(answered, PrintedMatter.COURTESY_COPY, tmp_path, **wanted))
    assert "What is your position in the firm?" in text
    assert "Production" in text


def test_that_an_open_interview_gives_no_copy(study: Study, tmp_path: Path):
    from kume_desktop.services.interviewing import open_interview

    open_interview(study, unit(study), "is_ihtiyac")
    wanted = {"unit_ids": [unit(study)], "instrument_id": "is_ihtiyac"}
    assert refused(study, PrintedMatter.COURTESY_COPY, tmp_path, **wanted) == "print.not-completed"
    assert noted(study) == []


def test_that_a_back_check_asks_first_and_shows_what_is_stored_apart(answered: Study, tmp_path: Path):  # noqa: F811
    file = printed(answered, PrintedMatter.BACK_CHECK, tmp_path, unit_ids=[unit(answered)])
    script, stored = pages_of(file)
    assert "Hangi gün ve kim görüştü?" in script
    assert "Elif" not in script.partition("Merhaba")[2]
    assert "Elif" in stored
    assert "Üretim sorumlusu" in stored


def test_that_a_back_check_draws_the_same_facts_again_and_no_opinions(answered: Study, tmp_path: Path):  # noqa: F811
    first = pages_of(printed(answered, PrintedMatter.BACK_CHECK, tmp_path, unit_ids=[unit(answered)]))
    again = printed(answered, PrintedMatter.BACK_CHECK, tmp_path, unit_ids=[unit(answered)])
    assert [SERIAL.sub("", page) for page in pages_of(again)] == [SERIAL.sub("", page) for page in first]
    assert "Düzeyde" not in text_of(again)
    row = fieldwork.firm_row(answered, unit(answered))
    made = printed_matter.back_checks(printed_matter.Wanted(answered, (row,), "", DAY, "tr")).matters[0]
    assert 4 <= len(made.checks) <= 3 + printed_matter.CHECKED_FACTS


def test_that_what_names_a_firm_is_noted_in_the_log(answered: Study, tmp_path: Path):  # noqa: F811
    code = fieldwork.firm_row(answered, unit(answered)).code
    matters = (PrintedMatter.LETTER, PrintedMatter.COURTESY_COPY, PrintedMatter.BACK_CHECK)
    for count, matter in enumerate(matters, start=1):
        check_numbered(
            answered, printed(answered, matter, tmp_path, unit_ids=[unit(answered)]), f"{matter} {{}}: {code}"
        )
        assert len(noted(answered)) == count
    form = {"unit_ids": [unit(answered)], "instrument_id": "is_ihtiyac"}
    check_numbered(answered, printed(answered, PrintedMatter.PAPER_FORM, tmp_path, **form), f"paper-form {{}}: {code}")
    check_numbered(answered, printed(answered, PrintedMatter.DAY_LIST, tmp_path), "day-list {}: 2026-11-23")


def check_numbered(study: Study, file: Path, told: str) -> None:
    """Every page carries the number that the log keeps with what was printed."""
    (serial,) = SERIAL.findall(noted(study)[-1] or "")
    assert noted(study)[-1] == f"printed {told.format(serial)}"
    assert all(serial in page for page in pages_of(file))


def test_that_an_interviewer_prints_for_own_firms_only(study: Study, tmp_path: Path):
    study.role = "interviewer"
    assert refused(study, PrintedMatter.LETTER, tmp_path, unit_ids=[unit(study)]) == "print.not-yours"
    assert refused(study, PrintedMatter.BACK_CHECK, tmp_path, unit_ids=[unit(study)]) == "study.only-staff"
    assert PrintedMatter.BACK_CHECK not in printing.offered("interviewer")
    assert printed(study, PrintedMatter.PAPER_FORM, tmp_path).is_file(), "a blank form is nobody's"


@pytest.mark.parametrize(
    ("matter", "wanted", "code"),
    [
        (PrintedMatter.BACK_CHECK, {}, "print.no-firm"),
        (PrintedMatter.COURTESY_COPY, {}, "print.no-firm"),
        (PrintedMatter.PAPER_FORM, {"instrument_id": "yok"}, "print.no-form"),
        (PrintedMatter.ANSWER_CARDS, {"instrument_id": "yok"}, "print.no-form"),
    ],
)
def test_that_what_is_lacking_is_said(study: Study, tmp_path: Path, matter: PrintedMatter, wanted: dict, code: str):
    assert refused(study, matter, tmp_path, **wanted) == code


def test_that_one_paper_form_is_made_at_a_time(study: Study, tmp_path: Path):
    both = [unit(study), unit(study, "Iğdır Nakliyat")]
    assert refused(study, PrintedMatter.PAPER_FORM, tmp_path, unit_ids=both) == "print.one-firm"


@pytest.mark.parametrize("name", ["liste.docx", "liste"])
def test_that_only_pdf_files_are_written(study: Study, tmp_path: Path, name: str):
    with pytest.raises(Refused, match=r"print\.not-pdf"):
        printing.print_to(study, PrintedMatter.DAY_LIST, tmp_path / name)


def test_that_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(study: Study, tmp_path: Path):
    with pytest.raises(Refused, match=r"report\.folder-missing"):
        printing.print_to(study, PrintedMatter.PAPER_FORM, tmp_path / "yok" / "form.pdf")
    (tmp_path / "klasor.pdf").mkdir()
    with pytest.raises(Refused, match=r"report\.target-is-a-folder"):
        printing.print_to(study, PrintedMatter.PAPER_FORM, tmp_path / "klasor.pdf")
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_that_firms_are_found_by_their_codes_and_unknown_ones_named(study: Study):
    rows = fieldwork.firms(study)
    assert printing.units_of(study, [rows[1].code.lower(), rows[0].code]) == (rows[1].unit_id, rows[0].unit_id)
    with pytest.raises(Refused) as refusal:
        printing.units_of(study, ["X1", rows[0].code, "X2"])
    assert [one.params["firm"] for one in refusal.value.problems] == ["X1", "X2"]


def test_that_a_free_name_is_proposed(study: Study):
    first = printing.proposed(study, "letter", "F0001 F0002")
    assert first.name == f"{study.path.stem}-tanitim-mektubu-F0001.pdf"
    first.write_bytes(b"")
    assert printing.proposed(study, "letter", "F0001").name == f"{study.path.stem}-tanitim-mektubu-F0001-2.pdf"


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_that_nothing_lies_on_anything_in_any_matter(answered: Study, tmp_path: Path, lang: str):  # noqa: F811
    field_texts.save(answered, "letter_body", lang, "uzun " * 900 + "\n\n" + "b" * 3_000)
    field_texts.save(answered, "call_objections", lang, "x" * 3_000 + " | " + "y " * 1_500)
    for matter in PrintedMatter:
        wanted = {"unit_ids": [unit(answered)]} if matter in printing.TAKES_FIRM else {}
        file = printed(answered, matter, tmp_path, lang=lang, **wanted)
        assert overlaps(file) == [], matter
        assert outside(file) == [], matter


def test_that_the_worker_prints_what_the_window_asks_for(study: Study, tmp_path: Path):
    code = fieldwork.firm_row(study, unit(study)).code
    wanted = printing.Request(PrintedMatter.LETTER, day=DAY)
    asked = printing.params_of(wanted, tmp_path / "m.pdf", [code])
    answer = printing.carry_out(study, asked, studies.no_progress)
    assert answer["pages"] == 1
    assert answer["contents"] == [["Şişli Kimya", 1]]
    assert Path(answer["path"]).is_file()


def test_that_the_command_line_prints(study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    from kume_desktop import cli
    from tests.studies import PASSPHRASE

    code = fieldwork.firm_row(study, unit(study)).code
    path = study.path
    study.close()
    copy = tmp_path / "kopya"
    copy.mkdir()
    for file in (path, path.with_name(path.name + "-key")):
        shutil.copy(file, copy)
    monkeypatch.setenv("KUME_PASSPHRASE", PASSPHRASE)
    out = tmp_path / "mektup.pdf"
    call = ["print", "letter", str(copy / path.name), "--out", str(out), "--firm", code]
    assert cli.run(cli.parse(call)) == cli.DONE
    assert "1 sayfa" in capsys.readouterr().out
    assert "Şişli Kimya" in text_of(out)
    assert cli.run(cli.parse([*call[:-1], "YOK"])) == cli.CANNOT
    assert "YOK" in capsys.readouterr().err


def test_that_a_firm_stays_on_one_page_of_the_day_list_and_a_head_never_stands_alone(tmp_path: Path):
    def row(number: int, note: str) -> DayRow:
        return DayRow("14:30", f"Firma{number:03d}", "Kemalpaşa", "randevu", "2", note)

    heads = ("Ne zaman", "Son not")
    for first in range(12, 34, 3):
        visits_of_day = [row(number, f"Son{number:03d}bitti") for number in range(first)]
        besides = [row(number, "uzun not\n\n" * 60 + "son") for number in range(100, 110)]
        file = tmp_path / f"{first}.pdf"
        day = Day("Pazartesi", tuple(visits_of_day), tuple(besides), ("Bitmemiş",))
        write_batch(Batch(Frontmatter("Gün", "tr"), (day,)), file)
        for page in pages_of(file):
            firms = re.findall(r"Firma\d+", page)
            ends = re.findall(r"Son\d+bitti", page)
            assert len([one for one in firms if one < "Firma100"]) == len(ends)
            assert page.count(heads[0]) <= len(firms)
        assert sum(len(re.findall(r"Firma\d+", page)) for page in pages_of(file)) == first + 10


def test_that_the_worker_tells_what_could_not_be_printed(study: Study, tmp_path: Path):
    study.save_facts(replace(study.facts(), agency="漢字 شركة"))
    wanted = printing.Request(PrintedMatter.LETTER, (unit(study),))
    answer = printing.carry_out(study, printing.params_of(wanted, tmp_path / "mektup.pdf"), lambda *_given: None)
    told = printing.unshown(answer["lost"], answer["unshaped"])
    assert [one.code for one in told] == ["print.signs-lost", "print.signs-unshaped"]
    assert "字 漢" in texts.say(told[0])
    assert printing.unshown("", False) == ()

"""The paper form of the two questionnaires: everything once, in order, in both languages, nothing on anything else."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from kume_desktop.interview import page
from kume_desktop.reports.paper import compose
from kume_desktop.reports.paper.content import Battery, Heading, PaperForm, Roster
from kume_desktop.reports.paper.document import written
from kume_desktop.reports.paper.form import FormStory, front_of, write_form
from kume_desktop.services import forms
from tests.reports.paper.papers import blank, bundled, paper, parts_of, question, questions
from tests.reports.paper.reading import outside, overlaps, pages_of, text_of

EVERY = [(name, lang) for name in forms.BUNDLED for lang in ("tr", "en")]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], tuple[PaperForm, Path]]:
    """Both questionnaires in both languages."""
    folder, made = tmp_path_factory.mktemp("papers"), {}
    for name, lang in EVERY:
        form, tables = bundled(name)
        told = paper(form, lang, tables)
        file = folder / f"{name}-{lang}.pdf"
        write_form(told, file)
        made[name, lang] = told, file
    return made


def _bare(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"</?[biu]>", "", text.replace("<br>", " "))).split())


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_that_every_question_is_printed_once_in_the_order_of_the_screen(printed, name: str, lang: str):
    told, file = printed[name, lang]
    form, _tables = bundled(name)
    numbers = [one.number for one in questions(told) if not one.is_note]
    reasons = form.outline.reasons
    assert numbers == [number for path, number in form.outline.numbers.items() if path not in reasons]
    assert {one.path for one in questions(told)} <= set(form.items)
    text, at = text_of(file), 0
    for one in questions(told):
        words = _bare(one.title).split()
        found = re.search(r"\s*".join(map(re.escape, words[:12])), text[at:]) if words else None
        if "………" not in one.title:
            assert found is not None, one.number
            at += found.start()


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_that_no_text_lies_on_another_or_beyond_the_page(printed, name: str, lang: str):
    _told, file = printed[name, lang]
    assert overlaps(file) == []
    assert outside(file) == []


@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_that_each_rule_is_printed_beside_its_question(printed, name: str, lang: str):
    told, file = printed[name, lang]
    text = text_of(file)
    form, _tables = bundled(name)
    ruled = [node.path for node in form.instrument.nodes() if node.relevant and node.path in form.outline.numbers]
    asked = {one.path: one for one in questions(told)}
    assert [path for path in ruled if path in asked and not asked[path].skip] == []
    lacking = [one.skip for one in asked.values() if one.skip and " ".join(one.skip.split()) not in text]
    assert lacking == []


def test_that_a_section_a_group_and_a_question_say_who_is_asked(printed):
    told, _file = printed["is_ihtiyac", "tr"]
    assert told.sections[2].rule == "Bu bölüm yalnız 2.2 “Evet” ise sorulur."
    heads = [part.rule for part in parts_of(told) if isinstance(part, Heading)]
    assert "3.7–3.11: Yalnız 3.6 “Hayır” değilse sorun." in heads
    assert question(told, "uretim_insan_eksik").skip == "Yalnız 4.1 yanıtı 1 ile 3 arasında ise sorun."
    assert question(told, "gorev_diger").skip == "Yalnız 3.1 “Diğer” ise sorun."


def test_that_an_arrow_leads_past_what_is_not_asked(printed):
    told, file = printed["is_ihtiyac", "tr"]
    arrows = {choice.code: choice.go_to for choice in question(told, "katilim").choices}
    assert arrows == {"1": "", "2": "→ 8.1 sorusuna geçin", "3": "→ 8.1 sorusuna geçin"}
    assert "→ 8.1 sorusuna geçin" in text_of(file)
    assert {choice.go_to for choice in question(told, "gorev").choices} == {""}, (
        "a follow-up says by itself who is asked"
    )


def test_that_codes_are_those_that_the_screen_asks_for(printed):
    told, _file = printed["is_ihtiyac", "tr"]
    form, tables = bundled("is_ihtiyac")
    asked = question(told, "gorev")
    on_screen = page.choices(blank(form, "tr", tables), asked.path)
    assert [choice.code for choice in asked.choices] == [choice.key for choice in on_screen]
    assert [choice.code for choice in asked.choices if choice.is_reserve] == ["9", "0"]


def test_that_a_battery_has_its_heads_once(printed):
    told, file = printed["is_ihtiyac", "tr"]
    batteries = [part for part in parts_of(told) if isinstance(part, Battery)]
    assert [len(one.rows) for one in batteries] == [5, 5]
    assert [choice.key for choice in batteries[0].options] == ["1", "2", "3", "4", "5"]
    assert [choice.key for choice in batteries[0].reserves] == ["8", "9", "0"]
    assert text_of(file).count("Kesinlikle Yeterli Düzeyde") == 2


def test_that_a_number_and_the_reason_why_it_is_blank_are_one_question(printed):
    told, _file = printed["is_ihtiyac", "tr"]
    one = question(told, "kurulus_yili")
    assert one.boxes[0].groups == (4,)
    assert [choice.code for choice in one.choices] == ["9", "0"]
    assert all(choice.is_reserve for choice in one.choices)


def test_that_what_depends_on_the_firm_is_a_named_blank_without_one(printed):
    told, file = printed["is_ihtiyac", "tr"]
    assert "……… (cerceve unvan)" in question(told, "unvan_dogru").title
    assert "üretim / hizmet sunumu" in _bare(question(told, "uretim_insan").title).lower()
    assert "2025 yılında" in question(told, "calisan_sayisi").title, "the year is a fact of the study"
    assert "Kalkınma Ajansı" in text_of(file)


def test_that_what_depends_on_the_firm_is_printed_where_it_is_given():
    form, tables = bundled("is_ihtiyac")
    code = tables["firmalar"][0]["name"]
    interview = blank(form, "tr", tables, {"firma_kodu": code})
    told = compose.paper_form(interview, "tr", given=("firma_kodu",), firm="Deneme", code=code)
    assert tables["firmalar"][0]["unvan"] in question(told, "unvan_dogru").title
    assert "Üretim için" in question(told, "uretim_insan").title
    assert question(told, "firma_kodu").note == code
    assert "………" in question(told, "aydinlatma_metni").title, "the interviewer's name is not known"


def test_that_other_firms_are_never_listed(printed):
    _form, tables = bundled("is_ihtiyac")
    for _told, file in printed.values():
        text = text_of(file)
        assert [row["label"] for row in tables["firmalar"] if row.get("label") and row["label"] in text] == []


def test_that_what_this_study_never_asks_takes_no_room(printed):
    told, _file = printed["kumelenme_duzeyi", "tr"]
    never = question(told, "iliski_kurum")
    assert never.unasked == "Bu çalışmada sorulmuyor."
    assert never.number == "7.10"


def test_that_a_repeat_is_a_table_with_blank_rows(printed):
    told, _file = printed["kumelenme_duzeyi", "tr"]
    roster = next(part for part in parts_of(told) if isinstance(part, Roster))
    assert roster.rows == compose.BLANK_ROWS
    assert "7.10 sorusunda işaretlenen her seçenek için bir satır doldurun." in roster.note


def test_that_every_page_says_what_it_belongs_to(printed):
    told, file = printed["kumelenme_duzeyi", "tr"]
    pages = pages_of(file)
    for number, text in enumerate(pages, start=1):
        assert f"sayfa {number} / {len(pages)}" in text
        assert told.title in text
        assert f"sürüm {told.version} · {told.content_hash[:12]}" in text
        assert "Firma kodu" in text


def test_that_the_file_names_itself_and_its_language(printed):
    _told, file = printed["is_ihtiyac", "tr"]
    reader = PdfReader(file)
    assert reader.metadata is not None
    assert reader.metadata.title == "Küme İş ve İhtiyaç Analizi"
    assert reader.metadata.author == "Ajans"
    assert reader.trailer["/Root"]["/Lang"] == "tr-TR"
    assert [entry.title for entry in reader.outline][:2] == ["1. Başlangıç", "2. Aydınlatma"]


def test_that_letters_are_embedded_and_only_those_used(printed):
    _told, file = printed["is_ihtiyac", "tr"]
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for each in PdfReader(file).pages
        for font in each["/Resources"]["/Font"].values()
    }
    used = {name for name in fonts if "Inter" in name}
    assert used
    assert used == set(fonts), "a letter outside the file would look different elsewhere"
    assert all("+" in name and "/FontFile2" in fonts[name]["/FontDescriptor"] for name in used)
    assert file.stat().st_size < 400_000


def test_that_the_same_form_gives_the_same_bytes(printed):
    told, file = printed["is_ihtiyac", "tr"]
    again, _printed = written(list(FormStory(told).story()), front_of(told))
    assert again == file.read_bytes()


def test_that_a_question_never_breaks_over_two_pages(printed):
    told, file = printed["is_ihtiyac", "tr"]
    pages = pages_of(file)
    for one in questions(told):
        words = " ".join(_bare(one.title).split()[:6])
        if one.is_note or "………" in one.title or not one.choices or not words:
            continue
        last = _bare(one.choices[-1].label)
        assert any(words in text and last in text for text in pages), one.number

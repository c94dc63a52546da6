"""A form with every kind of question, repeats in repeats, hostile texts, and one with three thousand questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kume_desktop.interview.labels import rich
from kume_desktop.reports.paper.content import Answer, Boxes, Roster
from kume_desktop.reports.paper.form import FormStory, write_form
from kume_desktop.reports.paper.letters import markup, plain
from tests.reports.paper.papers import HEAD, Rows, form_of, paper, paper_of, parts_of, question, questions, row
from tests.reports.paper.reading import outside, overlaps, pages_of, text_of

CHOICES = (
    ("renk", "1", "Kırmızı"), ("renk", "2", "Yeşil"), ("renk", "96", "Diğer"),
    ("olcek", "1", "Hiç"), ("olcek", "2", "Biraz"), ("olcek", "3", "Çok"),
    *(("uzun", f"c{number:03d}", f"Seçenek {number}") for number in range(70)),
)  # fmt: skip
EVERY_KIND: Rows = (
    row("begin_group", "a", "Bölüm A"),
    row("note", "giris", "Okuyun: *vurgulu* ve **kalın** metin"),
    row("select_one renk", "bir", "Tek seçim", required="yes"),
    row("text", "bir_diger", "Diğer: hangisi?", relevant="${bir} = '96'"),
    row("select_multiple renk", "cok", "Çok seçim", constraint="count-selected(.) <= 2"),
    row("rank renk", "sira", "Sıraya koyun"),
    row("range", "puan", "Puan", parameters="start=0 end=10 step=1"),
    row("range", "oran", "Oran", parameters="start=0 end=100 step=2.5"),
    row("integer", "kisi", "Kaç kişi?", constraint=". <= 250"),
    row("integer", "ciro", "Ciro", appearance="thousands-sep", constraint=". < 1000000"),
    row("decimal", "agirlik", "Ağırlık"),
    row("date", "gun", "Hangi gün?"),
    row("date", "ay", "Hangi ay?", appearance="month-year"),
    row("date", "yil", "Hangi yıl?", appearance="year"),
    row("time", "saat", "Saat kaçta?"),
    row("dateTime", "an", "Ne zaman?"),
    row("text", "ad", "Ad"),
    row("text", "anlat", "Anlatın", appearance="multiline"),
    row("acknowledge", "onay", "Okudum"),
    row("barcode", "kod", "Barkod"),
    row("geopoint", "yer", "Nerede?"),
    row("geotrace", "yol", "Yol"),
    row("image", "resim", "Resim"),
    row("audio", "ses", "Ses"),
    row("file", "dosya", "Dosya"),
    row("select_one uzun", "listeden", "Uzun listeden"),
    row("text", "hesap", "Hesap", calculation="1 + 1"),
    row("end_group", "", ""),
    row("begin_group", "b", "Bölüm B", relevant="${bir} != '2'"),
    row("begin_group", "batarya", "Batarya", appearance="field-list likert"),
    row("note", "kok", "Her biri için söyleyin"),
    row("select_one olcek", "b1", "Birinci", required="yes"),
    row("select_one olcek", "b2", "İkinci", relevant="${bir} = '1'"),
    row("end_group", "", ""),
    row("begin_repeat", "makine", "Makineler", repeat_count="3"),
    row("text", "makine_adi", "Makinenin adı"),
    row("select_one renk", "makine_rengi", "Rengi"),
    row("begin_repeat", "parca", "Parçalar"),
    row("integer", "parca_sayisi", "Sayısı"),
    row("end_repeat", "", ""),
    row("end_repeat", "", ""),
    row("end_group", "", ""),
)


@pytest.fixture(scope="module")
def every():
    """The paper of the form with every kind."""
    return paper_of(EVERY_KIND, CHOICES)


def test_that_each_kind_is_answered_as_paper_has_it(every):
    found = {one.path.rpartition("/")[2]: one.answer for one in questions(every)}
    assert found == {
        "giris": Answer.NONE, "bir": Answer.ONE, "bir_diger": Answer.LINES, "cok": Answer.SEVERAL,
        "sira": Answer.ORDER, "puan": Answer.SCALE, "oran": Answer.NUMBER, "kisi": Answer.NUMBER,
        "ciro": Answer.NUMBER, "agirlik": Answer.NUMBER, "gun": Answer.DATE, "ay": Answer.DATE, "yil": Answer.DATE,
        "saat": Answer.DATE, "an": Answer.DATE, "ad": Answer.LINES, "anlat": Answer.LINES, "onay": Answer.TICK,
        "kod": Answer.LINES, "yer": Answer.PLACE, "yol": Answer.PLACE, "resim": Answer.FILE, "ses": Answer.FILE,
        "dosya": Answer.FILE, "listeden": Answer.CODE, "hesap": Answer.LINES, "b1": Answer.ONE, "b2": Answer.ONE,
        "makine_adi": Answer.LINES, "makine_rengi": Answer.ONE, "parca_sayisi": Answer.NUMBER,
    }  # fmt: skip


def test_that_boxes_fit_what_may_be_written(every):
    assert question(every, "kisi").boxes == (Boxes((3,)),)
    assert question(every, "ciro").boxes == (Boxes((1, 3, 3), ""),)
    assert question(every, "agirlik").boxes == (Boxes((9, 2), ","),)
    assert question(every, "gun").boxes == (Boxes((2, 2, 4), ".", ("gün", "ay", "yıl")),)
    assert question(every, "ay").boxes == (Boxes((2, 4), ".", ("ay", "yıl")),)
    assert len(question(every, "an").boxes) == 2
    assert [choice.code or choice.label for choice in question(every, "puan").choices][-1] in ("0", "10")
    assert question(every, "anlat").lines == 4


def test_that_a_note_with_a_rule_is_read_and_not_asked():
    told = paper_of((row("text", "a", "A"), row("note", "n", "Okuyun", relevant="${a} = 'x'")))
    assert question(told, "n").skip == "Yalnız 1.1 yanıtı “x” ise okuyun."


def test_that_a_required_answer_with_a_rule_says_when():
    told = paper_of((row("integer", "a", "A"), row("text", "b", "B", required="${a} > 3")))
    assert question(told, "b").rules == ("1.1 yanıtı 3 üzerinde ise yanıtlanmalıdır.",)
    assert not question(told, "b").required


def test_that_a_filtered_list_is_printed_whole_and_says_what_filters_it():
    survey = (
        row("select_one renk", "a", "A"),
        row("select_one renk", "b", "B", choice_filter="name != ${a}"),
    )
    told = question(paper_of(survey, CHOICES), "b")
    assert [choice.label for choice in told.choices] == ["Kırmızı", "Yeşil", "Diğer"]
    assert told.rules == ("Hangi seçeneklerin geçerli olduğu şu yanıtlara bağlıdır: 1.1.",)


def test_that_decimals_are_those_of_the_language():
    told = paper_of((row("decimal", "x", "X"),), lang="en")
    assert question(told, "x").boxes == (Boxes((9, 2), "."),)


def test_that_a_repeat_has_the_rows_of_its_count_and_holds_its_own(every):
    roster = next(part for part in parts_of(every) if isinstance(part, Roster))
    assert roster.rows == 3
    assert [one.rows for one in roster.inner] == [5]
    assert [one.number for one in roster.questions] == ["2.3", "2.4"]


def test_that_everything_is_drawn_and_nothing_lies_on_anything(every, tmp_path: Path):
    file = tmp_path / "her.pdf"
    write_form(every, file)
    assert overlaps(file) == []
    assert outside(file) == []
    text = text_of(file)
    lacking = [one.number for one in questions(every) if one.number and one.number not in text]
    assert lacking == []
    assert "Yalnız 1.1 “Kırmızı” ise sorun." in text
    assert "Bu bölüm yalnız 1.1 “Yeşil” değilse sorulur." in text
    assert "Koşul: işaretlenen seçenek sayısı en çok 2 olmalı." in text
    assert "*vurgulu*" not in text


HOSTILE = (
    "a" * 10_000,
    "çok uzun " * 1_200,
    "<b>kalın <i>yatık</b> <script>alert('x')</script> <font size=99>",
    "1 < 2 && 3 > 2 &amp; &lt;b&gt; </para> <para>",
    "مرحبا بالعالم — שלום עולם \u202eters\u202c",
    "漢字 かな 한국어 ไทย हिन्दी 🎉🚀",
    "**a _b* c__ [d](e) # f",
    "zil\u200bsiz\u00ad ve \ufeffboş",
    "{kurum} %s ${x} {{ }}".replace("${x}", "$ {x}"),
    "satır\nsatır\n\n\nsatır",
)


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_that_no_text_of_a_form_breaks_its_paper(label: str, tmp_path: Path):
    choices = (("liste", "1", label), ("liste", "2", "İkinci"), ("liste", "3", label[::-1]))
    survey = (
        row("begin_group", "g", label),
        row("text", "a", label, label),
        row("select_one liste", "b", label, relevant="${a} = 'x'"),
        row("select_multiple liste", "c", "Kısa", label),
        row("note", "d", label),
        row("end_group", "", ""),
        row("begin_group", "h", "Batarya", appearance="field-list likert"),
        row("select_one liste", "e", label),
        row("select_one liste", "f", "Kısa"),
        row("end_group", "", ""),
        row("begin_repeat", "r", label),
        row("text", "i", label),
        row("end_repeat", "", ""),
    )
    file = tmp_path / "kotu.pdf"
    printed = write_form(paper_of(survey, choices), file)
    assert printed.pages == len(pages_of(file)) < 400
    assert overlaps(file) == []
    assert outside(file) == []
    assert "2.2" in text_of(file)


def test_that_letters_of_other_scripts_are_printed(tmp_path: Path):
    file = tmp_path / "dil.pdf"
    write_form(paper_of((row("text", "a", "Ελληνικά Кириллица עברית ığüşöçİĞÜŞÖÇ"),)), file)
    text = text_of(file)
    for word in ("Ελληνικά", "Кириллица", "ığüşöçİĞÜŞÖÇ"):
        assert word in text


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_that_any_text_becomes_markup_that_can_be_read(text: str):
    from reportlab.platypus import Paragraph

    from kume_desktop.reports.paper.letters import style

    for told in (markup(rich(text)), plain(text)):
        assert Paragraph(told, style("body")).wrap(300, 10_000)[1] >= 0


def test_that_three_thousand_questions_are_printed(tmp_path: Path):
    survey = tuple(
        line
        for at in range(60)
        for line in (
            row("begin_group", f"g{at}", f"Bölüm {at}"),
            *(
                row(
                    ("select_one renk", "integer", "text", "select_multiple renk", "decimal")[number % 5],
                    f"s{at}_{number}x",
                    f"Soru {at} {number}: nedir?",
                    relevant=f"${{s{at}_{number - 5}x}} = '1'" if number % 5 == 0 and number else "",
                )
                for number in range(50)
            ),
            row("end_group", "", ""),
        )
    )
    told = paper_of(survey, CHOICES)
    assert len(questions(told)) == 3_000
    printed = write_form(told, tmp_path / "uzun.pdf")
    assert 200 < printed.pages < 700
    assert [entry.title for entry in printed.contents][-1] == "60. Bölüm 59"
    reader = PdfReader(tmp_path / "uzun.pdf")
    assert len(reader.pages) == printed.pages
    assert f"sayfa {printed.pages} / {printed.pages}" in reader.pages[-1].extract_text()
    assert "60.50" in reader.pages[-1].extract_text()


def test_that_the_story_of_a_form_can_be_made_twice(every):
    assert len(list(FormStory(every).story())) == len(list(FormStory(every).story()))


def test_that_what_the_program_would_ask_about_stands_at_its_question():
    head = (*HEAD, "warn", "warn_message")
    survey = (
        (*row("integer", "a", "Kaç kişi?"), ". > 50", "Emin misiniz?"),
        (*row("integer", "b", "Kaç ülke?"), ". > 60", ""),
        (*row("text", "c", "Ürün"), "regex(., 'x+')", "Açık yazın."),
        (*row("integer", "d", "Hiç"), "false()", "Olmaz"),
    )
    made = paper(form_of(survey, head=head))
    assert question(made, "a").rules == ("Dikkat, yanıt 50 üzerinde ise: Emin misiniz?",)
    assert question(made, "b").rules == ("Dikkat, yanıt 60 üzerinde ise: yeniden sorun.",)
    assert question(made, "c").rules == ("Dikkat: Açık yazın.",)
    assert question(made, "d").rules == ()


def test_that_signs_without_a_font_are_told_and_never_only_a_box(tmp_path: Path):
    clean = write_form(paper_of((row("text", "a", "Ürün ığüşöç Ελληνικά Кириллица"),)), tmp_path / "a.pdf")
    assert (clean.lost, clean.unshaped) == ("", False)
    lacking = write_form(paper_of((row("text", "a", "Adı 漢字 漢"), row("text", "b", "한"))), tmp_path / "b.pdf")
    assert (lacking.lost, lacking.unshaped) == ("字漢한", False)
    assert "□□" in text_of(tmp_path / "b.pdf")
    assert write_form(paper_of((row("text", "a", "مرحبا"),)), tmp_path / "c.pdf").unshaped
    assert write_form(paper_of((row("text", "a", "שלום"),)), tmp_path / "d.pdf").unshaped

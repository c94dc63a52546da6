"""Every question, choice, check and flag of the specification is in the workbooks, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.forms.books import BOTH, CLUSTERING, EN, NEEDS, TR, Workbook, workbook
from tests.forms.wanted import CELLS, CHOICES, DISTRICTS, FLAGS, META, SECTIONS, WARNED

NAME = re.compile(r"[a-z][a-z0-9_]*")
REFERENCE = re.compile(r"\$\{(\w+)\}")
TRANSLATED = ("label", "hint", "guidance_hint", "required_message", "constraint_message", "warn_message")


@pytest.fixture(params=BOTH)
def book(request: pytest.FixtureRequest) -> Workbook:
    return workbook(request.param)


def test_that_every_section_asks_what_the_document_lists_in_its_order(book: Workbook) -> None:
    sections = book.sections
    assert list(sections) == list(SECTIONS[book.name])
    for section, names in SECTIONS[book.name].items():
        asked = [name for name in sections[section] if name in names]
        calculated = {name for name in names if book.named[name]["type"] == "calculate"}
        assert sorted(asked) == sorted(names), section
        assert [n for n in asked if n not in calculated] == [n for n in names if n not in calculated], section


def test_that_the_interview_notes_when_and_where_it_was_held(book: Workbook) -> None:
    assert [book.named[name]["type"] for name in META] == ["start", "end", "today", "deviceid"]


def test_that_every_choice_of_the_document_is_there_in_its_order(book: Workbook) -> None:
    for listed, codes in CHOICES[book.name].items():
        assert book.codes(listed) == codes, listed


def test_that_every_list_is_used_and_every_used_list_is_there(book: Workbook) -> None:
    used = {
        row["type"].split()[1] for row in book.survey if row["type"].startswith(("select_one ", "select_multiple "))
    }
    assert used == {row["list_name"] for row in book.choices}


def test_that_the_thirty_districts_have_ascii_names(book: Workbook) -> None:
    districts = [row for row in book.choices if row["list_name"] == "ilce"]
    assert [row[f"label::{TR}"] for row in districts[:30]] == DISTRICTS
    assert [row["name"] for row in districts[30:]] == ["96", "dk", "nr"]
    assert all(NAME.fullmatch(row["name"]) for row in districts[:30])


def test_that_reserve_answers_are_marked_and_never_numbers(book: Workbook) -> None:
    marked = {(row["name"], row.get("missing")) for row in book.choices}
    assert {pair for pair in marked if pair[1]} == {("na", "na"), ("dk", "dk"), ("nr", "nr")}
    assert not {row["name"] for row in book.choices} & {"97", "98", "99"}
    assert all(row["missing"] for row in book.choices if row["name"] in {"na", "dk", "nr"})


def test_that_names_are_ascii_and_unique(book: Workbook) -> None:
    names = [row["name"] for row in book.survey if not row["type"].startswith("end_")]
    assert len(set(names)) == len(names)
    assert all(NAME.fullmatch(name) for name in names)


def test_that_everything_shown_has_a_label_in_both_languages(book: Workbook) -> None:
    for row in (*book.shown, *book.choices):
        assert row.get(f"label::{TR}"), row
        assert row.get(f"label::{EN}"), row


def test_that_no_text_stands_in_one_language_only(book: Workbook) -> None:
    for row in book.survey:
        for column in TRANSLATED:
            assert (f"{column}::{TR}" in row) == (f"{column}::{EN}" in row), (row["name"], column)


def test_that_both_languages_name_the_same_kind_of_outputs(book: Workbook) -> None:
    for row in book.survey:
        for column in TRANSLATED:
            turkish, english = (len(REFERENCE.findall(row.get(f"{column}::{lang}", ""))) for lang in (TR, EN))
            assert turkish == english or row["name"] == "aydinlatma_metni", (row["name"], column)


def test_that_every_check_has_its_message_and_every_message_its_check(book: Workbook) -> None:
    for row in book.survey:
        assert ("constraint" in row) == (f"constraint_message::{TR}" in row), row["name"]
        assert ("warn" in row) == (f"warn_message::{TR}" in row), row["name"]
        assert ("required" in row) == (f"required_message::{TR}" in row), row["name"]


def test_that_the_soft_warnings_of_the_document_are_there(book: Workbook) -> None:
    assert [row["name"] for row in book.survey if "warn" in row] == WARNED[book.name]


def test_that_every_reference_names_a_question(book: Workbook) -> None:
    for row in (*book.survey, *book.choices, *book.settings, *book.indicators):
        for cell in row.values():
            assert set(REFERENCE.findall(cell)) <= book.named.keys(), cell


def test_that_every_question_is_flagged_and_every_personal_one_has_a_purpose(book: Workbook) -> None:
    wanted = {name: flag for flag, names in FLAGS.items() for name in names}
    for row in book.questions:
        fallback = "K3" if row["name"].endswith("_diger") else "-"
        if row["name"] == "ihtiyac_ozeti":
            fallback = "K2"
        assert row["personal"] == wanted.get(row["name"], fallback), row["name"]
        assert ("purpose" in row) == (row["personal"] != "-"), row["name"]
        assert row["origin"] in {"S", "I", "Own"}, row["name"]
    assert {book.named[name]["purpose"] for name in FLAGS["K1"]} == {"iletişim"}
    assert book.named["gorusmeci_kodu"]["purpose"] == "denetim"


def test_that_a_select_with_other_opens_a_required_text(book: Workbook) -> None:
    for row in book.questions:
        kind, *listed = row["type"].split()
        if kind not in {"select_one", "select_multiple"} or "96" not in book.codes(listed[0]).split():
            continue
        opened = book.named[f"{row['name']}_diger"]
        assert (opened["type"], opened["required"], opened["personal"]) == ("text", "yes", "K3")
        assert f"${{{row['name']}}}" in opened["relevant"]
        assert "'96'" in opened["relevant"]


def test_that_a_number_is_optional_and_its_absence_is_explained(book: Workbook) -> None:
    for row in book.questions:
        if row["type"] == "integer":
            reason = book.named[f"{row['name']}_neden"]
            assert "required" not in row
            assert (reason["type"], reason["required"]) == ("select_one neden_bos", "yes")
            assert f"${{{row['name']}}} = ''" in reason["relevant"]


def test_that_none_and_the_reserve_answers_stand_alone(book: Workbook) -> None:
    multiples = [row for row in book.questions if row["type"].startswith("select_multiple ")]
    assert len(multiples) > 7
    for row in multiples:
        for code in ("0", "na", "dk", "nr"):
            assert f"selected(., '{code}')" in row["constraint"], row["name"]


def test_that_questions_are_required_unless_the_document_says_optional(book: Workbook) -> None:
    optional = {"gorusmeci_kodu", "nace_saha", "iliski_kurum", "danisilan", "yan_ad", "yan_tel", "yan_eposta"}
    optional |= {"uretim_acil", "pazarlama_acil", "sonuc_notu"}
    for row in book.questions:
        if row["type"] not in {"integer", "note"}:
            assert ("required" in row) == (row["name"] not in optional), row["name"]


def test_that_the_batteries_are_one_screen_of_five_likert_rows() -> None:
    book = workbook(NEEDS)
    for function, cells in (("uretim", CELLS[:5]), ("pazarlama", CELLS[5:])):
        assert book.named[f"{function}_kaynaklar"]["appearance"] == "field-list"
        for cell in cells:
            row = book.named[cell]
            assert (row["type"], row["appearance"]) == ("select_one yeterlik", "likert")
            assert row[f"guidance_hint::{TR}"]
            assert f"hint::{TR}" not in row


def test_that_the_order_of_the_priorities_is_rotated_by_firm() -> None:
    row = workbook(NEEDS).named["oncelik_1"]
    assert row["parameters"] == "randomize=true, seed=${siralama_tohumu}"
    assert "${firma_kodu}" in workbook(NEEDS).named["siralama_tohumu"]["calculation"]


def test_that_the_notice_says_who_why_to_whom_on_what_ground_and_for_how_long(book: Workbook) -> None:
    notice = book.named["aydinlatma_metni"]
    wanted = {"kurum", "gorusmeci", "hukuki_sebep", "alicilar", "saklama_suresi", "basvuru"}
    for language, area in ((TR, "alan_adi"), (EN, "alan_adi_en")):
        assert set(REFERENCE.findall(notice[f"label::{language}"])) == wanted | {area}
    assert ("yirmi beş dakika" in notice[f"label::{TR}"]) == (book.name == CLUSTERING)
    assert ("kümelenme düzeyini" in notice[f"label::{TR}"]) == (book.name == CLUSTERING)


def test_that_consent_is_a_separate_act_without_default(book: Workbook) -> None:
    section_of = {name: section for section, names in book.sections.items() for name in names}
    assert section_of["acik_riza"] != section_of["aydinlatma_okundu"]
    assert "default" not in book.named["acik_riza"]
    assert all(book.named[name]["relevant"] == "${acik_riza} = '1'" for name in FLAGS["K1"])


def test_that_the_tests_sheet_only_uses_questions_and_indicators_of_the_form(book: Workbook) -> None:
    known = book.named.keys() | {row["code"] for row in book.indicators}
    for row in book.tests:
        if row["verb"] not in {"set", "begin", "reload", "expect_complete", "expect_not_complete"}:
            assert row["target"].partition("[")[0] in known, row

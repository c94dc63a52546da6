"""The two forms as interviews: their own tests, what a second form takes over, what depends on the study."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kume_desktop.instruments.check import check
from kume_desktop.interview import page
from kume_desktop.interview.carry import carry_over
from kume_desktop.interview.testing import run_tests
from tests.forms.books import BOTH, CLUSTERING, NEEDS, content, table
from tests.forms.conversation import IDENTITY, MORNING, Conversation, begin, form, instrument
from tests.forms.wanted import CELLS

TABLES = {name: table(name) for name in ("firmalar", "calisma", "nace", "kurumlar", "kobi")}


@pytest.mark.parametrize("name", BOTH)
def test_that_the_form_check_finds_nothing(name: str) -> None:
    found = check(f"{name}.xlsx", content(name), TABLES)
    assert found == ()


@pytest.mark.parametrize("name", BOTH)
def test_that_every_case_of_the_tests_sheet_holds(name: str) -> None:
    report = run_tests(instrument(name), TABLES)
    assert [problem for case in report.cases for problem in case.problems] == []
    assert report.passed
    assert len(report.cases) > 11


@pytest.mark.parametrize("name", BOTH)
def test_that_titles_are_there_in_both_languages(name: str) -> None:
    title = instrument(name).title
    assert title["tr"] != title["en"]


def after_needs() -> Conversation:
    """A needs interview that was answered up to the consent."""
    return begin(NEEDS).answer(IDENTITY | {"ihracat_var": "1", "acik_riza": "1", "yan_ad": "Deneme Kişi"})


def follow(needs: Conversation, **kwargs: object) -> Conversation:
    """The clustering interview of the same visit."""
    return begin(CLUSTERING, carry_over(needs.interview, form(CLUSTERING)), **kwargs)


def test_that_the_second_form_shows_what_it_took_over_and_asks_one_question() -> None:
    talk = follow(after_needs())
    assert talk.value("tasindi") == "1"
    assert talk.asks("ihtiyac_ozeti")
    assert talk.asks("kimlik_dogru")
    assert [talk.value(name) for name in ("gorev", "ana_urun", "calisan_sayisi", "acik_riza", "yan_ad")] == [
        "2", "Endüstriyel boya", "60", "1", "Deneme Kişi",
    ]  # fmt: skip
    shown = {row.name: row for screen in page.screens(talk.interview) for row in screen.rows}
    assert "Endüstriyel boya" in shown["ihtiyac_ozeti"].title
    assert "Genel müdür" in shown["ihtiyac_ozeti"].title
    assert "Bornova" in shown["ihtiyac_ozeti"].title
    assert not talk.asks("aydinlatma_metni")


def test_that_what_was_taken_over_is_fixed_until_it_is_to_be_corrected() -> None:
    talk = follow(after_needs())
    assert talk.answer({"kimlik_dogru": "1"}).refuses("calisan_sayisi", "70")
    assert not talk.answer({"kimlik_dogru": "2"}).refuses("calisan_sayisi", "70")


def test_that_a_district_corrected_in_the_first_form_stays_corrected_in_the_second() -> None:
    needs = after_needs().answer({"ilce": "konak"})
    assert follow(needs).value("ilce") == "konak"


def test_that_a_first_interview_is_asked_everything() -> None:
    talk = begin(CLUSTERING)
    assert not talk.asks("kimlik_dogru")
    assert not talk.asks("ihtiyac_ozeti")
    assert talk.asks("aydinlatma_metni")
    assert not talk.answer(IDENTITY).refuses("calisan_sayisi", "70")
    assert not talk.asks("kimlik_dogru")


def test_that_the_notice_is_given_again_to_another_respondent() -> None:
    talk = follow(after_needs()).answer({"ayni_yetkili": "1"})
    assert not talk.asks("aydinlatma_yeniden_okundu")
    talk.answer({"ayni_yetkili": "2"})
    assert talk.asks("aydinlatma_metni")
    assert talk.refuses("aydinlatma_yeniden_okundu", "3")
    talk.answer({"aydinlatma_yeniden_okundu": "1"})
    assert talk.value("aydinlatma_yeniden_surumu") == "AYD-D-2026-1"
    assert talk.value("aydinlatma_yeniden_zamani").startswith("2026-11-24T10:00")
    assert talk.value("aydinlatma_surumu") == "AYD-2026-1"


@pytest.mark.parametrize(("days", "again"), [(0, False), (1, False), (2, True), (9, True)])
def test_that_the_notice_is_given_again_after_more_than_a_day(days: int, again: bool) -> None:
    talk = follow(after_needs(), now=MORNING + timedelta(days=days, hours=1)).answer({"ayni_yetkili": "1"})
    assert talk.value("aydinlatma_zamani").startswith("2026-11-24T10:00")
    assert talk.asks("aydinlatma_yeniden_okundu") == again


@pytest.mark.parametrize("name", BOTH)
def test_that_an_interview_from_the_list_keeps_its_firm(name: str) -> None:
    assert begin(name).refuses("firma_kodu", "")
    assert begin(name, {"firma_kodu": ""}).value("listeden") == ""


def test_that_the_notice_speaks_for_the_study_in_the_language_of_the_interview() -> None:
    study = {"kurum": "Deneme Ajansı", "basvuru": "kvkk@deneme.example", "gorusmeci_g01": "Görüşmeci Bir"}
    turkish, english = (
        next(
            row.title
            for screen in page.screens(talk.interview)
            for row in screen.rows
            if row.name == "aydinlatma_metni"
        )
        for talk in (begin(NEEDS, study=study), begin(NEEDS, study=study, language="en"))
    )
    assert "ben Deneme Ajansı adına Görüşmeci Bir. Kimya sektöründeki" in turkish
    assert "I am Görüşmeci Bir for Deneme Ajansı. We study the needs of firms in Chemicals." in english
    assert "kvkk@deneme.example" in english


def test_that_the_bands_of_net_sales_follow_the_limits_in_force() -> None:
    for year, limits in (("2025", ("10", "100", "1000")), ("2022", ("5", "50", "250")), ("2019", ("3", "25", "125"))):
        talk = begin(CLUSTERING, study={"referans_yili": year}).answer(IDENTITY)
        rows = [row for screen in page.screens(talk.interview) for row in screen.rows if row.name == "ciro_band"]
        labels = [choice.label for choice in rows[0].choices]
        assert labels[0] == f"En çok {limits[0]} milyon TL"
        assert labels[3] == f"{limits[2]} milyon TL'den çok"


@pytest.mark.parametrize(
    ("cell", "probed"),
    [("1", True), ("2", True), ("3", True), ("4", False), ("5", False), ("na", False), ("dk", False)],
)
def test_that_a_cell_is_probed_at_three_or_below(cell: str, probed: bool) -> None:
    talk = begin(NEEDS).answer(IDENTITY)
    for name in CELLS:
        assert talk.answer({name: cell}).asks(f"{name}_eksik") == probed


def test_that_the_order_of_the_ten_cells_changes_from_firm_to_firm_and_holds_for_one() -> None:
    def order(code: str) -> list[str]:
        talk = begin(NEEDS, frame={"name": code}).answer(IDENTITY)
        rows = [row for screen in page.screens(talk.interview) for row in screen.rows if row.name == "oncelik_1"]
        return [choice.name for choice in rows[0].choices]

    orders = [order(f"KIM-{number:03}") for number in range(1, 9)]
    assert all(sorted(found) == sorted([*CELLS, "0", "dk", "nr"]) for found in orders)
    assert len({tuple(found) for found in orders}) > 4
    assert order("KIM-003") == orders[2]


def test_that_a_battery_is_one_screen_with_the_heads_of_the_scale() -> None:
    talk = begin(NEEDS).answer(IDENTITY)
    batteries = [screen for screen in page.screens(talk.interview) if screen.likert is not None]
    assert [[row.name for row in screen.rows] for screen in batteries] == [list(CELLS[:5]), list(CELLS[5:])]
    head = batteries[0].likert
    assert head is not None
    assert head.options[0].label == "Kesinlikle Yetersiz Düzeyde"
    assert [reserve.missing for reserve in head.reserves] == ["na", "dk", "nr"]
    assert "üretim için kullandığınız beş kaynağı" in batteries[0].stem

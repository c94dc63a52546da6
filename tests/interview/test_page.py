# ruff: noqa: E501 - forms are wide tables
"""What the interview page gets: sections, screens, rows, keys, progress, and finding a question."""

from __future__ import annotations

import pytest

from kume_desktop.interview import page
from kume_desktop.interview.labels import bare, rich
from tests.interview.scenario import Scenario, compiled

SCALE = """
| list_name | name | label | missing |
| y | 1 | Çok az | |
| y | 2 | Az | |
| y | 3 | Orta | |
| y | 4 | İyi | |
| y | 5 | Çok iyi | |
| y | nr | Yanıt yok | nr |
| y | na | Uygulanamaz | na |
| y | dk | Bilmiyor | dk |
| evet | 1 | Evet | |
| evet | 0 | Hayır | |
| evet | nr | Yanıt yok | nr |
"""
FORM = """
| type | name | label | hint | guidance_hint | appearance | relevant | required | default | calculation |
| start | basla | | | | | | | | |
| text | once | Baştaki | | | | | | | |
| begin group | a | Bölüm A | | | | | | | |
| note | bilgi | Merhaba **siz** | | | | | | | |
| select_one evet | var | Var <mı>? | Sorun: *evet* | Uzun açıklama | | | yes | | |
| integer | sayi | Kaç? | | | | ${var} = '1' | yes | | |
| select_one evet | sayi_neden | Neden boş? | | | | ${var} = '1' and ${sayi} = '' | yes | | |
| text | yorum | Yorum | | | multiline | | | | |
| end group | | | | | | | | | |
| begin group | b | Bölüm B | | | | ${var} = '1' | | | |
| begin group | bl | Kaynaklar | | | field-list | | | | |
| note | kok | Beş **kaynak** | | | | | | | |
| select_one y | k1 | Birinci | örnek | | likert | | yes | | |
| select_one y | k2 | İkinci | | | likert | | yes | | |
| text | k3 | Üçüncü | | | | | | | |
| end group | | | | | | | | | |
| decimal | oran | Oran | | | | | | | |
| end group | | | | | | | | | |
| calculate | gizli | | | | | | | | ${sayi} * 2 |
"""


@pytest.fixture
def talk() -> Scenario:
    return Scenario.of(FORM, SCALE)


def test_that_sections_are_numbered_and_an_irrelevant_one_says_why(talk):
    found = page.sections(talk.interview)
    assert [(s.number, s.title, s.relevant, s.because) for s in found] == [
        (1, "Deneme", True, ()),
        (2, "Bölüm A", True, ()),
        (3, "Bölüm B", False, ("2.1",)),
    ]
    assert found[2].screens == ()


def test_that_progress_counts_required_questions_and_given_answers(talk):
    assert page.progress(talk.interview) == (0, 1)
    talk.answer("var", "1")
    assert page.progress(talk.interview) == (1, 5)
    talk.answer("sayi", "3").answer("yorum", "x")
    assert page.progress(talk.interview) == (3, 5)
    second, third = page.sections(talk.interview)[1:]
    assert (second.answered, second.asked, second.done) == (3, 3, True)
    assert (third.answered, third.asked, third.done) == (0, 2, False)


def test_that_numbers_stay_and_follow_ups_have_letters(talk):
    numbers = talk.form.outline.numbers
    assert {path.rpartition("/")[2]: number for path, number in numbers.items()} == {
        "once": "1.1", "var": "2.1", "sayi": "2.2", "sayi_neden": "2.2a", "yorum": "2.3",
        "k1": "3.1", "k2": "3.2", "k3": "3.3", "oran": "3.4",
    }  # fmt: skip


def test_that_a_battery_has_heads_and_a_stem(talk):
    talk.answer("var", "1")
    screens = [s for s in page.screens(talk.interview) if s.section.number == 3]
    battery, rest = screens
    assert (battery.title, battery.stem, battery.stem_rich) == ("Kaynaklar", "Beş kaynak", "Beş <b>kaynak</b>")
    assert [c.key for c in battery.likert.options] == ["1", "2", "3", "4", "5"]
    assert [(c.missing, c.key) for c in battery.likert.reserves] == [("na", "8"), ("dk", "9"), ("nr", "0")]
    assert [(r.name, r.likert) for r in battery.rows] == [("k1", True), ("k2", True), ("k3", False)]
    assert rest.likert is None
    assert rest.title == ""


def test_that_a_row_has_everything_its_widget_needs(talk):
    row = talk.row("var")
    assert (row.title, row.title_rich) == ("Var <mı>?", "Var &lt;mı&gt;?")
    assert (row.second, row.second_rich, row.guidance) == ("Sorun: evet", "Sorun: <i>evet</i>", "Uzun açıklama")
    assert [(c.name, c.key) for c in row.choices] == [("1", "1"), ("0", "2"), ("nr", "0")]
    assert (row.required, row.value, row.display, row.likert) == (True, "", "", False)
    assert talk.row("bilgi").read_only
    assert talk.row("yorum").appearance == {"multiline"}
    assert talk.answer("var", "1").row("var").display == "Evet"


def test_that_values_are_shown_as_people_read_them():
    survey = "| type | name | label |\n| decimal | o | O |\n| date | d | D |\n| time | t | T |\n| datetime | m | M |\n| select_multiple y | s | S |"
    talk = Scenario.of(survey, SCALE).answer("o", "12,5").answer("d", "22.11.2026").answer("t", "9:05")
    talk.answer("m", "22.11.2026 14:30").answer("s", "2 1")
    shown = {name: talk.row(name).display for name in "odtms"}
    assert shown == {"o": "12,5", "d": "22.11.2026", "t": "09:05", "m": "22.11.2026 14:30", "s": "Çok az, Az"}


def test_that_turkish_has_its_comma_and_its_dates():
    survey = "| type | name | label::Türkçe (tr) |\n| decimal | o | O |\n| date | d | D |"
    talk = Scenario.of(survey).answer("o", "12.5").answer("d", "2026-11-22")
    assert (talk.row("o").display, talk.row("d").display) == ("12,5", "22.11.2026")


def long_form(count: int, **extra: str) -> str:
    rows = [f"| integer | q{n} | Soru {n} | {extra.get('relevant', '')} |" for n in range(count)]
    return "\n".join(["| type | name | label | relevant |", "| begin group | g | G | |", *rows, "| end group | | | |"])


def test_that_a_screen_has_at_most_ten_rows_and_keeps_its_questions():
    talk = Scenario.of(long_form(23))
    assert [len(screen.rows) for screen in page.screens(talk.interview)] == [10, 10, 3]
    assert [screen.path for screen in page.screens(talk.interview)] == ["/data/g/q0", "/data/g/q10", "/data/g/q20"]


def test_that_questions_do_not_wander_between_screens_when_some_are_skipped():
    rows = [f"| integer | q{n} | S | {'${q0} = 1' if n in (1, 2, 3) else ''} |" for n in range(12)]
    talk = Scenario.of("\n".join(["| type | name | label | relevant |", *rows]))
    before = [[row.name for row in screen.rows] for screen in page.screens(talk.interview)]
    after = [[row.name for row in screen.rows] for screen in page.screens(talk.answer("q0", "1").interview)]
    assert [len(names) for names in before] == [7, 2]
    assert [len(names) for names in after] == [10, 2]
    assert before[1] == after[1]


def test_that_a_long_field_list_is_parted_and_stays_one_battery():
    rows = [f"| select_one y | q{n} | S | likert |" for n in range(14)]
    survey = "\n".join(
        ["| type | name | label | appearance |", "| begin group | g | G | field-list |", *rows, "| end group | | | |"]
    )
    screens = page.screens(Scenario.of(survey, SCALE).interview)
    assert [len(screen.rows) for screen in screens] == [10, 4]
    assert all(screen.likert for screen in screens)


def test_that_consecutive_likert_questions_without_a_group_are_a_battery():
    rows = [
        "| text | t | T | |",
        "| select_one y | a | A | likert |",
        "| select_one y | b | B | likert |",
        "| text | u | U | |",
    ]
    screens = page.screens(Scenario.of("\n".join(["| type | name | label | appearance |", *rows]), SCALE).interview)
    assert [([row.name for row in screen.rows], bool(screen.likert)) for screen in screens] == [
        (["t"], False),
        (["a", "b"], True),
        (["u"], False),
    ]


def test_that_reserve_answers_come_last_and_long_lists_have_no_keys():
    many = "\n".join(
        [
            "| list_name | name | label | missing |",
            "| m | dk | Bilmiyor | dk |",
            *(f"| m | {n} | Seçenek {n} | |" for n in range(12)),
        ]
    )
    talk = Scenario.of("| type | name | label |\n| select_one m | s | S |", many)
    shown = talk.row("s").choices
    assert shown[-1] == page.ChoiceView("dk", "Bilmiyor", "9", "dk")
    assert {choice.key for choice in shown[:-1]} == {""}


def test_that_choices_named_by_words_have_the_digits_of_their_places():
    listed = "| list_name | name | label | missing |\n| m | dk | Bilmiyor | dk |\n| m | bozuk | Bozuk | |\n| m | yedek | Yedekte | |"
    talk = Scenario.of("| type | name | label |\n| select_one m | s | S |", listed)
    assert [(choice.name, choice.key) for choice in talk.row("s").choices] == [
        ("bozuk", "1"),
        ("yedek", "2"),
        ("dk", "9"),
    ]


def test_that_very_long_lists_are_searched_turkish_folded():
    firms = [{"name": f"f{n}", "label": f"İğdeli {n}" if n % 100 == 7 else f"Firma {n}"} for n in range(500)]
    form = compiled(survey="| type | name | label |\n| select_one_from_file firmalar.csv | f | Firma |")
    talk = Scenario.begin(form, {"firmalar": firms})
    path = talk.spot("f").path
    row = talk.row("f")
    assert (row.choices, row.long_list) == ((), True)
    assert [choice.label for choice in page.choices(talk.interview, path, "igdeli 1")] == ["İğdeli 107"]
    assert len(page.choices(talk.interview, path)) == 200
    assert len(page.choices(talk.interview, path, "f4")) == 111
    assert page.choices(talk.interview, path, "yok") == ()


def test_that_questions_are_found_by_number_and_words(talk):
    talk.answer("var", "1")
    assert [found.number for found in page.find(talk.interview, "2.2")] == ["2.2", "2.2a"]
    assert [found.path for found in page.find(talk.interview, "UCUNCU")] == ["/data/b/bl/k3"]
    assert [found.number for found in page.find(talk.interview, "kac")] == ["2.2"]
    assert page.find(talk.answer("var", "0").interview, "ucuncu") == ()


def test_that_the_first_open_question_is_where_one_goes_on(talk):
    assert page.first_open(talk.interview) == "/data/a/var"
    talk.answer("var", "1").answer("sayi", "2")
    assert page.first_open(talk.interview) == "/data/b/bl/k1"
    assert page.first_open(talk.answer("var", "0").interview) == "/data/once"


def test_that_the_screen_of_a_question_is_known_while_it_is_asked(talk):
    assert page.screen_of(talk.interview, "/data/b/oran") is None
    assert page.screen_of(talk.interview, "/data/yok") is None
    talk.answer("var", "1")
    assert page.screen_of(talk.interview, "/data/b/oran").path == "/data/b/oran"
    assert page.screen_of(talk.interview, "/data/b/bl/k2").likert is not None
    with pytest.raises(KeyError):
        page.row(talk.interview, "/data/yok")


def test_that_open_problems_come_in_the_order_of_the_form_with_their_numbers(talk):
    talk.answer("var", "1")
    assert [(found.number, found.section_number, found.title) for found in page.open_problems(talk.interview)] == [
        ("2.2", 2, "Kaç?"),
        ("2.2a", 2, "Neden boş?"),
        ("3.1", 3, "Birinci"),
        ("3.2", 3, "İkinci"),
    ]


@pytest.mark.parametrize(
    ("text", "plain", "marked"),
    [
        ("a **b** c", "a b c", "a <b>b</b> c"),
        ("*x* ve **y**", "x ve y", "<i>x</i> ve <b>y</b>"),
        ("3 * 4 * 5", "3 * 4 * 5", "3 * 4 * 5"),
        ("a_b_c", "a_b_c", "a_b_c"),
        ("<x>&", "<x>&", "&lt;x&gt;&amp;"),
        ("iki\nsatır", "iki\nsatır", "iki<br>satır"),
        ("** yok **", "** yok **", "** yok **"),
    ],
)
def test_that_markdown_becomes_safe_rich_text(text: str, plain: str, marked: str):
    assert (bare(text), rich(text)) == (plain, marked)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2030", ["20.30", "20.30.12"]),
        ("20.30", ["20.30", "20.30.12"]),
        ("20 30 1", ["20.30.12"]),
        ("203", ["20.30", "20.30.12"]),
        ("030", []),
        ("boya 2", ["32.99"]),
    ],
)
def test_that_a_code_is_found_without_its_dots(typed, found):
    labels = ("20.30 Boya", "20.30.12 Vernik", "32.99 Boya 2")
    codes = [{"name": label.split(" ")[0], "label": label} for label in labels]
    form = compiled(survey="| type | name | label |\n| select_one_from_file nace.csv | f | NACE |")
    talk = Scenario.begin(form, {"nace": codes})
    assert [choice.name for choice in page.choices(talk.interview, talk.spot("f").path, typed)] == found


def test_that_only_the_choices_that_dropped_out_are_named():
    survey = (
        "| type | name | label | choice_filter |\n| select_one il | il | İl | |\n"
        "| select_multiple yer | yer | Yer | il = ${il} or il = 'hep' |"
    )
    listed = (
        "| list_name | name | label | il |\n| il | a | A | |\n| il | b | B | |\n"
        "| yer | a1 | Birinci | a |\n| yer | b1 | İkinci | b |\n| yer | c | Ortak | hep |"
    )
    talk = Scenario.of(survey, listed).answer("il", "a").answer("yer", "a1 c").answer("il", "b")
    found = talk.row("yer").problem
    assert found is not None and found.problem.code == "interview.choice-gone"
    assert found.problem.params["value"] == "Birinci"


def test_that_a_table_list_is_a_battery_and_its_row_of_heads_is_no_question():
    form = """
| type | name | label | appearance |
| begin group | t | Tablo | table-list |
| select_one y | a | A sorusu | |
| select_one y | b | B sorusu | |
| end group | | | |
"""
    talk = Scenario.of(form, SCALE)
    (screen,) = page.screens(talk.interview)
    assert screen.stem == "Tablo"
    assert screen.likert is not None and [head.label for head in screen.likert.options][:2] == ["Çok az", "Az"]
    assert [(row.number, row.title, row.likert) for row in screen.rows] == [
        ("1.1", "A sorusu", True),
        ("1.2", "B sorusu", True),
    ]
    assert page.progress(talk.interview) == (0, 0)

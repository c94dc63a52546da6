# ruff: noqa: E501 - forms are wide tables
"""What differs between two versions of a form, in sentences, and which question became which."""

from __future__ import annotations

import pytest

from kume_desktop import texts
from kume_desktop.instruments.compile import convert, convert_cached
from kume_desktop.instruments.differences import Comparison, Gravity, Means, Sureness, compare
from kume_desktop.instruments.load import load
from kume_desktop.services import forms
from tests.interview.scenario import workbook

SURVEY = """
| type             | name   | label::Türkçe (tr)      | label::English (en) | hint::Türkçe (tr) | relevant       | required | constraint | constraint_message::Türkçe (tr) | calculation | choice_filter |
| text             | ad     | Adınız nedir?           | Your name?          |                   |                | yes      |            |                                 |             |               |
| integer          | kisi   | Kaç kişi çalışıyor?     | How many work here? | Stajyer hariç     |                |          | . < 100    | Çok                             |             |               |
| begin group      | g      | Satış                   | Sales               |                   | ${kisi} > 1    |          |            |                                 |             |               |
| select_one yon   | yon    | Satışın yönü ne?        | Which way?          |                   |                |          |            |                                 |             | name != ${ad} |
| decimal          | pay    | Payı yüzde kaç?         | Which share?        |                   | ${yon} = '1'   |          |            |                                 |             |               |
| end group        |        |                         |                     |                   |                |          |            |                                 |             |               |
| calculate        | iki    |                         |                     |                   |                |          |            |                                 | ${kisi} * 2 |               |
"""
CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) |
| yon       | 1    | Arttı              | Up                  |
| yon       | 2    | Azaldı             | Down                |
"""


def versions(survey: str = SURVEY, choices: str = CHOICES, **sheets: str) -> Comparison:
    """The comparison of the form above with another one."""
    old, new = (
        load(convert("a.xlsx", workbook(survey=one, choices=lists, **more)))
        for one, lists, more in ((SURVEY, CHOICES, {}), (survey, choices, sheets))
    )
    return compare(old, new)


def told(found: Comparison) -> list[tuple[str, str]]:
    """Code and question of every difference."""
    return [(each.code, each.question) for each in found.differences]


def changed(before: str, after: str, *, within: str = SURVEY) -> str:
    """A table with one thing changed."""
    assert before in within
    return within.replace(before, after)


def test_that_a_version_does_not_differ_from_itself():
    assert versions().differences == ()


def test_that_the_bundled_forms_do_not_differ_from_themselves():
    for name in forms.BUNDLED:
        file = forms.bundled(name)
        one = load(convert_cached(file.name, file.read_bytes(), forms.attached(file)))
        assert compare(one, one).differences == ()


def test_that_a_removed_question_is_the_gravest_difference():
    line = next(each for each in SURVEY.splitlines() if " pay " in each)
    found = versions(changed(line + "\n", "").replace("Adınız nedir?", "Adınız?"))
    first, second = found.differences
    assert (first.code, first.question, first.gravity, first.means) == (
        "question-removed", "pay", Gravity.ANSWERS, Means.NOT_SHOWN,
    )  # fmt: skip
    assert (second.code, second.gravity) == ("text-changed", Gravity.WORDS)
    assert second.params["before"] == "Adınız nedir?"


def test_that_a_rename_is_recognised_by_its_words_and_rules_that_name_it_are_no_difference():
    found = versions(SURVEY.replace("kisi", "calisan"))
    assert told(found) == [("question-renamed", "calisan")]
    assert [pair.sureness for pair in found.pairs if pair.old.name == "kisi"] == [Sureness.SAME_WORDS]


def test_that_similar_words_are_told_as_a_guess():
    found = versions(SURVEY.replace("kisi", "calisan").replace("Kaç kişi çalışıyor?", "Kaç kişi çalışıyor şimdi?"))
    assert ("question-renamed-perhaps", "calisan") in told(found)
    guess = next(each for each in found.differences if each.code == "question-renamed-perhaps")
    assert "tahmin" in texts.say(guess.sentence)


def test_that_follow_ups_of_different_questions_are_no_rename():
    one = changed(
        "| decimal          | pay    ",
        "| text | yon_x | Hangisi bu sizce? | Which? | | | | | | | |\n| decimal          | pay    ",
    )
    other = changed(
        "| decimal          | pay    ",
        "| text | kisi_x | Hangisi bu sizce? | Which? | | | | | | | |\n| decimal          | pay    ",
    )
    old, new = (load(convert("a.xlsx", workbook(survey=each, choices=CHOICES))) for each in (one, other))
    assert {code for code, _ in told(compare(old, new))} == {"question-removed", "question-added"}


@pytest.mark.parametrize(
    ("before", "after", "code", "column", "was", "became"),
    [
        ("${yon} = '1'", "${yon} = '2'", "rule-changed", "relevant", "${yon} = '1'", "${yon} = '2'"),
        (". < 100", "", "rule-removed", "constraint", ". < 100", "–"),
        ("${kisi} * 2", "${kisi} * 3", "rule-changed", "calculation", "${kisi} * 2", "${kisi} * 3"),
        ("name != ${ad}", "name != ${kisi}", "rule-changed", "choice_filter", "name != ${ad}", "name != ${kisi}"),
    ],
)
def test_that_rules_are_shown_as_their_author_wrote_them(before, after, code, column, was, became):
    (one,) = versions(changed(before, after)).differences
    assert (one.code, one.params["column"], one.params["before"], one.params["after"]) == (code, column, was, became)


def test_that_a_question_that_becomes_required_must_be_answered_in_drafts():
    (one,) = versions(
        changed("| yes ", "|  ").replace(
            "How many work here? | Stajyer hariç     |                |          |",
            "How many work here? | Stajyer hariç     |                | yes      |",
        )
    ).differences[:1]
    assert (one.question, one.means, one.params["after"]) == ("kisi", Means.MUST_ANSWER, "yes")


@pytest.mark.parametrize(
    ("before", "after", "gravity", "means"),
    [
        ("integer          | kisi", "decimal          | kisi", Gravity.RULES, Means.STAY),
        ("text             | ad  ", "integer          | ad  ", Gravity.ANSWERS, Means.CONVERTED),
        ("integer          | kisi", "date             | kisi", Gravity.ANSWERS, Means.ASKED_AGAIN),
        ("select_one yon   | yon ", "select_multiple yon | yon ", Gravity.RULES, Means.STAY),
    ],
)
def test_that_another_type_says_what_becomes_of_the_answers(before, after, gravity, means):
    first = versions(changed(before, after)).differences[0]
    assert (first.code, first.gravity, first.means) == ("type-changed", gravity, means)


def test_that_choices_are_retired_added_relabelled_and_recoded():
    choices = changed(
        "| yon       | 2    | Azaldı             | Down                |",
        "| yon | 3 | Aynı kaldı | Same |",
        within=CHOICES,
    ).replace("Arttı", "Yükseldi")
    assert [code for code, _ in told(versions(choices=choices))] == [
        "choice-retired",
        "choice-added",
        "choice-relabelled",
    ]
    recoded = changed("| yon       | 2    ", "| yon       | iki  ", within=CHOICES)
    first = versions(choices=recoded).differences[0]
    assert (first.code, first.params["after"], first.means) == ("choice-recoded", "iki", Means.SHOWN_MARKED)


def test_that_the_fewest_moves_explain_a_new_order():
    lines = SURVEY.strip().splitlines()
    lines[1], lines[2] = lines[2], lines[1]
    assert told(versions("\n".join(lines))) in ([("order-first", "kisi")], [("order-changed", "ad")])


def test_that_a_question_in_another_group_keeps_its_answers_and_in_a_repeat_it_does_not():
    loose = SURVEY.splitlines()
    row = next(each for each in loose if "| pay " in each)
    loose.remove(row)
    (moved,) = [one for one in versions("\n".join([*loose, row])).differences if one.code == "question-moved"]
    assert (moved.question, moved.means) == ("pay", Means.STAY)
    repeat = [*loose, "| begin repeat | r | R | R | | | | | | | |", row, "| end repeat | | | | | | | | | | |"]
    (lost,) = [one for one in versions("\n".join(repeat)).differences if one.code == "question-moved"]
    assert (lost.gravity, lost.means) == (Gravity.ANSWERS, Means.ASKED_AGAIN)


def test_that_settings_indicators_weights_and_tests_are_compared():
    settings = "| form_title | form_id | version | name |\n| Yeni | deneme | 2 | data |"
    indicators = "| code | level_1_tr | level_5_tr | suggest |\n| g1 | az | çok | if(${kisi} > 3, 5, 1) |"
    found = versions(settings=settings, indicators=indicators)
    assert {("setting-changed", "version"), ("setting-changed", "form_title (tr)")} <= {
        (one.code, one.params.get("setting")) for one in found.differences
    }
    assert ("indicator-added", "") in told(found)
    assert (found.old_version, found.new_version) == ("1", "2")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_that_every_difference_is_a_sentence_in_both_languages(language: str):
    old, new = (
        load(convert_cached(file.name, file.read_bytes(), forms.attached(file)))
        for file in map(forms.bundled, forms.BUNDLED)
    )
    texts.set_language(language)
    for one in compare(old, new).differences:
        assert texts.say(one.sentence) and texts.say(one.meaning)
        assert "{" not in texts.say(one.sentence).replace("${", "")

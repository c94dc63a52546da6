"""Texts, numbers and dates in the two languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop import paths, texts
from kume_desktop.problems import Problem, Severity, Where, problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "room.po"


def test_that_turkish_is_in_force_at_first():
    assert texts.language() == "tr"
    assert texts._("row {row}") == "satır {row}"


def test_that_english_is_the_text_of_the_source():
    texts.set_language("en")
    assert texts.tr("row {row}", row=7) == "row 7"


def test_that_a_language_can_be_asked_for_without_switching():
    assert texts.tr("row {row}", "en", row=7) == "row 7"
    assert texts.tr("row {row}", row=7) == "satır 7"


def test_that_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="de"):
        texts.set_language("de")


def test_that_a_missing_catalogue_is_told_and_not_run_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    texts.catalogue.cache_clear()
    try:
        with pytest.raises(FileNotFoundError):
            texts._("row {row}")
    finally:
        texts.catalogue.cache_clear()


def test_that_a_po_file_may_spread_a_text_over_lines(po: Path):
    po.write_text('# note\nmsgid ""\n"one "\n"two\\n"\nmsgstr ""\n"bir "\n"iki\\n"\n', encoding="utf-8")
    assert dict(texts.read_po(po)) == {"one two\n": "bir iki\n"}


def test_that_fuzzy_and_empty_entries_count_as_missing(po: Path):
    po.write_text(
        '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#: x.py:1\nmsgid "d"\nmsgstr "e"\n#~ msgid "f"\n',
        encoding="utf-8",
    )
    assert dict(texts.read_po(po)) == {"d": "e"}


def test_that_entries_need_no_blank_line_between_them(po: Path):
    po.write_text('msgid "a"\nmsgstr "b"\nmsgid "c \\"d\\""\nmsgstr "e"\n', encoding="utf-8")
    assert dict(texts.read_po(po)) == {"a": "b", 'c "d"': "e"}


@pytest.mark.parametrize("line", ['msgctxt "menu"', 'msgid_plural "rows"', "junk", '"loose"'])
def test_that_a_line_the_reader_does_not_know_is_an_error(po: Path, line: str):
    po.write_text(f'# note\n{line}\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"room\.po:2"):
        list(texts.read_po(po))


PRINTED = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(' "\\\n\t'), min_size=1)


@given(st.dictionaries(PRINTED, PRINTED, max_size=8))
def test_that_what_babel_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, entries: dict[str, str]):
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale="tr")
    for key, text in entries.items():
        catalogue.add(key, text)
    file = tmp_path_factory.mktemp("po") / "made.po"
    with file.open("wb") as out:
        write_po(out, catalogue)
    read = {key: text for key, text in texts.read_po(file) if key}
    assert read == entries


@pytest.mark.parametrize(
    ("value", "digits", "turkish", "english"),
    [
        (76.1, 1, "76,1", "76.1"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (2.5, 0, "3", "3"),
        (0.285 * 100, 0, "29", "29"),
        (-0.04, 1, "0,0", "0.0"),
        (-2.5, 0, "-3", "-3"),
        (1e30, 0, "1.000.000.000.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000,000,000,000"),
        (float("nan"), 1, "–", "–"),
    ],
)
def test_that_numbers_follow_the_language(value: float, digits: int, turkish: str, english: str):
    assert texts.number(value, digits) == turkish
    assert texts.number(value, digits, "en") == english


def test_that_the_per_cent_sign_stands_where_the_language_wants_it():
    assert (texts.percent(0.575), texts.percent(0.575, "en")) == ("%58", "58%")
    assert texts.percent(float("nan")) == "–"


@pytest.mark.parametrize(
    ("share", "turkish", "english"),
    [
        (0.796, "%79,6", "79.6%"),
        (0.79999, "%79,9", "79.9%"),
        (0.8, "%80", "80%"),
        (0.7949, "%79", "79%"),
        (0.804, "%80", "80%"),
        (0.999, ">%99", ">99%"),
        (0.001, "<%1", "<1%"),
    ],
)
def test_that_a_probability_never_reads_as_more_than_its_badge_says(share: float, turkish: str, english: str):
    assert (texts.chance(share), texts.chance(share, "en")) == (turkish, english)


def test_that_dates_are_written_in_the_language():
    day = date(2026, 12, 18)
    assert (texts.long_date(day), texts.long_date(day, "en")) == ("18 Aralık 2026", "18 December 2026")
    assert (texts.short_date(day), texts.short_date(date(2026, 8, 3), "tr")) == ("18 Ara", "3 Ağu")
    assert (texts.weekday(day), texts.weekday(day, "en")) == ("Cuma", "Friday")


def test_that_months_and_weekdays_are_those_of_the_locale():
    from babel.dates import get_day_names, get_month_names

    for lang in texts.LANGUAGES:
        months = [texts.long_date(date(2026, month, 1), lang).split()[1] for month in range(1, 13)]
        assert months == list(get_month_names("wide", locale=lang).values())
        days = [texts.weekday(date(2026, 6, 1 + day), lang) for day in range(7)]
        assert days == [get_day_names("wide", locale=lang)[day] for day in range(7)]


def test_that_the_clock_shows_seconds_only_when_asked():
    moment = datetime(2026, 3, 1, 14, 2, 51, tzinfo=UTC)
    assert (texts.clock(moment), texts.clock(moment, seconds=True)) == ("14:02", "14:02:51")


def test_that_a_problem_is_said_with_its_place():
    found = problem("form.not-a-workbook", Where(file="a.xlsx", sheet="survey", row=12, column="relevant"))
    assert texts.say(found).startswith("a.xlsx, sayfa survey, satır 12, sütun “relevant”: ")
    assert texts.say(found, "en").startswith("a.xlsx, sheet survey, row 12, column “relevant”: This file is not")


def test_that_a_problem_without_place_is_only_its_sentence():
    assert texts.say(problem("study.wrong-passphrase"), "en").startswith("The passphrase is wrong")


def test_that_a_missing_value_in_a_sentence_is_a_dash(monkeypatch: pytest.MonkeyPatch):
    from kume_desktop import problem_texts

    monkeypatch.setitem(problem_texts.SENTENCES, "test.one", "Row {row} is empty.")
    assert texts.say(Problem("test.one", {"row": None}, severity=Severity.WARNING), "en") == "Row – is empty."


def test_that_a_name_that_ends_in_a_full_stop_ends_its_sentence_too():
    said = texts.tr("Present from now on: {who}.", lang="en", who="Ak Makina San. ve Tic. Ltd. Şti.")
    assert said == "Present from now on: Ak Makina San. ve Tic. Ltd. Şti."
    assert texts.tr("{name}. {name}.", lang="en", name="A.Ş.") == "A.Ş.. A.Ş..", "a place that stands twice stays"
    assert texts.tr("{name}.kume", lang="en", name="a.") == "a..kume", "the end of a file's name is no sentence"
    assert texts.tr("{text}.", lang="en", text="und so ..") == "und so ..."

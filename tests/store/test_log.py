"""The line of an event: what is written, and how strictly it is read back."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.problems import Refused
from kume_desktop.store import identity
from kume_desktop.store.log import StreamWriter, Told, check_text, parse

STORABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


def told(path: str = "/data/q", value: object = "3") -> Told:
    return Told("answer", "interview", uuid4(), path, value, "Ayşe", "interviewer", datetime.now(UTC))  # type: ignore[arg-type]


def code(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.problems[0].code


def test_that_ids_grow_and_carry_version_seven():
    made = [identity.uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
    assert {each.version for each in made} == {7}


def test_that_a_stream_numbers_its_events_and_each_names_the_hash_of_the_one_before():
    writer = StreamWriter(uuid4())
    first, second = writer.write(told()), writer.write(told())
    assert (first.seq, second.seq) == (1, 2)
    assert first.prev == ""
    assert second.prev == hashlib.sha256(first.line.encode()).hexdigest()


@given(STORABLE, STORABLE)
def test_that_any_text_comes_back_from_its_line(path: str, value: str):
    event = StreamWriter(uuid4()).write(told(path, value))
    assert parse(event.line) == event


def test_that_a_structured_value_comes_back_from_its_line():
    event = StreamWriter(uuid4()).write(told(value={"b": [1, None, True], "a": {"ğ": "ş"}}))
    assert parse(event.line) == event


def test_that_an_unknown_field_is_kept_byte_for_byte():
    line = StreamWriter(uuid4()).write(told()).line
    longer = line[:-1] + ',"new_in_2031":{"deep":[1,2]}}'
    assert parse(longer).line == longer


def changed(**fields: object) -> str:
    said = json.loads(StreamWriter(uuid4()).write(told()).line)
    return json.dumps({**said, **fields})


BROKEN = {
    "no json": "{",
    "no object": "[]",
    "no fields": "{}",
    "a value that is no text": changed(value=3),
    "a path that is no text": changed(path=None),
    "a subject that is no uuid": changed(subject="x"),
    "an identity that is a number": changed(id=5),
    "a stream that is a number": changed(stream=5),
    "a subject that is yes": changed(subject=True),
    "a version that is a number": changed(instrument_version=5),
    "supersedes of numbers": changed(supersedes=[5]),
    "a box with a number as its key": changed(sealed={"key": 5, "box": "x"}),
    "words after the object": changed() + "x",
    "a number that is none": changed(seq="1"),
    "a number below one": changed(seq=0),
    "yes as a number": changed(seq=True),
    "a moment without zone": changed(at="2026-01-01T00:00:00"),
    "a moment that is none": changed(at="soon"),
    "not a number": changed().replace('"seq": 1', '"seq": NaN'),
    "a key twice": changed()[:-1] + ', "seq": 1}',
    "a NUL": changed(value="a\x00b"),
    "a control character": changed(value="a\x1bb"),
    "a lone surrogate": changed(value="\ud800"),
    "a NUL deep inside": changed(value={"a": [{"b": ["\x00"]}]}),
    "a NUL in a key": changed(value={"a\x00": "b"}),
    "a raw DEL": changed(value="x").replace("x", "\x7f"),
    "a raw lone surrogate": changed(value="x").replace('"x"', '"\ud800"'),
    "a box that is none": changed(sealed={"key": "x"}),
    "supersedes that is no list": changed(supersedes="x"),
    "nested too deeply": changed(value=None).replace("null", "[" * 100_000 + "]" * 100_000),
    "a second line": changed() + "\n{}",
    "too long": changed(value="a" * 5_000_000),
}


@pytest.mark.parametrize("what", BROKEN)
def test_that_a_broken_line_is_refused(what: str):
    with pytest.raises(Refused) as refused:
        parse(BROKEN[what])
    assert code(refused) == "study.line-unreadable"


def test_that_a_line_of_a_newer_format_is_refused_by_that_name():
    with pytest.raises(Refused) as refused:
        parse(changed(format=2))
    assert code(refused) == "study.line-newer"


@given(st.text(max_size=300))
def test_that_reading_any_text_ends_in_an_event_or_a_refusal(text: str):
    with pytest.raises(Refused):
        parse(text)


def test_that_blanks_around_a_line_and_letters_that_no_printer_has_are_no_reason_to_refuse_it():
    line = changed(value="bir\u00a0iki\u200büç")
    assert parse(f" {line} ").value == "bir\u00a0iki\u200büç"
    assert parse(json.dumps(json.loads(line), ensure_ascii=False)).value == "bir\u00a0iki\u200büç"


@pytest.mark.parametrize("text", ["a\x00", "\x07", "x\ud83d", "\x7f"])
def test_that_control_characters_and_lone_surrogates_are_refused_at_the_field(text: str):
    with pytest.raises(Refused) as refused:
        check_text(text)
    assert code(refused) == "study.text-not-storable"


@pytest.mark.parametrize("text", ["", "çok satırlı\nmetin\tsekme\r\n", "ŞĞİıöü 😀", "=1+1", "\u200f"])
def test_that_ordinary_text_is_storable(text: str):
    check_text(text)

"""The function library family by family: an expression and the text that a form would store."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.functions_nodes import seed_of, shuffled
from kume_desktop.xpath.library import FUNCTIONS
from tests.xpath.tree import MOMENT, PHOENIX, Tree, context

FORM = """
<data>
  <n type="int">7</n>
  <empty/>
  <multi>elma armut  kiraz</multi>
  <day type="date">2012-02-29</day>
  <moment type="dateTime">2012-02-29T23:30:00.000-07:00</moment>
  <at type="time">18:00:00.000-07:00</at>
  <p>7.9377 -11.5845 0 0</p>
  <p>7.9324 -11.5902 0 0</p>
  <p>7.927 -11.5857 0 0</p>
  <g><q/></g>
  <row><v type="int">2</v><w type="int">10</w></row>
  <row><v type="int"/><w type="int">20</w></row>
  <row><v type="int">0</v><w type="int">40</w></row>
</data>
"""
LIST = """
<root>
  <item><kod>06</kod><ad>Ankara</ad></item>
  <item><kod>35</kod><ad>İzmir</ad></item>
  <item><kod>35</kod><ad>ikinci</ad></item>
</root>
"""


def stored(expression: str, at: str = "/data", **more: object) -> str:
    return compile_expression(expression).text(context(Tree(FORM, iller=LIST), at, **more))


def check(expression: str, expected: str) -> None:
    assert stored(expression) == expected


def table(*rows: tuple[str, str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize(("expression", "expected"), rows)


@table(
    ("concat()", ""),
    ("concat('a', 'b', '')", "ab"),
    ("concat('ab', 1, false(), 'x')", "ab1falsex"),
    ("concat(/data/empty, number('x'))", ""),
    ("join(' ', 'a', 'b', /data/row/w)", "a b 10 20 40"),
    ("join('-')", ""),
    ("substr('hello', 1)", "ello"),
    ("substr('hello', 0, -1)", "hell"),
    ("substr('hello', 1, 4)", "ell"),
    ("substr('hello', 4, 1)", ""),
    ("substr('hello', -99, 2)", "he"),
    ("substr('hello', '', 2)", "he"),
    ("substr('a𝄞b', 3)", "b"),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 2)", "2345"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring('12345', 0, 3)", "12"),
    ("substring('12345', 0 div 0, 3)", ""),
    ("substring('12345', -42, 1 div 0)", "12345"),
    ("substring-before('hello', 'l')", "he"),
    ("substring-before('hello', 'q')", ""),
    ("substring-before('hello', '')", ""),
    ("substring-after('hello', 'l')", "lo"),
    ("substring-after('hello', 'q')", ""),
    ("substring-after('hello', '')", "hello"),
    ("translate('hello', 'lo', 'LO')", "heLLO"),
    ("translate('hello world', 'hello', '')", " wrd"),
    ("translate('aaa', 'aa', 'bc')", "bbb"),
    ("contains('abc', 'b')", "true"),
    ("contains('abc', 'bd')", "false"),
    ("starts-with('abc', 'a')", "true"),
    ("starts-with('', '')", "true"),
    ("ends-with('abc', 'a')", "false"),
    ("ends-with('abc', 'bc')", "true"),
    ("normalize-space(' \ta\n\t  b \n')", "a b"),
    ("string-length('İğdır')", "5"),
    ("string-length('')", "0"),
    ("string-length(/data/n)", "1"),
    ("base64-decode('SGVsbG8=')", "Hello"),
    ("base64-decode('SGVsbG8')", "Hello"),
    ("base64-decode('xI0=')", "č"),
    ("base64-decode('')", ""),
    ("digest('some text', 'SHA-1', 'base64')", "N6pjx3OY2VRHMmLhoAV8HmMu2nc="),
    ("digest('some text', 'SHA-256')", "uU9vElx546X/qoJvWEwQ1SraZp5nYgUbgmtVd20FrtI="),
    ("digest('some text', 'MD5', 'hex')", "552e21cd4cd9918678e3c1a0df491bc3"),
    ("digest('x', 'ROT13')", ""),
    ("digest('x', 'MD5', 'base32')", ""),
)
def test_that_text_functions_give(expression: str, expected: str):
    check(expression, expected)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("string()", "7"), ("number()", "7"), ("string-length()", "1"), ("normalize-space()", "7"), ("name()", "n")],
)
def test_that_functions_without_argument_take_the_own_node(expression: str, expected: str):
    assert stored(expression, "/data/n") == expected


@table(
    ("regex('12345', '^[0-9]+$')", "true"),
    ("regex('', '')", "true"),
    ("regex('Çiğdem', '[A-Za-zÇĞİÖŞÜçğıöşü]+')", "true"),
    ("regex('Çiğdem', '\\p{L}+')", "true"),
    ("regex('Çiğdem', '\\w+')", "false"),
    ("regex('٣', '\\d')", "false"),
    ("regex('a\nb', 'a.b')", "false"),
    ("regex('5', '(')", "false"),
)
def test_that_patterns_match_the_whole_text(expression: str, expected: str):
    check(expression, expected)


def test_that_a_pattern_that_would_run_for_ever_does_not_match():
    check(f"regex('{'a' * 60}b', '(a|a)+(?<=a)$|(a*)*c')", "false")


@table(
    ("int('100.9')", "100"),
    ("int(-0.5)", "0"),
    ("int('')", ""),
    ("int(1 div 0)", "Infinity"),
    ("floor(-1.5)", "-2"),
    ("ceiling(-1.5)", "-1"),
    ("round('14.29123456789', 4)", "14.2912"),
    ("round('12350.12345', -2)", "12400"),
    ("round(-12345.15, 1)", "-12345.1"),
    ("round(12345.15, 1)", "12345.2"),
    ("round(1.5, 31)", ""),
    ("round(1.5, '')", ""),
    ("round(0.49999999999999994)", "0"),
    ("round(1234, -4)", "0"),
    ("round('', 2)", ""),
    ("abs(-3.5)", "3.5"),
    ("pow(2.5, 2)", "6.25"),
    ("pow(0, -1)", "Infinity"),
    ("pow(-8, 0.5)", ""),
    ("pow(10, 400)", "Infinity"),
    ("log(0)", "-Infinity"),
    ("log(-1)", ""),
    ("log10(1000)", "3"),
    ("exp(0)", "1"),
    ("exp(1000)", "Infinity"),
    ("sqrt(9)", "3"),
    ("sin(0)", "0"),
    ("cos(0)", "1"),
    ("tan(0)", "0"),
    ("asin(2)", ""),
    ("acos(1)", "0"),
    ("atan(0)", "0"),
    ("round(pi(), 4)", "3.1416"),
    ("random()", "0.5"),
    ("min(3, 1, 2)", "1"),
    ("max(3, /data/row/v, '')", "3"),
    ("max(3, 'x')", ""),
    ("min('', /data/empty)", ""),
    ("sum(/data/row/w)", "70"),
    ("sum(/data/row/v | /data/n)", "9"),
    ("count(/data/row)", "3"),
    ("count-non-empty(/data/row/v)", "2"),
    ("count(/data/nosuch)", "0"),
    ("boolean-from-string(1)", "true"),
    ("boolean-from-string(1.0001)", "false"),
    ("boolean-from-string('TRUE')", "true"),
    ("boolean-from-string('yes')", "false"),
)
def test_that_number_functions_give(expression: str, expected: str):
    check(expression, expected)


@table(
    ("checklist(1, 3, 'foo', 'bar')", "true"),
    ("checklist(-1, 1, 'foo', 'bar')", "false"),
    ("checklist(3, -1, 'foo', 'bar')", "false"),
    ("checklist(1, 1, /data/row/v)", "true"),
    ("checklist(0, 0)", "true"),
    ("weighted-checklist(-1, 3, true(), 2, true(), 2)", "false"),
    ("weighted-checklist(10, 10, /data/row/v, /data/row/w)", "true"),
    ("weighted-checklist(2, 2, true(), 2, false(), 9)", "true"),
)
def test_that_checklists_count_what_is_true(expression: str, expected: str):
    check(expression, expected)


@table(
    ("selected(/data/multi, 'armut')", "true"),
    ("selected(/data/multi, 'arm')", "false"),
    ("selected(/data/nosuch, 'a')", "false"),
    ("is-selected(/data/multi, 'kiraz')", "true"),
    ("selected-at(/data/multi, 2)", "kiraz"),
    ("selected-at(/data/multi, 1.9)", "armut"),
    ("selected-at(/data/multi, '')", ""),
    ("count-selected(/data/multi)", "3"),
    ("count-selected(/data/empty)", "0"),
    ("pulldata('iller', 'ad', 'kod', '35')", "İzmir"),
    ("pulldata('iller', 'ad', 'kod', '99')", ""),
    ("pulldata('iller', 'nosuch', 'kod', '35')", ""),
    ("pulldata('nosuch', 'ad', 'kod', '35')", ""),
    ("coalesce('', 'b')", "b"),
    ("coalesce(/data/empty, /data/n)", "7"),
    ("coalesce(number('x'), 3)", "3"),
    ("coalesce(0, 3)", "0"),
    ("if(1, /data/n, 'x') = '7.0'", "true"),
    ("depend('kept', 'a', 'b')", "kept"),
    ("name(/data/row)", "row"),
    ("local-name(/data/row/v)", "v"),
    ("name(/data/nosuch)", ""),
    ("namespace-uri(/data/row)", ""),
    ("name()", "data"),
)
def test_that_select_and_choice_functions_give(expression: str, expected: str):
    check(expression, expected)


@table(
    ("today()", "2026-11-22"),
    ("now()", "2026-11-22T10:00:00.000-07:00"),
    ("date('2012-02-29T23:30:00.000-07:00')", "2012-02-29"),
    ("date('2012-03-01T05:00:00.000Z')", "2012-02-29"),
    ("date('1970-1-2')", "1970-01-02"),
    ("date(0)", "1970-01-01"),
    ("date(6.5)", "1970-01-07"),
    ("date(-10252)", "1941-12-07"),
    ("date('15399')", "2012-02-29"),
    ("date('')", ""),
    ("date(true())", ""),
    ("date(1 div 0)", ""),
    ("date(99999999)", ""),
    ("date(/data/moment)", "2012-02-29"),
    ("date-time('1970-01-01T21:50:49Z')", "1970-01-01T14:50:49.000-07:00"),
    ("date-time('2012-02-29')", "2012-02-29T00:00:00.000-07:00"),
    ("date-time(0)", "1969-12-31T17:00:00.000-07:00"),
    ("date-time('nonsense')", ""),
    ("date-time(true())", ""),
    ("date-time(99999999)", ""),
    ("number(/data/moment)", "15399"),
    ("number('1969-12-31')", "-1"),
    ("decimal-date-time('1970-01-01')", "0.2916666666666667"),
    ("decimal-date-time('2018-04-24T15:30:00.000+06:00')", "17645.395833333332"),
    ("decimal-date-time(1.5)", "1.5"),
    ("decimal-date-time('')", ""),
    ("decimal-date-time('-01-2019')", ""),
    ("decimal-date-time(true())", ""),
    ("date-time(decimal-date-time(/data/moment))", "2012-02-29T23:30:00.000-07:00"),
    ("decimal-time('06:00:00.000-07:00')", "0.25"),
    ("decimal-time('06:00:00.000-01:00')", "0"),
    ("decimal-time('23:59:00.000-13:00')", "0.24930555555555556"),
    ("decimal-time('12:00')", "0.5"),
    ("decimal-time(/data/at)", "0.75"),
    ("decimal-time(/data/moment)", "0.9791666666666666"),
    ("decimal-time(/data/day)", "0"),
    ("decimal-time('24:00:00.000-07:00')", ""),
    ("decimal-time('06:60:00.000-07:00')", ""),
    ("decimal-time('06:00:00.000-24:00')", ""),
    ("decimal-time('06:00:00.000-07:60')", ""),
    ("decimal-time('a')", ""),
    ("decimal-time(15399.25)", "0.25"),
    ("decimal-time(true())", ""),
)
def test_that_time_functions_give(expression: str, expected: str):
    check(expression, expected)


def test_that_decimal_time_is_local():
    noon = "decimal-time('12:00:00.000+00:00')"
    assert stored(noon, now=lambda: MOMENT.astimezone(UTC)) == "0.5"
    assert stored(noon, now=lambda: MOMENT.astimezone(ZoneInfo("Europe/Istanbul"))) == "0.625"


@table(
    ("format-date(/data/day, '%d.%m.%Y')", "29.02.2012"),
    ("format-date(/data/day, '%e/%n/%y %%')", "29/2/12 %"),
    ("format-date(/data/day, '%H:%M')", "00:00"),
    ("format-date-time(/data/moment, '%H:%M:%S.%3')", "23:30:00.000"),
    ("format-date-time('2012-03-01T06:30:00Z', '%d %h')", "29 23"),
    ("format-date(today() + 1, '%d')", "23"),
    ("format-date(15399.5, '%d %H')", "29 05"),
    ("format-date('15399', '%d')", "29"),
    ("format-date('10:05', '%H.%M')", "10.05"),
    ("format-date('foo', '%d')", ""),
    ("format-date(number('x'), '%d')", ""),
    ("format-date(/data/day, '%q %')", "%q %"),
)
def test_that_dates_are_formatted(expression: str, expected: str):
    check(expression, expected)


@pytest.mark.parametrize(("language", "expected"), [("tr", "Çar 29 Şub"), ("en", "Wed 29 Feb"), ("de", "Wed 29 Feb")])
def test_that_names_of_days_and_months_are_in_the_language_of_the_form(language: str, expected: str):
    assert stored("format-date(/data/day, '%a %e %b')", language=language) == expected


@given(st.dates(), st.sampled_from(["Europe/Istanbul", "America/Phoenix", "Asia/Kolkata", "UTC"]))
def test_that_a_day_more_is_the_next_day_in_every_zone(day: datetime, zone: str):
    here = {"now": lambda: MOMENT.astimezone(ZoneInfo(zone))}
    if day.year < 9999:
        following = (day + timedelta(days=1)).isoformat()
        assert stored(f"date(date('{day.isoformat()}') + 1)", **here) == following
        assert stored(f"date('{following}') - date('{day.isoformat()}')", **here) == "1"


@given(
    st.datetimes(MOMENT.replace(year=1900, tzinfo=None), MOMENT.replace(year=2200, tzinfo=None)), st.integers(0, 999)
)
def test_that_a_moment_survives_its_number_to_the_millisecond(moment: datetime, milliseconds: int):
    shown = moment.replace(microsecond=milliseconds * 1000, tzinfo=PHOENIX)
    text = shown.isoformat(timespec="milliseconds")
    assert stored(f"date-time(decimal-date-time('{text}'))") == text
    elsewhere = shown.astimezone(timezone(timedelta(hours=5, minutes=30))).isoformat(timespec="milliseconds")
    assert stored(f"date('{elsewhere}')") == shown.date().isoformat()
    assert stored(f"'{elsewhere}' = '{text}'") == "true"


SHAPE = (
    "7.9377 -11.5845 0 0;7.9324 -11.5902 0 0;7.927 -11.5857 0 0;7.925 -11.578 0 0;7.9267 -11.5722 0 0;"
    "7.9325 -11.5708 0 0;7.9372 -11.5737 0 0;7.9393 -11.579 0 0;7.9377 -11.5845 0 0"
)
SQUARE = "0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0"


@table(
    (f"area('{SHAPE}')", "2333220.77"),
    (f"distance('{SHAPE}')", "5724.36"),
    ("area('0 0;0 1')", "0"),
    ("area('')", "0"),
    ("area('5000 5000; 5000 5000')", "0"),
    ("distance('0 0;0 90')", "10018696.05"),
    ("distance('90 0;90 1')", "0"),
    ("distance('0 0', '0 1')", "111318.85"),
    ("distance('a')", ""),
    ("distance('')", ""),
    ("distance(/data/p) = distance('7.9377 -11.5845;7.9324 -11.5902;7.927 -11.5857')", "true"),
    ("area(/data/p) = enclosed-area(/data/p)", "true"),
    (f"geofence('0.5 0.5 0 0', '{SQUARE}')", "true"),
    (f"geofence('-1 0.5 0 0', '{SQUARE}')", "false"),
    (f"geofence('0.5 2 0 0', '{SQUARE}')", "false"),
    (f"geofence('0 -1 0 0', '{SQUARE}')", "false"),
    (f"geofence('', '{SQUARE}')", "false"),
    ("geofence('0 0', '')", "false"),
    ("geofence('0 0', '0 0;0 1;1 1;1 0')", "false"),
)
def test_that_geo_functions_give(expression: str, expected: str):
    check(expression, expected)


def test_that_texts_of_device_and_form_come_from_the_context():
    here = {"properties": {"username": "ayşe", "version": "3"}, "itext": {"k1": "Merhaba"}.__getitem__}
    assert stored("property('username')", **here) == "ayşe"
    assert stored("property('nosuch')", **here) == ""
    assert stored("version()", **here) == "3"
    assert stored("jr:itext('k1')", **here) == "Merhaba"
    assert stored("jr:itext('k1')") == ""


def test_that_the_label_of_a_choice_is_asked_for_by_the_path_of_its_question():
    asked = []

    def label(path: str, name: str) -> str:
        asked.append((path, name))
        return name.upper()

    assert stored("jr:choice-name( /data/n , ' /data/n ')", choice_label=label) == "7"
    assert stored("jr:choice-name('a', ' ../q ')", "/data/g/q", choice_label=label) == "A"
    assert stored("jr:choice-name('a', '../../n')", "/data/g/q", choice_label=label) == "A"
    assert stored("jr:choice-name(/data/empty, '/data/n')", choice_label=label) == ""
    assert asked == [("/data/n", "7"), ("/data/g/q", "a"), ("/data/n", "a")]
    assert stored("jr:choice-name('a', '/data/n')") == ""


def test_that_uuids_are_random_and_of_version_four():
    chance = random.Random(1).random
    first, second = stored("uuid()", random=chance), stored("uuid()", random=chance)
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first)
    assert re.fullmatch(r"[A-Za-z0-9]{20}", stored("uuid(20)", random=chance))
    assert stored("uuid(0)") == ""


def test_that_a_signed_text_is_given_only_with_the_key_of_its_writer():
    key, stranger = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    message = "görüşme 7".encode()
    signed = base64.b64encode(key.sign(message) + message).decode()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    other = base64.b64encode(stranger.public_key().public_bytes_raw()).decode()
    assert stored(f"extract-signed('{signed}', '{public}')") == "görüşme 7"
    assert stored(f"extract-signed('{signed}', '{other}')") == ""
    assert stored("extract-signed('x', 'y')") == ""


# ------------------------------------------------------------------------------------------------ randomize


def order(letters: str, seed: str, text: str = "") -> str:
    items = "".join(f"<l>{letter}</l>" for letter in letters)
    here = context(Tree(f"<data><seed>{text}</seed>{items}</data>"), session="görüşme-1")
    return compile_expression(f"join('', randomize(/data/l{seed}))").text(here)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("42", "AFCBDE"),
        ("'42'", "AFCBDE"),
        ("-42", "EDAFBC"),
        ("1", "BFEACD"),
        ("1.1", "BFEACD"),
        ("11111111", "ACDBFE"),
        ("0", "CBEAFD"),
        ("''", "CBEAFD"),
        ("number('x')", "CBEAFD"),
    ],
)
def test_that_seeds_give_the_orders_of_the_other_programs(seed: str, expected: str):
    assert order("ABCDEF", f", {seed}") == expected


def test_that_a_text_is_a_seed_by_its_digest():
    assert order("ABCDEFGH", ", 1234") == order("ABCDEFGH", ", '1234'") == "GFEDAHBC"
    assert order("abcdefgh", ", 'foo'") == order("abcdefgh", ", /data/seed", "foo") == "eadbhgcf"


def test_that_without_a_seed_the_order_stays_for_the_interview():
    assert order("ABCDEFGH", "") == order("ABCDEFGH", "")
    assert sorted(order("ABCDEFGH", "")) == list("ABCDEFGH")


@given(st.lists(st.integers(), max_size=30), st.integers(-(2**63), 2**63 - 1))
def test_that_a_shuffle_is_a_permutation_that_depends_on_the_seed_alone(items: list[int], seed: int):
    assert sorted(shuffled(items, seed)) == sorted(items)
    assert shuffled(items, seed) == shuffled(items, seed)


@given(st.text(max_size=20))
def test_that_every_text_is_a_seed(text: str):
    assert -(2**63) <= seed_of(text) < 2**63


# ------------------------------------------------------------------------------------------------ the whole table

SPECIFICATION = """
string concat join substr substring-before substring-after translate string-length normalize-space contains starts-with
ends-with uuid digest pulldata if coalesce once true false boolean boolean-from-string not regex checklist
weighted-checklist number random int sum max min round pow log log10 abs sin cos tan asin acos atan atan2 sqrt exp exp10
pi count count-non-empty position instance current randomize today now format-date format-date-time date
decimal-date-time decimal-time selected selected-at count-selected jr:choice-name jr:itext indexed-repeat area distance
geofence base64-decode date-time property version extract-signed
"""


def test_that_every_function_of_the_specification_is_there():
    assert set(SPECIFICATION.split()) - set(FUNCTIONS) == set()


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_that_every_function_takes_blanks_without_raising(name: str):
    known = FUNCTIONS[name]
    for count in range(known.arity.least, int(min(known.arity.most, known.arity.least + 3)) + 1):
        if known.arity.allows(count):
            arguments = ", ".join("/data/nosuch" if known.want(i) == "s" else "''" for i in range(count))
            value = compile_expression(f"{name}({arguments})").number(context(Tree(FORM, iller=LIST)))
            assert isinstance(value, float)

"""Values, operators and comparisons, as tables: an expression and the text that a form would store."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kume_desktop.xpath.compiler import compile_expression
from kume_desktop.xpath.expression import ExpressionError
from kume_desktop.xpath.values import number_text, numeral
from tests.xpath.tree import Tree, context

FORM = """
<data>
  <a type="int"/>
  <b type="int">5</b>
  <zero type="int">0</zero>
  <dec type="decimal">2.50</dec>
  <d type="date">2012-02-29</d>
  <later type="date">2012-03-01</later>
  <at type="dateTime">2012-02-29T08:00:00.000-07:00</at>
  <at_utc type="dateTime">2012-02-29T16:00:00.000Z</at_utc>
  <yes type="boolean">true</yes>
  <no type="boolean">0</no>
  <word>evet</word>
  <nothing/>
  <text_zero>0</text_zero>
  <code>05</code>
  <x hidden="1">42</x>
  <r><v type="int">1</v></r>
  <r><v type="int"/></r>
  <r><v type="int">3</v></r>
  <minus><v type="int">-3</v><v type="int">-2</v></minus>
</data>
"""


def stored(expression: str, at: str = "/data", **more: object) -> str:
    return compile_expression(expression).text(context(Tree(FORM), at, **more))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # the table of the form engine, row by row
        ("sum(/data/r/v)", "4"),
        ("min(/data/r/v)", "1"),
        ("max(/data/r/v)", "3"),
        ("sum(/data/nosuch)", "0"),
        ("sum(/data/nothing)", "0"),
        ("min(/data/nothing)", ""),
        ("max(/data/nosuch)", ""),
        ("max(/data/minus/v)", "-2"),
        ("number('')", ""),
        ("'' + 1", ""),
        ("/data/a + 1", ""),
        ("string(number(''))", ""),
        ("coalesce(/data/a * 2, 0)", "0"),
        ("/data/a = ''", "true"),
        ("/data/a = 0", "false"),
        ("/data/a != 5", "true"),
        ("/data/a < 5", "false"),
        ("/data/a > 5", "false"),
        ("not(/data/a > 5)", "true"),
        ("if(/data/a, 'y', 'n')", "n"),
        ("boolean(/data/a)", "false"),
        ("not(/data/a)", "true"),
        ("/data/a or false()", "false"),
        ("if('false', 'y', 'n')", "y"),
        ("1 = 1", "true"),
        ("boolean-from-string('True')", "true"),
        ("true() = 'false'", "true"),
        ("3 = '3.0'", "true"),
        ("'3' = '3.0'", "false"),
        ("'b' > 'a'", "false"),
        ("2 > 1 > 0", "true"),
        ("/data/b = '5.0'", "true"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("number('1e3')", ""),
        ("number('1,5')", ""),
        ("number(' 5 ')", "5"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(-0.5)", "0"),
        ("round(1.005, 2)", "1.01"),
        ("round(12345.12345, -1)", "12350"),
        ("int(-2.7)", "-2"),
        ("5 mod -3", "2"),
        ("-5 mod 3", "-2"),
        ("1 div 0", "Infinity"),
        ("string(123456789012345680000)", "123456789012345680000"),
        ("string(0.0000001)", "0.0000001"),
        ("regex('ab12', '[0-9]+')", "false"),
        ("regex('12', '[0-9]+')", "true"),
        ("selected('a b', '')", "false"),
        ("selected('', '')", "true"),
        ("selected('a b', ' a ')", "true"),
        ("selected-at('a b', 0)", "a"),
        ("selected-at('a b', 5)", ""),
        ("selected-at('a b', -1)", ""),
        ("count-selected('a  b')", "2"),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"),
        ("substring-after('hello world', 'lo')", " world"),
        ("string-length('é𝄞')", "3"),
        ("join(', ', /data/r/v)", "1, , 3"),
        ("concat('a', /data/r/v, 1.0)", "a131"),
        ("/data/d + 1", "15400"),
        ("date('2012-02-29') + 0", "15399"),
        ("date(date('2012-02-29') + 1)", "2012-03-01"),
        ("/data/d > '2012-02-01'", "true"),
        ("date('2012-02-30')", ""),
        ("date('foo')", ""),
        ("decimal-date-time('2000-01-01T10:20:30.000Z')", "10957.430902777778"),
        ("format-date('2026-11-22', '%a %d %b %Y')", "Paz 22 Kas 2026"),
        ("format-date('', '%d')", ""),
        ("string-length(now())", "29"),
        ("/data/x", ""),
        ("/data/x = ''", "true"),
        ("count(/data/x)", "0"),
        ("/data/r/v = 3", "true"),
        ("/data/r[3]/v", "3"),
        ("/data/r[position() = 3]/v", "3"),
        ("indexed-repeat(/data/r/v, /data/r, 3)", "3"),
        ("indexed-repeat(/data/r/v, /data/r, 0)", ""),
        ("indexed-repeat(/data/r/v, /data/r, 9)", ""),
        ("position(/data/r[2])", "2"),
        ("area('0 0 0 0;0 1 0 0;1 1 0 0;0 0 0 0')", "6195628067.9"),
        ("distance('0 0 0 0;0 1 0 0')", "111318.85"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
        ("checklist(-1, 2, true(), true(), true())", "false"),
        ("weighted-checklist(3, 5, true(), 2, true(), 2)", "true"),
        ("pow(2, 0.5)", "1.4142135623730951"),
        ("exp10(2)", "100"),
        ("atan2(0, 0)", "0"),
        ("sqrt(-1)", ""),
        ("0 div 0", ""),
    ],
)
def test_that_the_table_of_decisions_holds(expression: str, expected: str):
    assert stored(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/zero", "0"),
        ("if(/data/zero, 'y', 'n')", "n"),
        ("if(/data/text_zero, 'y', 'n')", "y"),
        ("if(/data/word, 'y', 'n')", "y"),
        ("if(/data/nothing, 'y', 'n')", "n"),
        ("if(/data/nosuch, 'y', 'n')", "n"),
        ("if(/data/yes, 'y', 'n')", "y"),
        ("if(/data/no, 'y', 'n')", "n"),
        ("/data/yes = 'true'", "true"),
        ("/data/no = 'false'", "true"),
        ("/data/yes + 1", "2"),
        ("boolean(/data/r)", "true"),
        ("boolean(/data/r/v)", "true"),
        ("boolean(0)", "false"),
        ("boolean(-1)", "true"),
        ("boolean(number('x'))", "false"),
        ("boolean('')", "false"),
        ("boolean(' ')", "true"),
        ("boolean('0')", "true"),
        ("true() and 1", "true"),
        ("'' or 17", "true"),
        ("true() + 8", "9"),
        ("number(true())", "1"),
        ("string(true())", "true"),
        ("number('- 17')", ""),
        ("number('+5')", ""),
        ("number('.5')", "0.5"),
        ("number('5.')", "5"),
        ("number('٣')", ""),
        ("number('Infinity')", ""),
        ("-/data/b", "-5"),
        ("- - 5", "5"),
        ("-'19'", "-19"),
        ("string(-0)", "0"),
        ("-1 div 0", "-Infinity"),
        ("1 div -0", "-Infinity"),
        ("5 mod 0", ""),
        ("5 mod (1 div 0)", "5"),
        ("(1 div 0) mod 5", ""),
        ("2 * 3 div 8 * 2", "1.5"),
        ("3 + 3 * 3", "12"),
        ("1 - 2 - 3", "-4"),
        ("1 + 2 + 3 + 4 + 5", "15"),
        ("/data/b + 1 + /data/zero + 1 + 1", "8"),
        ("1 + '' + 2 + 3 + 4", ""),
        ("/data/dec * 2", "5"),
        ("concat(/data/dec, '')", "2.50"),
    ],
)
def test_that_values_turn_into_conditions_numbers_and_texts(expression: str, expected: str):
    assert stored(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/b = 5", True),
        ("5 = /data/b", True),
        ("3 < /data/b", True),
        ("9 < /data/b", False),
        ("5 <= /data/b and 5 >= /data/b", True),
        ("/data/code = 5", True),
        ("/data/code = '5'", False),
        ("/data/b = '05'", True),
        ("/data/b != '5.0'", False),
        ("/data/b = /data/code", True),
        ("/data/dec = '2.5'", True),
        ("/data/dec = 2.5", True),
        ("/data/word = 'evet'", True),
        ("/data/word != 'hayır'", True),
        ("/data/word < 5", False),
        ("/data/nosuch = ''", True),
        ("/data/nosuch != 'a'", True),
        ("/data/nosuch = 0", False),
        ("/data/nosuch < 1", False),
        ("/data/nosuch = /data/nothing", True),
        ("/data/nosuch = false()", True),
        ("/data/r/v = 1 and /data/r/v = 3", True),
        ("/data/r/v != 3", True),
        ("/data/r/v = ''", True),
        ("/data/r/v > 2", True),
        ("/data/r/v > 3", False),
        ("/data/r/v = '3.0'", True),
        ("/data/r/v = /data/minus/v", False),
        ("/data/r/v > /data/minus/v", True),
        ("/data/r/v = true()", True),
        ("true() > 0.9999", True),
        ("true() != false()", True),
        ("'-17' > '-172'", True),
        ("6.1 - 7.8 = -1.7", True),
        ("1 div 0 = 1 div 0", True),
        ("number('x') = number('x')", False),
        ("number('x') != number('x')", True),
        ("3 < 4 < 5", True),
        ("-3 < 3 = 6 >= 6", True),
        ("false() and false() < true()", False),
        ("(false() and false()) < true()", True),
        ("/data/d = '2012-02-29'", True),
        ("/data/d = date('2012-02-29')", True),
        ("/data/d = 15399", True),
        ("/data/d < /data/later", True),
        ("/data/later - /data/d = 1", True),
        ("/data/d = '2012-02-29T00:00:00.000-07:00'", True),
        ("/data/at > /data/d", False),
        ("/data/at >= /data/d", True),
        ("/data/at < /data/at_utc", True),
        ("/data/at = '2012-02-29T15:00:00.000Z'", True),
        ("/data/d > 'x'", False),
        ("today() = '2026-11-22'", True),
        ("today() > date('2026-11-21')", True),
        ("now() > today()", False),
        ("now() > '2026-11-22T09:59:59.000-07:00'", True),
    ],
)
def test_that_comparisons_follow_the_types_of_both_sides(expression: str, expected: bool):
    assert compile_expression(expression).test(context(Tree(FORM))) is expected


@pytest.mark.parametrize(
    "expression",
    [
        "true() or nosuch()",
        "false() and nosuch()",
        "if(true(), 'kept', nosuch())",
        "if(/data/b, 'kept', pow(1))",
        "coalesce('kept', nosuch())",
        "/data/b = 5 or /data/b = 6 or nosuch()",
    ],
)
def test_that_what_is_not_needed_is_not_evaluated(expression: str):
    assert stored(expression) in {"true", "false", "kept"}


def test_that_an_unknown_function_raises_where_it_is_needed():
    with pytest.raises(ExpressionError) as raised:
        stored("1 + nosuch(2)")
    assert (raised.value.code, raised.value.position) == ("unknown-function", 5)


def test_that_a_wrong_number_of_arguments_raises_where_it_is_needed():
    with pytest.raises(ExpressionError) as raised:
        stored("pow(1)")
    assert raised.value.params["expected"] == "2"


def test_that_rows_inside_a_repeat_are_not_narrowed_to_the_own_row():
    row = {"at": "/data/r[3]/v"}
    assert stored("count(/data/r)", **row) == "3"
    assert stored("sum(/data/r/v)", **row) == "4"
    assert stored("sum(../../r/v)", **row) == "4"
    assert stored("../v", **row) == "3"
    assert stored("sum(../v)", **row) == "3"
    assert stored("position(..)", **row) == "3"
    assert stored("indexed-repeat(/data/r/v, /data/r, position(..) - 2)", **row) == "1"


def test_that_the_row_before_the_first_is_blank():
    assert stored("indexed-repeat(/data/r/v, /data/r, position(..) - 1)", "/data/r[1]/v") == ""


def test_that_once_keeps_the_own_value():
    assert stored("once('new')", "/data/word") == "evet"
    assert stored("once('new')", "/data/nothing") == "new"
    assert stored("once(random())", "/data/nothing", random=lambda: 0.25) == "0.25"


def test_that_a_number_is_given_as_a_number_and_a_text_as_a_text():
    here = context(Tree(FORM))
    assert compile_expression("/data/b + 1").evaluate(here) == 6.0
    assert compile_expression("concat('a', 1)").evaluate(here) == "a1"
    assert compile_expression("/data/b = 5").evaluate(here) is True
    assert math.isnan(compile_expression("/data/word").number(here))
    assert [node.name for node in compile_expression("/data/r/v").nodes(here)] == ["v", "v", "v"]
    assert compile_expression("1 + 1").nodes(here) == ()


def test_that_an_expression_is_compiled_once():
    assert compile_expression("/data/b + 1") is compile_expression("/data/b + 1")


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: abs(x) < 1e21))
def test_that_a_stored_number_is_read_back_as_the_same_number(value: float):
    text = number_text(value)
    assert "e" not in text
    assert numeral(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: abs(x) < 1e21))
def test_that_no_shorter_text_holds_the_same_number(value: float):
    digits = number_text(value).strip("-").replace(".", "").strip("0")
    assert len(digits) <= len(repr(value).split("e")[0].strip("-").replace(".", "").strip("0"))


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_that_rounding_goes_half_up_towards_positive(thousandths: int, places: int):
    value = Decimal(thousandths) / 1000
    unit = Decimal(1).scaleb(-places)
    steps = value / unit
    expected = (steps + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR") * unit
    assert math.isclose(numeral(stored(f"round({value:f}, {places})")), float(expected), abs_tol=1e-12)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6).filter(lambda x: x != 0))
def test_that_the_remainder_has_the_sign_of_the_dividend(left: float, right: float):
    scope = context(Tree(FORM))
    remainder = compile_expression(f"{number_text(left)} mod {number_text(right)}").number(scope)
    assert remainder == math.fmod(numeral(number_text(left)), numeral(number_text(right)))
    assert remainder == 0 or (remainder < 0) == (left < 0)

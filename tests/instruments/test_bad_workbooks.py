"""Every way a workbook can be wrong gives clear problems with sheet, row and column, and nothing else."""

# ruff: noqa: E501 - a table of cases

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kume_desktop import texts
from kume_desktop.instruments import convert as converter
from kume_desktop.instruments.check import check
from kume_desktop.instruments.compile import convert
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.problems import Refused, Severity
from tests.interview.scenario import workbook

GOOD = "| type | name | label |\n| text | a | A |"
CHOICES = "| list_name | name | label | missing |\n| k | 1 | Bir | |\n| k | dk | Bilmiyor | dk |"


@dataclass(frozen=True)
class Case:
    """A wrong workbook: its sheets, the expected code and place, and what the sentence must say."""

    code: str
    sheet: str
    row: int
    column: str
    survey: str = GOOD
    choices: str = ""
    more: dict[str, str] = field(default_factory=dict)
    says: str = ""


def survey(*rows: str, head: str = "| type | name | label | relevant | calculation | constraint | warn |") -> str:
    """A survey sheet with these rows."""
    return "\n".join([head, *rows])


CASES = {
    "no type": Case("form.type-missing", "survey", 2, "type", survey("| | a | A |")),
    "unknown type": Case("form.type-unknown-near", "survey", 2, "type", survey("| texte | a | A |"), says="text"),
    "strange type": Case("form.type-unknown", "survey", 2, "type", survey("| şarkı | a | A |")),
    "unsupported type": Case("form.type-unsupported", "survey", 2, "type", survey("| osm | a | A |")),
    "no name": Case("form.name-missing", "survey", 2, "name", survey("| text | | A |")),
    "Turkish name": Case("form.name-not-ascii", "survey", 2, "name", survey("| text | yaş | A |"), says="yaş"),
    "same name twice": Case("form.name-twice", "survey", 3, "name", survey("| text | a | A |", "| text | a | B |"), says="2"),
    "name in two groups": Case(
        "form.name-reused", "survey", 5, "name",
        survey("| begin group | g | G |", "| text | a | A |", "| end group | | |", "| text | a | B |"),
    ),
    "ambiguous name": Case(
        "form.name-ambiguous", "survey", 6, "relevant",
        survey("| begin group | g | G |", "| text | a | A |", "| end group | | |", "| text | a | B |", "| text | b | B | ${a} = 1 |"),
    ),
    "unknown reference": Case(
        "form.unknown-name-near", "survey", 3, "relevant",
        survey("| text | ihracat_pay | A |", "| text | b | B | ${ihracat_payi} > 1 |"), says="ihracat_pay",
    ),
    "unknown reference in a label": Case("form.unknown-name", "survey", 2, "label", survey("| text | a | ${zzz} |")),
    "unknown reference in warn": Case("form.unknown-name", "survey", 2, "warn", survey("| text | a | A | | | | ${zzz} = 1 |")),
    "unknown path": Case("form.unknown-path", "survey", 2, "relevant", survey("| text | a | A | /data/zzzz = 1 |")),
    "end without begin": Case("form.end-without-begin", "survey", 3, "type", survey("| text | a | A |", "| end group | | |")),
    "begin without end": Case("form.begin-without-end", "survey", 2, "type", survey("| begin group | g | G |", "| text | a | A |")),
    "crossed blocks": Case(
        "form.end-of-other-block", "survey", 4, "type", survey("| begin group | g | G |", "| text | a | A |", "| end repeat | | |"),
    ),
    "list not named": Case("form.list-not-named", "survey", 2, "type", survey("| select_one | a | A |"), CHOICES),
    "list missing": Case("form.list-missing", "survey", 2, "type", survey("| select_one evet | a | A |"), CHOICES),
    "list misspelt": Case(
        "form.list-missing-near", "survey", 2, "type", survey("| select_one hayr | a | A |"),
        "| list_name | name | label |\n| hayir | 1 | Bir |", says="hayir",
    ),
    "file is no csv": Case("form.file-not-csv", "survey", 2, "type", survey("| select_one_from_file a.txt | a | A |")),
    "choice without list": Case("form.choice-without-list", "choices", 2, "list_name", choices="| list_name | name | label |\n| | 1 | Bir |"),
    "choice without name": Case("form.choice-without-name", "choices", 2, "name", choices="| list_name | name | label |\n| k | | Bir |"),
    "choice twice": Case("form.choice-twice", "choices", 3, "name", choices="| list_name | name | label |\n| k | 1 | A |\n| k | 1 | B |"),
    "choice with space": Case("form.choice-with-space", "choices", 2, "name", choices="| list_name | name | label |\n| k | a b | A |"),
    "head of a column that is no name": Case("form.choice-column", "choices", 1, "2023", choices="| list_name | name | label | 2023 |\n| k | 1 | A | 5 |", says="2023"),
    "choice without label": Case("form.choice-without-label", "choices", 2, "label", choices="| list_name | name | label |\n| k | 1 | |"),
    "numeric reserve": Case(
        "form.reserve-numeric", "choices", 2, "name", choices="| list_name | name | label | missing |\n| k | 98 | Bilmiyor | dk |", says="dk",
    ),
    "unmarked reserve": Case(
        "form.reserve-unmarked", "choices", 2, "missing", choices="| list_name | name | label | missing |\n| k | 98 | Bilmiyor | |",
    ),
    "unknown reserve": Case(
        "form.reserve-unknown", "choices", 2, "missing", choices="| list_name | name | label | missing |\n| k | dk | Bilmiyor | yok |",
    ),
    "missing translation": Case(
        "form.translation-missing", "survey", 2, "label::English (en)",
        "| type | name | label::Türkçe (tr) | label::English (en) |\n| text | a | A | |", says="en",
    ),
    "no type column": Case("form.no-column", "survey", 1, "", "| name | label |\n| a | A |", says="type"),
    "syntax": Case("form.expression-unexpected-end", "survey", 2, "calculation", survey("| calculate | a | | | 1 + |")),
    "unknown function": Case(
        "form.expression-unknown-function-near", "survey", 3, "relevant",
        survey("| text | a | A |", "| text | b | B | selectd(${a}, '1') |"), says="selected",
    ),
    "wrong arity": Case("form.expression-wrong-arity", "survey", 2, "constraint", survey("| text | a | A | | | selected(.) |")),
    "bad warn": Case("form.expression-unknown-function", "survey", 2, "warn", survey("| text | a | A | | | | qqqqqq(.) |")),
    "cycle": Case(
        "form.cycle", "survey", 2, "calculation", survey("| calculate | a | | | ${b} |", "| calculate | b | | | ${a} |"), says="→",
    ),
    "default language": Case(
        "form.default-language", "settings", 2, "default_language",
        "| type | name | label::Türkçe (tr) |\n| text | a | A |",
        more={"settings": "| form_id | version | form_title | default_language |\n| x | 1 | X | Deutsch (de) |"},
    ),
    "no version": Case("form.setting-missing", "settings", 2, "", more={"settings": "| form_id | form_title |\n| x | X |"}, says="version"),
    "indicator code twice": Case(
        "form.indicator-code", "indicators", 3, "code", more={"indicators": "| code | suggest |\n| g1 | 1 |\n| g1 | 2 |"},
    ),
    "suggestion names nothing": Case(
        "form.unknown-name", "indicators", 2, "suggest", more={"indicators": "| code | suggest |\n| g1 | ${zzz} |"},
    ),
    "suggestion is no expression": Case(
        "form.expression-unclosed-bracket", "indicators", 2, "suggest", more={"indicators": "| code | suggest |\n| g1 | if(${a} = 1, 2, 3 |"},
    ),
    "unknown heading": Case(
        "form.indicator-heading", "indicators", 2, "heading_code",
        more={"indicators": "| code | heading_code |\n| g1 | h9 |", "indices": "| kind | code |\n| heading | h1 |"},
    ),
    "empty anchor": Case(
        "form.indicator-anchor", "indicators", 2, "level_1_default",
        more={"indicators": "| code | level_1_default |\n| g1 | |"},
    ),
    "unknown index kind": Case(
        "form.index-kind-near", "indices", 2, "kind", more={"indices": "| kind | code |\n| wieght | g1 |"}, says="weight",
    ),
    "index cell missing": Case("form.index-cell-missing", "indices", 2, "code", more={"indices": "| kind | code |\n| preset | |"}),
    "index value is no number": Case(
        "form.index-not-a-number", "indices", 3, "value",
        more={"indices": "| kind | code | parent | key | value |\n| preset | p | | | |\n| cut | c | p | 1 | 2/3 |"},
    ),
    "weight of nothing": Case(
        "form.index-reference", "indices", 3, "key",
        more={"indices": "| kind | code | parent | key | value |\n| preset | p | | | |\n| weight | g9 | p | g9 | 1 |"},
    ),
    "weight of no heading": Case(
        "form.index-reference", "indices", 3, "key",
        more={"indices": "| kind | code | parent | key | value |\n| preset | p | | | |\n| heading_weight | h9 | p | h9 | 1 |"},
    ),
    "missing rule of no preset": Case(
        "form.index-reference", "indices", 3, "parent",
        more={"indices": "| kind | code | parent | key |\n| preset | p | | |\n| missing_rule | | q | lowest |"},
    ),
    "idea for nothing": Case("form.index-reference", "indices", 2, "code", more={"indices": "| kind | code |\n| idea | g99 |"}),
    "unknown verb": Case("form.test-unknown-verb", "tests", 2, "verb", more={"tests": "| case | verb | target |\n| 1 | doit | a |"}),
    "unknown target": Case("form.test-unknown-target", "tests", 2, "target", more={"tests": "| case | verb | target |\n| 1 | answer | zz |"}),
    "step without case": Case("form.test-without-case", "tests", 2, "case", more={"tests": "| case | verb | target |\n| | answer | a |"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_that_a_wrong_workbook_is_told_with_its_place(name: str):
    case = CASES[name]
    sheets = {"survey": case.survey, **({"choices": case.choices} if case.choices else {}), **case.more}
    found = check("form.xlsx", workbook(**sheets))
    same = [each for each in found if each.code == case.code]
    assert same, found
    where = same[0].where
    assert (where.file, where.sheet, where.row, where.column or "") == ("form.xlsx", case.sheet, case.row, case.column)
    for language in texts.LANGUAGES:
        assert case.says in texts.say(same[0], language)
        assert not re.search(r"[{}]", re.sub(r"\$\{\w+\}", "", texts.say(same[0], language)))


def test_that_a_good_workbook_has_no_problem():
    assert check("form.xlsx", workbook(survey=f"{GOOD}\n| select_one k | b | B |", choices=CHOICES)) == ()


def test_that_all_problems_come_at_once_errors_first():
    wrong = survey("| texte | a | A |", "| text | a b | A |", "| select_one yok | c | C | ${zz} |", "| end group | | |")
    found = check("form.xlsx", workbook(survey=wrong, choices="| list_name | name | label |\n| k | 1 | |"))
    assert [each.code for each in found] == [
        "form.type-unknown-near", "form.name-not-ascii", "form.unknown-name", "form.list-missing",
        "form.end-without-begin", "form.choice-without-label",
    ]  # fmt: skip
    assert [each.severity for each in found[-2:]] == [Severity.ERROR, Severity.WARNING]


def test_that_several_wrong_expressions_come_at_once():
    wrong = survey(
        "| text | a | A | foo(1) | | | |", "| calculate | b | | | 1 + | | |", "| text | c | C | | | . > ) | |"
    )
    found = check("form.xlsx", workbook(survey=wrong))
    assert [(each.where.row, each.where.column) for each in found if each.is_error] == [
        (2, "relevant"),
        (3, "calculation"),
        (4, "constraint"),
    ]


def test_that_the_place_in_an_expression_is_counted_in_the_cell_as_written():
    cell = "${a} = 1 and ${a} = 2 and foo(${a})"
    found = check("form.xlsx", workbook(survey=survey("| text | a | A |", f"| text | b | B | {cell} |")))
    (problem,) = [each for each in found if each.code.startswith("form.expression-unknown")]
    assert cell[int(problem.params["position"]) - 1 :].startswith("foo")


def test_that_warnings_do_not_hinder_conversion():
    source = convert("form.xlsx", workbook(survey=GOOD, choices="| list_name | name | label |\n| k | 1 | |"))
    assert source.xform.startswith("<?xml")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"no workbook", b"<html></html>", b"PK\x03\x04" + b"\x00" * 100],
    ids=["empty", "two bytes", "text", "html", "torn zip"],
)
def test_that_what_is_no_workbook_is_refused(content: bytes):
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", content)
    assert [each.code for each in refused.value.problems] == ["form.not-a-workbook"]
    assert [each.code for each in check("a.xlsx", content)] == ["form.not-a-workbook"]


def test_that_a_workbook_without_a_survey_is_refused():
    found = check("a.xlsx", workbook(choices=CHOICES))
    assert [each.code for each in found] == ["form.no-survey"]


def test_that_a_workbook_of_one_sheet_is_its_survey():
    assert "/data/a" in convert("a.xlsx", workbook(sorular=GOOD, settings=None)).xform


def archive(**members: bytes) -> bytes:
    """A zip file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def repacked(workbook_bytes: bytes, member: str, content: bytes) -> bytes:
    """The workbook with one member replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        new.writestr(member, content)
    return stream.getvalue()


def test_that_a_bomb_is_refused_before_it_is_inflated(monkeypatch):
    monkeypatch.setattr(converter, "MAX_MEMBER", 1_000_000)
    bomb = repacked(workbook(survey=GOOD), "xl/media/image1.png", b"\x00" * 5_000_000)
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", bomb)
    assert refused.value.problems[0].code == "form.file-harmful"


def test_that_a_sheet_with_too_many_cells_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(converter, "MAX_SHEET", 2_000)
    rows = "\n".join(["| list_name | name | label |", *(f"| k | c{n} | C{n} |" for n in range(200))])
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", workbook(survey=GOOD, choices=rows))
    assert refused.value.problems[0].code == "form.sheet-too-large"


def test_that_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(converter, "MAX_MEMBERS", 3)
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", workbook(survey=GOOD))
    assert refused.value.problems[0].code == "form.file-harmful"


def test_that_a_large_file_is_refused(monkeypatch):
    monkeypatch.setattr(converter, "MAX_FILE", 100)
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", workbook(survey=GOOD))
    assert refused.value.problems[0].code == "form.file-too-large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_that_a_document_type_is_refused(encoding: str):
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'.encode(encoding)
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", repacked(workbook(survey=GOOD), "xl/sharedStrings.xml", evil))
    assert refused.value.problems[0].code == "form.file-harmful"


def test_that_a_wrong_dimension_hides_no_row():
    rows = "\n".join(["| type | name | label |", *(f"| text | q{n} | Q |" for n in range(70))])
    content = workbook(survey=rows)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    wrong = re.sub(r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1:C6"/>', sheet)
    assert wrong != sheet
    source = convert("a.xlsx", repacked(content, "xl/worksheets/sheet1.xml", wrong.encode()))
    assert source.xform.count("<bind ") >= 70


def test_that_rows_after_a_long_gap_are_read():
    rows = [["type", "name", "label"], ["text", "a", "A"], *([["", "", ""]] * 80), ["text", "b", "B"]]
    source = convert("a.xlsx", workbook(survey=rows))
    assert "/data/b" in source.xform
    assert source.extras["rows"]["/data/b"]["row"] == 83


def test_that_a_far_row_is_refused_quickly(monkeypatch):
    monkeypatch.setattr(converter, "MAX_ROWS", 100)
    rows = [["type", "name", "label"], *([["", "", ""]] * 150), ["text", "b", "B"]]
    with pytest.raises(Refused) as refused:
        convert("a.xlsx", workbook(survey=rows))
    assert (refused.value.problems[0].code, refused.value.problems[0].where.row) == ("form.too-many-rows", 152)


def test_that_a_column_twice_is_refused():
    found = check("a.xlsx", workbook(survey="| type | name | label | label |\n| text | a | A | B |"))
    assert [(each.code, each.where.column) for each in found] == [("form.column-twice", "label")]


def test_that_what_only_pyxform_knows_comes_with_its_row():
    wrong = survey("| text | a | A |", "| begin repeat | data | R |", "| text | b | B |", "| end repeat | | |")
    found = check("a.xlsx", workbook(survey=wrong))
    assert [(each.code, each.where.sheet, each.where.row) for each in found] == [("form.not-an-xlsform", "survey", 3)]
    assert "[row" not in str(found[0].params["message"])


def test_that_files_and_columns_that_the_form_reads_are_looked_for():
    book = workbook(
        survey=survey(
            "| select_one_from_file f.csv | a | A |", "| calculate | b | | | pulldata('g', 'x', 'name', ${a}) |"
        )
    )
    found = check("a.xlsx", book, {"g": ({"name": "1", "y": "2"},)})
    assert {(each.code, each.params["table"], each.params.get("column")) for each in found} == {
        ("form.file-missing", "f.csv", None),
        ("form.file-column", "g.csv", "x"),
    }


WHOLE = workbook(survey=GOOD, choices=CHOICES)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_that_a_damaged_workbook_gives_problems_and_never_an_exception(place: int, bytes_there: bytes):
    damaged = WHOLE[:place] + bytes_there + WHOLE[place + len(bytes_there) :]
    assert all(one.code in SENTENCES for one in check("a.xlsx", damaged))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    "text",
                    "begin group",
                    "end group",
                    "begin repeat",
                    "select_one k",
                    "calculate",
                    "a",
                    "b",
                    "${a}",
                    "1 +",
                    "yes",
                    "ş",
                    "a b",
                    "=1+1",
                ]
            ),
            min_size=7,
            max_size=7,
        ),
        max_size=8,
    )
)
def test_that_any_cells_give_problems_or_a_form(rows: list[list[str]]):
    head = ["type", "name", "label", "relevant", "calculation", "constraint", "warn"]
    found = check("a.xlsx", workbook(survey=[head, *rows], choices=CHOICES))
    assert all(one.code in SENTENCES for one in found)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_that_xml_that_is_not_well_formed_is_refused(part: str):
    found = check("a.xlsx", repacked(workbook(survey=GOOD), part, b"<a><b></a>"))
    assert [each.code for each in found] == ["form.not-a-workbook"]


def test_that_the_error_of_another_xml_parser_is_refused_too(monkeypatch):
    def other_parser(*_given: object, **_more: object) -> object:
        message = "Opening and ending tag mismatch"
        raise SyntaxError(message)  # lxml's XMLSyntaxError is one, and none of ElementTree's

    monkeypatch.setattr("openpyxl.load_workbook", other_parser)
    assert [each.code for each in check("a.xlsx", workbook(survey=GOOD))] == ["form.not-a-workbook"]

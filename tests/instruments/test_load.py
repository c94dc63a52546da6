# ruff: noqa: E501 - forms are wide tables
"""From a workbook to the instrument: what pyxform wrote, what our columns add, and the hashes."""

from __future__ import annotations

import pytest

from kume_desktop.instruments import compile as compiling
from kume_desktop.instruments.compile import convert, convert_cached
from kume_desktop.instruments.load import load
from kume_desktop.instruments.model import Event, Kind, Origin, Part, Personal
from kume_desktop.instruments.sheets import block, column, language_code
from kume_desktop.instruments.source import FormSource
from kume_desktop.instruments.structure import list_name, type_word
from kume_desktop.problems import Refused
from tests.interview.scenario import workbook

HEAD = (
    "| type | name | label::Türkçe (tr) | label::English (en) | hint::Türkçe (tr) | relevant | constraint | "
    "constraint_message::Türkçe (tr) | required | warn | warn_message::Türkçe (tr) | personal | purpose | origin |"
)
SURVEY = f"""
{HEAD}
| today | gun | | | | | | | | | | | | |
| begin group | g | Bölüm | Section | | | | | | | | | | |
| integer | yas | ${{ad}} kaç yaşında? | How old? | *ipucu* | | . < 120 | Çok | yes | . > ${{sinir}} | ${{sinir}} üstü | K2 | analiz | S |
| text | ad | Ad | Name | | ${{yas}} > 3 | | | | | | S | iletişim | Own |
| hidden | sinir | | | | | | | | | | | | |
| end group | | | | | | | | | | | | | |
| begin repeat | r | Satır | Row | | | | | | | | | | |
| integer | v | V | V | | | | | | ${{v}} > ${{sinir}} and ${{w}} = 1 | | K3 | | I |
| integer | w | W | W | | | | | | | | | | |
| end repeat | | | | | | | | | | | | | |
| select_one k | s | S | S | | | | | | | | | | |
"""
CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) | missing | renk |
| k | 1 | Bir ${ad} | One | | mavi |
| k | dk | Bilmiyor | Does not know | dk | |
"""
MORE = {
    "settings": "| form_title | title_tr | title_en | form_id | version | default_language | name |\n| Deneme | Deneme | Trial | dnm | 7 | Türkçe (tr) | data |",
    "indicators": "| code | number | heading_code | heading_tr | heading_en | label_tr | label_en | level_1_tr | level_1_en | level_2_tr | evidence_tr | suggest | origin |\n"
    "| g1 | 1 | h1 | Baş | Head | düzey | level | az | few | çok | belge | if(${yas} > 3, 2, 1) | S |",
    "indices": "| kind | code | parent | key | value | text_tr | text_en | origin |\n| preset | p | | | | ad | name | I |",
    "tests": "| case | verb | target | value | note |\n| 1 | begin | | | |\n| 1 | answer | yas | 5 | not |",
}


@pytest.fixture(scope="module")
def source() -> FormSource:
    return convert("deneme.xlsx", workbook(survey=SURVEY, choices=CHOICES, **MORE))


@pytest.fixture(scope="module")
def instrument(source: FormSource):
    return load(source)


def test_that_the_head_is_read(instrument):
    assert (instrument.id, instrument.version, instrument.default_language) == ("dnm", "7", "tr")
    assert instrument.languages == ("tr", "en")
    assert instrument.title == {"tr": "Deneme", "en": "Trial"}


def test_that_nodes_come_in_order_with_their_kinds_and_rows(instrument):
    found = [(node.name, node.kind, node.place.row) for node in instrument.nodes() if node.place.row]
    assert found == [
        ("gun", Kind.TODAY, 2), ("g", Kind.GROUP, 3), ("yas", Kind.INTEGER, 4), ("ad", Kind.TEXT, 5),
        ("sinir", Kind.CALCULATE, 6), ("r", Kind.REPEAT, 8), ("v", Kind.INTEGER, 9), ("w", Kind.INTEGER, 10),
        ("s", Kind.SELECT_ONE, 12),
    ]  # fmt: skip


def test_that_texts_are_there_in_all_languages_with_their_outputs(instrument):
    node = instrument.named("yas")
    assert node.label["tr"] == (Part(expression="/data/g/ad"), Part(" kaç yaşında?"))
    assert node.label["en"] == (Part("How old?"),)
    assert set(node.hint) == {"tr"}
    assert node.constraint_message["tr"] == (Part("Çok"),)


def test_that_our_columns_are_read_and_their_names_written_out(instrument):
    node = instrument.named("yas")
    assert node.warn == ". >  /data/g/sinir".replace("  ", "  ")
    assert node.warn_message["tr"] == (Part(expression="/data/g/sinir"), Part(" üstü"))
    assert (node.personal, node.purpose, node.origin) == (Personal.INDIRECT, "analiz", Origin.SOURCE)
    assert instrument.named("ad").personal is Personal.SOLE_TRADER
    assert instrument.named("w").origin is Origin.OWN


def test_that_a_name_in_the_same_row_of_a_repeat_becomes_relative(instrument):
    assert instrument.named("v").warn.split() == ["../v", ">", "/data/g/sinir", "and", "../w", "=", "1"]


def test_that_choices_keep_labels_marks_and_their_own_columns(instrument):
    one, reserve = instrument.lists["k"]
    assert one.label["tr"] == (Part("Bir "), Part(expression="/data/g/ad"))
    assert one.fields["renk"] == "mavi"
    assert (one.missing, reserve.missing) == ("", "dk")
    assert instrument.named("s").itemset.instance == "k"


def test_that_the_method_sheets_are_read(instrument):
    (indicator,) = instrument.indicators
    assert (indicator.code, indicator.number, indicator.heading, indicator.origin) == ("g1", 1, "h1", Origin.SOURCE)
    assert indicator.heading_text == {"tr": "Baş", "en": "Head"}
    assert indicator.text == {"tr": "düzey", "en": "level"}
    assert [(anchor.level, anchor.text) for anchor in indicator.anchors] == [
        (1, {"tr": "az", "en": "few"}),
        (2, {"tr": "çok"}),
    ]
    assert indicator.suggest.split() == ["if(", "/data/g/yas", ">", "3,", "2,", "1)"]
    assert instrument.indices[0].text == {"tr": "ad", "en": "name"}
    assert [(step.case, step.verb, step.target, step.place.row) for step in instrument.tests] == [
        ("1", "begin", "", 2),
        ("1", "answer", "yas", 3),
    ]


def test_that_actions_of_the_model_and_of_a_repeat_are_one():
    survey = """
    | type | name | label | default | trigger | calculation |
    | text | x | X | now() | | |
    | begin repeat | r | R | | | |
    | text | v | V | concat('a', 'b') | | |
    | text | t | T | | ${v} | ${v} |
    | end repeat | | | | | |
    """
    actions = {action.target: action for action in load(convert("a.xlsx", workbook(survey=survey))).actions}
    assert actions["/data/x"].events == {Event.FIRST_LOAD}
    assert actions["/data/r/v"].events == {Event.FIRST_LOAD, Event.NEW_REPEAT}
    assert (actions["/data/r/t"].events, actions["/data/r/t"].trigger) == ({Event.VALUE_CHANGED}, "/data/r/v")


def test_that_the_source_survives_its_json(source: FormSource):
    again = FormSource.from_json(source.to_json())
    assert load(again) == load(source)


@pytest.mark.parametrize(
    "xform", ["", "<a/>", "no xml", '<!DOCTYPE x []><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>']
)
def test_that_what_is_no_xform_is_refused(xform: str):
    with pytest.raises(Refused) as refused:
        load(FormSource(xform, {}, "", ""))
    assert refused.value.problems[0].code == "form.not-an-xform"


def test_that_a_type_that_cannot_be_asked_is_refused_on_load(source: FormSource):
    changed = source.xform.replace('<input ref="/data/r/w"', '<upload mediatype="osm/*" ref="/data/r/w"')
    begin, _, rest = changed.partition('mediatype="osm/*"')
    changed = begin + 'mediatype="osm/*"' + rest.replace("</input>", "</upload>", 1)
    assert changed != source.xform
    with pytest.raises(Refused) as refused:
        load(FormSource(changed, source.extras, "", ""))
    (found,) = refused.value.problems
    assert (found.code, found.where.row) == ("form.type-unsupported", 10)


def test_that_a_type_of_value_that_nobody_knows_is_a_text(source: FormSource):
    changed = source.xform.replace('nodeset="/data/r/w" type="int"', 'nodeset="/data/r/w" type="mass"')
    assert changed != source.xform
    known = load(FormSource(changed, source.extras, "", "")).named("w")
    assert known is not None
    assert known.kind is Kind.TEXT


def test_that_a_form_whose_elements_name_no_namespace_is_read(source: FormSource):
    changed = source.xform.replace(' xmlns="http://www.w3.org/2002/xforms"', "", 1)
    assert changed != source.xform
    assert load(FormSource(changed, source.extras, source.content_hash, "")) == load(source)


def hashed(**sheets: object) -> str:
    return convert("deneme.xlsx", workbook(**{"survey": SURVEY, "choices": CHOICES, **MORE, **sheets})).content_hash


def test_that_the_hash_names_the_questions_and_tests_but_not_the_method(source: FormSource):
    assert hashed() == source.content_hash
    assert hashed(indices="| kind | code |\n| preset | q |") == source.content_hash
    assert hashed(indicators="| code |\n| g2 |") == source.content_hash
    assert hashed(tests="| case | verb |\n| 1 | reload |") != source.content_hash
    assert hashed(choices=CHOICES.replace("Bilmiyor", "Bilmem")) != source.content_hash
    assert hashed(survey=SURVEY.replace("Bölüm", "Kısım")) != source.content_hash


def test_that_the_hash_ignores_how_cells_are_typed(source: FormSource):
    decomposed = SURVEY.replace("ö", "o\u0308").replace("| Ad |", "|  Ad\u00a0 |")
    assert hashed(survey=decomposed) == source.content_hash


def test_that_attached_files_are_part_of_the_hash():
    book = workbook(survey="| type | name | label |\n| text | a | A |")
    plain, one, other = (
        convert("a.xlsx", book, files) for files in (None, {"f.csv": b"a,b\n1,2"}, {"f.csv": b"a,b\n1,3"})
    )
    assert len({plain.content_hash, one.content_hash, other.content_hash}) == 3
    assert one.content_hash == convert("a.xlsx", book, {"f.csv": b"\xef\xbb\xbfa,b\r\n1,2\r\n"}).content_hash
    assert plain.file_hash == one.file_hash


def test_that_a_conversion_is_kept_and_used_again(tmp_path, monkeypatch):
    monkeypatch.setenv("KUME_PROFILE", str(tmp_path))
    book = workbook(survey="| type | name | label |\n| text | a | A |")
    first = convert_cached("a.xlsx", book)
    monkeypatch.setattr(compiling, "convert", lambda *_given: pytest.fail("converted again"))
    assert convert_cached("a.xlsx", book) == first


@pytest.mark.parametrize("torn", ["", "{}", "[]\n[]", "0000\n{}"])
def test_that_a_torn_entry_of_the_cache_is_made_anew(torn: str, tmp_path, monkeypatch):
    monkeypatch.setenv("KUME_PROFILE", str(tmp_path))
    book = workbook(survey="| type | name | label |\n| text | a | A |")
    first = convert_cached("a.xlsx", book)
    (kept,) = (tmp_path / "cache").glob("form-*.json")
    whole = kept.read_text(encoding="utf-8")
    for text in (torn, whole[:-40], whole.replace("/data/a", "/data/z")):
        kept.write_text(text, encoding="utf-8")
        assert convert_cached("a.xlsx", book) == first


def test_that_the_cache_keeps_the_forms_that_were_used_last(tmp_path, monkeypatch):
    monkeypatch.setenv("KUME_PROFILE", str(tmp_path))
    monkeypatch.setattr(compiling, "MOST_KEPT", 2)
    books = [workbook(survey=f"| type | name | label |\n| text | a{n} | A |") for n in range(4)]
    for book in books:
        convert_cached("a.xlsx", book)
    assert len(list((tmp_path / "cache").glob("form-*"))) == 2


@pytest.mark.parametrize(
    ("header", "name", "language"),
    [("label::Türkçe (tr)", "label", "tr"), ("Label::English (en)", "label", "en"), ("hint::Deutsch", "hint", "Deutsch"),
     ("relevance", "relevant", ""), ("constraint message::x (pt-br)", "constraint_message", "pt-br"), ("type", "type", "")],
)  # fmt: skip
def test_that_headers_are_read_as_people_write_them(header: str, name: str, language: str):
    assert (column(header).name, column(header).language) == (name, language)
    assert language_code(" Türkçe (TR) ") == "tr"


@pytest.mark.parametrize(
    ("kind", "word", "listed"),
    [("select one yn", "select_one", "yn"), ("select_multiple yn or_other", "select_multiple", "yn"), ("text", "text", ""),
     ("select_one_from_file a.csv", "select_one_from_file", "a.csv"), ("Integer", "integer", ""), ("select_one", "select_one", ""),
     ("select one from yes_no", "select_one", "yes_no"), ("select all that apply from t or specify other", "select_multiple", "t"),
     ("select1 k", "select_one", "k"), ("add select one prompt using k", "select_one", "k"), ("q int", "int", ""), ("phone number", "phonenumber", ""),
     ("selection", "selection", ""), ("select one from file a.csv", "select_one_from_file", "a.csv"), ("select_one_external k", "select_one_external", "k")],
)  # fmt: skip
def test_that_types_are_read_as_people_write_them(kind: str, word: str, listed: str):
    assert (type_word(kind), list_name(kind)) == (word, listed)


def test_that_blocks_are_read_as_people_write_them():
    assert block("begin group") == block("begin_group") == block("Begin  Group") == ("begin", "group")
    assert block("end repeat") == ("end", "repeat")
    assert block("text") is None

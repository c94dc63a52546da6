"""The small entry: an expression, XML, a context node, a language, a time zone, and the value."""

from __future__ import annotations

import doctest
import math
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kume_desktop.xpath.evaluate import ExpressionError, Result, XmlError, evaluate

DATA = """<data version="3">
  <size type="x">21</size><blank/><note xml:lang="en-GB" id="n1">a <b>bold</b> word</note>
  <!-- a remark --><?paint red?>
  <r><v>1</v></r><r><v>2</v></r>
</data>"""
FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
    xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
  <h:head><model>
    <itext>
      <translation lang="en"><text id="fish"><value form="image">x.png</value><value>Fish</value></text></translation>
      <translation lang="tr" default=""><text id="fish"><value>Balık</value></text></translation>
    </itext>
    <instance><data><food>f</food><sort>b</sort><count>5</count><orx:meta><by>me</by></orx:meta></data></instance>
    <instance id="foods"><root><item><name>f</name><itextId>fish</itextId></item></root></instance>
    <bind nodeset="/data/count" type="int"/>
  </model></h:head>
  <h:body>
    <select1 ref="/data/food"><itemset nodeset="instance('foods')/root/item[name != '']">
      <value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>
    <select1 ref="/data/sort"><item><value>b</value><label>Big</label></item></select1>
  </h:body>
</h:html>"""
PHOENIX = timezone(timedelta(hours=-7))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/size * 2", 42.0),
        ("/data/size > 20", True),
        ("concat(/data/size, ' m')", "21 m"),
        ("/data/r/v", ["1", "2"]),
        ("/data/nosuch", []),
        ("string(/data/note)", "a bold word"),
        ("/data/@version", ["3"]),
        ("count(/data/size/@*)", 1.0),
        ("count(/data/comment())", 1.0),
        ("count(/data/processing-instruction('paint'))", 1.0),
        ("count(/data/processing-instruction('other'))", 0.0),
        ("name(/data/processing-instruction())", "paint"),
        ("/data/note/text()", ["a ", " word"]),
        ("count(/data/note/node())", 3.0),
        ("id('n1')/b", ["bold"]),
        ("count(id('nosuch n1'))", 1.0),
        ("/data/note[lang('en')]/b", ["bold"]),
        ("count(//*[lang('tr')])", 0.0),
        ("count(/data/size/ancestor::node())", 2.0),
        ("name(/data/size/@type/..)", "size"),
        ("name(/data/size/@type)", "type"),
        ("count(/data/size/@type | /data/size | /data)", 3.0),
        ("name((/data/size/@type | /data/size)[1])", "size"),
    ],
)
def test_that_plain_data_gives(expression: str, expected: object):
    assert evaluate(expression, DATA) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Result.TEXT, "1"),
        ("number", 1.0),
        (Result.TEST, True),
        (Result.NODES, ["1", "2"]),
        (Result.PATHS, ["/data[1]/r[1]/v[1]", "/data[1]/r[2]/v[1]"]),
    ],
)
def test_that_a_node_set_is_given_as_asked_for(result: str, expected: object):
    assert evaluate("/data/r/v", DATA, result=result) == expected


def test_that_places_name_attributes_and_texts():
    assert evaluate("/data/@version", DATA, result="paths") == ["/data[1]/@version"]
    assert evaluate("/data/note/text()", DATA, result="paths") == [
        "/data[1]/note[1]/text()[1]",
        "/data[1]/note[1]/text()[2]",
    ]


def test_that_the_context_node_is_the_one_that_its_path_selects():
    assert evaluate("../../size", DATA, "/data/r[2]/v") == ["21"]
    assert evaluate("position(..)", DATA, "/data/r[2]/v") == 2.0
    with pytest.raises(ExpressionError, match="no-such-node"):
        evaluate("1", DATA, "/data/nosuch")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("/data/count = '5.0'", True),
        ("instance('foods')/root/item[name = /data/food]/itextId", ["fish"]),
        ("instance('foods')/root/item[name = 'f']/itextId", ["fish"]),
        ("pulldata('foods', 'itextId', 'name', 'f')", "fish"),
        ("jr:choice-name(/data/food, ' /data/food ')", "Balık"),
        ("jr:choice-name(/data/sort, '/data/sort')", "Big"),
        ("jr:choice-name('zz', '/data/sort')", "zz"),
        ("jr:choice-name('b', '../sort')", "Big"),
        ("jr:itext('nosuch')", ""),
        ("/data/orx:meta/by", ["me"]),
        ("/data/meta/by", ["me"]),
        ("/html/head/model/instance[1]/data/count", ["5"]),
        ("local-name(/data/orx:meta)", "meta"),
        ("namespace-uri(/data/orx:meta)", "http://openrosa.org/xforms"),
    ],
)
def test_that_a_whole_form_gives(expression: str, expected: object):
    assert evaluate(expression, FORM, "/data/food", language="tr") == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "Fish"), ("tr", "Balık"), ("de", "Balık")])
def test_that_texts_follow_the_language_or_else_the_default_one(language: str, expected: str):
    assert evaluate("jr:itext('fish')", FORM, language=language) == expected


def test_that_a_context_node_outside_the_data_makes_the_whole_form_the_document():
    assert evaluate("count(//item)", FORM, "/html/head/model/itext") == 2.0
    assert evaluate("count(//item)", FORM, "/data") == 0.0


def test_that_the_clock_stands_in_the_given_zone():
    moment = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert evaluate("today()", DATA, zone="America/Phoenix", now=moment) == "2026-11-21"
    assert evaluate("now()", DATA, zone=PHOENIX, now=moment) == "2026-11-21T20:00:00.000-07:00"
    assert evaluate("decimal-time('12:00:00.000+00:00')", DATA, now=moment) == 0.5
    with pytest.raises(KeyError):
        evaluate("1", DATA, zone="Nowhere/Land")


def test_that_properties_and_the_seed_of_the_session_come_from_outside():
    assert evaluate("property('username')", DATA, properties={"username": "ayşe"}) == "ayşe"
    once = evaluate("randomize(/data/*)", DATA, session="one")
    assert once == evaluate("randomize(/data/*)", DATA, session="one")


def test_that_a_value_that_is_no_number_is_nan_and_blank_as_text():
    assert math.isnan(evaluate("number('x')", DATA))  # type: ignore[arg-type]
    assert evaluate("number('x')", DATA, result="text") == ""


@pytest.mark.parametrize(
    "xml",
    [
        "<data>",
        "no xml",
        '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
        "<a>" * 5000 + "</a>" * 5000,
    ],
)
def test_that_xml_which_may_not_be_read_is_refused(xml: str):
    with pytest.raises(XmlError):
        evaluate("1", xml)


def test_that_a_declared_document_type_without_entities_is_read():
    assert evaluate("/html/p", "<!DOCTYPE html><html><p>x</p></html>") == ["x"]


def test_that_the_examples_of_the_documentation_hold():
    page = Path(__file__).parents[2] / "docs" / "expressions.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted > 5
    assert found.failed == 0


@pytest.mark.parametrize("encoding", ["utf-16", "shift_jis", "no-such"])
def test_that_a_text_is_read_whatever_encoding_it_names(encoding: str):
    assert evaluate("/d/a", f'<?xml version="1.0" encoding="{encoding}"?><d><a>ş</a></d>', result="text") == "ş"

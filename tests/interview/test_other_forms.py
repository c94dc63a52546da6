"""What forms of other houses hold beside what a workbook can say: fixed rows, computed texts, nested instances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.instruments.load import load
from kume_desktop.instruments.source import FormSource
from kume_desktop.interview import engine, page
from kume_desktop.interview.xml import parse, read_submission, submission
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario, compiled

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Deneme</h:title><model>{itext}
 <instance><data id="deneme" version="1">{instance}</data></instance>{more}</model></h:head><h:body>{body}</h:body>
 </h:html>"""

FAMILIES = """<instance id="aile"><root>
 <item><name>Bob</name><yob>1966</yob>
  <child><name>Sally</name><yob>1988</yob></child><child><name>Kwame</name><yob>1990</yob></child></item>
 <item><name>Hu</name><yob>1972</yob><child><name>Foo</name><yob>1988</yob></child></item>
 <item><name>Baz</name><yob>1968</yob>
  <child><name>Baz 2</name><yob>1988</yob></child><child><name>Baz 3</name><yob>1988</yob></child></item>
</root></instance>"""
ITEXT = """<itext>
 <translation lang="tr" default="true()"><text id="s-1"><value>Sayı <output value="/data/a"/> küçük</value></text>
  <text id="s-2"><value>Başka</value></text></translation>
 <translation lang="en"><text id="s-1"><value><output value="/data/a"/> is small</value></text>
  <text id="s-2"><value>Other</value></text></translation></itext>"""


def begun(body: str, instance: str, more: str = "", itext: str = "", language: str = "tr") -> Scenario:
    """An interview of a form written as XForm."""
    text = XFORM.format(itext=itext, instance=instance, more=more, body=body)
    form = engine.compile_form(load(FormSource(text, {}, "0" * 64, "0" * 64)))
    setting = replace(Scenario.of("| type | name | label |\n| text | q | Q |").setting, language=language)
    talk = Scenario(form, setting, Scenario.of("| type | name | label |\n| text | q | Q |").record, None)
    outcome = engine.begin(form, setting)
    talk.record = type(talk.record)()
    talk.interview = talk.record.keep(outcome)
    return talk


def test_that_rows_of_an_instance_may_hold_rows():
    more = f"""{FAMILIES}<bind nodeset="/data/n" type="int"
     calculate="count(instance('aile')/root/item[yob &lt; 1970]/child[yob = 1988])"/>
     <bind nodeset="/data/b" calculate="instance('aile')/root/item[name = /data/a]/child[2]/name"/>"""
    talk = begun('<input ref="/data/a"/>', "<a/><n/><b/>", more)
    assert talk.interview.value("/data/n") == "3"
    after = engine.answer(talk.interview, "/data/a", "Bob").interview
    assert after.value("/data/b") == "Kwame"
    assert engine.answer(talk.interview, "/data/a", "Hu").interview.value("/data/b") == ""


def test_that_rows_of_an_instance_may_have_names_of_their_own_and_attributes():
    more = """<instance id="x"><root><cat><name>V</name><age>12</age></cat><dog><name>V</name><age>9</age></dog></root>
     </instance><instance id="il"><root><item kod="AK"><ad>Alaska</ad></item><item kod="TX"><ad>Texas</ad></item></root>
     </instance><bind nodeset="/data/c" calculate="instance('x')/root/cat[name = /data/a]/age"/>
     <bind nodeset="/data/d" calculate="instance('x')/root/dog[name = /data/a]/age"/>
     <bind nodeset="/data/e" calculate="pulldata('il', 'ad', '@kod', 'TX')"/>"""
    talk = begun('<input ref="a"/>', "<a/><c/><d/><e/>", more)
    after = engine.answer(talk.interview, "/data/a", "V").interview
    assert [after.value(f"/data/{name}") for name in "cde"] == ["12", "9", "Texas"]


def test_that_a_computed_text_is_found_in_the_language_in_force():
    more = """<bind nodeset="/data/a" type="int" constraint=". &gt; 5"
     jr:constraintMsg="jr:itext(concat('s-', /data/b))"/>
     <bind nodeset="/data/c" calculate="jr:itext(concat('s-', /data/b))"/>"""
    body = '<input ref="/data/a"/><input ref="/data/b"/>'
    talk = begun(body, "<a/><b>1</b><c/>", more, ITEXT)
    (told,) = engine.answer(talk.interview, "/data/a", "3").problems
    assert told.params["message"] == "Sayı 3 küçük"
    after = engine.answer(talk.interview, "/data/b", "2").interview
    assert after.value("/data/c") == "Başka"
    assert engine.set_language(after, "en").value("/data/c") == "Other"


def test_that_a_text_that_holds_itself_ends():
    loop = """<itext><translation lang="tr"><text id="s"><value>x<output value="jr:itext('s')"/></value></text>
     </translation></itext>"""
    talk = begun('<input ref="/data/a"/>', "<a/><c/>", """<bind nodeset="/data/c" calculate="jr:itext('s')"/>""", loop)
    assert talk.interview.value("/data/c") == "x"


def test_that_nobody_adds_or_removes_rows_of_a_fixed_repeat():
    body = """<group ref="/data/r"><repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/q"/></repeat>
     </group><group ref="/data/s"><repeat nodeset="/data/s" jr:noAddRemove="true()"><input ref="/data/s/q"/></repeat>
     </group>"""
    talk = begun(body, '<r><q>1</q></r><r><q>2</q></r><s jr:template=""><q/></s>')
    rows = talk.interview.rows("/data/r")
    assert (len(rows), len(talk.interview.rows("/data/s"))) == (2, 1)
    assert [each.code for each in engine.add_row(talk.interview, "/data/r").problems] == ["interview.rows-fixed"]
    gone = engine.remove_row(talk.interview, f"/data/r[{rows[0]}]")
    assert [each.code for each in gone.problems] == ["interview.rows-fixed"]
    offered = [screen.repeat for screen in page.screens(talk.interview)]
    assert [each.can_change for each in offered if each] == [False, False, False]


def test_that_unique_values_are_given_once_in_each_row_and_come_back():
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/q"/></repeat></group>'
    instance = '<u>x</u><r jr:template=""><q/><k/></r><r><q/><k/></r>'
    more = '<bind nodeset="/data/u" jr:preload="uid"/><bind nodeset="/data/r/k" jr:preload="uid"/>'
    talk = begun(body, instance, more)
    talk.interview = talk.record.keep(engine.add_row(talk.interview, "/data/r"))
    keys = [talk.interview.value(f"/data/r[{row}]/k") for row in talk.interview.rows("/data/r")]
    keys.append(talk.interview.value("/data/u"))
    assert len(set(keys)) == 3
    assert all(key.startswith("uuid:") for key in keys)
    back = talk.record.restored(talk.form, talk.setting)
    assert dict(back.values) == dict(talk.interview.values)


def test_that_an_action_may_name_a_bind_and_a_field_its_current_row():
    body = '<group ref="/data/g"><input ref="current()/n"/></group>'
    more = """<bind id="hedef" nodeset="/data/t"/><bind nodeset="/data/g/n" type="int"/>
     <setvalue bind="hedef" event="odk-instance-first-load">Değer</setvalue>"""
    talk = begun(body, "<t/><g><n/></g>", more)
    assert talk.interview.value("/data/t") == "Değer"
    assert engine.answer(talk.interview, "/data/g/n", "7").accepted


def test_that_a_converted_form_has_none_of_this():
    instrument = compiled(survey="| type | name | label |\n| text | q | Q |").instrument
    assert not instrument.trees
    assert not any(node.fixed_rows for node in instrument.nodes())


def refused(body: str, instance: str, more: str) -> list[str]:
    """The codes with which a form is refused on load."""
    with pytest.raises(Refused) as told:
        begun(body, instance, more)
    return [each.code for each in told.value.problems]


def test_that_attributes_are_read_worked_out_set_and_sent():
    more = """<bind nodeset="/data/g/@mark" calculate="/data/a"/>
     <bind nodeset="/data/g/b/@note" calculate="concat(/data/a/@kind, /data/g/@old)"/>
     <setvalue event="odk-instance-first-load" ref="/data/a/@set" value="'7'"/>"""
    talk = begun(
        '<input ref="/data/a"/><group ref="/data/g"><input ref="/data/g/b"/></group>',
        '<a kind="x" set=""/><g mark="" old="3"><b note=""/></g><meta><instanceID/></meta>',
        more,
    )
    talk.interview = talk.record.keep(engine.answer(talk.interview, "/data/a", "5"))
    text = submission(talk.interview, "1")
    assert '<a kind="x" set="7">5</a><g mark="5" old="3"><b note="x3"/></g>' in text
    back = read_submission(talk.form, parse(text.encode()), "seed-1")
    assert back.record.answers["/data/a"] == "5"
    assert not back.problems


def test_that_an_attribute_that_the_data_does_not_have_is_refused_when_it_is_set():
    setting = '<setvalue event="odk-instance-first-load" ref="/data/a/@x" value="1"/>'
    assert refused('<input ref="/data/a"/>', "<a/>", setting) == ["form.attribute-bound"]


@pytest.mark.parametrize("event", ["odk-instance-first-laod", "odk-instance-first-load my-event"])
def test_that_an_event_that_odk_does_not_define_is_refused(event: str):
    more = f'<setvalue event="{event}" ref="/data/a" value="1"/>'
    assert refused('<input ref="/data/a"/>', "<a/>", more) == ["form.event-unknown"]


def test_that_the_older_name_of_the_first_load_is_understood():
    talk = begun('<input ref="/data/a"/>', "<a/>", '<setvalue event="xforms-ready" ref="/data/a" value="1 + 1"/>')
    assert talk.interview.value("/data/a") == "2"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("jr:choice-name('x', ' /data/nowhere ')", "form.choice-name-unknown"),
        ("jr:choice-name('x', '../b')", "form.choice-name-no-list"),
        ("indexed-repeat(/data/b, /data/r, 1)", "form.indexed-repeat-outside"),
    ],
)
def test_that_calls_that_name_what_is_not_there_are_refused(expression: str, code: str):
    body = '<input ref="/data/b"/><repeat nodeset="/data/r"><input ref="/data/r/v"/></repeat>'
    more = f'<bind nodeset="/data/c" calculate="{expression}"/>'
    assert refused(body, "<b/><c/><r><v/></r>", more) == [code]


def test_that_a_choice_that_its_list_lacks_has_no_name():
    body = '<select1 ref="/data/b"><item><label>Bir</label><value>1</value></item></select1><input ref="/data/a"/>'
    more = """<bind nodeset="/data/c" calculate="jr:choice-name(/data/a, '/data/b')"/>"""
    talk = begun(body, "<a/><b/><c/>", more)
    assert engine.answer(talk.interview, "/data/a", "1").interview.value("/data/c") == "Bir"
    assert engine.answer(talk.interview, "/data/a", "2").interview.value("/data/c") == ""


def test_that_a_column_that_a_list_does_not_have_finds_nothing():
    more = """<instance id="il"><root><item><ad>Alaska</ad><kod>AK</kod></item></root></instance>
     <bind nodeset="/data/c" calculate="pulldata('il', 'ad', 'nerede', /data/a)"/>"""
    assert begun('<input ref="/data/a"/>', "<a/><c/>", more).interview.value("/data/c") == ""


def test_that_a_count_by_a_plain_name_stands_beside_its_repeat():
    body = """<repeat nodeset="/data/o"><input ref="/data/o/n"/><repeat nodeset="/data/o/i" jr:count="n">
     <input ref="/data/o/i/v"/></repeat></repeat>"""
    talk = begun(body, "<o><n/><i><v/></i></o>", '<bind nodeset="/data/o/n" type="int"/>')
    (row,) = talk.interview.rows("/data/o")
    after = engine.answer(talk.interview, f"/data/o[{row}]/n", "2").interview
    assert len(after.rows(f"/data/o[{row}]/i")) == 2


def test_that_a_new_row_holds_no_inner_row_where_the_form_has_no_template():
    body = """<repeat nodeset="/data/o"><input ref="/data/o/a"/><repeat nodeset="/data/o/i">
     <input ref="/data/o/i/v"/></repeat></repeat>"""
    talk = begun(body, "<o><a/><i><v/></i></o>", "")
    (first,) = talk.interview.rows("/data/o")
    assert len(talk.interview.rows(f"/data/o[{first}]/i")) == 1
    after = engine.add_row(talk.interview, "/data/o").interview
    _, second = after.rows("/data/o")
    assert after.rows(f"/data/o[{second}]/i") == ()
    assert len(engine.add_row(after, f"/data/o[{second}]/i").interview.rows(f"/data/o[{second}]/i")) == 1

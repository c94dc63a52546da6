# ruff: noqa: E501 - forms are wide tables
"""What forms of other houses use: triggers, casts, last answers, locked blocks, rows that a form brings along, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kume_desktop.instruments.load import load
from kume_desktop.instruments.source import FormSource
from kume_desktop.interview import engine, page
from kume_desktop.interview.labels import bare, rich
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario, compiled, snapshot

XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Deneme</h:title><model>
 <instance><data id="deneme" version="1">{instance}</data></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>"""


@pytest.mark.parametrize(
    ("written", "plain", "shown"),
    [
        ("düz metin_adı", "düz metin_adı", "düz metin_adı"),
        ("**a** ve __b__", "a ve b", "<b>a</b> ve <b>b</b>"),
        ("*a* ve _b_", "a ve b", "<i>a</i> ve <i>b</i>"),
        ("# Başlık\nsatır", "Başlık\nsatır", "<b>Başlık</b><br>satır"),
        ("bkz. [Ajans](https://a.example/x)", "bkz. Ajans", "bkz. Ajans"),
        ('<span style="color:red">kırmızı</span><br/>x', "kırmızı\nx", "kırmızı<br>x"),
        ("2 \\* 3 \\# 4", "2 * 3 # 4", "2 * 3 # 4"),
        ("a < b & c * d", "a < b & c * d", "a &lt; b &amp; c * d"),
        ("<script>x</script>", "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<b>a</b> <STRONG>b</STRONG>", "a b", "<b>a</b> <b>b</b>"),
        ("<i>a</i> <em>b</em> <u>c</u>", "a b c", "<i>a</i> <i>b</i> <u>c</u>"),
        ("<b>a **b**</b> <i>c", "a b c", "<b>a <b>b</b></b> <i>c</i>"),
        ("a</b> <b>b <i>c</b> d</i>", "a b c d", "a <b>b <i>c</i></b> d"),
        ("**a <u>b** c</u>", "a b c", "<b>a <u>b</u></b> c"),
        ("<b onmouseover=\"x()\" style='color:red'>a</b>", "a", "<b>a</b>"),
        ('<font color="red"><b>a</b></font>', "a", "<b>a</b>"),
        ("<b <script>x</b>", "<b <script>x", "&lt;b &lt;script&gt;x"),
        ("<img src=x onerror=y>", "<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ('<a href="javascript:x">a</a>', '<a href="javascript:x">a</a>', '&lt;a href="javascript:x"&gt;a&lt;/a&gt;'),
        ("<base><body><big>x", "<base><body>x", "&lt;base&gt;&lt;body&gt;x"),
        ("&lt;b&gt;a & <b>b</b>", "&lt;b&gt;a & b", "&amp;lt;b&amp;gt;a &amp; <b>b</b>"),
        ("<b\nx='1'>a</b\n>", "a", "<b>a</b>"),
    ],
)
def test_that_labels_may_be_written_in_markdown(written, plain, shown):
    assert (bare(written), rich(written)) == (plain, shown)


def form_of(instance: str, binds: str, body: str) -> engine.Form:
    """A form written as XForm, for what no workbook can say."""
    text = XFORM.format(instance=instance, binds=binds, body=body)
    return engine.compile_form(load(FormSource(text, {}, "0" * 64, "0" * 64)))


def test_that_triggers_run_in_a_chain_also_when_their_question_is_cleared():
    survey = """
    | type    | name | label | calculation      | trigger |
    | text    | a    | A     |                  |         |
    | text    | b    | B     | concat(${a}, '1') | ${a}    |
    | text    | c    | C     | concat(${b}, '2') | ${b}    |
    | text    | d    | D     |                  |         |
    | integer | e    | E     | 7                | ${a}    |
    """
    talk = Scenario.of(survey).answer("a", "x").expect(b="x1", c="x12", e="7")
    talk.answer("c", "elle").answer("d", "y").expect(c="elle").answer("a", "").expect(b="1", c="12")


def test_that_a_trigger_in_a_row_sets_that_row_only():
    survey = """
    | type         | name | label | calculation | trigger |
    | begin repeat | r    | R     |             |         |
    | text         | a    | A     |             |         |
    | text         | b    | B     | ${a}        | ${a}    |
    | end repeat   |      |       |             |         |
    """
    talk = Scenario.of(survey).add_row("/data/r").answer("a[2]", "x").expect(**{"b[1]": "", "b[2]": "x"})
    talk.answer("b[2]", "y").answer("a[1]", "z").expect(**{"b[1]": "z", "b[2]": "y"})


def test_that_actions_which_set_each_other_off_for_ever_refuse_the_answer():
    survey = """
    | type    | name | label | calculation | trigger |
    | integer | a    | A     | ${b} + 1    | ${b}    |
    | integer | b    | B     | ${a} + 1    | ${a}    |
    """
    Scenario.of(survey).refuse("a", "1", "interview.actions-never-rest")


def test_that_values_are_cast_to_the_type_of_their_question():
    survey = """
    | type    | name | label | calculation       | default       |
    | decimal | x    | X     |                   |               |
    | integer | n    | N     | ${x} * 1.5        |               |
    | date    | d    | D     |                   | today() + 7   |
    | date    | e    | E     | date('2026-01-31') + ${n} |       |
    """
    talk = Scenario.of(survey).answer("x", "1.8").expect(n="2", d="2026-12-01", e="2026-02-02")
    talk.answer("x", "").expect(n="", e="").reload().expect(d="2026-12-01")


def test_that_the_last_finished_interview_answers_first():
    survey = """
    | type | name | label | default               |
    | text | kim  | Kim   | ${last-saved#kim}     |
    """
    form = compiled(survey=survey)
    talk = Scenario.begin(form)
    setting = replace(talk.setting, last_saved={"/data/kim": "Ayşe"})
    assert engine.begin(form, setting).interview.value("/data/kim") == "Ayşe"
    assert talk.value("kim") == ""


def test_that_a_locked_block_locks_what_stands_in_it():
    survey = """
    | type        | name | label | read_only |
    | text        | x    | X     |           |
    | begin group | g    | G     | ${x} = 'k' |
    | text        | a    | A     |           |
    | end group   |      |       |           |
    """
    talk = Scenario.of(survey).answer("a", "1")
    talk.answer("x", "k").refuse("a", "2", "interview.read-only")
    assert talk.row("a").read_only
    talk.answer("x", "").answer("a", "2")


def test_that_a_repeat_that_is_not_relevant_takes_no_rows():
    survey = """
    | type         | name | label | relevant   |
    | text         | x    | X     |            |
    | begin repeat | r    | R     | ${x} = 'a' |
    | text         | v    | V     |            |
    | end repeat   |      |       |            |
    """
    talk = Scenario.of(survey).answer("x", "a").remove_row("r")
    assert [screen.repeat.can_change for screen in page.screens(talk.interview) if screen.repeat] == [True]
    talk.answer("x", "b")
    assert not [screen for screen in page.screens(talk.interview) if screen.repeat]
    assert engine.add_row(talk.interview, "/data/r").problems[0].code == "interview.not-asked"


ROWS = '<r jr:template=""><v>t</v></r><r><v>1</v></r><r><v/></r><top/>'
BINDS = '<bind nodeset="/data/r/v" type="int"/><bind nodeset="/data/top" calculate="sum(/data/r/v) + count(/data/r)"/>'
BODY = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/v"/></repeat></group>'


@pytest.mark.parametrize(
    ("instance", "top"),
    [(ROWS, "3"), ('<r jr:template=""><v>5</v></r><top/>', "0"), ("<r><v>4</v></r><top/>", "5")],
    ids=["rows of its own", "template only", "one row"],
)
def test_that_a_form_may_bring_rows_along(instance, top):
    Scenario.begin(form_of(instance, BINDS, BODY)).expect(top=top).reload().expect(top=top)


def test_that_a_new_row_begins_as_the_template_says():
    talk = Scenario.begin(form_of('<r jr:template=""><v>5</v></r><top/>', BINDS, BODY)).add_row("/data/r")
    talk.expect(v="5", top="6")


def test_that_an_action_may_name_one_row():
    setvalue = '<setvalue event="xforms-value-changed" ref="/data/r[position() = 2]/v" value="/data/x"/>'
    form = form_of("<x/><r><v/></r><r><v/></r>", "", f'<input ref="/data/x">{setvalue}</input>{BODY}')
    Scenario.begin(form).answer("x", "7").expect(**{"v[1]": "", "v[2]": "7"})


def test_that_a_constant_count_without_measure_is_refused_and_an_answer_leaves_the_interview_alive():
    survey = """
    | type         | name | label | repeat_count |
    | integer      | n    | N     |              |
    | begin repeat | r    | R     | ${n}         |
    | text         | v    | V     |              |
    | end repeat   |      |       |              |
    """
    talk = Scenario.of(survey).refuse("n", "1000000000", "interview.too-many-rows").answer("n", "3")
    assert len(talk.interview.rows("/data/r")) == 3
    with pytest.raises(Refused) as refused:
        Scenario.of(survey.replace("${n}         |", "1000000000   |"))
    assert refused.value.problems[0].code == "interview.too-many-rows"


def test_that_rows_within_rows_have_a_bound_in_all():
    rows = ["| begin repeat | r1 | R | 1000 |", "| begin repeat | r2 | R | 1000 |", "| text | v | V | |"]
    survey = "\n".join(["| type | name | label | repeat_count |", *rows, "| end repeat |", "| end repeat |"])
    with pytest.raises(Refused) as refused:
        Scenario.of(survey)
    assert refused.value.problems[0].code == "interview.too-many-rows"


def test_that_a_form_nested_without_measure_is_refused():
    deep = 3000
    nested = "".join(f"<g{n}>" for n in range(deep)) + "<x/>" + "".join(f"</g{n}>" for n in reversed(range(deep)))
    with pytest.raises(Refused) as refused:
        form_of(nested, "", "")
    assert refused.value.problems[0].code == "form.blocks-too-deep"


FAMILY = """
| type         | name | label | relevant   | warn  | default |
| text         | x    | X     |            |       | ilk     |
| begin repeat | r    | R     | ${x} != 'h' |      |         |
| integer      | v    | V     |            | . > 5 | 2       |
| begin repeat | s    | S     |            |       |         |
| text         | w    | W     |            |       |         |
| end repeat   |      |       |            |       |         |
| end repeat   |      |       |            |       |         |
"""


def test_that_undo_brings_rows_back_to_their_place_with_everything_in_them():
    talk = Scenario.of(FAMILY).add_row("/data/r").add_row("/data/r").answer("v[1]", "9").override("v[1]", "öyle")
    second = talk.spot("r[2]").path
    talk.answer("w[1]", "iç").add_row(f"{second}/s").answer("w[2]", "öteki").answer("v[2]", "3")
    before = talk.interview
    talk.remove_row("r[1]").remove_row("r[1]").answer("x", "h").keep(engine.undo(talk.interview, before))
    assert snapshot(talk.interview) == snapshot(before)
    assert talk.interview.rows("/data/r") == before.rows("/data/r")
    talk.reload()
    assert snapshot(talk.interview) == snapshot(before)


def test_that_undo_tells_a_noted_value_from_an_answer():
    talk = Scenario.of(FAMILY)
    before = talk.interview
    outcome = engine.undo(talk.answer("x", "yeni").interview, before)
    assert [(each.path, each.new, each.recorded) for each in outcome.changes] == [("/data/x", "ilk", True)]
    assert talk.keep(outcome).record.recorded["/data/x"] == "ilk"
    assert "/data/x" not in talk.record.answers


def test_that_undo_stays_in_the_language_in_force():
    talk = Scenario.of("| type | name | label::Türkçe (tr) | label::English (en) |\n| text | x | X | X |")
    before = talk.interview
    outcome = engine.undo(talk.answer("x", "1").speak("en").interview, before)
    assert (outcome.interview.language, outcome.interview.value("/data/x")) == ("en", "")

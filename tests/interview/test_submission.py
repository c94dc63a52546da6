# ruff: noqa: E501 - forms are wide tables
"""An interview as an ODK submission and back: stable bytes, nothing doubled, nothing dangerous read."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview import engine
from kume_desktop.interview.xml import attachments, parse, read_submission, submission, withheld
from kume_desktop.interview.xml_tree import MAX_BYTES, MAX_DEPTH
from kume_desktop.problems import Refused
from tests.interview.scenario import Scenario, compiled, workbook

SURVEY = """
| type              | name    | label  | relevant      | calculation             | default | repeat_count | appearance |
| start             | bas     |        |               |                         |         |              |            |
| today             | gun     |        |               |                         |         |              |            |
| text              | ad      | Ad?    |               |                         |         |              |            |
| integer           | n       | Kaç?   |               |                         | 1       |              |            |
| decimal           | pay     | Pay?   | ${n} > 1      |                         |         |              |            |
| date              | tarih   | Gün?   |               |                         |         |              |            |
| select_one k      | bir     | Bir?   |               |                         |         |              |            |
| select_multiple k | cok     | Çok?   |               |                         |         |              |            |
| calculate         | iki     |        |               | ${n} * 2                |         |              |            |
| calculate         | an      |        |               | if(${ad} != '', once(now()), '') |  |            |            |
| begin group       | g       | G      | ${bir} != 'y' |                         |         |              |            |
| text              | ic      | İç?    |               |                         | hazır   |              |            |
| begin repeat      | r       | R      |               |                         |         |              |            |
| text              | v       | V?     |               |                         |         |              |            |
| begin repeat      | s       | S      |               |                         |         | ${n}         |            |
| integer           | w       | W?     |               |                         |         |              |            |
| end repeat        |         |        |               |                         |         |              |            |
| end repeat        |         |        |               |                         |         |              |            |
| end group         |         |        |               |                         |         |              |            |
| image             | resim   | Resim? |               |                         |         |              |            |
"""
CHOICES = "| list_name | name | label |\n| k | x | X |\n| k | y | Y |"
SETTINGS = (
    "| form_title | form_id | version | name | instance_name |\n| D | deneme | 3 | data | concat(${ad}, '-', ${n}) |"
)
FORM = compiled(survey=SURVEY, choices=CHOICES, settings=SETTINGS)
PICTURE = "0123456789abcdef.jpg"


def filled() -> Scenario:
    talk = Scenario.begin(FORM).answer("ad", "A & <B>\nİki").answer("n", "2").answer("pay", "2,5")
    return (
        talk.answer("cok", "x y").answer("v", "bir").add_row("/data/g/r").answer("w[4]", "7").answer("resim", PICTURE)
    )


def back(text: str, talk: Scenario) -> engine.Interview:
    """The interview that a submission becomes."""
    read = read_submission(talk.form, text, talk.setting.seed)
    assert read.problems == ()
    return read.record.restored(talk.form, talk.setting)


def test_that_a_submission_is_what_odk_defines():
    root = ElementTree.fromstring(submission(filled().interview, "1234", "uuid:9"))
    assert root.attrib == {"id": "deneme", "version": "3"}
    assert [child.tag for child in root] == [
        "bas",
        "gun",
        "ad",
        "n",
        "pay",
        "tarih",
        "bir",
        "cok",
        "iki",
        "an",
        "g",
        "resim",
        "meta",
    ]
    assert [child.tag for child in root.find("g")] == ["ic", "r", "r"]
    assert [row.findtext("w") for row in root.findall("g/r/s")] == ["", "", "", "7"]
    assert {child.tag: child.text for child in root.find("meta")} == {
        "instanceID": "uuid:1234", "deprecatedID": "uuid:9", "instanceName": "A & <B>\nİki-2",
    }  # fmt: skip
    assert attachments(filled().interview) == (PICTURE,)


def test_that_the_same_interview_gives_the_same_bytes():
    assert submission(filled().interview, "1") == submission(filled().reload().interview, "1")


acts = st.tuples(
    st.sampled_from(["ad", "n", "pay", "tarih", "bir", "cok", "ic", "v", "w", "+", "-"]),
    st.integers(0, 4),
    st.one_of(
        st.sampled_from(["", "1", "2", "x", "y", "x y", "2026-01-31", "a\nb"]),
        st.text(st.characters(exclude_categories=["C"]), max_size=6),
    ),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(acts, max_size=10))
def test_that_what_is_written_and_read_is_the_same_interview(done: list[tuple[str, int, str]]):
    talk = Scenario.begin(FORM)
    for name, place, raw in done:
        rows = talk.interview.rows("/data/g/r")
        if name == "+":
            talk.interview = talk.record.keep(engine.add_row(talk.interview, "/data/g/r"))
        elif name == "-" and rows:
            talk.interview = talk.record.keep(
                engine.remove_row(talk.interview, f"/data/g/r[{rows[place % len(rows)]}]")
            )
        elif name not in "+-" and (spots := talk.interview.tree.all(FORM.by_name[name])):
            talk.interview = talk.record.keep(engine.answer(talk.interview, spots[place % len(spots)].path, raw))
    text = submission(talk.interview, "1")
    restored = back(text, talk)
    assert submission(restored, "1") == text
    assert sorted(_seen(restored)) == sorted(_seen(talk.interview))


def _seen(interview: engine.Interview) -> list[tuple[str, str]]:
    return [
        (spot.item.path, interview.value(path))
        for path, spot in interview.tree.spots.items()
        if interview.is_relevant(path)
    ]


def test_that_a_cleared_default_stays_cleared():
    talk = Scenario.begin(FORM).answer("n", "")
    assert back(submission(talk.interview, "1"), talk).value("/data/n") == ""


def test_that_a_submission_of_collect_is_read_with_its_own_namespaces():
    text = """<?xml version='1.0' encoding='UTF-8' ?><data id="deneme" version="3" xmlns:ev="http://www.w3.org/2001/xml-events" xmlns:orx="http://openrosa.org/xforms">
      <bas>2026-11-22T19:21:10.045Z</bas><ad>Ayşe</ad><n>2</n><iki>4</iki><g><ic /><r><v>a</v><s><w>5</w></s><s><w /></s></r><r jr:x="1" xmlns:jr="j"><v /></r></g>
      <orx:meta><orx:instanceID>uuid:77</orx:instanceID><orx:deprecatedID>uuid:66</orx:deprecatedID></orx:meta></data>"""
    read = read_submission(FORM, text)
    assert (read.document.instance_id, read.document.deprecated_id, read.document.version) == (
        "uuid:77",
        "uuid:66",
        "3",
    )
    assert read.problems == ()
    assert read.calculated == {"/data/iki": "4"}
    assert read.record.answers["/data/ad"] == "Ayşe"
    assert read.record.recorded["/data/bas"] == "2026-11-22T19:21:10.045Z"
    assert len(read.record.rows["/data/g/r"]) == 2


def test_that_what_the_form_does_not_know_is_named_in_one_warning():
    read = read_submission(
        FORM, "<data><yeni>1</yeni><g><x><y/></x></g><ad>a<b/></ad><meta><audit>x</audit></meta></data>"
    )
    (one,) = read.problems
    assert (one.code, one.is_error, one.params["names"]) == (
        "submission.unknown",
        False,
        "/yeni, /g/x, /ad/b, /meta/audit",
    )


@pytest.mark.parametrize(
    ("inner", "code", "where"),
    [
        ("<n>çok</n>", "interview.not-a-number", "/n"),
        ("<tarih>2026-02-30</tarih>", "interview.no-such-date", "/tarih"),
        ("<bir>z</bir>", "interview.no-such-choice", "/bir"),
        ("<cok>x z</cok>", "interview.no-such-choice", "/cok"),
        ("<bas>dün</bas>", "submission.not-a-moment", "/bas"),
        ("<ad>a</ad><ad>b</ad>", "submission.stands-twice", "/ad"),
        ("<g>" + "<r/>" * 1001 + "</g>", "interview.too-many-rows", "/g/r"),
        ("<g><r><v/></r><r><s><w>on</w></s></r></g>", "interview.not-a-number", "/g/r[2]/s[1]/w"),
    ],
)
def test_that_a_value_that_does_not_fit_is_told_with_its_place(inner: str, code: str, where: str):
    read = read_submission(FORM, f"<data>{inner}</data>")
    assert not read.accepted
    assert [(one.code, one.where.question) for one in read.problems] == [(code, where)]


def test_that_attached_files_are_asked_for_by_name():
    text = "<data><resim>1700.jpg</resim></data>"
    assert read_submission(FORM, text).files == ("1700.jpg",)
    assert read_submission(FORM, text, files={"1700.jpg": PICTURE}).record.answers == {"/data/resim": PICTURE}
    assert [one.code for one in read_submission(FORM, text, files={}).problems] == ["submission.file-missing"]


BOMB = "<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><data>&b;</data>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB.encode(), "submission.document-type"),
        (b"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><data/>", "submission.document-type"),
        (b"<data>", "submission.broken"),
        (b"", "submission.broken"),
        (b"\x00\xff", "submission.broken"),
        (b"<a>" * (MAX_DEPTH + 1), "submission.too-deep"),
        (b" " * (MAX_BYTES + 1), "submission.too-big"),
    ],
)
def test_that_a_dangerous_or_broken_file_is_refused(content: bytes, code: str):
    with pytest.raises(Refused) as refusal:
        parse(content)
    assert [one.code for one in refusal.value.problems] == [code]


def test_that_personal_values_and_what_is_computed_from_them_can_be_left_out():
    talk = filled()
    without = withheld(talk.interview, {"/data/ad", "/data/pay"})
    root = ElementTree.fromstring(text := submission(talk.interview, "1", without=without))
    assert [root.findtext(name) for name in ("ad", "pay", "an", "meta/instanceName", "n", "iki")] == [
        "",
        "",
        "",
        "",
        "2",
        "4",
    ]
    assert parse(text.encode()).withheld == {"/data/ad", "/data/pay", "/data/an", "/data/meta/instanceName"}


def test_that_an_entity_is_declared_in_the_metadata():
    form = engine.compile_form(load(convert("a.xlsx", workbook(
        survey="| type | name | label | save_to |\n| text | ad | Ad | ad |",
        entities="| list_name | label | create_if |\n| firmalar | ${ad} | ${ad} != '' |",
    ))))  # fmt: skip
    talk = Scenario.begin(form).answer("ad", "Boya")
    meta = ElementTree.fromstring(text := submission(talk.interview, "1")).find("meta")
    entity = meta.find("entity")
    assert (entity.get("dataset"), entity.get("create"), entity.findtext("label")) == ("firmalar", "1", "Boya")
    assert len(entity.get("id")) == 36
    assert submission(back(text, talk), "1") == text


@pytest.mark.parametrize("encoding", ["no-such", "shift_jis", "hex", "idna", "punycode"])
def test_that_an_encoding_that_cannot_be_read_is_refused(encoding: str):
    with pytest.raises(Refused, match=r"submission\.broken"):
        parse(f'<?xml version="1.0" encoding="{encoding}"?><data id="deneme"><a>ş</a></data>'.encode())


def test_that_what_is_set_or_gathered_from_a_withheld_value_is_withheld_too():
    asked = Scenario.of("""
| type         | name  | label | calculation           | default | trigger |
| calculate    | once  |       | concat(${sonra}, '!') |         |         |
| text         | ad    | Ad?   |                       |         |         |
| text         | izle  | İzle? | concat('T ', ${ad})   |         | ${ad}   |
| calculate    | sonra |       | concat(${izle}, '?')  |         |         |
| begin group  | g     | G     |                       |         |         |
| text         | ic    | İç?   |                       |         |         |
| end group    |       |       |                       |         |         |
| calculate    | hepsi |       | string(/data/g)       |         |         |
| text         | acik  | Açık? |                       |         |         |
""").answer("ad", "Ayşe").answer("ic", "Can").answer("acik", "evet")  # fmt: skip
    without = withheld(asked.interview, {"/data/ad", "/data/g/ic"})
    assert without == {"/data/ad", "/data/g/ic", "/data/izle", "/data/sonra", "/data/once", "/data/hepsi"}
    text = submission(asked.interview, "a", without=without)
    assert "Ayşe" not in text and "Can" not in text and "evet" in text

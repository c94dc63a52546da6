# ruff: noqa: E501 - forms are wide tables
"""Submissions in and out of a study: nothing doubled, nothing personal without a reason, nothing stored of a bad one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kume_desktop.problems import Refused
from kume_desktop.services import (
    attachments,
    exports,
    fieldwork,
    installing,
    interviewing,
    people,
    pseudonyms,
    submissions,
    versions,
)
from kume_desktop.services.studies import Study
from kume_desktop.services.submissions import Taken
from kume_desktop.store import reading
from kume_desktop.store.events import SubjectKind
from tests.interview.scenario import workbook
from tests.services import installed

FORM = "kisa"
SURVEY = """
| type             | name       | label    | required | relevant | calculation | personal | repeat_count |
| username         | kullanici  |          |          |          |             |          |              |
| start            | baslangic  |          |          |          |             |          |              |
| text             | firma_kodu | Firma    |          |          |             |          |              |
| integer          | sicil      | Sicil?   |          |          |             | S        |              |
| text             | hukuki_yapi | Yapı?   |          |          |             |          |              |
| text             | ad         | Ad?      | yes      |          |             | K1       |              |
| integer          | n          | Kaç?     |          |          |             |          |              |
| text             | x          | X?       |          | ${n} > 5 |             |          |              |
| calculate        | selam      |          |          |          | concat('Merhaba ', ${ad}) |  |              |
| begin repeat     | r          | R        |          |          |             |          |              |
| text             | v          | V?       |          |          |             |          |              |
| end repeat       |            |          |          |          |             |          |              |
| image            | resim      | Resim?   |          |          |             |          |              |
"""
SETTINGS = f"| form_title | form_id | version | name |\n| Kısa | {FORM} | 7 | data |"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> installing.Prepared:
    file = tmp_path_factory.mktemp("kisa") / "kisa.xlsx"
    file.write_bytes(workbook(survey=SURVEY, settings=SETTINGS))
    return installing.prepare(file)


@pytest.fixture
def field(study: Study, prepared: installing.Prepared) -> Study:
    """A study with a short form of its own."""
    versions.install(study, prepared)
    return study


def code(study: Study) -> str:
    return fieldwork.firms(study)[0].code


def written(
    folder: Path,
    study: Study,
    inner: str,
    instance: str = "uuid:11111111-1111-4111-8111-111111111111",
    deprecated: str = "",
    version: str = "7",
) -> Path:
    """A submission as Collect writes it."""
    folder.mkdir(exist_ok=True)
    edits = f"<deprecatedID>{deprecated}</deprecatedID>" if deprecated else ""
    file = folder / "submission.xml"
    file.write_text(
        f"<?xml version='1.0' ?><data id='{FORM}' version='{version}'><kullanici>g07</kullanici><firma_kodu>{code(study)}</firma_kodu>"
        f"{inner}<meta><instanceID>{instance}</instanceID>{edits}</meta></data>",
        encoding="utf-8",
    )  # fmt: skip
    return file


def take(study: Study, file: Path) -> Taken:
    (taken,) = submissions.take(study, [file])
    return taken


def session(study: Study, taken: Taken) -> interviewing.Session:
    (record,) = reading.interviews(study.database, interview_id=taken.interview_id)
    return interviewing.Session(study, record, interviewing.restore(study, record))


def codes(taken: Taken) -> list[str]:
    return [one.code for one in taken.problems]


FULL = "<ad>Ayşe</ad><n>3</n><selam>Merhaba Ayşe</selam><r><v>bir</v></r><r><v>iki</v></r><r><v>üç</v></r><resim>a.jpg</resim>"


@pytest.fixture
def first(field: Study, tmp_path: Path) -> Taken:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.jpg").write_bytes(b"\xff\xd8picture")
    return take(field, written(tmp_path / "one", field, FULL))


def test_that_a_submission_becomes_a_completed_interview_of_its_firm(field: Study, first: Taken):
    found = session(field, first)
    assert (first.is_new, codes(first)) == (True, [])
    assert (found.is_completed, found.record.interviewer, found.firm.code) == (True, "g07", code(field))
    assert found.interview.value("/data/selam") == "Merhaba Ayşe"
    rows = found.interview.rows("/data/r")
    assert [found.interview.value(f"/data/r[{row}]/v") for row in rows] == ["bir", "iki", "üç"]
    assert attachments.content(field, found.interview.value("/data/resim")) == b"\xff\xd8picture"


def test_that_the_same_submission_twice_is_one_interview(field: Study, first: Taken):
    before = reading.counts(field.database).events
    again = take(field, first.file)
    assert (again.interview_id, again.is_new, codes(again)) == (first.interview_id, False, ["submission.already-there"])
    assert reading.counts(field.database).events == before


def test_that_an_edit_changes_the_interview_that_it_names(field: Study, first: Taken, tmp_path: Path):
    old = "uuid:11111111-1111-4111-8111-111111111111"
    edit = written(tmp_path / "two", field, "<ad>Ayşe</ad><n/><r><v>bir</v></r><r><v>2</v></r>", "uuid:other", old)
    taken = take(field, edit)
    found = session(field, taken)
    assert (taken.interview_id, taken.is_new) == (first.interview_id, False)
    assert codes(taken) == ["submission.edit-of-completed"]
    assert (found.is_completed, found.interview.value("/data/n"), found.interview.value("/data/resim")) == (
        True,
        "",
        "",
    )
    assert [found.interview.value(f"/data/r[{row}]/v") for row in found.interview.rows("/data/r")] == ["bir", "2"]
    assert codes(take(field, edit)) == ["submission.already-there"]
    third = written(tmp_path / "three", field, "<ad>Can</ad><r><v>bir</v></r>", "uuid:third", "uuid:other")
    assert take(field, third).interview_id == first.interview_id
    assert len(reading.interviews(field.database)) == 1


def test_that_an_edit_finds_the_rows_that_went_with_a_counted_row(study: Study, tmp_path: Path):
    survey = (
        "| type | name | label | repeat_count |\n| username | kullanici | | |\n| text | firma_kodu | Firma | |\n"
        "| integer | n | Kaç? | |\n| begin repeat | c | C | ${n} |\n| begin repeat | i | I | |\n| text | w | W? | |\n"
        "| end repeat | | | |\n| end repeat | | | |"
    )
    file = tmp_path / "kisa.xlsx"
    file.write_bytes(workbook(survey=survey, settings=SETTINGS))
    versions.install(study, installing.prepare(file))
    said = (
        "<n>1</n><c><i><w>bir</w></i><i><w>iki</w></i></c>", "<n>0</n>", "<n>1</n><c><i><w>üç</w></i></c>"
    )  # fmt: skip
    for number, inner in enumerate(said, start=1):
        before = f"uuid:{number - 1}" if number > 1 else ""
        found = session(study, take(study, written(tmp_path / str(number), study, inner, f"uuid:{number}", before)))
    words = found.interview.tree.all(found.interview.form.by_name["w"])
    assert [found.interview.value(spot.path) for spot in words] == ["üç"]


def test_that_an_edit_whose_original_comes_later_is_not_doubled(field: Study, tmp_path: Path):
    old = "uuid:11111111-1111-4111-8111-111111111111"
    taken = take(
        field, written(tmp_path / "two", field, "<ad>Can</ad>", "uuid:22222222-2222-4222-8222-222222222222", old)
    )
    late = take(field, written(tmp_path / "one", field, "<ad>Ayşe</ad>"))
    assert (late.interview_id, codes(late)) == (taken.interview_id, ["submission.already-there"])
    assert session(field, taken).interview.value("/data/ad") == "Can"


@pytest.mark.parametrize(
    ("inner", "more", "expected"),
    [
        ("<n>çok</n>", {}, "interview.not-a-number"),
        ("<resim>yok.jpg</resim>", {}, "submission.file-missing"),
        ("", {"instance": ""}, "submission.no-identity"),
    ],
)
def test_that_nothing_is_stored_of_a_submission_with_errors(field: Study, tmp_path: Path, inner, more, expected):
    before = reading.counts(field.database)
    taken = take(field, written(tmp_path / "one", field, inner, **more))
    assert (taken.interview_id, codes(taken)) == ("", [expected])
    assert taken.problems[0].where.file == "submission.xml"
    assert reading.counts(field.database) == before


def test_that_firm_and_form_must_be_known(field: Study, tmp_path: Path):
    file = written(tmp_path / "one", field, "<ad>a</ad>")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(code(field), "XX-9"), encoding="utf-8")
    assert codes(take(field, file)) == ["submission.no-firm"]
    file.write_text(text.replace(FORM, "baska"), encoding="utf-8")
    assert codes(take(field, file)) == ["submission.no-form"]


def test_that_an_unknown_version_unknown_nodes_and_open_questions_are_told(field: Study, tmp_path: Path):
    taken = take(field, written(tmp_path / "one", field, "<yeni>1</yeni><selam>Selam</selam>", version="99"))
    assert codes(taken) == [
        "submission.version-unknown",
        "submission.unknown",
        "submission.other-values",
        "submission.left-open",
    ]
    assert not session(field, taken).is_completed


def test_that_an_export_leaves_personal_values_out(field: Study, first: Taken, tmp_path: Path):
    exported = submissions.export(field, tmp_path / "out", instrument_id=FORM)
    (file,) = exported.files
    text = file.read_text(encoding="utf-8")
    assert "Ayşe" not in text
    assert ElementTree.fromstring(text).findtext("n") == "3"
    assert "Merhaba" not in text


def test_that_persons_need_a_reason(field: Study, first: Taken, tmp_path: Path):
    with pytest.raises(Refused, match=r"submission\.reason-missing"):
        submissions.export(field, tmp_path / "out", personal=True)
    exported = submissions.export(field, tmp_path / "out", personal=True, reason="karşılaştırma")
    assert [file.suffix for file in exported.files] == [".xml", ".jpg"]
    assert exported.files[1].read_bytes() == b"\xff\xd8picture"


def test_that_what_was_exported_comes_back_to_the_same_interview(field: Study, first: Taken, tmp_path: Path):
    (file, _picture) = submissions.export(field, tmp_path / "out", personal=True, reason="yedek").files
    assert take(field, file).interview_id == first.interview_id
    open_again = session(field, first)
    open_again.reopen()
    open_again.answer("/data/n", "4")
    assert open_again.complete().at is not None
    (edit, _picture) = submissions.export(field, tmp_path / "out", personal=True, reason="yedek").files
    meta = ElementTree.fromstring(edit.read_text(encoding="utf-8")).find("meta")
    assert meta.findtext("deprecatedID") == "uuid:11111111-1111-4111-8111-111111111111"
    assert meta.findtext("instanceID") not in {"", meta.findtext("deprecatedID")}


def test_that_a_withheld_value_is_not_cleared_by_an_edit(field: Study, first: Taken, tmp_path: Path):
    (file,) = submissions.export(field, tmp_path / "out").files
    text = file.read_text(encoding="utf-8").replace("<n>3</n>", "<n>5</n>")
    text = text.replace("<instanceID>", "<deprecatedID>").replace(
        "</instanceID>", "</deprecatedID><instanceID>uuid:e</instanceID>"
    )
    file.write_text(text, encoding="utf-8")
    found = session(field, take(field, file)).interview
    assert (found.value("/data/n"), found.value("/data/ad")) == ("5", "Ayşe")


def test_that_personal_answers_are_sealed_in_the_log(field: Study, first: Taken):
    assert [line for line in reading.lines(field.database) if "Ayşe" in str(line)] == []


def test_that_the_interview_began_when_its_submission_says(field: Study, tmp_path: Path):
    begun = take(
        field, written(tmp_path / "one", field, "<baslangic>2026-03-04T09:15:00.000+03:00</baslangic><ad>a</ad>")
    )
    assert session(field, begun).started_at == datetime(2026, 3, 4, 6, 15, tzinfo=UTC)
    for number, start in enumerate(
        ["2999-01-01T00:00:00.000+03:00", "2026-13-45T99:99:00Z", "0001-01-01T00:00:00+14:00"]
    ):
        other = f"uuid:{number}1111111-1111-4111-8111-1111111111{number}2"
        inner = f"<baslangic>{start}</baslangic><ad>a</ad>"
        taken = take(field, written(tmp_path / f"other{number}", field, inner, other))
        assert taken.is_new
        assert abs(session(field, taken).started_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_that_what_names_a_sole_trader_is_left_out_in_whatever_interview_it_said_so(field: Study, tmp_path: Path):
    firm = "<ad>a</ad><sicil>7564321</sicil><hukuki_yapi>2</hukuki_yapi>"
    take(field, written(tmp_path / "one", field, firm))
    (file,) = submissions.export(field, tmp_path / "open", instrument_id=FORM).files
    assert "7564321" in file.read_text(encoding="utf-8")
    take(field, written(tmp_path / "two", field, "<ad>a</ad><hukuki_yapi>1</hukuki_yapi>", "uuid:other"))
    for file in submissions.export(field, tmp_path / "closed", instrument_id=FORM).files:
        assert "7564321" not in file.read_text(encoding="utf-8")


def test_that_an_export_names_no_firm_and_yet_leads_back_to_it(field: Study, first: Taken, tmp_path: Path):
    firm = session(field, first).firm
    (file,) = submissions.export(field, tmp_path / "out", instrument_id=FORM).files
    text, outside = file.read_text(encoding="utf-8"), pseudonyms.code_of(field, firm.unit_id)
    assert ElementTree.fromstring(text).findtext("firma_kodu") == outside
    for told in (firm.code, firm.name, "g07", "bir", "iki"):
        assert f">{told}<" not in text
        assert told not in file.parent.name
    other = "uuid:22222222-2222-4222-8222-222222222222"
    file.write_text(text.replace("uuid:11111111-1111-4111-8111-111111111111", other), encoding="utf-8")
    taken = take(field, file)
    assert "submission.second-interview" in codes(taken)
    again = session(field, taken)
    assert (again.firm.unit_id, again.interview.value("/data/firma_kodu")) == (firm.unit_id, firm.code)
    file.write_text(text.replace(outside, "PAAAAAAAA").replace("11111111-", "33333333-"), encoding="utf-8")
    assert codes(take(field, file)) == ["submission.no-firm"]


def test_that_what_is_worked_out_of_free_text_is_left_out_with_it(study: Study, tmp_path: Path):
    survey = (
        "| type | name | label | calculation |\n| text | gorus | Görüş? | |\n| integer | n | Kaç? | |\n"
        "| calculate | soz | | concat('Dedi ki: ', ${gorus}) |\n| calculate | iki | | ${n} * 2 |"
    )
    installed.install(study, tmp_path, "sozlu", survey)
    installed.finished(study, fieldwork.firms(study)[0].unit_id, "sozlu", gorus="Kızıl boya", n="4")
    (file,) = submissions.export(study, tmp_path / "out").files
    read = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert {node.tag: node.text for node in read if node.tag != "meta"} == {
        "gorus": None, "n": "4", "soz": None, "iki": "8",
    }  # fmt: skip


def test_that_the_log_remembers_who_took_persons_out_and_why(field: Study, first: Taken, tmp_path: Path):
    submissions.export(field, tmp_path / "out")
    submissions.export(field, tmp_path / "out", personal=True, reason="yedek")
    (said,) = reading.heads(field.database, field.record.study_id)["export#note"]
    assert said.author == field.person
    assert re.fullmatch(r"submissions with person fields \d{6}-\w{6}: yedek", said.value or "")


def test_that_an_edit_without_persons_keeps_them_and_is_not_told_to_compute_otherwise(
    field: Study, first: Taken, tmp_path: Path
):
    (file,) = submissions.export(field, tmp_path / "out", instrument_id=FORM).files
    text = file.read_text(encoding="utf-8").replace("uuid:11111111-1111-4111-8111-111111111111", "uuid:edit")
    text = text.replace(
        "</instanceID>", "</instanceID><deprecatedID>uuid:11111111-1111-4111-8111-111111111111</deprecatedID>"
    )
    file.write_text(text.replace("<n>3</n>", "<n>9</n>"), encoding="utf-8")
    taken = take(field, file)
    assert codes(taken) == ["submission.edit-of-completed"]
    state = reading.state_of(field.database, taken.interview_id)
    assert {state[f"/data/{name}"].value for name in ("ad", "selam", "n")} == {"Ayşe", "Merhaba Ayşe", "9"}


def test_that_a_firm_that_was_erased_gets_no_interview_by_a_submission(field: Study, tmp_path: Path):
    file = written(tmp_path / "one", field, "<ad>Ayşe</ad>")
    erased = fieldwork.firms(field)[0].unit_id
    with field.act() as act:
        act.erase(SubjectKind.UNIT, erased, "request")
    taken = take(field, file)
    assert (taken.interview_id, codes(taken)) == ("", ["submission.no-firm"])


def test_that_only_staff_let_answers_in_or_personal_data_out(study, tmp_path):
    study.role = people.INTERVIEWER
    for act, code in (
        (lambda: submissions.take(study, [tmp_path / "a.xml"]), "study.only-staff"),
        (lambda: submissions.export(study, tmp_path / "out", personal=True, reason="denetim"), "role.may-not"),
        (lambda: exports.export_csv(study, tmp_path / "csv", "tr", personal=True, reason="denetim"), "role.may-not"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problems[0].code == code
    assert list(tmp_path.glob("out/*")) == list(tmp_path.glob("csv/*")) == []


def test_that_a_form_without_the_firms_code_finds_its_firm_by_the_folder_of_the_export(study: Study, tmp_path: Path):
    survey = "| type | name | label |\n| text | gorus | Görüş? |"
    installed.install(study, tmp_path, "kodsuz", survey)
    unit = fieldwork.firms(study)[0].unit_id
    session = installed.finished(study, unit, "kodsuz", gorus="iyi")
    (file,) = submissions.export(study, tmp_path / "out").files
    text = file.read_text(encoding="utf-8")
    other = file.parent.with_name(file.parent.name[:-8] + "0123abcd")
    other.mkdir()
    (other / file.name).write_text(text.replace(session.interview_id, "22222222-2222-4222-8222-222222222222"), "utf-8")
    stray = tmp_path / "stray"
    stray.mkdir()
    (stray / file.name).write_text(text.replace(session.interview_id, "33333333-3333-4333-8333-333333333333"), "utf-8")
    taken = take(study, other / file.name)
    assert taken.interview_id
    assert codes(taken) == ["submission.second-interview"], "the firm was found: it has an interview already"
    assert codes(take(study, stray / file.name)) == ["submission.no-firm"]

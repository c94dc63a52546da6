"""What finished interviews give to later ones: rows of entity lists, and the values of the last one."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kume_desktop.interview.choices import options
from kume_desktop.interview.view import ground_of
from kume_desktop.services import entities, form_work, forms, interviewing, versions
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.services.worker import serve
from tests.interview.scenario import workbook
from tests.services.installed import finished, install, interview, units

SAVES = """
| type | name | label | save_to |
| text | unvan | Ünvan | |
| integer | kisi | Kişi | calisan |
"""
DECLARED = "| list_name | label | create_if |\n| tedarikciler | ${unvan} | ${kisi} > 1 |"
READS = """
| type | name | label | choice_filter | calculation |
| select_one_from_file tedarikciler.csv | hangi | Hangi | | |
| calculate | kac | | | pulldata('tedarikciler', 'calisan', 'name', ${hangi}) |
"""


def listed(session: Session, name: str) -> list[str]:
    spot = session.interview.tree.spots[session.interview.path_of(name)]
    return [each.label for each in options(ground_of(session.interview), spot)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tedarikciler.csv").write_text("name,label,calisan\nt1,Bilinen,7\n", encoding="utf-8")
    return tmp_path


def test_that_a_finished_interview_adds_to_a_list_of_later_ones(study: Study, folder: Path):
    install(study, folder, "kayit", SAVES, entities=DECLARED)
    install(study, folder, "secim", READS)
    one, other = units(study)
    session = interview(study, one, "kayit", unvan="Yeni AŞ", kisi="12")
    assert listed(interview(study, one, "secim"), "hangi") == ["Bilinen"]
    session.complete()
    reading = interview(study, other, "secim")
    assert listed(reading, "hangi") == ["Bilinen", "Yeni AŞ"]
    new = session.interview.value("/data/meta/entity/@id")
    assert reading.answer("/data/hangi", new).at is not None
    assert reading.interview.value("/data/kac") == "12"
    assert reading.answer("/data/hangi", "t1").at is not None
    assert reading.interview.value("/data/kac") == "7"


def test_that_the_condition_and_reopening_decide_what_the_list_holds(study: Study, folder: Path):
    install(study, folder, "kayit", SAVES, entities=DECLARED)
    install(study, folder, "secim", READS)
    one, other = units(study)
    finished(study, one, "kayit", unvan="Küçük", kisi="1")
    session = finished(study, other, "kayit", unvan="Büyük", kisi="5")
    assert listed(interview(study, one, "secim"), "hangi") == ["Bilinen", "Büyük"]
    session.reopen()
    again = interviewing.open_interview(study, one, "secim")
    assert listed(again, "hangi") == ["Bilinen"]


def test_that_an_interview_changes_a_row_of_the_list(study: Study, folder: Path):
    survey = """
| type | name | label | save_to |
| select_one_from_file tedarikciler.csv | hangi | H | |
| integer | kisi | Kişi | calisan |
"""
    declared = "| list_name | label | entity_id | update_if |\n| tedarikciler | | ${hangi} | ${kisi} != '' |"
    install(study, folder, "degisim", survey, entities=declared)
    install(study, folder, "secim", READS)
    one, other = units(study)
    finished(study, one, "degisim", hangi="t1", kisi="44")
    reading = interview(study, other, "secim", hangi="t1")
    assert reading.interview.value("/data/kac") == "44"
    assert listed(reading, "hangi") == ["Bilinen"]


def test_that_every_row_of_a_repeat_makes_an_entity(study: Study, folder: Path):
    survey = """
| type | name | label | save_to |
| begin repeat | ortak | O | |
| text | unvan | Ü | |
| integer | kisi | K | calisan |
| end repeat | | | |
"""
    install(study, folder, "cok", survey, entities=DECLARED)
    install(study, folder, "secim", READS)
    one, other = units(study)
    session = interview(study, one, "cok", unvan="A", kisi="3")
    from kume_desktop.interview import engine

    session._carry_out(engine.add_row(session.interview, "/data/ortak"), "/data/ortak")
    row = [path for path in session.interview.tree.spots if path.endswith("/unvan")][1]
    session.answer(row, "B")
    session.answer(row.replace("unvan", "kisi"), "4")
    session.complete()
    assert listed(interview(study, other, "secim"), "hangi") == ["Bilinen", "A", "B"]


def test_that_a_form_that_chooses_a_firm_gets_all_firms_of_the_study(study: Study, folder: Path):
    install(study, folder, "firma", "| type | name | label |\n| select_one_from_file firmalar.csv | f | F |")
    one, _other = units(study)
    session = interview(study, one, "firma")
    assert sorted(listed(session, "f")) == ["Iğdır Nakliyat", "Şişli Kimya"]
    assert listed(session, "f")[0] == session.firm.name


LAST = """
| type | name | label | default |
| text | il | İl | ${last-saved#il} |
| integer | n | N | ${last-saved#n} + 1 |
"""


def test_that_the_last_finished_interview_of_the_form_gives_first_values(study: Study, folder: Path):
    install(study, folder, "son", LAST)
    one, other = units(study)
    first = interview(study, one, "son", il="İzmir", n="4")
    first.complete()
    second = interview(study, other, "son")
    assert (second.interview.value("/data/il"), second.interview.value("/data/n")) == ("İzmir", "5")
    second.answer("/data/il", "Manisa")
    again = interviewing.open_interview(study, other, "son")
    assert (again.interview.value("/data/il"), again.interview.value("/data/n")) == ("Manisa", "5")


def test_that_a_form_is_prepared_in_the_worker_and_installed_in_the_window(study: Study, folder: Path):
    import io

    from tests.interview.scenario import workbook

    settings = "| form_title | form_id | version | name |\n| F | f | 1 | data |"
    file = folder / "f.xlsx"
    file.write_bytes(workbook(survey=READS, settings=settings))
    answers = io.StringIO()
    assert serve(io.StringIO(json.dumps(form_work.prepare_request(file)) + "\n"), answers) == 0
    result = json.loads(answers.getvalue().splitlines()[-1])["result"]
    prepared = form_work.prepared(result)
    assert (prepared.instrument.id, json.loads(prepared.kept)["tables"]["tedarikciler"][0]["label"]) == ("f", "Bilinen")
    file.write_bytes(workbook(survey=SAVES, settings=settings))
    from kume_desktop.problems import Refused

    with pytest.raises(Refused) as refused:
        form_work.prepared(result)
    assert refused.value.problems[0].code == "form.changed-meanwhile"


def test_that_the_worker_checks_a_form(folder: Path):
    import io

    from tests.interview.scenario import workbook

    file = folder / "f.xlsx"
    file.write_bytes(workbook(survey="| type | name | label | relevant |\n| text | a | A | ${zzz} = 1 |"))
    answers = io.StringIO()
    serve(io.StringIO(json.dumps(form_work.check_request(file)) + "\n"), answers)
    found = form_work.checked(json.loads(answers.getvalue().splitlines()[-1])["result"])
    assert (found[0].code, found[0].where.row, found[0].is_error) == ("form.unknown-name", 2, True)


def test_that_a_form_may_read_a_list_that_only_another_form_of_the_study_fills(study: Study, tmp_path: Path):
    install(study, tmp_path, "kayit", SAVES, entities=DECLARED)
    assert entities.lists(study) == {"tedarikciler"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = elsewhere / "secim.xlsx"
    file.write_bytes(workbook(survey=READS, settings="| form_title | form_id | version |\n| S | secim | 1 |"))
    assert [one.code for one in forms.check(file) if one.is_error] == ["form.file-missing"]
    answers = io.StringIO()
    request = form_work.check_request(file, prepare=True, lists=entities.lists(study))
    serve(io.StringIO(json.dumps(request) + "\n"), answers)
    prepared = form_work.prepared(json.loads(answers.getvalue().splitlines()[-1])["result"])
    versions.install(study, prepared)
    one, other = units(study)
    finished(study, one, "kayit", unvan="Yeni AŞ", kisi="12")
    session = interviewing.open_interview(study, other, "secim")
    spot = session.interview.tree.spots[session.interview.path_of("hangi")]
    assert [each.label for each in options(ground_of(session.interview), spot)] == ["Yeni AŞ"]

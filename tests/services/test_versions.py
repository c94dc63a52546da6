"""Versions of an instrument in a study: another one is installed, drafts go on in it and come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kume_desktop.problems import Refused
from kume_desktop.services import fieldwork, forms, installing, interviewing, questionnaires, studies, versions
from kume_desktop.services.interviewing import Session
from kume_desktop.services.studies import Study
from kume_desktop.store import frames, reading
from kume_desktop.store.events import EventKind
from tests.interview.scenario import workbook
from tests.studies import PASSPHRASE, copied

NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"


def row_of(sheet: Worksheet, name: str) -> int:
    """The row of a question in a sheet `survey`."""
    return next(cell.row for column in sheet.iter_cols(min_row=2) for cell in column if cell.value == name)


def column_of(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == header)


def changed(folder: Path, change: Callable[[dict[str, Worksheet]], None], version: str = "2") -> Path:
    """The bundled workbook of needs as another version with something changed."""
    book = load_workbook(forms.bundled(NEEDS))
    sheets = {name: book[name] for name in book.sheetnames}
    settings = sheets["settings"]
    settings.cell(2, column_of(settings, "version")).value = version
    change(sheets)
    book.save(folder / f"ihtiyac_{version}.xlsx")
    return folder / f"ihtiyac_{version}.xlsx"


def rename_and_retire(sheets: dict[str, Worksheet]) -> None:
    """`ana_urun` has another name, `kurulus_yili` is a text, a choice of `gorev` is retired, a question is gone."""
    survey, choices = sheets["survey"], sheets["choices"]
    for sheet in sheets.values():
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                cell.value = "urun" if cell.value == "ana_urun" else cell.value.replace("${ana_urun}", "${urun}")
    survey.cell(row_of(survey, "kurulus_yili"), column_of(survey, "type")).value = "text"
    lists, names = column_of(choices, "list_name"), column_of(choices, "name")
    retired = next(
        row for row in range(2, choices.max_row + 1)
        if choices.cell(row, lists).value == "gorev" and str(choices.cell(row, names).value) == "2"
    )  # fmt: skip
    choices.delete_rows(retired)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> installing.Prepared:
    """The second version, read and converted once."""
    return installing.prepare(changed(tmp_path_factory.mktemp("second"), rename_and_retire))


@pytest.fixture
def session(study: Study) -> Session:
    """A draft in the first version."""
    unit = next(row.unit_id for row in fieldwork.firms(study) if row.name == "Şişli Kimya")
    session = interviewing.open_interview(study, unit, NEEDS)
    give(session, gorusme_bicimi="1", aydinlatma_okundu="1", katilim="1", gorev="2", ana_urun="boya", alan_uygun="1")
    give(session, kurulus_yili="1998")
    session.comment(session.interview.path_of("ana_urun"), "sanayi boyası")
    return session


def give(session: Session, **answers: str) -> None:
    for name, value in answers.items():
        saved = session.answer(session.interview.path_of(name), value)
        assert saved.at is not None, (name, saved.problems)


def value(session: Session, name: str) -> str:
    return session.interview.value(session.interview.path_of(name))


def reopened(study: Study, session: Session) -> Session:
    return interviewing.open_interview(study, session.record.unit_id, NEEDS)


def test_that_new_interviews_take_the_newest_version_and_drafts_stay(study: Study, session: Session, second):
    version = versions.install(study, second)
    assert reopened(study, session).interview.form.instrument.version == "1"
    other = next(row.unit_id for row in fieldwork.firms(study) if row.unit_id != session.record.unit_id)
    fresh = interviewing.open_interview(study, other, NEEDS)
    assert (fresh.record.version_id, fresh.interview.form.instrument.version) == (version, "2")
    assert [one.interview_id for one in versions.drafts(study, session.record.version_id)] == [session.interview_id]


def test_that_the_same_questions_or_the_same_number_are_not_installed_twice(study: Study, second, tmp_path: Path):
    versions.install(study, second)
    with pytest.raises(Refused, match=r"versions\.installed"):
        versions.install(study, second)
    other = changed(tmp_path, lambda sheets: sheets["survey"].cell(5, 1))
    with pytest.raises(Refused, match=r"versions\.(same-number|installed)"):
        versions.install(study, installing.prepare(other))


def test_that_a_preview_writes_nothing(study: Study, session: Session, second):
    version = versions.install(study, second)
    before = reading.counts(study.database).events
    move = versions.preview(study, session.interview_id, version)
    assert move.after.value(move.after.path_of("urun")) == "boya"
    assert [path.rpartition("/")[2] for path in move.retired] == ["gorev"]
    assert reading.counts(study.database).events == before


def test_that_a_moved_draft_goes_on_in_the_new_version_and_shows_a_retired_choice(
    study: Study, session: Session, second
):
    from kume_desktop.interview import page

    version = versions.install(study, second)
    versions.move(study, session.interview_id, version)
    there = reopened(study, session)
    assert (there.record.version_id, value(there, "urun"), value(there, "kurulus_yili")) == (version, "boya", "1998")
    shown = page.row(there.interview, there.interview.path_of("gorev"))
    assert (shown.display, shown.problem.problem.code) == ("Genel müdür", "interview.choice-retired")
    assert list(there.comments.values()) == ["sanayi boyası"] * 2
    give(there, gorev="3", urun="vernik")
    assert value(reopened(study, session), "urun") == "vernik"


def test_that_each_answer_counts_once_after_a_move(study: Study, session: Session, second):
    versions.move(study, session.interview_id, versions.install(study, second))
    there = reopened(study, session)
    give(there, urun="vernik")
    rows = frames.answer_rows(study.database, study.wave.wave_id, NEEDS)
    products = [
        (row.path.rpartition("/")[2], row.value) for row in rows if row.relevant and row.value in {"boya", "vernik"}
    ]
    assert products == [("urun", "vernik")]


def test_that_undo_brings_the_version_and_its_answers_back(study: Study, session: Session, second):
    version = versions.install(study, second)
    before = {path: text for path, text in session.interview.values.items() if text}
    versions.move(study, session.interview_id, version)
    assert versions.moved_from(study, session.interview_id) == session.record.version_id
    versions.undo(study, session.interview_id)
    back = reopened(study, session)
    assert back.record.version_id == session.record.version_id
    assert {path: back.interview.values.get(path) for path in before} == before
    with pytest.raises(Refused, match=r"versions\.already-there"):
        versions.preview(study, session.interview_id, session.record.version_id)


def test_that_what_was_answered_since_survives_the_undo(study: Study, session: Session, second):
    versions.move(study, session.interview_id, versions.install(study, second))
    give(reopened(study, session), urun="vernik", kurulus_yili="2001")
    versions.undo(study, session.interview_id)
    back = reopened(study, session)
    assert (value(back, "ana_urun"), value(back, "kurulus_yili")) == ("vernik", "2001")


def test_that_a_move_survives_closing_and_rebuilding_the_rows(empty_template: Path, tmp_path: Path, second):
    from kume_desktop.store import rebuild

    path = copied(empty_template, tmp_path)
    with studies.open_study(path, PASSPHRASE) as study:
        unit = fieldwork.firms(study)[0].unit_id
        session = interviewing.open_interview(study, unit, NEEDS)
        version = versions.install(study, second)
        versions.move(study, session.interview_id, version)
    with studies.open_study(path, PASSPHRASE) as study:
        assert rebuild.verify(study.database) == ()
        rebuild.rebuild(study.database)
        assert interviewing.open_interview(study, unit, NEEDS).record.version_id == version


def test_that_all_drafts_move_at_once_and_a_completed_interview_stays(study: Study, session: Session, second):
    old, version = session.record.version_id, versions.install(study, second)
    with study.act() as act:
        act.append(EventKind.INTERVIEW_COMPLETED, _interview(), session.interview_id, "", "completed", old)
    assert versions.move_all(study, old, version).drafts == ()
    with pytest.raises(Refused, match=r"versions\.completed"):
        versions.preview(study, session.interview_id, version)
    reopened(study, session).reopen()
    looked = versions.move_all(study, old, version, dry=True)
    assert (looked.moved, looked.count("retired")) == (1, 1)
    assert versions.move_all(study, old, version).moved == 1
    assert versions.drafts(study, old) == ()


def _interview():
    from kume_desktop.store.events import SubjectKind

    return SubjectKind.INTERVIEW


def test_that_a_version_of_another_questionnaire_is_refused(study: Study, session: Session):
    other = next(one.version_id for one in study.instruments() if one.instrument_id == CLUSTERING)
    with pytest.raises(Refused, match=r"versions\.other-instrument"):
        versions.preview(study, session.interview_id, other)


def test_that_personal_values_stay_sealed_when_a_move_writes_them(study: Study, session: Session, second):
    give(session, gorev="96")
    personal = [path for path, item in session.interview.form.items.items() if item.node.personal != "-"]
    assert personal
    versions.move(study, session.interview_id, versions.install(study, second))
    lines = [line for line in reading.lines(study.database) if "sanayi boyası" in str(line)]
    assert lines == []


def test_that_a_report_shows_answers_of_older_versions_under_their_new_names(study: Study, session: Session, second):
    from kume_desktop.services.gathering import gather

    versions.install(study, second)
    found = next(one for one in gather(study).instruments if one.id == NEEDS)
    (row,) = found.tables[0].rows
    names = {column.path: column.name for column in found.tables[0].columns}
    values = {names[path]: heads for path, heads in row.values.items()}
    assert (values["urun"], values["kurulus_yili"], found.unknown) == (("boya",), ("1998",), ())
    job = next(column for column in found.tables[0].columns if column.name == "gorev")
    assert "Genel müdür" in {option.label.tr for option in job.options}


def test_that_an_answer_that_another_computer_gave_to_the_older_version_is_named(
    study: Study, session: Session, second
):
    from kume_desktop.store.events import SubjectKind

    older, place = session.record.version_id, session.interview.path_of("ana_urun")
    head = reading.heads(study.database, session.interview_id)[place][0].event_id
    versions.move(study, session.interview_id, versions.install(study, second))
    assert versions.late_answers(study, session.interview_id) == {}
    with study.act() as act:
        act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, session.interview_id, place, "tiner", older, (head,))
    assert versions.late_answers(study, session.interview_id) == {place: "tiner"}
    (shown,) = questionnaires.draft_views({"drafts": [questionnaires._draft_record(draft) for draft in _drafts(study)]})
    assert [one.rpartition(": ")[2] for one in shown.late] == ["tiner"]
    assert value(reopened(study, session), "urun") == "boya"


def _drafts(study: Study) -> tuple[questionnaires.DraftView, ...]:
    return questionnaires.drafts(study, NEEDS)


def similar(sheets: dict[str, Worksheet]) -> None:
    """`ana_urun` has another name and slightly other words."""
    rename_and_retire(sheets)
    survey = sheets["survey"]
    for row in range(2, survey.max_row + 1):
        for column in range(1, survey.max_column + 1):
            text = survey.cell(row, column).value
            if isinstance(text, str) and "En çok satışını yaptığınız" in text:
                survey.cell(row, column).value = text.replace("En çok satışını yaptığınız", "En çok sattığınız")


def test_that_a_guessed_rename_is_followed_only_where_a_person_says_so(study: Study, session: Session, tmp_path: Path):
    version = versions.install(study, installing.prepare(changed(tmp_path, similar, "3")))
    plain = versions.preview(study, session.interview_id, version).after
    assert plain.value(plain.path_of("urun")) == ""
    versions.move(study, session.interview_id, version, accepted=["urun"])
    assert value(reopened(study, session), "urun") == "boya"
    give(reopened(study, session), urun="vernik")
    versions.undo(study, session.interview_id)
    assert value(reopened(study, session), "ana_urun") == "vernik"


def short(folder: Path, version: str, *questions: str) -> installing.Prepared:
    """A version of a form that is no more than these rows of its survey."""
    survey = "\n".join(["| type | name | label | personal |", *questions])
    settings = f"| form_title | form_id | version | name |\n| Kısa | kisa | {version} | data |"
    file = folder / f"kisa_{version}.xlsx"
    file.write_bytes(workbook(survey=survey, settings=settings))
    return installing.prepare(file)


def test_that_what_once_was_personal_stays_sealed_where_another_question_takes_its_name(study: Study, tmp_path: Path):
    phone, trade = "| text | tel | Telefon? | K1 |", "| text | is | Ne iş? | |"
    versions.install(study, short(tmp_path, "1", phone, trade))
    draft = interviewing.open_interview(study, fieldwork.firms(study)[0].unit_id, "kisa")
    give(draft, tel="05321112233", **{"is": "döküm"})
    versions.move(study, draft.interview_id, versions.install(study, short(tmp_path, "2", trade)))
    renamed = short(tmp_path, "3", "| text | tel | Ne iş? | |")
    versions.move(study, draft.interview_id, versions.install(study, renamed))
    heads = reading.heads(study.database, draft.interview_id)
    assert (heads["/data/tel"][0].value, heads["/data/tel#kept"][0].value) == ("döküm", "05321112233")
    assert [line for line in reading.lines(study.database) if "05321112233" in str(line)] == []

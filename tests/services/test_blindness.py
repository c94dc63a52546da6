"""Raters work blind: no file shows them what others gave before their own sheet of a firm is final."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import pytest

from kume_desktop import cli
from kume_desktop.problems import Refused
from kume_desktop.services import blindness, exports, firm_scores, interview_score, reporting, results, studies
from kume_desktop.services.rating_desk import RatingDesk
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from kume_desktop.store.events import EventKind
from tests.studies import PASSPHRASE

pytest_plugins = ["tests.services.rating_studies"]
SHEETS = ("ratings",)


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.problems[0].code


def matches(note: str | None, what: str, reason: str) -> bool:
    """Whether the log tells of a writing with its serial number and purpose."""
    return re.fullmatch(rf"{what} \d{{6}}-[2-9A-Z]{{6}}: {reason}", note or "") is not None


def the_firm(study: Study) -> str:
    (unit_id,) = blindness.hidden_firms(study)
    return unit_id


def test_that_a_rater_who_has_not_finished_gets_no_file_with_the_levels(half_rated: Study, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    with pytest.raises(Refused) as refused:
        reporting.write_report(half_rated, target, "tr", reason="Denetim", sheets=SHEETS)
    assert code_of(refused) == "report.blind"
    assert dict(refused.value.problems[0].params) == {"count": 1}
    with pytest.raises(Refused) as refused:
        exports.export_csv(half_rated, tmp_path / "csv", "tr")
    assert code_of(refused) == "report.blind"
    with pytest.raises(Refused) as refused:
        reporting.write_firm_report(half_rated, the_firm(half_rated), target, "tr")
    assert code_of(refused) == "report.firm-blind"
    assert not list(tmp_path.glob("*.xlsx")) and not (tmp_path / "csv").exists()


def test_that_staff_pass_knowingly_and_the_log_remembers_why(half_rated: Study, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        exports.export_csv(half_rated, tmp_path, "tr", knowingly=True)
    assert code_of(refused) == "report.blind-no-reason"
    half_rated.role = "scorer"
    with pytest.raises(Refused) as refused:
        exports.export_csv(half_rated, tmp_path, "tr", knowingly=True, reason="Merak")
    assert code_of(refused) == "report.blind-not-staff"
    half_rated.role = "staff"
    files = exports.export_csv(half_rated, tmp_path, "tr", knowingly=True, reason="Kurul bugün toplanıyor")
    ratings = next(file for file in files if file.stem == "ratings")
    rows = list(csv.DictReader(ratings.read_text(encoding="utf-8-sig").splitlines()))
    assert any(row["level"] == "4" for row in rows)
    notes = reading.heads(half_rated.database, half_rated.record.study_id)["export#note"]
    (note,) = notes
    assert note.kind == EventKind.NOTE
    assert matches(note.value, "CSV files", "Kurul bugün toplanıyor")


def test_that_the_command_line_writes_only_knowingly_and_the_log_remembers_why(
    half_rated: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KUME_PASSPHRASE", PASSPHRASE)
    where = str(half_rated.path)
    half_rated.close()

    def run(verb: str, out: Path, *more: str) -> tuple[int, bool]:
        return cli.run(cli.parse([verb, where, "--out", str(out), *more])), out.exists()

    def remembered() -> list[str | None]:
        with studies.open_study(Path(where), PASSPHRASE) as opened:
            return [row.value for row in reading.heads(opened.database, opened.record.study_id)["export#note"]]

    assert run("export", tmp_path / "csv") == (cli.CANNOT, False)
    assert "1 firma" in capsys.readouterr().err
    assert run("export", tmp_path / "csv", "--knowingly", "Kurul toplanıyor") == (cli.DONE, True)
    assert [matches(one, "CSV files", "Kurul toplanıyor") for one in remembered()] == [True]
    assert run("report", tmp_path / "r.xlsx") == (cli.CANNOT, False)
    assert "1 firma" in capsys.readouterr().err
    assert run("report", tmp_path / "r.xlsx", "--knowingly", "Denetim sürüyor") == (cli.DONE, True)
    (told,) = remembered()
    assert told is not None and told.endswith(": Denetim sürüyor")


def test_that_other_areas_and_other_people_are_not_held_up(half_rated: Study, tmp_path: Path) -> None:
    assert exports.export_csv(half_rated, tmp_path / "lojistik", "tr", areas=["lojistik"], reason="Kontrol")
    half_rated.person = "Derya"
    assert blindness.hidden_firms(half_rated) == frozenset()
    assert exports.export_csv(half_rated, tmp_path / "derya", "tr", reason="Kontrol")


def test_that_a_finished_sheet_opens_the_files(half_rated: Study, tmp_path: Path) -> None:
    unit_id = the_firm(half_rated)
    desk = RatingDesk(half_rated)
    for number in range(1, 11):
        desk.give(unit_id, f"g{number}", "3", reason="Kendi gözlemim")
    desk.finish(unit_id)
    written = reporting.write_report(half_rated, tmp_path / "r.xlsx", "tr", reason="Denetim", sheets=SHEETS)
    assert written.path.is_file()
    (note,) = reading.heads(half_rated.database, half_rated.record.study_id)["export#note"]
    assert matches(note.value, "audit edition", "Denetim")


def test_that_the_publication_edition_shows_no_levels_and_is_written(half_rated: Study, tmp_path: Path) -> None:
    written = reporting.write_report(half_rated, tmp_path / "y.xlsx", "tr", edition="publication", sheets=("index",))
    book = openpyxl.load_workbook(written.path, read_only=True)
    said = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Can" not in said and "Gördüm" not in said
    book.close()


def test_that_files_with_persons_need_a_reason_that_the_log_keeps(rated: Study, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        exports.export_csv(rated, tmp_path, "tr", personal=True, reason="  ")
    assert code_of(refused) == "export.no-reason" and not list(tmp_path.glob("*.csv"))
    exports.export_csv(rated, tmp_path, "tr", personal=True, reason="KVKK başvurusu")
    (note,) = reading.heads(rated.database, rated.record.study_id)["export#note"]
    assert matches(note.value, "CSV files with person fields", "KVKK başvurusu")


def test_that_nothing_in_the_window_tells_the_other_s_levels(half_rated: Study) -> None:
    unit_id = the_firm(half_rated)
    behind = {one.unit_id: one for one in results.evidence_behind(half_rated, "kimya", "g1")}
    assert (behind[unit_id].level, behind[unit_id].reason) == (None, "")
    scores = {one.unit_id: one for one in firm_scores.firm_scores(half_rated)["kimya"]}
    assert scores[unit_id].score is None
    assert interview_score.so_far(half_rated, unit_id) is None
    half_rated.person = "Derya"
    found = interview_score.so_far(half_rated, unit_id)
    assert found is not None and (found.rated, found.total) == (10, 10)
    assert found.so_far == found.low == found.high == pytest.approx(100)


def test_that_the_score_beside_an_interview_counts_no_suggestion_while_raters_work_blind(rated: Study) -> None:
    unit_id = reading.units(rated.database)[0].unit_id
    found = interview_score.so_far(rated, unit_id)
    assert found is not None
    assert (found.rated, found.so_far) == (0, None)
    assert (found.low, found.high) == (pytest.approx(100 / 3), pytest.approx(100))

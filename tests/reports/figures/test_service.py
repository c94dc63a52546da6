"""Figures of real studies: drawn by the service and by the worker, written into a folder."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from pathlib import Path

import pytest

from kume_desktop.problems import Refused
from kume_desktop.reports import contents
from kume_desktop.services import figures, report_contents, report_preview, results, worker
from kume_desktop.services.report_preview import Asked
from kume_desktop.services.studies import Study


def test_that_a_study_without_levels_draws_figures_that_say_so(study: Study):
    svg = figures.render(study, "scorecard", lang="tr", kind="svg").decode()
    assert "Hiçbir alanın endeksi yok" in svg
    assert "Yöntem" not in svg
    assert figures.render(study, "needs", area="kimya", lang="en")[:4] == b"\x89PNG"


def test_that_the_catalogue_of_a_study_names_its_areas_in_the_language(study: Study):
    found = {(one.name, one.area): one.title for one in figures.catalogue(study, "en")}
    assert found["profile", "lojistik"] == "Profile of the indicators: Logistics"
    assert len(found) == 3 + 2 * 5


@pytest.mark.parametrize(("name", "area"), [("nothing", ""), ("profile", "yok"), ("profile", "")])
def test_that_an_unknown_figure_or_area_is_refused_by_name(study: Study, name: str, area: str):
    with pytest.raises(Refused) as refused:
        figures.render(study, name, area)
    assert [one.code for one in refused.value.problems] == ["figure.unknown"]


def test_that_all_pictures_go_into_a_folder_and_replace_those_that_are_there(study: Study, tmp_path: Path):
    folder = tmp_path / "resimler"
    folder.mkdir()
    (folder / "scorecard.svg").write_text("old", encoding="utf-8")
    told: list[tuple[int, int]] = []
    files = figures.export(study, folder, "tr", "svg", progress=lambda done, total, _text: told.append((done, total)))
    assert sorted(files) == sorted(folder.iterdir())
    assert len(files) == 13
    assert told[0] == (0, 13)
    assert told[-1] == (13, 13)
    assert "Küme Karnesi" in (folder / "scorecard.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["file", "file/x"])
def test_that_a_folder_that_cannot_be_written_is_refused_and_leaves_nothing(study: Study, tmp_path: Path, folder: str):
    place = tmp_path / "yer"
    place.mkdir()
    (place / "file").touch()
    with pytest.raises(Refused) as refused:
        figures.export(study, place / folder, "tr")
    assert [one.code for one in refused.value.problems] == ["report.folder-read-only"]
    assert [one.name for one in place.iterdir()] == ["file"]


def ask(study: Study, verb: str, **params: object) -> dict:
    answers = io.StringIO()
    worker.serve(io.StringIO(json.dumps(worker.request(study, verb, **params)) + "\n"), answers)
    return json.loads(answers.getvalue().splitlines()[-1])


def test_that_the_worker_hands_out_pictures_with_their_text(study: Study):
    one = ask(study, "figure", name="scorecard", lang="en", kind="svg")["result"]
    assert b64decode(one["data"]).startswith(b"<?xml")
    assert one["alt"].startswith("Cluster scorecard")
    several = ask(study, "pictures", wanted=[["scorecard", "", ""], ["needs", "kimya", ""]], lang="tr", dpi=72)
    assert [b64decode(picture["data"])[:4] for picture in several["result"]["pictures"]] == [b"\x89PNG"] * 2
    refused = ask(study, "figure", name="nothing", lang="tr")
    assert refused["problems"][0]["code"] == "figure.unknown"


def test_that_the_worker_draws_at_the_size_that_is_asked_for(study: Study):
    one = ask(study, "figure", name="scorecard", lang="tr", width=6, height=4, dpi=100)["result"]
    data = b64decode(one["data"])
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (600, 400)


def test_that_sheets_that_must_be_there_are_written_whatever_was_asked():
    audit = contents.chosen("audit", ("scorecard", "nothing"))
    assert {"cover", "index", "levels", "answers", "method", "scorecard"} <= set(audit)
    assert "needs" not in audit
    assert contents.chosen("publication", ("levels", "answers")) == contents.chosen("publication")
    assert contents.chosen("publication", ("needs", "scorecard", "cover", "method")) == (
        "needs", "scorecard", "cover", "method",
    )  # fmt: skip


def test_that_a_report_offers_no_sheet_that_the_study_has_nothing_for(study: Study):
    made, method = results.compute(study), results.method(study)
    offered = {part.key: part for part in report_contents.parts(study, "audit", method, made)}
    assert offered["answers"].required
    assert not offered["scorecard"].required
    assert not {"decisions", "changes", "ratings"} & set(offered)
    assert set(report_contents.FIGURES) <= set(offered)


@pytest.mark.change
def test_that_the_demonstration_is_shown_with_its_numbers_and_its_mark(demonstration: Study, tmp_path: Path):
    made, method = results.compute(demonstration), results.method(demonstration)
    svg = figures.render(demonstration, "scorecard", lang="tr", kind="svg").decode()
    for part in ("İşlenmiş Meyve - Sebze", "76,1", "83", "GÖSTERİM VERİSİ / DEMONSTRATION DATA", "Yuvarlama"):
        assert part in svg
    assert "76.1" in figures.render(demonstration, "scorecard", lang="en", kind="svg").decode()
    files = figures.export(demonstration, tmp_path, "tr", "svg")
    assert len(files) == 3 + 6 * 5
    asked = Asked("index", "publication", "tr")
    rows = {row[0]: row for row in report_preview.table(demonstration, method, made, asked).rows}
    assert rows["İşlenmiş Meyve - Sebze"][2] == "76,1"
    area = next(one for one in made.areas if one.name_tr == "İşlenmiş Meyve - Sebze")
    waterfall = (tmp_path / f"waterfall-{area.code}.svg").read_text(encoding="utf-8")
    assert "6 alanın ortalaması" in waterfall


@pytest.mark.change
def test_that_the_published_scorecard_is_shown_with_its_six_numbers(scorecard: Study):
    svg = figures.render(scorecard, "scorecard", lang="tr", kind="svg").decode()
    for number in ("97", "83", "73", "60", "50", "47"):
        assert f">{number}<" in svg
    assert "panel yolu" in svg

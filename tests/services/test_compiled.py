"""Forms that are compiled before anybody asks for them."""

from __future__ import annotations

import threading

import pytest

from kume_desktop.services import compiled
from kume_desktop.services.studies import Study


def refuse(_read: compiled.Sources) -> None:
    raise AssertionError("compiled once more")


def compiled_elsewhere(study: Study) -> compiled.Ahead:
    ahead = compiled.Ahead(study)
    thread = threading.Thread(target=ahead.compile)
    thread.start()
    thread.join()
    return ahead


def test_that_forms_compiled_in_another_thread_need_not_be_compiled_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [one.version_id for one in study.instruments()]
    expected = [len(list(study.instrument(version).nodes())) for version in versions]
    study.forget_forms()
    ahead = compiled_elsewhere(study)
    monkeypatch.setattr(compiled, "compile_sources", refuse)
    ahead.keep(study)
    assert [len(list(study.instrument(version).nodes())) for version in versions] == expected
    assert all(study.attached_tables(version) is not None for version in versions)


def test_that_forms_of_another_study_are_not_taken(
    study: Study, scorecard: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = compiled_elsewhere(study)
    monkeypatch.setattr(compiled, "compile_sources", refuse)
    ahead.keep(scorecard)
    with pytest.raises(AssertionError):
        scorecard.form(scorecard.instruments()[0].version_id)


def test_that_forms_are_not_taken_once_other_versions_are_installed(study: Study) -> None:
    before = study.all_instruments()
    assert compiled.same(before, study.all_instruments())
    assert not compiled.same(before[:-1], study.all_instruments())

"""The wave in the window: always in sight, chosen and opened by keys, everything on the pages is of that wave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kume_desktop import settings
from kume_desktop.gui.areas.page import AreaPage
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.fieldwork.page import FieldPage
from kume_desktop.gui.routes import (
    AreaRoute,
    CompareRoute,
    FieldRoute,
    InterviewRoute,
    NextWaveRoute,
    RatingRoute,
    StartRoute,
    WavesRoute,
    anew,
)
from kume_desktop.gui.shell.rail import RailMode
from kume_desktop.gui.start.next_wave import NextWavePage
from kume_desktop.gui.start.waves import WavesPage
from kume_desktop.services import people, results, studies, waves
from kume_desktop.store import reading
from tests.gui.shell.stage import press, shown_window
from tests.studies import PASSPHRASE, copied
from tests.wave_studies import two_waves, waves_template

__all__ = ("two_waves", "waves_template")


@pytest.fixture
def wave_desk(waves_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """The study with two waves is open, in the newest one."""
    desk = Desk(settings.Settings(motion=False, theme=settings.Theme.LIGHT))
    desk.open(studies.open_study(copied(waves_template, tmp_path), PASSPHRASE))
    yield desk
    desk.close()


def words_on(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_that_the_wave_is_in_sight_on_every_page_and_chosen_by_keys(qtbot, wave_desk: Desk):
    with shown_window(wave_desk, StartRoute()) as window:
        (button,) = (one for one in window.frame.rail.children() if getattr(one, "text", str)() == "Dalga 2026")
        assert button.isVisible() and "Önceki dalga" not in words_on(window)
        window.go(FieldRoute())
        press(window, "Alt+D")
        page = window.page
        assert isinstance(page, WavesPage)
        assert [row.accessibleName().split(", ")[0] for row in page._rows.rows] == ["2026", "2025"]
        assert page._rows.rows[0].hasFocus()
        press(window, "Down")
        press(window, "Return")
        assert wave_desk.study.wave.name == "2025" and isinstance(window.page, FieldPage)
        assert "Önceki dalga: 2025" in words_on(window.frame.bar)
        assert window.frame.toast.isVisible()
        press(window, "Alt+D")
        press(window, "Up")
        press(window, "Return")
        assert wave_desk.study.wave.name == "2026" and "Önceki dalga" not in words_on(window.frame.bar)


def test_that_the_wave_one_works_in_is_not_gone_to_again(wave_desk: Desk):
    with shown_window(wave_desk, WavesRoute()) as window:
        press(window, "Return")
        assert isinstance(window.page, WavesPage) and not window.frame.toast.isVisible()


@pytest.mark.parametrize(("role", "may_open"), [(people.STAFF, True), (people.INTERVIEWER, False)])
def test_that_everybody_may_look_at_another_wave_and_staff_alone_open_one(wave_desk: Desk, role: str, may_open: bool):
    wave_desk.study.role = role
    wave_desk.tell_changed()
    with shown_window(wave_desk, WavesRoute()) as window:
        offered = {action.label for action in window._offered("")}
        assert "2025 dalgasında çalış" in offered and ("Sonraki dalgayı aç" in offered) is may_open
        press(window, "Ctrl+N")
        assert isinstance(window.page, NextWavePage if may_open else WavesPage)


def test_that_the_narrow_rail_leads_to_the_waves_too(wave_desk: Desk):
    wave_desk.switch_wave(waves.waves(wave_desk.study)[0].wave_id)
    wave_desk.change_settings(settings.Settings(motion=False, density=settings.Density.COMPACT))
    with shown_window(wave_desk, StartRoute()) as window:
        assert window.frame.mode is RailMode.ICONS
        (button,) = (one for one in window.frame.rail.children() if getattr(one, "text", str)() == "Önceki dalga: 2025")
        button.click()
        assert isinstance(window.page, WavesPage)


def test_that_the_next_wave_is_opened_by_keys_after_it_was_explained(wave_desk: Desk):
    with shown_window(wave_desk, WavesRoute()) as window:
        press(window, "Ctrl+N")
        page = window.page
        assert isinstance(page, NextWavePage) and page.name.hasFocus()
        told = words_on(page)
        for part in ("Neler sürer", "Neler yeniden başlar", "kişiler, rolleri", "komite kararları"):
            assert part in told
        assert page.name.text() == "2027" and page.year.text() == "2027"
        page.begins.setText("1.4.2027")
        press(window, "Ctrl+Return")
        assert wave_desk.study.wave.name == "2027" and wave_desk.head.wave == "2027"
        assert "2027 dalgası açıldı" in words_on(window.frame.toast)
        assert [one.name for one in waves.waves(wave_desk.study)] == ["2025", "2026", "2027"]


@pytest.mark.parametrize(
    ("name", "begins", "said"),
    [
        ("2026", "1.4.2027", "“2026” adlı bir dalga zaten var. Başka bir ad yazın."),
        ("2027", "yarın", "“yarın” bir gün değil. Gün, ay ve yıl olarak yazın, örneğin 15.03.2026."),
        ("2027", "15.3.2026", "“2026” dalgası 15.03.2026 günü başladı; sonraki dalga ondan sonra başlar. Daha sonraki bir gün yazın."),  # noqa: E501
    ],
)  # fmt: skip
def test_that_a_wave_that_cannot_be_opened_says_why_at_its_field(wave_desk: Desk, name: str, begins: str, said: str):
    with shown_window(wave_desk, NextWaveRoute((name, begins, "2027"))) as window:
        before = reading.counts(wave_desk.study.database).events
        press(window, "Ctrl+Return")
        assert window.page._form.shown_problems == (said,)
        assert reading.counts(wave_desk.study.database).events == before
        assert window.route == NextWaveRoute((name, begins, "2027"))


def test_that_only_pages_and_areas_are_gone_on_with_in_another_wave():
    assert anew(AreaRoute("kimya")) == AreaRoute("kimya")
    assert anew(CompareRoute("kimya", "lojistik")) == CompareRoute("kimya", "lojistik")
    assert anew(RatingRoute("firma", "g1", typed=("neden",))) == RatingRoute()
    assert anew(InterviewRoute("firma", "kumelenme_duzeyi")) is None and anew(NextWaveRoute()) is None


def test_that_the_area_page_shows_the_change_of_the_wave_one_works_in(qtbot, wave_desk: Desk):
    study = wave_desk.study
    (change,) = results.compute(study).analysis.changes
    with shown_window(wave_desk, AreaRoute("kimya")) as window:
        assert isinstance(window.page, AreaPage)
        qtbot.waitUntil(lambda: "Önceki dalgadan bu yana değişim" in words_on(window.page))
        told = words_on(window.page)
        assert "2025: " in told and "İki dalgada da 10 firma, yalnız öncekinde 2, yalnız bu dalgada 2." in told
        assert change.earlier == "2025"
        press(window, "Alt+D")
        press(window, "Down")
        press(window, "Return")
        assert isinstance(window.page, AreaPage) and results.latest(study) is None
        assert "İki dalgada da" not in words_on(window.page)

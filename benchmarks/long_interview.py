"""A study whose form has 600 questions, and one with a repeat of 200 rows, their interviews open in the real window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.gui.interview.body import InterviewBody
    from kume_desktop.gui.window import Window
    from kume_desktop.services.studies import Study

SECTIONS, IN_SECTION, ROWS = 30, 20, 200
LONG, REPEATS = "uzun", "satirlar"
_SAID = "parola-1234"
_KINDS = ("integer", "select_one olcek", "text", "decimal", "date", "select_multiple olcek", "select_one olcek")
_CHOICES = [["list_name", "name", "label"], *(["olcek", str(n), f"Seçenek {n}"] for n in range(1, 6))]
_HEADS = ["type", "name", "label", "hint", "relevant", "constraint", "required", "repeat_count"]


def make(folder: Path, rows: int = ROWS) -> tuple[Study, str]:
    """The study, open, and its firm; the repeat has `rows` rows."""
    from kume_desktop.services import fieldwork, installing, interviewing, studies
    from kume_desktop.services.views import Area, NewFirm, StudyFacts

    facts = StudyFacts("Ajans", 2025, "6698", "ajans", "iki yıl", "kvkk@ajans.example")
    area = Area("A1", "Mobilya", "Furniture", "31", "2", 40)
    study = studies.create_study(folder / "uzun.kume", "Ölçüm", facts, _SAID, "Ölçen", [area])
    unit = fieldwork.add_firm(study, NewFirm("Örnek Ltd.", "A1", "Bornova"))
    for name, survey in ((LONG, _long()), (REPEATS, _repeats())):
        file = folder / f"{name}.xlsx"
        _write(file, name, survey)
        prepared = installing.prepare(file)
        with study.act() as act:
            installing.install(act, prepared)
    session = interviewing.open_interview(study, unit, REPEATS)
    session.answer("/data/adet", str(rows))
    return study, unit


def again(folder: Path) -> tuple[Study, str]:
    """The study that `make` left in a folder, open, and its firm."""
    from kume_desktop.services import studies
    from kume_desktop.services.firm_rows import all_firms

    study = studies.open_study(folder / "uzun.kume", _SAID)
    return study, all_firms(study)[0].unit_id


def shown(study: Study, unit: str, instrument: str) -> Window:
    """The window on an interview."""
    from kume_desktop import settings
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import InterviewRoute
    from kume_desktop.gui.window import Window

    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    window = Window(desk, InterviewRoute(unit, instrument))
    window.show()
    window.activateWindow()
    return window


def body_of(window: Window) -> InterviewBody:
    """The interview that the window shows at present: a page is built anew when the density changes."""
    from kume_desktop.gui.interview.page import InterviewPage

    page = window.page
    if not isinstance(page, InterviewPage) or page.body is None:
        raise RuntimeError("the interview did not open")
    return page.body


def _long() -> list[list[str]]:
    """Sections of twenty questions; every tenth depends on the one before, every seventh has a limit."""
    found = []
    for section in range(SECTIONS):
        found.append(["begin_group", f"b{section}", f"Bölüm {section + 1}"])
        for place in range(IN_SECTION):
            number = section * IN_SECTION + place
            name, kind = f"q{number}", _KINDS[number % len(_KINDS)]
            relevant = f"${{q{number - 1}}} != '9'" if place % 10 == 9 else ""
            limit = ". < 1000" if kind == "integer" else ""
            found.append([kind, name, f"Soru {number + 1}: kaç kişi, ne kadar?", "Kısa bir ipucu", relevant, limit, ""])
        found.append(["end_group", "", ""])
    return found


def _repeats() -> list[list[str]]:
    """A counted repeat of twenty questions, with sums over its rows."""
    inner = [
        [_KINDS[n % len(_KINDS)], f"v{n}", f"Ürün sorusu {n + 1}", "", "${v0} != 9" if n == 12 else "", "", ""]
        for n in range(IN_SECTION)
    ]
    return [
        ["integer", "adet", "Kaç ürün?"],
        ["begin_repeat", "urun", "Ürün", "", "", "", "", "${adet}"],
        *inner,
        ["end_repeat", "", ""],
        ["note", "toplam", "Hepsi: ${adet}"],
    ]


def _write(file: Path, name: str, survey: list[list[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    about = [["form_title", "form_id", "version", "name"], [name, name, "1", "data"]]
    for title, rows in (("survey", [_HEADS, *survey]), ("choices", _CHOICES), ("settings", about)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(file)

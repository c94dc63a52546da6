"""A process of its own for one scale of the system: every page of the window, and what is wrong with it, as JSON.

    python -m tests.gui.looks.walk STUDY LOOK...     # a look: language-theme-WIDTHxHEIGHT

`QT_SCALE_FACTOR` is the scale. One line for each page and look: {"page", "look", "wrong": [...]}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kume_desktop import settings
from kume_desktop.gui import device_routes, fonts, routes
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import Route
from kume_desktop.gui.window import Window
from kume_desktop.services import studies
from kume_desktop.services.firm_rows import all_firms
from tests.gui.looks import sight
from tests.studies import PASSPHRASE

LOOK_MS, LOOKS, MOST_LOOKS = 15, 3, 300
NEEDS, LEVEL = "is_ihtiyac", "kumelenme_duzeyi"


def all_routes(study: Path, unit: str) -> Iterator[Route]:
    """Every place of the window, with its parts."""
    workbook = Path(__file__).resolve().parents[3] / "forms" / f"{NEEDS}.xlsx"
    yield from (routes.StartRoute(), routes.FieldRoute(), routes.FieldRoute(unit), routes.AddFirmRoute())
    yield from (routes.VisitRoute(unit), routes.VisitRoute(unit, appointment=True), routes.PlanVisitRoute(unit))
    yield from (routes.DayPlanRoute(), routes.DayPlanRoute(whose="all"))
    yield from (routes.FieldRulesRoute(part) for part in ("", "seasons", "reserve", "rates"))
    yield from (routes.InterviewRoute(unit, NEEDS), routes.InterviewRoute(unit, LEVEL))
    yield from (routes.PaperEntryRoute(unit, NEEDS), routes.SampleListRoute(), routes.KeysRoute())
    yield from (routes.ResultsRoute(), routes.ScorecardRoute(), routes.ReportRoute(), routes.AreaRoute())
    yield from (routes.CompareRoute(), routes.DecisionRoute("hava"), routes.RatingRoute(unit), routes.RatersRoute())
    yield from (routes.ResponseRoute(), routes.SamplePlanRoute(), routes.MethodRoute(), routes.FormsRoute())
    yield from (routes.FormRoute(NEEDS, part) for part in ("", "drafts", "compare", "tests"))
    yield from (routes.FormCheckRoute(workbook), routes.SubmissionsRoute(), routes.WavesRoute())
    yield from (routes.NextWaveRoute(), routes.ConductRoute(), routes.ConductRoute(part="rules"))
    yield from (routes.PracticeRoute(), routes.PrintRoute(), routes.HelpRoute(), routes.BackupsRoute())
    yield from (routes.PersonalDataRoute(), routes.PackagesRoute())
    yield from (routes.ReviewRoute(), routes.BackChecksRoute(), routes.ConflictsRoute(), routes.RolesRoute())
    yield from (routes.ProgressRoute(part) for part in ("", "areas", "days", "firms"))
    yield routes.SettingsRoute()
    yield from (routes.WelcomeRoute(), routes.NewStudyRoute(), routes.UnlockRoute(study), routes.RescueRoute(study))
    yield routes.RecoverRoute(study)
    yield from (device_routes.DevicesRoute(), device_routes.IntroduceRoute())
    yield from (device_routes.EnrolRoute(workbook), device_routes.KnowAgencyRoute(workbook))
    yield device_routes.FirstPackageRoute(workbook)
    yield routes.FailuresRoute()


def wrong_with(window: Window, route: Route) -> list[str]:
    """What a person would stumble over on the page that is shown."""
    page = window.page
    in_interview = isinstance(route, routes.InterviewRoute)
    least = sight.INTERVIEW_TARGET if in_interview else sight.TARGET
    found = [*sight.cut_texts(window), *sight.nameless(window)]
    if page is not None:
        found += sight.small(page, least)
    # In an interview Tab goes from question to question; what stands around them has keys of its own.
    around = getattr(page.body, "view", page) if in_interview else window
    found += sight.tab_walk(window, around)
    return list(dict.fromkeys(found))


def settle(window: Window, desk: Desk) -> None:
    """Wait until the page has come to rest: some looks at it one after the other with the same widgets."""
    seen: list[int] = []
    loop, timer = QEventLoop(), QTimer()

    def look() -> None:
        shown = (each for each in window.findChildren(QWidget) if each.isVisible())
        seen.append(hash(tuple((id(each), each.geometry().getRect()) for each in shown)))
        if (len(set(seen[-LOOKS:])) == 1 and len(seen) >= LOOKS and not _waits(desk)) or len(seen) == MOST_LOOKS:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    loop.exec()


def _waits(desk: Desk) -> bool:
    """Whether the companion process still has something to answer."""
    companion = desk._companion
    return companion is not None and (companion._asked is not None or bool(companion._waiting))


def walk(study_file: Path, look: str, only: str = "") -> None:
    """Look at every page in one look."""
    language, theme, size = look.split("-")
    wide, high = (int(part) for part in size.split("x"))
    chosen = settings.Settings(motion=False, theme=settings.Theme(theme), language=settings.Language(language))
    desk = Desk(chosen)
    desk.open(studies.open_study(study_file, PASSPHRASE))
    unit = all_firms(desk.study)[0].unit_id
    window = Window(desk, routes.StartRoute(), QSize(wide, high))
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    for route in all_routes(study_file, unit):
        if only and only not in repr(route):
            continue
        window.go(route)
        settle(window, desk)
        print(json.dumps({"page": repr(route), "look": look, "wrong": wrong_with(window, route)}), flush=True)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    desk.close()


def main(arguments: list[str]) -> None:
    """Walk through all looks."""
    app = QApplication([])
    app.setStyle("Fusion")
    fonts.load()
    for look in arguments[1].split(","):
        walk(Path(arguments[0]), look, arguments[2] if len(arguments) > 2 else "")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Every page of the window on a real study: for the tests that hold for all of them, and for the list of all keys.

`python -m tests.gui.help.every_page STUDY` (a demonstration study) writes the list that the help shows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from kume_desktop.gui.device_routes import DevicesRoute, IntroduceRoute
from kume_desktop.gui.page import Page
from kume_desktop.gui.routes import (
    AreaRoute,
    BackChecksRoute,
    BackupsRoute,
    CompareRoute,
    ConductRoute,
    ConflictsRoute,
    DayPlanRoute,
    FailuresRoute,
    FieldRoute,
    FieldRulesRoute,
    FormsRoute,
    HelpRoute,
    InterviewRoute,
    KeysRoute,
    MethodRoute,
    PackagesRoute,
    PersonalDataRoute,
    PracticeRoute,
    PrintRoute,
    ProgressRoute,
    RatersRoute,
    RatingRoute,
    ReportRoute,
    ResponseRoute,
    ResultsRoute,
    ReviewRoute,
    RolesRoute,
    Route,
    SampleListRoute,
    SamplePlanRoute,
    ScorecardRoute,
    SettingsRoute,
    StartRoute,
    WavesRoute,
    WelcomeRoute,
)
from kume_desktop.gui.shell.keys import everywhere
from kume_desktop.gui.window import Window
from kume_desktop.services import fieldwork

PLAIN: tuple[Route, ...] = (
    StartRoute(), FieldRoute(), DayPlanRoute(), FieldRulesRoute(), RatingRoute(), RatersRoute(), ResultsRoute(),
    ScorecardRoute(), AreaRoute(), CompareRoute(), ResponseRoute(), SamplePlanRoute(), ReportRoute(), MethodRoute(),
    FormsRoute(), SampleListRoute(), PrintRoute(), BackupsRoute(), KeysRoute(), ConductRoute(), PracticeRoute(),
    PersonalDataRoute(), ReviewRoute(), BackChecksRoute(), ConflictsRoute(), ProgressRoute(), RolesRoute(),
    WavesRoute(), SettingsRoute(), HelpRoute(), WelcomeRoute(), FailuresRoute(),
    DevicesRoute(), IntroduceRoute(), PackagesRoute(),
)  # fmt: skip


def pages(window: Window) -> Iterator[Page]:
    """Every page, one after the other in front."""
    study = window.desk.study
    firm = fieldwork.firms(study)[0].unit_id
    for one in study.instruments():
        study.form(one.version_id)  # pages that read interviews wait for the forms otherwise
    for route in (InterviewRoute(firm, study.instruments()[0].instrument_id), *PLAIN):
        window.go(route)
        yield window.page


def keys(page: Page) -> list[list[str]]:
    """Each key of a page with its words, as the key list (F1) shows them."""
    here = [[hint.key, hint.word] for hint in page.key_hints()]
    known = {key for key, _word in here}
    return here + [[a.key, a.label] for a in page.actions_here() if a.key and a.key not in known]


def main(study_file: str) -> None:
    """Write the list that the help shows, from the pages themselves."""
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication

    from kume_desktop import paths, settings, texts
    from kume_desktop.gui import fonts
    from kume_desktop.gui.desk import Desk
    from kume_desktop.services import studies

    app = QApplication([])
    fonts.load()
    chosen = settings.Settings(motion=False, language=settings.Language.ENGLISH)
    desk = Desk(chosen)
    desk.open(studies.open_study(Path(study_file), "demo"))
    window = Window(desk, StartRoute(), QSize(1366, 768))
    known = set(texts.catalogue())
    told = [{"title": "Everywhere", "keys": [[hint.key, hint.word] for hint in everywhere() if hint.word in known]}]
    for page in pages(window):
        title = page.title.partition(":")[0]
        own = [[key, word] for key, word in keys(page) if word in known]
        if own and title in known:
            told.append({"title": title, "keys": own})
    window.close()
    target = paths.resources() / "help" / "keys.json"
    target.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    del app


if __name__ == "__main__":
    main(sys.argv[1])

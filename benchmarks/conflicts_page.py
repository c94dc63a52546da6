"""The page of conflicts opened with 1,000 of them, against reading their heads and painting as many lines bare.

Measured: from the act that goes to the page until the list of 1,000 conflicts and the first of them with its values
stand painted in the real window; the companion that words them runs beside, as it does in the program. The reference
reads the contested heads with one statement and paints a plain QListWidget with as many lines in such a window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEventLoop, QSize, QTimer

from benchmarks.measure import Measurement, in_turn, percentile, processor, tell

if TYPE_CHECKING:
    from kume_desktop.gui.window import Window
    from kume_desktop.services.studies import Study

ROUNDS = 12
CONFLICTS, FIRMS = 1_000, 50
_FORM, _SAID = "is_ihtiyac", "parola-1234"
_MOST_MS = 60_000


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds."""
    from kume_desktop import settings
    from kume_desktop.gui.app import make_application
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.routes import RolesRoute
    from kume_desktop.gui.window import Window

    app = make_application()
    study = make(folder)
    desk = Desk(settings.Settings(motion=False))
    desk.open(study)
    window = Window(desk, RolesRoute(), QSize(1366, 768))
    window.show()
    app.processEvents()

    def settle() -> None:
        window.go(RolesRoute())
        app.processEvents()

    opening = _opening(window)
    ours, bare = in_turn(opening, _bare(study), rounds, warm_up=2, settle=settle)
    settle()
    spent = processor(opening)
    window.close()
    desk.close()
    tell(f"  {CONFLICTS} conflicts: {median(ours):.0f} ms, bare {median(bare):.0f} ms; processor {spent:.0f} ms")
    about = "one statement and a bare QListWidget with as many lines"
    p95, p99 = percentile(ours, 95), percentile(ours, 99)
    return Measurement("conflicts-page", median(ours), "ms", about, median(bare), p95=p95, p99=p99)


def make(folder: Path) -> Study:
    """A study with 1,000 questions that two computers answered differently."""
    from kume_desktop.services import fieldwork, studies
    from kume_desktop.services.views import Area, NewFirm, StudyFacts

    facts = StudyFacts("Ajans", 2025, "6698", "ajans", "iki yıl", "kvkk@ajans.example")
    area = Area("A1", "Mobilya", "Furniture", "31", "2", 40)
    study = studies.create_study(folder / "celiski.kume", "Ölçüm", facts, _SAID, "Ölçen", [area])
    version = next(one.version_id for one in study.instruments() if one.instrument_id == _FORM)
    units = [fieldwork.add_firm(study, NewFirm(f"Firma {place}", "A1", "Bornova")) for place in range(FIRMS)]
    study.database.import_events(_rivals(study, version, units))
    return study


def _rivals(study: Study, version: str, units: list[str]) -> list[str]:
    """Open an interview of each firm and answer twenty questions here; the lines of another computer's answers."""
    from kume_desktop.services import interviewing
    from kume_desktop.store import device
    from kume_desktop.store.events import EventKind, SubjectKind
    from kume_desktop.store.identity import new_id
    from kume_desktop.store.log import Told

    asked = [path for path, item in study.form(version).items.items() if item.node.is_asked and not item.repeats]
    paths = asked[: CONFLICTS // FIRMS]
    writer = device.new_stream()
    told: list[Told] = []
    with study.act() as act:
        told += device.opening(device.Device(new_id(), "07"), writer.stream, "Mert", "interviewer", act.at)
        for unit in units:
            record, _interview = interviewing.begin(study, act, unit, version, "Ölçen")
            for path in paths:
                act.append(EventKind.ANSWER, SubjectKind.INTERVIEW, record.interview_id, path, "1", version)
                subject = UUID(record.interview_id)
                told.append(
                    Told(
                        EventKind.ANSWER, SubjectKind.INTERVIEW, subject, path, "2", "Mert", "interviewer", act.at,
                        instrument_version=UUID(version),
                    )
                )  # fmt: skip
    return [writer.write(one).line for one in told]


def _opening(window: Window) -> Callable[[], float]:
    """The act: go to the page, wait until list and first case are there, paint."""
    from kume_desktop.gui.conflicts.page import ConflictsPage
    from kume_desktop.gui.routes import ConflictsRoute

    def act() -> float:
        begun = time.perf_counter()
        window.go(ConflictsRoute())
        page = window.page
        if not isinstance(page, ConflictsPage):
            raise TypeError(page)
        _until(lambda: page.pane.case is not None)
        window.repaint()
        taken = (time.perf_counter() - begun) * 1000
        if len(page.list.entries) < CONFLICTS:
            raise RuntimeError(f"{len(page.list.entries)} conflicts are listed")
        return taken

    return act


def _until(holds: Callable[[], bool]) -> None:
    """Run the loop until something holds."""
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look.start(1)
    end.start(_MOST_MS)
    loop.exec()


def _bare(study: Study) -> Callable[[], float]:
    """The reference: one statement, a plain list of as many lines, painted."""
    from PySide6.QtWidgets import QListWidget, QMainWindow

    from kume_desktop.store import reading

    window = QMainWindow()
    window.resize(1366, 768)
    window.show()

    def act() -> float:
        begun = time.perf_counter()
        found = reading.conflicts(study.database)
        plain = QListWidget()
        plain.addItems([" / ".join(row.value or "" for row in one.heads) for one in found])
        window.setCentralWidget(plain)
        window.repaint()
        return (time.perf_counter() - begun) * 1000

    return act

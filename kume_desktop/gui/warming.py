"""What the pages of figures need is loaded before anybody opens them, in pieces that nobody notices."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kume_desktop.gui.desk import Desk
from kume_desktop.services import roles

if TYPE_CHECKING:
    from kume_desktop.services.compiled import Ahead

_ROOMS = ("figures", "results", "areas", "method", "response", "reporting", "rating")
_CALCULATING = (
    "kume_desktop.scoring.run",
    "kume_desktop.services.results",
    "kume_desktop.services.method_versions",
    "kume_desktop.services.companion",
    "kume_desktop.services.rating_desk",
    "kume_desktop.services.sample_plan",
    "kume_desktop.services.committee",
    "kume_desktop.scoring.response.plan",
    "kume_desktop.interview.suggestion",
)
_FIRST_MS, _STEP_MS = 1500, 40


class Warming(QObject):
    """Begins a while after a study was opened by somebody who sees its results; interviewers' laptops load nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._thread: threading.Thread | None = None
        self._forms: Ahead | None = None
        self._modules: Iterator[str] = iter(())
        self._step = QTimer(self)
        self._step.setInterval(_STEP_MS)
        self._step.timeout.connect(self.step)
        desk.study_changed.connect(lambda: QTimer.singleShot(_FIRST_MS, self, self.begin))

    def begin(self) -> None:
        """Load what calculates away from the GUI thread, then page by page what draws."""
        head = self._desk.head
        if self._thread is not None or head is None or not roles.role_may(head.role, roles.Right.RESULTS):
            return
        from kume_desktop.services import compiled, knowledge

        given = (knowledge.kept_payload(self._desk.study), compiled.Ahead(self._desk.study))
        self._forms = given[1]
        self._thread = threading.Thread(target=load_calculating, args=given, name="warm-up-results", daemon=True)
        self._thread.start()
        self._modules = modules()
        self._step.start()

    def step(self) -> None:
        """Load the next module, once the thread has done its part."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._keep_forms()
        name = next(self._modules, None)
        if name is not None:
            importlib.import_module(name)
            return
        self._step.stop()
        # What is loaded now is never garbage: a look at all of it would hold the window for a tenth of a second.
        gc.freeze()
        if self._desk.has_study:
            from kume_desktop.services import companion, conflict_cases

            # The companion starts and reads the inputs now, so that the first preview need not wait for it; and the
            # conflicts with their forms, so that their page need not.
            self._desk.companion.ask(self, companion.HASHES)
            self._desk.companion.ask(self, conflict_cases.CONFLICTS)

    def _keep_forms(self) -> None:
        forms, self._forms = self._forms, None
        if forms is not None and self._desk.has_study:
            forms.keep(self._desk.study)


def load_calculating(payload: str, forms: Ahead) -> None:
    """Import what reads and compares results, and read some once: the first reading takes four times as long.

    The forms are compiled too: raters read interviews in them.
    """
    for name in _CALCULATING:
        importlib.import_module(name)
    forms.compile()
    from kume_desktop.scoring import run

    if payload:
        run.results_from_json(payload)


def modules() -> Iterator[str]:
    """The modules of the pages of figures, shared ones first."""
    for room in _ROOMS:
        package = importlib.import_module(f"kume_desktop.gui.{room}")
        for found in pkgutil.iter_modules(package.__path__):
            yield f"{package.__name__}.{found.name}"

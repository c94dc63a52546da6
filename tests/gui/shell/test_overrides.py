"""No exception of an override takes the process down, whoever called Qt before it."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import textwrap
from types import FunctionType

import pytest
from PySide6.QtCore import QObject

from kume_desktop import gui
from kume_desktop.gui import overrides

SENT = textwrap.dedent(
    """
    import sys
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QWidget
    {guard}

    def deep():
        return deep() + 1

    class Field(QWidget):
        def keyPressEvent(self, event):
            {fails}

    class Around(QWidget):
        def keyPressEvent(self, event):
            QApplication.sendEvent(field, event)

    app = QApplication([])
    around = Around()
    field = Field()
    try:
        QApplication.sendEvent(around, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "1"))
    except (ValueError, RecursionError, ZeroDivisionError) as error:
        print(type(error).__name__)
    """
)
GUARD = "from kume_desktop import gui"
FAILURES = {"ValueError": 'int("x")', "RecursionError": "deep()", "ZeroDivisionError": "1 / 0"}


def sent(fails: str, guard: str) -> subprocess.CompletedProcess[str]:
    script = SENT.format(fails=fails, guard=guard)
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("kind", FAILURES)
def test_that_an_exception_of_an_override_comes_back_to_whoever_sent_the_key(kind: str):
    done = sent(FAILURES[kind], GUARD)
    assert (done.returncode, done.stdout.strip()) == (0, kind), done.stderr[-500:]


@pytest.mark.skipif(not overrides.NEEDED, reason="the interpreter makes objects of its exceptions")
def test_that_without_the_guard_it_takes_the_process_down():
    """The control: where this fails, Qt's binding does it right and the guard can go."""
    assert sent(FAILURES["ValueError"], "").returncode < 0


@pytest.mark.skipif(not overrides.NEEDED, reason="the interpreter makes objects of its exceptions")
def test_that_every_override_of_the_window_is_called_through_the_guard():
    for module in pkgutil.walk_packages(gui.__path__, "kume_desktop.gui."):
        importlib.import_module(module.name)
    ours = [one for one in below(QObject) if one.__module__.startswith("kume_desktop.")]
    found = [
        (one, name, method)
        for one in ours
        for name, method in vars(one).items()
        if isinstance(method, FunctionType) and not name.startswith("__") and overrides.is_override(one, name)
    ]
    assert len(found) > 200
    assert [f"{one.__module__} {name}" for one, name, method in found if not hasattr(method, "__wrapped__")] == []


def below(above: type) -> set[type]:
    found: set[type] = set()
    for one in above.__subclasses__():
        found |= {one} | below(one)
    return found

"""The worker beside the window: it answers in order, drops what nobody waits for, and goes with the study."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from kume_desktop.gui import tasks
from kume_desktop.gui.companion import Companion
from kume_desktop.services.studies import Study

SOON = 30_000
ECHO = """
import json, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    if asked["verb"] == "die":
        sys.exit(7)
    if asked["verb"] == "refuse":
        print(json.dumps({"problems": [{"code": "study.no-method"}]}), flush=True)
    else:
        print(json.dumps({"progress": [0, 1, "x"]}), flush=True)
        print(json.dumps({"result": {"verb": asked["verb"], "n": asked.get("n")}}), flush=True)
"""


@pytest.fixture
def companion(qtbot, study: Study, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tasks, "command", lambda: (sys.executable, ["-c", ECHO]))
    owner = QObject()
    made = Companion(study, owner)
    yield made
    made.end()


def test_that_questions_are_answered_in_their_order_and_dropped_ones_are_not(qtbot, companion: Companion):
    told: list[object] = []
    owner = QObject()
    asked = [companion.ask(owner, "count", n=number) for number in range(4)]
    for one in asked:
        one.answered.connect(lambda answer: told.append(answer["n"]))
    asked[2].drop()
    qtbot.waitUntil(lambda: len(told) == 3, timeout=SOON)
    assert told == [0, 1, 3]
    assert companion.is_running


def test_that_a_refusal_comes_as_problems_and_the_next_question_is_answered(qtbot, companion: Companion):
    told: list[object] = []
    owner = QObject()
    companion.ask(owner, "refuse").refused.connect(lambda problems: told.append(problems[0].code))
    companion.ask(owner, "count", n=1).answered.connect(lambda answer: told.append(answer["n"]))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=SOON)
    assert told == ["study.no-method", 1]


def test_that_a_companion_that_dies_is_a_problem_and_the_next_question_starts_another(qtbot, companion: Companion):
    told: list[object] = []
    owner = QObject()
    companion.ask(owner, "die").refused.connect(lambda problems: told.append(problems[0].code))
    qtbot.waitUntil(lambda: told == ["window.worker-ended"], timeout=SOON)
    companion.ask(owner, "count", n=5).answered.connect(lambda answer: told.append(answer["n"]))
    qtbot.waitUntil(lambda: told[1:] == [5], timeout=SOON)


def test_that_a_question_goes_with_its_owner_and_ending_leaves_no_process(qtbot, companion: Companion):
    told: list[object] = []
    owner, other = QObject(), QObject()
    companion.ask(owner, "count", n=1).answered.connect(told.append)
    owner.deleteLater()
    companion.ask(other, "count", n=2).answered.connect(lambda answer: told.append(answer["n"]))
    qtbot.waitUntil(lambda: told == [2], timeout=SOON)
    companion.end()
    assert not companion.is_running

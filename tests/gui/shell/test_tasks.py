"""Long work in a process of its own, and the start of the window."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from kume_desktop import texts
from kume_desktop.gui import app, instance, selftest
from kume_desktop.gui.components import bug_box
from kume_desktop.gui.page import Progress
from kume_desktop.gui.routes import FieldRoute, UnlockRoute, WelcomeRoute
from kume_desktop.gui.tasks import Task
from kume_desktop.problems import Severity
from tests.gui.shell.stage import PASSPHRASE, shown_window

ECHO = """
import json, sys
asked = json.loads(sys.stdin.readline())
for done in range(1, 4):
    print(json.dumps({"progress": [done, 3, asked["text"]]}), flush=True)
print("bu satır JSON değil", flush=True)
print(json.dumps({"result": {"said": asked["text"]}}), flush=True)
"""
REFUSE = """
import json, sys
sys.stdin.readline()
where = {"file": "a.xlsx", "sheet": "survey", "row": 4, "column": None, "question": None}
problem = {"code": "window.missing", "params": {"field": "Ad"}, "where": where, "severity": "warning"}
print(json.dumps({"problems": [problem]}))
"""
CRASH = "import sys; sys.stderr.write('boom'); sys.exit(9)"
SECOND = """
import sys
from pathlib import Path
from kume_desktop.gui import instance
print(instance.ask_other(Path(sys.argv[1])))
"""
WAIT = """
import signal
print('{"progress": [0, 0, "x"]}', flush=True)
signal.pause()
"""


def program(code: str) -> tuple[str, list[str]]:
    return sys.executable, ["-c", code]


def test_that_progress_and_result_come_in_order(qtbot):
    task = Task({"text": "Hesaplanıyor"})
    told: list[Progress] = []
    task.progressed.connect(told.append)
    with qtbot.waitSignal(task.finished, timeout=20_000) as finished:
        task.start(program(ECHO))
    assert told == [Progress(done, 3, "Hesaplanıyor") for done in (1, 2, 3)]
    assert finished.args == [{"said": "Hesaplanıyor"}]
    assert not task.is_running


def test_that_refusals_come_back_as_problems(qtbot):
    task = Task({})
    with qtbot.waitSignal(task.refused, timeout=20_000) as refused:
        task.start(program(REFUSE))
    (problem,) = refused.args[0]
    assert (problem.code, problem.severity, problem.where.row) == ("window.missing", Severity.WARNING, 4)
    assert texts.say(problem).endswith("“Ad” boş. Doldurun.")


def test_that_a_worker_that_dies_is_a_problem_and_not_a_silence(qtbot):
    task = Task({})
    with qtbot.waitSignal(task.refused, timeout=20_000) as refused:
        task.start(program(CRASH))
    (problem,) = refused.args[0]
    assert (problem.code, dict(problem.params)) == ("window.worker-ended", {"code": 9})


def test_that_a_program_that_is_not_there_is_a_problem(qtbot):
    task = Task({})
    with qtbot.waitSignal(task.refused, timeout=20_000):
        task.start(("/nirgendwo/kume", []))


def test_that_work_can_be_stopped(qtbot):
    task = Task({})
    with qtbot.waitSignal(task.progressed, timeout=20_000):
        task.start(program(WAIT))
    with qtbot.waitSignal(task.cancelled, timeout=20_000):
        task.cancel()


@pytest.mark.change
def test_that_the_real_worker_refuses_a_short_passphrase(qtbot, tmp_path):
    facts = {
        "agency": "İZKA", "reference_year": 2025, "legal_ground": "", "recipients": "", "retention": "", "contact": "",
    }  # fmt: skip
    asked = {"verb": "create-study", "path": str(tmp_path / "a.kume"), "name": "A", "facts": facts}
    task = Task({**asked, "passphrase": "kısa", "person": "E", "areas": [], "language": "tr"})
    with qtbot.waitSignal(task.refused, timeout=60_000) as refused:
        task.start()
    assert [problem.code for problem in refused.args[0]] == ["study.short-passphrase"]
    assert list(tmp_path.iterdir()) == []


def test_that_a_bug_is_told_without_the_persons_data(qtbot, monkeypatch):
    host = QMessageBox()
    qtbot.addWidget(host)
    try:
        int("Ayşe Yılmaz")
    except ValueError as error:
        failure = error
    assert "Ayşe" not in bug_box.details(failure)
    bug_box.show(failure)
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert [box.text() for box in boxes] == ["Bu iş yapılamadı. Alttaki çubuğun kaydedildi dediği her şey kayıtlı."]
    qtbot.keyClick(boxes[0], Qt.Key.Key_Escape)
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def test_that_qts_messages_go_to_the_log(caplog):
    with caplog.at_level(logging.WARNING, "kume_desktop.qt"):
        app._log_qt(app.QtMsgType.QtWarningMsg, None, "bir uyarı")
    assert [record.getMessage() for record in caplog.records] == ["bir uyarı"]


def test_that_a_second_start_hands_its_file_to_the_first(desk, qtbot, study_file):
    with shown_window(desk) as window:
        listener = instance.Listener(window)
        listener.asked.connect(lambda path: window.go(UnlockRoute(path)))
        second = subprocess.Popen([sys.executable, "-c", SECOND, study_file], stdout=subprocess.PIPE, text=True)
        qtbot.waitUntil(lambda: window.route == UnlockRoute(study_file), timeout=20_000)
        assert second.communicate()[0].strip() == "True"


def test_that_nobody_answers_where_no_window_is_open():
    assert instance.ask_other(None) is False


def test_that_a_study_with_its_passphrase_opens_straight_away(desk, study_file):
    assert app._first_route(desk, study_file, PASSPHRASE) is None
    assert desk.has_study
    desk.close()


def test_that_a_study_without_or_with_a_wrong_passphrase_asks_for_it(desk, study_file):
    assert app._first_route(desk, study_file, "") == UnlockRoute(study_file)
    assert app._first_route(desk, study_file, "yanlış") == UnlockRoute(study_file)
    assert app._first_route(desk, None, "") == WelcomeRoute()


def test_that_what_is_warmed_up_is_there():
    app._warm_up()
    assert "kume_desktop.store.engine" in sys.modules


def test_that_the_drawing_part_of_the_self_test_passes():
    assert selftest.run() == ("pencere: Inter yazı tipi, simgeler ve düğmeler çizildi",)


def test_that_the_start_page_shows_without_the_database_library(tmp_path: Path):
    code = (
        "import sys; from kume_desktop.gui import app, desk, window; from kume_desktop import settings;"
        "made = app.make_application(); window.Window(desk.Desk(settings.Settings())).show();"
        "print(*[name for name in ('sqlalchemy', 'numpy', 'openpyxl', 'babel', 'alembic') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_that_a_second_start_with_the_open_study_leaves_the_page_as_it_is(open_desk, tmp_path):
    with shown_window(open_desk, FieldRoute()) as window:
        page = window.page
        app.take_asked(window, open_desk.study.path)
        assert window.page is page
        app.take_asked(window, tmp_path / "başka.kume")
        assert window.route == UnlockRoute(tmp_path / "başka.kume")
        unlock = window.page
        app.take_asked(window, tmp_path / "başka.kume")
        assert window.page is unlock

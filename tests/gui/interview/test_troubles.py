"""What the form could not work out is told once; the answer is stored all the same."""

from __future__ import annotations

import logging
from dataclasses import replace

from kume_desktop.interview import engine
from kume_desktop.problems import Where, warning
from tests.gui.interview.conftest import TO_PRODUCTION

WRONG = warning("form.expression-no-date", Where(question="yas"), found="gizli yanıt")


def test_that_a_form_that_goes_wrong_is_told_once_and_logged_without_the_answer(desktop, monkeypatch, caplog):
    desktop.give(**TO_PRODUCTION)
    real = engine.answer
    monkeypatch.setattr(engine, "answer", lambda *given: replace(real(*given), problems=(WRONG,)))
    toasts = []
    desktop.page.toast.connect(toasts.append)
    for year in ("1997", "1996"):
        with caplog.at_level(logging.WARNING, logger="kume_desktop"):
            desktop.go_to("kurulus_yili")
            desktop.body.course.answer(desktop.path("kurulus_yili"), year)
    assert desktop.value("kurulus_yili") == "1996"
    assert len(toasts) == 1
    assert "gizli yanıt" in toasts[0].text
    assert "form.expression-no-date" in caplog.text
    assert "yas" in caplog.text
    assert "gizli yanıt" not in caplog.text

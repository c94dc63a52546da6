"""Of an earlier wave a laptop gets what its forms show, and of that nothing personal without the firm's consent."""

from __future__ import annotations

from pathlib import Path

import pytest

from kume_desktop.exchange.packages.parties import ENROLLED, LAPTOP, Trusted
from kume_desktop.services import people, visits, waves
from kume_desktop.services.packages import selecting
from kume_desktop.services.studies import Study
from kume_desktop.store import writing
from kume_desktop.store.events import EventKind, SubjectKind
from kume_desktop.store.identity import new_id
from tests.services.installed import finished, install, units
from tests.services.test_earlier_answers import CHOICES, FORM, GIVEN, NEXT, SURVEY

ELIF = "Elif Demirtaş"


@pytest.mark.parametrize("consents", [True, False])
def test_that_an_earlier_interview_leaves_in_part_and_without_what_was_said_about_it(
    study: Study, tmp_path: Path, consents: bool
):
    install(study, tmp_path, FORM, SURVEY, CHOICES)
    firm = units(study)[0]
    before = finished(study, firm, FORM, **GIVEN)
    with study.act() as act:
        if consents:
            writing.record_consent(act, before.interview_id, "iletişim", given=True, how="1", text_hash="")
        act.append(EventKind.NOTE, SubjectKind.INTERVIEW, before.interview_id, "review", "Yalan söylüyor")
        value = {"by": "Ayşe", "answers": {"/data/calisan": "7"}}
        act.append(EventKind.BACK_CHECK, SubjectKind.INTERVIEW, before.interview_id, "", value)
    waves.open_next(study, NEXT)
    people.add(study, ELIF, people.INTERVIEWER, "elifin parolası")
    visits.assign_each(study, {firm: ELIF})
    whose = Trusted(b"", b"", LAPTOP, ENROLLED, "Dizüstü", ELIF)
    sent = selecting.for_computer(study, new_id(), whose)
    told = [row for row in sent.rows if str(row.subject) == before.interview_id]
    answered = {row.path.rpartition("/")[2] for row in told if row.kind == EventKind.ANSWER}
    assert answered == ({"calisan", "ihracat", "yetkili"} if consents else {"calisan", "ihracat"})
    assert not {row.kind for row in told} & {EventKind.NOTE, EventKind.BACK_CHECK}
    keys = {str(key.subject) for key in sent.keys}
    assert (before.interview_id in keys) is consents

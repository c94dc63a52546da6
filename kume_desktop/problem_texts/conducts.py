"""What staff must mend about the signals of conduct, and about practice interviews."""

from __future__ import annotations

from kume_desktop.problems import N_

CONDUCT = {
    "conduct.no-threshold": N_(
        "The threshold “{name}” makes no sense with this figure. Nothing was stored. Write one within its limits."
    ),
    "people.code-shape": N_(
        "The interviewer code is one word of at most {most} characters. Nothing was stored. Write a shorter one."
    ),
    "people.code-taken": N_("The code {code} is that of {name}. Nothing was stored. Choose another one."),
    "people.no-part": N_("{name} has no part in this wave, so no code was stored. Staff let people in under People."),
    "practice.nothing-to-practise": N_(
        "The study has no questionnaire, so there is nothing to practise. Install one under Questionnaires."
    ),
    "practice.pass-mark": N_("The pass mark lies outside 1–100%. Nothing was stored. Write one from 1 to 100."),
    "practice.not-completed": N_(
        "The practice interview is not completed, so no key can be made of it. Complete it, then try again."
    ),
    "practice.no-words": N_(
        "Nobody could answer as the firm without its words. Nothing was stored. Write what the firm says."
    ),
    "study.another-study": N_(
        "This is of another study (or of practice, which never counts). Nothing was taken. Choose what belongs here."
    ),
}

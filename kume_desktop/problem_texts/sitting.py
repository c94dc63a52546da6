"""Around the questions of an interview: paper forms, further respondents, evidence, opening again."""

from __future__ import annotations

from kume_desktop.problems import N_

SITTING: dict[str, str] = {
    "interview.not-completed": N_("The interview is not completed, so it cannot be opened again. Go on with it."),
    "paper.no-day": N_("The day on the paper form is missing. Write it as day.month.year."),
    "paper.day-to-come": N_("{day} has not come yet. Write the day on which the paper form was filled in."),
    "paper.no-asker": N_("Who asked is missing. Write the name that stands on the paper form."),
    "paper.no-typist": N_("Who types is missing. Write your name."),
    "paper.already-begun": N_(
        "This firm has an interview with this form already. Nothing was changed. Open that interview and go on with it."
    ),
    "respondent.no-position": N_("The position is missing. Write what this person does in the firm."),
    "respondent.no-notice": N_("Without the notice nobody may answer. Read it out or hand it over, then choose how."),
    "respondent.not-here": N_("This person has left already. Nothing was changed."),
    "evidence.not-allowed": N_(
        "This study keeps no evidence files. Nothing was kept. Staff can allow it in the settings."
    ),
    "evidence.no-question": N_("This question is no longer part of the form. Nothing was kept."),
    "evidence.too-many": N_("At most {most} files can stand at one question. Nothing was kept. Remove one first."),
}

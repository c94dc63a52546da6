"""What people must mend in the review, about conflicts and about roles."""

from __future__ import annotations

from kume_desktop.problems import N_

REVIEW = {
    "role.may-not": N_("Your role may not do this. Nothing was changed. Settings, Roles shows who may."),
    "review.in-conflict": N_(
        "Two answers of this interview stand against each other. It was not approved. Decide them under Conflicts first."
    ),
    "review.no-interview": N_("This interview is not in the study. Go back to the list and choose again."),
    "review.own-interview": N_("You held this interview yourself. Nothing was changed. Somebody else approves it."),
    "review.approved-already": N_("You have approved this interview. Nothing was changed. A second person has to."),
    "review.stands-elsewhere": N_(
        "The interview stands elsewhere by now. Nothing was changed. Read the list again (F5) and look once more."
    ),
    "review.no-reason": N_("The exclusion has no reason. Nothing was changed. Choose one."),
    "review.no-words": N_("The other reason is not written. Nothing was changed. Write it in a few words."),
    "review.nothing-asked": N_("Nothing was asked at this question. Nothing was stored."),
    "review.nothing-to-return": N_(
        "No question waits for the interviewer. Nothing was changed. Write one at the answer it is about (C)."
    ),
    "review.approvals": N_("An interview is approved by 1 to {most} people. Nothing was stored."),
    "review.share": N_("The share lies outside 0–100%. Nothing was stored. Write one from 0 to 100."),
    "review.not-drawn": N_("This interview was not drawn for asking again. Nothing was stored."),
    "review.no-answer": N_("Nothing was asked again yet. Nothing was stored. Give at least one answer."),
    "review.locked": N_(
        "The interview is approved or excluded. Nothing was changed. Ask the supervisor to return it to you."
    ),
    "conflict.gone": N_("Somebody has decided this meanwhile. Nothing was changed. Read the list again (F5)."),
    "conflict.no-reason": N_("The decision has no reason. Nothing was changed. Write it in a few words."),
    "conflict.no-such-value": N_("This value was not among those to decide on. Nothing was changed."),
    "conflict.not-accepted": N_("The question does not accept this value. Nothing was changed. Write another one."),
}

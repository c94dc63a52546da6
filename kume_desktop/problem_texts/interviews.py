"""What can be wrong with an answer or an interview."""

from __future__ import annotations

from kume_desktop.problems import N_

INTERVIEW = {
    "interview.completed": N_("The interview is completed. Open it again to change an answer."),
    "interview.in-conflict": N_(
        "Two computers hold different answers to this question: {values}. Nothing was stored. The conflict is decided by the staff."
    ),
    "interview.refused": N_("{message}"),
    "interview.warned": N_("{message}"),
    "interview.required-message": N_("{message}"),
    "interview.constraint": N_("This answer does not fit the rule of the question. It was not saved. Correct it."),
    "interview.unlikely": N_("This answer is unusual. Check it, or write why it is right."),
    "interview.required": N_("{number} is blank. Answer it, or choose why there is no answer."),
    "interview.choice-gone": N_(
        "“{value}” is no longer among the choices, because another answer changed. It is kept. Choose again, or correct the other answer."
    ),
    "interview.no-such-choice": N_("“{value}” is not among the choices. It was not saved. Choose one from the list."),
    "interview.not-asked": N_("This question is not asked at present. Nothing was saved."),
    "interview.read-only": N_("This value is fixed and cannot be changed here."),
    "interview.rows-fixed": N_("The number of these rows follows from another answer. Change that answer instead."),
    "interview.no-warning": N_("There is no warning here that needs a reason."),
    "interview.control-character": N_(
        "The text holds a character that cannot be stored. It was not saved. Type it again."
    ),
    "interview.not-a-number": N_("“{value}” is no number. It was not saved. Write digits only."),
    "interview.not-whole": N_("“{value}” is no whole number. It was not saved. Write it without decimals."),
    "interview.thousands": N_(
        "“{value}” has marks between the thousands. It was not saved, because it could be misread. Write {plain}."
    ),
    "interview.number-too-long": N_("The number has more than {digits} digits. It was not saved. Check it."),
    "interview.not-a-date": N_("“{value}” is no date. It was not saved. Write it as 22.11.2026."),
    "interview.no-such-date": N_("There is no {value} in the calendar. It was not saved. Check day and month."),
    "interview.not-a-time": N_("“{value}” is no time of day. It was not saved. Write it as 14:30."),
    "interview.not-a-moment": N_("“{value}” is no date with a time. It was not saved. Write it as 22.11.2026 14:30."),
    "interview.too-many-rows": N_(
        "{count} rows would be asked; at most {most} are possible. Correct the number they follow from."
    ),
    "interview.counts-never-rest": N_(
        "The numbers of rows in this form change each other without end. The answer was not saved. Tell whoever made the form."
    ),
    "interview.prefill-unknown": N_("“{question}” is no question of this form, so its value was not taken over."),
    "interview.prefill-refused": N_("“{value}” does not fit “{question}”, so it was not taken over. Ask it again."),
}

"""What can be wrong with an answer or an interview."""

from __future__ import annotations

from kume_desktop.problems import N_

INTERVIEW = {
    "interview.completed": N_("The interview is completed. Open it again to change an answer."),
    "interview.handed-over": N_(
        "The agency received this interview, and it was deleted on this computer. No second one was begun. Ask the"
        " agency to return it if something is to be changed."
    ),
    "interview.in-conflict": N_(
        "Two computers hold different answers to this question: {values}. Nothing was stored. The conflict is decided by the staff."
    ),
    "interview.refused": N_("{message}"),
    "interview.warned": N_("{message}"),
    "interview.required-message": N_("{message}"),
    "interview.constraint": N_("This answer does not fit the rule of the question. It was not saved. Correct it."),
    "interview.unlikely": N_("This answer is unusual. Check it, or write why it is right."),
    "interview.unchecked": N_(
        "This answer could not be checked: a pattern of the form takes too long or is wrong. Look at it yourself, and write why it is right."
    ),
    "interview.required": N_("{number} is blank. Answer it, or choose why there is no answer."),
    "interview.choice-gone": N_(
        "“{value}” is no longer among the choices, because another answer changed. It is kept. Choose again, or correct the other answer."
    ),
    "interview.choice-retired": N_(
        "“{value}” is no longer offered in this version of the form. It is kept. Choose again."
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
    "interview.not-a-month": N_("“{value}” is no month. It was not saved. Write it as 03.2026."),
    "interview.not-a-year": N_("“{value}” is no year. It was not saved. Write it in four digits, such as 2026."),
    "interview.not-a-time": N_("“{value}” is no time of day. It was not saved. Write it as 14:30."),
    "interview.not-a-moment": N_("“{value}” is no date with a time. It was not saved. Write it as 22.11.2026 14:30."),
    "interview.out-of-range": N_("{value} is not between {low} and {high}. It was not saved."),
    "interview.off-grid": N_(
        "{value} is no step of this scale. It was not saved. Count from {start} in steps of {step}."
    ),
    "interview.rank-incomplete": N_(
        "{given} of {all} choices are in order. It was not saved. Put every choice in its place, each once."
    ),
    "interview.not-acknowledged": N_("“{value}” was not saved. Write OK when it is done, or leave it blank."),
    "interview.not-a-place": N_(
        "“{value}” is no place. It was not saved. Write latitude and longitude in degrees, for example 38.4237 27.1428."
    ),
    "interview.latitude": N_(
        "The latitude in “{value}” is over {most} degrees. It was not saved. Latitude comes first."
    ),
    "interview.longitude": N_("The longitude in “{value}” is over {most} degrees. It was not saved."),
    "interview.too-few-points": N_(
        "At least {least} points are needed. Nothing was saved. Put a semicolon between the points."
    ),
    "interview.too-many-points": N_("At most {most} points can be kept. Nothing was saved."),
    "interview.not-a-file": N_("“{value}” is no file of this study. Choose the file again."),
    "interview.file-too-large": N_("{file} is larger than {megabytes} MB. It was not kept. Make it smaller first."),
    "interview.file-empty": N_("{file} is empty. It was not kept."),
    "interview.file-unreadable": N_("{file} cannot be read. It was not kept. Choose a file on this computer."),
    "interview.file-disguised": N_(
        "{file} ends like a {kind} file, but its content is another one. It was not kept. Choose the right file."
    ),
    "interview.file-kind": N_("{file} is not of the kind that is asked for here. It was not kept. Choose: {kinds}."),
    "interview.media-missing": N_("{file} did not come with the form. Ask the question by its words."),
    "interview.file-is-the-study": N_(
        "“{file}” belongs to the study itself. Nothing was written. Choose another name."
    ),
    "interview.file-missing": N_(
        "The file of this answer is not on this computer. The answer is safe; the file is where it was chosen."
    ),
    "interview.too-many-rows": N_(
        "{count} rows would be asked; at most {most} are possible. Correct the number they follow from."
    ),
    "interview.counts-never-rest": N_(
        "The numbers of rows in this form change each other without end. The answer was not saved. Tell whoever made the form."
    ),
    "interview.actions-never-rest": N_(
        "Answers in this form set each other off without end. The answer was not saved. Tell whoever made the form."
    ),
    "interview.prefill-unknown": N_("“{question}” is no question of this form, so its value was not taken over."),
    "interview.prefill-refused": N_("“{value}” does not fit “{question}”, so it was not taken over. Ask it again."),
}

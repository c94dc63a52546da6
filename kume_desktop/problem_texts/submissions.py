"""What can be wrong with a submission in the form that ODK defines."""

from __future__ import annotations

from kume_desktop.problems import N_

SUBMISSION = {
    "submission.too-big": N_("The file is larger than {most} MB. A submission never is. Nothing was taken."),
    "submission.broken": N_(
        "The file is no readable XML: line {line}, column {column}. Nothing was taken. Export it again."
    ),
    "submission.too-deep": N_(
        "The file nests deeper than {depth} levels or has more than {elements} elements. No form does. Nothing was taken."
    ),
    "submission.document-type": N_(
        "The file brings a document type or entities, which a submission never has. Nothing was taken."
    ),
    "submission.stands-twice": N_("This question stands more than once, but is no repeat. Nothing was taken."),
    "submission.not-a-moment": N_("“{value}” is no time as ODK writes it. Nothing was taken."),
    "submission.file-missing": N_(
        "The file {file} belongs to this answer and is not beside the submission. Nothing was taken. Put it there."
    ),
    "submission.unknown": N_("{count} values of the submission are not in the form and were left out: {names}"),
    "submission.no-form": N_("The study has no questionnaire “{form}”. Nothing was taken. Install it first."),
    "submission.version-unknown": N_(
        "Version {version} of the form is not installed; the submission was read against version {used}."
    ),
    "submission.no-firm": N_(
        "“{value}” is the code of no firm of this study. Nothing was taken. Add the firm, or correct firma_kodu."
    ),
    "submission.no-identity": N_("The submission has no instanceID, so it could be taken twice. Nothing was taken."),
    "submission.already-there": N_("This submission was taken before. Nothing was changed."),
    "submission.edit-of-completed": N_(
        "It edits an interview that is completed here. It was opened again and completed anew."
    ),
    "submission.second-interview": N_(
        "The firm has another interview with this questionnaire in this wave. Say which one counts."
    ),
    "submission.left-open": N_("{count} questions are open. The interview was taken as a draft."),
    "submission.other-values": N_("{count} calculated values differ from those in the submission: {names}"),
    "submission.in-conflict": N_(
        "The interview that it edits is in conflict. Nothing was taken. The conflict is decided by the staff first."
    ),
    "submission.reason-missing": N_(
        "Submissions with personal data need a reason. Nothing was written. Write why they are made."
    ),
}

"""What differs between two versions of an instrument, and what that means for answers already given."""

from __future__ import annotations

from kume_desktop.problems import N_

DIFFERENCE = {
    "diff.is-question-removed": N_("The question {name} (“{label}”) is gone."),
    "diff.is-question-added": N_("The question {name} (“{label}”) is new."),
    "diff.is-question-renamed": N_(
        "The question {before} (“{label}”) is now called {name}: label, type and choices are the same."
    ),
    "diff.is-question-renamed-perhaps": N_(
        "The question {before} (“{label}”) seems to be called {name} now. This is a guess from similar words: check it."
    ),
    "diff.is-question-moved": N_("The question {name} stands in another group now: {group}."),
    "diff.is-order-changed": N_("The question {name} comes after {after} now."),
    "diff.is-order-first": N_("The question {name} comes first now."),
    "diff.is-value-removed": N_("The calculated value {name} is gone."),
    "diff.is-value-added": N_("The calculated value {name} is new."),
    "diff.is-group-removed": N_("The group {name} (“{label}”) is gone."),
    "diff.is-group-added": N_("The group {name} (“{label}”) is new."),
    "diff.is-type-changed": N_("The question {name} has another type: {before} became {after}."),
    "diff.is-rule-changed": N_("{name}: {column} was {before}, now {after}."),
    "diff.is-rule-added": N_("{name}: {column} is new: {after}."),
    "diff.is-rule-removed": N_("{name}: {column} is gone; it was {before}."),
    "diff.is-text-changed": N_("{name}, {column} ({language}): “{before}” became “{after}”."),
    "diff.is-list-changed": N_("{name}: the choices come from another list, {before} became {after}."),
    "diff.is-choice-retired": N_("List {list}: the choice {choice} (“{label}”) is retired. Used by: {name}."),
    "diff.is-choice-recoded": N_(
        "List {list}: the choice {choice} (“{label}”) is retired; {after} has the same label. Used by: {name}."
    ),
    "diff.is-choice-added": N_("List {list}: the choice {choice} (“{label}”) is new. Used by: {name}."),
    "diff.is-choice-relabelled": N_("List {list}, choice {choice} ({language}): “{before}” became “{after}”."),
    "diff.is-choice-missing-changed": N_(
        "List {list}: the choice {choice} (“{label}”) counts as missing differently: {before} became {after}."
    ),
    "diff.is-choice-column-changed": N_("List {list}, choice {choice}: {column} was {before}, now {after}."),
    "diff.is-choices-reordered": N_("List {list}: the choices stand in another order now: {after}."),
    "diff.is-language-added": N_("The language {language} is new."),
    "diff.is-language-removed": N_("The language {language} is gone."),
    "diff.is-setting-changed": N_("{setting} was {before}, now {after}."),
    "diff.is-file-added": N_("The attached list {file} is new."),
    "diff.is-file-removed": N_("The attached list {file} is no longer used."),
    "diff.is-tests-changed": N_("The scripted tests differ: {before} cases before, {after} now."),
    "diff.is-indicator-removed": N_("The indicator {code} (“{label}”) is gone."),
    "diff.is-indicator-added": N_("The indicator {code} (“{label}”) is new."),
    "diff.is-indicator-changed": N_("Indicator {code}, {part}: “{before}” became “{after}”."),
    "diff.is-weight-changed": N_("Method sheet, {what}: {before} became {after}."),
    "diff.means-stay": N_("Answers already given stay."),
    "diff.means-not-shown": N_("Answers already given are kept, but will not be shown any more."),
    "diff.means-converted": N_(
        "Answers already given are converted where they fit; the others must be asked again. What was given before is kept."
    ),
    "diff.means-asked-again": N_(
        "Answers already given do not fit any more and must be asked again. What was given before is kept."
    ),
    "diff.means-asked-new": N_("Drafts that move to this version will ask it."),
    "diff.means-must-answer": N_("Drafts that move to this version must answer it before they can be completed."),
    "diff.means-may-open": N_("Answers already given stay; those that break the rule now become open problems."),
    "diff.means-shown-marked": N_(
        "Answers already given stay readable and are marked as retired; drafts must choose again."
    ),
    "diff.means-may-hide": N_(
        "Some answers already given may not be shown any more, others may be asked for the first time. All are kept."
    ),
    "diff.means-computed-anew": N_(
        "Drafts that move to this version compute it anew; completed interviews stay as they are."
    ),
    "diff.means-method-stays": N_("The method of the study stays as it is until a person changes it."),
}

VERSIONS = {
    "versions.installed": N_(
        "These questions are installed already, as version {version} of {instrument}. Nothing was changed. Weights and cuts are changed on the page of the method."
    ),
    "versions.same-number": N_(
        "Version {version} of {instrument} is installed with other questions. Nothing was changed. Give the workbook another version number in the sheet “settings”."
    ),
    "versions.completed": N_("The interview is completed and stays in its version. Open it again to move it."),
    "versions.in-conflict": N_(
        "Two computers hold different answers in this interview. It was not moved. The conflict is decided by the staff first."
    ),
    "versions.other-instrument": N_("That version belongs to another questionnaire. The interview was not moved."),
    "versions.already-there": N_("The interview is in version {version} already."),
    "versions.not-moved": N_("The interview was not moved to another version, so there is nothing to take back."),
}

REASONS = {
    "form.reason-without-number": N_(
        "{reason} asks why {name} is blank, but there is no number {name} beside it. Add the number, or rename this question."
    ),
    "form.number-without-reason": N_(
        "{name} has no question {name}_neden beside it, although other numbers of this form have one. Without it nobody can say “does not know”. Add it."
    ),
    "form.reason-number-required": N_(
        "{name} is required, so {reason} can never be the answer. Leave “required” empty here and set it on {reason}."
    ),
    "form.reason-not-required": N_("{reason} is not required, so {name} can stay blank without a reason. Write yes."),
    "form.reason-not-tied": N_(
        "{reason} is asked even where {name} has an answer. Write ${{{name}}} = '' into “relevant”."
    ),
}

"""What can be wrong with a method, a level or a rating."""

from __future__ import annotations

from kume_desktop.problems import N_

SCORING = {
    "rating.columns": N_(
        "The file of levels lacks these columns: {columns}. Its first row must be target,indicator,level,rater,reason."
    ),
    "rating.unknown-target": N_(
        "“{target}” is neither an activity area nor a firm of this study. Write a code from the lists."
    ),
    "rating.unknown-indicator": N_(
        "“{indicator}” is no indicator of the method. Write one of its codes, for example g1."
    ),
    "rating.level-out-of-range": N_("“{level}” is no level. Write a whole number from {low} to {high}."),
    "rating.no-rater": N_("The row names nobody who rated. Write the name or code of the rater or of the panel."),
    "rating.row-twice": N_(
        "This row gives the level that row {first} gives already: same target, indicator, rater and round. Nothing was "
        "taken; leave one of the two."
    ),
    "rating.no-reason": N_(
        "The row gives no reason. An area's level needs one, and so does a level that differs from the suggestion."
    ),
    "scoring.preset-unknown": N_(
        "The forms have no method preset called “{preset}”. Add a row of the kind preset, or choose another preset."
    ),
    "scoring.value-not-a-number": N_("“{value}” is no number; rows of the kind {kind} need one in the column value."),
    "scoring.row-missing": N_("The preset {preset} has no row of the kind {kind} with the key {key}. Add it."),
    "scoring.indicator-unknown": N_(
        "A weight is given for {indicator}, which is no indicator of the sheet indicators."
    ),
    "scoring.weight-not-positive": N_(
        "The weight of {indicator} must be above 0. Leave the indicator out of the sheet indicators if it should not count."
    ),
    "scoring.cuts-not-falling": N_(
        "The cuts of the preset {preset} must lie between 0 and 1 and fall: cut 1 above cut 2."
    ),
    "scoring.cell-unknown-part": N_("The cell {cell} names {part}, which is neither a function nor a resource."),
    "scoring.heading-weight": N_(
        "The weight of the heading {heading} must be above 0, and every heading needs one. Without any, headings are not averaged."
    ),
    "scoring.missing-rule": N_("“{rule}” is no rule for missing indicators. Write leave_out or lowest."),
    "scoring.weight-source": N_("“{source}” is no source of weights. Choose equal, entered, budget or ahp."),
    "scoring.budget-points": N_(
        "The points of {expert} sum to {total}. Each expert shares out exactly 100 points, none below 0, among the indicators of the method."
    ),
    "scoring.ahp-size": N_(
        "The comparison {place} must compare exactly {size} things with each other. Fill it in anew."
    ),
    "scoring.ahp-not-reciprocal": N_(
        "The comparison of {first} with {second} contradicts its reverse. Both must be above 0, and one must be 1 divided by the other."
    ),
    "scoring.ahp-inconsistent": N_(
        "The comparisons {place} contradict each other: consistency ratio {ratio}, usually at most 0.10. Look at them again, or write why they stand."
    ),
    "scoring.scale": N_(
        "The scale must begin at 0 or above and end higher than it begins; it goes from {low} to {high}."
    ),
    "scoring.collapse": N_(
        "The table of levels must lead from 1–5 to the scale {low}–{high}, and a higher level must not lead to a lower value."
    ),
    "scoring.cuts-and-categories": N_(
        "{cuts} cuts do not separate {categories} categories. There must be one cut fewer than categories."
    ),
    "scoring.min-scored": N_(
        "At least {number} indicators are asked for, but the method has {indicators}. Choose a number between 0 and {indicators}."
    ),
    "scoring.aggregation": N_(
        "“{aggregation}” is shown as a what-if only. A method aggregates by the arithmetic mean: arithmetic."
    ),
    "scoring.bands-not-rising": N_("The limits of the bands must rise between 1 and 5."),
    "scoring.need-limits": N_(
        "The limits of need and critical must lie between 1 and 5, the critical share above 0 and at most 1."
    ),
}

RATING = {
    "rating.bad-evidence": N_(
        "“{evidence}” is no kind of evidence. Write 1 (document seen), 2 (statement), 3 (observation), 4 (outside source), or nothing."
    ),
    "rating.bad-round": N_(
        "“{round}” is no round. Write 1 for a blind rating, 2 or more for an agreed one, or nothing."
    ),
    "rating.bad-share": N_("{share} % of the firms cannot be rated twice. Write a number from 0 to 100."),
    "rating.nobody-second": N_(
        "Only one person rates in this study, so nobody can rate blind a second time. Nothing was drawn."
    ),
    "rating.interview-open": N_(
        "The interview of this firm is open again. Nothing was stored; the levels given so far stay. Rate when it is completed."
    ),
    "rating.sheet-final": N_(
        "You have finished rating this firm. Nothing was stored. Open the rating again to change it."
    ),
    "rating.sheet-open": N_(
        "{waiting} indicators are still open. Give them a level, or say that they cannot be rated."
    ),
    "rating.not-yours": N_("Somebody else rates this firm. Nothing was stored."),
    "rating.compared-already": N_(
        "Another person rates this firm too. Your levels stay as you gave them; differences are settled in their own list."
    ),
    "rating.still-blind": N_("Your own rating of this firm is not finished. What others gave is shown when it is."),
    "rating.third-decides": N_(
        "The two ratings are two levels or more apart: a third person decides. Nothing was stored."
    ),
    "rating.bad-day": N_("“{text}” is no date. Write it as 23.11.2026."),
    "rating.day-to-come": N_("{text} is still to come. Write the day on which the panel met."),
}

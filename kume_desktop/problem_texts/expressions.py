"""What goes wrong in single expressions while they run, and where other programs see them differently."""

from __future__ import annotations

from kume_desktop.problems import N_

EXPRESSION = {
    "form.expression-too-long": N_(
        "The expression is longer than {limit} characters. Split it over several calculate rows."
    ),
    "form.expression-no-such-node": N_("The path {found} leads to nothing. Name a node that is there."),
    "form.expression-not-in-enketo": N_(
        "{name}() at character {position} works here but not in Enketo (Kobo web forms)."
    ),
    "form.expression-bare-condition": N_(
        "{found} at character {position} stands alone as a condition: while it is blank that is false here, but true in Enketo. Compare it, for example {found} != ''."
    ),
    "form.expression-days-as-number": N_(
        "{name}() with days added, at character {position}, is a number of days here and has a fraction in Enketo. Write date(…) around it."
    ),
    "form.expression-pattern-too-slow": N_(
        "The pattern {pattern} takes too long for an answer, so nobody knows whether it matches. Write the pattern without repetitions inside repetitions."
    ),
    "form.expression-pattern-wrong": N_("The pattern {pattern} is wrong, so no answer matches it: {reason}"),
    "form.expression-no-date": N_("“{found}” is no date, so the result is blank. Write it as YYYY-MM-DD."),
    "form.expression-result-too-long": N_(
        "A text that the form puts together is longer than {limit} characters; it was left blank."
    ),
}

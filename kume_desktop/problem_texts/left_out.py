"""Why a level or a rating counts nowhere, in words."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.problems import N_

LEFT_OUT: Mapping[str, str] = {
    "conflict": N_("two different values, nobody has decided"),
    "raters-differ": N_("raters differ, nothing was agreed"),
    "not-scorable": N_("a person said that no level can be given; the rubric's suggestion does not count"),
    "interview-open": N_("its levels wait: the interview was opened again"),
    "other-route": N_("a panel's levels do not count where firms have levels"),
    "several-interviews": N_("several completed interviews, nobody has said which counts"),
    "excluded-duplicate": N_("its interview was excluded: the same interview twice"),
    "excluded-wrong-firm": N_("its interview was excluded: not this firm"),
    "excluded-wrong-person": N_("its interview was excluded: the wrong person answered"),
    "excluded-not-held": N_("its interview was excluded: it was not held as written"),
    "excluded-too-little": N_("its interview was excluded: too little was answered"),
    "excluded-withdrawn": N_("its interview was excluded: the firm took its answers back"),
    "excluded-other": N_("its interview was excluded in the review"),
    "review-disputed": N_("two reviewers differ on excluding its interview, nobody has decided"),
    "unknown-area": N_("the firm belongs to no activity area of the study"),
    "unknown-indicator": N_("the method does not know this indicator"),
}
"""Reason code -> words, for the command line and for the workbook."""

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
    "unknown-area": N_("the firm belongs to no activity area of the study"),
    "unknown-indicator": N_("the method does not know this indicator"),
}
"""Reason code -> words, for the command line and for the workbook."""

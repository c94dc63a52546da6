"""The words for codes: why there is no figure, what was done, who settled what."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.problem_texts.left_out import LEFT_OUT
from kume_desktop.problems import N_

REASONS: Mapping[str, str] = {
    "few": N_("fewer than 10 firms"),
    "nobody": N_("nobody was scored"),
    "panel": N_("a panel's score is no sample"),
    "not-computed": N_("not computed"),
    "unanimous": N_("all firms gave the same level"),
    "no-variation": N_("nothing varies"),
    "unstable": N_("the replicates are not steady"),
    "no-disagreement": N_("raters never differ"),
    "identical": N_("all items are the same"),
    "constant-item": N_("an item is constant"),
    "reversed-item": N_("an item runs against the others"),
    "one-item": N_("only one item"),
    "two-items": N_("two items: see Spearman-Brown"),
    "not-two-items": N_("only for two items"),
    "negative": N_("less agreement than by chance"),
    "heywood": N_("one factor does not fit"),
    "few-complete": N_("too few firms that every rater scored"),
    "few-pairs": N_("too few firms that two raters scored"),
    "one-rater": N_("only one rater"),
    "no-ratings": N_("no ratings of people"),
    "no-levels": N_("no levels"),
    "no-needs": N_("no answers to the needs"),
    "no-firms": N_("no list of firms"),
    "one-wave": N_("there is no earlier wave"),
    "other-route-then": N_("the earlier wave was scored on another route"),
    "no-area-in-both": N_("no area has an index in both waves"),
    "no-ideas": N_("the method holds no ideas"),
    "no-expert-ratings": N_("no expert has rated the needs"),
    "list-shorter-than-answers": N_("the list is shorter than the number of firms that answered"),
    "no-size-totals": N_("nobody entered the list by size class"),
    "size-unknown": N_("the size class of too many firms is unknown"),
    "one-stratum": N_("all size classes had to be merged"),
    "not-raked": N_("the two margins cannot be met together"),
    **LEFT_OUT,
}
"""Reason codes of the results in words; a code that is not here is shown as it is."""

UNLIKE: Mapping[str, str] = {
    "other-method": N_("another method of its own; both computed by the method of now"),
    "other-rubrics": N_("other rubrics: the levels were given by different anchors"),
    "not-nearest": N_("a wave without levels lies between"),
}
"""What was otherwise in the earlier wave of a change, in words."""

INTERVALS: Mapping[str, str] = {
    "logit-t": N_("logit-t"),
    "dirichlet": N_("Dirichlet, because all levels are equal"),
    "census": N_("census, width 0"),
    "welch-t": N_("Welch's t"),
    "overlap-t": N_("t for overlapping waves"),
    "t-over-firms": N_("t over firms"),
    "feldt": N_("Feldt"),
    "log-bootstrap": N_("bootstrap of log(1 - value)"),
    "bootstrap-z": N_("bootstrap, Fisher's z"),
    "fisher-z": N_("Fisher's z"),
}
"""How an interval was made; a name that is not here is shown as it is."""

COVERS: Mapping[str, str] = {
    "agreement-at-end": N_(
        "Where nearly all levels are the highest, the intervals of ICC and kappa held the truth in only {low} to "
        "{high} of the simulations; alpha is the figure to read there."
    ),
    "alpha-at-end": N_(
        "Where nearly all answers are the highest, these intervals held the truth in only {low} to {high} of the "
        "simulations."
    ),
}
"""Where the intervals of coefficients hold the truth less often than they promise; codes of `known_gaps`."""

BASES: Mapping[str, str] = {
    "entered": N_("entered"),
    "estimated": N_("estimated"),
    "frame": N_("whole list"),
    "": N_("unknown"),
}
"""Where the eligible N comes from."""

PARTS: Mapping[str, str] = {
    "uncertainty": N_("Uncertainty"),
    "sensitivity": N_("Sensitivity"),
    "left_out": N_("Leaving out"),
    "response": N_("Response"),
    "agreement": N_("Agreement of raters"),
    "drift": N_("Raters one by one"),
    "reliability": N_("Reliability"),
    "careless": N_("Careless answers"),
    "careless_effect": N_("Effect of careless answers"),
    "differences": N_("Differences"),
    "strengths": N_("Strengths and weaknesses"),
    "next_steps": N_("Next steps"),
    "claims": N_("Statements and documents"),
    "groups": N_("Break-downs"),
    "changes": N_("Change between waves"),
    "suggestions": N_("Policy ideas"),
    "expert_needs": N_("Needs as experts see them"),
    "eligible_n": N_("Eligible firms"),
}
"""The parts of the analysis that can be skipped."""

ORIGINS: Mapping[str, str] = {
    "S": N_("fixed by the source"),
    "I": N_("inferred from the source"),
    "Own": N_("own proposal, can be edited"),
    "Ours": N_("our own rule, the same for every method"),
}
"""Whose rule something is."""

RULES: Mapping[str, str] = {
    "leave_out": N_("left out of sum and highest sum"),
    "lowest": N_("counted as the lowest level"),
    "two_way": N_("estimated from firm and indicator"),
    "arithmetic": N_("arithmetic mean"),
    "geometric": N_("geometric mean"),
    "method": N_("weights of the method"),
    "equal": N_("equal weights"),
    "equal_headings": N_("equal headings"),
    "entered": N_("weights typed in"),
    "budget": N_("shared out by experts (100 points)"),
    "ahp": N_("compared in pairs (AHP)"),
    "dirichlet": N_("random, around the method's"),
    "before": N_("collapsed before averaging"),
    "after": N_("collapsed after averaging"),
}
"""Choices of method: weights, aggregation, missing data, order of collapsing."""

FACTORS: Mapping[str, str] = {
    "weights": N_("Weights"),
    "aggregation": N_("Aggregation"),
    "missing": N_("Missing data"),
    "collapse": N_("Order of collapsing"),
}
"""What the factorial varies."""

STATES: Mapping[str, str] = {
    "draft": N_("draft"),
    "published": N_("published"),
    "archived": N_("archived"),
}
"""Where a version of the method stands."""

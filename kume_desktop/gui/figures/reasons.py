"""Why a figure or a part of the analysis is not there, in words."""

from __future__ import annotations

from kume_desktop.texts import N_, _, tr

_REASONS = {
    "few": N_("Fewer than 10 firms: no interval and no probability is computed."),
    "nobody": N_("Nobody has been scored."),
    "panel": N_("On the panel route there are no levels of firms."),
    "not-computed": N_("Not computed yet; press F5."),
    "no-firms": N_("The study has no firms."),
    "no-levels": N_("Nobody has been scored."),
    "no-needs": N_("No firm has answered on needs."),
    "no-frame": N_("The totals of the list have not been entered."),
    "no-ratings": N_("Nobody has given a level; the levels are those the rubric suggests."),
    "one-rater": N_("Only one person has given levels; agreement needs two."),
    "one-wave": N_("There is no earlier wave to compare with."),
    "other-route-then": N_("The earlier wave was scored on another route; firms and a panel are not compared."),
    "no-area-in-both": N_("No area has an index in both waves."),
    "one-group": N_("All firms of the area stand in one group."),
    "no-ideas": N_("The method holds no ideas of its own."),
    "no-expert-ratings": N_("No expert has rated the cells."),
    "list-shorter-than-answers": N_("More firms answered than stand on the list; N counts as unknown."),
    "unanimous": N_("All firms agree; a sample that agrees says nothing of the rest of the list."),
    "no-size-totals": N_("the size classes of the list have not been entered."),
    "size-unknown": N_("the size class of too many firms is not known."),
    "one-stratum": N_("too few firms answered for two strata."),
    "two-items": N_("Two indicators: Spearman-Brown instead."),
    "not-two-items": N_("For two indicators only."),
    "one-item": N_("One indicator is no scale."),
    "no-variation": N_("All answers are the same."),
    "constant-item": N_("All firms stand at the same level on an indicator."),
    "reversed-item": N_("An indicator runs against the others."),
    "negative": N_("The indicators do not go together; a coefficient would be negative."),
    "heywood": N_("One indicator would explain more than all of itself."),
}


def reason(code: str) -> str:
    """The sentence of a reason code; a code without one is named, so that nothing is left out silently."""
    known = _REASONS.get(code)
    return _(known) if known is not None else tr(N_("Not computed ({code})."), code=code)

"""The sheets that a report can have, in their order: what the page offers is what the writer makes.

`key` is what `write_report(sheets=...)` takes; an empty tuple there means all of the edition. `title` and `what` are
English source texts, translated where they are shown. Live formulas point to the sheets that an edition cannot do
without: those are written whatever was asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kume_desktop.texts import N_

AUDIT, PUBLICATION = "audit", "publication"
BOTH, INTERNAL = (PUBLICATION, AUDIT), (AUDIT,)


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One sheet, or all sheets of a kind (one for each area, one for each form)."""

    key: str
    title: str
    what: str
    editions: tuple[str, ...] = BOTH
    required: tuple[str, ...] = ()


SHEETS = (
    SheetKind("cover", N_("Cover and provenance"), N_("Who, when, what with; rows in and out; sheets"), required=BOTH),
    SheetKind("executive", N_("Executive page"), N_("One print page for each area")),
    SheetKind("scorecard", N_("Cluster scorecard"), N_("Areas with index, interval, category and probability")),
    SheetKind("index", N_("Index and intervals"), N_("Index of each area, both statistics"), required=INTERNAL),
    SheetKind("headings", N_("Headings"), N_("Points of the headings"), required=INTERNAL),
    SheetKind(
        "indicators", N_("Indicators, area by area"), N_("Mean, interval and published level"), required=INTERNAL
    ),
    SheetKind("needs", N_("Needs matrix"), N_("Two functions by five resources, all areas")),
    SheetKind("areas", N_("Areas, one by one"), N_("One sheet for each area")),
    SheetKind("cells", N_("Need cells"), N_("All figures of the needs matrix"), required=INTERNAL),
    SheetKind("uncertainty", N_("Uncertainty"), N_("Probabilities, rank bands, the seed of the run")),
    SheetKind("sensitivity", N_("Sensitivity"), N_("What other choices of method would change")),
    SheetKind("explanation", N_("Contributions and differences"), N_("What each indicator adds; area against area")),
    SheetKind("breakdowns", N_("Break-downs"), N_("By size class, district and NACE")),
    SheetKind("response", N_("Response rate and coverage"), N_("Who answered, by stratum; weighted beside unweighted")),
    SheetKind("reliability", N_("Raters and reliability"), N_("Agreement of the raters, scales of the headings")),
    SheetKind("policy", N_("Policy suggestions"), N_("By category, and by the weakest cells and indicators")),
    SheetKind("decisions", N_("Committee decisions"), N_("Category, date, votes and reason")),
    SheetKind("changes", N_("Change between waves"), N_("With intervals that know the firms of both")),
    SheetKind("pictures", N_("Pictures"), N_("The figures of this report as pictures")),
    SheetKind("levels", N_("Firm levels"), N_("Level of each firm, with a link to its answers"), INTERNAL, INTERNAL),
    SheetKind("ratings", N_("Rating record"), N_("Every rating with source and evidence"), INTERNAL),
    SheetKind("answers", N_("Answers"), N_("All answers, codes beside labels"), INTERNAL, INTERNAL),
    SheetKind(
        "respondents", N_("Further respondents"), N_("Who joined an interview; only where persons are shown"), INTERNAL
    ),
    SheetKind("method", N_("Method"), N_("Weights, cuts, rounding; whose rule each one is"), required=BOTH),
    SheetKind("rubrics", N_("Rubrics"), N_("Anchors of the indicators")),
    SheetKind("dictionary", N_("Data dictionary"), N_("Questions, calculated values, choices"), INTERNAL),
    SheetKind("log", N_("Change log"), N_("Versions of method and forms, what was left out"), INTERNAL),
)  # fmt: skip


def of_edition(edition: str) -> tuple[SheetKind, ...]:
    """The sheets of an edition in their order."""
    return tuple(kind for kind in SHEETS if edition in kind.editions)


def chosen(edition: str, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys to write: those `wanted` in their order (all where none is named), and those that must be there.

    Keys of another edition fall out. A sheet that must be there and was not asked for keeps its place in the order.

    >>> chosen("publication", ("scorecard",))
    ('cover', 'scorecard', 'method')
    """
    kinds = of_edition(edition)
    asked = [key for key in wanted if key in {kind.key for kind in kinds}]
    if not asked:
        return tuple(kind.key for kind in kinds)
    missing = [kind.key for kind in kinds if edition in kind.required and kind.key not in asked]
    order = [kind.key for kind in kinds]
    for key in missing:
        before = [place for place, one in enumerate(asked) if order.index(one) < order.index(key)]
        asked.insert(before[-1] + 1 if before else 0, key)
    return tuple(asked)

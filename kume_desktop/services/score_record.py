"""The results as plain JSON for other programs, without the names of people."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.scoring.results import Results
    from kume_desktop.services.committee import Verdicts


def as_record(computed: Results, verdicts: Sequence[Verdicts] = ()) -> dict[str, Any]:
    """Scores, needs, the analysis, and what they rest on; raters are `R1`, `R2`... in the order of their names.

    `verdicts` puts the committee's decision, without what may name people, beside the categories of each area.
    """
    record = asdict(computed)
    decided = {verdict.area: verdict for verdict in verdicts}
    for area in record["areas"]:
        area["rounding_decides"] = area["category"] != area["published_category"]
        verdict = decided.get(area["code"])
        area["decision"] = _decision(verdict) if verdict is not None else None
    if record["analysis"] is not None:
        skipped = record["analysis"]["skipped"]
        record["analysis"]["skipped"] = [{"part": part, "reason": reason} for part, reason in skipped]
        _number_raters(record["analysis"])
    return record


def _number_raters(analysis: dict[str, Any]) -> None:
    """Put a number in the place of every rater's name."""
    by_rater = [one for one in analysis["left_out"] if one["kind"] == "rater"]
    names = {one["rater"] for one in analysis["drift"]} | {one["what"] for one in by_rater}
    names.update(name for one in analysis["agreement"] for name in one["icc_raters"])
    numbers = {name: f"R{number}" for number, name in enumerate(sorted(names), start=1)}
    for one in analysis["drift"]:
        one["rater"] = numbers[one["rater"]]
    for one in by_rater:
        one["what"] = numbers[one["what"]]
    for one in analysis["agreement"]:
        one["icc_raters"] = [numbers[name] for name in one["icc_raters"]]


def _decision(verdict: Verdicts) -> dict[str, Any] | None:
    """A decision without what may name people: its members are counted, its reason is not told."""
    if verdict.decision is None:
        return {"in_conflict": True} if verdict.in_conflict else None
    decided = verdict.decision
    return {
        "category": decided.category,
        "date": decided.date.isoformat(),
        "members": len(decided.members),
        "minutes": decided.minutes,
        "votes": decided.votes,
        "differs": verdict.differs,
        "in_conflict": False,
    }

"""A content without the names of people: raters and panels by number, nobody who decided, wrote or was present."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kume_desktop.reports.content import RatingRow, ReportContent
from kume_desktop.scoring.analysis import Analysis


def without_people(content: ReportContent) -> ReportContent:
    """The content with `R1`, `R2`... in the place of raters and without members, authors and minutes.

    Fields of the forms that are about persons are not touched here: `include_personal` says whether they are shown.
    """
    numbers = _numbers(content)
    analysis = content.results.analysis
    return replace(
        content,
        edition=replace(content.edition, person="", reason=""),
        ratings=tuple(_rating(row, numbers) for row in content.ratings),
        panel=tuple(replace(row, panel=numbers.get(row.panel, ""), members="") for row in content.panel),
        results=replace(content.results, analysis=None if analysis is None else _analysis(analysis, numbers)),
        decisions=tuple(replace(row, members=(), minutes="", author="") for row in content.decisions),
        versions=tuple(replace(row, author="") for row in content.versions),
        include_personal=False,
        respondents=(),
    )


def _numbers(content: ReportContent) -> dict[str, str]:
    """Name -> number, in the order of the names: the same people have the same numbers in every export."""
    analysis = content.results.analysis
    named: Iterable[str] = () if analysis is None else _named(analysis)
    names = {row.rater for row in content.ratings} | {row.panel for row in content.panel} | set(named)
    return {name: f"R{number}" for number, name in enumerate(sorted(names - {""}), start=1)}


def _named(analysis: Analysis) -> Iterator[str]:
    """Everybody whom the analysis names: also raters whose levels settle nothing and stand on no sheet."""
    yield from (one.rater for one in analysis.drift)
    yield from (one.what for one in analysis.left_out if one.kind == "rater")
    for one in analysis.agreement:
        yield from one.icc_raters


def _rating(row: RatingRow, numbers: Mapping[str, str]) -> RatingRow:
    settles = tuple(_settled(told, numbers) for told in row.settles)
    return replace(row, rater=numbers.get(row.rater, ""), settles=settles)


def _settled(told: str, numbers: Mapping[str, str]) -> str:
    """A rating that was settled is named by its rater and round."""
    name, _blank, number = told.rpartition(" ")
    return f"{numbers.get(name, '')} {number}".strip()


def _analysis(analysis: Analysis, numbers: Mapping[str, str]) -> Analysis:
    left_out = (
        replace(one, what=numbers.get(one.what, "")) if one.kind == "rater" else one for one in analysis.left_out
    )
    return replace(
        analysis,
        left_out=tuple(left_out),
        drift=tuple(replace(one, rater=numbers.get(one.rater, "")) for one in analysis.drift),
        agreement=tuple(
            replace(one, icc_raters=tuple(numbers.get(name, "") for name in one.icc_raters))
            for one in analysis.agreement
        ),
    )

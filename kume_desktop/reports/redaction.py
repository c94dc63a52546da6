"""What the publication edition keeps to itself: figures that rest on fewer than three firms, or would give one away.

Primary: n below 3. Secondary: a figure that could be worked out from those that are shown. The index of an area is the
sum of its indicators and is shown: beside a single hidden indicator another one goes, the one with the fewest firms.
The score of a heading, or a margin of the needs matrix, that would give a hidden part away goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kume_desktop.reports.content import ReportContent
from kume_desktop.scoring.analysis import Analysis
from kume_desktop.scoring.limits import NOT_COMPUTED
from kume_desktop.scoring.method import FIRM_ROUTE, Method
from kume_desktop.scoring.results import AreaScore, HeadingScore, IndicatorScore, NeedMargins, NeedScore, Results

FEW, SECONDARY = "few", "secondary"
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Hidden:
    """The marks (`few`, `secondary`) of what is not shown, by area code and the code of the part.

    `margins` by function code, resource code, or '' for all cells.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[tuple[str, str], str] = field(default_factory=dict)
    headings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    needs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    margins: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def area(self, code: str) -> str:
        """The mark of a whole area, '' where it is shown."""
        return self.areas.get(code, "")

    def indicator(self, area: str, code: str) -> str:
        """The mark of an indicator of an area."""
        return self.area(area) or self.indicators.get((area, code), "")

    def heading(self, area: str, code: str) -> str:
        """The mark of a heading of an area."""
        return self.area(area) or self.headings.get((area, code), "")

    def need(self, area: str, cell: str) -> str:
        """The mark of a need cell of an area."""
        return self.needs.get((area, cell), "")

    def margin(self, area: str, code: str) -> str:
        """The mark of a margin of the needs matrix of an area."""
        return self.margins.get((area, code), "")

    def any_indicator(self, area: str) -> bool:
        """Whether anything about the indicators of an area is hidden."""
        return bool(self.area(area)) or any(key[0] == area for key in self.indicators)


NOTHING_HIDDEN = Hidden()


def hidden_figures(content: ReportContent) -> Hidden:
    """What the figures of the content must keep to themselves."""
    areas = {area.code: FEW for area in content.results.areas if area.route == FIRM_ROUTE and 0 < area.n < FEWEST}
    indicators: dict[tuple[str, str], str] = {}
    headings: dict[tuple[str, str], str] = {}
    for area in content.results.areas:
        if area.route == FIRM_ROUTE and area.code not in areas:
            own = _indicators(area, content.method)
            indicators |= {(area.code, code): mark for code, mark in own.items()}
            headings |= {(area.code, code): SECONDARY for code in _headings(content.method, set(own))}
    needs = {(need.area, need.cell): FEW for need in content.results.needs if 0 < need.n < FEWEST}
    margins = dict.fromkeys(_margins(content.results.needs, set(needs)), SECONDARY)
    return Hidden(areas, indicators, headings, needs, margins)


def _indicators(area: AreaScore, method: Method) -> dict[str, str]:
    """The indicators below three firms, and one more, of the same heading if it can be, beside a single one."""
    marks = {one.code: FEW for one in area.indicators if 0 < one.n < FEWEST}
    shown = [one for one in area.indicators if one.n >= FEWEST]
    if len(marks) == 1 and shown:
        heading = method.heading_of(next(iter(marks)))
        beside = min(shown, key=lambda one: (one.code not in heading.indicators, one.n))
        marks[beside.code] = SECONDARY
    return marks


def _headings(method: Method, hidden: set[str]) -> list[str]:
    """The headings whose score would give a hidden indicator away, by itself or as what is left of the index."""
    counts = {heading.code: len(hidden & set(heading.indicators)) for heading in method.headings}
    single = [code for code, count in counts.items() if count == 1]
    return [code for code, count in counts.items() if count] if len(single) == 1 else single


def _margins(needs: Sequence[NeedScore], hidden: set[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The function, the resource and the whole that each hidden cell belongs to."""
    for need in needs:
        if (need.area, need.cell) in hidden:
            yield from ((need.area, part) for part in (need.function, need.resource, ""))


def without_hidden(results: Results, hidden: Hidden) -> Results:
    """The results as pictures may be drawn from them: hidden areas are gone, hidden figures are not there.

    The analysis keeps what belongs to the areas that are left; what names firms or raters goes.
    """
    areas = tuple(_shown_area(area, hidden) for area in results.areas if not hidden.area(area.code))
    needs = tuple(_shown_need(need, hidden) for need in results.needs if not hidden.area(need.area))
    margins = tuple(_shown_margin(margin, hidden) for margin in results.margins if not hidden.area(margin.area))
    kept = frozenset(area.code for area in areas)
    analysis = None if results.analysis is None else _of_areas(results.analysis, kept)
    return replace(results, areas=areas, needs=needs, margins=margins, analysis=analysis)


def _of_areas(analysis: Analysis, kept: frozenset[str]) -> Analysis:
    return replace(
        narrowed(analysis, kept),
        left_out=tuple(one for one in analysis.left_out if one.area in kept and one.kind == "indicator"),
        drift=(),
        careless=(),
    )


def narrowed(analysis: Analysis, kept: frozenset[str]) -> Analysis:
    """The analysis of some areas."""
    parts = (
        "uncertainty", "sensitivity", "left_out", "response", "careless", "careless_effect", "strengths", "next_steps",
        "claims", "groups", "changes", "suggestions",
    )  # fmt: skip
    own: dict[str, Any] = {part: tuple(one for one in getattr(analysis, part) if one.area in kept) for part in parts}
    pairs = tuple(one for one in analysis.differences if one.first in kept and one.second in kept)
    return replace(analysis, differences=pairs, **own)


def _shown_area(area: AreaScore, hidden: Hidden) -> AreaScore:
    return replace(
        area,
        indicators=tuple(
            IndicatorScore(one.code, 0, None, None, None, (0,) * len(one.counts))
            if hidden.indicator(area.code, one.code)
            else one
            for one in area.indicators
        ),
        headings=tuple(
            HeadingScore(one.code, None, one.maximum, None) if hidden.heading(area.code, one.code) else one
            for one in area.headings
        ),
    )


def _shown_need(need: NeedScore, hidden: Hidden) -> NeedScore:
    if not hidden.need(need.area, need.cell):
        return need
    return replace(
        need, n=0, mean=None, inadequate_share=None, adequate_share=None, gap=None, need_index=None,
        counts=(0,) * len(need.counts), not_applicable=0, does_not_know=0, declined=0, in_conflict=0, rank=None,
        band=None, is_need=False, is_critical=False, deviation=None, interval=NOT_COMPUTED, median=None,
        dominance=None, order_changes=False, need_sure=False, critical_sure=False,
    )  # fmt: skip


def _shown_margin(margin: NeedMargins, hidden: Hidden) -> NeedMargins:
    def shown(parts: Mapping[str, float | None]) -> dict[str, float | None]:
        return {code: None if hidden.margin(margin.area, code) else value for code, value in parts.items()}

    overall = None if hidden.margin(margin.area, "") else margin.overall
    return NeedMargins(margin.area, shown(margin.functions), shown(margin.resources), overall)

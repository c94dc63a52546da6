"""What the preview of a report shows where a sheet is a table: heads and rows as text, suppressed as the sheet is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.reports.figures.content import FigureContent
from kume_desktop.reports.figures.speech import NOTHING
from kume_desktop.reports.figures.view import FEWEST_SHOWN, View, cell_name
from kume_desktop.services import report_contents
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kume_desktop.scoring.analysis import WaveChange
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import AreaScore, Results
    from kume_desktop.services.studies import Study

MOST_AREAS = 6
"""So many areas fit side by side on the preview of a page."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `share` of the width, numbers to the right."""

    head: str
    share: int = 2
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text; `note` stands below it, or alone where the sheet cannot be shown before it is written."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is previewed: a sheet of an edition, in a language, for one area or all."""

    key: str
    edition: str
    lang: str
    area: str = ""
    areas: tuple[str, ...] = ()


def table(study: Study, method: Method, results: Results, asked: Asked) -> Table:
    """The table of a sheet; empty where the sheet shows pictures only."""
    content = FigureContent(study.record.name, study.wave.name, method, results, asked.areas)
    view = View(content, asked.lang)
    build = _TABLES.get(asked.key)
    if build is not None:
        made = build(_Sheet(study, view, asked))
        return made if made.rows or made.note else replace(made, note=view.tr(N_("There is nothing to show here.")))
    if asked.key in report_contents.FIGURES:
        return Table()
    return Table(note=view.tr(N_("This sheet lists what is stored, row by row; it can be read in the file.")))


def facts(method: Method, results: Results, asked: Asked) -> str:
    """The line below the title of a sheet: what every figure carries at its foot."""
    view = View(FigureContent("", "", method, results, asked.areas), asked.lang)
    area = view.area(asked.area) if report_contents.of_an_area(asked.key) else None
    return view.provenance() if area is None else f"{view.name(area)} · {view.provenance(area)}"


def hidden_cells(results: Results) -> int:
    """How many figures rest on fewer than three firms, or would tell one that does: they are not shown."""
    needs = sum(View.too_few(need) for need in results.needs)
    groups = results.analysis.groups if results.analysis is not None else ()
    return needs + sum(View.is_hidden(area) for area in results.areas) + sum(bool(one.suppressed) for one in groups)


@dataclass(frozen=True, slots=True)
class _Sheet:
    study: Study
    view: View
    asked: Asked

    def tr(self, text: str) -> str:
        return self.view.tr(text)

    def heads(self, *words: str) -> tuple[Column, ...]:
        """The first column holds names, the others numbers."""
        first, *others = words
        return (Column(self.tr(first), 4), *(Column(self.tr(word), 2, right=True) for word in others))

    def area(self) -> AreaScore | None:
        """The area that a sheet of one area shows: the one asked for, else the first."""
        found = self.view.area(self.asked.area) if self.asked.area else None
        return found or next(iter(self.view.areas), None)


def _cover(sheet: _Sheet) -> Table:
    view, study, results = sheet.view, sheet.study, sheet.view.results
    edition = N_("Audit edition") if sheet.asked.edition == report_contents.AUDIT else N_("Edition for publication")
    pairs = (
        (N_("Study"), study.record.name),
        (N_("Agency"), study.record.agency),
        (N_("Wave"), study.wave.name),
        (N_("Edition"), sheet.tr(edition)),
        (N_("Method"), f"{view.say(view.method.name)} · {results.method_version}"),
        (N_("Route"), sheet.tr(N_("firm route") if results.route == "firma" else N_("panel route"))),
        (N_("Written by"), study.person),
        (N_("Hash of the method"), results.method_hash[:16]),
        (N_("Hash of the inputs"), results.inputs_hash[:16]),
        (N_("Program version"), results.engine_version),
    )
    columns = (Column("", 3), Column("", 7))
    return Table(columns, tuple((sheet.tr(word), value or NOTHING) for word, value in pairs))


def _index(sheet: _Sheet) -> Table:
    view = sheet.view
    heads = sheet.heads(N_("Activity area"), "n / N", N_("Index"), N_("95% interval"), N_("published form"))
    rows = [
        (view.name(area), view.base(area), *_figures(view, area), view.category(area.category))
        if not view.why_nothing(area)
        else (view.name(area), view.base(area), NOTHING, NOTHING, NOTHING, view.why_nothing(area))
        for area in view.areas
    ]
    return Table((*heads, Column(sheet.tr(N_("Category")), 4)), tuple(rows))


def _figures(view: View, area: AreaScore) -> tuple[str, str, str]:
    published = NOTHING if area.published_index is None else f"{area.published_index} ({area.published_sum}/{area.published_max})"  # noqa: E501 # fmt: skip
    return view.number(area.score), view.limits(area.interval), published


def _headings(sheet: _Sheet) -> Table:
    view = sheet.view
    names = [Column(view.say(heading.text), 2, right=True) for heading in view.method.headings]
    rows = []
    for area in view.areas:
        scores = {heading.code: heading.score for heading in area.headings}
        hidden = bool(view.why_nothing(area) or view.hidden_indicators(area))
        own = (NOTHING if hidden else view.number(scores.get(one.code)) for one in view.method.headings)
        rows.append((view.name(area), *own))
    return Table((Column(sheet.tr(N_("Activity area")), 4), *names), tuple(rows))


def _indicators(sheet: _Sheet) -> Table:
    view = sheet.view
    shown = [area for area in view.areas if not view.why_nothing(area)][:MOST_AREAS]
    means = [{one.code: one.mean for one in view.indicators(area)} for area in shown]
    rows = tuple(
        (view.indicator(code), *(view.number(own.get(code), 2) for own in means))
        for code in view.method.indicator_codes
    )
    return Table(
        (Column(sheet.tr(N_("Indicator")), 4), *(Column(view.name(area), 2, right=True) for area in shown)), rows
    )


def _cells(sheet: _Sheet) -> Table:
    view, area = sheet.view, sheet.area()
    heads = sheet.heads(N_("Need cells"), N_("Mean"), N_("95% interval"), "n", N_("inadequate"), N_("adequate"))
    rows = []
    for need in view.needs(area).values() if area is not None else ():
        own = (view.number(need.mean, 2), view.limits(need.interval, 1), str(need.n))
        shares = (view.percent(need.inadequate_share), view.percent(need.adequate_share))
        hidden = ("n < 3", NOTHING, NOTHING, NOTHING, NOTHING)
        rows.append((cell_name(view, need), *(hidden if view.too_few(need) else (*own, *shares))))
    return Table(heads, tuple(rows))


def _executive(sheet: _Sheet) -> Table:
    view = sheet.view
    heads = sheet.heads(N_("Activity area"), N_("Index"), N_("95% interval"), N_("Probability"))
    rows = []
    for area in view.areas:
        share = view.probability(area)
        own = (view.number(area.score), view.limits(area.interval), NOTHING if share is None else view.chance(share))
        why = view.why_nothing(area)
        rows.append((view.name(area), *((NOTHING,) * 3 if why else own), why or view.category(area.category)))
    return Table((*heads, Column(sheet.tr(N_("Category")), 4)), tuple(rows))


def _sensitivity(sheet: _Sheet) -> Table:
    view, analysis = sheet.view, sheet.view.analysis
    heads = sheet.heads(N_("Activity area"), N_("Index"), N_("lowest"), N_("highest"), N_("choices"))
    rows = []
    for one in analysis.sensitivity if analysis is not None else ():
        area = view.area(one.area)
        scores = [choice.score for choice in one.choices if choice.score is not None]
        if area is not None and area in view.areas and not view.why_nothing(area) and scores:
            limits = (view.number(min(scores)), view.number(max(scores)))
            rows.append((view.name(area), view.number(area.score), *limits, str(len(one.choices))))
    return Table(heads, tuple(rows))


def _breakdowns(sheet: _Sheet) -> Table:
    view, area, analysis = sheet.view, sheet.area(), sheet.view.analysis
    heads = sheet.heads(N_("Group"), "n", N_("Index"))
    told = []
    for one in analysis.groups if analysis is not None and area is not None else ():
        if area is not None and one.area == area.code and not one.what:
            why = {"": "", "few": "n < 3"}.get(one.suppressed, sheet.tr(N_("not shown")))
            told.append((one.group or NOTHING, why or str(one.n), NOTHING if why else view.number(one.mean)))
    return Table(heads, tuple(told))


def _response(sheet: _Sheet) -> Table:
    view, analysis = sheet.view, sheet.view.analysis
    heads = sheet.heads(
        N_("Activity area"), "n / N", N_("Response rate"), N_("Covered firms"), N_("Covered employment"),
        N_("one lower"), N_("one higher"),
    )  # fmt: skip
    rows = []
    for one in analysis.response if analysis is not None else ():
        area = view.area(one.area)
        if area is not None and area in view.areas:
            shares = (one.response_rate, one.covered_share, one.employment_share)
            limits = (None, None) if view.why_nothing(area) else (one.one_lower, one.one_higher)
            told = (*(view.percent(share) for share in shares), *(view.number(limit) for limit in limits))
            rows.append((view.name(area), view.base(area), *told))
    return Table(heads, tuple(rows))


def _reliability(sheet: _Sheet) -> Table:
    view, analysis = sheet.view, sheet.view.analysis
    names = {heading.code: view.say(heading.text) for heading in view.method.headings}
    names |= {one.code: view.say(one.text) for one in view.method.needs.functions}
    rows = [
        (names.get(one.scale, one.scale), str(one.n), view.number(one.alpha.value, 2), view.number(one.omega.value, 2))
        for one in (analysis.reliability if analysis is not None else ())
    ]
    return Table(sheet.heads(N_("Heading"), "n", N_("alpha"), N_("omega")), tuple(rows))


def _policy(sheet: _Sheet) -> Table:
    view = sheet.view
    rows = tuple(
        (view.name(area), view.short_category(area.category), _policies(view, area.category))
        for area in view.areas
        if area.category is not None and not view.why_nothing(area)
    )  # fmt: skip
    heads = (N_("Activity area"), 3), (N_("Category"), 2), (N_("Policy texts of the category"), 6)
    return Table(tuple(Column(sheet.tr(word), share) for word, share in heads), rows)


def _policies(view: View, category: int) -> str:
    return "\n".join(view.say(text) for text in view.method.policies(category))


def _decisions(sheet: _Sheet) -> Table:
    from kume_desktop.services import committee

    view, decided = sheet.view, committee.decisions(sheet.study)
    rows = tuple(
        (
            view.name(area),
            view.category(decided[area.code].category),
            texts.long_date(decided[area.code].date, sheet.asked.lang),
            decided[area.code].reason or NOTHING,
        )
        for area in view.areas
        if area.code in decided
    )
    heads = (N_("Activity area"), 3), (N_("Category"), 3), (N_("Date"), 2), (N_("Reason"), 4)
    return Table(tuple(Column(sheet.tr(word), share) for word, share in heads), rows)


def _changes(sheet: _Sheet) -> Table:
    view, analysis = sheet.view, sheet.view.analysis
    heads = sheet.heads(N_("Activity area"), N_("before"), N_("after"), N_("change"), N_("95% interval"))
    rows, notes = [], []
    for one in analysis.changes if analysis is not None else ():
        area = view.area(one.area)
        if area is None or area not in view.areas or view.why_nothing(area) or _few_then(sheet, one):
            continue
        numbers = (view.number(one.before), view.number(one.after), view.signed(one.change))
        low, high = one.interval.low, one.interval.high
        is_known = low is not None and high is not None
        span = f"{view.signed(low or 0.0)} … {view.signed(high or 0.0)}" if is_known else view.limits(one.interval, 1)
        rows.append((view.name(area), *numbers, span))
        if one.unlike:
            notes.append(view.tr(N_("{area}: the two waves are not alike."), area=view.name(area)))
    return Table(heads, tuple(rows), " ".join(notes))


def _few_then(sheet: _Sheet, one: WaveChange) -> bool:
    """Whether the publication edition keeps a change to itself: its earlier index rests on one or two firms."""
    return sheet.asked.edition == report_contents.PUBLICATION and 0 < one.paired + one.only_before < FEWEST_SHOWN


def _method(sheet: _Sheet) -> Table:
    view = sheet.view
    rows = [
        (view.indicator(one.code), view.number(view.method.weights[one.code], 2), _heading(view, one.code))
        for one in view.method.indicators
    ]
    cuts = ", ".join(view.number(cut) for cut in view.method.cut_points)
    heads = (Column(sheet.tr(N_("Indicator")), 4), Column(sheet.tr(N_("Weight")), 1, right=True))
    note = f"{sheet.tr(N_('Cuts'))}: {cuts}" if cuts else ""
    return Table((*heads, Column(sheet.tr(N_("Heading")), 3)), tuple(rows), note)


def _heading(view: View, code: str) -> str:
    return view.say(view.method.heading_of(code).text)


def _pictures(sheet: _Sheet) -> Table:
    return Table((Column(sheet.tr(N_("Pictures")), 1),), tuple((title,) for title in _titles(sheet)))


def _titles(sheet: _Sheet) -> Iterator[str]:
    """The titles of all pictures, without loading what draws them."""
    view = sheet.view
    yield from (sheet.tr(word) for word in (N_("Cluster scorecard"), N_("Probability of the categories"), N_("Rank bands of the areas")))  # noqa: E501 # fmt: skip
    of_area: Sequence[str] = (
        N_("Profile of the indicators: {area}"), N_("Levels of the firms: {area}"),
        N_("What sets {area} apart from the mean of the areas"),
    )  # fmt: skip
    asked = (N_("Needs matrix: {area}"), N_("Answers on the needs: {area}")) if view.method.needs.cells else ()
    for area in view.areas:
        yield from (view.tr(word, area=view.name(area)) for word in (*of_area, *asked))


_TABLES: Mapping[str, Callable[[_Sheet], Table]] = {
    "cover": _cover,
    "executive": _executive,
    "index": _index,
    "headings": _headings,
    "indicators": _indicators,
    "cells": _cells,
    "sensitivity": _sensitivity,
    "breakdowns": _breakdowns,
    "response": _response,
    "reliability": _reliability,
    "policy": _policy,
    "decisions": _decisions,
    "changes": _changes,
    "method": _method,
    "pictures": _pictures,
}

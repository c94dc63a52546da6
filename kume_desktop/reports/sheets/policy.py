"""Policy texts and ideas, what the committee decided, and change between waves."""

from __future__ import annotations

from kume_desktop.reports.content import DecisionRow
from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.sheets.told import few_then, origin_word, unlike, what_name
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.analysis import Analysis

ALL = "all"


def write_policy(job: Job, sheet: Sheet, analysis: Analysis | None) -> None:
    """Write the texts of the categories with their origin, then the ideas for the weakest points of each area."""
    note = job.tr(
        "Texts of the categories, then ideas for the weakest cells and indicators of each area. Whose each is stands behind it."  # noqa: E501
    )
    columns = (
        Col("category", job.tr("Category"), 34, "name"),
        Col("order", job.tr("No."), 6, "count"),
        Col("text", job.tr("Policy text"), 90, "wrap"),
        Col("origin", job.tr("Origin"), 26),
        Col("areas", job.tr("Areas in this category"), 50, "wrap"),
    )
    job.begin(sheet, job.tr("Policy suggestions"), [column.width for column in columns], note)
    table = Table(job, sheet, "policies", columns, HEAD_ROW)
    for policy in sorted(job.method.policy_texts, key=lambda one: (one.category == ALL, one.category, one.order)):
        every = policy.category == ALL
        name = job.tr("every category") if every else job.category(int(policy.category)) or ""
        origin = job.method.origins.get(f"policy:{policy.category}", job.method.origins.get("policy", ""))
        cells: tuple[Content, ...] = (
            name, policy.order, job.say(policy.text), origin_word(job, origin), _areas_in(job, policy.category),
        )  # fmt: skip
        table.grow(table.add(cells), cells)
    row = table.end(1) + 2
    if analysis is not None:
        _ideas(job, sheet, row, analysis)


def _areas_in(job: Job, category: str) -> str:
    if category == ALL:
        return ""
    shown = (area for area in job.content.results.areas if not job.hidden.area(area.code))
    return ", ".join(job.area_names[area.code] for area in shown if str(area.category) == category)


def _ideas(job: Job, sheet: Sheet, row: int, analysis: Analysis) -> None:
    columns = (
        Col("area", job.tr("Area"), 34, "name"),
        Col("kind", job.tr("For"), 6, "centre"),
        Col("text", job.tr("Idea"), 90, "wrap"),
        Col("origin", job.tr("Origin"), 26),
        Col("what", job.tr("Weak point"), 50, "wrap"),
    )
    table = Table(job, sheet, "ideas", columns, row)
    for idea in analysis.suggestions:
        if job.hidden.indicator(idea.area, idea.what) or job.hidden.need(idea.area, idea.what):
            continue
        text = (idea.text_en or idea.text_tr) if job.lang == "en" else (idea.text_tr or idea.text_en)
        kind = job.tr("cell") if idea.kind == "cell" else job.tr("indicator")
        cells = (job.area_names[idea.area], kind, text, origin_word(job, idea.origin), what_name(job, idea.what))
        table.grow(table.add(cells), cells)
    table.end(first_on_sheet=False)


def write_decisions(job: Job, sheet: Sheet, index: IndexPlace) -> None:
    """Write the committee's categories beside the computed ones, older decisions below newer ones."""
    note = job.tr("The committee's own category stands beside the computed one, never instead of it.")
    persons = (
        ()
        if job.is_public
        else (Col("members", job.tr("Members"), 40, "wrap"), Col("author", job.tr("Entered by"), 18))
    )
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("computed", job.tr("Category of the index"), 32, "badge"),
        Col("published", job.tr("Category of the published form"), 32, "badge"),
        Col("decided", job.tr("Committee's category"), 32, "badge"),
        Col("differs", job.tr("Differs"), 9, "centre"),
        Col("day", job.tr("Day"), 12, "date"),
        Col("votes", job.tr("Votes"), 18, "wrap"),
        Col("reason", job.tr("Reason"), 60, "wrap"),
        Col("minutes", job.tr("Minutes"), 40, "wrap"),
        Col("in_force", job.tr("In force"), 9, "centre"),
        *persons,
    )
    job.begin(sheet, job.tr("Committee decisions"), [column.width for column in columns], note)
    table = Table(job, sheet, "decisions", columns, HEAD_ROW, 44)
    for one in job.content.decisions:
        if not job.is_public or one.in_force:
            _decision(job, table, one, index)
    table.end(2)


def _decision(job: Job, table: Table, one: DecisionRow, index: IndexPlace) -> None:
    score, yes = job.scores[one.area], job.tr("yes")
    mark = job.hidden.area(one.area)
    computed: list[Content] = [
        Live(index.ref(one.area, "category_name"), job.category(score.category)),
        Live(index.ref(one.area, "published_name"), job.category(score.published_category)),
    ]
    if mark:
        computed = [job.sentences.hidden(mark)] * 2
    differs = not mark and one.category != score.category
    cells: list[Content] = [
        one.area, job.area_names[one.area], *computed, job.category(one.category), yes if differs else "",
        one.day, one.votes, one.reason, "" if job.is_public else one.minutes,
        yes if one.in_force else job.tr("no"),
    ]  # fmt: skip
    if not job.is_public:
        cells += [", ".join(one.members), one.author]
    row = table.add(cells)
    table.grow(row, cells, least=30)


def write_changes(job: Job, sheet: Sheet, index: IndexPlace, analysis: Analysis) -> None:
    """Write the change of each area since the earlier wave, both waves by the method of now."""
    note = job.tr("Both waves by the method of now. The interval knows which firms took part in both.")
    columns = (
        Col("area", job.tr("Area"), 16),
        Col("area_name", job.tr("Name"), 36, "name"),
        Col("earlier", job.tr("Earlier wave"), 14),
        Col("before", job.tr("Index then"), 10, "one"),
        Col("after", job.tr("Index now"), 10, "index"),
        Col("change", job.tr("Change"), 10, "points"),
        Col("low", job.tr("95%, lower"), 9, "points"),
        Col("high", job.tr("95%, upper"), 9, "points"),
        Col("reason", job.tr("Why no interval"), 24, "grey-wrap"),
        Col("paired", job.tr("Firms in both"), 9, "count"),
        Col("only_before", job.tr("Only then"), 9, "count"),
        Col("only_after", job.tr("Only now"), 9, "count"),
        Col("detectable", job.tr("Smallest change that could be seen"), 13, "one"),
        Col("holm_p", job.tr("p, adjusted (Holm)"), 11, "three"),
        Col("unlike", job.tr("What was otherwise then"), 44, "grey-wrap"),
    )
    job.begin(sheet, job.tr("Change between waves"), [column.width for column in columns], note)
    table = Table(job, sheet, "changes", columns, HEAD_ROW, 44)
    for one in analysis.changes:
        before, after = table.here("before"), table.here("after")
        reason = job.word(wording.REASONS, one.interval.reason) if one.interval.reason else ""
        cells: list[Content] = [
            one.area, job.area_names[one.area], one.earlier, one.before,
            Live(index.ref(one.area, "score"), job.scores[one.area].score),
            Live(f"{after}-{before}", one.change), one.interval.low, one.interval.high, reason, one.paired,
            one.only_before, one.only_after, one.detectable, one.holm_p, unlike(job, one),
        ]  # fmt: skip
        mark = job.hidden.area(one.area) or few_then(job, one)
        shown, styles = job.veil(sheet, mark, cells, table.styles, 3)
        table.add(shown, {column.key: style for column, style in zip(columns, styles, strict=True)})
    table.end(2)

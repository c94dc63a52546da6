"""The change log: versions of the method, decisions, what was left out, and this report itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kume_desktop import texts
from kume_desktop.reports.content import VersionRow
from kume_desktop.reports.sheets.told import decision_lines
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.method import Change

Entry = tuple[datetime | None, str, str, str, str]


def write_log(job: Job, sheet: Sheet) -> None:
    """Write what happened, the newest first, then what exists and was not counted."""
    note = job.tr(
        "Versions of the method, decisions of the committee, forms and this report; below, what was not counted."
    )
    columns = (
        Col("at", job.tr("When"), 18, "moment"),
        Col("kind", job.tr("What"), 24),
        Col("name", job.tr("Which"), 36, "wrap"),
        Col("who", job.tr("Who"), 22),
        Col("text", job.tr("Text"), 110, "wrap"),
    )
    job.begin(sheet, job.tr("Change log"), [column.width for column in columns], note)
    table = Table(job, sheet, "log", columns, HEAD_ROW)
    for entry in sorted(_entries(job), key=_age):
        table.grow(table.add(entry), entry)
    row = table.end(1) + 2
    _left_out(job, sheet, row)


def _age(entry: Entry) -> float:
    """The newest first; what has no moment comes last."""
    return -entry[0].timestamp() if entry[0] is not None else 0.0


def _entries(job: Job) -> Iterator[Entry]:
    content, edition = job.content, job.content.edition
    yield edition.made_at, job.tr("Report"), job.edition, edition.person, edition.reason
    for version in content.versions:
        yield _version(job, version)
    for decision in content.decisions:
        told = "\n".join(decision_lines(job, decision))
        yield decision.at, job.tr("Committee decision"), job.area_names[decision.area], decision.author, told
    if content.results.computed_at:
        told = job.tr("Hash of the inputs: {hash}", hash=content.results.inputs_hash)
        when = datetime.fromisoformat(content.results.computed_at)
        yield when, job.tr("Results"), job.route(content.results.route), "", told
    for form in content.instruments:
        yield None, job.tr("Form"), f"{job.say(form.title)} {form.version}", "", f"SHA-256 {form.content_hash}"


def _version(job: Job, version: VersionRow) -> Entry:
    lines = [job.say(version.summary), *(_change(job, change) for change in version.changes)]
    name = f"{job.tr('Version {number}', number=version.number)} · {job.word(wording.STATES, version.state)}"
    return version.at, job.tr("Method"), name, version.author, "\n".join(line for line in lines if line)


def _change(job: Job, change: Change) -> str:
    name = f"{change.kind}.{change.code}" if change.code else change.kind
    return f"{name}: {_value(job, change.before)} → {_value(job, change.after)}"


def _value(job: Job, value: str | float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    digits = next((d for d in range(5) if round(value, d) == value), 6)
    return texts.number(value, digits, job.lang)


def _left_out(job: Job, sheet: Sheet, row: int) -> None:
    columns = (
        Col("at", job.tr("Not counted"), 18),
        Col("kind", job.tr("Which"), 24),
        Col("reason", job.tr("Reason"), 36, "wrap"),
    )
    table = Table(job, sheet, "not_counted", columns, row)
    for one in job.content.left_out:
        what = job.indicator_names.get(one.what, one.what)
        cells = (job.area_names.get(one.who, one.who), what, job.word(wording.REASONS, one.reason))
        table.grow(table.add(cells), cells)
    table.end(first_on_sheet=False)

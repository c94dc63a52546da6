"""The levels that an index rests on: one row a firm, or an area on the panel route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kume_desktop.reports.content import FirmFacts, PanelRow, RatingRow
from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.sheets.method import MethodPlace
from kume_desktop.reports.writing.cells import Content, Jump, Live, near
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import MAX_LINKS, Sheet
from kume_desktop.reports.writing.table import TableFacts

CODE, NAME, AREA = 0, 1, 2
FIRST = HEAD_ROW + 2
"""First row of data: the row above the heads holds codes, so that the heads can be read by people."""


@dataclass(frozen=True, slots=True)
class LevelPlace:
    """Where levels stand: ranges over all rows of the sheet, and the row of each firm or area.

    `groups`: the ranges of size class, district and NACE, by which break-downs are made; none on the panel route.
    """

    area: str
    scored: str
    given: Mapping[str, str]
    scaled: Mapping[str, str]
    rows: Mapping[str, int]
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The columns of a sheet of levels: `first` is the first column with a level."""

    indicators: tuple[str, ...]
    first: int

    @property
    def scored(self) -> int:
        """The column that counts the levels of a row."""
        return self.first - 1

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns with levels."""
        return (*(f"level:{code}" for code in self.indicators), *(f"scaled:{code}" for code in self.indicators))

    @property
    def second(self) -> int:
        """The first column with a level on the scale of the preset."""
        return self.first + len(self.indicators)

    def place(self, sheet: Sheet, rows: Sequence[str]) -> LevelPlace:
        """The ranges of the sheet when `rows` are the codes of its rows."""
        last = FIRST + max(len(rows), 1) - 1
        return LevelPlace(
            area=sheet.column(AREA, FIRST, last),
            scored=sheet.column(self.scored, FIRST, last),
            given={i: sheet.column(self.first + k, FIRST, last) for k, i in enumerate(self.indicators)},
            scaled={i: sheet.column(self.second + k, FIRST, last) for k, i in enumerate(self.indicators)},
            rows={code: FIRST + k for k, code in enumerate(rows)},
        )


FIRM_LEVELS_AT = 11
SIZE_NO, DISTRICT_NO, NACE_NO = 7, 8, 9
PANEL_LEVELS_AT = 4


def firm_row(job: Job) -> Mapping[str, int]:
    """Firm code -> its row on the sheet of firm levels."""
    return {firm.code: FIRST + place for place, firm in enumerate(job.content.firms)}


def plan_firm_levels(job: Job, sheet: Sheet) -> LevelPlace:
    """Where the levels of the firms will stand."""
    shape = _Shape(job.method.indicator_codes, FIRM_LEVELS_AT)
    last = FIRST + max(len(job.content.firms), 1) - 1
    groups = {"size_class": SIZE_NO, "district": DISTRICT_NO, "nace": NACE_NO}
    place = shape.place(sheet, [firm.code for firm in job.content.firms])
    return replace(place, groups={by: sheet.column(column, FIRST, last) for by, column in groups.items()})


def write_firm_levels(job: Job, sheet: Sheet, method: MethodPlace, answers: Sequence[AnswerPlace]) -> LevelPlace:
    """Write one row a firm: the level used of each indicator, linked to its answers, and the collapsed level."""
    shape = _Shape(job.method.indicator_codes, FIRM_LEVELS_AT)
    heads = (
        job.tr("Firm"), job.tr("Name"), job.tr("Area no."), job.tr("Area"), job.tr("District"), job.tr("Size class"),
        "NACE", job.tr("Size class no."), job.tr("District no."), job.tr("NACE no."), job.tr("Indicators scored"),
    )  # fmt: skip
    used = {(row.firm, row.indicator): row for row in job.content.ratings if row.used}
    job.begin(sheet, job.tr("Firm levels"), (14, 30, 8, 18, 14, 12, 8, 8, 8, 8, 10), _note(job, len(used)))
    keys = (
        "firm", "firm_name", "area_no", "area", "district", "size_class", "nace", "size_no", "district_no", "nace_no",
        "scored",
    )  # fmt: skip
    told = _heads(job, sheet, shape, heads)
    for row, firm in enumerate(job.content.firms, start=FIRST):
        _firm(job, sheet, row, firm)
        levels: list[Content] = []
        for code in shape.indicators:
            room = sheet.links + sum(isinstance(level, Jump) for level in levels) < MAX_LINKS
            levels.append(_level(job, used.get((firm.code, code)), answers if room else ()))
        numbers = [r.level if (r := used.get((firm.code, code))) else None for code in shape.indicators]
        _levels(sheet, shape, row, levels)
        _scaled(sheet, shape, row, numbers, job.method.collapse, method.collapse)
        sheet.seal(row)
    last = FIRST + len(job.content.firms) - 1
    job.table(sheet, last, shape.second + len(shape.indicators), 2, FIRST - 1)
    job.wide(sheet, NAME)
    job.register(TableFacts("levels", sheet, FIRST, last, (*keys, *shape.keys), told))
    return plan_firm_levels(job, sheet)


def _note(job: Job, used: int) -> str:
    note = job.tr("The levels that the index uses. A level is a judgement; its link leads to the answers it rests on.")
    if used <= MAX_LINKS:
        return f"{note} {job.tr('Links hold for the order of the rows as written.')}"
    return f"{note} {job.tr('The first {limit} levels have a link.', limit=MAX_LINKS)}"


def plan_panel_levels(job: Job, sheet: Sheet) -> LevelPlace:
    """Where the levels of a panel will stand."""
    return _Shape(job.method.indicator_codes, PANEL_LEVELS_AT).place(sheet, [area.code for area in job.content.areas])


def write_panel_levels(job: Job, sheet: Sheet) -> LevelPlace:
    """Write one row an area: the level that the panel gave each indicator, on the scale of the preset already."""
    shape = _Shape(job.method.indicator_codes, PANEL_LEVELS_AT)
    note = job.tr("The levels that the panel gave the areas directly, on the scale of the preset.")
    job.begin(sheet, job.tr("Panel levels"), (18, 44, 8, 10), note)
    heads = (job.tr("Area"), job.tr("Name"), job.tr("Area no."), job.tr("Indicators scored"))
    told = _heads(job, sheet, shape, heads)
    last = FIRST + len(job.content.areas) - 1
    given = {(entry.area, entry.indicator): (at, entry.level) for at, entry in enumerate(_record(job), start=last + 4)}
    for row, area in enumerate(job.content.areas, start=FIRST):
        found = [given.get((area.code, code), (0, None)) for code in shape.indicators]
        levels = [level for _, level in found]
        cells: list[Content] = [area.code, job.say(area.name), job.numbers[area.code]]
        sheet.row(row, cells, ("text", "strong", "count"))
        _levels(sheet, shape, row, [None if level is None else Jump(sheet.ref(at, 0), level) for at, level in found])
        _scaled(sheet, shape, row, levels, None, "")
    job.table(sheet, last, shape.second + len(shape.indicators), 2, FIRST - 1)
    keys = ("area", "area_name", "area_no", "scored", *shape.keys)
    job.register(TableFacts("panel", sheet, FIRST, last, keys, told))
    _reasons(job, sheet, last + 3)
    return plan_panel_levels(job, sheet)


def _heads(job: Job, sheet: Sheet, shape: _Shape, fixed: Sequence[str]) -> tuple[str, ...]:
    """Two rows of heads: codes of the indicators above, their names below; returns all heads."""
    sheet.widths([12] * (2 * len(shape.indicators)), shape.first)
    sheet.raw.set_row(FIRST - 1, 68)
    styles = [*["text"] * shape.scored, "count"]
    job.heads(sheet, fixed, styles, FIRST - 1)
    high = job.method.scale_max
    kinds = (job.tr("as given"), job.tr("1–{highest}", highest=high))
    for start, kind in zip((shape.first, shape.second), kinds, strict=True):
        for place, indicator in enumerate(job.method.indicators):
            sheet.text(FIRST - 2, start + place, f"{indicator.code} · {kind}", "head-code")
            sheet.text(FIRST - 1, start + place, job.say(indicator.text), "head-centre")
    return (*fixed, *(f"{job.say(one.text)} ({kind})" for kind in kinds for one in job.method.indicators))


def _firm(job: Job, sheet: Sheet, row: int, firm: FirmFacts) -> None:
    name = job.firm_name(firm)
    cells: list[Content] = [
        firm.code, name, job.numbers[firm.area], firm.area, firm.district, firm.size_class, firm.nace,
        *job.group_numbers(firm),
    ]  # fmt: skip
    hidden = "withheld" if name == job.withheld else "strong"
    sheet.row(row, cells, ("text", hidden, "count", "text", "text", "text", "text", "scaled", "scaled", "scaled"))


def _level(job: Job, rating: RatingRow | None, answers: Sequence[AnswerPlace]) -> Content:
    """A level, with a link to the answers it rests on where there are some."""
    if rating is None:
        return None
    if rating.conflict:
        return f"{job.conflict}: {' | '.join(map(str, rating.conflict))}"
    if rating.level is None:
        return None
    target = evidence_cell(rating, answers)
    return Jump(target, rating.level) if target else rating.level


def evidence_cell(rating: RatingRow, answers: Sequence[AnswerPlace]) -> str:
    """The first answer a rating rests on, or the row of its interview, or the firm's row; '' where there is none."""
    for place in answers:
        row = place.rows.get(rating.interview, place.firms.get(rating.firm) if not rating.interview else None)
        if row is not None:
            known = [place.at[path] for path in rating.evidence if path in place.at]
            return place.sheet.ref(row, min(known, default=0))
    return ""


def _levels(sheet: Sheet, shape: _Shape, row: int, levels: Sequence[Content]) -> None:
    """The levels as given and their number."""
    for place, level in enumerate(levels, start=shape.first):
        style = "level-link" if isinstance(level, Jump) else "conflict" if isinstance(level, str) else "level"
        sheet.put(row, place, level, style)
    count = sum(level is not None and not isinstance(level, str) for level in levels)
    cells = f"{near(row, shape.first)}:{near(row, shape.second - 1)}"
    sheet.live(row, shape.scored, Live(f"COUNT({cells})", count), "count")


def _scaled(
    sheet: Sheet, shape: _Shape, row: int, levels: Sequence[int | None], table: Mapping[int, int] | None, where: str
) -> None:
    """The levels on the scale of the preset: looked up in the table of the method sheet, or as they are (panel)."""
    for place, level in enumerate(levels):
        cell = near(row, shape.first + place)
        scaled = f"VLOOKUP({cell},{where},2,0)" if table else cell
        value = None if level is None else table[level] if table else level
        formula = f'IF(ISNUMBER({cell}),{scaled},"")'
        sheet.live(row, shape.second + place, Live(formula, value), "scaled")


def _record(job: Job) -> list[PanelRow]:
    """What the panel gave, area by area, indicator by indicator."""
    areas, indicators = [area.code for area in job.content.areas], job.method.indicator_codes
    return sorted(job.content.panel, key=lambda entry: (areas.index(entry.area), indicators.index(entry.indicator)))


def _reasons(job: Job, sheet: Sheet, first: int) -> None:
    """Below the levels of a panel: who gave them, when and why."""
    heads = (job.tr("Area"), job.tr("Indicator"), "", job.tr("Level"), job.tr("Panel"), job.tr("Date"))
    for col, head in enumerate((*heads, job.tr("Members"), job.tr("Reason"))):
        sheet.text(first, col, head, "head")
    names = {indicator.code: job.say(indicator.text) for indicator in job.method.indicators}
    for row, entry in enumerate(_record(job), start=first + 1):
        cells: list[Content] = [entry.area, names.get(entry.indicator, entry.indicator), "", entry.level, entry.panel]
        looks = ["text", "text", "text", "level", "text", "moment", "text", "text"]
        members = entry.members if job.names_persons or not entry.members else job.withheld
        sheet.row(row, [*cells, entry.at, members, entry.reason], looks)

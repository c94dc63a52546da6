"""One workbook in the making: content, language, book, and what every sheet has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from kume_desktop import turkish
from kume_desktop.reports.content import FirmFacts, ReportContent
from kume_desktop.reports.redaction import FEW, FEWEST, NOTHING_HIDDEN, hidden_figures
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.names import SheetNames
from kume_desktop.reports.writing.pictures import Pictures
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.speech import Speech
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.analysis import Analysis, AreaResponse
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore

TITLE_ROW, FACTS_ROW, DEMO_ROW = 0, 1, 2
HEAD_ROW = 5
"""The row of the column heads; what stands above it says which sheet of which study this is."""

Veiled = tuple[list[Content], list[str]]

A4 = 9


def _in_order(name: str) -> tuple[int, str]:
    """Size classes by their lower limit, names by the Turkish alphabet."""
    digits = name.partition("-")[0].rstrip("+")
    return (int(digits) if digits.isdecimal() else 0, turkish.sort_key(name))


def _holds_something(cell: Content) -> bool:
    value = cell.value if isinstance(cell, Live) else cell
    return value is not None and value != ""


class Job(Speech):
    """What the writers of the sheets share."""

    def __init__(self, content: ReportContent, lang: str, book: Book, names: SheetNames) -> None:
        super().__init__(content, lang)
        self.book = book
        self.names = names
        self.hidden = hidden_figures(content) if self.is_public else NOTHING_HIDDEN
        self.pictures = Pictures(self)
        self.tables: list[TableFacts] = []

    def register(self, table: TableFacts) -> None:
        """Note where a table stands, for the list of columns."""
        self.tables.append(table)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Area code -> the number of the area, from 1.

        Formulas compare this number: a spreadsheet takes codes such as `01` and `1`, or `a*` and `ab`, for equal.
        """
        return {area.code: place for place, area in enumerate(self.content.areas, start=1)}

    @cached_property
    def scores(self) -> Mapping[str, AreaScore]:
        """Area code -> its score."""
        return {area.code: area for area in self.content.results.areas}

    @cached_property
    def firms(self) -> Mapping[str, FirmFacts]:
        """Firm code -> its facts."""
        return {firm.code: firm for firm in self.content.firms}

    @cached_property
    def firm_codes(self) -> Mapping[str, str]:
        """Unit id -> firm code: the results name firms by unit id."""
        return {firm.unit_id: firm.code for firm in self.content.firms if firm.unit_id}

    @cached_property
    def groups(self) -> Mapping[str, Mapping[str, int]]:
        """Break-down -> name of a group -> its number, from 1; 0 where the group is not known.

        Formulas compare these numbers: a spreadsheet takes a size class such as `1-9` for a day in September.
        """
        firms = self.content.firms
        found = {
            "size_class": {firm.size_class for firm in firms},
            "district": {firm.district for firm in firms},
            "nace": {firm.nace for firm in firms},
        }
        return {
            by: {"": 0} | {name: place for place, name in enumerate(sorted(names - {""}, key=_in_order), start=1)}
            for by, names in found.items()
        }

    def group_numbers(self, firm: FirmFacts) -> tuple[int, int, int]:
        """The groups of a firm by size class, district and NACE division."""
        sizes, districts, divisions = self.groups.values()
        return sizes[firm.size_class], districts[firm.district], divisions[firm.nace]

    @cached_property
    def on_firm_route(self) -> bool:
        """Whether any area is scored from its firms."""
        return any(area.route == FIRM_ROUTE for area in self.content.results.areas)

    @property
    def names_persons(self) -> bool:
        """Whether fields about persons may be shown."""
        return self.content.include_personal and not self.is_public

    @cached_property
    def analysis(self) -> Analysis | None:
        """What was computed around the scores; None where the results hold none."""
        return self.content.results.analysis

    @cached_property
    def area_names(self) -> Mapping[str, str]:
        """Area code -> its name."""
        return {area.code: self.say(area.name) for area in self.content.areas}

    @cached_property
    def indicator_names(self) -> Mapping[str, str]:
        """Indicator code -> its name."""
        return {indicator.code: self.say(indicator.text) for indicator in self.method.indicators}

    def veil(self, sheet: Sheet, mark: str, cells: Sequence[Content], styles: Sequence[str], keep: int) -> Veiled:
        """Cells and styles of a row as this edition shows them: with a `mark` all but the first `keep` say only why."""
        if not mark:
            return list(cells), list(styles)
        told = self.sentences.hidden(mark)
        shown, looks = list(cells), list(styles)
        for place in range(keep, len(shown)):
            if _holds_something(shown[place]):
                shown[place], looks[place] = told, "hidden"
                sheet.hidden += 1
        return shown, looks

    def few(self, n: int) -> str:
        """The mark of a figure that rests on `n` firms, '' where this edition shows it."""
        return FEW if self.is_public and 0 < n < FEWEST else ""

    def response_mark(self, response: AreaResponse) -> str:
        """The mark of the response of an area: hidden as its figures are, or for few firms of its own."""
        return self.hidden.area(response.area) or self.few(response.total.completed)

    def hides_employment(self, response: AreaResponse) -> bool:
        """Whether the covered employment would tell of one or two large firms."""
        return self.is_public and response.employment_share is not None and bool(response.employment_state)

    def firm_name(self, firm: FirmFacts) -> str:
        """The name of a firm; that of a sole trader is a person's and is shown only if persons may be named."""
        if firm.sole_trader and not self.names_persons:
            return self.withheld
        return firm.name

    def show(self, sheet: Sheet, at: tuple[int, int], cell: Content, style: str, mark: str) -> None:
        """Write one cell (row, column), or why this edition does not show it."""
        if mark:
            sheet.text(*at, self.sentences.hidden(mark), "hidden")
            sheet.hidden += 1
        else:
            sheet.put(*at, cell, style)

    def begin(self, sheet: Sheet, title: str, widths: Sequence[float], note: str = "") -> None:
        """Write title, study, edition and mark of a sheet, and set it up for paper."""
        sheet.widths(widths)
        sheet.raw.hide_gridlines(2)
        sheet.raw.set_row(TITLE_ROW, 26)
        sheet.text(TITLE_ROW, 0, title, "title")
        sheet.text(FACTS_ROW, 0, " · ".join(self.facts()), "subtitle")
        if self.content.demonstration:
            sheet.text(DEMO_ROW, 0, self.demonstration_mark, "demo")
            for col in range(1, min(len(widths), 8)):
                sheet.blank(DEMO_ROW, col, "demo")
        if note:
            sheet.text(DEMO_ROW + 1, 0, note, "subtitle")
        self.paper(sheet)

    def heads(self, sheet: Sheet, names: Sequence[str], styles: Sequence[str], row: int = HEAD_ROW) -> None:
        """Write the heads of columns, aligned as their cells are."""
        right = {
            "count",
            "number",
            "one",
            "two",
            "three",
            "share",
            "index",
            "published",
            "date",
            "rule",
            "points",
            "chance",
        }
        centre = {"level", "scaled", "centre", "heat"}
        for col, (name, style) in enumerate(zip(names, styles, strict=True)):
            look = "head-right" if style in right else "head-centre" if style in centre else "head"
            sheet.text(row, col, name, look)

    @staticmethod
    def table(sheet: Sheet, last_row: int, columns: int, fixed: int, head: int = HEAD_ROW) -> None:
        """Freeze the heads and the first `fixed` columns, put a filter on the table, repeat both on paper."""
        sheet.raw.freeze_panes(head + 1, fixed)
        sheet.raw.autofilter(head, 0, max(last_row, head + 1), columns - 1)
        sheet.raw.repeat_rows(head)

    @staticmethod
    def wide(sheet: Sheet, last_col: int) -> None:
        """Print a wide table on two pages side by side, each with the columns up to `last_col` in front."""
        sheet.raw.fit_to_pages(2, 0)
        sheet.raw.repeat_columns(0, last_col)

    def paper(self, sheet: Sheet) -> None:
        """Set a sheet up for paper: A4, one page wide, study, edition and page at the foot."""
        sheet.raw.set_landscape()
        sheet.raw.set_paper(A4)
        sheet.raw.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.raw.fit_to_pages(1, 0)
        sheet.raw.set_footer(self.footer)

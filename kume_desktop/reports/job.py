"""One workbook in the making: content, language, book, and what every sheet has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from kume_desktop import texts, turkish
from kume_desktop.problems import Param
from kume_desktop.reports.content import FirmFacts, ReportContent
from kume_desktop.reports.names import SheetNames
from kume_desktop.reports.sheet import Book, Sheet
from kume_desktop.scoring.method import FIRM_ROUTE, Words
from kume_desktop.scoring.results import AreaScore

TITLE_ROW, FACTS_ROW, DEMO_ROW = 0, 1, 2
HEAD_ROW = 5
"""The row of the column heads; what stands above it says which sheet of which study this is."""

DEMONSTRATION = Words("GÖSTERİM VERİSİ", "DEMONSTRATION DATA")
A4 = 9


class Job:
    """What the writers of the sheets share."""

    def __init__(self, content: ReportContent, lang: str, book: Book, names: SheetNames) -> None:
        self.content = content
        self.lang = lang
        self.book = book
        self.names = names
        self.method = content.method

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program in the language of the workbook."""
        return texts.tr(text, self.lang, **params)

    def say(self, words: Words) -> str:
        """A text of the study in the language of the workbook."""
        return words.say(self.lang)

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
    def on_firm_route(self) -> bool:
        """Whether any area is scored from its firms."""
        return any(area.route == FIRM_ROUTE for area in self.content.results.areas)

    @property
    def names_persons(self) -> bool:
        """Whether fields about persons may be shown."""
        return self.content.include_personal

    def firm_name(self, firm: FirmFacts) -> str:
        """The name of a firm; that of a sole trader is a person's and is shown only if persons may be named."""
        if firm.sole_trader and not self.names_persons:
            return self.withheld
        return firm.name

    @cached_property
    def withheld(self) -> str:
        """What stands in the place of personal data."""
        return self.tr("personal data, left out")

    @cached_property
    def conflict(self) -> str:
        """The word before the values that contradict each other."""
        return self.tr("conflict")

    @cached_property
    def edition(self) -> str:
        """The name of this edition."""
        return self.tr("Audit edition")

    def route(self, route: str) -> str:
        """The route of an index in words."""
        return self.tr("firm route") if route == FIRM_ROUTE else self.tr("panel route")

    def source(self, source: str) -> str:
        """Where a level comes from, in words."""
        return self.tr("suggestion of the rubric") if source == "suggestion" else self.tr("rating")

    def category(self, number: int | None) -> str | None:
        """The full name of a category, never its bare word."""
        if number is None:
            return None
        word = self.say(self.method.category_text(number))
        if self.lang == "en":
            return f"Category {number} – {word.capitalize()} concentration"
        return f"{number}. Kategori – {turkish.title(word)} yoğunlaşma"

    def policies(self, category: int | None) -> str | None:
        """The policy texts of a category, one a line."""
        if category is None:
            return None
        return "\n".join(f"• {self.say(text)}" for text in self.method.policies(category))

    def begin(self, sheet: Sheet, title: str, widths: Sequence[float], note: str = "") -> None:
        """Write title, study, edition and mark of a sheet, and set it up for paper."""
        sheet.widths(widths)
        sheet.raw.hide_gridlines(2)
        sheet.raw.set_row(TITLE_ROW, 26)
        sheet.text(TITLE_ROW, 0, title, "title")
        sheet.text(FACTS_ROW, 0, " · ".join(self._facts()), "subtitle")
        if self.content.demonstration:
            sheet.text(DEMO_ROW, 0, f"{DEMONSTRATION.tr} / {DEMONSTRATION.en}", "demo")
            for col in range(1, min(len(widths), 8)):
                sheet.blank(DEMO_ROW, col, "demo")
        if note:
            sheet.text(DEMO_ROW + 1, 0, note, "subtitle")
        self._paper(sheet)

    def heads(self, sheet: Sheet, names: Sequence[str], styles: Sequence[str], row: int = HEAD_ROW) -> None:
        """Write the heads of columns, aligned as their cells are."""
        right = {"count", "number", "one", "two", "share", "index", "published", "date", "rule"}
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

    def _facts(self) -> list[str]:
        content = self.content
        version = self.tr("{method}, version {version}", method=self.say(self.method.name), version=self.method.version)
        return [part for part in (content.study, content.wave, self.edition, version) if part]

    def _paper(self, sheet: Sheet) -> None:
        sheet.raw.set_landscape()
        sheet.raw.set_paper(A4)
        sheet.raw.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        sheet.raw.fit_to_pages(1, 0)
        sheet.raw.set_footer(self.footer)

    @cached_property
    def footer(self) -> str:
        """Study, edition, mark and page; Excel takes 255 characters, so a long name is shortened here (only here)."""
        name = self.content.study if len(self.content.study) <= 80 else self.content.study[:79] + "…"
        left = f"{name} · {self.edition}".replace("&", "&&")
        mark = f"{DEMONSTRATION.tr} / {DEMONSTRATION.en}" if self.content.demonstration else ""
        return f"&L&8{left}&C&8{mark}&R&8&P / &N"

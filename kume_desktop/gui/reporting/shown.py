"""What the report page shows: the sheets of the chosen edition, and the one in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kume_desktop import texts
from kume_desktop.gui.figures import words
from kume_desktop.gui.reporting.edition import name_of
from kume_desktop.gui.reporting.paper import Content
from kume_desktop.gui.reporting.pictures import Wanted
from kume_desktop.gui.reporting.sheet_list import Line
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.gui.figures.computing import Computing
    from kume_desktop.gui.reporting.form import ReportForm
    from kume_desktop.gui.reporting.pictures import Pictures
    from kume_desktop.gui.reporting.preview import Preview
    from kume_desktop.gui.routes import ReportRoute
    from kume_desktop.problems import Problem
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.results import Results

DEMONSTRATION = "GÖSTERİM VERİSİ / DEMONSTRATION DATA"
_PAUSE_MS = 120
"""A picture is asked for when the bar has stood on its sheet for so long."""


class Shown(QObject):
    """`lang` is the language of the files, `only` the one area of the report ('' for all)."""

    def __init__(
        self, desk: Desk, computing: Computing, pictures: Pictures, form: ReportForm, preview: Preview
    ) -> None:
        super().__init__(preview)
        self._desk, self._computing, self._pictures, self._form, self._preview = (
            desk, computing, pictures, form, preview,
        )  # fmt: skip
        self.lang, self.only = texts.language(), ""
        self._area = ""
        self._problem = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        form.edition.picked.connect(lambda _edition: self.show_contents())
        form.sheets.walked.connect(lambda _key: self.show_sheet())
        form.sheets.changed.connect(self._changed)
        preview.stepped.connect(self.step)
        pictures.arrived.connect(self.show_sheet)
        pictures.refused.connect(self._say_refused)

    @property
    def known(self) -> tuple[Method, Results] | None:
        """Method and results, None before anything was computed."""
        method, results = self._computing.method, self._computing.results
        return (method, results) if method is not None and results is not None else None

    @property
    def hidden(self) -> int:
        """How many figures are not shown in the edition for publication."""
        from kume_desktop.services import report_preview

        known = self.known
        return report_preview.hidden_cells(known[1]) if known is not None and not self._form.edition.is_audit else 0

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The pictures of the sheet in the preview: name and area."""
        from kume_desktop.services import report_contents

        key = self._key
        area = self.area if report_contents.of_an_area(key) else ""
        return tuple((name, area) for name in report_contents.FIGURES.get(key, ()))

    @property
    def area(self) -> str:
        """The area that sheets of one area show."""
        codes = self._codes
        return self._area if self._area in codes else next(iter(codes), "")

    def show_contents(self, route: ReportRoute | None = None) -> None:
        """List the sheets of the edition; what was left out and the order stay."""
        known = self.known
        self._area = route.at if route is not None else self._area
        if known is not None:
            self._form.sheets.show_lines(self._lines(known, route), route.shown if route is not None else "")
            self._form.tell_count()
        self._preview.foot.show_nothing(self.hidden)
        self.show_sheet()

    def _lines(self, known: tuple[Method, Results], route: ReportRoute | None) -> list[Line]:
        """The sheets that there are, in the order and with the boxes that they had."""
        from kume_desktop.services import report_contents

        before = {line.key: (place, line.on) for place, line in enumerate(self._form.sheets.lines)}
        if route is not None and route.order:
            before = {key: (place, key not in route.off) for place, key in enumerate(route.order)}
        lines = []
        for part in report_contents.parts(self._desk.study, self._form.edition.current, *known):
            on = part.required or before.get(part.key, (0, True))[1]
            lines.append(Line(part.key, _(part.title), part.required, on, part.title))
        if not all(line.key in before for line in lines):
            return lines
        return sorted(lines, key=lambda line: before[line.key][0])

    def show_sheet(self) -> None:
        """Show the sheet that the bar is on, and ask for its pictures."""
        known, line = self.known, self._form.sheets.current
        kind = tr(N_("{edition}, A4 landscape"), edition=name_of(self._form.edition.current))
        if known is None or line is None:
            waiting = _(N_("Nothing has been computed yet."))
            self._preview.show_content(Content(_(N_("Report")), "", "", "", waiting=waiting), kind)
            return
        pictures = self._pictures.of(self._wanted())
        content = self._content(line, *known)
        self._preview.show_content(content, kind, " ".join(one.spoken for one in pictures))
        self._tell_area(known[1])
        if len(pictures) < len(self.figures):
            self._pause.start()

    def _changed(self) -> None:
        """Other sheets or another order: what was written is not this report any more."""
        self._preview.foot.show_nothing(self.hidden)
        self.show_sheet()

    def step(self, step: int) -> None:
        """Show the sheet for another area."""
        codes = self._codes
        if len(codes) > 1:
            self._area = codes[(codes.index(self.area) + step) % len(codes)]
            self.show_sheet()

    @property
    def _key(self) -> str:
        line = self._form.sheets.current
        return line.key if line is not None else ""

    @property
    def _codes(self) -> tuple[str, ...]:
        known = self.known
        if self.only:
            return (self.only,)
        return tuple(area.code for area in known[1].areas) if known is not None else ()

    def _wanted(self) -> tuple[Wanted, ...]:
        return tuple(Wanted(name, area, self.lang) for name, area in self.figures)

    def _ask(self) -> None:
        self._problem = ""
        self._pictures.want(self._wanted())

    def _say_refused(self, problems: tuple[Problem, ...]) -> None:
        self._problem = " ".join(texts.say(one) for one in problems)
        self.show_sheet()

    def _content(self, line: Line, method: Method, results: Results) -> Content:
        from kume_desktop.services import report_preview

        only = (self.only,) if self.only else ()
        asked = report_preview.Asked(line.key, self._form.edition.current, self.lang, self.area, only)
        pictures = self._pictures.of(self._wanted())
        drawing = self._problem or _(N_("The picture is being drawn…"))
        return Content(
            title=_(line.source, self.lang),
            facts=report_preview.facts(method, results, asked),
            study=self._desk.study.record.name,
            number=self._form.sheets.number_of(line.key),
            table=None if self.figures else report_preview.table(self._desk.study, method, results, asked),
            pictures=tuple(one.pixmap for one in pictures),
            waiting=drawing if len(pictures) < len(self.figures) else "",
            mark=DEMONSTRATION if results.demonstration else "",
        )

    def _tell_area(self, results: Results) -> None:
        from kume_desktop.services import report_contents

        codes = self._codes
        of_area = report_contents.of_an_area(self._key)
        name = next((words.area_name(area) for area in results.areas if area.code == self.area), "")
        place = codes.index(self.area) + 1 if self.area in codes else 0
        self._preview.show_area(place, len(codes) if of_area else 0, name)

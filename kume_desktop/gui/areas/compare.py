"""Two areas side by side: what separates them, exactly, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kume_desktop import texts
from kume_desktop.gui import fonts, theme
from kume_desktop.gui.areas import change
from kume_desktop.gui.areas.pair_profile import PairProfile
from kume_desktop.gui.areas.portrait import Portrait
from kume_desktop.gui.areas.section import Section
from kume_desktop.gui.areas.waterfall import Waterfall, falls
from kume_desktop.gui.components.badge import CategoryBadge
from kume_desktop.gui.components.buttons import Button
from kume_desktop.gui.components.labels import Label, Rule
from kume_desktop.gui.components.pickers import Picker
from kume_desktop.gui.figures import words
from kume_desktop.gui.figures.figure_page import FigurePage
from kume_desktop.gui.figures.grid import FactGrid, GridRow
from kume_desktop.gui.figures.parts import Beside, side_by_side
from kume_desktop.gui.figures.reasons import reason
from kume_desktop.gui.figures.section_head import empty
from kume_desktop.gui.figures.verdict import by_index
from kume_desktop.gui.fonts import Role
from kume_desktop.gui.page import Action, KeyHint
from kume_desktop.gui.routes import AreaRoute, CompareRoute, ReportRoute, Route
from kume_desktop.gui.theme import Tone
from kume_desktop.scoring.analysis import Part
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.gui.desk import Desk
    from kume_desktop.scoring.analysis import Difference
    from kume_desktop.scoring.results import AreaScore

WIDE = 860
"""Below so many logical pixels the two pickers stand under each other."""


class ComparePage(FigurePage):
    """Two pickers above; the difference, its parts, both profiles, both needs, both changes below."""

    def __init__(self, desk: Desk, route: CompareRoute) -> None:
        super().__init__(desk, _(N_("Compare areas")))
        self._codes = [route.first, route.second]
        self.pickers = (Picker(""), Picker(""))
        self.waterfall: Waterfall | None = None
        for place, picker in enumerate(self.pickers):
            picker.picked.connect(lambda code, place=place: self.show_area(place, code))
        turn = Button(_(N_("Swap")), icon="arrow-left-right")
        turn.clicked.connect(self.swap)
        self.header.add_tool(turn)
        self._choice = Beside(*self.pickers, (1, 1), least=WIDE)
        margin = theme.metrics().margin
        self._choice.setContentsMargins(margin, 4, margin + 12, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._choice)
        column.addWidget(self.content, 1)
        self.computing.changed.connect(self._changed)
        self._fill()

    @property
    def pair(self) -> tuple[AreaScore, AreaScore] | None:
        """The two areas that are shown; None where the study has fewer."""
        areas = by_index(self.figures[0].areas) if self.figures is not None else ()
        found = [next((one for one in areas if one.code == code), None) for code in self._codes]
        rest = [one for one in areas if one not in found]
        for place, one in enumerate(found):
            if one is None and rest:
                found[place] = rest.pop(0)
        return (found[0], found[1]) if found[0] is not None and found[1] is not None else None

    def key_hints(self) -> tuple[KeyHint, ...]:
        """Pickers, swap, walk."""
        return (
            KeyHint("Up Down", _(N_("Indicator"))),
            KeyHint("1", _(N_("First area"))),
            KeyHint("2", _(N_("Second area"))),
            KeyHint("X", _(N_("Swap"))),
            KeyHint("Return", _(N_("Open the area"))),
        )

    def actions_here(self) -> tuple[Action, ...]:
        """Pickers, swap, areas, report."""
        return (
            Action("first", _(N_("First area")), self.pickers[0].open_list, "1"),
            Action("second", _(N_("Second area")), self.pickers[1].open_list, "2"),
            Action("swap", _(N_("Swap")), self.swap, "X"),
            Action("area", _(N_("Open the area")), self.open_area, "Return"),
            Action("report", _(N_("To the report")), lambda: self.navigate.emit(ReportRoute()), "Ctrl+E"),
            Action("compute", _(N_("Compute again")), self.retry, "F5", bound=False),
        )

    def here(self, route: Route) -> Route:
        """The two areas in sight."""
        return CompareRoute(self.pair[0].code, self.pair[1].code) if self.pair is not None else route

    def on_shown(self) -> None:
        """The waterfall has the focus."""
        self.begin()
        self._take_focus()

    def open_area(self) -> None:
        """Show the first area on its own page."""
        if self.pair is not None:
            self.navigate.emit(AreaRoute(self.pair[0].code))

    def swap(self) -> None:
        """Put the second area first."""
        if self.pair is not None:
            self._codes = [self.pair[1].code, self.pair[0].code]
            self._fill()
            self._take_focus()

    def show_area(self, place: int, code: str) -> None:
        """Show another area first (0) or second (1); an area beside itself puts the other one in its place."""
        if self.pair is None:
            return
        codes = [one.code for one in self.pair]
        if codes[1 - place] == code:
            codes[1 - place] = codes[place]
        codes[place] = code
        self._codes = codes
        self._fill()
        self._take_focus()

    def _changed(self) -> None:
        self.save_state.emit(self.computing.state)
        self._fill()

    def _fill(self) -> None:
        self.waterfall = None
        empty(self.body)
        self._choice.setVisible(self.pair is not None)
        self.header.set_facts(self._facts())
        if self.figures is None:
            if self.computing.method is not None:
                self.show_not_computed()
            return
        results, method = self.figures
        if self.pair is None:
            self.show_nothing(
                _(N_("This study has one activity area only.")), _(N_("A comparison needs two areas with figures."))
            )
            return
        names = [(one.code, words.area_name(one)) for one in by_index(results.areas)]
        for picker, area in zip(self.pickers, self.pair, strict=True):
            picker.set_items(names)
            picker.set_current(area.code)
            picker.setAccessibleName(f"{_(N_('Activity area'))}: {words.area_name(area)}")
        first, second = (Portrait(area, results, method) for area in self.pair)
        self.body.addWidget(side_by_side((_head(first), 1), (_head(second), 1), gap=theme.px(32)))
        self.body.addWidget(Rule())
        for section in self._sections(first, second):
            self.body.addWidget(section)

    def _sections(self, first: Portrait, second: Portrait) -> list[QWidget]:
        if not (first.is_shown and second.is_shown):
            section = Section(_(N_("The difference by indicator")))
            section.say(*dict.fromkeys(_why(one) for one in (first, second) if not one.is_shown))
            return [section, _needs(first, second)]
        return [self._difference(first, second), _profiles(first, second), _needs(first, second), _waves(first, second)]

    def _difference(self, first: Portrait, second: Portrait) -> Section:
        section = Section(
            _(N_("The difference by indicator")),
            _(N_("index points; the parts sum exactly to the difference; dots: the two areas")),
        )
        found = difference_of(first, second)
        if found is None:
            section.say(_routes(first, second) or reason(first.skipped("differences") or "not-computed"))
            return section
        section.say(*difference_sentences(found), tone=Tone.TEXT)
        parts = [(first.indicator_name(part.indicator), part.points) for part in found.parts]
        lines = falls(first.name, first.area.score or 0.0, second.name, second.area.score or 0.0, parts)
        self.waterfall = Waterfall(lines)
        section.add(self.waterfall)
        return section

    def _facts(self) -> str:
        """firma yolu · İZKA-2010 (3 düzey), sürüm 2 · hesaplandı 18 Aralık 2026 14:02."""
        if self.figures is None:
            return ""
        results, method = self.figures
        parts = (
            words.route(results),
            words.method_name(method),
            words.computed(results, short=theme.is_compact()),
        )
        return " · ".join(parts)

    def _take_focus(self) -> None:
        if self.waterfall is not None:
            self.waterfall.show()
            self.waterfall.setFocus(Qt.FocusReason.OtherFocusReason)


def difference_of(first: Portrait, second: Portrait) -> Difference | None:
    """Score of the first less that of the second; turned round where the run has the pair the other way."""
    if first.analysis is None:
        return None
    for one in first.analysis.differences:
        if (one.first, one.second) == (first.area.code, second.area.code):
            return one
        if (one.first, one.second) == (second.area.code, first.area.code):
            return turned(one)
    return None


def turned(one: Difference) -> Difference:
    """The same difference seen from the other area."""
    low, high = one.interval.low, one.interval.high
    limits = replace(one.interval, low=None if high is None else -high, high=None if low is None else -low)
    parts = tuple(Part(part.indicator, -part.points) for part in one.parts)
    return replace(one, first=one.second, second=one.first, points=-one.points, interval=limits, parts=parts)


def difference_sentences(one: Difference) -> tuple[str, ...]:
    """The difference with its interval, and whether it can be told from nothing."""
    span = words.signed_span(one.interval)
    told = tr(N_("Difference: {points} points."), points=words.signed(one.points))
    if not span or one.interval.low is None or one.interval.high is None:
        return told, reason(one.interval.reason)
    limits = tr(
        N_("Interval {span} points ({confidence})."), span=span, confidence=texts.percent(one.interval.confidence)
    )
    unsure = one.interval.low <= 0 <= one.interval.high
    sure = N_("The choice of firms alone cannot explain this difference.")
    none = N_("The choice of firms alone can explain this difference.")
    return f"{told} {limits}", _(none if unsure else sure)


def _head(portrait: Portrait) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 4, 0, 8)
    column.setSpacing(2)
    area = portrait.area
    if not portrait.is_shown:
        column.addWidget(Label(_why(portrait), Role.SECOND, Tone.TEXT2, wrap=True))
        column.addStretch(1)
        return held
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Label(words.figure(area.score, 1), Role.FIGURE, tabular=True))
    span = words.span(area.interval) or reason(area.interval.reason)
    row.addWidget(Label(span, Role.BODY, Tone.TEXT2, weight=fonts.MEDIUM, tabular=True, wrap=True), 1)
    column.addLayout(row)
    verdict = portrait.verdict
    if area.category is not None:
        name = words.category(portrait.method, area.category)
        badge = CategoryBadge(name, area.category, certain=verdict.certain, share=verdict.share, doubt=verdict.doubt)
        column.addWidget(badge)
    told = f"{words.firms(area)} · {words.published_sum(area)}"
    column.addWidget(Label(told, Role.SECOND, Tone.TEXT2, wrap=True))
    column.addStretch(1)
    return held


def _why(portrait: Portrait) -> str:
    return words.suppression() if portrait.area.n else _(N_("This area has no scored firm."))


def _routes(first: Portrait, second: Portrait) -> str:
    if first.area.route == second.area.route:
        return ""
    return _(N_("The two areas were scored on different routes; they are not compared."))


def _profiles(first: Portrait, second: Portrait) -> Section:
    marks = tr(N_("dot and interval: {first}, ring: {second}"), first=first.name, second=second.name)
    section = Section(_(N_("Profiles side by side")), marks)
    section.add(PairProfile(first, second))
    return section


def _needs(first: Portrait, second: Portrait) -> Section:
    section = Section(_(N_("Needs side by side")), _(N_("means 1–5; fewer than 3 answers are not shown")))
    cells = [{need.cell: need for need in portrait.needs if need.n} for portrait in (first, second)]
    if not all(cells):
        section.say(_(N_("No firm of this area has answered on needs.")))
        return section
    names = words.places(first.method)
    rows = []
    for cell in (one.code for one in first.method.needs.cells):
        pair = [found.get(cell) for found in cells]
        means = [None if need is None or words.too_few(need) else need.mean for need in pair]
        apart = words.NOTHING if None in means else words.signed((means[0] or 0.0) - (means[1] or 0.0), 2)
        rows.append(GridRow(cell, (names[cell], *(words.figure(mean, 2) for mean in means), apart)))
    section.add(FactGrid(section.title, ("", first.name, second.name, _(N_("difference"))), rows))
    return section


def _waves(first: Portrait, second: Portrait) -> Section:
    section = Section(_(N_("Change since the earlier wave")))
    missing = {portrait.name: change.missing(portrait) for portrait in (first, second) if not change.shown(portrait)}
    if len(missing) > 1 and len(set(missing.values())) == 1:
        section.say(*set(missing.values()))
        return section
    for portrait in (first, second):
        section.say(*(f"{name}: {why}" for name, why in missing.items() if name == portrait.name))
        for one in change.shown(portrait):
            section.say(f"{portrait.name}: {' '.join(change.change_sentences(one))}")
            section.say(*change.unlike_sentences(one, portrait), tone=Tone.WARN)
    return section

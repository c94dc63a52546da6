"""What the figures say: names, numbers with their base, and what is kept to itself, in the language asked for."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from statistics import fmean

from kume_desktop import texts, turkish
from kume_desktop.reports.figures.content import FigureContent
from kume_desktop.reports.figures.speech import NOTHING, Speech
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore, IndicatorScore, NeedScore
from kume_desktop.texts import N_

FEWEST_SHOWN = 3
"""What rests on fewer firms than this is not shown."""

CERTAIN = 0.8
"""A badge of a smaller probability is drawn as uncertain."""

_NO_INTERVAL = {
    "few": N_("n < 10: no interval"),
    "panel": N_("no interval"),
}


class View(Speech):
    """The content seen in one language."""

    def __init__(self, content: FigureContent, lang: str) -> None:
        super().__init__(lang)
        self.content = content
        self.method, self.results = content.method, content.results
        self.analysis = content.results.analysis

    @cached_property
    def areas(self) -> tuple[AreaScore, ...]:
        """The areas that are asked for, by their index; those that show none last, by name."""

        def key(area: AreaScore) -> tuple[bool, float, str]:
            nothing = area.score is None or self.is_hidden(area)
            return nothing, 0.0 if nothing else -(area.score or 0.0), turkish.sort_key(self.name(area))

        wanted = self.content.areas
        found = (area for area in self.results.areas if not wanted or area.code in wanted)
        return tuple(sorted(found, key=key))

    @cached_property
    def compared(self) -> tuple[AreaScore, ...]:
        """The areas of the study that have an index that may be shown: what a mean of areas is the mean of."""
        return tuple(area for area in self.results.areas if area.score is not None and not self.is_hidden(area))

    def area(self, code: str) -> AreaScore | None:
        """The score of an area."""
        return next((area for area in self.results.areas if area.code == code), None)

    def name(self, area: AreaScore) -> str:
        """The name of an area."""
        return area.name_en if self.lang == "en" and area.name_en else area.name_tr

    def eligible(self, area: AreaScore) -> int | None:
        """N: the eligible firms, or the list where their number is not known."""
        return area.frame_n if area.eligible_n is None else area.eligible_n

    def base(self, area: AreaScore) -> str:
        """24 / 64; 24 where nobody entered N; the word panel on the panel route."""
        if area.route != FIRM_ROUTE:
            return self.tr(N_("panel"))
        whole = self.eligible(area)
        return str(area.n) if whole is None else f"{area.n} / {whole}"

    @staticmethod
    def is_hidden(area: AreaScore) -> bool:
        """Whether an area rests on one or two firms; a panel's score is no firm's."""
        return area.route == FIRM_ROUTE and 0 < area.n < FEWEST_SHOWN

    def why_nothing(self, area: AreaScore) -> str:
        """Why an area shows no index; '' where it shows one."""
        if self.is_hidden(area):
            return self.tr(N_("n < 3, not shown"))
        return self.tr(N_("no scored firm")) if area.score is None else ""

    def limits(self, interval: Interval, digits: int = 0) -> str:
        """71–80, the word for a census, or why there is no interval."""
        if interval.how == "census":
            return self.tr(N_("census"))
        if interval.low is None or interval.high is None:
            return self.tr(_NO_INTERVAL.get(interval.reason, N_("no interval computed")))
        return f"{self.number(interval.low, digits)}–{self.number(interval.high, digits)}"

    def overall(self, code: str) -> float | None:
        """The unweighted mean over the areas of an indicator's mean on the scale of the preset."""
        found = [one.mean for area in self.compared for one in self.indicators(area) if one.code == code]
        means = [mean for mean in found if mean is not None]
        return fmean(means) if means else None

    # --- categories ---

    def short_category(self, number: int) -> str:
        """3. Kategori."""
        return self.tr(N_("Category {number}"), number=number)

    def category(self, number: int | None) -> str:
        """The full name of a category, never its bare word."""
        if number is None:
            return NOTHING
        name = self.capital(self.say(self.method.category_text(number)))
        return self.tr(N_("Category {number} – {name} concentration"), number=number, name=name)

    def probabilities(self, area: AreaScore, *, joint: bool = False) -> tuple[float, ...]:
        """The probabilities of the categories 1..; empty where there are none."""
        found = self.analysis.uncertainty_of(area.code) if self.analysis is not None else None
        if found is None or self.is_hidden(area):
            return ()
        return found.joint if joint else found.sampling

    def probability(self, area: AreaScore) -> float | None:
        """The probability of the category of an area, from the choice of firms alone."""
        shares = self.probabilities(area)
        return shares[area.category - 1] if shares and area.category is not None else None

    def doubt(self, area: AreaScore) -> str:
        """Why the badge of an area is not certain; '' where it is."""
        share = self.probability(area)
        if area.rounding_decides:
            return self.tr(N_("Rounding changes the category"))
        if area.few_indicators:
            return self.tr(N_("{scored}/{all} indicators"), scored=area.scored, all=len(self.method.indicators))
        if share is None and not self.why_nothing(area):
            return self._no_probability(area)
        return self.tr(N_("Near a cut – category not certain")) if share is not None and share < CERTAIN else ""

    def _no_probability(self, area: AreaScore) -> str:
        """Why a category has no probability; '' where all firms of the list were asked."""
        if area.route != FIRM_ROUTE:
            return self.tr(N_("panel route, no probability"))
        if area.interval.how == "census":
            return ""
        few = area.interval.reason == "few"
        return self.tr(N_("n < 10, no probability") if few else N_("probability not computed"))

    # --- indicators and needs ---

    def indicators(self, area: AreaScore) -> tuple[IndicatorScore, ...]:
        """The indicators of an area in the method's order that may be shown."""
        hidden = self.hidden_indicators(area)
        return tuple(one for one in area.indicators if one.code not in hidden)

    def hidden_indicators(self, area: AreaScore) -> frozenset[str]:
        """Indicators of one or two firms; a single one takes another along, or the index would tell it.

        The other one is of the same heading where it can be, and the one with the fewest firms.
        """
        if area.route != FIRM_ROUTE:
            return frozenset()
        few = [one for one in area.indicators if 0 < one.n < FEWEST_SHOWN]
        if len(few) == 1:
            own = self.method.heading_of(few[0].code).indicators
            others = [one for one in area.indicators if one.n >= FEWEST_SHOWN]
            few += sorted(others, key=lambda one: (one.code not in own, one.n))[:1]
        return frozenset(one.code for one in few)

    def indicator(self, code: str) -> str:
        """The name of an indicator."""
        return self.capital(self.say(next(one.text for one in self.method.indicators if one.code == code)))

    def needs(self, area: AreaScore) -> dict[tuple[str, str], NeedScore]:
        """The need cells of an area by (function, resource)."""
        return {(one.function, one.resource): one for one in self.results.needs if one.area == area.code}

    @staticmethod
    def too_few(need: NeedScore) -> bool:
        """Whether a cell rests on one or two firms."""
        return 0 < need.n < FEWEST_SHOWN

    # --- provenance ---

    def provenance(self, *areas: AreaScore) -> str:
        """Study, n of N, method with version, route, date: what every figure carries at its foot."""
        parts = (
            self.content.study,
            self.content.wave,
            self._firms(areas or self.areas),
            self.tr(
                N_("{method}, version {version}"),
                method=self.say(self.method.name),
                version=self.results.method_version,
            ),
            self.tr(N_("firm route") if self.results.route == FIRM_ROUTE else N_("panel route")),
            self._computed(),
        )
        return " · ".join(part for part in parts if part)

    def _firms(self, areas: tuple[AreaScore, ...]) -> str:
        """134 / 372 firma; N only where every area has one."""
        if self.results.route != FIRM_ROUTE:
            return self.tr(N_("{count} areas"), count=len(areas))
        n = sum(area.n for area in areas)
        known = [whole for area in areas if (whole := self.eligible(area)) is not None]
        base = f"{n} / {sum(known)}" if known and len(known) == len(areas) else str(n)
        return self.tr(N_("{base} firms"), base=base)

    def _computed(self) -> str:
        if not self.results.computed_at:
            return ""
        day = datetime.fromisoformat(self.results.computed_at).astimezone().date()
        return self.tr(N_("computed {day}"), day=texts.long_date(day, self.lang))


def cell_name(view: View, need: NeedScore) -> str:
    """Üretim, İnsan Kaynağı."""
    function = next(one.text for one in view.method.needs.functions if one.code == need.function)
    resource = next(one.text for one in view.method.needs.resources if one.code == need.resource)
    return f"{view.say(function)}, {view.say(resource)}"

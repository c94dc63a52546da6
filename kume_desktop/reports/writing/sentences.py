"""How results are said: whole sentences, each figure with its base, in the language of the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop import texts
from kume_desktop.problems import N_, Param
from kume_desktop.scoring.analysis import AreaResponse, AreaUncertainty, RankBand
from kume_desktop.scoring.hundredths import of_hundred
from kume_desktop.scoring.limits import Interval
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.scoring.results import AreaScore
from kume_desktop.turkish import possessed, possessed_object, possessed_place

SURE = 0.8
"""The probability from which a badge is drawn as certain."""


class Sentences:
    """The sentences in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def tr(self, text: str, **params: Param) -> str:
        """A text of the program in this language."""
        return texts.tr(text, self.lang, **params)

    def number(self, value: float | None, digits: int = 1) -> str:
        """A number, or a dash where there is none."""
        return "–" if value is None else texts.number(value, digits, self.lang)

    def signed(self, value: float) -> str:
        """A difference with its sign: +1,6, −0,9, 0,0."""
        text = self.number(abs(value))
        if text == self.number(0.0):
            return text
        return f"+{text}" if value > 0 else f"−{text}"

    def ends(self, interval: Interval) -> tuple[str, str]:
        """The limits as they are printed: 71 and 80; with a decimal where they would look the same."""
        low, high = interval.low or 0.0, interval.high or 0.0
        digits = 0 if self.number(low, 0) != self.number(high, 0) else 1
        return self.number(low, digits), self.number(high, digits)

    def _part(self, number: int) -> str:
        return possessed(number) if self.lang == "tr" else str(number)

    def index(self, area: AreaScore) -> str:
        """The index with its interval, or why it has none."""
        if area.score is None:
            return self.tr("Nobody has scored a firm of this area.")
        score = self.number(area.score)
        if area.interval.low is None or area.interval.high is None:
            told = self.tr("Index {score}.", score=score)
            return " ".join(part for part in (told, self.no_interval(area)) if part)
        if area.interval.how == "census":
            return f"{self.tr('Index {score}.', score=score)} {self.census()}"
        low, high = self.ends(area.interval)
        return self.tr(
            "Index {score}. If all firms on the list of the area had been interviewed, the value is expected to lie between {low} and {high} (95% confidence).",  # noqa: E501
            score=score,
            low=low,
            high=high,
        )

    def no_interval(self, area: AreaScore) -> str:
        """Why an index has no interval."""
        match area.interval.reason:
            case "few":
                return self.tr("Only {n} firms: the answers are shown one by one, no interval is computed.", n=area.n)
            case "panel":
                return self.tr("The score of a panel is no sample: no interval is computed.")
            case "nobody":
                return self.tr("Nobody has scored a firm of this area.")
            case "":
                return ""
            case _:
                return self.tr("No interval was computed.")

    def census(self) -> str:
        """What a census leaves uncertain."""
        return self.tr(
            "All firms of the list were interviewed: there is no uncertainty from the choice of firms. That of the scoring remains."  # noqa: E501
        )

    def published(self, area: AreaScore) -> str:
        """How the published-style number comes about."""
        if area.published_index is None:
            return ""
        return self.tr(
            "Published form: {index}. Each indicator is rounded to 1, 2 or 3 and summed ({sum}/{max}). Unrounded index: {score}.",  # noqa: E501
            index=area.published_index,
            sum=area.published_sum,
            max=area.published_max,
            score=self.number(area.score),
        )

    def scored(self, area: AreaScore, indicators: int) -> str:
        """Which indicators the index rests on, '' where all were scored."""
        if area.scored in {0, indicators}:
            return ""
        return self.tr(
            "{part} of {all} indicators were scored; the index was computed with these {scored}.",
            part=self._part(area.scored),
            scored=area.scored,
            all=indicators,
        )

    def coverage(self, area: AreaScore) -> str:
        """The share of the list that the index rests on, '' where N is unknown."""
        whole = area.frame_n if area.eligible_n is None else area.eligible_n
        if area.route != FIRM_ROUTE or not whole:
            return ""
        eligible = N_("{part} of the {frame} eligible firms on the list ({share}).")
        everybody = N_("{part} of the {frame} firms on the list ({share}).")
        known = area.eligible_basis in {"entered", "estimated"}
        share = texts.percent(area.n / whole, self.lang)
        return self.tr(eligible if known else everybody, part=self._part(area.n), frame=whole, share=share)

    def employment(self, response: AreaResponse) -> str:
        """The share of the staff on the list that works for the firms that answered."""
        if response.employment_share is None:
            return ""
        share = texts.percent(response.employment_share, self.lang)
        if self.lang == "tr":
            share = f"%{possessed_object(int(share.removeprefix('%')))}"
        return self.tr("These firms employ {share} of the staff on the list.", share=share)

    def response(self, response: AreaResponse) -> str:
        """How many of the eligible firms that were reached agreed, and what the others could do to the index."""
        total = response.total
        reached = total.completed + total.partial + total.refused
        if response.response_rate is None or not reached:
            return ""
        told = self.tr(
            "Of the {reached} eligible firms that were reached, {part} agreed to the interview (response rate {rate}).",
            reached=reached,
            part=self._part(total.completed),
            rate=texts.percent(response.response_rate, self.lang),
        )
        if response.one_lower is None:
            return told
        lower = self.tr(
            "If those that did not answer were one level lower on every indicator, the index would be {index}.",
            index=self.number(response.one_lower),
        )
        return f"{told} {lower}"

    def _times(self, chances: Sequence[float]) -> str:
        """In so many of 100 each category, the most frequent first; what rounds to 0 is left out."""
        counts = of_hundred(chances)
        found = sorted(((count, -place) for place, count in enumerate(counts, start=1)), reverse=True)
        return ", ".join(
            self.tr(
                "{times} in category {number}",
                times=possessed_place(times) if self.lang == "tr" else times,
                number=-place,
            )
            for times, place in found
            if times
        )

    def chances(self, uncertainty: AreaUncertainty) -> str:
        """How often other choices of firms would give each category, and what that does not cover."""
        if not uncertainty.sampling:
            return ""
        told = self.tr(
            "If other firms had been chosen by the same method, of about 100 choices {parts} would have come out.",
            parts=self._times(uncertainty.sampling),
        )
        return f"{told} {self.only_sampling()}"

    def only_sampling(self) -> str:
        """What the probability from the choice of firms leaves out."""
        return self.tr(
            "This share shows only the uncertainty that comes from the choice of firms; it does not cover differences between raters and firms that refused the interview."  # noqa: E501
        )

    def joint(self, uncertainty: AreaUncertainty) -> str:
        """How often each category comes out when the choices of method are varied too."""
        if not uncertainty.joint:
            return ""
        return self.tr(
            "With weights, aggregation and missing data varied along with the choice of firms: of 100 results {parts}.",
            parts=self._times(uncertainty.joint),
        )

    def badge(self, area: AreaScore, uncertainty: AreaUncertainty | None) -> str:
        """What makes a category uncertain, '' where nothing does."""
        if area.rounding_decides:
            return self.tr("Rounding changes the category")
        if uncertainty is not None and uncertainty.sampling and max(uncertainty.sampling) < SURE:
            return self.tr("Close to a cut – the category is not certain")
        return ""

    def rank(self, band: RankBand | None) -> str:
        """The places an area can have."""
        if band is None:
            return ""
        if band.low == band.high:
            return self.tr("Its place is {place}.", place=band.low)
        return self.tr("Its place is between {low} and {high}; the data do not say more.", low=band.low, high=band.high)

    def hidden(self, mark: str) -> str:
        """Why a figure is not shown: `few` firms, or `secondary`."""
        if mark == "few":
            return self.tr("Confidentiality: fewer than 3 firms.")
        return self.tr("Confidentiality: not shown because it could be worked out from other cells.")

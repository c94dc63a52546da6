"""The sentences and short words of results, each figure with its base."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kume_desktop import texts, turkish
from kume_desktop.gui.figures.suffixes import of_percent, possessed
from kume_desktop.scoring.method import FIRM_ROUTE
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.limits import Interval
    from kume_desktop.scoring.method import Method, Words
    from kume_desktop.scoring.results import AreaScore, NeedScore, Results

NOTHING = "–"
FEWEST_SHOWN = 3
ON_THE_CUT = 1e-9
"""What rests on fewer firms than this is not shown."""


def said(words: Words) -> str:
    """A text of the method in the language in force."""
    return words.say(texts.language())


def area_name(area: AreaScore) -> str:
    """The name of an area in the language in force."""
    return area.name_en if texts.language() == "en" and area.name_en else area.name_tr


def capital(text: str) -> str:
    """The text with its first letter in upper case by the rules of the language in force."""
    return turkish.title(text) if texts.language() == "tr" else text[:1].upper() + text[1:]


def figure(value: float | None, digits: int) -> str:
    """A number, or a dash where there is none."""
    return NOTHING if value is None else texts.number(value, digits)


def is_suppressed(area: AreaScore) -> bool:
    """Whether the figures of an area rest on one or two firms; a panel's score is no firm's."""
    return area.route == FIRM_ROUTE and 0 < area.n < FEWEST_SHOWN


def too_few(need: NeedScore) -> bool:
    """Whether a cell rests on one or two firms."""
    return 0 < need.n < FEWEST_SHOWN


def suppression() -> str:
    """Why something is not shown."""
    return _(N_("Confidentiality: fewer than 3 firms."))


def whole(area: AreaScore) -> int | None:
    """N: the eligible firms of the list, the raw list where nobody knows which are; None where nobody entered it."""
    return area.frame_n if area.eligible_n is None else area.eligible_n


def secondary_suppression() -> str:
    """Why a figure is not shown that rests on enough firms."""
    return _(N_("Confidentiality: not shown because it could be worked out from other cells."))


def signed(value: float, digits: int = 1) -> str:
    """+1,6, −0,9, 0,0."""
    text = texts.number(abs(value), digits)
    if text == texts.number(0.0, digits):
        return text
    return f"+{text}" if value > 0 else f"−{text}"


def signed_span(interval: Interval) -> str:
    """−1,2 … +9,0: the interval of a difference; '' where there is none."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{signed(interval.low)} … {signed(interval.high)}"


def base(area: AreaScore) -> str:
    """24 / 64, 24 where N is not known, the word panel on the panel route."""
    if area.route != FIRM_ROUTE:
        return _(N_("panel"))
    return str(area.n) if whole(area) is None else f"{area.n} / {whole(area)}"


def ends(interval: Interval) -> tuple[str, str]:
    """The limits as they are printed: 71 and 80; with a decimal where they would look the same."""
    low, high = interval.low or 0.0, interval.high or 0.0
    digits = 0 if texts.number(low, 0) != texts.number(high, 0) else 1
    return texts.number(low, digits), texts.number(high, digits)


def span(interval: Interval) -> str:
    """71–80; '' where there is no interval."""
    return "" if interval.low is None or interval.high is None else "–".join(ends(interval))


def firms(area: AreaScore) -> str:
    """24 / 64 firma."""
    return tr(N_("{base} firms"), base=base(area)) if area.route == FIRM_ROUTE else _(N_("panel route"))


def all_firms(results: Results) -> str:
    """134 / 372 firma; N only where every area has one."""
    if results.route != FIRM_ROUTE:
        return tr(N_("{count} areas"), count=len(results.areas))
    frames = [whole(area) for area in results.areas]
    n = str(sum(area.n for area in results.areas))
    known = [frame for frame in frames if frame is not None]
    every = f"{n} / {sum(known)}" if len(known) == len(frames) else n
    return tr(N_("{base} firms"), base=every)


def route(results: Results) -> str:
    """firma yolu / panel yolu."""
    return _(N_("firm route")) if results.route == FIRM_ROUTE else _(N_("panel route"))


def method_name(method: Method) -> str:
    """İZKA-2010 (3 düzey), sürüm 1."""
    return tr(N_("{method}, version {version}"), method=said(method.name), version=method.version)


def moment(results: Results) -> datetime:
    """When the results were computed, in the local time."""
    return datetime.fromisoformat(results.computed_at).astimezone()


def computed(results: Results, *, short: bool = False) -> str:
    """hesaplandı 18 Aralık 2026 14:02."""
    at = moment(results)
    day = texts.short_date(at.date()) if short else texts.long_date(at.date())
    return tr(N_("computed {day} {time}"), day=day, time=texts.clock(at))


def category(method: Method, number: int | None) -> str:
    """The full name of a category: 2. Kategori – Gelişmekte olan yoğunlaşma."""
    if number is None:
        return NOTHING
    name = capital(said(method.category_text(number)))
    return tr(N_("Category {number} – {name} concentration"), number=number, name=name)


def short_category(number: int) -> str:
    """3. Kategori."""
    return tr(N_("Category {number}"), number=number)


def published(area: AreaScore) -> str:
    """yayın 83, in small beside the index."""
    return tr(N_("published {index}"), index=area.published_index)


def published_sum(area: AreaScore) -> str:
    """yayın 83 (25/30)."""
    return f"{published(area)} ({area.published_sum}/{area.published_max})"


def published_sentence(area: AreaScore) -> str:
    """How the published-style number comes about."""
    return tr(
        N_(
            "Published form: {index}. Each indicator is rounded to 1, 2 or 3 and summed ({sum}/{max}). "
            "Unrounded index: {score}."
        ),
        index=area.published_index,
        sum=area.published_sum,
        max=area.published_max,
        score=figure(area.score, 1),
    )


def few_indicators(area: AreaScore, all_of: int) -> str:
    """Which indicators the index rests on, '' where all were scored."""
    if area.scored in (0, all_of):
        return ""
    return tr(
        N_("{part} of {all} indicators were scored; the index was computed with these {scored}."),
        part=possessed(area.scored),
        scored=area.scored,
        all=all_of,
    )


def rounding_decides() -> str:
    """The two statistics of an area lie in different categories."""
    return _(N_("Rounding changes the category"))


def census(area: AreaScore) -> str:
    """What holds when every firm of the list was interviewed, '' otherwise."""
    return census_sentence() if area.route == FIRM_ROUTE and area.n and area.n == whole(area) else ""


def census_sentence() -> str:
    """What a census leaves uncertain."""
    return _(
        N_(
            "All firms of the list were interviewed: there is no uncertainty from the choice of firms. "
            "That of the scoring remains."
        )
    )


def coverage(area: AreaScore) -> str:
    """The share of the list that the index rests on, '' where N is unknown."""
    n = whole(area)
    if area.route != FIRM_ROUTE or not n or area.n == n:
        return ""
    eligible = N_("{part} of the {frame} eligible firms on the list ({share}).")
    every = N_("{part} of the {frame} firms on the list ({share}).")
    is_known = area.eligible_basis in ("entered", "estimated")
    share = texts.percent(area.n / n)
    return tr(eligible if is_known else every, part=possessed(area.n), frame=n, share=share)


def sentences(area: AreaScore, method: Method) -> tuple[str, ...]:
    """Everything that must be said about an index, in order."""
    told = (
        published_sentence(area),
        few_indicators(area, len(method.indicators)),
        census(area),
        coverage(area),
    )
    return tuple(one for one in told if one)


def published_side(area: AreaScore) -> str:
    """Into which category the published form falls, '' where it is that of the index."""
    if not area.rounding_decides or area.category is None or area.published_category is None:
        return ""
    pattern = N_("Published form {index} lies in category {published}, the index in category {category}. For this reason the category is not certain.")  # fmt: skip # noqa: E501
    return tr(pattern, index=area.published_index, published=area.published_category, category=area.category)


def cut_distance(area: AreaScore, method: Method) -> str:
    """en yakın kesme noktası 77,8 (uzaklık 1,7)."""
    if area.score is None or not method.cut_points:
        return ""
    score = area.score
    nearest = min(method.cut_points, key=lambda cut: abs(cut - score))
    return tr(
        N_("nearest cut {cut} (distance {distance})"),
        cut=texts.number(nearest, 1),
        distance=_distance(abs(nearest - score)),
    )


def _distance(points: float) -> str:
    """A distance in points; one that would round to none is said to be below a tenth."""
    return f"<{texts.number(0.1, 1)}" if ON_THE_CUT < points < 0.05 else texts.number(points, 1)


def inadequate(need: NeedScore) -> str:
    """%57 yetersiz."""
    if need.inadequate_share is None:
        return NOTHING
    return tr(N_("{share} inadequate"), share=texts.percent(need.inadequate_share))


def fine_span(interval: Interval) -> str:
    """2,14–2,68: the interval of a mean on 1 to 5; '' where there is none."""
    if interval.low is None or interval.high is None:
        return ""
    return f"{texts.number(interval.low, 2)}–{texts.number(interval.high, 2)}"


def sure_words() -> tuple[str, str]:
    """What a critical cell is called whose interval stays critical, and one whose interval does not."""
    return _(N_("certain")), _(N_("possible"))


def sure(need: NeedScore) -> str:
    """kesin / olası."""
    return sure_words()[0 if need.critical_sure else 1]


def need_sentence(need: NeedScore, method: Method) -> str:
    """Mean with its label, both shares, n and the answers that are no number."""
    if need.mean is None or need.band is None or need.inadequate_share is None or need.adequate_share is None:
        others = _others(need).removeprefix(", ")
        nobody = _(N_("Nobody has answered this cell."))
        return f"{nobody} ({others})" if others else nobody
    if too_few(need):
        return suppression()
    told = tr(
        N_(
            "Mean {mean} (“{label}”); {inadequate} of the firms said inadequate, {adequate} adequate (n = {n}{others})."
        ),
        mean=texts.number(need.mean, 1 if _band(round(need.mean, 1), method) == need.band else 2),
        label=said(method.needs.likert[need.band - 1].text),
        inadequate=of_percent(need.inadequate_share),
        adequate=of_percent(need.adequate_share),
        n=need.n,
        others=_others(need),
    )
    parts = (told, _interval_sentence(need), critical(need) if need.is_critical else "", order_changes(need))
    return " ".join(part for part in parts if part)


def _interval_sentence(need: NeedScore) -> str:
    span = fine_span(need.interval)
    if not span:
        return ""
    return tr(N_("Interval {span} ({confidence})."), span=span, confidence=texts.percent(need.interval.confidence))


def order_changes(need: NeedScore) -> str:
    """What is said of a cell whose place among the cells depends on the measure."""
    if not need.order_changes:
        return ""
    return _(N_("Its place among the cells changes with the measure (median, dominance or share of 4–5)."))


def critical(need: NeedScore) -> str:
    """Whether a critical cell stays critical over its whole interval."""
    return _(N_("Certainly a critical need.")) if need.critical_sure else _(N_("Possibly a critical need."))


def _band(mean: float, method: Method) -> int:
    """The band 1..5 of a mean as printed; where rounding moves it, the sentence prints one decimal more."""
    return 1 + sum(mean > limit for limit in method.needs.bands)


def _others(need: NeedScore) -> str:
    counts = (
        (need.not_applicable, N_("{n} not applicable")),
        (need.does_not_know, N_("{n} does not know")),
        (need.declined, N_("{n} declined")),
        (need.in_conflict, N_("{n} in conflict")),
    )
    return "".join(f", {tr(text, n=n)}" for n, text in counts if n)


def names(method: Method) -> tuple[dict[str, str], dict[str, str]]:
    """Function code -> name, resource code -> name."""
    functions = {one.code: said(one.text) for one in method.needs.functions}
    resources = {one.code: said(one.text) for one in method.needs.resources}
    return functions, resources


def places(method: Method) -> dict[str, str]:
    """The name of every indicator and of every need cell by its code."""
    functions, resources = names(method)
    cells = {cell.code: f"{functions[cell.function]}, {resources[cell.resource]}" for cell in method.needs.cells}
    return cells | {one.code: capital(said(one.text)) for one in method.indicators}

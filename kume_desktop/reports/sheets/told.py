"""What is said of an area in sentences: the executive page and the page of the area say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kume_desktop import texts
from kume_desktop.reports.content import DecisionRow
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.job import Job
from kume_desktop.scoring.analysis import AreaResponse, AreaUncertainty, NextStep, Suggestion, WaveChange
from kume_desktop.scoring.results import AreaScore, NeedScore

MOST_CELLS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences about one area; everything is in the language of the workbook and fit for its edition."""

    job: Job
    area: AreaScore

    @property
    def _uncertainty(self) -> AreaUncertainty | None:
        return None if self.job.analysis is None else self.job.analysis.uncertainty_of(self.area.code)

    @property
    def _response(self) -> AreaResponse | None:
        return None if self.job.analysis is None else self.job.analysis.response_of(self.area.code)

    def index(self) -> list[str]:
        """The index with its interval, the published form, what it rests on."""
        said = self.job.sentences
        found = (
            said.index(self.area),
            said.published(self.area),
            said.scored(self.area, len(self.job.method.indicators)),
            said.coverage(self.area),
        )
        return [one for one in found if one]

    def category(self) -> list[str]:
        """The category, how probable it is, and what makes it uncertain."""
        said, found = self.job.sentences, [self.job.category(self.area.category) or ""]
        uncertainty = self._uncertainty
        found.append(said.badge(self.area, uncertainty))
        if self.area.rounding_decides:
            name = self.job.category(self.area.published_category) or ""
            found.append(self.job.tr("Published category: {category}.", category=name))
        if uncertainty is not None:
            found += [said.chances(uncertainty), said.joint(uncertainty), self._rank(uncertainty)]
        return [one for one in found if one]

    def _rank(self, uncertainty: AreaUncertainty) -> str:
        return self.job.sentences.rank(uncertainty.by_sampling)

    def decision(self) -> list[str]:
        """The committee's category, never instead of the computed one."""
        found = next((d for d in self.job.content.decisions if d.area == self.area.code and d.in_force), None)
        if found is None:
            return [self.job.tr("The committee has decided nothing on this area.")]
        return decision_lines(self.job, found)

    def change(self) -> list[str]:
        """The change since the earlier wave with its interval, and what was otherwise then; nothing without one."""
        analysis = self.job.analysis
        own = () if analysis is None else (one for one in analysis.changes if one.area == self.area.code)
        return [line for one in own for line in change_lines(self.job, one)]

    def response(self) -> list[str]:
        """Who answered, the weighted index beside the unweighted one."""
        response = self._response
        if response is None or self.job.response_mark(response):
            return []
        said = self.job.sentences
        found = [said.response(response), "" if self.job.hides_employment(response) else said.employment(response)]
        weighted = response.weighted
        if weighted.score is not None and self.area.score is not None:
            found.append(
                self.job.tr(
                    "Weighted for non-response: {weighted}; unweighted: {score}. Design effect {deff}, effective number of firms {n}.",  # noqa: E501
                    weighted=said.number(weighted.score),
                    score=said.number(self.area.score),
                    deff=said.number(weighted.deff, 2),
                    n=said.number(weighted.n_eff, 0),
                )
            )
        elif weighted.reason:
            reason = self.job.word(wording.REASONS, weighted.reason)
            found.append(self.job.tr("Not weighted for non-response: {reason}.", reason=reason))
        return [one for one in found if one]

    def weakest(self) -> list[str]:
        """The worst need cells, each with its base."""
        cells = [need for need in self.job.content.results.needs if need.area == self.area.code]
        shown = [need for need in cells if need.rank and not self.job.hidden.need(need.area, need.cell)]
        return [need_line(self.job, need) for need in sorted(shown, key=lambda need: need.rank or 0)[:MOST_CELLS]]

    def policies(self) -> list[str]:
        """The policy texts of the category."""
        return (
            []
            if self.area.category is None
            else [self.job.say(p) for p in self.job.method.policies(self.area.category)]
        )

    def ideas(self) -> list[str]:
        """Ideas for the weakest cells and indicators, marked as ours where they are."""
        found = () if self.job.analysis is None else self.job.analysis.suggestions
        return [idea_line(self.job, one) for one in found if one.area == self.area.code and not self._hides(one.what)]

    def _hides(self, what: str) -> bool:
        hidden, code = self.job.hidden, self.area.code
        return bool(hidden.indicator(code, what) or hidden.need(code, what))

    def next_step(self) -> list[str]:
        """The nearest steps to a higher published level."""
        steps = () if self.job.analysis is None else self.job.analysis.next_steps
        own = [step for step in steps if step.area == self.area.code and not self._hides(step.indicator)]
        return [step_line(self.job, step) for step in own[:MOST_CELLS]]


def change_lines(job: Job, change: WaveChange) -> list[str]:
    """How far the index moved, how sure that is, and why the waves may not be comparable."""
    said, mark = job.sentences, few_then(job, change)
    if mark:
        return [said.hidden(mark)]
    moved = job.tr(
        "{earlier}: {before}, now {after}; change {change} points.",
        earlier=change.earlier,
        before=said.number(change.before),
        after=said.number(change.after),
        change=said.signed(change.change),
    )
    otherwise = unlike(job, change)
    told = f"{job.tr('What was otherwise then')}: {otherwise}." if otherwise else ""
    return [line for line in (moved, _sure(job, change), told) if line]


def _sure(job: Job, change: WaveChange) -> str:
    """The interval of the change and whether it holds 0, or why there is none."""
    said, limits = job.sentences, change.interval
    if limits.low is None or limits.high is None:
        return f"{job.tr('Why no interval')}: {job.word(wording.REASONS, limits.reason)}."
    span = f"{said.signed(limits.low)} … {said.signed(limits.high)}"
    told = job.tr("Interval of the change: {span} points.", span=span)
    if limits.how == "census":
        return told
    if limits.low <= 0 <= limits.high:
        return f"{told} {job.tr('The choice of firms alone can explain this change.')}"
    return f"{told} {job.tr('The choice of firms alone cannot explain this change.')}"


def few_then(job: Job, change: WaveChange) -> str:
    """The mark of a change whose earlier wave rests on fewer than three firms."""
    return job.few(change.paired + change.only_before)


def unlike(job: Job, change: WaveChange) -> str:
    """What was otherwise in the earlier wave, so that the change may not be one of the area; '' where nothing was."""
    told = [job.word(wording.UNLIKE, code) for code in change.unlike if code != "other-indicators"]
    for codes, words in ((change.only_then, job.tr("scored then only")), (change.only_now, job.tr("scored now only"))):
        told += [f"{words}: {', '.join(codes)}"] if codes else []
    return "; ".join(told)


def decision_lines(job: Job, decision: DecisionRow) -> list[str]:
    """A decision with day, votes and reason; who took part is said in the audit edition alone."""
    found = [
        job.tr(
            "Committee decision: {category} ({day}).",
            category=job.category(decision.category) or "",
            day=texts.long_date(decision.day, job.lang),
        )
    ]
    members = "" if job.is_public else ", ".join(decision.members)
    parts = (
        (job.tr("Members"), members),
        (job.tr("Votes"), decision.votes),
        (job.tr("Reason"), decision.reason),
        (job.tr("Minutes"), "" if job.is_public else decision.minutes),
    )
    return found + [f"{name}: {told}" for name, told in parts if told]


def need_line(job: Job, need: NeedScore) -> str:
    """A need cell by name, with its mean, shares and n."""
    rules = job.method.needs
    function = next(job.say(one.text) for one in rules.functions if one.code == need.function)
    resource = next(job.say(one.text) for one in rules.resources if one.code == need.resource)
    label = "" if need.band is None else job.say(rules.likert[need.band - 1].text)
    critical = ""
    if need.is_critical:
        critical = job.tr("Certainly a critical need.") if need.critical_sure else job.tr("Possibly a critical need.")
    told = job.tr(
        "{function} – {resource}: mean {mean} (“{label}”), {inadequate} inadequate, {adequate} adequate (n = {n}).",
        function=function,
        resource=resource,
        mean=job.sentences.number(need.mean, 2),
        label=label,
        inadequate=texts.percent(need.inadequate_share or 0.0, job.lang),
        adequate=texts.percent(need.adequate_share or 0.0, job.lang),
        n=need.n,
    )
    return f"{told} {critical}".strip()


def idea_line(job: Job, idea: Suggestion) -> str:
    """An idea with what it is for and whose it is."""
    text = (idea.text_en or idea.text_tr) if job.lang == "en" else (idea.text_tr or idea.text_en)
    return f"{what_name(job, idea.what)}: {text} ({origin_word(job, idea.origin)})"


def origin_word(job: Job, origin: str) -> str:
    """Whose rule or text something is; our own are marked as ours."""
    return job.tr("our proposal") if origin == "Own" else job.word(wording.ORIGINS, origin)


def what_name(job: Job, code: str) -> str:
    """The name of an indicator or of a need cell."""
    if code in job.indicator_names:
        return job.indicator_names[code]
    rules = job.method.needs
    cell = next((one for one in rules.cells if one.code == code), None)
    if cell is None:
        return code
    names = {one.code: job.say(one.text) for one in (*rules.functions, *rules.resources)}
    return f"{names[cell.function]} – {names[cell.resource]}"


def step_line(job: Job, step: NextStep) -> str:
    """What one indicator lacks to its next published level, and what that would change."""
    return job.tr(
        "{indicator}: the mean lacks {missing}; at least {firms} firms one level higher. Then index {score} ({category}), published form {published} ({published_category}).",  # noqa: E501
        indicator=job.indicator_names[step.indicator],
        missing=job.sentences.number(step.missing, 2),
        firms=step.firms,
        score=job.sentences.number(step.score),
        category=job.category(step.category) or "",
        published=step.published_index,
        published_category=job.category(step.published_category) or "",
    )


def joined(lines: Sequence[str]) -> str:
    """Lines with a mark in front, where there are several."""
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else "".join(lines)

"""The sheet with the rules: every formula of the workbook looks here, and a stranger can recompute from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from kume_desktop.problems import N_
from kume_desktop.reports.redaction import FEWEST
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Live
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.reports.writing.table import TableFacts
from kume_desktop.scoring.breakdowns.own_rules import PART, PROGRAMS, WIDTH

KEY, VALUE, WORDS, ORIGIN, CODE = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class MethodPlace:
    """Where the rules stand, as absolute references."""

    scale_min: str
    scale_max: str
    collapse: str
    weights: Mapping[str, str]
    heading_weights: Mapping[str, str]
    cut_points: tuple[str, ...]
    min_scored: str
    categories: str
    policies: str
    need_below: str
    critical_mean: str
    critical_share: str
    bands: tuple[str, ...]
    labels: str


class _Rules:
    """The rows of the sheet, written one after the other; `code` names a rule in every language."""

    def __init__(self, job: Job, sheet: Sheet) -> None:
        self.job = job
        self.sheet = sheet
        self.next = HEAD_ROW + 1

    def section(self, title: str) -> None:
        """Begin a section, one row below the last."""
        self.next += 1
        for col in range(CODE + 1):
            self.sheet.text(self.next, col, title if col == 0 else "", "section")
        self.next += 1

    def rule(
        self, name: str, value: Content, key: Content = None, words: str = "", kind: str = "", code: str = ""
    ) -> str:
        """Write a rule; returns the reference of its value."""
        row = self.next
        origin = self.job.method.origins.get(kind, kind if kind in wording.ORIGINS else "")
        self.sheet.text(row, 0, name, "name-plain")
        self.sheet.put(row, KEY, key, "centre")
        self.sheet.put(row, VALUE, value, _look(value))
        self.sheet.text(row, WORDS, words, "wrap")
        self.sheet.text(row, ORIGIN, origin, "centre")
        self.sheet.text(row, CODE, code, "machine")
        self.sheet.grow(row, (words, 76), (name, 40))
        self.next += 1
        return self.sheet.ref(row, VALUE)

    def span(self, rows: int, first: int, last: int) -> str:
        """The last `rows` rows as a range from column `first` to column `last`."""
        top = self.sheet.ref(self.next - max(rows, 1), first)
        bottom = self.sheet.ref(self.next - 1, last).rpartition("!")[2]
        return f"{top}:{bottom}"


def _look(value: Content) -> str:
    """The look of a value: tinted where formulas use it, with decimals where it has some."""
    if value is None:
        return "text"
    number = value.value if isinstance(value, Live) else value
    return "rule-fine" if isinstance(number, float) and not number.is_integer() else "rule"


def write_method(job: Job, sheet: Sheet) -> MethodPlace:
    """Write the sheet; returns where its rules stand."""
    note = job.tr("Every formula of this workbook takes its rules from the tinted cells of this sheet.")
    if job.is_public:
        note = job.tr("The rules that the figures of this workbook were computed with.")
    job.begin(sheet, job.tr("Method"), (40, 14, 16, 76, 12, 22), note)
    heads = (job.tr("Rule"), job.tr("Key"), job.tr("Value"), job.tr("Text"), job.tr("Origin"), job.tr("Code"))
    job.heads(sheet, heads, ("text", "centre", "rule", "wrap", "centre", "text"))
    sheet.raw.freeze_panes(HEAD_ROW + 1, 0)
    sheet.raw.repeat_rows(HEAD_ROW)
    rules = _Rules(job, sheet)
    _identity(rules)
    low, high, lowest = _scale(rules)
    collapse = _collapse(rules)
    weights = _weights(rules)
    headings = _heading_weights(rules)
    cuts = _cuts(rules, lowest)
    min_scored = _missing(rules)
    categories, policies = _categories(rules)
    limits, bands, labels = _needs(rules)
    _evidence(rules)
    _groups(rules)
    _run(rules)
    _in_words(rules)
    _origins(rules)
    keys = ("name", "key", "value", "words", "origin", "code")
    job.register(TableFacts("method", sheet, HEAD_ROW + 1, rules.next - 1, keys, heads))
    return MethodPlace(
        low, high, collapse, weights, headings, cuts, min_scored, categories, policies, *limits, bands, labels
    )


def _identity(rules: _Rules) -> None:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Method version"))
    rules.rule(job.tr("Preset"), None, method.preset, job.say(method.name), kind="preset", code="preset")
    rules.rule(job.tr("Version"), None, method.version, code="version")
    rules.rule(job.tr("Hash of the method"), None, None, method.hash, code="hash")
    order = " → ".join(job.source(source) for source in method.level_source)
    rules.rule(job.tr("Which level counts first"), None, None, order, "level_source", "level_source")


def _scale(rules: _Rules) -> tuple[str, str, str]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Scale and order"))
    low = rules.rule(job.tr("Lowest level"), method.scale_min, kind="scale", code="scale.min")
    high = rules.rule(job.tr("Highest level"), method.scale_max, kind="scale", code="scale.max")
    lowest = rules.rule(job.tr("Lowest attainable index"), Live(f"100*{low}/{high}", method.lowest), code="lowest")
    order = job.tr("Collapse each firm, mean over the firms, round half up, sum: 100 × sum / highest sum.")
    rules.rule(job.tr("Order, fixed"), None, None, order, code="order")
    words = job.word(wording.RULES, method.aggregation)
    rules.rule(job.tr("Aggregation"), None, method.aggregation, words, "aggregation", "aggregation")
    rounding = f"ROUND(ROUND(x,{method.decimals}),0)"
    rules.rule(job.tr("Rounding"), method.decimals, None, rounding, "rounding", "decimals")
    return low, high, lowest


def _collapse(rules: _Rules) -> str:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Level of a firm on the scale of the preset"))
    for level, value in sorted(method.collapse.items()):
        rules.rule(job.tr("Level {level}", level=level), value, level, kind="collapse", code=f"collapse.{level}")
    return rules.span(len(method.collapse), KEY, VALUE)


def _weights(rules: _Rules) -> dict[str, str]:
    """The weights as the formulas use them, then what they come to: the share of each indicator (sum 1)."""
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Weights"))
    source = job.word(wording.RULES, method.weight_source)
    rules.rule(job.tr("Where the weights come from"), None, method.weight_source, source, "weight", "weight_source")
    weights = {
        indicator.code: rules.rule(
            job.say(indicator.text), method.weights[indicator.code], indicator.code, kind="weight",
            code=f"weight.{indicator.code}",
        )
        for indicator in method.indicators
    }  # fmt: skip
    for place, basis in method.weight_basis.items():
        told = json.dumps(basis, ensure_ascii=False, sort_keys=True)
        rules.rule(job.tr("Basis of the weights"), None, place, told, code=f"basis.{place}")
    rules.section(job.tr("Effective weights, where all indicators are scored"))
    for code, share in method.effective_weights.items():
        rules.rule(job.indicator_names[code], share, code, code=f"effective.{code}")
    return weights


def _heading_weights(rules: _Rules) -> dict[str, str]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Headings"))
    if not method.heading_weights:
        words = job.tr("Headings are not averaged: every indicator stands beside every other.")
        rules.rule(job.tr("Weights of headings"), None, None, words, "heading", "heading_weights")
    found: dict[str, str] = {}
    for heading in method.headings:
        weight = method.heading_weights.get(heading.code)
        members = ", ".join(heading.indicators)
        place = rules.rule(job.say(heading.text), weight, heading.code, members, "heading", f"heading.{heading.code}")
        if weight is not None:
            found[heading.code] = place
    return found


def _cuts(rules: _Rules, lowest: str) -> tuple[str, ...]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Cuts and missing indicators"))
    fractions = [
        rules.rule(
            job.tr("Cut {number}, share of the attainable range", number=number), cut, number, kind="cut",
            code=f"cut.{number}",
        )
        for number, cut in enumerate(method.cuts, start=1)
    ]  # fmt: skip
    return tuple(
        rules.rule(
            job.tr("Cut {number}, on the scale of the index", number=number),
            Live(f"{lowest}+{fraction}*(100-{lowest})", point),
            number,
            code=f"cut_point.{number}",
        )
        for number, (fraction, point) in enumerate(zip(fractions, method.cut_points, strict=True), start=1)
    )


def _missing(rules: _Rules) -> str:
    job, method = rules.job, rules.job.method
    name = job.tr("Fewest indicators without a mark")
    least = rules.rule(name, method.min_scored, kind="missing", code="min_scored")
    words = job.word(wording.RULES, method.missing_rule)
    rules.rule(job.tr("An indicator that nobody scored"), None, method.missing_rule, words, "missing", "missing_rule")
    return least


def _categories(rules: _Rules) -> tuple[str, str]:
    job = rules.job
    numbers = [int(category.code) for category in job.method.categories]
    rules.section(job.tr("Categories"))
    for number in numbers:
        name = job.tr("Category {number}", number=number)
        rules.rule(name, None, number, job.category(number) or "", "category", f"category.{number}")
    categories = rules.span(len(numbers), WORDS, WORDS)
    rules.section(job.tr("Policy texts"))
    for number in numbers:
        text = job.policies(number) or ""
        name = job.tr("Category {number}", number=number)
        rules.rule(name, None, number, text, f"policy:{number}", f"policy.{number}")
    return categories, rules.span(len(numbers), WORDS, WORDS)


def _needs(rules: _Rules) -> tuple[tuple[str, str, str], tuple[str, ...], str]:
    job, needs = rules.job, rules.job.method.needs
    rules.section(job.tr("Needs matrix"))
    limits = (
        rules.rule(job.tr("Need: mean below"), needs.need_below, kind="need", code="need.below"),
        rules.rule(job.tr("Critical: mean at most"), needs.critical_mean, kind="need", code="need.critical_mean"),
        rules.rule(
            job.tr("Critical: share inadequate at least"), needs.critical_share, kind="need", code="need.critical_share"
        ),
    )
    bands = tuple(
        rules.rule(
            job.tr("Upper limit of band {number}", number=number), limit, number, kind="need", code=f"band.{number}"
        )
        for number, limit in enumerate(needs.bands, start=1)
    )
    for label in needs.likert:
        name = job.tr("Label of the scale")
        rules.rule(name, None, label.code, job.say(label.text), "likert", f"likert.{label.code}")
    return limits, bands, rules.span(len(needs.likert), WORDS, WORDS)


def _evidence(rules: _Rules) -> None:
    """The codes of the rating record: what a level can rest on."""
    job = rules.job
    if job.method.evidence:
        rules.section(job.tr("What a level can rest on"))
        for kind in job.method.evidence:
            name = job.tr("Kind of evidence")
            rules.rule(name, None, kind.code, job.say(kind.text), "evidence", f"evidence.{kind.code}")


def _groups(rules: _Rules) -> None:
    """What is not shown of small groups; the limits are ours and the same for every method."""
    job = rules.job
    rules.section(job.tr("Groups that are not shown"))
    rules.rule(job.tr("Fewest firms of a group that is shown"), FEWEST, code="groups.fewest")
    for name, value, words, code in (
        (N_("Least open share of the scale"), WIDTH, N_("What one firm of a hidden group said must stay open over at least this share of the scale, what a larger group said over as much as for two firms, for somebody who knows in which groups every firm stands."), "groups.width"),  # noqa: E501
        (N_("Least open part"), PART, N_("Where answers lie too near together for that: over this part of what would be open if no group was shown."), "groups.part"),  # noqa: E501
        (N_("Most attempts at a proof"), PROGRAMS, N_("Linear programs for one figure of one area. What they have not proven open counts as closed, and more is hidden."), "groups.programs"),  # noqa: E501
    ):  # fmt: skip
        rules.rule(job.tr(name), value, words=job.tr(words), kind="Ours", code=code)


def _run(rules: _Rules) -> None:
    """How the replicates were made: enough to make them again."""
    job = rules.job
    rules.section(job.tr("Replicates"))
    if job.analysis is None:
        rules.rule(job.tr("Replicates"), None, None, job.tr("the results hold no analysis; compute them again"))
        return
    run = job.analysis.run
    rules.rule(job.tr("Seed"), run.seed, code="run.seed")
    rules.rule(job.tr("Number of replicates"), run.replicates, code="run.replicates")
    name = job.tr("Replicates of the coefficients")
    rules.rule(name, run.coefficient_replicates, code="run.coefficient_replicates")
    rules.rule(job.tr("Confidence"), run.confidence, code="run.confidence")
    rules.rule(job.tr("Weight of each constant profile of the pseudo-firm"), run.pseudo_firm, code="run.pseudo_firm")
    rules.rule(job.tr("Weights varied"), None, None, job.word(wording.RULES, run.weights), code="run.weights")
    for name, code, choices in (
        (job.tr("Aggregation varied"), "run.aggregations", run.aggregations),
        (job.tr("Missing data varied"), "run.imputations", run.imputations),
    ):
        rules.rule(name, None, None, ", ".join(job.word(wording.RULES, choice) for choice in choices), code=code)
    rules.rule(job.tr("Version of the computation"), None, job.content.results.engine_version, code="engine")


_IN_WORDS = (
    (N_("Interval of an index"), N_("Logit-t on the attainable range: the standard error by linearisation, with the finite-population correction sqrt(1 - n/N) of the eligible firms N; from 10 firms on. Where all levels are equal: Dirichlet(counts + 1/5), scaled by sqrt(1 - n/N). n = N: width 0.")),  # noqa: E501
    (N_("Probability of a category"), N_("Share of the replicates whose index lies in the category. A replicate weighs the firms at random (Bayesian bootstrap, exponential weights) together with one pseudo-firm of five constant profiles, each with a Gamma weight; without sampling variation where n = N.")),  # noqa: E501
    (N_("Joint run"), N_("The same, with the weights, the aggregation and the treatment of missing levels drawn at random for each replicate.")),  # noqa: E501
    (N_("Rank bands"), N_("By method: 5-95 % of the replicates that vary the method alone. By the choice of firms: confidence sets from pairwise differences (Mogstad, Romano, Shaikh and Wilhelm 2023). Both: the two together.")),  # noqa: E501
    (N_("Contribution of an indicator"), N_("100 × weight × mean / (highest level × sum of the weights that count); the contributions of an area add up to its index.")),  # noqa: E501
    (N_("Response rate"), N_("Completed / (completed + partial + refused + not reached + pending); closed, strange and double entries stand outside (AAPOR RR1).")),  # noqa: E501
    (N_("If one level lower or higher"), N_("Every eligible firm without a level stands one level beside those that have one on every indicator, within 1-5: n/N × mean + (1 - n/N) × moved mean.")),  # noqa: E501
)  # fmt: skip
"""Formulas that are no spreadsheet formula, in words."""


def _in_words(rules: _Rules) -> None:
    job = rules.job
    rules.section(job.tr("In words"))
    for name, words in _IN_WORDS:
        rules.rule(job.tr(name), None, None, job.tr(words))


def _origins(rules: _Rules) -> None:
    job = rules.job
    rules.section(job.tr("Origin of a rule"))
    for code, meaning in wording.ORIGINS.items():
        rules.rule(code, None, None, job.tr(meaning))

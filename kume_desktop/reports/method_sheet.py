"""The sheet with the rules: every formula of the workbook looks here for scale, weights, cuts and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kume_desktop.reports.job import HEAD_ROW, Job
from kume_desktop.reports.sheet import Content, Live, Sheet

KEY, VALUE, WORDS, ORIGIN = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class MethodPlace:
    """Where the rules stand, as absolute references."""

    scale_max: str
    collapse: str
    weights: Mapping[str, str]
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
    """The rows of the sheet, written one after the other."""

    def __init__(self, job: Job, sheet: Sheet) -> None:
        self.job = job
        self.sheet = sheet
        self.next = HEAD_ROW + 1

    def section(self, title: str) -> None:
        """Begin a section, one row below the last."""
        self.next += 1
        for col in range(ORIGIN + 1):
            self.sheet.text(self.next, col, title if col == 0 else "", "section")
        self.next += 1

    def rule(self, name: str, value: Content, key: Content = None, words: str = "", kind: str = "") -> str:
        """Write a rule; returns the reference of its value."""
        row = self.next
        origin = self.job.method.origins.get(kind, "")
        self.sheet.text(row, 0, name, "text")
        self.sheet.put(row, KEY, key, "centre")
        self.sheet.put(row, VALUE, value, _look(value))
        self.sheet.text(row, WORDS, words, "wrap")
        self.sheet.text(row, ORIGIN, origin, "centre")
        self.sheet.grow(row, (words, 76))
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
    job.begin(
        sheet,
        job.tr("Method"),
        (40, 14, 16, 76, 12),
        job.tr("Every formula of this workbook takes its rules from the tinted cells of this sheet."),
    )
    names = (job.tr("Rule"), job.tr("Key"), job.tr("Value"), job.tr("Text"), job.tr("Origin"))
    job.heads(sheet, names, ("text", "centre", "rule", "wrap", "centre"))
    sheet.raw.freeze_panes(HEAD_ROW + 1, 0)
    sheet.raw.repeat_rows(HEAD_ROW)
    rules = _Rules(job, sheet)
    _identity(rules)
    lowest, highest = _scale(rules)
    collapse = _collapse(rules)
    weights = _weights(rules)
    cuts = _cuts(rules, lowest)
    min_scored = rules.rule(job.tr("Fewest indicators without a mark"), job.method.min_scored, kind="missing")
    categories, policies = _categories(rules)
    limits, bands, labels = _needs(rules)
    _origins(rules)
    return MethodPlace(highest, collapse, weights, cuts, min_scored, categories, policies, *limits, bands, labels)


def _identity(rules: _Rules) -> None:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Method version"))
    rules.rule(job.tr("Preset"), None, method.preset, job.say(method.name), kind="preset")
    rules.rule(job.tr("Version"), None, method.version)
    rules.rule(job.tr("Hash of the method"), None, None, method.hash)
    order = " → ".join(job.source(source) for source in method.level_source)
    rules.rule(job.tr("Which level counts first"), None, None, order, kind="level_source")


def _scale(rules: _Rules) -> tuple[str, str]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Scale and order"))
    low = rules.rule(job.tr("Lowest level"), method.scale_min, kind="scale")
    high = rules.rule(job.tr("Highest level"), method.scale_max, kind="scale")
    lowest = rules.rule(job.tr("Lowest attainable index"), Live(f"100*{low}/{high}", method.lowest))
    order = job.tr("Collapse each firm, mean over the firms, round half up, sum: 100 × sum / highest sum.")
    rules.rule(job.tr("Order, fixed"), None, None, order)
    rounding = f"ROUND(ROUND(x,{method.decimals}),0)"
    rules.rule(job.tr("Rounding"), None, None, rounding, kind="rounding")
    return lowest, high


def _collapse(rules: _Rules) -> str:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Level of a firm on the scale of the preset"))
    for level, value in sorted(method.collapse.items()):
        rules.rule(job.tr("Level {level}", level=level), value, level, kind="collapse")
    return rules.span(len(method.collapse), KEY, VALUE)


def _weights(rules: _Rules) -> dict[str, str]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Weights"))
    return {
        indicator.code: rules.rule(
            job.say(indicator.text), method.weights[indicator.code], indicator.code, kind="weight"
        )
        for indicator in method.indicators
    }


def _cuts(rules: _Rules, lowest: str) -> tuple[str, ...]:
    job, method = rules.job, rules.job.method
    rules.section(job.tr("Cuts and missing indicators"))
    fractions = [
        rules.rule(job.tr("Cut {number}, share of the attainable range", number=number), cut, number, kind="cut")
        for number, cut in enumerate(method.cuts, start=1)
    ]
    return tuple(
        rules.rule(
            job.tr("Cut {number}, on the scale of the index", number=number),
            Live(f"{lowest}+{fraction}*(100-{lowest})", point),
            number,
        )
        for number, (fraction, point) in enumerate(zip(fractions, method.cut_points, strict=True), start=1)
    )


def _categories(rules: _Rules) -> tuple[str, str]:
    job = rules.job
    numbers = [int(category.code) for category in job.method.categories]
    rules.section(job.tr("Categories"))
    for number in numbers:
        rules.rule(job.tr("Category {number}", number=number), None, number, job.category(number) or "", "category")
    categories = rules.span(len(numbers), WORDS, WORDS)
    rules.section(job.tr("Policy texts"))
    for number in numbers:
        text = job.policies(number) or ""
        rules.rule(job.tr("Category {number}", number=number), None, number, text, f"policy:{number}")
    return categories, rules.span(len(numbers), WORDS, WORDS)


def _needs(rules: _Rules) -> tuple[tuple[str, str, str], tuple[str, ...], str]:
    job, needs = rules.job, rules.job.method.needs
    rules.section(job.tr("Needs matrix"))
    limits = (
        rules.rule(job.tr("Need: mean below"), needs.need_below, kind="need"),
        rules.rule(job.tr("Critical: mean at most"), needs.critical_mean, kind="need"),
        rules.rule(job.tr("Critical: share inadequate at least"), needs.critical_share, kind="need"),
    )
    bands = tuple(
        rules.rule(job.tr("Upper limit of band {number}", number=number), limit, number, kind="need")
        for number, limit in enumerate(needs.bands, start=1)
    )
    for label in needs.likert:
        rules.rule(job.tr("Label of the scale"), None, label.code, job.say(label.text), "likert")
    return limits, bands, rules.span(len(needs.likert), WORDS, WORDS)


def _origins(rules: _Rules) -> None:
    job = rules.job
    rules.section(job.tr("Origin of a rule"))
    meanings: Sequence[tuple[str, str]] = (
        ("S", job.tr("fixed by the source")),
        ("I", job.tr("inferred from the source")),
        ("Own", job.tr("own proposal, can be edited")),
    )
    for code, meaning in meanings:
        rules.rule(code, None, None, meaning)

"""The level that the rubric's rule suggests for each indicator, and the answers it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kume_desktop.instruments.model import Indicator, Kind
from kume_desktop.interview.display import display
from kume_desktop.interview.form import Form, Rule
from kume_desktop.interview.labels import bare
from kume_desktop.interview.page_rows import Sheet
from kume_desktop.interview.state import Interview
from kume_desktop.interview.view import ground_of
from kume_desktop.xpath.compiler import compile_expression


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer behind an indicator."""

    path: str
    number: str
    label: str
    value: str
    display: str


def suggest(interview: Interview) -> Mapping[str, int | None]:
    """Indicator code -> level 1..5, None where the facts do not suffice."""
    ground = ground_of(interview).at(interview.tree.root)
    found: dict[str, int | None] = {}
    for indicator in interview.form.instrument.indicators:
        if indicator.suggest:
            text = compile_expression(indicator.suggest).text(ground)
            found[indicator.code] = int(text) if text.isdigit() and _is_level(indicator, int(text)) else None
    return found


def _is_level(indicator: Indicator, level: int) -> bool:
    return any(anchor.level == level for anchor in indicator.anchors) or not indicator.anchors


def facts(interview: Interview, indicator: str) -> tuple[Fact, ...]:
    """The relevant answered questions that the indicator's rule refers to, directly or through calculates, in order."""
    form = interview.form
    rule = next((each.suggest for each in form.instrument.indicators if each.code == indicator), "")
    if not rule:
        return ()
    paths = questions_behind(form, compile_expression(rule).references(form.root.path).paths)
    sheet = Sheet(interview)
    found = []
    for path in (path for path in form.outline.numbers if path in paths):
        for spot in interview.tree.all(form.items[path]):
            value = interview.value(spot.path)
            if value:
                label = bare(sheet.text(spot, spot.item.node.label))
                shown = display(sheet.at(spot), spot, value)
                found.append(Fact(spot.path, form.outline.numbers[path], label, value, shown))
    return tuple(found)


def questions_behind(form: Form, paths: frozenset[str]) -> set[str]:
    """The asked questions among these paths and behind the calculates among them."""
    seen: set[str] = set()
    waiting = list(paths)
    while waiting:
        path = waiting.pop()
        item = form.items.get(path)
        if item is None or path in seen:
            continue
        seen.add(path)
        vertex = item.rules.get(Rule.CALCULATE)
        waiting.extend(vertex.references.paths if vertex is not None else ())
    return {path for path in seen if form.items[path].node.is_asked and form.items[path].node.kind is not Kind.NOTE}

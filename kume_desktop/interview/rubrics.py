"""The indicators that an answer counts for, as the interviewer may see them: anchors and evidence, never a level."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kume_desktop.instruments.model import Indicator
from kume_desktop.interview.form import Form
from kume_desktop.interview.page_model import RubricView
from kume_desktop.interview.state import Interview
from kume_desktop.interview.suggestion import questions_behind
from kume_desktop.xpath.compiler import compile_expression

_FORMS_KEPT = 4


def rubrics(interview: Interview, path: str) -> tuple[RubricView, ...]:
    """The indicators whose rule looks at the question at `path`, directly or through calculates, in their order."""
    spot = interview.tree.spots.get(path)
    if spot is None:
        return ()
    language, default = interview.language, interview.form.instrument.default_language
    return tuple(_view(each, language, default) for each in _fed(interview.form).get(spot.item.path, ()))


@lru_cache(maxsize=_FORMS_KEPT)
def _fed(form: Form) -> Mapping[str, tuple[Indicator, ...]]:
    """Generic path of each question -> the indicators it feeds; the same for all interviews on a form."""
    found: dict[str, tuple[Indicator, ...]] = {}
    for indicator in form.instrument.indicators:
        if indicator.suggest:
            for path in questions_behind(form, compile_expression(indicator.suggest).references(form.root.path).paths):
                found[path] = (*found.get(path, ()), indicator)
    return found


def _view(indicator: Indicator, language: str, default: str) -> RubricView:
    def said(texts: Mapping[str, str]) -> str:
        return texts.get(language) or texts.get(default) or next(iter(texts.values()), "")

    levels = tuple((anchor.level, said(anchor.text)) for anchor in indicator.anchors)
    heading, text = said(indicator.heading_text), said(indicator.text)
    return RubricView(indicator.code, heading, text, levels, said(indicator.evidence))

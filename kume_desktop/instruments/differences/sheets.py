"""What differs outside the questions: languages, title, indicators, weights, attached lists, scripted tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kume_desktop.instruments.differences.found import Difference, Gravity, Means
from kume_desktop.instruments.differences.written import Written
from kume_desktop.instruments.model import IndexRow, Indicator, Instrument, Place

_SETTINGS, _INDICATORS = Place("settings", 0), Place("indicators", 0)
Texts = dict[str, str]


def sheet_differences(old: Instrument, new: Instrument, renamed: Mapping[str, str]) -> Iterator[Difference]:
    """Every difference of the sheets beside the questions and choices."""
    yield from _settings(old, new)
    yield from _indicators(old, new, renamed)
    yield from _weights(old, new)
    yield from _files(old, new)
    if [(s.case, s.verb, renamed.get(s.target, s.target), s.value) for s in old.tests] != [
        (s.case, s.verb, s.target, s.value) for s in new.tests
    ]:
        params = {"before": len({step.case for step in old.tests}), "after": len({step.case for step in new.tests})}
        yield Difference("tests-changed", Gravity.LAYOUT, Means.STAY, "", params, Place("tests", 0))


def _settings(old: Instrument, new: Instrument) -> Iterator[Difference]:
    for code in new.languages:
        if code not in old.languages:
            yield Difference("language-added", Gravity.WORDS, Means.STAY, "", {"language": code}, _SETTINGS)
    for code in old.languages:
        if code not in new.languages:
            yield Difference("language-removed", Gravity.WORDS, Means.STAY, "", {"language": code}, _SETTINGS)
    values: dict[str, tuple[str, str]] = {
        "form_id": (old.id, new.id),
        "version": (old.version, new.version),
        "default_language": (old.default_language, new.default_language),
    }
    for language in (code for code in new.languages if code in old.languages):
        values[f"form_title ({language})"] = (old.title.get(language, ""), new.title.get(language, ""))
    if old.entities != new.entities:
        values["entities"] = (_entity_lists(old), _entity_lists(new))
    for setting, (before, after) in values.items():
        if before != after or setting == "entities":
            params = {"setting": setting, "before": before or "–", "after": after or "–"}
            gravity = Gravity.RULES if setting == "entities" else Gravity.WORDS
            yield Difference("setting-changed", gravity, Means.STAY, "", params, _SETTINGS)


def _entity_lists(instrument: Instrument) -> str:
    return ", ".join(one.list_name for one in instrument.entities)


def _files(old: Instrument, new: Instrument) -> Iterator[Difference]:
    before, after = old.files | set(old.external), new.files | set(new.external)
    for name in sorted(after - before):
        yield Difference("file-added", Gravity.RULES, Means.STAY, "", {"file": name})
    for name in sorted(before - after):
        yield Difference("file-removed", Gravity.RULES, Means.STAY, "", {"file": name})


def _indicators(old: Instrument, new: Instrument, renamed: Mapping[str, str]) -> Iterator[Difference]:
    was, became = ({each.code: each for each in one.indicators} for one in (old, new))
    for code in sorted(was.keys() - became.keys()):
        yield _indicator("indicator-removed", was[code], old)
    for code in sorted(became.keys() - was.keys()):
        yield _indicator("indicator-added", became[code], new)
    before, now = Written(old, renamed), Written(new)
    for code in sorted(was.keys() & became.keys()):
        first, second = _said(was[code], before), _said(became[code], now)
        for part in sorted({*first, *second}):
            if first.get(part, "") != second.get(part, ""):
                params = {
                    "code": code, "part": part, "before": first.get(part) or "–", "after": second.get(part) or "–",
                }  # fmt: skip
                gravity = Gravity.RULES if part in {"suggest", "heading"} else Gravity.WORDS
                yield Difference("indicator-changed", gravity, Means.METHOD_STAYS, "", params, _INDICATORS)


def _indicator(code: str, one: Indicator, instrument: Instrument) -> Difference:
    label = one.text.get(instrument.default_language) or next(iter(one.text.values()), "")
    params = {"code": one.code, "label": label}
    return Difference(code, Gravity.RULES, Means.METHOD_STAYS, "", params, _INDICATORS)


def _said(one: Indicator, written: Written) -> Texts:
    """Everything that an indicator says, by the name of its column."""
    said = {"heading": one.heading, "suggest": written.expression(one.suggest)}
    said |= {f"text_{language}": text for language, text in one.text.items()}
    said |= {f"evidence_{language}": text for language, text in one.evidence.items()}
    for anchor in one.anchors:
        said |= {f"level_{anchor.level}_{language}": text for language, text in anchor.text.items()}
    return said


def _weights(old: Instrument, new: Instrument) -> Iterator[Difference]:
    was, became = ({_key(row): row for row in one.indices} for one in (old, new))
    for key in (*was, *(each for each in became if each not in was)):
        before, after = was.get(key), became.get(key)
        if before is None or after is None or before.value != after.value or before.parent != after.parent:
            row = after or before
            if row is None:
                continue
            params = {
                "what": " ".join(part for part in key if part), "before": before.value if before else "–",
                "after": after.value if after else "–",
            }  # fmt: skip
            yield Difference("weight-changed", Gravity.RULES, Means.METHOD_STAYS, "", params, row.place)


def _key(row: IndexRow) -> tuple[str, ...]:
    return row.kind, row.code, row.key
